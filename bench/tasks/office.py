"""Fills a store with the form that is typed into and others of its year: ``office PATH sheet|report OTHERS``. Prints its id."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from bench import forms, year
from perfdesk.store import Store


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def main(path: Path, way: str, others: int) -> str:
    """Fill the store."""
    known = year.templates()
    alone = forms.record() if way == "sheet" else year.report(known[year.REPORT], ())
    records = year.year(others + 1, known) if others else (alone,)
    with Store.open(path, now=now) as store:
        store.save_many(records)
    return records[0 if way == "sheet" else -1].id


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))))
