"""建立新年度的打算 (plan): which forms of a year go on into another one, as what, and what was decided and answered about them.

A plan is a value: every choice gives another plan. It says what will come of it (:func:`Plan.outlook`) by the same rules by which
the forms are then made (:func:`Plan.made`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, NamedTuple

from perfdesk.gathering.facts import OF_PROJECTS, offices_of, same_office
from perfdesk.model import Binding, Record
from perfdesk.rolling.items import RESULTS, items_of
from perfdesk.rolling.making import ask, roll, roll_into
from perfdesk.rolling.types import Choices, Item, Question, Treatment, decide
from perfdesk.rolling.years import move_year
from perfdesk.template import Filled, Template

BLANK: Final = "空白，待填"
ASKED: Final = "下一步确认"
COMPARED: Final = f"{BLANK}；上年值留作对照"


@dataclass(frozen=True, slots=True, eq=False)  # made once per form and choice, compared by identity
class Source:
    """来源 (source): a form of the old year. ``target`` is the template it goes on with; ``there``: the new year has it already."""

    form: Filled
    name: str
    items: tuple[Item, ...]
    target: Template
    there: bool

    @property
    def id(self) -> str:
        """The id of the old form."""
        return self.form.record.id


class Asked(NamedTuple):
    """A question about one of the forms."""

    source: Source
    question: Question

    @property
    def key(self) -> AnswerKey:
        """What its answer is kept by."""
        return self.source.id, self.question.binding


AnswerKey = tuple[str, Binding]


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity
class Plan:
    """The whole of it. ``chosen`` are ids of sources; ``choices`` serve all forms; ``answers`` are the texts of what was asked.

    ``freezes``: the old year is only looked at afterwards.
    """

    old_year: int
    year: int
    sources: tuple[Source, ...]
    chosen: frozenset[str]
    choices: Choices = field(default_factory=lambda: MappingProxyType({}))
    answers: Mapping[AnswerKey, str] = field(default_factory=lambda: MappingProxyType({}))
    freezes: bool = True

    @property
    def forms(self) -> tuple[Source, ...]:
        """The sources that are chosen."""
        return tuple(one for one in self.sources if one.id in self.chosen)

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Everything that is asked, form after form."""
        return tuple(
            Asked(one, question)
            for one in self.forms
            for question in ask(one.items, one.form.record, year=self.year, choices=self.choices)
        )

    @property
    def asked_count(self) -> int:
        """How many cells are asked for, without reading them."""
        decided = (pair for one in self.forms for pair in self.decided(one))
        return sum(len(item.cells) for item, treatment in decided if treatment is Treatment.ASK)

    def take(self, chosen: Iterable[str]) -> Plan:
        """Choose these forms."""
        return replace(self, chosen=frozenset(chosen))

    def go_on_as(self, source_id: str, target: Template) -> Plan:
        """Let a form go on with another template."""
        sources = (replace(one, target=target) if one.id == source_id else one for one in self.sources)
        return replace(self, sources=tuple(sources))

    def choose(self, key: str, treatment: Treatment) -> Plan:
        """Treat an item so, on every form."""
        return replace(self, choices={**self.choices, key: treatment})

    def choose_all(self, treatment: Treatment | None) -> Plan:
        """Treat every item so; ``None``: each as recommended."""
        keys = (item.key for one in self.sources for item in one.items)
        return replace(self, choices={} if treatment is None else dict.fromkeys(keys, treatment))

    def answer(self, key: AnswerKey, text: str) -> Plan:
        """Answer a question; a blank takes the answer back."""
        rest = {one: words for one, words in self.answers.items() if one != key}
        return replace(self, answers={**rest, key: text} if text else rest)

    def decided(self, source: Source) -> tuple[tuple[Item, Treatment], ...]:
        """Return the items of a form, each with how it is treated."""
        return decide(source.items, self.choices)

    def count(self, source: Source) -> Counter[Treatment]:
        """Count how the items of a form are treated."""
        return Counter(treatment for _item, treatment in self.decided(source))

    def outlook(self, item: Item, treatment: Treatment) -> str:
        """Say what the new form will have of an item."""
        if treatment is Treatment.KEEP:
            return move_year(item.words, self.old_year, self.year)
        if treatment is Treatment.ASK:
            return ASKED
        return COMPARED if item.key == RESULTS else BLANK

    def made(self, new_id: Callable[[], str]) -> tuple[Record, ...]:
        """Make the forms of the new year, one of each in ``forms`` and in their order."""
        return tuple(self._made(one, new_id()) for one in self.forms)

    def _made(self, source: Source, record_id: str) -> Record:
        template, record = source.form
        answers = {cell: text for (owner, cell), text in self.answers.items() if owner == source.id}
        made = roll(template, record, year=self.year, record_id=record_id, choices=self.choices, answers=answers)
        return roll_into(template, made, source.target)


def begin(forms: Iterable[tuple[str, Filled]], there: Iterable[Filled], *, old_year: int, year: int) -> Plan:
    """Begin with the forms of a year, each with its name; what the new year (``there``) has already is not chosen."""
    known = tuple(there)
    sources = tuple(
        Source(form, name, items_of(form.template, form.record), form.template, _is_there(form, known, year=year))
        for name, form in forms
    )
    return Plan(old_year, year, sources, frozenset(one.id for one in sources if not one.there))


def _is_there(form: Filled, known: tuple[Filled, ...], *, year: int) -> bool:
    """Tell whether the new year has a form of this kind, office and project."""
    kind, wanted = form.template.kind, _project(form, year=year)
    same = (one for one in known if one.template.kind is kind)
    return any(
        same_office(offices_of(one.record), offices_of(form.record))
        and (kind not in OF_PROJECTS or _project(one, year=year) == wanted)
        for one in same
    )


def _project(form: Filled, *, year: int) -> str:
    record = form.record
    return "".join(move_year(record.value("project_name"), record.year, year).split())
