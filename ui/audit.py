"""审核栏 (audit dock): the place of 审核 at the right edge of the window: open or folded to a strip, and how wide.

It remembers a width that somebody gave it, for each class of window sizes. What the panel shows is not its business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from ui import theme
from ui.regions import Room

if TYPE_CHECKING:
    from ui.findings import FindingsPanel
    from ui.settings import Settings


class AuditDock(QDockWidget):
    """The dock that holds 审核; without title, not movable."""

    def __init__(self, panel: FindingsPanel, settings: Settings, window: QMainWindow) -> None:
        super().__init__("审核", window)
        self._panel, self._settings, self._window = panel, settings, window
        self._room = Room.NONE
        self.setObjectName("audit")
        self.setTitleBarWidget(QWidget(self))
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setWidget(panel)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)

    def set_open(self, *, open_it: bool) -> None:
        """Fold the panel to its strip or open it, and remember that."""
        self._panel.set_collapsed(not open_it)
        self._settings.set_flag("audit", on=open_it)
        self.set_room(self._room)

    def set_room(self, room: Room) -> None:
        """Take the width that belongs to a window with this much room: the one it was left with, else the usual one."""
        self._room = room
        if not self._panel.is_collapsed():
            width = self._settings.audit_width(room.name) or self._usual()
            self._window.resizeDocks([self], [width], Qt.Orientation.Horizontal)

    def keep_width(self) -> None:
        """Remember the width where somebody has pulled at the edge."""
        seen = not self._panel.is_collapsed() and not self.isHidden()
        known = self._settings.audit_width(self._room.name) or self._usual()
        if seen and self.width() != known:
            self._settings.set_audit_width(self._room.name, self.width())

    def _usual(self) -> int:
        return theme.px(self.font(), self._room.audit)
