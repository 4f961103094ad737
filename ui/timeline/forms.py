"""The forms of a moment (form list): a line for each with what restoring would do to it. It compares nothing itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from ui import theme
from ui.timeline.words import fate_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QResizeEvent

    from perfdesk.store.holding import Difference, Held

_ID: Final = Qt.ItemDataRole.UserRole
_YEAR: Final = 72  # px
_SHARE: Final = 50  # % of the rest for the name


class FormList(QTreeWidget):
    """The list. ``chosen`` carries the id of the form of the current line."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("各表会怎样")
        self.setHeaderLabels(("表", "年度", "全部恢复时"))
        self.setProperty("rows", "table")
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(True)
        self.header().setSectionsMovable(False)
        self.currentItemChanged.connect(self._tell)

    def show_forms(self, found: Iterable[Difference], name_of: Callable[[Held], str]) -> None:
        """Show forms; the first becomes the current one."""
        self.blockSignals(True)  # one word about the new current line, not one about each that goes
        self.clear()
        for one in found:
            held = one.shown
            item = QTreeWidgetItem([name_of(held), str(held.entry.year), fate_words(one)])
            item.setData(0, _ID, one.id)
            item.setToolTip(0, item.text(0))
            item.setSizeHint(0, QSize(0, theme.px(self.font(), theme.ROW_LIST)))
            self.addTopLevelItem(item)
        self.blockSignals(False)
        self.setCurrentItem(self.topLevelItem(0))

    def current(self) -> str:
        """Return the id of the form of the current line, ``""`` where there is none."""
        items = self.selectedItems()
        return str(items[0].data(0, _ID)) if items else ""

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every line."""
        items = (self.topLevelItem(row) for row in range(self.topLevelItemCount()))
        return tuple(tuple(item.text(column) for column in range(3)) for item in items)

    def choose(self, row: int) -> None:
        """Make a line the current one."""
        self.setCurrentItem(self.topLevelItem(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name and fate share the width."""
        super().resizeEvent(event)
        year = theme.px(self.font(), _YEAR)
        self.header().resizeSection(0, max((self.viewport().width() - year) * _SHARE // 100, 1))
        self.header().resizeSection(1, year)

    def _tell(self, item: QTreeWidgetItem | None, _before: object) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(0, _ID)))
