"""审核的活 (judging): the work behind 全年审核. It runs off the UI thread on forms that never change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.model import Finding, Severity, flatten
from perfdesk.overview import Standing

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.template import Filled
    from ui.tasks import Task


@dataclass(frozen=True, slots=True, eq=False)  # made once by the work, known by identity
class Judged:
    """A form that was judged: what it is called, everything that follows from it, and whether it was handed in."""

    name: str
    derived: Derived
    submitted: bool = False

    @property
    def id(self) -> str:
        """The id of the form."""
        return self.derived.record.id

    @property
    def kind(self) -> str:
        """What kind of form it is: 「项目支出绩效自评表」."""
        return self.derived.template.kind.words

    @property
    def standing(self) -> Standing:
        """How it stands: 已上报, or its 审核结论."""
        return Standing.SUBMITTED if self.submitted else Standing(self.derived.verdict.value)

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are, consequences included."""
        return sum(one.severity is severity for one in flatten(self.derived.findings))


@dataclass(frozen=True, slots=True, eq=False)
class Hit:
    """A finding and the form it was found in."""

    form: Judged
    finding: Finding


@dataclass(frozen=True, slots=True)
class Judging:
    """Judge the forms of a year one after the other; ``before`` are those of the year before.

    ``submitted`` are the ids of those that were handed in.
    """

    forms: tuple[tuple[str, Filled], ...]
    before: tuple[Filled, ...]
    submitted: frozenset[str] = frozenset()

    def __call__(self, task: Task) -> tuple[Judged, ...]:
        """Return what was judged until the end, or until it was stopped."""
        from perfdesk.derive import derive

        around = (*(form for _, form in self.forms), *self.before)
        found: list[Judged] = []
        for name, form in self.forms:
            if task.stopped:
                break
            task.advance(len(found), name)
            derived = derive(form.template, form.record, around)
            found.append(Judged(name, derived, submitted=form.record.id in self.submitted))
        return tuple(found)
