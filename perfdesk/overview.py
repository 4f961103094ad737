"""年度总览 (overview): what the forms of a year come to: a row for each, their sum, what is still to do, years side by side.

Pure functions of rows. A row is made once from what follows from a record (:func:`figures_of`) and kept by whoever shows it;
nothing is computed here that the form itself does not print. Amounts are in 元, rates in %, scores in points.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.amounts import parse_amount, parse_percent, to_yuan
from perfdesk.gathering.facts import OF_PROJECTS, Facts, facts_of
from perfdesk.model import FormKind, Verdict
from perfdesk.pinyin import finds, reduce
from perfdesk.scoring import execution_rate

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.derive import Derived

#: What an office hands in for a year, in the order of its work: of each project, and once.
HANDED_IN: Final = (
    *(FormKind.PROJECT_GOAL, FormKind.PROJECT_MONITORING, FormKind.PROJECT_SELF),
    *(
        FormKind.DEPARTMENT_GOAL,
        FormKind.DEPARTMENT_SELF,
        FormKind.DEPARTMENT_RATING,
        FormKind.REPORT,
        FormKind.SUMMARY,
    ),
)


class Standing(StrEnum):
    """How a form stands in its year: 已上报 once it was handed in, its 审核结论 until then."""

    BLOCKED = Verdict.BLOCKED.value
    TO_EXPLAIN = Verdict.TO_EXPLAIN.value
    FILLING = Verdict.FILLING.value
    READY = Verdict.READY.value
    SUBMITTED = "已上报"


class Figures(NamedTuple):
    """What a form says: 全年预算数 and 全年执行数 (元), 执行率 (%), 总分 (points), 等级; ``None`` or blank where it has none."""

    budget: Decimal | None = None
    executed: Decimal | None = None
    rate: Decimal | None = None
    score: Decimal | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A form in the table of its year.

    ``kind`` is ``None`` when its template is not there; ``verdict``, ``completion`` (0 … 1) and ``figures`` are ``None`` until they
    are computed. ``changed`` is when it was last saved, with its time zone. ``submitted``: it was handed in, and is locked.
    """

    id: str
    name: str
    year: int
    kind: FormKind | None
    changed: datetime | None = None
    verdict: Verdict | None = None
    completion: Decimal | None = None
    figures: Figures | None = None
    submitted: bool = False

    @property
    def kind_words(self) -> str:
        """表种 in words; a form whose template is not there says so."""
        return "表样不在本机" if self.kind is None else self.kind.words


class Missing(NamedTuple):
    """A kind that the year lacks: ``projects`` names those that lack it, and is blank for what an office hands in once."""

    kind: FormKind
    projects: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """In words: 「项目支出绩效目标表缺 3 个项目」, 「没有汇总表」."""
        return f"{self.kind.words}缺 {len(self.projects)} 个项目" if self.projects else f"没有{self.kind.words}"


class YearSum(NamedTuple):
    """合计 of the 项目自评表 of a year: how many, their amounts (元) and the rate of the sums (%)."""

    projects: int
    budget: Decimal | None
    executed: Decimal | None
    rate: Decimal | None


def figures_of(derived: Derived) -> Figures:
    """Read the figures of a form, in 元, %, points; the total is what its scores come to, as in the status bar.

    A 监控表 gives what was spent until its month of 年初预算; a 目标表 its budget alone; a 汇总表 its total row.
    """
    template, record = derived.template, derived.record
    if template.kind is FormKind.SUMMARY:
        return _of_summary(derived)
    facts = facts_of(template, record, derived.assessment)
    if template.kind in {FormKind.PROJECT_GOAL, FormKind.DEPARTMENT_GOAL}:
        return Figures(budget=_first(facts, ("annual_budget", "initial_budget")))
    executed, budget = (facts.amount(key) for key in template.rate_of)
    counted = derived.assessment
    score, grade = (counted.total, counted.grade or "") if counted.is_scored else (facts.score, facts.grade)
    return Figures(budget, executed, counted.execution_rate, score, grade if score is not None else "")


def _first(facts: Facts, keys: tuple[str, ...]) -> Decimal | None:
    return next((amount for amount in map(facts.amount, keys) if amount is not None), None)


def _of_summary(derived: Derived) -> Figures:
    total, unit = derived.gathered.total, derived.record.unit
    read = (parse_amount(total.text(key), unit) for key in ("annual_budget", "executed"))
    budget, executed = (None if one is None else to_yuan(one, unit) for one in read)
    return Figures(budget, executed, parse_percent(total.text("execution_rate")))


def in_wan(yuan: Decimal) -> Decimal:
    """Return an amount in 万元: 675000 元 are 67.5 万元."""
    return yuan / 10000


