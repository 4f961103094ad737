"""Saving and loading through the store and through bare sqlite3: ``database FOLDER save|load alike|every ROUNDS``.

``alike`` are forms of one template, ``every`` a year of all kinds. Prints the seconds of each.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from bench import forms, year
from bench.tasks import raw_sqlite
from perfdesk.model import Record
from perfdesk.store import Store

COUNT = 200
Times = tuple[list[float], list[float]]


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def saved_forms(kinds: str) -> tuple[Record, ...]:
    """Return the forms that are saved in turn: one of 30 indicators, or one of every kind."""
    if kinds == "alike":
        return (forms.record(0, rows=30),)
    records = year.year(len(year.ONCE) + len(year.OF_PROJECTS), year.templates())
    return tuple({one.template_id: one for one in records}.values())


def saving(folder: Path, kinds: str, rounds: int) -> Times:
    """Save a changed form in turn into two files that hold the same."""
    ours, theirs = folder / f"ours-{kinds}.db", folder / f"theirs-{kinds}.db"
    records = saved_forms(kinds)
    for path in (ours, theirs):
        with Store.open(path, now=now) as made:
            made.save_many(records)
    bare = raw_sqlite.connect(theirs)
    times: Times = ([], [])
    warm = 2 * len(records)
    with Store.open(ours, now=now) as store:
        for turn in range(rounds + warm):
            record = year.changed(records[turn % len(records)], turn)
            begin = time.perf_counter()
            store.save(record)
            middle = time.perf_counter()
            raw_sqlite.save(bare, record, moment=now().isoformat())
            end = time.perf_counter()
            if turn >= warm:
                times[0].append(middle - begin)
                times[1].append(end - middle)
    bare.close()
    return times


def loading(folder: Path, kinds: str, rounds: int) -> Times:
    """Load a year of forms in turn from one file."""
    path = folder / f"year-{kinds}.db"
    alike = (forms.record(number) for number in range(COUNT))
    times: Times = ([], [])
    with Store.open(path, now=now) as store:
        store.save_many(alike if kinds == "alike" else year.year(COUNT, year.templates()))
        bare = raw_sqlite.connect(path)
        for turn in range(rounds + 1):
            begin = time.perf_counter()
            ours = store.load_year(year.YEAR)
            middle = time.perf_counter()
            theirs = raw_sqlite.load(bare, year.YEAR)
            end = time.perf_counter()
            if turn:
                times[0].append(middle - begin)
                times[1].append(end - middle)
        bare.close()
    if list(ours) != theirs:
        raise RuntimeError("the two ways of loading do not give the same forms")
    return times


if __name__ == "__main__":
    way = saving if sys.argv[2] == "save" else loading
    print(json.dumps(way(Path(sys.argv[1]), sys.argv[3], int(sys.argv[4]))))
