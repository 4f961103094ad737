"""A drawn file before it is Word or Excel: pages of lines and grids. Nothing here knows a form or a format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple


class Shown(NamedTuple):
    """What a square shows, and the number and format behind it where a workbook would hold a number."""

    text: str
    number: str = ""
    format: str = ""


class Box(NamedTuple):
    """A square to be put down: ``wide`` 0 shares what is left of the row. A ``group`` names several rows (一级指标)."""

    shown: Shown
    wide: int = 0
    tall: int = 1
    group: bool = False


class Square(NamedTuple):
    """A square that lies: its place and its spans."""

    row: int
    column: int
    rows: int
    columns: int
    shown: Shown


class Line(NamedTuple):
    """A line outside the grid: 0 running text, 1 to 3 a heading of that level, -1 a title in the middle."""

    text: str
    level: int = 0


def box(text: str, wide: int = 0, tall: int = 1) -> Box:
    """Make a square of a text alone."""
    return Box(Shown(text), wide, tall)


@dataclass
class Grid:
    """Squares row by row; what hangs down from the rows above is left out by itself."""

    columns: int
    row_count: int = 0
    squares: list[Square] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    _hanging: dict[int, int] = field(default_factory=dict)

    def row(self, *boxes: Box) -> int:
        """Put down a row and return its number. The squares must fill exactly what is free."""
        row = self.row_count
        free = [column for column in range(self.columns) if self._hanging.get(column, 0) <= row]
        widths = _widths(boxes, len(free))
        for one, wide in zip(boxes, widths, strict=True):
            column = free[0]
            assert free[wide - 1] == column + wide - 1, "a square would lie across one that hangs down"
            del free[:wide]
            self.squares.append(Square(row, column, one.tall, wide, one.shown))
            self._hanging.update(dict.fromkeys(range(column, column + wide), row + one.tall))
        assert not free, "the row is not full"
        self.row_count += 1
        return row

    def hidden(self, *boxes: Box) -> None:
        """Put down a row that nobody sees."""
        self.hidden_rows.add(self.row(*boxes))

    def taken_apart(self, *, wide: bool, repeat: bool) -> None:
        """Undo merges: blanks beside the first square, or its text again below it; ``wide`` ones stay unless told."""
        apart: list[Square] = []
        for one in self.squares:
            columns = 1 if wide else one.columns
            apart += [
                one._replace(
                    row=one.row + down,
                    column=one.column + across,
                    rows=1,
                    columns=columns,
                    shown=one.shown if across == 0 and (down == 0 or repeat) else Shown(""),
                )
                for down in range(one.rows)
                for across in range(0, one.columns, columns)
            ]
        self.squares = apart

    def beside(self, other: Grid) -> Grid:
        """Return both grids next to each other with a blank column between them."""
        moved = [one._replace(column=one.column + self.columns + 1) for one in other.squares]
        rows = max(self.row_count, other.row_count)
        return Grid(self.columns + 1 + other.columns, rows, [*self.squares, *moved])


def _widths(boxes: Sequence[Box], free: int) -> list[int]:
    """Share the free columns: the exact widths first, the others evenly, what is left over to the last of them."""
    loose = [index for index, one in enumerate(boxes) if not one.wide]
    rest = free - sum(one.wide for one in boxes)
    widths = [one.wide for one in boxes]
    for place, index in enumerate(loose):
        widths[index] = rest // len(loose) + (rest % len(loose) if place == len(loose) - 1 else 0)
    assert all(width > 0 for width in widths), "a row has more squares than columns"
    return widths


@dataclass
class Page:
    """A sheet of a workbook, or a stretch of a Word file."""

    name: str
    parts: list[Line | Grid] = field(default_factory=list)
    hidden: bool = False

    def with_lines_in_grids(self, *, merged: bool = True) -> Page:
        """Return the page with its lines as rows of one grid: a sheet has nothing else."""
        columns = max((one.columns for one in self.parts if isinstance(one, Grid)), default=1)
        whole = Grid(columns)
        for part in self.parts:
            if isinstance(part, Line):
                whole.row(*_as_row(part, columns, merged=merged))
                continue
            start = whole.row_count
            whole.squares += [one._replace(row=one.row + start) for one in part.squares]
            whole.hidden_rows |= {start + row for row in part.hidden_rows}
            whole.row_count += part.row_count
        return replace(self, parts=[whole])

    def moved(self, rows: int, columns: int) -> Page:
        """Return the page with its only grid further down and to the right, as a sheet that does not begin in A1."""
        (grid,) = self.parts
        assert isinstance(grid, Grid)
        squares = [one._replace(row=one.row + rows, column=one.column + columns) for one in grid.squares]
        hidden = {row + rows for row in grid.hidden_rows}
        return replace(self, parts=[Grid(grid.columns + columns, grid.row_count + rows, squares, hidden)])

    def padded(self) -> Page:
        """Return the page with blanks around every text, narrow, wide and hard ones."""
        return replace(self, parts=[_padded(one) for one in self.parts])


def _as_row(line: Line, columns: int, *, merged: bool) -> tuple[Box, ...]:
    """Lay a line over the whole width, or into one cell: the first, or for a title one in the middle."""
    if merged or columns == 1:
        return (box(line.text, columns),)
    before = columns // 3 if line.level < 0 else 0
    lead = (box("", before),) if before else ()
    rest = columns - before - 1
    return (*lead, box(line.text, 1), *((box("", rest),) if rest else ()))


def _padded(part: Line | Grid) -> Line | Grid:
    if isinstance(part, Line):
        return part._replace(text=f"  {part.text}\u3000")
    squares = [
        one._replace(shown=one.shown._replace(text=f"\u3000{one.shown.text}\u00a0 ")) if one.shown.text else one
        for one in part.squares
    ]
    return replace(part, squares=squares)


@dataclass
class Drawn:
    """A drawn file: its pages, its name without ending, and the texts that belong to no form (they must be named).

    ``tolerated`` are labels that the form's own template does not print: to name them is right, not to name them too.
    """

    name: str
    pages: list[Page]
    strangers: tuple[str, ...] = ()
    tolerated: tuple[str, ...] = ()
    trailing_columns: int = 0
