"""分区 (regions): sizes of the window's parts by width, and the way from part to part with F6. It knows nothing of the forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final, cast

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from ui import theme

LEAST: Final = (1024, 560)
FIRST_SIZE: Final = (1366, 768)
NARROW_BELOW, WIDE_FROM = 1240, 1600
_VISIBLE: Final = 120  # px of the title that must be on a screen
_FRAME: Final = QSize(
    16, 40
)  # px: what title and borders of the desktops take at the most; known only once a window is shown


class Room(Enum):
    """How much room there is: width of the list, of 审核, and of the search field, px at 100 %."""

    NONE = (0, 0, 0)
    NARROW = (248, 290, 210)
    NORMAL = (224, 318, 250)
    WIDE = (248, 372, 250)

    @property
    def rail(self) -> int:
        """Width of the list."""
        return self.value[0]

    @property
    def audit(self) -> int:
        """Width of 审核."""
        return self.value[1]

    @property
    def search(self) -> int:
        """Width of the search field."""
        return self.value[2]


def room_for(width: int, font: QFont) -> Room:
    """Return the room a window of ``width`` px offers; with 大字 it needs more for the same."""
    if width < theme.px(font, NARROW_BELOW):
        return Room.NARROW
    return Room.WIDE if width >= theme.px(font, WIDE_FROM) else Room.NORMAL


def walk(regions: Sequence[tuple[QWidget, Callable[[], object]]], step: int) -> None:
    """F6: give the keyboard to the next region (``step`` 1) or the one before (-1). Each is a widget and how it takes the focus."""
    shown = [one for one in regions if one[0].isVisible() and one[0].isEnabled()]
    if not shown:
        return
    focus = QApplication.focusWidget()
    inside = [at for at, (widget, _) in enumerate(shown) if focus is not None and _holds(widget, focus)]
    at = inside[0] + step if inside else 0
    shown[at % len(shown)][1]()


def focus_first(widget: QWidget) -> None:
    """Give the keyboard to the first part of a bar that takes it."""
    for part in cast(list[QWidget], widget.findChildren(QWidget)):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible() and part.isEnabled():
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return


def largest_on(screen: QScreen) -> QSize:
    """Return the largest client area whose frame still fits beside the task bar."""
    return screen.availableGeometry().size() - _FRAME


def stand_first(window: QMainWindow) -> None:
    """Size the window at the first start: ``FIRST_SIZE``, and all of the screen where that does not fit with its frame."""
    wanted, most = QSize(*FIRST_SIZE), largest_on(window.screen())
    window.resize(wanted.boundedTo(most))
    if wanted.boundedTo(most) != wanted:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def bring_back(window: QMainWindow) -> None:
    """Move a window that was left on a screen which is gone to where it can be seen."""
    frame = window.frameGeometry()
    title = QRect(frame.left(), frame.top(), frame.width(), theme.MENU_BAR)
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if any(screen.intersected(title).width() >= _VISIBLE for screen in screens):
        return
    home = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(min(window.width(), home.width()), min(window.height(), home.height()))
    window.move(home.center() - window.rect().center())


def _holds(widget: QWidget, focus: QWidget) -> bool:
    return widget is focus or widget.isAncestorOf(focus)
