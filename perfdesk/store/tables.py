"""The rows of one child table: read for many forms at once, written only where they differ.

What was typed comes back byte for byte. SQLite's TEXT holds everything but lone surrogates (half of a character outside the basic
plane, left over by broken programs); a text with one is kept as a BLOB instead and turned back on loading. What the rows mean is
the business of ``records``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, delete, insert, select

Stored = str | bytes
"""A text as SQLite keeps it: TEXT, or a BLOB where TEXT cannot."""

Key = tuple[Stored | int, ...]
"""What tells the rows of one form apart: a key, a position, or block, position and key."""

Parts = Mapping[Key, tuple[Stored | int, ...]]
"""The rows of one form in one table: keys -> the further columns."""


def put(text: str) -> Stored:
    """Return a text as SQLite can keep it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


def get(stored: Stored) -> str:
    """Return the text that was put."""
    return stored if isinstance(stored, str) else stored.decode("utf-8", "surrogatepass")


def texts(row: Sequence[Stored]) -> Iterable[str]:
    """Return the texts of a row that holds nothing else."""
    return map(get, row) if bytes in map(type, row) else row  # type: ignore[return-value]  # no bytes: all str


class Rows:
    """One child table: (record_id, key columns…, further columns…), with its statements made once."""

    def __init__(self, table: Table, *, keys: int = 1) -> None:
        self._owner, *others = table.c
        self._names = [column.name for column in others]
        self._keys = keys
        self._parts = attrgetter(*self._names[keys:])
        mine = self._owner == bindparam("owner")
        self._gone = [f"gone_{name}" for name in self._names[:keys]]
        doomed = (column == bindparam(name) for column, name in zip(others, self._gone, strict=False))
        self._delete = delete(table).where(mine, *doomed)
        self._replace = insert(table).prefix_with("OR REPLACE")
        self._of_one = select(table).where(mine).order_by(*others[:keys])
        self._of_many = select(table).order_by(self._owner, *others[:keys])

    def sync(self, connection: Connection, owner: Stored, *, there: Parts, wanted: Parts) -> None:
        """Make the rows of ``owner``, which are ``there``, be ``wanted``; only what differs is written."""
        gone = [{"owner": owner, **dict(zip(self._gone, key, strict=True))} for key in there if key not in wanted]
        changed = [self._row(owner, key, parts) for key, parts in wanted.items() if there.get(key) != parts]
        if gone:
            connection.execute(self._delete, gone)
        if changed:
            connection.execute(self._replace, changed)

    def _row(self, owner: Stored, key: Key, parts: tuple[Stored | int, ...]) -> dict[str, Any]:
        return {self._owner.name: owner, **dict(zip(self._names, (*key, *parts), strict=True))}

    def numbered(self, parts: Sequence[object]) -> Parts:
        """Turn fund rows or indicators into rows by position; the columns bear the names of the fields."""
        return {(number,): tuple(map(put, self._parts(part))) for number, part in enumerate(parts)}

    def of(self, connection: Connection, owners: Select[Any] | Stored) -> Mapping[Stored, list[tuple[Any, ...]]]:
        """Return the rows (keys…, further columns…) of a record, or of every one whose id a query selects, by record."""
        found: dict[Stored, list[tuple[Any, ...]]] = defaultdict(list)
        if isinstance(owners, Stored):
            rows = connection.execute(self._of_one, {"owner": owners})
        else:
            rows = connection.execute(self._of_many.where(self._owner.in_(owners)))
        for row in rows:
            found[row[0]].append(row[1:])
        return found
