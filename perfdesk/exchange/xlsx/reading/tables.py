"""From what a sheet holds to a source table: anchors with spans, addresses, texts as shown, widths and heights in pt."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from perfdesk.exchange.guard import Texts
from perfdesk.exchange.shown import Shown, shown, symbols
from perfdesk.exchange.xlsx.reading.book import Book, Entry
from perfdesk.exchange.xlsx.reading.sheet import Walked, letters_of
from perfdesk.exchange.xlsx.reading.styles import PLAIN, Look
from perfdesk.exchange.xlsx.worksheet import PT_PER_CHARACTER
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
_MOST_SIZED: Final = 20_000  # rows whose heights are told
_DEFAULT_WIDTH: Final = 8.43  # characters
_DEFAULT_HEIGHT: Final = 13.5  # pt

_letters = lru_cache(maxsize=None)(letters_of)


def table_of(walked: Walked, entry: Entry, texts: Texts, book: Book, *, several: bool) -> tuple[SourceTable, list[str]]:
    """Make the table of a sheet, and the addresses of texts that lie unseen under a merged cell."""
    row_count = 1 + max((one[0] for one in walked.cells), default=-1)
    column_count = 1 + max((one[1] for one in walked.cells), default=-1)
    spans, covered = _spans(walked.merges, row_count + _BEYOND, column_count + _BEYOND)
    row_count = max(row_count, max((row + high for (row, _), (high, _) in spans.items()), default=0))
    column_count = max(column_count, max((column + wide for (_, column), (_, wide) in spans.items()), default=0))
    hidden_columns, widths = _widths(walked, column_count)
    where = f"{entry.name}!" if several else ""
    cells: dict[tuple[int, int], SourceCell] = {}
    unseen: list[str] = []
    for row, column, value, look, is_number in walked.cells:
        name = f"{_letters(column)}{row + 1}"
        if (row, column) in covered:
            unseen.append(name)
            continue
        text = _text(value, look, is_number=is_number, since_1904=book.since_1904)
        clean = texts.clean(text.text, where + name)
        high, wide = spans.pop((row, column), (1, 1))
        hidden = row in walked.hidden_rows or column in hidden_columns
        if clean.strip() or high > 1 or wide > 1:
            cells[row, column] = SourceCell(
                row, column, high, wide, clean, name, hidden, text.raw, look.bold, look.align
            )
    for (row, column), (high, wide) in spans.items():
        hidden = row in walked.hidden_rows or column in hidden_columns
        cells[row, column] = SourceCell(row, column, high, wide, "", f"{_letters(column)}{row + 1}", hidden)
    table = SourceTable(
        name=texts.clean(entry.name, "工作表的名字"),
        row_count=row_count,
        column_count=column_count,
        cells=tuple(cells[place] for place in sorted(cells)),
        column_widths=widths,
        row_heights=_heights(walked, row_count),
        hidden=entry.hidden,
        paper=_paper(*walked.paper),
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


def _widths(walked: Walked, column_count: int) -> tuple[frozenset[int], tuple[float, ...]]:
    """Return the hidden columns, and the widths of all in pt where the file says any."""
    hidden: set[int] = set()
    sizes = [walked.default_width or _DEFAULT_WIDTH] * column_count
    for first, end, width, is_hidden in walked.columns:
        for column in range(first, min(end, column_count)):
            if is_hidden:
                hidden.add(column)
            if width:
                sizes[column] = width
    said = bool(walked.columns) or bool(walked.default_width)
    return frozenset(hidden), tuple(round(size * PT_PER_CHARACTER, 2) for size in sizes) if said else ()


def _heights(walked: Walked, row_count: int) -> tuple[float, ...]:
    if not walked.heights or row_count > _MOST_SIZED:
        return ()
    usual = walked.default_height or _DEFAULT_HEIGHT
    return tuple(walked.heights.get(row, usual) for row in range(row_count))


def _paper(size: str, orientation: str) -> tuple[float, float] | None:
    paper = _PAPER.get(size)
    return (paper[1], paper[0]) if paper and orientation == "landscape" else paper
