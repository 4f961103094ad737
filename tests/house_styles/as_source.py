"""A drawn file as the readers should see it, without writing any: to look at recognition alone."""

from __future__ import annotations

from openpyxl.utils import get_column_letter

from perfdesk.source import SourceCell, SourceFile, SourceKind, SourceTable, SourceText
from tests.house_styles.pages import Drawn, Grid, Page
from tests.house_styles.style import DOCX


def source(drawn: Drawn, kind: str) -> SourceFile:
    """Return what the file shows: a table for each grid in Word, for each page in a workbook."""
    parts: list[SourceTable | SourceText] = []
    for page in drawn.pages:
        shown = page if kind == DOCX else page.with_lines_in_grids()
        parts += _parts(shown, kind, len(parts))
    return SourceFile(f"{drawn.name}.{kind}", SourceKind(kind), "", tuple(parts))


def _parts(page: Page, kind: str, before: int) -> list[SourceTable | SourceText]:
    parts: list[SourceTable | SourceText] = []
    for part in page.parts:
        if isinstance(part, Grid):
            name = f"第 {before + len(parts) + 1} 张表" if kind == DOCX else page.name
            parts.append(_table(part, name, kind, hidden=page.hidden))
        elif part.text:
            align = "center" if part.level < 0 else ""
            parts.append(SourceText(part.text, f"第 {before + len(parts) + 1} 段", max(part.level, 0), align))
    return parts


def _table(grid: Grid, name: str, kind: str, *, hidden: bool) -> SourceTable:

    cells = tuple(
        SourceCell(
            one.row,
            one.column,
            one.rows,
            one.columns,
            one.shown.text,
            f"第{one.row + 1}行第{one.column + 1}列"
            if kind == DOCX
            else f"{get_column_letter(one.column + 1)}{one.row + 1}",
            hidden=one.row in grid.hidden_rows,
            raw=one.shown.number,
        )
        for one in sorted(grid.squares, key=lambda one: (one.row, one.column))
        if one.shown.text or one.rows > 1 or one.columns > 1
    )
    return SourceTable(name, grid.row_count, grid.columns, cells, hidden=hidden)
