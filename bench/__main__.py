"""``python -m bench [ROW …]``: measures every row, or the named ones, and prints them as they come."""

from __future__ import annotations

import compileall
import os
import sys
import tempfile
from pathlib import Path

from bench.measure import ROOT, Row
from bench.rows import ROWS, prepare

COLUMNS = "{:<40} {:<21} {:>9} {:>9} {:>7} {:>7} {:<5} {}"


def line(row: Row) -> str:
    """One printed row."""
    measured = "" if row.ratio is None else f"{row.ratio:.3f}"
    bar = "" if row.ratio is None else f"{row.bar:.2f}"
    return COLUMNS.format(row.what, row.peer, row.ours, row.theirs, measured, bar, row.verdict, row.note).rstrip()


def main(names: list[str]) -> int:
    """Measure; 0 even when a bar is missed, 2 for an unknown row."""
    unknown = [name for name in names if name not in ROWS]
    if unknown:
        print(f"no row {unknown[0]}; there are {', '.join(ROWS)}", file=sys.stderr)
        return 2
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    for package in ("perfdesk", "ui", "bench"):
        compileall.compile_dir(ROOT / package, quiet=2)
    print(COLUMNS.format("what", "beside", "ours", "theirs", "ratio", "bar", "", ""), flush=True)
    with tempfile.TemporaryDirectory(prefix="perfdesk-bench-") as folder:
        prepare(Path(folder))
        for name in names or ROWS:
            try:
                for row in ROWS[name](Path(folder)):
                    print(line(row), flush=True)
            except RuntimeError as error:  # one row that cannot be measured does not take the others along
                print(line(Row(name, "", note=f"not measured: {error}")), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
