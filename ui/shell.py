"""窗架 (shell): what is seen of the window at once: menu bar, desk, the places of the other bars, and how they share its room.

It needs neither forms nor dialogs, so it is painted before what brings those is imported; ``ui.main_window`` furnishes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QStatusBar, QToolBar

from ui import regions, theme
from ui.actions import SIZES, Actions
from ui.desk import Desk
from ui.menubar import MenuBar
from ui.regions import Room
from ui.widgets import seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from ui.appearance import Appearance
    from ui.settings import Settings

TITLE: Final = "绩效填报台"


class Shell(QMainWindow):
    """The window before it has anything to show. ``today`` is the day by the clock of everything that is dated."""

    def __init__(self, settings: Settings, appearance: Appearance, *, today: Callable[[], date]) -> None:
        super().__init__()
        self.settings, self.appearance = settings, appearance
        self.room = Room.NONE
        self.commands = Actions(self)
        self.desk = Desk(settings, appearance, today=today, parent=self)
        self.bar, self.tools = MenuBar(self.commands, appearance.faces.song, self), QToolBar("工具栏", self)
        self._build()
        self.draw_again()

    def _build(self) -> None:
        self.setWindowTitle(TITLE)
        self.setWindowIcon(seal.program_icon(self.appearance.faces.song))
        self.setMinimumSize(*regions.LEAST)
        self.resize(*regions.FIRST_SIZE)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMenuBar(self.bar)
        self.tools.setObjectName("tools")
        self.tools.setMovable(False)
        self.commands.fill_tools(self.tools)
        self.addToolBar(self.tools)
        self.tools.hide()  # until it is known whether a form or 年度总览 is shown
        self.setCentralWidget(self.desk)
        self._hold_foot()
        self.desk.show_lines((), last=None, trashed=0, read_only=True)  # nothing can be made or taken in yet

    def _hold_foot(self) -> None:
        """Keep the place of the status bar, which has nothing to say yet."""
        foot = QStatusBar(self)
        foot.setSizeGripEnabled(False)
        foot.setFixedHeight(theme.px(self.font(), theme.STATUS_BAR))
        self.setStatusBar(foot)

    def restore(self) -> None:
        """Stand where the window stood last time, on a screen that exists."""
        if not self.restoreGeometry(self.settings.geometry):
            regions.stand_first(self)
        regions.bring_back(self)
        self.fit_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the regions to the width."""
        super().resizeEvent(event)
        self.fit_room()

    def fit_room(self) -> None:
        """Lay the regions out for the class of sizes that the window is in."""
        room = regions.room_for(self.width(), self.font())
        if room is not self.room:
            self.room = room
            self.take_room(room)

    def take_room(self, room: Room) -> None:
        """Lay the regions out for a class of sizes."""
        narrow = room is Room.NARROW
        self.commands.set_narrow(narrow=narrow)
        self.bar.set_room(room.search, narrow=narrow)
        self.desk.set_room(room)

    def draw_again(self) -> None:
        """After a change of theme or 大字."""
        self.bar.draw_again()
        self.commands[self.appearance.mode.value].setChecked(True)
        self.commands[SIZES[self.appearance.step]].setChecked(True)
        self.desk.draw_again()
        self.room = Room.NONE
        self.fit_room()
