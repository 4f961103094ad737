"""Many workbooks read, ours and openpyxl's cell by cell in turn: ``reading COUNT alike|every ROUNDS``. Prints the seconds of each.

Both give every cell's value in its number format and every merged area.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import load_workbook

from bench import year
from perfdesk.exchange import xlsx
from perfdesk.exchange.xlsx.reading import read


def theirs(data: bytes) -> tuple[list[tuple[object, str]], list[str]]:
    """Read every cell with its number format, and the merged areas, through openpyxl."""
    cells, merges = [], []
    for sheet in load_workbook(BytesIO(data), data_only=True):
        merges += [str(area) for area in sheet.merged_cells.ranges]
        for row in range(1, sheet.max_row + 1):
            for column in range(1, sheet.max_column + 1):
                cell = sheet.cell(row, column)
                cells.append((cell.value, cell.number_format))
    return cells, merges


def main(count: int, kinds: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return our seconds and theirs."""
    made = datetime(2025, 2, 5, tzinfo=UTC)
    files = [xlsx.render((one,), title="2024", made=made).data for one in year.layouts(count, kinds)]
    times: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds + 1):
        begin = time.perf_counter()
        for one in files:
            read(one, "表.xlsx")
        middle = time.perf_counter()
        for one in files:
            theirs(one)
        end = time.perf_counter()
        if turn:
            times[0].append(middle - begin)
            times[1].append(end - middle)
    return times


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
