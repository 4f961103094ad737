"""回收站 of a data file: how long a form stays in it, and its end. Functions of a connection; the caller owns the transaction.

A form that lay in it for :data:`DAYS` days is removed with its versions; an 上报版 stays for good, as the file itself demands
(``schema``). The forms of a year that is only looked at stay as long as that year does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete

from perfdesk.model import VersionKind
from perfdesk.store import changelog, frozen, records, schema
from perfdesk.store.backups import Backup
from perfdesk.store.changelog import Deed
from perfdesk.store.records import Entry
from perfdesk.store.tables import put

DAYS: Final = 30
"""How many days after the day of its deletion a form can be taken back."""

_FORM: Final = delete(schema.record).where(schema.record.c.id == bindparam("one"))
_VERSIONS: Final = delete(schema.version).where(
    schema.version.c.record_id == bindparam("one"), schema.version.c.kind != VersionKind.SUBMITTED.value
)
_ORIGINS: Final = delete(schema.origin).where(schema.origin.c.record_id == bindparam("one"))


class Cleared(NamedTuple):
    """What was removed for good, and the backup that was made before; nothing and ``None`` where nothing was overdue."""

    forms: tuple[Entry, ...] = ()
    backup: Backup | None = None


def days_left(entry: Entry, today: date) -> int:
    """Return for how many more days a form can be taken back: 30 on the day of its deletion, 0 on the last day, then less.

    Worked example: deleted 3月1日 23:50, looked at 3月11日 00:10: 30 - 10 = 20. A clock set back gives no more than 30.
    """
    thrown = entry.trashed_at.date() if entry.trashed_at is not None else today
    return DAYS - max((today - thrown).days, 0)


def overdue(connection: Connection, today: date) -> tuple[Entry, ...]:
    """Return the forms whose days are over, the latest first; without those of years that are only looked at."""
    held = frozen.years(connection)
    return tuple(one for one in records.trashed(connection) if one.year not in held and days_left(one, today) < 0)


def remove(connection: Connection, forms: Iterable[Entry], *, moment: datetime) -> None:
    """Remove forms for good, with all their versions but the 上报版."""
    for one in forms:
        owner = {"one": put(one.id)}
        connection.execute(_VERSIONS, owner)
        connection.execute(_ORIGINS, owner)
        connection.execute(_FORM, owner)
        changelog.write(connection, one.id, Deed.DELETED, moment=moment)
