"""输入法 (input methods): which of Qt's plugins for them are tried, in which order; read before the application object is made.

Desktops name theirs in ``QT_IM_MODULE``. Qt tries that name alone, and then no input method at all: fcitx 5 often stands there as
``fcitx5``, which no plugin is called; ``xim`` is gone from Qt 6; started from a stick or a terminal, a program may find no name.
Qt 6.7 and newer read a list, ``QT_IM_MODULES``; older programs that are started from here never see a difference.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Final

LIST: Final = "QT_IM_MODULES"
_ONE: Final = "QT_IM_MODULE"
_SAME: Final = {"fcitx5": "fcitx", "wayland-fcitx5": "fcitx"}
_GONE: Final = frozenset({"", "xim", "none"})
_CHOSEN_WITHOUT: Final = frozenset({"none", "compose", "simple"})
_LAST: Final = ("ibus", "fcitx")  # ibus says whether it runs; fcitx is taken in any case and waits for it on the bus


def order(environment: MutableMapping[str, str]) -> tuple[str, ...]:
    """Return the names to try; empty where somebody has chosen to have no input method.

    ``QT_IM_MODULE=fcitx5`` gives ``fcitx, ibus``; nothing at all ``ibus, fcitx``, under Wayland with its own way first.
    """
    named = (environment.get(LIST) or environment.get(_ONE, "")).split(";")
    if _CHOSEN_WITHOUT.intersection(named):
        return ()
    others = [environment.get("XMODIFIERS", "").partition("@im=")[2], environment.get("GTK_IM_MODULE", "")]
    own = ["wayland"] if environment.get("WAYLAND_DISPLAY") and not any(named) else []
    names = (_SAME.get(name, name) for name in (*named, *own, *others, *_LAST))
    return tuple(dict.fromkeys(name for name in names if name not in _GONE))


def name_them(environment: MutableMapping[str, str]) -> None:
    """Let Qt try them in this order."""
    found = order(environment)
    if found:
        environment[LIST] = ";".join(found)
