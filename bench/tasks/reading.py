"""Many workbooks read, ours and openpyxl's cell by cell in turn: ``reading COUNT alike|every ROUNDS``. Prints the seconds of each.

Both give every cell's value in its number format and every merged area.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable, Sequence
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
        ours = _timed(lambda one: read(one, "表.xlsx"), files)
        other = _timed(theirs, files)
        if turn:
            times[0].append(ours)
            times[1].append(other)
    return times


def _timed(reader: Callable[[bytes], object], files: Sequence[bytes]) -> float:
    """Read all files; what the other reader left behind is cleared away first."""
    gc.collect()
    begin = time.perf_counter()
    for one in files:
        reader(one)
    return time.perf_counter() - begin


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
