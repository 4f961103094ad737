"""键 (keys): how they are spelled in menus, tool tips and help, and which of them a text widget leaves alone. It binds no key."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence

_SIGNS: Final = (("++", "+＋"), ("+-", "+−"), ("+Up", "+↑"), ("+Down", "+↓"), ("PgDown", "PgDn"))
_THE_WINDOWS: Final = (  # a text widget would take them, though there they mean the form
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
    QKeySequence.StandardKey.DeleteEndOfLine,
)


def shown_keys(keys: str) -> str:
    """Write keys as Chinese programs do: 「Ctrl+Shift+＋」, 「Alt+Shift+↑」."""
    for code, sign in _SIGNS:
        keys = keys.removesuffix(code) + sign if keys.endswith(code) else keys
    return keys


def menu_text(words: str, keys: str) -> str:
    """Return the text of a menu entry with its keys; without them Qt writes its own: 「Alt+Shift+上方向」."""
    return f"{words}\t{shown_keys(keys)}" if keys else words


def is_left_to_the_window(event: QEvent) -> bool:
    """Tell whether a text widget is asked for a key that is the window's: undo, redo, 清空."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return any(event.matches(key) for key in _THE_WINDOWS)
