"""Writes the files that the processes are fed with: ``prepare FOLDER COUNT``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import forms
from perfdesk.exchange import xlsx
from perfdesk.exchange.exchange import write_records


def main(folder: Path, count: int) -> None:
    """Write one.json, many.json, one.xlsx and many.xlsx."""
    drawn = forms.template()
    made = datetime(2025, 2, 5, tzinfo=UTC)
    for name, number in (("one", 1), ("many", count)):
        records = tuple(map(forms.record, range(number)))
        (folder / f"{name}.json").write_text(write_records(records, {drawn.id: drawn}), encoding="utf-8")
        (folder / f"{name}.xlsx").write_bytes(xlsx.render(forms.layouts(number), title=name, made=made).data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
    print("null")
