"""各表的存稿 (kept): the forms of a year as the store has them, read once and kept for the forms beside them.

It knows nothing of what is open: an open form is asked itself.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from perfdesk.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.model import Record
    from perfdesk.store import Store


class Kept:
    """Records by id, as they were first read; a form that the store cannot read is left out."""

    def __init__(self) -> None:
        self._records: dict[str, Record] = {}
        self._asked: set[str] = set()
        self.age = 0
        """Grows whenever something is to be read again: what was read before, in another thread, may be out of date then."""

    def get(self, record_id: str) -> Record | None:
        """Return a form, ``None`` where it was not read."""
        return self._records.get(record_id)

    def read(self, store: Store, year: int, ids: Iterable[str]) -> None:
        """Read the forms of a year, unless all of these were asked for before."""
        wanted = set(ids)
        if self._asked.issuperset(wanted):
            return
        self._asked |= wanted
        try:
            found = store.load_year(year)
        except UserError as error:
            logging.getLogger(__name__).warning("the other forms of %s could not be read", year, exc_info=error)
            return
        self._records = {one.id: one for one in found} | self._records

    def take(self, records: Iterable[Record], *, age: int) -> None:
        """Keep what was read of these forms in the background when ``age`` was that old; what is kept already stays."""
        if age == self.age:
            fresh = {one.id: one for one in records}
            self._asked |= fresh.keys()
            self._records = fresh | self._records

    def forget(self, ids: Iterable[str]) -> None:
        """Read these forms again when they are next asked for."""
        self.age += 1
        for one in ids:
            self._records.pop(one, None)
            self._asked.discard(one)
