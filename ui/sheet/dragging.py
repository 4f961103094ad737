"""拖动 (dragging): a row held by its handle goes where it is dropped; a line shows where that is. One undo step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, QRect

from perfdesk.model import Binding
from ui.sheet.rowtools import DropLine

if TYPE_CHECKING:
    from perfdesk.model import Block
    from ui.sheet.rows import Rows
    from ui.sheet.view import SheetView

_THICK: Final = 3  # px
_EDGE: Final = 24  # px: so near to the upper or lower edge the page scrolls on
_STEP: Final = 16  # px


class RowDrag(QObject):
    """The dragging of the rows of one view."""

    def __init__(self, view: SheetView, rows: Rows) -> None:
        super().__init__(view)
        self._view, self._rows = view, rows
        self._line = DropLine(view.viewport())

    def show_at(self, screen_y: int) -> None:
        """Show between which rows the dragged one would stand, the mouse being at that height of the screen."""
        here = self._rows.current()
        if here is None:
            return
        y = self._y(screen_y)
        self._scroll_on(y)
        edges = self._edges(here.block)
        at = _gap(edges, y)
        height = edges[at][0] if at < len(edges) else edges[-1][1]
        left, right = (self._view.columnViewportPosition(one) for one in (1, self._last_column()))
        colour = self._view.tokens.paper.select
        self._line.show_at(QRect(left, height - 1, right - left, _THICK), colour)

    def drop_at(self, screen_y: int) -> None:
        """Move the current row to where it was dropped; the same cell of it stays current."""
        self._line.hide()
        self._view.commit_editor()
        here, document, cell = self._rows.current(), self._view.document, self._view.current_cell()
        if here is None or document is None or cell is None or cell.binding is None:
            return
        gap = _gap(self._edges(here.block), self._y(screen_y))
        to = gap - 1 if gap > here.row else gap
        document.move_row(here.row, to, here.block)
        self._view.go_to(Binding(here.block, cell.binding.key, row=to))

    def _y(self, screen_y: int) -> int:
        return self._view.viewport().mapFromGlobal(QPoint(0, screen_y)).y()

    def _last_column(self) -> int:
        model = self._view.sheet_model
        return model.grid.columns - 1 if model is not None else 1

    def _edges(self, block: Block) -> list[tuple[int, int]]:
        """Return top and bottom of every row of a block in px of the viewport, in their order."""
        model, view = self._view.sheet_model, self._view
        found: dict[int, tuple[int, int]] = {}
        for (row, _), fragment in model.grid.fragments.items() if model is not None else ():
            binding = fragment.cell.binding
            if binding is not None and binding.block is block and binding.count == 1:
                last = row + fragment.row_span - 1
                top, bottom = view.rowViewportPosition(row), view.rowViewportPosition(last) + view.rowHeight(last)
                before = found.get(binding.row, (top, bottom))
                found[binding.row] = min(before[0], top), max(before[1], bottom)
        return [found[row] for row in sorted(found)]

    def _scroll_on(self, y: int) -> None:
        """Scroll when the mouse is at the edge: a row may go to another page."""
        bar = self._view.verticalScrollBar()
        if y < _EDGE:
            bar.setValue(bar.value() - _STEP)
        elif y > self._view.viewport().height() - _EDGE:
            bar.setValue(bar.value() + _STEP)


def _gap(edges: list[tuple[int, int]], y: int) -> int:
    """Return before which row a height lies: the number of rows whose middle is above it."""
    return sum((top + bottom) // 2 < y for top, bottom in edges)
