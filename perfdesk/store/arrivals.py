"""收进来 (arrivals): what an import saves, all or none: new forms, forms in the place of what is stored, versions beside it.

Each arrival leaves its origin with the form. Which form an arrival belongs to, and what becomes of it, is decided by who imports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.errors import UserError
from perfdesk.model import Origin, Record, VersionKind
from perfdesk.store import frozen, origins, records
from perfdesk.store.versions import Versions

if TYPE_CHECKING:
    from sqlalchemy import Connection

BEFORE: Final = "导入以前"
"""Name of the version that an imported form takes the place of."""


class Way(StrEnum):
    """What becomes of an arrival: a form of its own, the content of one that is there, or a version beside it."""

    NEW = "new"
    UPDATE = "update"
    VERSION = "version"


class Arrival(NamedTuple):
    """One form to be saved, under the id of the form it becomes or belongs to, and where it came from."""

    record: Record
    origin: Origin
    way: Way = Way.NEW


class Arrivals:
    """Takes imported forms into a data file; it belongs to a :class:`Store`, which hands in its transactions and its journal."""

    def __init__(
        self,
        writing: Callable[[], AbstractContextManager[Connection]],
        now: Callable[[], datetime],
        *,
        note: Callable[[Record], object],
        number_of: Callable[[Record], int],
    ) -> None:
        self._writing, self._now, self._note, self._number_of = writing, now, note, number_of

    def take_in(self, arrivals: Iterable[Arrival]) -> datetime:
        """Save what was imported, all or none. Returns the moment.

        Of a form whose content is replaced (``UPDATE``) the old content is kept as the version 「导入以前」; what is kept beside it
        (``VERSION``) leaves the content as it is. Raises :class:`UserError` when a form is 已上报, its year is only looked at, or
        the disk does not take it; nothing is saved then.
        """
        moment, ready = self._now(), tuple(arrivals)
        with self._writing() as connection:
            frozen.refuse(connection, (one.record.year for one in ready))
            for one in ready:
                record = self._put(connection, one, moment)
                origins.write(connection, record.id, one.origin, moment=moment)
        for one in ready:
            if one.way is not Way.VERSION:
                self._note(one.record)
        return moment

    def _put(self, connection: Connection, one: Arrival, moment: datetime) -> Record:
        if one.way is Way.NEW:
            records.save(connection, one.record, moment=moment, noted=self._number_of(one.record))
            return one.record
        before = records.load_one(connection, one.record.id)
        if before is None:
            raise UserError("要更新的那张表不在了，可能刚被删除。没有导入，请关上再导入一次。")
        if one.way is Way.UPDATE:
            _keep(connection, before, VersionKind.REPLACED, BEFORE, moment)
            records.save(connection, one.record, moment=moment, noted=self._number_of(one.record))
        else:
            _keep(connection, one.record, VersionKind.KEPT, version_name(one.origin), moment)
            records.save(connection, before, moment=moment)
        return one.record


def version_name(origin: Origin) -> str:
    """Return what the version beside a form is called: 「导入自“2020年自评表.docx”」."""
    return f"导入自“{origin.file}”"


def _keep(connection: Connection, record: Record, kind: VersionKind, name: str, moment: datetime) -> None:
    """Save a form and keep it as a version, in the transaction that runs: the change log proves a version by its form."""

    def same() -> AbstractContextManager[Connection]:
        return nullcontext(connection)

    def save(_connection: Connection, one: Record, at: datetime) -> object:
        return records.save(connection, one, moment=at)

    Versions(same, same, save, lambda: moment).keep(record, kind, name=name)
