"""Saving and loading through the store and through bare sqlite3 with the same settings: ``database FOLDER save|load ROUNDS``."""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from operator import attrgetter
from pathlib import Path
from typing import Any

from bench import forms
from perfdesk.amounts import MoneyUnit
from perfdesk.model import FundRow, Indicator, Record
from perfdesk.store import Store, schema
from perfdesk.store.engine import WRITING

YEAR = 200
_INDICATOR = [column.name for column in schema.indicator.c][2:]
_FUND = [column.name for column in schema.fund.c][2:]


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def connect(path: Path) -> sqlite3.Connection:
    """Open with the store's own settings."""
    found = sqlite3.connect(path, isolation_level=None)
    for name, (setting, _) in WRITING.items():
        found.execute(f"PRAGMA {name} = {setting}")
    return found


def save_raw(connection: sqlite3.Connection, record: Record) -> None:
    """Save a form the plain way: every row of it, one transaction."""
    texts = attrgetter(*_INDICATOR)
    money = attrgetter(*_FUND)
    rows = [(record.id, index, *texts(one)) for index, one in enumerate(record.indicators)]
    funds = [(record.id, index, *money(one)) for index, one in enumerate(record.funds)]
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE record SET changed = ? WHERE id = ?", (now().isoformat(), record.id))
    values = [(record.id, key, text) for key, text in record.values.items()]
    connection.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?)", values)
    connection.executemany("INSERT OR REPLACE INTO fund VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", funds)
    connection.executemany("INSERT OR REPLACE INTO indicator VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("COMMIT")


def load_raw(connection: sqlite3.Connection) -> list[Record]:
    """Load a year the plain way: one query for each table, records made of the rows."""
    parts: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
    connection.execute("BEGIN")
    for table in ("value", "stated", "fund", "indicator"):
        found = parts[table] = defaultdict(list)
        query = f"SELECT * FROM {table} WHERE record_id IN (SELECT id FROM record WHERE year = 2024) ORDER BY 1, 2"  # noqa: S608 - our own words
        for row in connection.execute(query):
            found[row[0]].append(row[1:])
    heads = connection.execute("SELECT id, template_id, year, unit, bureau, extra FROM record WHERE year = 2024")
    records = [
        Record(
            one,
            template_id,
            year,
            MoneyUnit(unit),
            bureau,
            dict(parts["value"][one]),
            tuple(FundRow(*row[1:]) for row in parts["fund"][one]),
            tuple(Indicator(*row[1:]) for row in parts["indicator"][one]),
            dict(parts["stated"][one]),
            extra,
        )
        for one, template_id, year, unit, bureau, extra in heads
    ]
    connection.execute("COMMIT")
    return records


def saving(folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Save a changed form in turn into two files that hold the same."""
    ours, theirs = folder / "ours.db", folder / "theirs.db"
    start = forms.record(0, rows=30)
    for path in (ours, theirs):
        with Store.open(path, now=now) as made:
            made.save(start)
    bare = connect(theirs)
    times: tuple[list[float], list[float]] = ([], [])
    with Store.open(ours, now=now) as store:
        for turn in range(rounds + 3):
            record = forms.changed(start, turn)
            begin = time.perf_counter()
            store.save(record)
            middle = time.perf_counter()
            save_raw(bare, record)
            end = time.perf_counter()
            if turn >= 3:
                times[0].append(middle - begin)
                times[1].append(end - middle)
    bare.close()
    return times


def loading(folder: Path, rounds: int) -> tuple[list[float], list[float]]:
    """Load a year of forms in turn from one file."""
    path = folder / "year.db"
    times: tuple[list[float], list[float]] = ([], [])
    with Store.open(path, now=now) as store:
        store.save_many(forms.record(number) for number in range(YEAR))
        bare = connect(path)
        for turn in range(rounds + 1):
            begin = time.perf_counter()
            ours = store.load_year(2024)
            middle = time.perf_counter()
            theirs = load_raw(bare)
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
    print(json.dumps(way(Path(sys.argv[1]), int(sys.argv[3]))))
