"""The grid of a foreign form: one table with the paragraphs around it, its rows, columns in mm, and cells that tile it."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.source import SourceCell, SourceTable, SourceText

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfdesk.recognition import RecognisedForm
    from perfdesk.source import SourceFile

Place = tuple[int, int, int]
_ROOMS: Final = {("A4", False): 184, ("A4", True): 271, ("A3", False): 271, ("A3", True): 394}  # mm between margins
_PT: Final = Decimal("25.4") / 72
_LEAST: Final = Decimal(7)  # mm: two characters
_WIDE: Final = 300.0  # mm from which on a page is an A3
_MOST_COLUMNS: Final = 40


class Square(NamedTuple):
    """A cell of the grid: place and spans in its rows and columns, its text, alignment, and where it comes from."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    align: str
    source: Place | None


class Grid(NamedTuple):
    """Paragraphs above the table, the squares of the table, paragraphs below it.

    ``first`` is the table's first row in the source, ``left`` its first column.
    """

    part: int
    first: int
    left: int
    row_count: int
    columns_mm: tuple[Decimal, ...]
    squares: tuple[Square, ...]
    above: tuple[Square, ...]
    below: tuple[Square, ...]
    landscape: bool
    size: str
    notes: tuple[str, ...]


def grid_of(source: SourceFile, form: RecognisedForm) -> Grid:
    """Return the grid of the largest table of a form; smaller ones are named in the notes."""
    tables = [number for number in form.parts if isinstance(source.parts[number], SourceTable)]
    part = max(tables, key=lambda number: len(_table(source, number).cells), default=-1)
    if part < 0:
        return Grid(-1, 0, 0, 0, (Decimal(184),), (), (), (), landscape=False, size="A4", notes=())
    table = _table(source, part)
    first, end = form.rows if form.rows is not None else (0, table.row_count)
    cells = [one for one in table.cells if first <= one.row < end and not one.hidden]
    left = min((one.column for one in cells), default=0)
    right = min(max((one.column + one.column_span for one in cells), default=1), left + _MOST_COLUMNS)
    count = max((one.row + one.row_span for one in cells), default=first) - first
    size, landscape = _paper(table)
    texts = [(at, one) for at, one in enumerate(source.parts) if isinstance(one, SourceText) and at in form.parts]
    notes = tuple(f"“{_table(source, one).name}”是另一张表，没有画进来。" for one in tables if one != part)
    return Grid(
        part,
        first,
        left,
        count,
        _columns(table, left, right, _ROOMS[size, landscape]),
        tuple(_tiled(cells, part, (first, left), (count, right - left))),
        tuple(_paragraph(at, one, right - left) for at, one in texts if at < part),
        tuple(_paragraph(at, one, right - left) for at, one in texts if at > part),
        landscape,
        size,
        notes,
    )


def trimmed(text: str) -> str:
    """Return a text without white space around it, but for the wide blanks that indent 「　　上年结转」."""
    return text.strip("\n\r\t ").rstrip()


def _table(source: SourceFile, number: int) -> SourceTable:
    found = source.parts[number]
    if not isinstance(found, SourceTable):
        raise TypeError(f"part {number} is no table")
    return found


def _paragraph(at: int, text: SourceText, width: int) -> Square:
    return Square(0, 0, 1, width, text.text.strip(), text.align, (at, -1, -1))


def _paper(table: SourceTable) -> tuple[str, bool]:
    """Return the size of the paper and whether it lies on its long side; without one wide tables lie."""
    if table.paper is None:
        return "A4", sum(table.column_widths) * float(_PT) > _ROOMS["A4", False] + 20
    width, height = table.paper
    return "A3" if max(width, height) > _WIDE else "A4", width > height


def _columns(table: SourceTable, left: int, right: int, room: int) -> tuple[Decimal, ...]:
    """Return the widths in mm, as in the file where they fit the paper, else narrowed in proportion."""
    given = table.column_widths[left:right]
    widths = [Decimal(str(one)) * _PT for one in given] if len(given) == right - left else []
    widths = widths or [Decimal(room) / (right - left)] * (right - left)
    widths = [max(one, _LEAST) for one in widths]
    total = sum(widths)
    share = min(Decimal(1), Decimal(room) / total)
    return tuple((one * share).quantize(Decimal("0.1"), rounding=ROUND_DOWN) for one in widths)


def _tiled(cells: list[SourceCell], part: int, origin: tuple[int, int], size: tuple[int, int]) -> Iterator[Square]:
    """Yield the cells with a blank one for every square that none covers; what lies over another loses its span."""
    first, left = origin
    rows, columns = size
    owned: set[tuple[int, int]] = set()
    for one in sorted(cells):
        row, column = one.row - first, one.column - left
        if column >= columns or (row, column) in owned:
            continue
        high, wide = min(max(one.row_span, 1), rows - row), min(max(one.column_span, 1), columns - column)
        area = {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
        if area & owned:
            area, high, wide = {(row, column)}, 1, 1
        owned |= area
        yield Square(row, column, high, wide, trimmed(one.text), one.align, (part, one.row, one.column))
    for row in range(rows):
        for column in range(columns):
            if (row, column) not in owned:
                yield Square(row, column, 1, 1, "", "", (part, row + first, column + left))
