"""原文件的格子 (grid): the parts of a source file that a form covers, as rows and columns one below the other. No Qt here.

A paragraph is a row across all columns. Where several tables stand below one another, the columns are those of all of them: each
table keeps its own widths, and a cell may span several of the common columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from perfdesk.recognition import Place, RecognisedForm
from perfdesk.source import SourceCell, SourceFile, SourceKind, SourceTable, SourceText

_WIDTH: Final = 1000.0
"""Width of the whole, in parts of it."""
_USUAL: Final = 48.0  # pt of a column of which nothing is known
_LETTERS: Final = 26
MOST_LINES: Final = 6000
MOST_COLUMNS: Final = 100

Square = tuple[int, int, int]
"""Part, row and column of a square of the file; of a paragraph (part, -1, -1)."""


class Line(NamedTuple):
    """A row of the grid: which row of which part it is, and the word before it."""

    part: int
    row: int
    name: str
    hidden: bool = False


class GridCell(NamedTuple):
    """A cell of the grid: the square of the file it is, its spans, its text; ``wide`` texts stand left, short ones centred."""

    square: Square
    text: str
    address: str
    row_span: int = 1
    column_span: int = 1
    align: str = ""
    hidden: bool = False


class SourceGrid:
    """The grid of one form. ``shares`` are the widths of the columns in parts of the whole, ``columns`` their names."""

    def __init__(self, source: SourceFile, form: RecognisedForm) -> None:
        parts = [number for number in form.parts if 0 <= number < len(source.parts)]
        self._tables = {one: part for one in parts if isinstance(part := source.parts[one], SourceTable)}
        self._letters = source.kind in {SourceKind.XLSX, SourceKind.XLS, SourceKind.CSV}
        self._edges = {one: _edges_of(table) for one, table in self._tables.items()}
        self._all = _common(tuple(self._edges.values()))
        self.shares = tuple(right - left for left, right in pairwise(self._all))
        self.lines: list[Line] = []
        self.cells: dict[tuple[int, int], GridCell] = {}
        self._owner: dict[tuple[int, int], tuple[int, int]] = {}
        self._at: dict[Square, tuple[int, int]] = {}
        for number in parts:
            part = source.parts[number]
            if isinstance(part, SourceText):
                self._add_text(number, part)
            else:
                rows = form.rows if form.rows is not None and len(self._tables) == 1 else None
                self._add_table(number, part, rows)
        self.columns = self._column_names()

    def _add_text(self, number: int, part: SourceText) -> None:
        line = len(self.lines)
        self.lines.append(Line(number, -1, "".join(part.address.split()).removeprefix("第")))
        cell = GridCell((number, -1, -1), part.text, part.address, 1, len(self.shares), part.align or "left")
        self._put(line, 0, cell)

    def _add_table(self, number: int, table: SourceTable, rows: tuple[int, int] | None) -> None:
        """Add the rows of a table, or those of the form in it."""
        last = max((one.row + one.row_span for one in table.cells), default=0)
        first, end = rows if rows is not None else (0, last)
        end = min(end, last, first + MOST_LINES - len(self.lines))
        top, hidden = len(self.lines), {one.row for one in table.cells if one.hidden}
        self.lines += [Line(number, row, str(row + 1), row in hidden) for row in range(first, end)]
        for one in table.cells:
            if one.row < end and one.row + one.row_span > first and one.column < len(self._edges[number]) - 1:
                self._add_cell(number, one, top - first, (first, end))

    def _add_cell(self, number: int, one: SourceCell, shift: int, rows: tuple[int, int]) -> None:
        first, end = max(one.row, rows[0]), min(one.row + one.row_span, rows[1])
        left, width = self._columns_of(number, one.column, one.column_span)
        square = (number, one.row, one.column)
        cell = GridCell(square, one.text, one.address, end - first, width, one.align, one.hidden)
        self._put(first + shift, left, cell)

    def _put(self, line: int, column: int, cell: GridCell) -> None:
        """Put a cell in; one that reaches over another one in a broken file is cut to its first square."""
        if (line, column) in self._owner:
            return
        squares = [(line + down, column + right) for down in range(cell.row_span) for right in range(cell.column_span)]
        if any(one in self._owner for one in squares):
            cell, squares = cell._replace(row_span=1, column_span=1), [(line, column)]
        self.cells[line, column] = cell
        self._owner.update(dict.fromkeys(squares, (line, column)))
        self._at[cell.square] = (line, column)

    def _columns_of(self, number: int, column: int, span: int) -> tuple[int, int]:
        edges = self._edges[number]
        left = bisect_left(self._all, edges[column])
        right = bisect_left(self._all, edges[min(column + max(span, 1), len(edges) - 1)])
        return left, max(right - left, 1)

    def _column_names(self) -> tuple[str, ...]:
        """Name the columns as the largest table does."""
        names = [""] * len(self.shares)
        largest = max(self._tables, key=lambda one: len(self._tables[one].cells), default=None)
        for column, edge in enumerate(self._edges[largest][:-1] if largest is not None else ()):
            names[bisect_left(self._all, edge)] = _letters(column) if self._letters else str(column + 1)
        return tuple(names)

    def cell_at(self, line: int, column: int) -> GridCell | None:
        """Return the cell that covers a square of the grid; a blank one where nothing stands."""
        owner = self._owner.get((line, column))
        if owner is not None:
            return self.cells[owner]
        return self._blank(line, column)

    def _blank(self, line: int, column: int) -> GridCell | None:
        if not 0 <= line < len(self.lines) or self.lines[line].row < 0:
            return None
        at = self.lines[line]
        own = max(sum(edge <= self._all[column] for edge in self._edges[at.part]) - 1, 0)
        address = f"{_letters(own)}{at.row + 1}" if self._letters else f"第{at.row + 1}行第{own + 1}列"
        return GridCell((at.part, at.row, own), "", address)

    def find(self, place: Place) -> tuple[int, int] | None:
        """Return the square of the grid where a place of the file stands."""
        found = self._at.get((place.part, place.row, place.column))
        if found is not None or place.part not in self._edges:
            return found
        line = next((n for n, one in enumerate(self.lines) if (one.part, one.row) == (place.part, place.row)), None)
        if line is None or not 0 <= place.column < len(self._edges[place.part]) - 1:
            return None
        column = self._columns_of(place.part, place.column, 1)[0]
        return self._owner.get((line, column), (line, column))

    def place_of(self, cell: GridCell) -> Place:
        """Return the place of the file that a cell is."""
        return Place(*cell.square, cell.address)


def _edges_of(table: SourceTable) -> tuple[float, ...]:
    """Return the edges of a table's columns in parts of the whole; empty columns at its end do not count."""
    count = max((one.column + 1 for one in table.cells if one.text.strip()), default=1)
    count = min(
        max(count, max((one.column + one.column_span for one in table.cells if one.text.strip()), default=1)),
        MOST_COLUMNS,
    )
    known = [max(width, 1.0) for width in table.column_widths[:count]]
    widths = known + [_USUAL] * (count - len(known))
    return tuple(_summed(widths, _WIDTH / sum(widths)))


def _summed(widths: Sequence[float], scale: float) -> Iterator[float]:
    at = 0.0
    yield 0.0
    for width in widths[:-1]:
        at += width * scale
        yield round(at, 1)
    yield _WIDTH


def _common(edges: Sequence[tuple[float, ...]]) -> list[float]:
    """Return the edges of all tables, each once."""
    return sorted({edge for one in edges for edge in one} | {0.0, _WIDTH})


def _letters(column: int) -> str:
    """Return the name of a column in a workbook: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        name = chr(ord("A") + rest) + name
    return name
