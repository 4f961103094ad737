"""单位自己的文件 (own files): the office's templates, policies and choices, which travel in its data file and so in every copy.

They stand in the table ``store``, whose shape never changes, one key for each file: an older program that does not know them still
reads the data file. What lies in the folder of this machine, and which of the two is right, is the business of
``perfdesk.ownfiles``. The transactions are those of the store.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from perfdesk.store import schema
from perfdesk.store.tables import get, put

Transaction = Callable[[], AbstractContextManager[Connection]]

_PREFIX: Final = "own-file:"
_STORE: Final = schema.store.c
_ALL: Final = (
    select(_STORE.key, _STORE.value).where(func.substr(_STORE.key, 1, len(_PREFIX)) == _PREFIX).order_by(_STORE.key)
)
_FORGET: Final = delete(schema.store).where(_STORE.key == bindparam("one"))


class OwnFile(NamedTuple):
    """One file: its place under the data folder (``templates/某县.toml``), what stands in it, when it was last written (UTC)."""

    name: str
    text: str
    written: datetime


class OwnFiles:
    """The office's own files in a data file; it belongs to a :class:`Store`, which hands in its transactions."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading, self._writing = reading, writing

    def kept(self) -> tuple[OwnFile, ...]:
        """Return the files that the data file has, by name."""
        with self._reading() as connection:
            rows = connection.execute(_ALL).all()
        return tuple(_file(get(key), get(value)) for key, value in rows)

    def keep(self, files: Iterable[OwnFile]) -> None:
        """Keep files, all or none, in the place of those of the same name; nothing is written where there are none.

        Raises :class:`UserError` when it cannot be written.
        """
        ready = tuple(files)
        if not ready:
            return
        with self._writing() as connection:
            for one in ready:
                key = put(_PREFIX + one.name)
                connection.execute(_FORGET, {"one": key})
                told = json.dumps([one.written.isoformat(), one.text], ensure_ascii=False)
                connection.execute(insert(schema.store), {"key": key, "value": put(told)})


def _file(key: str, value: str) -> OwnFile:
    written, text = json.loads(value)
    return OwnFile(key.removeprefix(_PREFIX), text, datetime.fromisoformat(written))
