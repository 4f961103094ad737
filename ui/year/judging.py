"""审核的活 (judging): the work behind 全年审核. It runs off the UI thread on forms that never change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from perfdesk.model import Finding, Severity, flatten

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.template import Filled
    from ui.tasks import Task


@dataclass(frozen=True, slots=True, eq=False)  # made once by the work, known by identity
class Judged:
    """A form that was judged: what it is called, and everything that follows from it."""

    name: str
    derived: Derived

    @property
    def id(self) -> str:
        """The id of the form."""
        return self.derived.record.id

    @property
    def kind(self) -> str:
        """What kind of form it is: 「项目支出绩效自评表」."""
        return self.derived.template.kind.words

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
    """Judge the forms of a year one after the other; ``before`` are those of the year before."""

    forms: tuple[tuple[str, Filled], ...]
    before: tuple[Filled, ...]

    def __call__(self, task: Task) -> tuple[Judged, ...]:
        """Return what was judged until the end, or until it was stopped."""
        from perfdesk.derive import derive

        around = (*(form for _, form in self.forms), *self.before)
        found: list[Judged] = []
        for name, form in self.forms:
            if task.stopped:
                break
            task.advance(len(found), name)
            found.append(Judged(name, derive(form.template, form.record, around)))
        return tuple(found)
