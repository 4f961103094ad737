"""Writes the files that the processes are fed with: ``prepare FOLDER COUNT``."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import forms, year
from perfdesk.derive import derive
from perfdesk.exchange import docx, xlsx
from perfdesk.exchange.exchange import write_records

MADE = datetime(2025, 2, 5, tzinfo=UTC)


def main(folder: Path, count: int) -> None:
    """Write records and their sheets: one form, many of one template, a year of all kinds; and a report as records and Word."""
    known = year.templates()
    *every, report = year.year(count + 1, known)
    books = {"one": (forms.record(),), "many": tuple(map(forms.record, range(count))), "year": tuple(every)}
    for name, records in {**books, "report": (report,)}.items():
        (folder / f"{name}.json").write_text(write_records(records, known), encoding="utf-8")
    for name, records in books.items():
        layouts = tuple(derive(known[one.template_id], one).layout for one in records)
        (folder / f"{name}.xlsx").write_bytes(xlsx.render(layouts, title=name, made=MADE).data)
    layout = derive(known[report.template_id], report).layout
    (folder / "report.docx").write_bytes(docx.render((layout,), title="report", made=MADE).data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
    print("null")
