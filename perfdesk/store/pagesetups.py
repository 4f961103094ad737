"""页面设置 (page set-ups) of the forms of a data file. They are no part of a form: choosing one changes neither it nor its 校验码.

They stand in the table ``store``, whose shape never changes, one key for each form that has one: an older program that does not
know them still reads the file. The transactions are those of the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from typing import Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from perfdesk.pagesetup import AS_DRAWN, PageSetup, read, write
from perfdesk.store import schema
from perfdesk.store.tables import put

Transaction = Callable[[], AbstractContextManager[Connection]]

_PREFIX: Final = "page-setup:"
_STORE: Final = schema.store.c
_ONE: Final = select(_STORE.value).where(_STORE.key == bindparam("one"))
_FORGET: Final = delete(schema.store).where(_STORE.key == bindparam("one"))
_FORGET_LOST: Final = delete(schema.store).where(
    func.substr(_STORE.key, 1, len(_PREFIX)) == _PREFIX,
    func.substr(_STORE.key, len(_PREFIX) + 1).not_in(select(schema.record.c.id)),
)


class PageSetups:
    """The page set-ups of a data file; it belongs to a :class:`Store`, which hands in its transactions."""

    def __init__(self, reading: Transaction, writing: Transaction) -> None:
        self._reading, self._writing = reading, writing

    def of(self, ids: Iterable[str]) -> Mapping[str, PageSetup]:
        """Return the set-ups of these forms; those for which nothing was chosen are not among them."""
        with self._reading() as connection:
            found = {one: connection.execute(_ONE, {"one": put(_PREFIX + one)}).scalar() for one in ids}
        return {one: read(text) for one, text in found.items() if text is not None}

    def choose(self, chosen: Mapping[str, PageSetup]) -> None:
        """Keep the set-ups of forms by id, all or none; those of forms that are gone from the file go too.

        Forms that are 已上报 or of a frozen year may be printed otherwise too. Raises :class:`UserError` when it cannot be written.
        """
        with self._writing() as connection:
            for record_id, setup in chosen.items():
                key = put(_PREFIX + record_id)
                connection.execute(_FORGET, {"one": key})
                if setup != AS_DRAWN:
                    connection.execute(insert(schema.store), {"key": key, "value": write(setup)})
            connection.execute(_FORGET_LOST)

    def carry(self, new_ids: Mapping[str, str]) -> None:
        """由上年建立: give forms the set-up of those they were made of (old id -> new id)."""
        found = self.of(new_ids)
        if found:
            self.choose({new_ids[old]: setup for old, setup in found.items()})
