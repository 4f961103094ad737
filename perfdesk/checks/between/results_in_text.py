"""文中完成数 (results in a text): what a report, or a form's own 实际完成情况, says of an indicator, and its 实际完成值.

Only a clause that says nothing but the indicator and one number is compared: 「全年办理法律援助案件236件」 with 法律援助案件数.
其中民事86件, 上半年120件 or 受理 for 办理 are other figures. What any form confirms, as result or as target, is right; goals and
plans are left to ``goals_in_text``; a heading 「…目标任务完成情况」 is one of results.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.report.paragraphs import all_paragraphs
from perfdesk.checks.wording import quote
from perfdesk.gathering.chain import target_of
from perfdesk.gathering.facts import Facts, of_kind
from perfdesk.model import Binding, Block, Finding, FormKind, Indicator
from perfdesk.targets import Kind, Value, number_like, numbers_in, read

_NOT_RESULTS: Final = re.compile(r"目标|计划|打算|措施|问题|建议")
_CLAUSES: Final = re.compile(r"[，。；;：:、（）()\n]")
_LEAD: Final = re.compile(
    r"^(?:[0-9一二三四五六七八九十]+[.．是]|全年|本年|今年|年内|年度|20[0-9]{2}年|我局|共计|共|累计|实际|已|顺利|积极|认真|办理|完成|开展|组织)+"
)
_TAIL: Final = re.compile(r"(?:总数|数量|场次|人次|数|共计|共|达到|达|为|是|了)+$")
_BRACKETS: Final = re.compile(r"[（(][^）)]*[）)]")
_ABOUT: Final = re.compile(r"[约近余多]|左右|上下")
_LEAST: Final = 4  # characters that must be left of a name
_GOAL: Final = "goal_actual"
_SELF: Final = frozenset({FormKind.PROJECT_SELF, FormKind.DEPARTMENT_SELF})
_COUNTED: Final = frozenset({Kind.COUNT, Kind.RATIO})


class _Result(NamedTuple):
    """实际完成值 and 年度指标值 of an indicator, read, and the form they stand in."""

    name: str
    actual: Value
    target: Value
    form: Facts


@dataclass(frozen=True, slots=True, eq=False)  # made once per change of the year's forms, cached by identity
class _Results:
    """The results of a year by the core of their names."""

    by_core: Mapping[str, tuple[_Result, ...]]


def results_in_report(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """cross-form: 「办理法律援助案件249件」 in the report, 236件 on the forms."""
    if form.kind is not FormKind.REPORT:
        return
    known = _known(year)
    for paragraph in all_paragraphs(form.record.sections) if known.by_core else ():
        if _NOT_RESULTS.search(paragraph.heading) and "完成情况" not in paragraph.heading:
            continue
        for clause, other in _differing(paragraph.text, known):
            text = " ".join(other.actual.text.split())
            yield finding(
                "cross-form",
                paragraph.place,
                title="报告的完成数与表上不一样",
                message=f"文中写的是{quote(clause)}，{quote(other.form.name)}的{quote(other.name)}完成值是 {text}。"
                "请核对后改其中一处。",
                figures=Figures(clause, text),
            )


def results_in_goal(form: Facts) -> Iterator[Finding]:
    """cross-form: 实际完成情况 above the indicators gives another result than the indicator of that name below."""
    field = form.template.field(_GOAL) if form.kind in _SELF else None
    if field is None or not form.record.value(_GOAL).strip():
        return
    for clause, other in _differing(form.record.value(_GOAL), _known((form,))):
        text = " ".join(other.actual.text.split())
        yield finding(
            "cross-form",
            Place(field.label, Binding(Block.VALUES, _GOAL)),
            title="完成情况的数与指标不一样",
            message=f"{field.label}写的是{quote(clause)}，绩效指标{quote(other.name)}的完成值是 {text}。请核对后改其中一处。",
            figures=Figures(clause, text),
        )


@lru_cache(maxsize=64)
def _known(year: tuple[Facts, ...]) -> _Results:
    """Return the results of the year's forms that are single numbers, by the core of their names."""
    found: dict[str, tuple[_Result, ...]] = {}
    forms = (*of_kind(year, FormKind.DEPARTMENT_SELF), *of_kind(year, FormKind.PROJECT_SELF))
    for form in forms:
        for core, name, actual, target in filter(
            None, (_result(row, form.record.year) for row in form.record.indicators)
        ):
            found[core] = (*found.get(core, ()), _Result(name, actual, target, form))
    return _Results(found)


@lru_cache(maxsize=4096)  # a keystroke changes one row of many
def _result(row: Indicator, year: int) -> tuple[str, str, Value, Value] | None:
    """Return the core of an indicator's name, its name, result and target, where the result is a single number."""
    actual, core = read(row.actual, year=year), _core(row.name)
    if len(core) < _LEAST or actual.kind not in _COUNTED or actual.number is None:
        return None
    return core, row.name.strip(), actual, read(target_of(row), year=year)


@lru_cache(maxsize=4096)
def _core(words: str) -> str:
    """Return what a name or clause is about: 「全年办理法律援助案件数（件）」 -> 「法律援助案件」."""
    bare = "".join(_BRACKETS.sub("", words).split())
    return _TAIL.sub("", _LEAD.sub("", bare))


@lru_cache(maxsize=1024)
def _differing(text: str, known: _Results) -> tuple[tuple[str, _Result], ...]:
    """Return the clauses of a paragraph that give another number than every form for the indicator they name."""
    meant = ((clause, said, known.by_core.get(core, ())) for clause, said, core in _told(text))
    return tuple((clause, of[0]) for clause, said, of in meant if of and not any(_confirms(said, one) for one in of))


@lru_cache(maxsize=1024)
def _told(text: str) -> tuple[tuple[str, Value, str], ...]:
    """Return the clauses of a paragraph that say nothing but a name and one number: clause, number, core of the name."""
    found = []
    for clause in map(str.strip, _CLAUSES.split(text)):
        numbers = () if _ABOUT.search(clause) else numbers_in(clause)
        said = numbers[-1] if numbers else None
        if said is not None and clause.endswith(said.text) and said.kind in _COUNTED:
            found.append((clause, said, _core(clause.removesuffix(said.text))))
    return tuple(found)


def _confirms(said: Value, one: _Result) -> bool:
    """Tell whether a form says the number of a text, or says it in a unit that cannot be compared."""
    figures = (
        (number_like(said, value), value.number) for value in (one.actual, one.target) if value.number is not None
    )
    return any(own is None or own == theirs for own, theirs in figures)
