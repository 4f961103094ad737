"""The table of 年度总览: a line for each form of the year; a click on a head sorts, a double click or Enter opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from ui import theme
from ui.home.cells import OverviewDelegate
from ui.home.model import HEADS, ROLE_ROW, Column, OverviewModel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from perfdesk.overview import Row, Standing
    from ui.widgets.items import Index

# px; the name takes what is left
WIDTHS: Final = {
    Column.VERDICT: 108,
    Column.KIND: 102,
    Column.BUDGET: 150,
    Column.EXECUTED: 102,
    Column.RATE: 86,
    Column.SCORE: 74,
    Column.GRADE: 54,
    Column.FILLED: 138,
    Column.CHANGED: 106,
}
SPARED: Final = (Column.EXECUTED, Column.CHANGED)  # not shown in narrow windows


class OverviewTable(QTreeView):
    """The table. ``chosen``: a form is to be opened; ``menu_asked``: its menu at a point; ``typed``: letters for the search."""

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)
    typed = Signal(str)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = OverviewModel(today, self)
        self.setModel(self._model)
        self._build()

    def _build(self) -> None:
        self.setItemDelegate(OverviewDelegate(self))
        self.setAccessibleName("本年的表")
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        head = self.header()
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setSectionsClickable(True)
        head.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
        for column in WIDTHS:
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
        self._set_widths()
        self.setSortingEnabled(True)
        self.sortByColumn(Column.VERDICT, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._choose)

    def _set_widths(self) -> None:
        for column, width in WIDTHS.items():
            self.header().resizeSection(column, theme.px(self.font(), width))

    def changeEvent(self, event: QEvent) -> None:
        """大字: the columns grow with the type."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange}:
            self._set_widths()

    def set_narrow(self, *, narrow: bool) -> None:
        """Spare columns where there is no room for all."""
        for column in SPARED:
            self.setColumnHidden(column, narrow)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show the forms of a year; the current line stays the current one."""
        here = self.current()
        self._model.show_rows(rows)
        self.make_current(here)

    def look_for(self, wanted: str, stand: Standing | None) -> None:
        """Show only what is found."""
        here = self.current()
        self._model.look_for(wanted, stand)
        self.make_current(here)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that are shown, top to bottom."""
        return self._model.rows

    def current(self) -> str:
        """Return the id of the form of the current line, ``""`` where there is none."""
        row: Row | None = self.currentIndex().data(ROLE_ROW)
        return "" if row is None else row.id

    def marked(self) -> tuple[str, ...]:
        """Return the ids of the lines that are marked (Ctrl or Shift and a click, Shift and the arrows), top to bottom."""
        lines = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows: list[Row | None] = [self._model.index(line, 0).data(ROLE_ROW) for line in lines]
        return tuple(row.id for row in rows if row is not None)

    def make_current(self, record_id: str) -> None:
        """Make the line of a form the current one; the first where it is not shown."""
        if self._model.rows:
            self.setCurrentIndex(self._model.index(max(self._model.row_of(record_id), 0), 0))

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every line, the 合计 included."""
        lines, columns = range(self._model.rowCount()), range(len(HEADS))
        return tuple(tuple(str(self._model.index(line, one).data()) for one in columns) for line in lines)

    def open_current(self) -> None:
        """Open the form of the current line."""
        self._choose(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters go into the search; the rest is Qt's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_current()
        elif event.text().strip().isprintable() and event.text().strip() and not _held(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard; the first line becomes current where none is."""
        super().focusInEvent(event)
        if not self.current():
            self.make_current("")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the line."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row: Row | None = index.data(ROLE_ROW)
        if row is not None:
            self.menu_asked.emit(row.id, event.globalPos())

    def _choose(self, index: Index) -> None:
        row: Row | None = index.data(ROLE_ROW)
        if row is not None:
            self.chosen.emit(row.id)


def _held(event: QKeyEvent) -> bool:
    """Tell whether a key is part of a shortcut."""
    return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
