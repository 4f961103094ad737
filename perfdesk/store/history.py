"""What was done to the forms of a data file: the lines of its change log, and the proof that no other program touched them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING

from perfdesk.store import changelog, records
from perfdesk.store.changelog import Line, Proof
from perfdesk.store.snapshots import content_of, state_of

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
            states = {one.id: state_of(content_of(one)) for one in records.load_every(connection)}
            return changelog.prove(connection, states)
