"""标记 (marking): the work behind the marks of the list: how every form of some years stands. Runs off the UI thread."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from perfdesk.derive import Derived
    from perfdesk.model import Record, Verdict
    from perfdesk.overview import Figures
    from perfdesk.store import Store
    from perfdesk.template import Filled, Template
    from ui.tasks import Task


REST: Final = 0.4  # s after a key
_GLANCE: Final = 0.02  # s: so soon it is seen that there is no need to rest any longer


@dataclass(frozen=True, slots=True)
class State:
    """How a form stands: its verdict, the share of required cells that are filled (0 … 1), and its figures."""

    verdict: Verdict
    completion: Decimal
    figures: Figures | None = None


def state_of(derived: Derived) -> State:
    """Read how a form stands."""
    from perfdesk.overview import figures_of  # with it comes the core, and the window is to stand before that

    return State(derived.verdict, derived.completion, figures_of(derived))


class Marked(NamedTuple):
    """What the work brings back: how forms stand, by id, and the forms that it read of their years."""

    states: Mapping[str, State]
    read: tuple[Record, ...]


class Pace:
    """Lets the work behind the marks rest while somebody types: two threads that compute take turns of 5 ms, and a key feels it."""

    def __init__(self) -> None:
        self._until = 0.0

    def hold(self) -> None:
        """Called in the UI thread with every key, and before a list is shown: rest for a moment."""
        self._until = time.monotonic() + REST

    def go_on(self) -> None:
        """Called in the UI thread when somebody waits for the work itself: rest no longer."""
        self._until = 0.0

    def wait(self) -> None:
        """Called by the work between two steps: wait until nobody types."""
        while (left := self._until - time.monotonic()) > 0:
            time.sleep(min(left, _GLANCE))


class Marking:
    """The work in the background: read the forms of each year once and derive those that want a mark among them.

    ``years`` holds the year before each year as well.
    """

    def __init__(
        self,
        store: Store,
        templates: Mapping[str, Template],
        ids: tuple[str, ...],
        *,
        years: Mapping[int, tuple[str, ...]],
        open_now: Mapping[str, Record],
        pace: Pace,
    ) -> None:
        self._store = store
        self._templates = templates
        self.ids = frozenset(ids)
        self._years = years
        self._open_now = open_now
        self._pace = pace

    def __call__(self, task: Task) -> Marked:
        """Return how each wanted form stands; those that came before it was stopped."""
        self._pace.wait()
        from perfdesk.derive import derive
        from perfdesk.pinyin import readings

        readings("法")  # they take 0.15 s to load, which is not to fall on the first letter of a search
        found: dict[str, State] = {}
        stored = {year: self._stored(year) for year in self._years}
        kept = tuple(one for records in stored.values() for one in records.values())
        forms_of = {year: self._now(ids, stored[year]) for year, ids in self._years.items()}
        for year, forms in forms_of.items():
            around = (*forms, *forms_of.get(year - 1, ()))
            for form in forms:
                self._pace.wait()
                if task.stopped:
                    return Marked(found, kept)
                if form.record.id in self.ids:
                    found[form.record.id] = state_of(derive(form.template, form.record, around))
        return Marked(found, kept)

    def _stored(self, year: int) -> Mapping[str, Record]:
        """Read the forms of a year."""
        self._pace.wait()
        return {one.id: one for one in self._store.load_year(year)}

    def _now(self, ids: tuple[str, ...], stored: Mapping[str, Record]) -> tuple[Filled, ...]:
        """Return the forms of a year; open ones as they stand now."""
        from perfdesk.template import Filled

        records = {**stored, **self._open_now}
        return tuple(Filled(self._templates[records[one].template_id], records[one]) for one in ids if one in records)
