"""选区 (the selected range): copy, cut, paste, fill, clear; each writes as one undo step of its own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject
from PySide6.QtWidgets import QApplication

from perfdesk.model import Binding, Block, Fix
from ui.sheet import clipboard
from ui.sheet.delegate import is_input
from ui.sheet.model import FRAGMENT

if TYPE_CHECKING:
    from ui.sheet.clipboard import Edits
    from ui.sheet.view import SheetView


class Ranges(QObject):
    """What is done to the selected cells of one view."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view

    def selected(self) -> list[QModelIndex]:
        """Return the selected cells, without the desk around them."""
        return [index for index in self._view.selectedIndexes() if index.data(FRAGMENT) is not None]

    def copy(self) -> None:
        """Copy the selected cells, as Excel and WPS read them."""
        if self._view.sheet_model is not None:
            clipboard.copy(self._view.sheet_model, self.selected())

    def copy_spelt(self) -> None:
        """Copy the 大写金额 of the current cell."""
        QApplication.clipboard().setText(self._view.spelt())

    def cut(self) -> None:
        """Copy the selected cells and clear them."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Del: clear the selected cells as one step; a typed-over figure gives way to the computed one."""
        if self._view.sheet_model is not None:
            cells = [self._view.sheet_model.cell_at(index) for index in self.selected()] or [self._view.current_cell()]
            self.write("清空", tuple((one.binding, "") for one in cells if one is not None and one.binding is not None))

    def paste(self) -> None:
        """Paste a block of cells from the current cell on, as one step, merged cells into every row they cover."""
        self._paste(plain=False)

    def paste_plain(self) -> None:
        """Ctrl+Shift+V: paste only the text of what is on the clipboard, whatever table it was in."""
        self._paste(plain=True)

    def _paste(self, *, plain: bool) -> None:
        """A list grows; where other rows do not suffice, it is said how many lines were left out.

        One text goes into all selected cells.
        """
        view, parts = self._view, clipboard.clipped(plain=plain)
        if view.sheet_model is None:
            return
        inputs = self._inputs()
        if len(parts) == 1 and len(inputs) > 1:
            self.write("粘贴", tuple((binding, parts[0].text) for binding in inputs))
            return
        grows = view.rows.block() is Block.ROWS
        found, left = clipboard.edits(view.sheet_model, view.currentIndex(), parts, grows=grows)
        self.write("粘贴", found)
        if left and view.document is not None and not view.document.read_only:
            view.refused.emit(f"有 {left} 行没有粘贴：表里的行不够。先插入行，再粘贴这几行")

    def fill_down(self) -> None:
        """向下填充: the top cell of the selection into those below it; a single cell takes what stands above it."""
        view = self._view
        if view.sheet_model is not None:
            self.write("向下填充", clipboard.fill_down(view.sheet_model, self.selected() or [view.currentIndex()]))

    def put(self, name: str, text: str) -> None:
        """Write into the current cell, if it is one to fill."""
        cell = self._view.current_cell()
        if is_input(cell) and cell is not None and cell.binding is not None:
            self.write(name, ((cell.binding, text),))

    def write(self, name: str, edits: Edits) -> None:
        """Write into several cells as one step of its own name."""
        if self._view.document is not None:
            self._view.document.apply_fix(Fix(name, edits))

    def _inputs(self) -> list[Binding]:
        """Return what the selected cells to fill hold."""
        model = self._view.sheet_model
        cells = [model.cell_at(index) for index in self.selected()] if model is not None else []
        return [one.binding for one in cells if one is not None and one.binding is not None and is_input(one)]
