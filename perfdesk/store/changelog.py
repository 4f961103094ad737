"""改动记录 (change log): what was done to each form and when, each line bound to the one before by a digest (hash chain).

A line is only ever added, by the transaction that does what it tells. The data file itself refuses to change or delete one
(``schema``); what another program does to a line, to a form or to a version is found by :func:`first_break`. The lines hold
moments and texts of forms, no account and no machine. The transactions are those of the store.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, text

from perfdesk.model import VersionKind
from perfdesk.snapshots import content_of, read_snapshot, state_of
from perfdesk.store import schema
from perfdesk.store.changes import Change
from perfdesk.store.tables import get, put

_C: Final = schema.change.c
_SHOWN: Final = (_C.id, _C.moment, _C.record_id, _C.deed, _C.changes, _C.state, _C.noted, _C.digest)
_LAST: Final = select(_C.id, _C.digest).order_by(_C.id.desc()).limit(1)
_ISSUED: Final = text("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'change'")
_SIGNED: Final = tuple(column.name for column in _SHOWN[:-1])
_START: Final = "perfdesk-change-log/1"
"""What the first line is bound to."""


class Deed(StrEnum):
    """What was done to a form: made, edited, put into the 回收站, taken out of it, deleted for good, kept as a version.

    ``salvaged``: its content was brought back after the data file was damaged (``perfdesk.store.salvage``).
    """

    MADE = "made"
    EDITED = "edited"
    TRASHED = "trashed"
    TAKEN_BACK = "taken-back"
    DELETED = "deleted"
    KEPT = "kept"
    SALVAGED = "salvaged"

    @property
    def words(self) -> str:
        """The word on screen."""
        return _WORDS[self]


_WORDS: Final = {
    Deed.MADE: "新建",
    Deed.EDITED: "改动",
    Deed.TRASHED: "移到回收站",
    Deed.TAKEN_BACK: "从回收站取回",
    Deed.DELETED: "彻底删除",
    Deed.KEPT: "留版本",
    Deed.SALVAGED: "找回",
}


class Line(NamedTuple):
    """One line.

    ``state`` is the digest of the form afterwards (``""``: it was not touched), ``noted`` the number of the line of the edit
    journal that told of it first (0: none), ``digest`` that of the line. ``changes`` of a version (``kept``) name it:
    ``(("version", 7, "submitted"), None, 校验码)``.
    """

    number: int
    moment: datetime
    record_id: str
    deed: Deed
    changes: tuple[Change, ...]
    state: str
    noted: int
    digest: str


class Break(StrEnum):
    """Where the chain does not hold: a line altered or gone, the last lines gone, a form or a version altered or gone."""

    LINE = "line"
    END = "end"
    FORM = "form"
    VERSION = "version"


class Proof(NamedTuple):
    """What :func:`prove` found: how many lines and forms were held against each other, and the first break, if any.

    ``line`` is the line that the break shows at; ``None`` where no line is left.
    """

    lines: int
    forms: int
    broken: Break | None = None
    line: Line | None = None


def write(
    connection: Connection,
    record_id: str,
    deed: Deed,
    *,
    moment: datetime,
    changes: Iterable[Change] = (),
    state: str = "",
    noted: int = 0,
) -> None:
    """Add a line to the log."""
    last = connection.execute(_LAST).first()
    number, digest = (1, _START) if last is None else (last[0] + 1, last[1])
    told = json.dumps([tuple(one) for one in changes], ensure_ascii=False)
    row = {"id": number, "moment": moment.isoformat(), "record_id": put(record_id), "deed": deed.value}
    row |= {"changes": put(told), "state": state, "noted": noted}
    connection.execute(insert(schema.change), {**row, "digest": _digest(digest, row)})


def _digest(before: str, row: Mapping[str, Any]) -> str:
    parts = [before, *(get(one) if isinstance(one, bytes) else one for one in row.values())]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def read(connection: Connection, record_id: str | None = None) -> tuple[Line, ...]:
    """Return the lines of a form, or of all, the earliest first."""
    wanted = select(*_SHOWN).order_by(_C.id)
    if record_id is not None:
        wanted = wanted.where(_C.record_id == put(record_id))
    return tuple(_line(row) for row in connection.execute(wanted))


def read_what_reads(connection: Connection) -> Iterator[Line]:
    """Give the lines that make sense, the earliest first; for a file that was damaged."""
    for row in connection.execute(select(*_SHOWN).order_by(_C.id)):
        line = _readable(row)
        if line is not None:
            yield line


def _line(row: Any) -> Line:  # noqa: ANN401 - a row of SQLAlchemy
    number, moment, owner, deed, changes, state, noted, digest = row
    told = (Change(tuple(path), old, new) for path, old, new in json.loads(get(changes)))
    return Line(number, datetime.fromisoformat(moment), get(owner), Deed(deed), tuple(told), state, noted, digest)


def prove(connection: Connection, states: Mapping[str, str]) -> Proof:
    """Hold the lines against each other, and the forms (id -> digest of what they hold, 回收站 included) against the lines.

    A form from before there was a log is proved from its first line on.
    """
    last: dict[str, Line] = {}
    count = 0
    for count, line in enumerate(_chained(connection), 1):
        if isinstance(line, _Broken):
            return Proof(count, len(last), Break.LINE, line.line)
        last[line.record_id] = line if line.state or line.deed is Deed.DELETED else last.get(line.record_id, line)
        if line.deed is Deed.KEPT and not _version_holds(connection, line):
            return Proof(count, len(last), Break.VERSION, line)
    if count != connection.execute(_ISSUED).scalar_one():
        return Proof(count, len(last), Break.END, max(last.values(), key=lambda one: one.number, default=None))
    altered = [line for owner, line in last.items() if not _form_holds(line, states.get(owner))]
    first = min(altered, key=lambda one: one.number, default=None)
    return Proof(count, len(last), Break.FORM if first else None, first)


def latest(connection: Connection) -> datetime | None:
    """Return the moment of the last line."""
    moment = connection.execute(select(_C.moment).order_by(_C.id.desc()).limit(1)).scalar()
    return None if moment is None else datetime.fromisoformat(moment)


def last_noted(connection: Connection) -> int:
    """Return the number of the latest line of the edit journal that is saved, 0 where there is none."""
    return int(connection.execute(select(func.coalesce(func.max(_C.noted), 0))).scalar_one())


def noted(connection: Connection) -> Mapping[str, int]:
    """Return for each form the number of the latest line of the edit journal that is saved."""
    query = select(_C.record_id, func.max(_C.noted)).group_by(_C.record_id)
    return {get(owner): number for owner, number in connection.execute(query)}


def states(connection: Connection) -> Mapping[str, str | None]:
    """Return for each form what the log says of it last: the digest of what it holds, ``None`` where it was deleted for good."""
    query = select(_C.record_id, _C.deed, _C.state).where((_C.state > "") | (_C.deed == Deed.DELETED)).order_by(_C.id)
    return {get(owner): state or None for owner, _, state in connection.execute(query)}


def cut(connection: Connection) -> int:
    """Remove the lines from the first on that is not bound to the one before it; return how many went.

    Only for a file that was put together from what could be read of a damaged one: the chain holds again and goes on from there.
    """
    good = 0
    for one in _chained(connection):
        if isinstance(one, _Broken):
            break
        good = one.number
    drop, guard = (
        "DROP TRIGGER change_is_never_deleted",
        next(one for one in schema.GUARDS if "BEFORE DELETE ON change" in one),
    )
    connection.exec_driver_sql(drop)
    gone = connection.execute(delete(schema.change).where(_C.id > good)).rowcount
    connection.exec_driver_sql("UPDATE sqlite_sequence SET seq = ? WHERE name = 'change'", (good,))
    connection.exec_driver_sql(guard)
    return gone


class _Broken(NamedTuple):
    line: Line | None


def _chained(connection: Connection) -> Iterator[Line | _Broken]:
    """Give the lines one by one; the first that is not bound to the one before it ends them."""
    before = _START
    for number, row in enumerate(connection.execute(select(*_SHOWN).order_by(_C.id)), 1):
        *parts, digest = row
        named = dict(zip(_SIGNED, parts, strict=True))
        if row.id != number or digest != _digest(before, named):
            yield _Broken(_readable(row))
            return
        yield _line(row)
        before = digest


def _readable(row: Any) -> Line | None:  # noqa: ANN401 - a row of SQLAlchemy
    try:
        return _line(row)
    except (ValueError, TypeError, LookupError):
        return None  # what stands there is no line any more


def _form_holds(line: Line, found: str | None) -> bool:
    if line.deed is Deed.DELETED:
        return found is None
    return found == line.state if line.state else found is not None


def _version_holds(connection: Connection, line: Line) -> bool:
    """Tell whether a version holds what it held when it was kept. One that is no 上报版 may have gone with its form."""
    _, number, kind = line.changes[0].path
    version = schema.version.c
    found = connection.execute(select(version.content).where(version.id == number)).scalar()
    if found is None:
        return bool(kind != VersionKind.SUBMITTED)
    return state_of(content_of(read_snapshot(get(found)))) == line.state
