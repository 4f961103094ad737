"""核对 (review): the forms of an import one after the other, with what was said to each. It knows no widget and saves nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from perfdesk.arriving import (
    Case,
    Choice,
    Found,
    Point,
    Same,
    Say,
    arrived,
    correct,
    count_of,
    points_of,
    retake,
    same_of,
)

if TYPE_CHECKING:
    from perfdesk.arriving.making import Again
    from perfdesk.model import Binding, Record
    from perfdesk.recognition import Place, RecognisedForm, Spot
    from perfdesk.source import SourceFile
    from perfdesk.template import Template

    SpotOf = Callable[[SourceFile, RecognisedForm, Place], Spot | None]

_FRESH: Final = (Choice.NEW, Choice.SKIP)
_THERE: Final = (Choice.VERSION, Choice.UPDATE, Choice.BESIDE, Choice.SKIP)
_BESIDE: Final = (Choice.BESIDE, Choice.SKIP)
_TWIN: Final = (Choice.SKIP, Choice.BESIDE)
_NOTHING: Final = (Choice.SKIP,)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a review needs to know: templates, the stored forms of a year, what takes nothing, how to understand a form anew."""

    templates: Mapping[str, Template]
    there: Callable[[int], Sequence[Record]]
    why_kept: Callable[[str], str]
    is_frozen: Callable[[int], bool]
    again: Again
    spot_of: SpotOf


class Review:
    """The forms under review; ``at`` is the current one. Each change makes a new :class:`Case`."""

    def __init__(self, founds: Sequence[Found], desk: Desk) -> None:
        self.desk = desk
        self.cases = [Case(found, found.form) for found in founds]
        self.at = 0
        self._kept: tuple[Case, tuple[Point, ...]] | None = None
        self._records: dict[int, tuple[Case, Record]] = {}

    @property
    def case(self) -> Case:
        """The current form."""
        return self.cases[self.at]

    @case.setter
    def case(self, case: Case) -> None:
        self.cases[self.at] = case

    @property
    def is_last(self) -> bool:
        """Whether no form comes after the current one."""
        return self.at == len(self.cases) - 1

    def points(self) -> tuple[Point, ...]:
        """Return the points of the current form."""
        if self._kept is None or self._kept[0].form is not self.case.form:
            self._kept = (self.case, points_of(self.case))
        return self._kept[1]

    def said(self) -> tuple[Say | None, ...]:
        """Return what somebody said to each point, ``None`` where nobody did."""
        return tuple(self.case.said.get(point) for point in self.points())

    def record(self, number: int | None = None) -> Record:
        """Return the record that a form would be saved as; by default the current one."""
        at = self.at if number is None else number
        case, record = self._records.get(at, (None, None))
        if record is None or case is not self.cases[at]:
            case, record = self.cases[at], arrived(self.cases[at])
            self._records[at] = case, record
        return record

    # ------------------------------------------------------------- decisions
    def same(self, number: int | None = None) -> Same | None:
        """Return the form that is there already: in the store, or before it in this import word for word."""
        at = self.at if number is None else number
        record, case = self.record(at), self.cases[at]
        for before in range(at):
            twin = self.record(before)
            if replace(twin, id=record.id) == record and self.chosen(before) is not Choice.SKIP:
                return Same(twin, equal=True, other_template=False)
        return same_of(record, case.form.template, self.desk.there(record.year), self.desk.templates)

    def choices(self, number: int | None = None) -> tuple[Choice, ...]:
        """Return what can become of a form; the first holds while nobody chose."""
        at = self.at if number is None else number
        if self.desk.is_frozen(self.year(at)):
            return _NOTHING
        same = self.same(at)
        if same is None:
            return _FRESH
        if same.equal:
            return _TWIN
        return _BESIDE if same.other_template or self.desk.why_kept(same.record.id) else _THERE

    def chosen(self, number: int | None = None) -> Choice:
        """Return what becomes of a form as things stand."""
        case, choices = self.cases[self.at if number is None else number], self.choices(number)
        return case.choice if case.choice in choices and case.choice is not None else choices[0]

    def words(self) -> str:
        """Say why there is something to choose: 「2020 年已有同名表：」."""
        year = self.year(self.at)
        if self.desk.is_frozen(year):
            return f"{year} 年只供查看，不能导入："
        same = self.same()
        if same is None:
            return "这张表："
        if same.equal:
            return f"{year} 年已有这张表，一字不差："
        if same.other_template:
            return f"{year} 年已有同名表，用的是别的表样："
        why = self.desk.why_kept(same.record.id)
        return f"{year} 年已有同名表，{why}：" if why else f"{year} 年已有同名表："

    def year(self, number: int) -> int:
        """Return the year of a form as it stands."""
        case = self.cases[number]
        return case.form.record.year if case.year is None else case.year

    # --------------------------------------------------------------- changes
    def say(self, number: int, say: Say) -> None:
        """Keep an answer to a point of the current form."""
        self.case = replace(self.case, said={**self.case.said, self.points()[number]: say})

    def choose(self, choice: Choice) -> None:
        """Keep what becomes of the current form."""
        self.case = replace(self.case, choice=choice)

    def set_year(self, year: int) -> None:
        """The current form is of another year."""
        self.case = replace(self.case, year=year, choice=None)

    def retake(self, template: Template) -> None:
        """The current form is another template."""
        self.case = replace(retake(self.case, template, self.desk.again), choice=None)

    def map(self, place: Place, binding: Binding | None) -> bool:
        """Say what a cell of the source is: a field, or nothing (``None``). False where nothing tells that cell from others."""
        source = self.case.found.source
        spot = self.desk.spot_of(source, self.case.form, place) if source is not None else None
        if spot is None:
            return False
        self.case = correct(self.case, {**self.case.corrections, spot: binding}, self.desk.again)
        return True

    def look(self) -> None:
        """Somebody saw the current form."""
        self.case = replace(self.case, seen=True)

    def unseen(self) -> tuple[int, int]:
        """Return how many forms nobody saw yet, and how many points they ask about."""
        cases = [one for one in self.cases if not one.seen]
        return len(cases), sum(map(count_of, cases))
