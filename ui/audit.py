"""审核栏 (audit dock): the place of 审核 at the right edge of the window: open or folded to a strip, and how wide.

A form may bring panels of its own; they share the place as tabs. It remembers a width that somebody gave it, for each class of
window sizes. What the panels show is not its business.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from ui import theme
from ui.regions import Room
from ui.widgets.tabs import Page, SideTabs

if TYPE_CHECKING:
    from perfdesk.model import Binding
    from ui.document import Document
    from ui.findings import FindingsPanel
    from ui.rating.panel import RatingPanel
    from ui.settings import Settings


AUDIT: Final = "audit"


class AuditDock(QDockWidget):
    """The dock that holds 审核 and the panels beside it; without title, not movable. ``tabs`` choose among them.

    ``place_chosen`` carries the Binding that somebody turned to in one of the panels.
    """

    place_chosen = Signal(object)

    def __init__(self, panel: FindingsPanel, settings: Settings, window: QMainWindow) -> None:
        super().__init__("审核", window)
        self._panel, self._settings, self._window = panel, settings, window
        self._room = Room.NONE
        self._front, self._count = AUDIT, 0
        self.tabs = SideTabs("右侧面板", self)
        self.setObjectName("audit")
        self.setTitleBarWidget(QWidget(self))
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self.setWidget(self.tabs)
        self._rating: RatingPanel | None = None
        panel.counted.connect(self._show_count)
        panel.place_chosen.connect(self.place_chosen)
        self.show_pages()
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self)

    def show_pages(self, before: tuple[Page, ...] = (), after: tuple[Page, ...] = ()) -> None:
        """Show the panels of a form left and right of 审核; the first one is in front, in a folded dock 审核."""
        pages = (*before, Page(AUDIT, self._words(), self._panel, self._panel.focus_list), *after)
        self._front = pages[0].key
        self.tabs.show_pages(pages, first=AUDIT if self._panel.is_collapsed() else self._front)

    def show_document(self, document: Document | None) -> None:
        """Another form is about to be shown, or none: nothing is judged yet, and a rating brings its side form."""
        self._panel.clear()
        old, self._rating = self._rating, None
        if document is not None and document.template.rules:
            self._rating = self._make_rating(document)
        pages = () if self._rating is None else (Page("rating", "评分数据", self._rating, self._rating.take_focus),)
        self.show_pages(pages)
        if old is not None:
            old.deleteLater()

    def _make_rating(self, document: Document) -> RatingPanel:
        from ui.rating.panel import RatingPanel  # with it comes the core, and the window is to stand before that

        panel = RatingPanel(document, self.tabs)
        panel.place_chosen.connect(self.place_chosen)
        return panel

    def show_binding(self, binding: Binding | None) -> None:
        """Follow the current cell of the sheet."""
        self._panel.set_current_binding(binding)
        if self._rating is not None:
            self._rating.show_binding(binding)

    def show_audit(self) -> None:
        """Bring 审核 to the front."""
        self.tabs.choose(AUDIT)

    def _show_count(self, count: int) -> None:
        """Say on the tab how many findings there are."""
        self._count = count
        self.tabs.rename(AUDIT, self._words())

    def _words(self) -> str:
        return f"审核 {self._count}" if self._count else "审核"

    def set_open(self, *, open_it: bool) -> None:
        """Fold the panel to its strip or open it, and remember that."""
        if not open_it:
            self._front = self.tabs.current()
        self.tabs.choose(AUDIT if not open_it else self._front)
        self.tabs.set_folded(folded=not open_it)
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
