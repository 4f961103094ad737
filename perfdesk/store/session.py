"""一次填报 (session): what it changed, so that a start after a crash can say what is there.

The change log has all of it; when the session began stands in the lock file that a crash leaves behind. Functions of a connection;
the caller owns the transaction.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.model import Record
from perfdesk.snapshots import content_of, record_of
from perfdesk.store import changelog, records
from perfdesk.store.changelog import Deed, Line
from perfdesk.store.changes import apply, backwards
from perfdesk.store.records import Entry

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Recovered(NamedTuple):
    """What a session that was not closed left of a form: how many cells it had changed, and when it was last saved."""

    entry: Entry
    cells: int

    @property
    def moment(self) -> datetime:
        """When the form was last saved."""
        return self.entry.changed


def changed_since(connection: Connection, begin: datetime) -> tuple[Recovered, ...]:
    """Say what is there of the forms changed since ``begin``, the latest first; forms that were deleted are left out.

    A form that was made since is compared with what it began with.
    """
    from perfdesk.editing.counting import changed_cells  # hardly ever needed, and the templates come with it

    edits: dict[str, list[Line]] = defaultdict(list)
    for line in changelog.read(connection):
        if line.deed is Deed.EDITED and line.moment.astimezone() >= begin.astimezone():
            edits[line.record_id].append(line)
    found = []
    for entry in records.entries(connection):
        now = records.load_one(connection, entry.id) if entry.id in edits else None
        if now is not None:
            found.append(Recovered(entry, changed_cells(_before(now, edits[entry.id]), now)))
    return tuple(sorted((one for one in found if one.cells), key=lambda one: one.moment, reverse=True))


def _before(record: Record, edits: list[Line]) -> Record:
    """Return how a form stood before its last edits, by taking them back one by one."""
    content = content_of(record)
    for line in reversed(edits):
        content = apply(content, backwards(line.changes))
    return record_of(content)
