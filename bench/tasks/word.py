"""One form as a Word table, ours and python-docx's cell by cell in turn: ``word ROUNDS``. Prints the seconds of each."""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.shared import Pt

from bench import forms
from perfdesk.exchange import docx
from perfdesk.layout import Layout


def theirs(layout: Layout) -> bytes:
    """Write the same cells, merges and heights through the table of python-docx."""
    document, sheet = Document(), layout.sheet
    table = document.add_table(sheet.row_count, len(sheet.column_widths), style="Table Grid")
    for row, height in zip(table.rows, layout.row_heights, strict=True):
        row.height = Pt(height)
    for column, width in zip(table.columns, sheet.column_widths, strict=True):
        column.width = Pt(width)
    for cell in sheet.cells:
        first = table.cell(cell.row, cell.column)
        last = table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        first.merge(last).text = cell.text
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def main(rounds: int) -> tuple[list[float], list[float]]:
    """Return our seconds and theirs."""
    layouts = forms.layouts(1)
    made = datetime(2025, 2, 5, tzinfo=UTC)
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        begin = time.perf_counter()
        docx.render(layouts, title="2024", made=made)
        middle = time.perf_counter()
        theirs(layouts[0])
        end = time.perf_counter()
        if turn:
            times[0].append(middle - begin)
            times[1].append(end - middle)
    return times


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
