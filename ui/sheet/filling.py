"""填充柄 (fill handle): the small square at the corner of the current cell; pulled down it fills the cells below. One undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, QRect, Qt

from ui.sheet.delegate import is_input

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from perfdesk.sheet import Cell
    from ui.sheet.clipboard import Edits
    from ui.sheet.view import SheetView

_REACH = 5  # px round the corner of the cell


class FillHandle(QObject):
    """The fill handle of one view. Each function tells whether the mouse was its own."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view
        self._sources: list[QModelIndex] = []

    def press(self, event: QMouseEvent) -> bool:
        """Take the handle: the selected cells are what is filled down, of each column the lowest one."""
        document = self._view.document
        if document is None or document.read_only or event.button() is not Qt.MouseButton.LeftButton:
            return False
        if not self.corner().contains(event.position().toPoint()):
            return False
        lowest: dict[int, QModelIndex] = {}
        for index in sorted(self._view.ranges.selected() or [self._view.currentIndex()], key=QModelIndex.row):
            if is_input(self._cell(index)):
                lowest[index.column()] = index
        self._sources = list(lowest.values())
        return bool(self._sources)

    def move(self, event: QMouseEvent) -> bool:
        """Show which cells would be filled."""
        if not self._sources:
            return False
        chosen = QItemSelection()
        for index in (*self._sources, *(one for _, one in self._targets(event))):
            chosen.select(index, index)
        self._view.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        return True

    def release(self, event: QMouseEvent) -> bool:
        """Fill them."""
        if not self._sources:
            return False
        edits = self._edits(event)
        self._sources = []
        if edits:
            self._view.ranges.write("填充", edits)
        return True

    def corner(self) -> QRect:
        """Return where the handle can be taken, empty where there is none."""
        view = self._view
        if view.is_editing or not is_input(view.current_cell()):
            return QRect()
        rect = view.visualRect(view.currentIndex())
        return QRect(rect.right() - _REACH + 1, rect.bottom() - _REACH + 1, 2 * _REACH + 1, 2 * _REACH + 1)

    def _targets(self, event: QMouseEvent) -> list[tuple[QModelIndex, QModelIndex]]:
        """Return source and target of every cell between the sources and the mouse, in the same part of the form."""
        y, model = event.position().toPoint().y(), self._view.sheet_model
        inputs = model.inputs() if model is not None else []
        return [
            (source, index)
            for source in self._sources
            for index in inputs
            if index.column() == source.column()
            and index.row() > source.row()
            and self._view.rowViewportPosition(index.row()) <= y
            and self._block(index) == self._block(source)
        ]

    def _edits(self, event: QMouseEvent) -> Edits:
        pairs = ((source, self._cell(index)) for source, index in self._targets(event))
        return tuple(
            (cell.binding, str(source.data(Qt.ItemDataRole.EditRole) or ""))
            for source, cell in pairs
            if cell is not None and cell.binding is not None
        )

    def _cell(self, index: QModelIndex) -> Cell | None:
        model = self._view.sheet_model
        return model.cell_at(index) if model is not None else None

    def _block(self, index: QModelIndex) -> object:
        cell = self._cell(index)
        return cell.binding.block if cell is not None and cell.binding is not None else None
