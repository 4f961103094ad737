"""What is known of the forms of a damaged data file, and which of it to believe: file, journal, change log, versions, backup.

What is proved to be the last state of a form (by the digest that the change log keeps) comes before everything else. Nothing is
written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, select

from perfdesk.model import Record
from perfdesk.snapshots import content_of, read_snapshot, record_of, state_of
from perfdesk.store import changelog, records, schema
from perfdesk.store.changelog import Deed, Line
from perfdesk.store.changes import apply
from perfdesk.store.journal import Note
from perfdesk.store.rescue import Rescued
from perfdesk.store.tables import get


class Source(StrEnum):
    """Where a form came back from; the words are for the list."""

    FILE = "数据文件"
    READ = "数据文件，没有改动记录可核对"
    JOURNAL = "改动流水"
    VERSION = "留的版本"
    BACKUP = "备份"
    REPLAYED = "备份或版本，照改动记录补齐"
    PART = "数据文件，不全"
    NOWHERE = "没有找回"


class Choice(NamedTuple):
    """A form as one source has it, and when it stood so; no form where no source has it."""

    source: Source
    form: Record | None
    moment: datetime | None


@dataclass(frozen=True)
class Sources:
    """All that is known of the forms: as stored, as the log, the journal, the versions and the backup have them."""

    rescued: Rescued
    stored: Mapping[str, Choice]
    states: Mapping[str, str | None]
    lines: Mapping[str, Sequence[Line]]
    notes: Mapping[str, Note]
    versions: Mapping[str, Choice]
    backup: Mapping[str, Choice]

    def ids(self) -> tuple[str, ...]:
        """Return the forms that there should be: known to any source, and not deleted for good."""
        noted = (key for key, note in self.notes.items() if note.record is not None)
        known = [*self.stored, *(key for key, state in self.states.items() if state), *noted, *self.rescued.headless]
        if "record" in self.rescued.tables:
            known += [*self.backup, *self.versions]
        gone = {key for key, note in self.notes.items() if note.record is None}
        gone |= {key for key, state in self.states.items() if state is None}
        return tuple(key for key in dict.fromkeys(known) if key not in gone or key in self.stored)

    def choose(self, key: str) -> Choice:
        """Choose the best of what there is of a form."""
        stored, note = self.stored.get(key), self.notes.get(key)
        readable = stored is not None and key not in self.rescued.gaps
        if stored is not None and readable and self._nobody_knows(key, note):
            return stored._replace(source=Source.READ)
        state = self.states.get(key)
        there = tuple(self._candidates(key))
        if self._journal_is_ahead(key):
            return next(one for one in there if one.source is Source.JOURNAL)
        proved = (one for one in there if state and one.form is not None and state_of(content_of(one.form)) == state)
        first = next(proved, None)
        if first is not None:
            return first
        rest = (one for one in there if one.source is not Source.FILE)
        part = None if stored is None else stored._replace(source=Source.PART)
        return next(rest, part) or Choice(Source.NOWHERE, None, None)

    def _journal_is_ahead(self, key: str) -> bool:
        """Tell whether the journal went on where the change log is lost: what the log calls the last state is an earlier one."""
        note = self.notes.get(key)
        if note is None or note.record is None or "change" not in self.rescued.tables:
            return False
        return note.number > max((line.noted for line in self.lines.get(key, ())), default=0)

    def _nobody_knows(self, key: str, note: Note | None) -> bool:
        """Nothing says for sure what the form held last: the log has nothing of it, or may have lost its last lines."""
        return note is None and (self.states.get(key) is None or "change" in self.rescued.tables)

    def _candidates(self, key: str) -> Iterator[Choice]:
        if key in self.stored:
            yield self.stored[key]
        note = self.notes.get(key)
        if note is not None and note.record is not None:
            yield Choice(Source.JOURNAL, note.record, note.moment)
        bases = [one[key] for one in (self.backup, self.versions) if key in one]
        for base in bases:
            yield from self._replayed(key, base)
        yield from bases

    def _replayed(self, key: str, base: Choice) -> Iterator[Choice]:
        """Bring an earlier state up to the last one by the changes that the log has of it, where it has all of them."""
        lines = [one for one in self.lines.get(key, ()) if one.state]
        content = content_of(base.form) if base.form is not None else {}
        state = state_of(content) if content else ""
        since = next((at for at in reversed(range(len(lines))) if lines[at].state == state), len(lines))
        if not lines[since + 1 :]:
            return
        try:
            for line in lines[since + 1 :]:
                content = apply(content, line.changes) if line.deed is Deed.EDITED else content
            yield Choice(Source.REPLAYED, record_of(content), lines[-1].moment)
        except (ValueError, TypeError, LookupError):
            return  # a line between is missing


def gather(
    connection: Connection,
    rescued: Rescued,
    notes: Mapping[str, Note],
    *,
    old: Connection | None,
    backup_moment: datetime | None,
) -> Sources:
    """Collect what the rescued file (``connection``), the journal and the backup (``old``) know."""
    lines: dict[str, list[Line]] = defaultdict(list)
    for line in changelog.read_what_reads(connection):
        lines[line.record_id].append(line)
    backup = records.load_every(old) if old is not None else ()
    return Sources(
        rescued,
        dict(_stored(connection)),
        changelog.states(connection),
        lines,
        notes,
        dict(_versions(connection)),
        {one.id: Choice(Source.BACKUP, one, backup_moment) for one in backup},
    )


def _stored(connection: Connection) -> Iterator[tuple[str, Choice]]:
    for owner, changed in connection.execute(select(schema.record.c.id, schema.record.c.changed)).all():
        try:
            form = records.load_one(connection, get(owner))
            yield get(owner), Choice(Source.FILE, form, datetime.fromisoformat(changed))
        except (ValueError, TypeError, LookupError):
            continue  # the row is there and makes no sense any more


def _versions(connection: Connection) -> Iterator[tuple[str, Choice]]:
    """Give the version that was kept last of each form, as far as it reads."""
    table = schema.version.c
    query = select(table.record_id, table.created, table.content).order_by(table.id)
    for owner, created, content in connection.execute(query):
        try:
            form = read_snapshot(get(content))
            yield get(owner), Choice(Source.VERSION, form, datetime.fromisoformat(created))
        except (ValueError, TypeError, LookupError):
            continue  # a version that does not read is no source
