"""数据包的两头 (parcels): forms with their versions and states for a package, and forms of a package into the data file.

What comes in is lived through again: each version that is not here yet becomes the form and is kept, then what the form is to be.
So the change log proves every state, and the other side finds its own states in it when a package goes back. The transactions are
those of the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from sqlalchemy import select

from perfdesk.merging.types import DIGITS, Here, Kept, Parcel, version_key
from perfdesk.model import Record, Version, VersionKind
from perfdesk.snapshots import content_of, record_of, state_of
from perfdesk.store import changelog, frozen, records, schema
from perfdesk.store.changelog import Deed
from perfdesk.store.changes import apply, backwards
from perfdesk.store.tables import get
from perfdesk.store.versions import Versions

if TYPE_CHECKING:
    from sqlalchemy import Connection

BEFORE: Final = "收进数据包以前"
"""Name of the version of what a form held before a package changed it."""
MOST_STATES: Final = 2000
"""So many of the latest states of a form go along; a package goes back and forth long before there are more."""
_STATES: Final = (
    select(schema.change.c.record_id, schema.change.c.state)
    .where(schema.change.c.state > "")
    .order_by(schema.change.c.id)
)


class Received(NamedTuple):
    """One form to be taken in: what came, under the id it has here, and what the form is to hold (the merged one, or what came)."""

    parcel: Parcel
    record: Record


class Before(NamedTuple):
    """What a form was before it was taken in: its content (``None``: it was not here), and whether it was in the 回收站."""

    record_id: str
    record: Record | None
    trashed: bool = False


class Parcels:
    """Packages in and out of a data file; it belongs to a :class:`Store`, which hands in its transactions and its journal."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        writing: Callable[[], AbstractContextManager[Connection]],
        now: Callable[[], datetime],
        *,
        note: Callable[[Record], object],
        number_of: Callable[[Record], int],
    ) -> None:
        self._reading, self._writing, self._now = reading, writing, now
        self._note, self._number_of = note, number_of
        self._versions = Versions(reading, writing, _save, now)

    def moment(self) -> datetime:
        """Return the present moment, as the data file counts it."""
        return self._now()

    def pack(self, years: Iterable[int]) -> tuple[Parcel, ...]:
        """Return the forms of some years in their order, with their states and the versions that somebody kept."""
        kept = self._kept()
        with self._reading() as connection:
            states = _states(connection)
            found = [one for year in sorted(years) for one in records.load_year(connection, year)]
        return tuple(Parcel(one, states[one.id][-MOST_STATES:], self._whole(kept[one.id])) for one in found)

    def _kept(self) -> Mapping[str, list[Version]]:
        """Return the versions by form, the earliest first."""
        found: dict[str, list[Version]] = defaultdict(list)
        for one in reversed(self._versions.all()):
            if one.kind is not VersionKind.REPLACED:  # those the program keeps for 恢复 stay at home
                found[one.record_id].append(one)
        return found

    def _whole(self, versions: Iterable[Version]) -> tuple[Kept, ...]:
        return tuple(Kept(v.kind, v.name, v.note, v.kept, self._versions.record_of(v.id)) for v in versions)

    def here(self, ids: Iterable[str]) -> Mapping[str, Here]:
        """Return those of some forms that are in this data file, 回收站 included."""
        kept, locked = self._kept(), self._versions.submitted()
        with self._reading() as connection:
            states, years = _states(connection), frozen.years(connection)
            trashed = {one.id for one in records.trashed(connection)}
            found = {one: records.load_one(connection, one) for one in ids}
        return {
            key: Here(
                record,
                states[key],
                frozenset((one.kind.value, one.name, one.kept.isoformat()) for one in kept[key]),
                partial(self._at, key),
                _refusal(locked=key in locked, year=record.year, frozen_years=years),
                trashed=key in trashed,
            )
            for key, record in found.items()
            if record is not None
        }

    def _at(self, record_id: str, wanted: str) -> Record | None:
        """Return a form as it was in a state: as a version that was kept then, else going back through the change log."""
        with self._reading() as connection:
            lines = changelog.read(connection, record_id)
            record = records.load_one(connection, record_id)
        kept = next((one for one in lines if one.deed is Deed.KEPT and one.state[:DIGITS] == wanted), None)
        if kept is not None:
            return self._versions.record_of(int(kept.changes[0].path[1]))
        content = content_of(record) if record is not None else {}
        try:
            for line in reversed(lines):
                if content and state_of(content)[:DIGITS] == wanted:
                    return record_of(content)
                content = apply(content, backwards(line.changes)) if line.deed is Deed.EDITED else content
        except ValueError:
            pass  # the log was cut: what was before is lost, and both forms are compared without it
        return None

    def receive(self, arrivals: Iterable[Received], *, name: str) -> tuple[Before, ...]:
        """Take forms in, all or none; return what each was before, for :meth:`take_back`.

        What a form held before, and what came where the two were merged (``name`` says from whom), is kept as a version. Raises
        :class:`UserError` when a form is 已上报, its year is only looked at, or the disk does not take it; nothing is changed then.
        """
        moment, ready, before = self._now(), tuple(arrivals), []
        with self._writing() as connection:
            frozen.refuse(connection, (one.record.year for one in ready))
            trashed = {one.id for one in records.trashed(connection)}
            for one in ready:
                old = records.load_one(connection, one.record.id)
                before.append(Before(one.record.id, old, one.record.id in trashed))
                self._live_through(connection, one, old, name=name, moment=moment)
        for one in ready:
            self._note(one.record)
        return tuple(before)

    def _live_through(
        self, connection: Connection, one: Received, old: Record | None, *, name: str, moment: datetime
    ) -> None:
        versions = _within(connection, moment)
        there = {(v.kind.value, v.name, v.kept.isoformat()) for v in versions.of(one.record.id)}
        if old is not None and old != one.record:
            versions.keep(old, VersionKind.REPLACED, name=BEFORE)
        missing = [v for v in one.parcel.versions if version_key(v) not in there]
        if one.record.id in versions.submitted():  # nothing else can be done to it before it is open again
            missing.sort(key=lambda kept: kept.kind is not VersionKind.RETURNED)
        for kept in missing:
            versions.keep(kept.record, kept.kind, name=kept.name, note=kept.note, kept=kept.kept)
        if one.parcel.record != one.record:
            versions.keep(one.parcel.record, VersionKind.KEPT, name=name)
        records.save(connection, one.record, moment=moment, noted=self._number_of(one.record))

    def take_back(self, before: Iterable[Before]) -> None:
        """撤销: put forms back to what they were, those that were not here into the 回收站; all or none.

        The versions that came stay. One that came as 已上报 is open again.
        """
        moment, ready = self._now(), tuple(before)
        with self._writing() as connection:
            versions = _within(connection, moment)
            locked = versions.submitted()
            for one in ready:
                present = records.load_one(connection, one.record_id)
                if present is None:
                    continue
                if one.record_id in locked and one.record != present:
                    versions.keep(present, VersionKind.RETURNED, note="撤销收进数据包")
                if one.record is not None:
                    records.save(connection, one.record, moment=moment, noted=self._number_of(one.record))
                if one.record is None or one.trashed:
                    records.mark_trashed(connection, one.record_id, moment=moment, into=True)
        for one in ready:
            if one.record is not None:
                self._note(one.record)


def _save(connection: Connection, record: Record, moment: datetime) -> object:
    return records.save(connection, record, moment=moment)


def _within(connection: Connection, moment: datetime) -> Versions:
    """Return the versions as seen and kept in the transaction that runs."""

    def same() -> AbstractContextManager[Connection]:
        return nullcontext(connection)

    return Versions(same, same, _save, lambda: moment)


def _states(connection: Connection) -> Mapping[str, tuple[str, ...]]:
    """Return the states of every form, the earliest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for owner, digest in connection.execute(_STATES):
        found[get(owner)].append(digest[:DIGITS])
    return defaultdict(tuple, {key: tuple(states) for key, states in found.items()})


def _refusal(*, locked: bool, year: int, frozen_years: frozenset[int]) -> str:
    if year in frozen_years:
        return f"{year} 年只供查看，先解除再收"
    return "本机已上报，先“退回修改”再收" if locked else ""
