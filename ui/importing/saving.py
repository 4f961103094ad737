"""收进来 (saving): of decided forms what the store takes in, and what came of each file. No widget here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import starmap
from typing import TYPE_CHECKING

from perfdesk.arriving import Choice, arrived, origin_of
from perfdesk.store import Arrival, Reason, Way
from ui.dialogs.import_report import FileReport
from ui.lines import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from perfdesk.arriving import Case
    from perfdesk.model import Record
    from perfdesk.recognition import Corrections
    from perfdesk.store import Store
    from ui.importing.reading import FileRead
    from ui.importing.review import Review
    from ui.tasks import Task

_WAYS = {Choice.NEW: Way.NEW, Choice.BESIDE: Way.NEW, Choice.UPDATE: Way.UPDATE, Choice.VERSION: Way.VERSION}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did: ids of the new forms, pairs of what stood there before and stands there now, the form to open.

    ``reports`` say what came of each file.
    """

    made: tuple[str, ...]
    updated: tuple[tuple[Record, Record], ...]
    shown: str
    reports: tuple[FileReport, ...]


def save(store: Store, review: Review, read: Sequence[FileRead], task: Task) -> Outcome:
    """Save what was decided, off the UI thread; nobody may change the review meanwhile. Raises :class:`UserError`."""
    del task
    return Plan(review, read, taken=[one.id for one in (*store.entries(), *store.trashed())]).carry_out(store)


class Plan:
    """What is to be saved of a review, fixed before the first of it is."""

    def __init__(self, review: Review, read: Sequence[FileRead], *, taken: Iterable[str]) -> None:
        self._read = read
        self._taken = set(taken)
        self._before: list[tuple[Record, Record]] = []
        self._twins: list[str] = []
        self._file_of = {id(found): at for at, one in enumerate(read) for found in one.founds}  # two may bear one name
        self._counts: Counter[tuple[int, Way | None]] = Counter()
        self.arrivals = tuple(one for one in map(self._plan, *_rows(review)) if one is not None)
        coming = [case for n, case in enumerate(review.cases) if review.chosen(n) is not Choice.SKIP]
        self._said: dict[str, Corrections] = {
            one.found.form.layout: one.corrections for one in coming if one.corrections
        }
        self._templates = {
            one.found.form.layout: one.form.template.id
            for one in coming
            if one.form.template is not one.found.form.template
        }

    def _plan(self, case: Case, choice: Choice, there: Record | None, equal: bool) -> Arrival | None:
        file = self._file_of[id(case.found)]
        if choice is Choice.SKIP:
            self._counts[file, None] += equal
            self._twins += [there.id] if there is not None and equal else []
            return None
        record, way = arrived(case), _WAYS[choice]
        self._counts[file, way] += 1
        if way is Way.NEW:
            record = self._named(record)
        elif there is not None:
            bureau = there.bureau or record.bureau
            record = replace(record, id=there.id, bureau=bureau, answers=record.answers or there.answers)
            self._before += [(there, record)] if way is Way.UPDATE else []
        return Arrival(record, origin_of(case, record), way)

    def _named(self, record: Record) -> Record:
        """Give a new form an id that no other one has."""
        fresh = replace(record, id=new_id()) if not record.id or record.id in self._taken else record
        self._taken.add(fresh.id)
        return fresh

    def carry_out(self, store: Store) -> Outcome:
        """Make a backup, save everything, remember the mappings. Raises :class:`UserError`; nothing is saved then."""
        if self.arrivals:
            store.safekeeping.make(Reason.IMPORT)
            store.arrivals.take_in(self.arrivals)
        if self._said or self._templates:
            store.mappings.remember(self._said, self._templates)
        made = tuple(one.record.id for one in self.arrivals if one.way is Way.NEW)
        shown = next(iter((*(one.record.id for one in self.arrivals), *self._twins)), "")
        return Outcome(made, tuple(self._before), shown, tuple(starmap(self._report, enumerate(self._read))))

    def _report(self, at: int, one: FileRead) -> FileReport:
        count = self._counts
        return FileReport(
            one.name,
            count[at, Way.NEW],
            one.notes,
            one.trouble,
            known=count[at, None],
            updated=count[at, Way.UPDATE],
            kept=count[at, Way.VERSION],
        )


def _rows(review: Review) -> tuple[list[Case], list[Choice], list[Record | None], list[bool]]:
    """Return cases, choices, the forms that are there already, and whether they are word for word the same."""
    numbers = range(len(review.cases))
    same = [review.same(one) for one in numbers]
    return (
        review.cases,
        [review.chosen(one) for one in numbers],
        [one.record if one is not None else None for one in same],
        [one is not None and one.equal for one in same],
    )
