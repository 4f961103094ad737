"""Writes a drawn file as a workbook: lines become merged rows, numbers get formats that show what was typed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.utils import get_column_letter

from tests.house_styles.pages import Drawn, Grid, Page, Square

_LINE = Side(style="thin")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


def write(drawn: Drawn, folder: Path) -> Path:
    """Write the file and return where it lies."""
    book = Workbook()
    book.remove(book.active)
    for page in drawn.pages:
        _write_page(book.create_sheet(page.name), page, drawn.trailing_columns)
    path = folder / f"{drawn.name}.xlsx"
    book.save(path)
    return path


def _write_page(sheet: Any, page: Page, trailing: int) -> None:  # noqa: ANN401 - openpyxl has no types
    grid = page.with_lines_in_grids().parts[0]
    assert isinstance(grid, Grid)
    if page.hidden:
        sheet.sheet_state = "hidden"
    for one in grid.squares:
        _write_square(sheet, one)
    for row in grid.hidden_rows:
        sheet.row_dimensions[row + 1].hidden = True
    for column in range(grid.columns, grid.columns + trailing):
        sheet.cell(1, column + 1).border = _FRAME
        sheet.column_dimensions[get_column_letter(column + 1)].width = 4


def _write_square(sheet: Any, one: Square) -> None:  # noqa: ANN401 - openpyxl has no types
    cell = sheet.cell(one.row + 1, one.column + 1)
    if one.shown.number:
        number = one.shown.number
        cell.value = float(number) if "." in number else int(number)
        cell.number_format = one.shown.format
    elif one.shown.text:
        cell.value = one.shown.text
        cell.data_type = "s"
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    cell.border = _FRAME
    if one.rows > 1 or one.columns > 1:
        sheet.merge_cells(
            start_row=one.row + 1,
            start_column=one.column + 1,
            end_row=one.row + one.rows,
            end_column=one.column + one.columns,
        )