def years_of(rows: Iterable[Row]) -> tuple[int, ...]:
    """Return the years there are forms of, the latest first."""
    return tuple(sorted({one.year for one in rows}, reverse=True))


def year_ahead(years: Iterable[int], today: date) -> int | None:
    """Return the year that comes after the latest one, once its work begins: in October before it, with the budget.

    Example: the latest forms are those of 2020; from 2020-10-01 on this is 2021. ``None`` before, and while there are no years.
    """
    latest = max(years, default=None)
    return latest + 1 if latest is not None and today >= date(latest, 10, 1) else None


def year_sum(rows: Iterable[Row]) -> YearSum:
    """合计 of the 项目自评表 among rows.

    Amounts that nobody filled in count as none; the rate is that of projects that have both: 50 of 60 万元 and 8 of 10 give
    58 ÷ 70 = 82.86 %.
    """
    own = [one.figures or Figures() for one in rows if one.kind is FormKind.PROJECT_SELF]
    both = [(one.budget, one.executed) for one in own if one.budget is not None and one.executed is not None]
    rate = execution_rate(_sum(budget for budget, _ in both), _sum(executed for _, executed in both))
    return YearSum(len(own), _sum(one.budget for one in own), _sum(one.executed for one in own), rate)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, Decimal(0)) if known else None


def found(rows: Iterable[Row], wanted: str, stand: Standing | None = None) -> tuple[Row, ...]:
    """Return the rows whose name or 表种 is found by characters, pinyin or initials, and that stand as asked for."""
    return tuple(
        one
        for one in rows
        if (stand is None or standing(one) is stand) and (finds(one.name, wanted) or finds(one.kind_words, wanted))
    )


def standing(row: Row) -> Standing:
    """Return what a row is counted under: 填写中 until its verdict is computed, 已上报 whatever the verdict is."""
    if row.submitted:
        return Standing.SUBMITTED
    return Standing.FILLING if row.verdict is None else Standing(row.verdict.value)


def missing(rows: Iterable[Row], wanted: Iterable[FormKind] = HANDED_IN) -> tuple[Missing, ...]:
    """Return the kinds that a year lacks, in the order asked for.

    The projects of a year are those that any 目标表, 监控表 or 自评表 names; white space and marks do not make another project. A
    year without projects lacks no form of projects.
    """
    of_year = tuple(rows)
    projects: dict[str, str] = {}
    for one in of_year:
        if one.kind in OF_PROJECTS:
            projects.setdefault(reduce(one.name), one.name)
    lacking = []
    for kind in wanted:
        have = {reduce(one.name) for one in of_year if one.kind is kind}
        if kind in OF_PROJECTS:
            without = tuple(name for key, name in projects.items() if key not in have)
            lacking += [Missing(kind, without)] if without else []
        elif not have:
            lacking.append(Missing(kind))
    return tuple(lacking)


class ToDo(NamedTuple):
    """One thing to do before the hand-in: in words, and the form it is about (its id), ``""`` where it has yet to be made.

    Of one that has yet to be made ``kind`` is its 表种, and ``project`` its 项目名称 where it belongs to one.
    """

    words: str
    id: str = ""
    kind: FormKind | None = None
    project: str = ""


def todo_list(rows: Iterable[Row], lacking: tuple[Missing, ...]) -> tuple[ToDo, ...]:
    """List what :func:`still_to_do` counts, one by one: forms that are not 可上报, gravest first, then what lacks."""
    graded = (Standing.BLOCKED, Standing.TO_EXPLAIN, Standing.FILLING)
    of_year = tuple(rows)
    forms = (
        ToDo(f"{one.name}：{grade.value}", one.id) for grade in graded for one in of_year if standing(one) is grade
    )
    gaps = (
        ToDo(f"{project}：没有{gap.kind.words}" if project else gap.sentence, kind=gap.kind, project=project)
        for gap in lacking
        for project in gap.projects or ("",)
    )
    return (*forms, *gaps)


def still_to_do(rows: Iterable[Row], lacking: tuple[Missing, ...]) -> tuple[str, ...]:
    """Say what stands between a year and its hand-in, gravest first: 「3 张表不可上报」, 「2 张表有待说明」, 「没有汇总表」.

    Nothing is left when every form is 可上报 or 已上报 and no kind lacks.
    """
    stands = [standing(one) for one in rows]
    counts = ((Standing.BLOCKED, "不可上报"), (Standing.TO_EXPLAIN, "有待说明"), (Standing.FILLING, "没有填完"))
    said = tuple(f"{stands.count(one)} 张表{words}" for one, words in counts if one in stands)
    return (*said, *(one.sentence for one in lacking))
