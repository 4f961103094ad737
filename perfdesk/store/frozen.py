"""只供查看的年度 (frozen years): years whose forms can be looked at and not changed, kept in the file's own facts.

Functions of a connection; the caller owns the transaction. The key stands in the table ``store``, whose shape never changes: an
older program that does not know it still reads the file.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from perfdesk.errors import UserError
from perfdesk.store import schema
from perfdesk.store.tables import put

_KEY: Final = "frozen_years"
_STORE: Final = schema.store.c


def years(connection: Connection) -> frozenset[int]:
    """Return the years that are only looked at."""
    text = connection.execute(select(_STORE.value).where(_STORE.key == _KEY)).scalar() or ""
    return frozenset(int(one) for one in text.split(",") if one)


def write(connection: Connection, wanted: Iterable[int]) -> None:
    """Let exactly these years be only looked at."""
    connection.execute(delete(schema.store).where(_STORE.key == _KEY))
    text = ",".join(str(one) for one in sorted(wanted))
    if text:
        connection.execute(insert(schema.store), {"key": _KEY, "value": text})


def year_of(connection: Connection, record_id: str) -> int | None:
    """Return the year of a form, ``None`` when there is none of this id."""
    found = connection.execute(select(schema.record.c.year).where(schema.record.c.id == put(record_id))).scalar()
    return None if found is None else int(found)


def refuse(connection: Connection, wanted: Iterable[int | None]) -> None:
    """Raise :class:`UserError` when a form of a frozen year is about to be changed."""
    held = years(connection)
    for year in wanted:
        if year in held:
            raise UserError(
                f"{year} 年只供查看，没有改动。要改这一年的表，先打开其中一张，在“表单”菜单里取消“整年只供查看”。"
            )
