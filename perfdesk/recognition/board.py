"""行 (lines) of a source file: its table rows and paragraphs in reading order, each with the cells that stand in it.

A cell that spans rows stands in each of them. Nothing here knows a form; time and memory grow with the cells that hold something,
not with the squares a cell claims to span.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from perfdesk.labels import label_forms
from perfdesk.recognition.types import Place
from perfdesk.source import SourceCell, SourceFile, SourceKind, SourceTable, SourceText

_MOST_TALL = 256  # cells of one line that go on below: no form has as many columns

Key = tuple[int, int, int]
"""Part, row and column of a cell; of a paragraph (part, -1, -1)."""


@dataclass(frozen=True, eq=False)
class Square:
    """A cell of the source with the number of its part. ``text`` is without white space around it."""

    part: int
    cell: SourceCell
    table: str

    @property
    def key(self) -> Key:
        """Which cell of the file it is."""
        return self.part, self.cell.row, self.cell.column

    @cached_property
    def text(self) -> str:
        """The text as it is seen, without white space around it."""
        return self.cell.text.strip()

    @property
    def forms(self) -> tuple[str, ...]:
        """What it may be known by, if it is a label."""
        return label_forms(self.text)

    @property
    def left(self) -> int:
        """The first of its columns."""
        return self.cell.column

    @property
    def right(self) -> int:
        """The column after its last one."""
        return self.cell.column + max(self.cell.column_span, 1)

    @property
    def bottom(self) -> int:
        """The row below its last one."""
        return self.cell.row + max(self.cell.row_span, 1)

    @property
    def place(self) -> Place:
        """Where a person finds it."""
        name = f"{self.table}!" if self.table else ""
        return Place(self.part, self.cell.row, self.cell.column, name + self.cell.address)


@dataclass(frozen=True, eq=False)
class Line:
    """行 (line): a row of a table or a paragraph. ``squares`` by column, those that only go on from above among them.

    ``level`` is the heading level of a paragraph, ``in_sheet`` tells a row of a workbook (a new sheet is a new form), ``hidden`` a
    row of a sheet that nobody sees.
    """

    part: int
    row: int
    squares: tuple[Square, ...]
    in_sheet: bool = False
    level: int = 0
    hidden: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is a paragraph."""
        return self.row < 0

    @cached_property
    def own(self) -> tuple[Square, ...]:
        """The squares that begin in this line and hold a text."""
        return tuple(one for one in self.squares if one.cell.row == self.row and one.text)

    @cached_property
    def texts(self) -> tuple[Square, ...]:
        """All squares that hold a text, those from above among them."""
        return tuple(one for one in self.squares if one.text)

    @cached_property
    def alone(self) -> Square | None:
        """The only square that holds a text here, if there is just one."""
        return self.texts[0] if len(self.texts) == 1 else None

    @cached_property
    def _starts(self) -> list[int]:
        return [one.left for one in self.squares]

    def at(self, column: int) -> Square | None:
        """Return the square that covers a column."""
        index = bisect_right(self._starts, column) - 1
        if index >= 0 and column < self.squares[index].right:
            return self.squares[index]
        return None

    def within(self, left: int, right: int) -> tuple[Square, ...]:
        """Return the squares with a text that begin in the columns ``left`` … ``right - 1``, or else cover the first of them."""
        low = bisect_right(self._starts, left - 1)
        high = bisect_right(self._starts, right - 1)
        found = tuple(one for one in self.squares[low:high] if one.text)
        over = self.at(left) if not found else None
        return (over,) if over is not None and over.text else found


def lines_of(source: SourceFile) -> tuple[Line, ...]:
    """Return the lines of a file in reading order; rows without any text are left out."""
    several = len(source.tables) > 1
    sheets = source.kind in {SourceKind.XLSX, SourceKind.XLS, SourceKind.CSV}
    found: list[Line] = []
    for number, part in enumerate(source.parts):
        if isinstance(part, SourceText):
            found.extend(_paragraph(number, part))
        else:
            found.extend(_rows(number, part, part.name if several else "", in_sheet=sheets))
    return tuple(found)


def _paragraph(number: int, part: SourceText) -> Iterator[Line]:
    if part.text.strip():
        cell = SourceCell(-1, -1, 1, 1, part.text, part.address, align=part.align)
        yield Line(number, -1, (Square(number, cell, ""),), level=part.level)


def _rows(number: int, table: SourceTable, name: str, *, in_sheet: bool) -> Iterator[Line]:
    """Yield the rows of a table that hold a text; cells from above go on as long as their spans reach."""
    by_row: dict[int, list[Square]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(Square(number, cell, name))
    above: dict[int, Square] = {}
    for row in sorted(by_row):
        begun = {one.left for one in by_row[row]}
        kept = (one for one in above.values() if row < one.cell.row + one.cell.row_span and one.left not in begun)
        above = {one.left: one for one in kept}
        here = sorted((*above.values(), *by_row[row]), key=lambda one: one.left)
        tall = (one for one in by_row[row] if one.cell.row_span > 1)
        above |= {one.left: one for one in islice(tall, max(_MOST_TALL - len(above), 0))}
        if any(one.text for one in here):
            yield Line(number, row, tuple(here), in_sheet=in_sheet, hidden=table.hidden)
