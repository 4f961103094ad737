"""What was done to the forms of a data file: the lines of its change log, and the proof that no other program touched them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from perfdesk.store import changelog, proofs
from perfdesk.store.changelog import Line, Proof

if TYPE_CHECKING:
    from sqlalchemy import Connection


class History:
    """The change log of a data file; it belongs to a :class:`Store`, which hands in its transactions."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._reading = reading

    def of(self, record_id: str) -> tuple[Line, ...]:
        """Return what was done to a form, the earliest first."""
        with self._reading() as connection:
            return changelog.read(connection, record_id)

    def all(self) -> tuple[Line, ...]:
        """Return what was done to all forms, the earliest first."""
        with self._reading() as connection:
            return changelog.read(connection)

    def latest(self) -> datetime | None:
        """Return when something was last done, by the clock of that moment; ``None`` where nothing was."""
        with self._reading() as connection:
            return changelog.latest(connection)

    def prove(self) -> Proof:
        """Hold the lines, the forms and their versions against each other."""
        with self._reading() as connection:
            return proofs.prove(connection)

    def names(self) -> proofs.Names:
        """Return how the forms are called, those in the 回收站 too."""
        with self._reading() as connection:
            return proofs.names_of(connection)
