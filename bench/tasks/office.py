"""Fills a store with the form that is typed into and others of its year: ``office PATH sheet|years|report OTHERS``. Prints its id.

``years`` is a form of 60 rows with the same one of the year before.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench import forms, year
from perfdesk.model import Record
from perfdesk.store import Store

LONG = 60  # rows


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def two_years() -> tuple[Record, Record]:
    """Make a long form and last year's; numbers do not tell names apart between years, so each has a letter of its own."""
    one = forms.record(rows=LONG)
    letters = map(chr, range(ord("甲"), ord("甲") + LONG))
    rows = tuple(replace(row, name=f"{row.name}{letter}") for row, letter in zip(one.indicators, letters, strict=True))
    one = replace(one, indicators=rows)
    return one, replace(one, id="before", year=one.year - 1)


def main(path: Path, way: str, others: int) -> str:
    """Fill the store."""
    if way == "years":
        with Store.open(path, now=now) as store:
            store.save_many(both := two_years())
        return both[0].id
    known = year.templates()
    alone = forms.record() if way == "sheet" else year.report(known[year.REPORT], ())
    records = year.year(others + 1, known) if others else (alone,)
    with Store.open(path, now=now) as store:
        store.save_many(records)
    return records[0 if way == "sheet" else -1].id


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
