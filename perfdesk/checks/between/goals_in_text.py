"""文中目标 (goals in a text): a target that the report states for an indicator of the forms, and the forms' own 年度指标值.

Only under a heading about 目标 that is not one about 完成情况 (results stand there), only a single number in the indicator's
unit, and only beside words that the indicator's name has too; what any form confirms is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.checks.catalogue import Figures, finding
from perfdesk.checks.report.paragraphs import all_paragraphs
from perfdesk.checks.wording import quote
from perfdesk.gathering.chain import target_of
from perfdesk.gathering.facts import Facts, of_kind
from perfdesk.model import Finding, FormKind
from perfdesk.targets import Kind, Value, number_like, numbers_in, read

_CLAUSES: Final = re.compile(r"[，。；;：:\n]")
_LEAST: Final = 4  # characters that a clause and a name must share
_FORMS: Final = (
    FormKind.DEPARTMENT_SELF,
    FormKind.PROJECT_SELF,
    FormKind.DEPARTMENT_GOAL,
    FormKind.PROJECT_GOAL,
)
_COUNTED: Final = frozenset({Kind.COUNT, Kind.RATIO})


class _Target(NamedTuple):
    """年度指标值 of an indicator, read, and the form it stands in."""

    name: str
    value: Value
    form: Facts


@dataclass(frozen=True, slots=True, eq=False)  # made once per change of the year's forms, cached by identity
class _Targets:
    """The targets of a year, and for every run of :data:`_LEAST` characters the numbers of those whose name has it."""

    all: tuple[_Target, ...]
    by_run: Mapping[str, frozenset[int]]


def goals_in_report(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """cross-form: 「化解矛盾纠纷1620件」 among the goals of the report, 500件 on the forms."""
    if form.kind is not FormKind.REPORT:
        return
    targets = _targets(year)
    for paragraph in all_paragraphs(form.record.sections) if targets.all else ():
        if "目标" not in paragraph.heading or "完成情况" in paragraph.heading:
            continue
        for said, other in _differing(paragraph.text, targets):
            text = _shown(other.value)
            yield finding(
                "cross-form",
                paragraph.place,
                title="报告的目标与表上不一样",
                message=f"文中写的是{quote(said)}，{quote(other.form.name)}的{quote(other.name)}指标值是 {text}。"
                "请核对后改其中一处。",
                figures=Figures(said, text),
            )


def _shown(value: Value) -> str:
    """Return a target as it was typed, in one line."""
    return " ".join(value.text.split())


@lru_cache(maxsize=16)
def _targets(year: tuple[Facts, ...]) -> _Targets:
    """Return the targets of the year's forms that are single numbers."""
    rows = ((form, row) for kind in _FORMS for form in of_kind(year, kind) for row in form.record.indicators)
    read_ = (_Target(row.name.strip(), read(target_of(row), year=form.record.year), form) for form, row in rows)
    single = tuple(
        one for one in read_ if one.value.kind in _COUNTED and one.value.number is not None and one.value.unit
    )
    by_run: dict[str, set[int]] = {}
    for number, one in enumerate(single):
        for run in _runs(one.name):
            by_run.setdefault(run, set()).add(number)
    return _Targets(single, {run: frozenset(numbers) for run, numbers in by_run.items()})


@lru_cache(maxsize=1024)
def _differing(text: str, targets: _Targets) -> tuple[tuple[str, _Target], ...]:
    """Return the clauses of a paragraph that give another number than every form for the indicator they speak of."""
    return tuple(found for clause in _CLAUSES.split(text) if (found := _other_target(clause.strip(), targets)))


@lru_cache(maxsize=4096)  # a keystroke changes one clause of a paragraph
def _other_target(clause: str, targets: _Targets) -> tuple[str, _Target] | None:
    numbers = [one for one in numbers_in(clause) if one.kind in _COUNTED and one.number is not None]
    if len(numbers) != 1 or read(clause).kind is Kind.RANGE:
        return None
    alike = frozenset[int]().union(*(targets.by_run.get(run, ()) for run in _runs(clause)))
    shared = {number: _shared(clause, targets.all[number].name) for number in sorted(alike)}
    most = max(shared.values(), default=0)
    meant = [targets.all[number] for number, length in shared.items() if length == most]
    figures = [(one, number_like(numbers[0], one.value)) for one in meant]
    if not figures or any(figure is None or figure == one.value.number for one, figure in figures):
        return None
    return clause, figures[0][0]


def _runs(text: str) -> frozenset[str]:
    """Return all runs of :data:`_LEAST` characters of a text."""
    return frozenset(text[at : at + _LEAST] for at in range(len(text) - _LEAST + 1))


def _shared(first: str, second: str) -> int:
    """Return the length of the longest run of characters that two texts share."""
    return SequenceMatcher(None, first, second, autojunk=False).find_longest_match().size
