"""雷同与同名 (likeness): two forms with the same indicators, two projects under one name, one office spelled two ways."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.wording import put, quote
from perfdesk.gathering.chain import name_of, target_of
from perfdesk.gathering.facts import OF_PROJECTS, Facts, money, of_kind
from perfdesk.model import Binding, Block, Finding, FormKind, Indicator

Signature = frozenset[tuple[str, str, str]]
_SELF: Final = frozenset({FormKind.PROJECT_SELF, FormKind.DEPARTMENT_SELF})
_COMPARED: Final = OF_PROJECTS | _SELF
_LEAST_ROWS: Final = 3
_COMMON: Final = re.compile(
    r"专项|经费|项目|资金|工作|补助|业务|管理|中央|省级|市级|县级|本级|年度|[0-9０-９年()（）、，\s]"
)
_OFFICES: Final = (("department", "主管部门"), ("agency", "实施单位"))


def likeness(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """duplicate-form and name-mismatch."""
    yield from _duplicates(form, year)
    yield from _project_names(form, year)
    yield from _spellings(form, year)


@lru_cache(maxsize=4096)
def _row_signature(row: Indicator) -> tuple[str, str, str]:
    target, actual = target_of(row), row.actual
    return name_of(row), "".join(target.split()), "".join(actual.split())


@lru_cache(maxsize=512)
def _signature(form: Facts) -> Signature:
    """The indicators of a form with targets and actuals, punctuation and order left aside; kept for the other forms."""
    return frozenset(_row_signature(row) for row in form.record.indicators if row.name.strip())


def _duplicates(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """duplicate-form: all indicators of another form, word for word; said at the project where the other is the department."""
    if form.kind not in _COMPARED or len(form.record.indicators) < _LEAST_ROWS:
        return
    own = _signature(form)
    if len(own) < _LEAST_ROWS or not _has_values(own):
        return
    kinds = _SELF if form.kind is FormKind.PROJECT_SELF else frozenset({form.kind})
    for other in year:
        if other.kind not in kinds or own != _signature(other):
            continue
        yield finding(
            "duplicate-form",
            Place("整张表"),
            title="与另一张表的指标全一样",
            message=f"{len(own)} 项指标的指标值、完成值与{quote(other.name)}逐项相同。请按本项目自己的指标填写。",
        )


def _has_values(rows: Signature) -> bool:
    """Tell whether anything was filled in: blank forms are alike by nature."""
    return any(target or actual for _, target, actual in rows)


def _project_names(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """name-mismatch: two projects under one name; said at the form whose own words do not know the name."""
    twins = [one for one in of_kind(year, form.kind) if form.kind in OF_PROJECTS and form.project == one.project]
    if not twins or not form.project:
        return
    own = _signature(form)
    for other in twins:
        if own == _signature(other) or (_fits_name(form) and not _fits_name(other)):
            continue
        yield finding(
            "name-mismatch",
            Place("项目名称", Binding(Block.VALUES, "project_name")),
            title="两个项目用了一个名称",
            message=f"本年另有一张{other.kind.words}也叫{quote(form.project)}，指标却不同{_budgets(form, other)}。请核对项目名称。",
        )


def _budgets(form: Facts, other: Facts) -> str:
    mine, theirs = form.amount("initial_budget"), other.amount("initial_budget")
    if mine is None or theirs is None or mine == theirs:
        return ""
    unit = form.unit
    return f"（年初预算数 {money(mine, unit)} {unit.value}，另一张 {money(theirs, unit)} {unit.value}）"


def _fits_name(form: Facts) -> bool:
    """Tell whether goal and indicators of a form speak of what its name says: any two characters of it, common words aside."""
    name = _COMMON.sub("", form.project)
    pairs = {name[at : at + 2] for at in range(len(name) - 1)}
    rows = (text for row in form.record.indicators for text in (row.name, row.target, row.explanation))
    words = "".join((form.record.value("goal_expected"), *rows))
    return any(pair in words for pair in pairs)


def _spellings(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """name-mismatch: an office spelled otherwise than in most forms of the year, one character apart (行政政法委, 行政政法股)."""
    for key, fallback in _OFFICES:
        own = form.record.value(key).strip()
        if len(own) < 4:
            continue
        spelled = _spelled(year, key)
        usual, number = next((one for one in spelled if one[0] != own), ("", 0))
        as_own = next((count for text, count in spelled if text == own), 0)
        if number < 2 or as_own + 1 >= number or not _one_apart(own, usual):
            continue
        field, binding = form.template.field(key), Binding(Block.VALUES, key)
        yield finding(
            "name-mismatch",
            Place(fallback if field is None else field.label, binding),
            title="单位名称写法不一",
            message=f"这里写的是{quote(own)}，本年另外 {number} 张表写的是{quote(usual)}，只差一个字。",
            figures=Figures(own, usual),
            fix=put(f"改为 {usual}", binding, usual),
        )


@lru_cache(maxsize=64)  # a keystroke in one form changes none of the others
def _spelled(year: tuple[Facts, ...], key: str) -> tuple[tuple[str, int], ...]:
    """Return how often the forms of a year spell an office in each way, the most usual way first."""
    return tuple(Counter(text for one in year if (text := one.record.value(key).strip())).most_common())


def _one_apart(first: str, second: str) -> bool:
    """Tell whether two names differ in exactly one character."""
    return len(first) == len(second) and sum(one != two for one, two in zip(first, second, strict=True)) == 1
