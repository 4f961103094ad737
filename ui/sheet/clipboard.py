"""Copy and paste of cells as tab-separated text, the way Excel and WPS read and write it. Texts only; merges follow later."""

from __future__ import annotations

import csv
import io

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from perfdesk.model import Binding
from perfdesk.sheet import Role
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


def edits(model: SheetModel, start: QModelIndex) -> tuple[tuple[Binding, str], ...]:
    """Return what pasting at ``start`` would write: row by row into the cells to fill, from the current cell on.

    What would fall on labels, computed cells or beyond the form is left out.
    """
    lines = list(csv.reader(io.StringIO(QApplication.clipboard().text()), dialect="excel-tab"))
    rows = sorted({row for row, _ in model.grid.fragments if row >= start.row()})
    found: list[tuple[Binding, str]] = []
    for row, texts in zip(rows, lines, strict=False):
        places = sorted(place for place in model.grid.fragments if place[0] == row and place[1] >= start.column())
        for place, text in zip(places, texts, strict=False):
            cell = model.grid.fragments[place].cell
            if cell.binding is not None and cell.role is not Role.COMPUTED:
                found.append((cell.binding, text))
    return tuple(found)


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
