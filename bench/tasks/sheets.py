"""Many forms as one workbook, ours and XlsxWriter's in turn: ``sheets COUNT alike|every ROUNDS``. Prints the seconds of each.

``alike`` are forms of one template, ``every`` a year of all kinds without its report, which is no workbook.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter

from bench import year
from perfdesk.exchange import xlsx
from perfdesk.layout import STYLES, Layout


def theirs(layouts: tuple[Layout, ...]) -> bytes:
    """Write the same cells, merges, heights and print set-up with XlsxWriter, formats shared."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    styles: dict[tuple[str, str], object] = {}
    for number, layout in enumerate(layouts):
        sheet = book.add_worksheet(f"表{number + 1}")
        for index, height in enumerate(layout.row_heights):
            sheet.set_row(index, min(height, xlsx.MOST_HEIGHT))
        for index, width in enumerate(layout.sheet.column_widths):
            sheet.set_column(index, index, width / xlsx.PT_PER_CHARACTER)
        for cell in layout.sheet.cells:
            key = (cell.role.value, cell.align.value)
            if key not in styles:
                look = STYLES[cell.role]
                styles[key] = book.add_format(
                    {
                        "font_name": xlsx.FONT,
                        "font_size": look.size,
                        "bold": look.face.bold,
                        "align": cell.align.value,
                        "valign": "vcenter",
                        "text_wrap": True,
                        "border": int(cell.role.framed),
                        "num_format": "@",
                    }
                )
            last_row, last_column = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
            if (last_row, last_column) != (cell.row, cell.column):
                sheet.merge_range(cell.row, cell.column, last_row, last_column, "", styles[key])
            sheet.write_string(cell.row, cell.column, cell.text, styles[key])
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    book.close()
    return target.getvalue()


def main(count: int, kinds: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return our seconds and theirs."""
    layouts = year.layouts(count, kinds)
    made = datetime(2025, 2, 5, tzinfo=UTC)
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        begin = time.perf_counter()
        xlsx.render(layouts, title="2024", made=made)
        middle = time.perf_counter()
        theirs(layouts)
        end = time.perf_counter()
        if turn:
            times[0].append(middle - begin)
            times[1].append(end - middle)
    return times


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
