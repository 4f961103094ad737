"""来历 (origins) of imported forms: written by the import, read to say where a field came from. The transactions are the store's.

A form that was imported into several times has several, the latest first. A backup carries them along, a version does not: where
the texts of an older version came from is told by the import before it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select

from perfdesk.model import Binding, Block, Origin, Traced
from perfdesk.store import schema
from perfdesk.store.tables import get, put

Transaction = Callable[[], AbstractContextManager[Connection]]

_O: Final = schema.origin.c
_OF_ONE: Final = (
    select(_O.moment, _O.file, _O.kind, _O.digest, _O.fields)
    .where(_O.record_id == bindparam("owner"))
    .order_by(_O.id.desc())
)


class Origins:
    """The origins of all forms of a data file; it belongs to a :class:`Store`, which hands in its transactions."""

    def __init__(self, reading: Transaction) -> None:
        self._reading = reading

    def of(self, record_id: str) -> tuple[tuple[datetime, Origin], ...]:
        """Return when a form was imported and from what, the latest first; ``()`` where it was typed here."""
        with self._reading() as connection:
            return tuple(map(_origin, connection.execute(_OF_ONE, {"owner": put(record_id)})))


def write(connection: Connection, record_id: str, origin: Origin, *, moment: datetime) -> None:
    """Add the origin of a form."""
    fields = json.dumps([_told(one) for one in origin.fields], ensure_ascii=False)
    row = {"record_id": put(record_id), "moment": moment.isoformat(), "kind": origin.kind, "digest": origin.digest}
    connection.execute(insert(schema.origin), {**row, "file": put(origin.file), "fields": put(fields)})


def _told(one: Traced) -> tuple[object, ...]:
    binding = one.binding
    return binding.block.value, binding.key, binding.row, one.row_name, one.text, one.addresses


def _origin(row: Sequence[Any]) -> tuple[datetime, Origin]:
    moment, file, kind, digest, fields = row
    traced = tuple(_traced(json.loads(get(fields))))
    return datetime.fromisoformat(moment), Origin(get(file), get(kind), get(digest), traced)


def _traced(told: Sequence[Any]) -> Iterator[Traced]:
    for block, key, row, name, text, addresses in told:
        yield Traced(Binding(Block(block), key, row), name, text, tuple(addresses))
