"""Copy and paste of cells as tab-separated text, the way Excel and WPS read and write it. Texts only; merges follow later."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from perfdesk.model import Binding, Block
from perfdesk.sheet import Cell, Role
from ui.sheet.model import SheetModel


def copy(indexes: list[QModelIndex]) -> None:
    """Put the texts of the cells on the clipboard, one line a row, quoted where a text holds tabs or line breaks."""
    rows: dict[int, dict[int, str]] = {}
    for index in indexes:
        rows.setdefault(index.row(), {})[index.column()] = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    buffer = io.StringIO()
    writer = csv.writer(buffer, dialect="excel-tab", lineterminator="\n")
    for row in sorted(rows):
        writer.writerow([rows[row][column] for column in sorted(rows[row])])
    QApplication.clipboard().setText(buffer.getvalue().removesuffix("\n"))


def edits(model: SheetModel, start: QModelIndex, *, grows: bool) -> tuple[tuple[tuple[Binding, str], ...], int]:
    """Return what pasting at ``start`` would write, and how many lines have no row: from the current cell on, into cells to fill.

    What would fall on labels, computed cells or beyond the form is left out. From a row of indicators or of a list nothing falls
    on what stands below them; a list that ``grows`` gets rows for all lines.
    """
    lines = list(csv.reader(io.StringIO(QApplication.clipboard().text()), dialect="excel-tab"))
    cell = model.cell_at(start)
    block = cell.binding.block if cell is not None and cell.binding is not None else None
    if block is Block.ROWS and grows:
        return _into_list(_cells(model, start.row(), start.column(), block), lines), 0
    kept = block if block in {Block.ROWS, Block.INDICATORS} else None
    rows = sorted({row for row, _ in model.grid.fragments if row >= start.row()})
    fitting = [cells for row in rows if (cells := _cells(model, row, start.column(), kept)) or kept is None]
    found = (
        (one.binding, text)
        for cells, texts in zip(fitting, lines, strict=False)
        for one, text in zip(cells, texts, strict=False)
        if one.binding is not None and one.role is not Role.COMPUTED
    )
    left = sum(any(map(str.strip, line)) for line in lines[len(fitting) :]) if kept is not None else 0
    return tuple(found), left


def _cells(model: SheetModel, row: int, column: int, block: Block | None) -> list[Cell]:
    """Return the cells of a row of the grid from a column on; nothing where none of them is of the block."""
    cells = [one.cell for place, one in sorted(model.grid.fragments.items()) if place[0] == row and place[1] >= column]
    inside = any(one.binding is not None and one.binding.block is block for one in cells)
    return cells if block is None or inside else []


def _into_list(cells: list[Cell], lines: list[list[str]]) -> tuple[tuple[Binding, str], ...]:
    """Write line by line into the rows of a list, those that are not there yet included; blank lines are passed over."""
    return tuple(
        (replace(cell.binding, row=cell.binding.row + at), text)
        for at, texts in enumerate(line for line in lines if any(map(str.strip, line)))
        for cell, text in zip(cells, texts, strict=False)
        if cell.binding is not None and cell.role is not Role.COMPUTED
    )


def fill_down(model: SheetModel, indexes: list[QModelIndex]) -> tuple[tuple[Binding, str], ...]:
    """Return what filling down writes: in every column the text of its top selected cell into the selected ones below.

    A column with one selected cell takes the text of the nearest cell to fill above it.
    """
    columns: dict[int, list[QModelIndex]] = {}
    for index in sorted(indexes, key=QModelIndex.row):
        cell = model.cell_at(index)
        if cell is not None and cell.binding is not None and cell.role is not Role.COMPUTED:
            columns.setdefault(index.column(), []).append(index)
    found: list[tuple[Binding, str]] = []
    for column, chosen in columns.items():
        if len(chosen) == 1:
            above = [i for i in model.inputs() if i.column() == column and i.row() < chosen[0].row()]
            chosen = [*above[-1:], *chosen]  # noqa: PLW2901 - the one above is the one to copy
        text = str(chosen[0].data(Qt.ItemDataRole.EditRole) or "")
        cells = (model.cell_at(index) for index in chosen[1:])
        found += [(cell.binding, text) for cell in cells if cell is not None and cell.binding is not None]
    return tuple(found)
