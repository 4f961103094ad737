"""键的写法 (spelling of keys): one way for menus, tool tips and help. It binds no key."""

from __future__ import annotations

from typing import Final

_SIGNS: Final = (("++", "+＋"), ("+-", "+−"), ("+Up", "+↑"), ("+Down", "+↓"), ("PgDown", "PgDn"))


def shown_keys(keys: str) -> str:
    """Write keys as Chinese programs do: 「Ctrl+Shift+＋」, 「Alt+Shift+↑」."""
    for code, sign in _SIGNS:
        keys = keys.removesuffix(code) + sign if keys.endswith(code) else keys
    return keys


def menu_text(words: str, keys: str) -> str:
    """Return the text of a menu entry with its keys; without them Qt writes its own: 「Alt+Shift+上方向」."""
    return f"{words}\t{shown_keys(keys)}" if keys else words
