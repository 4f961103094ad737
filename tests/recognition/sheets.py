"""Our own drawn sheets as source files, as a reader of Excel would hand them on: cells with texts and spans, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_uppercase

from perfdesk.sheet import Sheet
from perfdesk.source import SourceCell, SourceFile, SourceKind, SourceTable, SourceText


def address(row: int, column: int) -> str:
    """Return what Excel calls a cell: (11, 2) is C12."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = ascii_uppercase[rest] + letters
    return f"{letters}{row + 1}"


def cell(row: int, column: int, text: str, *, rows: int = 1, columns: int = 1, hidden: bool = False) -> SourceCell:
    """Return a source cell with its address."""
    return SourceCell(row, column, rows, columns, text, address(row, column), hidden=hidden)


def table_of(sheet: Sheet, name: str = "Sheet1") -> SourceTable:
    """Return a drawn sheet as a table of Excel."""
    cells = (
        cell(one.row, one.column, one.text, rows=one.row_span, columns=one.column_span)
        for one in sheet.cells
        if one.text or one.row_span > 1 or one.column_span > 1
    )
    kept = tuple(sorted(cells, key=lambda one: (one.row, one.column)))
    return SourceTable(name, sheet.row_count, len(sheet.column_widths), kept)


def drawn(rows: Iterable[Iterable[str]], name: str = "Sheet1") -> SourceTable:
    """Return a table written row by row; 「<」 goes on from the left, 「^」 from above, "" is a blank square."""
    squares = [list(row) for row in rows]
    cells = []
    for at, row in enumerate(squares):
        for column, text in enumerate(row):
            if text in {"", "<", "^"}:
                continue
            wide = next((n for n in range(1, len(row) - column) if row[column + n] != "<"), len(row) - column)
            high = next(
                (
                    n
                    for n in range(1, len(squares) - at)
                    if column >= len(squares[at + n]) or squares[at + n][column] != "^"
                ),
                len(squares) - at,
            )
            cells.append(cell(at, column, text, rows=high, columns=wide))
    return SourceTable(name, len(squares), max(map(len, squares), default=0), tuple(cells))


def source_of(
    *parts: SourceTable | SourceText, name: str = "绩效自评.xlsx", kind: SourceKind = SourceKind.XLSX
) -> SourceFile:
    """Return a source file of these parts."""
    return SourceFile(name, kind, "0" * 64, parts)
