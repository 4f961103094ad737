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
        fragments = []
        for index, cell in enumerate(self._sheet.cells):
            at = self._at.get(cell.row) if cell.row_span == 1 else self._spanned(cell)
            if at:
                fragments.append(self._fragment(index, cell, at[0], len(at)))
        return LaidPage(rows, tuple(fragments))

    def _spanned(self, cell: Cell) -> list[int]:
        """The rows of a spanning cell on this page."""
        rows = range(cell.row, cell.row + cell.row_span)
        return [position for row in rows for position in self._at.get(row, ())]

    def _fragment(self, index: int, cell: Cell, row: int, span: int) -> Fragment:
        """Place the part of a cell that stands on this page, in ``span`` rows from ``row`` on."""
        x, y = self._edges[cell.column], self._tops[row]
        width = self._edges[cell.column + cell.column_span] - x
        height = self._tops[row + span] - y
        piece = self._page[row]
        texts = self._lines[index]
        is_first = piece.row == cell.row and piece.start == 0 and not piece.repeated  # as nearly all are
        continued = not is_first and is_continued(self._sheet, cell, piece)
        if cell.row_span == 1:
            texts = texts[piece.start : piece.stop]
        elif continued:
            texts = cell_lines(self._sheet, cell, continued=True)
        lines = place(texts, cell, width=width, height=height, ends=piece.stop is None) if texts else ()
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
