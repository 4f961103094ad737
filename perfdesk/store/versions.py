"""版本 (versions) of forms: kept, listed, read, never changed; and which forms are 已上报 (submitted) and therefore locked.

An 上报版 is kept for good, even when its form is thrown away: the data file itself refuses to change or delete it (``schema``).
The transactions are those of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select

from perfdesk.errors import UserError
from perfdesk.fingerprint import fingerprint
from perfdesk.model import Record, Version, VersionKind
from perfdesk.snapshots import content_of, read_snapshot, state_of, write_snapshot
from perfdesk.store import changelog, schema
from perfdesk.store.changelog import Deed
from perfdesk.store.changes import Change
from perfdesk.store.tables import Stored, get, put

Transaction = Callable[[], AbstractContextManager[Connection]]
Save = Callable[[Connection, Record, datetime], object]

_V: Final = schema.version.c
_SHOWN: Final = (_V.id, _V.record_id, _V.kind, _V.name, _V.note, _V.created, _V.code)
_DECISIVE: Final = (VersionKind.SUBMITTED.value, VersionKind.RETURNED.value)
_LATEST: Final = select(func.max(_V.id)).where(_V.kind.in_(_DECISIVE)).group_by(_V.record_id)
_OF_ONE: Final = select(*_SHOWN).where(_V.record_id == bindparam("owner")).order_by(_V.id.desc())
_IS_LOCKED: Final = (
    select(_V.kind).where(_V.record_id == bindparam("owner"), _V.kind.in_(_DECISIVE)).order_by(_V.id.desc()).limit(1)
)


def is_locked(connection: Connection, owner: Stored) -> bool:
    """Tell whether a form is 已上报: of its 上报版 and 退回修改 the latest is an 上报版."""
    return connection.execute(_IS_LOCKED, {"owner": owner}).scalar() == VersionKind.SUBMITTED.value


class Kept(NamedTuple):
    """A version with the form as it stood."""

    version: Version
    record: Record


class Versions:
    """The versions of all forms of a data file; it belongs to a :class:`Store`, which hands in its transactions."""

    def __init__(self, reading: Transaction, writing: Transaction, save: Save, now: Callable[[], datetime]) -> None:
        self._reading, self._writing, self._save, self._now = reading, writing, save, now

    def of(self, record_id: str) -> tuple[Version, ...]:
        """Return the versions of a form, the latest first."""
        with self._reading() as connection:
            return tuple(map(_version, connection.execute(_OF_ONE, {"owner": put(record_id)})))

    def all(self) -> tuple[Version, ...]:
        """Return the versions of all forms, the latest first."""
        with self._reading() as connection:
            return tuple(map(_version, connection.execute(select(*_SHOWN).order_by(_V.id.desc()))))

    def submitted(self) -> Mapping[str, Version]:
        """Return the 上报版 of every form that is 已上报, by the form's id."""
        wanted = select(*_SHOWN).where(_V.id.in_(_LATEST), _V.kind == VersionKind.SUBMITTED.value)
        with self._reading() as connection:
            found = tuple(map(_version, connection.execute(wanted)))
        return {one.record_id: one for one in found}

    def record_of(self, version_id: int) -> Record:
        """Return the form as it stood. Raises :class:`UserError` when there is no such version."""
        with self._reading() as connection:
            text = connection.execute(select(_V.content).where(_V.id == version_id)).scalar()
        if text is None:
            raise UserError("这个版本不在了，可能连同表一起删掉了。请关闭“版本”再打开一次。")
        return read_snapshot(get(text))

    def keep(
        self, record: Record, kind: VersionKind, *, name: str = "", note: str = "", kept: datetime | None = None
    ) -> Version:
        """Save a form and keep it as a version, both or none. Returns the version; ``kept`` is when it was, if not now.

        After an 上报版 the form is locked until a 退回修改 is kept. Raises :class:`UserError` when it could not be saved, also when
        the form is locked and holds something else.
        """
        (version,) = self.keep_all((record,), kind, name=name, note=note, kept=kept)
        return version

    def keep_all(
        self,
        forms: Iterable[Record],
        kind: VersionKind,
        *,
        name: str = "",
        note: str = "",
        kept: datetime | None = None,
    ) -> tuple[Version, ...]:
        """Save forms and keep each as a version, all or none, as :meth:`keep` does with one."""
        moment, named = self._now(), name.strip() or kind.words
        when = kept or moment
        ready = tuple((one, fingerprint(one), write_snapshot(one)) for one in forms)
        same = {"kind": kind.value, "name": put(named), "note": put(note.strip()), "created": when.isoformat()}
        made = []
        with self._writing() as connection:
            for record, code, content in ready:
                row = {**same, "record_id": put(record.id), "code": code, "content": put(content)}
                number = self._keep(connection, record, row, moment=moment)
                made.append(Version(number, record.id, kind, named, note.strip(), when, code))
        return tuple(made)

    def bring_back(self, kept: Iterable[Kept]) -> None:
        """恢复: have versions of a form that is gone again, as a backup has them, the earliest first; before the form is saved.

        They keep their name and time. An 上报版 is never lost with its form, so one that is not here was made in another data file:
        it comes as a version that locks nothing. Raises :class:`UserError`; none of them is there then.
        """
        with self._writing() as connection:
            for version, record in kept:
                same = (_V.record_id == put(record.id), _V.code == version.code, _V.created == version.kept.isoformat())
                if connection.execute(select(_V.id).where(*same)).first() is not None:
                    continue
                kind = VersionKind.KEPT if version.kind.value in _DECISIVE else version.kind
                row = {"kind": kind.value, "name": put(version.name), "note": put(version.note), "code": version.code}
                row |= {"created": version.kept.isoformat(), "record_id": put(record.id)}
                number = _insert(connection, {**row, "content": put(write_snapshot(record))})
                _tell(connection, record, number, row, moment=self._now())

    def _keep(self, connection: Connection, record: Record, row: Mapping[str, Stored], *, moment: datetime) -> int:
        """Save one form and its version; return the number of the version."""
        opens = row["kind"] == VersionKind.RETURNED.value
        number = _insert(connection, row) if opens else 0
        self._save(connection, record, moment)
        number = number if opens else _insert(connection, row)
        _tell(connection, record, number, row, moment=moment)
        return number


def _tell(connection: Connection, record: Record, number: int, row: Mapping[str, Stored], *, moment: datetime) -> None:
    """Add the line about a version to the change log."""
    kept = Change(("version", number, str(row["kind"])), None, str(row["code"]))
    state = state_of(content_of(record))
    changelog.write(connection, record.id, Deed.KEPT, moment=moment, changes=(kept,), state=state)


def _insert(connection: Connection, row: Mapping[str, Stored]) -> int:
    key = connection.execute(insert(schema.version), row).inserted_primary_key
    return int(key[0]) if key else 0


def _version(row: Sequence[Any]) -> Version:
    number, owner, kind, name, note, created, code = row
    return Version(
        number, get(owner), VersionKind(kind), get(name), get(note), datetime.fromisoformat(created), str(code)
    )
