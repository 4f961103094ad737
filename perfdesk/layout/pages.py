"""Cutting of the rows of a sheet into pages.

A page ends between rows where it can: never after a row of nothing but labels (a header) or after a heading, never so that 总分 or
the lines under the form stand alone on the next page. A row that fits on no page is cut between its lines; the text of a report
is cut wherever the page ends, two lines at least on either side. No text is placed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from perfdesk.layout.measure import cell_lines, needed
from perfdesk.layout.types import MM, STYLES
from perfdesk.sheet import Cell, Role, Sheet

_LEAST_LINES = 3
_LEAST_OF_TEXT = 2
_EPSILON = 0.01
_HEADERS = frozenset({Role.LABEL, Role.HEADING1, Role.HEADING2, Role.HEADING3})


class Piece(NamedTuple):
    """A sheet row on a page: whole, or the lines ``start`` … ``stop`` of a row taller than a page."""

    row: int
    height: float
    repeated: bool = False
    start: int = 0
    stop: int | None = None


def is_continued(sheet: Sheet, cell: Cell, first: Piece) -> bool:
    """Tell whether a cell began on an earlier page; ``first`` is the first piece of it on this one.

    A cell of the repeated header that runs on into the rows below it (绩效指标) stands there again, continued.
    """
    if first.row > cell.row or first.start > 0:
        return True
    repeat = sheet.repeat
    return first.repeated and repeat is not None and cell.row + cell.row_span > repeat.first + repeat.count


def split_tall_spans(sheet: Sheet, room: float) -> Sheet:
    """Return the sheet with every span that needs more than a third of a page cut into its rows.

    The label of a span stands again on every page it reaches, so it must leave room for the rows beside it. A text that long keeps
    to its first row, which may be cut between lines as any other; the squares below it are blank.
    """
    cells: list[Cell] = []
    for cell in sheet.cells:
        if cell.row_span == 1 or needed(len(cell_lines(sheet, cell, continued=True)), cell.role) <= room / 3:
            cells.append(cell)
            continue
        cells.append(cell._replace(row_span=1))
        role = Role.LABEL if cell.role.framed else cell.role
        rows = range(cell.row + 1, cell.row + cell.row_span)
        cells += [Cell(row, cell.column, 1, cell.column_span, "", role, cell.align) for row in rows]
    return sheet if len(cells) == len(sheet.cells) else sheet._replace(cells=tuple(cells))


class Paginator:
    """Cuts the rows of a sheet into pages of ``room`` pt. Lives only while one layout is made."""

    def __init__(self, sheet: Sheet, heights: list[float], lines: Mapping[int, tuple[str, ...]], room: float) -> None:
        self._sheet = sheet
        self._heights = heights
        self._room = room
        self._spans = [cell for cell in sheet.cells if cell.row_span > 1]
        self._lines = lines
        self._headers = _label_rows(sheet)
        framed = [cell.row + cell.row_span - 1 for cell in sheet.cells if cell.role.framed]
        self._last_framed = max(framed, default=-1)

    def pages(self) -> list[list[Piece]]:
        """Return the pieces of every page."""
        pages: list[list[Piece]] = []
        pending = [Piece(row, height) for row, height in enumerate(self._heights)]
        while pending:
            stop = self._until_break(pending)
            page, left = self._next_page(pending[:stop])
            pages.append(page)
            pending = [*left, *pending[stop:]]
        return pages or [[]]

    def _until_break(self, pending: list[Piece]) -> int:
        """How many of the pieces come before the next row that must begin a page."""
        breaks = self._sheet.breaks
        forced = (i for i, piece in enumerate(pending) if i and piece.row in breaks) if breaks else iter(())
        return next(forced, len(pending))

    def _next_page(self, pending: list[Piece]) -> tuple[list[Piece], list[Piece]]:
        head = self._repeated(pending[0])
        used = _height(head)
        taken = 0
        while taken < len(pending) and used + pending[taken].height <= self._room + _EPSILON:
            used += pending[taken].height
            taken += 1
        if taken < len(pending) and self._may_split(pending[taken]):
            split = self._split([*head, *pending[:taken]], pending[taken], first=not taken)
            if split:
                return split[0], [split[1], *pending[taken + 1 :]]
        taken = self._good_cut(head, pending, max(taken, 1))
        return self._grown([*head, *pending[:taken]]), pending[taken:]

    def _repeated(self, piece: Piece) -> list[Piece]:
        """Header rows to repeat above a page that begins with ``piece``; a header that fills half a page is not."""
        repeat = self._sheet.repeat
        if repeat is None or not repeat.first + repeat.count <= piece.row <= repeat.last:
            return []
        rows = range(repeat.first, repeat.first + repeat.count)
        head = [Piece(row, self._heights[row], repeated=True) for row in rows]
        return head if _height(head) <= self._room / 2 else []

    def _is_tall(self, piece: Piece) -> bool:
        """Tell whether a row fits on no page, not even alone under the repeated header."""
        return _height(self._repeated(piece)) + piece.height > self._room + _EPSILON

    def _may_split(self, piece: Piece) -> bool:
        """Tell whether a row that does not fit is cut between its lines: the text of a report, and what fits on no page."""
        return self._role(piece.row) is Role.BODY or self._is_tall(piece)

    def _split(self, page: list[Piece], piece: Piece, *, first: bool) -> tuple[list[Piece], Piece] | None:
        """Fill a page with the first lines of a row; return the page and the rest of the row.

        ``None`` where too few lines fit: the row is to begin on the next page, unless it is the ``first`` of this one.
        """
        role = self._role(piece.row)
        leading = STYLES[role].leading
        kept = _LEAST_OF_TEXT if role is Role.BODY else 1
        least = 1 if first else _LEAST_OF_TEXT if role is Role.BODY else _LEAST_LINES
        left = max(len(self._lines[index]) for index in self._beginning_in(piece.row)) - piece.start
        count = min(int((self._room - _height(page) - needed(0, role) + _EPSILON) / leading), left - kept)
        while count >= least:
            stop = piece.start + count
            filled = self._grown([*page, piece._replace(height=self._split_height(piece.row, count), stop=stop)])
            over = _height(filled) - self._room
            if over <= _EPSILON:
                rest = piece._replace(height=self._split_height(piece.row, left - count), start=stop)
                return filled, rest
            count -= ceil(over / leading)
        return None

    def _split_height(self, row: int, lines: int) -> float:
        """Height of a part of a split row."""
        role = self._role(row)
        return max(needed(lines, role), float(self._sheet.page.row_mm) * MM if role.framed else 0.0)

    def _role(self, row: int) -> Role:
        """The role whose lines are the highest of those that begin in a row."""
        roles = (self._sheet.cells[index].role for index in self._beginning_in(row))
        return max(roles, key=lambda role: STYLES[role].leading, default=Role.LABEL)

    def _beginning_in(self, row: int) -> list[int]:
        """The numbers of the cells of one row."""
        return [index for index, cell in enumerate(self._sheet.cells) if cell.row == row and cell.row_span == 1]

    def _good_cut(self, head: list[Piece], pending: list[Piece], most: int) -> int:
        """Return how many rows to take: the most that fit and end well, else the most that fit, at least one."""
        fitting = 0
        for taken in range(most, 0, -1):
            if _height(self._grown([*head, *pending[:taken]])) > self._room + _EPSILON:
                continue
            fitting = fitting or taken
            if taken == len(pending) or not self._is_bad_end(pending[taken - 1].row):
                return taken
        return fitting or 1

    def _is_bad_end(self, last: int) -> bool:
        """Tell whether a page must not end with row ``last``.

        No header stands alone at its foot, neither 总分 nor the lines under the form (联系人) alone on the next page.
        """
        repeat = self._sheet.repeat
        return last in self._headers or last == self._last_framed or (repeat is not None and last == repeat.last)

    def _grown(self, page: list[Piece]) -> list[Piece]:
        """Give the last row of a span on this page what the span's label needs there."""
        page = list(page)
        at = {piece.row: i for i, piece in enumerate(page)}  # a row stands on a page once, and the rows in their order
        for cell in self._spans:
            inside = [at[row] for row in range(cell.row, cell.row + cell.row_span) if row in at]
            if not inside:
                continue
            continued = is_continued(self._sheet, cell, page[inside[0]])
            need = needed(len(cell_lines(self._sheet, cell, continued=continued)), cell.role)
            missing = need - sum(page[i].height for i in inside)
            if missing > _EPSILON:
                page[inside[-1]] = page[inside[-1]]._replace(height=page[inside[-1]].height + missing)
        return page


def _height(page: list[Piece]) -> float:
    return sum(piece.height for piece in page)


def _label_rows(sheet: Sheet) -> frozenset[int]:
    """Rows in which nothing but labels begins, and the headings of a report: the headers of what stands below them."""
    labels = {cell.row for cell in sheet.cells if cell.role in _HEADERS}
    return frozenset(labels - {cell.row for cell in sheet.cells if cell.role not in _HEADERS})
