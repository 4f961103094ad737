"""家什 (tools): what the errands of one window work with. An errand that needs less than four of them names those it needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.dialogs import Dialogs
    from ui.forms import Forms
    from ui.settings import Settings
    from ui.widgets.toast import Toast


class Tools(NamedTuple):
    """``window``: what dialogs stand over; ``forms``: those of the store; ``now``: the clock of everything that is dated."""

    window: QWidget
    forms: Forms
    settings: Settings
    dialogs: Dialogs
    toast: Toast
    now: Callable[[], datetime]


def now() -> datetime:
    """The clock on the wall, with its time zone."""
    return datetime.now().astimezone()
