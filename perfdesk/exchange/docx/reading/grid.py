"""A Word table as a grid: every cell with its first row and column and its spans, whatever way the file says so.

Word says a column by the sum of the spans before it. Other programs leave the spans out and give each row cells of its own widths:
then the edges of the cells tell the columns. A cell merged downwards is one, with the text of its first.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from perfdesk.exchange.docx.reading.content import Content
from perfdesk.exchange.docx.reading.looks import switch, value
from perfdesk.exchange.guard.markup import Element

_NEAR: Final = 90  # twips within which two edges are the same
_MOST_COLUMNS: Final = 500
_MOST_SPAN: Final = 1000


class Square(NamedTuple):
    """A cell of the grid: where it begins, its spans, its element, whether its row is hidden."""

    row: int
    column: int
    row_span: int
    column_span: int
    element: Element
    hidden: bool


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells by row, the number of rows and columns, widths and heights in pt (``()`` where not said)."""

    squares: tuple[Square, ...]
    row_count: int
    column_count: int
    widths: tuple[float, ...]
    heights: tuple[float, ...]


@dataclass(slots=True)
class _Cell:
    element: Element
    start: int
    span: int
    width: int
    goes_on: bool
    """Is it the continuation of the cell above?"""


@dataclass(slots=True)
class _Row:
    cells: list[_Cell]
    end: int
    height: float
    hidden: bool
    indent: int
    """Width in twips of what is left free before the first cell."""


def grid_of(table: Element, content: Content) -> Grid:
    """Lay a table out as a grid; content controls and tracked changes are looked through by ``content``."""
    sizes = [_count(value(one, "w")) for one in table.findall("{*}tblGrid/{*}gridCol")]
    rows = [_row(one, content, sizes) for one in content.rows(table)]
    ends = {row.end for row in rows if row.cells}
    if len(ends) > 1 and _are_level(rows):
        sizes = _by_edges(rows)
    column_count = max((row.end for row in rows), default=0)
    heights = tuple(row.height for row in rows)
    return Grid(
        squares=tuple(_squares(rows)),
        row_count=len(rows),
        column_count=column_count,
        widths=_widths(sizes, column_count),
        heights=heights if any(heights) else (),
    )


def _row(row: Element, content: Content, sizes: list[int]) -> _Row:
    about = row.find("{*}trPr")
    before, after = _free(about, "gridBefore"), _free(about, "gridAfter")
    indent = (_count(value(about.find("{*}wBefore"), "w")) if about is not None else 0) or sum(sizes[:before])
    hidden = about is not None and bool(switch(about.find("{*}hidden")))
    height = _count(value(about.find("{*}trHeight"))) / 20 if about is not None else 0.0
    cells: list[_Cell] = []
    column = before
    for one in content.cells(row):
        cell = _cell(one, column)
        if cells and _continues_across(one):
            cells[-1].span += cell.span
            cells[-1].width += cell.width
        else:
            cells.append(cell)
        column += cell.span
        if column > _MOST_COLUMNS:
            break
    return _Row(cells, column + after, height, hidden, indent)


def _free(about: Element | None, side: str) -> int:
    """Count the columns that a row leaves free before or behind its cells."""
    return min(_count(value(about.find(f"{{*}}{side}"))), _MOST_COLUMNS) if about is not None else 0


def _cell(cell: Element, column: int) -> _Cell:
    about = cell.find("{*}tcPr")
    if about is None:
        return _Cell(cell, column, 1, 0, goes_on=False)
    span = min(max(_count(value(about.find("{*}gridSpan"))), 1), _MOST_SPAN)
    merge = about.find("{*}vMerge")
    size = about.find("{*}tcW")
    width = _count(value(size, "w")) if value(size, "type") in {None, "dxa"} else 0
    return _Cell(cell, column, span, width, goes_on=merge is not None and value(merge) != "restart")


def _continues_across(cell: Element) -> bool:
    """Old files merge across by a mark in each cell instead of a span."""
    merge = cell.find("{*}tcPr/{*}hMerge")
    return merge is not None and value(merge) != "restart"


def _are_level(rows: list[_Row]) -> bool:
    """Tell whether every cell has a width and all rows end at the same edge: then the edges say more than the counts."""
    if not all(cell.width > 0 for row in rows for cell in row.cells):
        return False
    ends = [_edges(row)[-1] for row in rows if row.cells]
    return max(ends) - min(ends) <= 2 * _NEAR


def _by_edges(rows: list[_Row]) -> list[int]:
    """Give every cell its columns by where its edges lie; returns the widths of the columns in twips."""
    edges = sorted({edge for row in rows for edge in _edges(row)})
    firsts: list[int] = []
    for edge in edges:
        if not firsts or edge - firsts[-1] > _NEAR:
            firsts.append(edge)
    if len(firsts) > _MOST_COLUMNS:
        return []
    numbers = {edge: _at(firsts, edge) for edge in edges}
    for row in rows:
        found = [numbers[edge] for edge in _edges(row)]
        for cell, (start, end) in zip(row.cells, pairwise(found), strict=True):
            cell.start, cell.span = start, max(end - start, 1)
        row.end = max((cell.start + cell.span for cell in row.cells), default=0)
    return [right - left for left, right in pairwise(firsts)]


def _edges(row: _Row) -> list[int]:
    return list(accumulate((cell.width for cell in row.cells), initial=row.indent))


def _at(firsts: list[int], edge: int) -> int:
    """Return the number of the last of ``firsts`` that is not behind ``edge``."""
    low, high = 0, len(firsts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if firsts[middle] <= edge else (low, middle)
    return low


def _squares(rows: list[_Row]) -> list[Square]:
    """Join the cells that go on downwards; a continuation of nothing is a cell of its own."""
    found: list[Square] = []
    open_cells: dict[int, int] = {}
    for number, row in enumerate(rows):
        still: dict[int, int] = {}
        for cell in row.cells:
            above = open_cells.get(cell.start) if cell.goes_on else None
            if above is not None:
                square = found[above]
                found[above] = square._replace(
                    row_span=number - square.row + 1,
                    column_span=max(square.column_span, cell.span),
                    hidden=square.hidden and row.hidden,
                )
                still[cell.start] = above
                continue
            still[cell.start] = len(found)
            found.append(Square(number, cell.start, 1, cell.span, cell.element, row.hidden))
        open_cells = still
    return found


def _widths(sizes: list[int], column_count: int) -> tuple[float, ...]:
    if len(sizes) < column_count or not any(sizes):
        return ()
    return tuple(round(size / 20, 2) for size in sizes[:column_count])


def _count(text: str | None) -> int:
    """Read a number of the file, 0 for none or nonsense; ``123.4`` is cut to 123."""
    whole = (text or "").partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 8 else 0
