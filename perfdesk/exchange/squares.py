"""What a sheet of any workbook holds, and the source table that it makes: anchors with spans, addresses, texts as shown.

Shared by the readers of .xlsx and .xls. It knows no file.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from perfdesk.exchange.guard import Texts
from perfdesk.exchange.shown import Shown, shown, symbols
from perfdesk.source import SourceCell, SourceTable

_PAPER: Final = {
    "8": (297.0, 420.0),
    "9": (210.0, 297.0),
    "11": (148.0, 210.0),
    "12": (257.0, 364.0),
    "13": (182.0, 257.0),
}
"""Papers by the numbers of Excel: A3, A4, A5, B4, B5 in mm."""
_BEYOND: Final = 60  # rows or columns that a merge may reach beyond the last text; one over whole columns is cut there
_DEFAULT_WIDTH: Final = 8.43  # characters
_DEFAULT_HEIGHT: Final = 13.5  # pt

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
MOST_SIZED: Final = 20_000
"""Rows down to which heights are told."""
PT_PER_CHARACTER: Final = 6.0
"""Column widths count digits of the default font: 宋体 11 has digits of 8 px at 96 dpi, that is 6 pt."""


class Look(NamedTuple):
    """How a cell shows its value: number format (``""``: General), face, bold, alignment (``""``: by itself)."""

    code: str = ""
    face: str = ""
    bold: bool = False
    align: str = ""


PLAIN = Look()


class Held(NamedTuple):
    """What a sheet holds. ``cells`` are (row, column, text or stored value, look, is it a number) in file order.

    ``merges`` are first row and column, last row and column; ``columns`` first, end, width in characters, hidden; ``running``
    are heads and feet of the pages.
    """

    cells: list[tuple[int, int, str, Look, bool]]
    merges: list[tuple[int, int, int, int]]
    columns: list[tuple[int, int, float, bool]]
    heights: dict[int, float]
    hidden_rows: set[int]
    default_width: float = 0.0
    default_height: float = 0.0
    paper: tuple[str, str] = ("", "")
    running: tuple[str, ...] = ()
    uncounted: list[str] = []  # noqa: RUF012 - addresses of formulas without a result; never changed
    is_cut: bool = False

    @property
    def rows(self) -> int:
        """Rows down to the last one with text."""
        return self.cells[-1][0] + 1 if self.cells else 0


def letters_of(column: int) -> str:
    """Name a column: 0 is A, 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_letters = cache(letters_of)


