"""一次填报 (session): how forms stood before this session first changed them, so that a start after a crash can say what is there.

Kept as rows of the table ``store``, whose shape never changes; written with the first change of a form, in the same transaction,
and taken away when the file is closed. Functions of a connection; the caller owns the transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from perfdesk.model import Record
from perfdesk.store import records, schema
from perfdesk.store.records import Entry
from perfdesk.store.snapshots import read_snapshot, write_snapshot
from perfdesk.store.tables import Stored, get, put

_PREFIX: Final = "session:"
_S: Final = schema.store.c
_MINE: Final = _S.key.startswith(_PREFIX)
_THERE: Final = select(_S.key).where(_S.key == bindparam("one"))


class Recovered(NamedTuple):
    """What a session that was not closed left of a form: how many cells it had changed, and when it was last saved."""

    entry: Entry
    cells: int

    @property
    def moment(self) -> datetime:
        """When the form was last saved."""
        return self.entry.changed


def note(connection: Connection, record: Record) -> bool:
    """A form is about to be saved: keep how it stood, unless nothing changes. Tells whether that is kept, now or from before.

    A form that is new has nothing to be compared with; its next change is compared with what it began with.
    """
    key = put(_PREFIX + record.id)
    if connection.execute(_THERE, {"one": key}).first() is not None:
        return True
    before = records.load_one(connection, record.id)
    if before is None or before == record:
        return False
    connection.execute(insert(schema.store), {"key": key, "value": put(write_snapshot(before))})
    return True


def left(connection: Connection) -> tuple[Stored, ...]:
    """Return how the forms stood before the last session changed them; empty where that session was closed."""
    return tuple(connection.execute(select(_S.value).where(_MINE)).scalars())


def end(connection: Connection) -> None:
    """Take the rows of the session away."""
    connection.execute(delete(schema.store).where(_MINE))


def compare(connection: Connection, before: tuple[Stored, ...]) -> tuple[Recovered, ...]:
    """Say what is there of the forms that a session had changed, the latest first; forms that were deleted are left out."""
    from perfdesk.editing.counting import changed_cells  # hardly ever needed, and the templates come with it

    entries = {one.id: one for one in records.entries(connection)}
    found = []
    for old in map(read_snapshot, map(get, before)):
        now = records.load_one(connection, old.id) if old.id in entries else None
        if now is not None:
            found.append(Recovered(entries[old.id], changed_cells(old, now)))
    return tuple(sorted((one for one in found if one.cells), key=lambda one: one.moment, reverse=True))
