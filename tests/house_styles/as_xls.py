"""Writes a drawn file as a workbook of Excel 97–2003, which many offices still hand round."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import xlwt

from tests.house_styles.pages import Drawn, Grid, Page


def write(drawn: Drawn, folder: Path) -> Path:
    """Write the file and return where it lies."""
    book = xlwt.Workbook(encoding="utf-8")
    for page in drawn.pages:
        _write_page(book.add_sheet(page.name), page)
    path = folder / f"{drawn.name}.xls"
    book.save(str(path))
    return path


@cache
def _look(format_: str) -> Any:  # noqa: ANN401 - xlwt has no types
    return xlwt.easyxf(
        "align: wrap on, vert centre; borders: left thin, right thin", num_format_str=format_ or "General"
    )


def _write_page(sheet: Any, page: Page) -> None:  # noqa: ANN401 - xlwt has no types
    grid = page.with_lines_in_grids().parts[0]
    assert isinstance(grid, Grid)
    if page.hidden:
        sheet.visibility = 1
    for one in grid.squares:
        shown = one.shown
        value: str | float = float(shown.number) if shown.number else shown.text
        look = _look(shown.format)
        if one.rows > 1 or one.columns > 1:
            sheet.write_merge(one.row, one.row + one.rows - 1, one.column, one.column + one.columns - 1, value, look)
        elif value != "":
            sheet.write(one.row, one.column, value, look)
    for row in grid.hidden_rows:
        sheet.row(row).hidden = True
