"""行 (rows): inserting, deleting, duplicating and moving the row of the current cell, and the tools in the margin beside it.

The same for the indicators of a form and the rows of a list. Which rows a form lets come and go is said here; what a change does
to the record is the document's business.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPoint

from perfdesk.editing import rows_of
from perfdesk.model import Binding, Block
from perfdesk.sheet import Cell
from perfdesk.template import BlockRole, Template
from ui.sheet.dragging import RowDrag
from ui.sheet.menu import cell_menu
from ui.sheet.rowtools import RowTools

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from ui.sheet.view import SheetView
    from ui.theme import Tokens

_BLOCKS = {BlockRole.INDICATORS: Block.INDICATORS, BlockRole.LIST: Block.ROWS}


class Place(NamedTuple):
    """A row that may come and go: its block and its number in it."""

    block: Block
    row: int


def block_of(template: Template) -> Block | None:
    """Return the rows of a form that may come and go; ``None`` where it has none, or where other forms supply them (汇总表)."""
    if template.gathers is not None:
        return None
    return next((_BLOCKS[one.role] for one in template.blocks if one.role in _BLOCKS), None)


class Rows(QObject):
    """The row functions of one view."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view
        self._tools = RowTools(view.viewport())
        self._tools.insert_asked.connect(self.insert)
        self._tools.menu_asked.connect(self._open_menu)
        drag = RowDrag(view, self)
        self._tools.dragged.connect(drag.show_at)
        self._tools.dropped.connect(drag.drop_at)

    def set_tokens(self, tokens: Tokens) -> None:
        """Follow the theme."""
        self._tools.set_tokens(tokens)

    def block(self) -> Block | None:
        """Return the rows of the open form that may come and go."""
        document = self._view.document
        return block_of(document.template) if document is not None else None

    def word(self) -> str:
        """Return what a row of the form is called."""
        return "指标" if self.block() is Block.INDICATORS else "行"

    def why_not(self) -> str:
        """Return why rows of the open form neither come nor go, ``""`` where they do."""
        document = self._view.document
        if document is not None and document.template.gathers is not None:
            return "各行取自本年的自评表，有一张就有一行，不用插入或删除"
        return "" if self.block() is not None else "这张表的行是固定的"

    def current(self) -> Place | None:
        """Return the row of the current cell, ``None`` when it belongs to none that may come and go."""
        place = _place_of(self._view.current_cell())
        return place if place is not None and place.block is self.block() and place.row < self._count() else None

    def grow(self, way: str) -> bool:
        """Enter on the last row of a list that is not empty adds one, and Tab in its last cell. Tell whether it did.

        Enter (``below``) goes on in the column, Tab (``next``) with the first cell of the new row.
        """
        here, cell, document = self.current(), self._view.current_cell(), self._view.document
        if here is None or document is None or document.read_only or here.block is not Block.ROWS:
            return False
        if here.row < self._count() - 1 or not document.record.rows[here.row].cells:
            return False
        if way == "next" and self._view.currentIndex() != self._cells(here)[-1]:
            return False
        self.insert()
        if way == "below" and cell is not None and cell.binding is not None:
            self._view.go_to(replace(cell.binding, row=here.row + 1))
        return True

    def insert(self) -> None:
        """插入 below the current row (at the end when the current cell is elsewhere); the name in the new row is next."""
        document, block = self._view.document, self.block()
        if document is None or block is None:
            return
        self._view.commit_editor()
        here, count = self.current(), self._count()
        if block is Block.ROWS and not count:  # an empty list shows a row to begin with
            self._go_to(Place(block, 0))
            return
        at = here.row + 1 if here is not None else count
        document.insert_row(at, block)
        self._go_to(Place(block, at))

    def delete(self) -> None:
        """删除行: the current one."""
        self._view.commit_editor()
        here, document = self.current(), self._view.document
        if document is not None and here is not None:
            document.delete_rows(here.row, block=here.block)
            self._go_to(Place(here.block, max(min(here.row, self._count() - 1), 0)))

    def duplicate(self) -> None:
        """复制行."""
        self._view.commit_editor()
        here, document = self.current(), self._view.document
        if document is not None and here is not None:
            document.duplicate_row(here.row, here.block)
            self._go_to(Place(here.block, here.row + 1))

    def move(self, delta: int) -> None:
        """移动行 by ``delta`` rows; at the ends of the form nothing moves."""
        self._view.commit_editor()
        here, cell, document = self.current(), self._view.current_cell(), self._view.document
        if document is None or here is None or cell is None or cell.binding is None:
            return
        to = here.row + delta
        document.move_row(here.row, to, here.block)
        if 0 <= to < self._count():
            self._view.go_to(Binding(here.block, cell.binding.key, row=to))

    def menu(self) -> QMenu:
        """Make the menu of the current cell."""
        return cell_menu(self._view)

    def place_tools(self) -> None:
        """Put the tools beside the current row."""
        here, document = self.current(), self._view.document
        if here is None or document is None or document.read_only:
            self._tools.hide()
            return
        beside = self._view.visualRect(self._first_cell(here))
        if beside.isValid():
            self._tools.stand_beside(beside, left=self._view.columnViewportPosition(1), word=self.word())

    def _open_menu(self) -> None:
        self.menu().popup(self._tools.mapToGlobal(QPoint(0, self._tools.height())))

    def _count(self) -> int:
        document, block = self._view.document, self.block()
        return len(rows_of(document.record, block)) if document is not None and block is not None else 0

    def _go_to(self, place: Place) -> None:
        self._view.go_to_index(self._first_cell(place))

    def _first_cell(self, place: Place) -> QModelIndex:
        """Return the cell a row begins with: 三级指标 of an indicator, in a list the first one to fill."""
        model = self._view.sheet_model
        if model is None:
            return QModelIndex()
        if place.block is Block.INDICATORS:
            return model.index_of(Binding(Block.INDICATORS, "name", row=place.row))
        return next(iter(self._cells(place)), QModelIndex())

    def _cells(self, place: Place) -> list[QModelIndex]:
        """Return the cells to fill of a row."""
        model = self._view.sheet_model
        inputs = model.inputs() if model is not None else []
        return [index for index in inputs if model is not None and _place_of(model.cell_at(index)) == place]


def _place_of(cell: Cell | None) -> Place | None:
    binding = cell.binding if cell is not None else None
    return Place(binding.block, binding.row) if binding is not None else None
