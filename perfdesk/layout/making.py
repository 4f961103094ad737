"""Making of a layout: measures a sheet, has its rows cut into pages and places every cell on them."""

from __future__ import annotations

from collections.abc import Mapping

from perfdesk.layout.measure import cell_lines, place, row_heights
from perfdesk.layout.pages import Paginator, Piece, is_continued, split_tall_spans
from perfdesk.layout.types import MM, Fragment, LaidPage, Layout, PageRow
from perfdesk.sheet import Cell, Sheet


class _PageMaker:
    """Places the cells of one page."""

    def __init__(
        self, sheet: Sheet, page: list[Piece], lines: Mapping[int, tuple[str, ...]], *, left: float, top: float
    ) -> None:
        self._sheet = sheet
        self._page = page
        self._lines = lines
        self._tops = [top]
        for piece in page:
            self._tops.append(self._tops[-1] + piece.height)
        edges = [left]
        for width in sheet.column_widths:
            edges.append(edges[-1] + width)
        self._edges = edges
        self._at: dict[int, list[int]] = {}
        for position, piece in enumerate(page):
            self._at.setdefault(piece.row, []).append(position)

    def make(self) -> LaidPage:
        """Return the page."""
        rows = tuple(
            PageRow(piece.row, self._tops[i], piece.height, piece.repeated) for i, piece in enumerate(self._page)
        )
        cells = self._sheet.cells
        here = (i for i, cell in enumerate(cells) if cell.row_span > 1 or cell.row in self._at)
        fragments = (self._fragment(index, cells[index]) for index in here)
        return LaidPage(rows, tuple(one for one in fragments if one is not None))

    def _positions(self, cell: Cell) -> tuple[int, int]:
        """The first row of a cell on this page and how many rows it has here; none at all is (0, 0)."""
        if cell.row_span == 1:
            at = self._at.get(cell.row, ())
            return (at[0], len(at)) if at else (0, 0)
        rows = range(cell.row, cell.row + cell.row_span)
        found = [position for row in rows for position in self._at.get(row, ())]
        return (found[0], len(found)) if found else (0, 0)

    def _fragment(self, index: int, cell: Cell) -> Fragment | None:
        """Place the part of a cell that stands on this page."""
        row, span = self._positions(cell)
        if not span:
            return None
        x, y = self._edges[cell.column], self._tops[row]
        width = self._edges[cell.column + cell.column_span] - x
        height = self._tops[row + span] - y
        piece = self._page[row]
        continued = is_continued(self._sheet, cell, piece)
        texts = self._lines[index]
        if cell.row_span == 1:
            texts = texts[piece.start : piece.stop]
        elif continued:
            texts = cell_lines(self._sheet, cell, continued=True)
        lines = place(texts, cell, width=width, height=height)
        return Fragment(cell, row, span, x, y, width, height, lines, continued)


def lay_out(sheet: Sheet) -> Layout:
    """Lay out a sheet: the one measure for screen, PDF and Excel. Pure.

    The layout's own ``sheet`` differs from the given one where a merged cell's text is longer than a third of a page.
    """
    page = sheet.page
    width, height = float(page.width_mm) * MM, float(page.height_mm) * MM
    top = float(page.top_mm) * MM
    room = height - top - float(page.bottom_mm) * MM
    sheet = split_tall_spans(sheet, room)
    lines = {index: cell_lines(sheet, cell) for index, cell in enumerate(sheet.cells)}
    heights = row_heights(sheet, lines)
    printable = width - float(page.left_mm + page.right_mm) * MM
    left = float(page.left_mm) * MM + (printable - sum(sheet.column_widths)) / 2
    cut = Paginator(sheet, heights, lines, room).pages()
    pages = tuple(_PageMaker(sheet, pieces, lines, left=left, top=top).make() for pieces in cut)
    return Layout(sheet, width, height, left, top, tuple(heights), pages)
