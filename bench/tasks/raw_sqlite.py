"""The plain way to keep forms: bare sqlite3 on the store's own file with the store's own settings, every row written and read."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import Any

from perfdesk.amounts import MoneyUnit
from perfdesk.model import FundRow, Indicator, ListRow, Record, Section
from perfdesk.store import schema
from perfdesk.store.engine import WRITING

_FUND = [column.name for column in schema.fund.c][2:]
_INDICATOR = [column.name for column in schema.indicator.c][2:]
_FURTHER = {
    "funds": [name for name in FundRow.__dataclass_fields__ if name not in _FUND],
    "indicators": [name for name in Indicator.__dataclass_fields__ if name not in _INDICATOR],
}
_PARTS = {
    "value": "SELECT * FROM value WHERE record_id IN (SELECT id FROM record WHERE year = ?) ORDER BY 1, 2, 3",
    "stated": "SELECT * FROM stated WHERE record_id IN (SELECT id FROM record WHERE year = ?) ORDER BY 1, 2, 3",
    "fund": "SELECT * FROM fund WHERE record_id IN (SELECT id FROM record WHERE year = ?) ORDER BY 1, 2, 3",
    "indicator": "SELECT * FROM indicator WHERE record_id IN (SELECT id FROM record WHERE year = ?) ORDER BY 1, 2, 3",
    "detail": "SELECT * FROM detail WHERE record_id IN (SELECT id FROM record WHERE year = ?) ORDER BY 1, 2, 3",
    "section": "SELECT * FROM section WHERE record_id IN (SELECT id FROM record WHERE year = ?) ORDER BY 1, 2, 3",
}
_HEADS = "SELECT id, template_id, year, unit, bureau, extra FROM record WHERE year = ? ORDER BY position"
Rows = dict[str, list[tuple[Any, ...]]]


def connect(path: Path) -> sqlite3.Connection:
    """Open with the store's own settings."""
    found = sqlite3.connect(path, isolation_level=None)
    for name, (setting, _) in WRITING.items():
        found.execute(f"PRAGMA {name} = {setting}")
    return found


def save(connection: sqlite3.Connection, record: Record, *, moment: str) -> None:
    """Save a form: all rows of it, one transaction."""
    texts, money = attrgetter(*_INDICATOR), attrgetter(*_FUND)
    funds = [(record.id, index, *money(one)) for index, one in enumerate(record.funds)]
    rows = [(record.id, index, *texts(one)) for index, one in enumerate(record.indicators)]
    values = [(record.id, key, text) for key, text in record.values.items()]
    sections = [
        (record.id, index, one.level, one.heading, json.dumps(one.paragraphs, ensure_ascii=False))
        for index, one in enumerate(record.sections)
    ]
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE record SET changed = ? WHERE id = ?", (moment, record.id))
    connection.executemany("INSERT OR REPLACE INTO value VALUES (?, ?, ?)", values)
    connection.executemany("INSERT OR REPLACE INTO fund VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", funds)
    connection.executemany("INSERT OR REPLACE INTO indicator VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany("INSERT OR REPLACE INTO detail VALUES (?, ?, ?, ?, ?)", list(_details(record)))
    connection.executemany("INSERT OR REPLACE INTO section VALUES (?, ?, ?, ?, ?)", sections)
    connection.execute("COMMIT")


def _details(record: Record) -> Iterator[tuple[str, str, int, str, str]]:
    for block, parts in (("funds", record.funds), ("indicators", record.indicators)):
        for position, part in enumerate(parts):
            pairs = ((name, getattr(part, name)) for name in _FURTHER[block])
            yield from ((record.id, block, position, name, text) for name, text in pairs if text)
    for position, row in enumerate(record.rows):
        yield from ((record.id, "rows", position, key, text) for key, text in (("", ""), *row.cells))


def load(connection: sqlite3.Connection, year: int) -> list[Record]:
    """Load a year: one query for each table, records made of the rows."""
    parts: dict[str, Rows] = {}
    connection.execute("BEGIN")
    for table, query in _PARTS.items():
        found = parts[table] = defaultdict(list)
        for row in connection.execute(query, (year,)):
            found[row[0]].append(row[1:])
    heads = connection.execute(_HEADS, (year,))
    records = [_record(head, parts) for head in heads]
    connection.execute("COMMIT")
    return records


def _record(head: tuple[Any, ...], parts: dict[str, Rows]) -> Record:
    one, template_id, year, unit, bureau, extra = head
    more: dict[str, dict[int, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
    for block, position, key, text in parts["detail"].get(one, ()):
        more[block][position][key] = text
    funds, indicators = more["funds"], more["indicators"]
    return Record(
        one,
        template_id,
        year,
        MoneyUnit(unit),
        bureau,
        dict(parts["value"][one]),
        tuple(FundRow(*row[1:], **funds.get(row[0], {})) for row in parts["fund"][one]),
        tuple(Indicator(*row[1:], **indicators.get(row[0], {})) for row in parts["indicator"][one]),
        dict(parts["stated"][one]),
        extra,
        rows=tuple(ListRow.of(texts) for _, texts in sorted(more["rows"].items())),
        sections=tuple(Section(row[1], row[2], tuple(json.loads(row[3]))) for row in parts["section"][one]),
    )