@cache
def column_number(letters: str) -> int:
    """Return the number of a column from 0: A is 0, AB is 27."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - 64
    return number - 1


def address(row: int, column: int) -> str:
    """Name a cell: 「C12」."""
    return f"{_letters(column)}{row + 1}"


def area(reference: str) -> tuple[int, int, int, int] | None:
    """Read 「A1:C3」 as first row and column and last row and column, from 0; ``None`` for what is none."""
    first, _, last = reference.replace("$", "").partition(":")
    begin, end = _ADDRESS.fullmatch(first), _ADDRESS.fullmatch(last or first)
    if begin is None or end is None:
        return None
    top, left, bottom, right = int(begin[2]) - 1, column_number(begin[1]), int(end[2]) - 1, column_number(end[1])
    if not (0 <= top <= bottom < MOST_ROWS and 0 <= left <= right < MOST_COLUMNS):
        return None
    return top, left, bottom, right


def table_of(
    held: Held, name: str, texts: Texts, *, hidden: bool, several: bool, since_1904: bool
) -> tuple[SourceTable, list[str]]:
    """Make the table of a sheet, and the addresses of texts that lie unseen under a merged cell.

    ``several`` says that the file has other sheets too: then notes name the sheet with the cell.
    """
    row_count = 1 + max((one[0] for one in held.cells), default=-1)
    column_count = 1 + max((one[1] for one in held.cells), default=-1)
    spans, covered = _spans(held.merges, row_count + _BEYOND, column_count + _BEYOND)
    row_count = max(row_count, max((row + high for (row, _), (high, _) in spans.items()), default=0))
    column_count = max(column_count, max((column + wide for (_, column), (_, wide) in spans.items()), default=0))
    hidden_columns, widths = _widths(held, column_count)
    where = f"{name}!" if several else ""
    cells: dict[tuple[int, int], SourceCell] = {}
    unseen: list[str] = []
    for row, column, value, look, is_number in held.cells:
        place = address(row, column)
        if (row, column) in covered or (row, column) in cells:
            unseen.append(place)
            continue
        text = _text(value, look, is_number=is_number, since_1904=since_1904)
        clean = texts.clean(text.text, where + place)
        high, wide = spans.pop((row, column), (1, 1))
        is_hidden = row in held.hidden_rows or column in hidden_columns
        if clean.strip() or high > 1 or wide > 1:
            cells[row, column] = SourceCell(
                row, column, high, wide, clean, place, is_hidden, text.raw, look.bold, look.align
            )
    for (row, column), (high, wide) in spans.items():
        is_hidden = row in held.hidden_rows or column in hidden_columns
        cells[row, column] = SourceCell(row, column, high, wide, "", address(row, column), is_hidden)
    table = SourceTable(
        name=texts.clean(name, "工作表的名字"),
        row_count=row_count,
        column_count=column_count,
        cells=tuple(cells[place] for place in sorted(cells)),
        column_widths=widths,
        row_heights=_heights(held, row_count),
        hidden=hidden,
        paper=_paper(*held.paper),
    )
    return table, unseen


def _text(value: str, look: Look, *, is_number: bool, since_1904: bool) -> Shown:
    if is_number:
        return _number(value, look.code, since_1904)
    return Shown(symbols(value, look.face)) if look is not PLAIN else Shown(value)


@lru_cache(maxsize=4096)
def _number(value: str, code: str, since_1904: bool) -> Shown:  # noqa: FBT001 - a cache takes no keywords
    found = shown(value, code, since_1904=since_1904)
    return Shown(found.text.strip(), found.raw)


def _spans(
    merges: list[tuple[int, int, int, int]], most_rows: int, most_columns: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return the spans of merged cells by anchor, and every square they cover; one that lies over another is none."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for top, left, bottom, right in merges:
        below, behind = min(bottom + 1, most_rows), min(right + 1, most_columns)
        if below - top < 1 or behind - left < 1 or (below - top) * (behind - left) == 1:
            continue
        if (below - top) * (behind - left) + len(covered) > 1_000_000:
            continue
        squares = {(row, column) for row in range(top, below) for column in range(left, behind)}
        if not squares.isdisjoint(covered) or not squares.isdisjoint(spans):
            continue
        spans[top, left] = (below - top, behind - left)
        squares.remove((top, left))
        covered |= squares
    return spans, covered


def _widths(held: Held, column_count: int) -> tuple[frozenset[int], tuple[float, ...]]:
    """Return the hidden columns, and the widths of all in pt where the file says any."""
    hidden: set[int] = set()
    sizes = [held.default_width or _DEFAULT_WIDTH] * column_count
    for first, end, width, is_hidden in held.columns:
        for column in range(first, min(end, column_count)):
            if is_hidden:
                hidden.add(column)
            if width:
                sizes[column] = width
    said = bool(held.columns) or bool(held.default_width)
    return frozenset(hidden), tuple(round(size * PT_PER_CHARACTER, 2) for size in sizes) if said else ()


def _heights(held: Held, row_count: int) -> tuple[float, ...]:
    if not held.heights or row_count > MOST_SIZED:
        return ()
    usual = held.default_height or _DEFAULT_HEIGHT
    return tuple(held.heights.get(row, usual) for row in range(row_count))


def _paper(size: str, orientation: str) -> tuple[float, float] | None:
    paper = _PAPER.get(size)
    return (paper[1], paper[0]) if paper and orientation == "landscape" else paper
