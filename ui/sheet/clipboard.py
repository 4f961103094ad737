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
