"""超支与得分 (overspent): what the report says was spent beyond its budget, and a form or a rating that gives full marks for it.

The report's amounts are read by ``report``; a rating's rule is applied to them where the clerk has not typed its raw figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from perfdesk.amounts import format_score, is_blank, plain
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.report import overspent
from perfdesk.checks.report.concepts import CONCEPTS, Overspent
from perfdesk.checks.wording import percent, quote
from perfdesk.gathering.facts import Facts, of_kind
from perfdesk.model import Binding, Block, Finding, FormKind
from perfdesk.rules import can_give
from perfdesk.scoring import agrees, outcome_of, raw_texts, rules_of
from perfdesk.template import Template

_WITHIN: Final = re.compile(r"不超|不突破|不高于|控制|以内|[≤<]")
_PLANNED: Final = re.compile(r"预算|指标|安排")
_SPENT: Final = re.compile(r"实际|支出数|决算|执行|完成")

_Told = Mapping[str, tuple[Facts, Overspent]]


def against_overspending(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """cross-form at a row that claims to have kept a budget, score-vs-rule at an item whose rule says otherwise."""
    if form.kind not in {FormKind.DEPARTMENT_SELF, FormKind.DEPARTMENT_RATING}:
        return
    told: _Told = {
        one.concept: (report, one)
        for report in of_kind(year, FormKind.REPORT)
        for one in overspent(report.record.sections)
    }
    if told:
        yield from _claims(form, told) if form.kind is FormKind.DEPARTMENT_SELF else _scores(form, told)


def _claims(form: Facts, told: _Told) -> Iterator[Finding]:
    """「公用经费不超出预算」 with full marks, and a report that says 159.86 %."""
    for at, (row, score) in enumerate(zip(form.record.indicators, form.assessment.scores, strict=True)):
        words = f"{row.name} {row.target}"
        if not score.weight or score.effective != score.weight or "预算" not in words or not _WITHIN.search(words):
            continue
        concept = next((one for one in _concepts_in(words) if one in told), "")
        if not concept:
            continue
        report, over = told[concept]
        yield finding(
            "cross-form",
            Place(row.name.strip() or row.level2.strip(), Binding(Block.INDICATORS, "actual", row=at)),
            title="报告里超了预算，这里得满分",
            message=f"这一项得了满分 {plain(score.weight)} 分；{_said(report, over)}。请核对完成值和得分。",
            figures=Figures(row.actual.strip(), percent(over.spent.value / over.planned.value)),
        )


def _scores(form: Facts, told: _Told) -> Iterator[Finding]:
    """A typed score of a rating whose rule, with the report's figures, gives another."""
    for at, (row, score) in enumerate(zip(form.record.indicators, form.assessment.scores, strict=True)):
        rules = rules_of(form.template, row)
        own = raw_texts(rules, form.record.values)
        if score.stated_value is None or not any(is_blank(text) for _, text in own):
            continue
        found = {key: _from_report(form.template, key, told) if is_blank(text) else None for key, text in own}
        used = next((pair for pair in found.values() if pair is not None), None)
        filled = tuple(
            (key, text if pair is None else pair[0]) for (key, text), pair in zip(own, found.values(), strict=True)
        )
        given = outcome_of(rules, filled)
        if used is None or given.points is None or agrees(row.score, given.points):
            continue
        if not can_give(rules, score.stated_value):
            continue  # said by score_vs_rule
        report, over = told[used[1]]
        yield finding(
            "score-vs-rule",
            Place(row.name.strip(), Binding(Block.INDICATORS, "score", row=at)),
            title=f"得分填 {plain(score.stated_value)}，按报告算得 {plain(given.points)}",
            message=f"{_said(report, over)}。按评分标准：{given.why}；得分填的是 {plain(score.stated_value)}。",
            figures=Figures(row.score.strip(), format_score(given.points)),
        )


def _from_report(template: Template, key: str, told: _Told) -> tuple[str, str] | None:
    """Return a raw figure as the report gives it, with its concept: 「公用经费预算数」 -> 341.62万元."""
    field = template.field(key)
    label = "" if field is None else field.label
    concept = next((one for one in _concepts_in(label) if one in told), "")
    if not concept:
        return None
    over = told[concept][1]
    if _SPENT.search(label):
        return f"{plain(over.spent.value)}万元", concept
    return (f"{plain(over.planned.value)}万元", concept) if _PLANNED.search(label) else None


def _concepts_in(words: str) -> Iterator[str]:
    return (name for name, pattern in CONCEPTS if pattern.search(words))


def _said(report: Facts, over: Overspent) -> str:
    share = percent(over.spent.value / over.planned.value)
    return (
        f"{quote(report.name)}写的是{over.concept}预算 {over.planned.shown}，实际 {over.spent.shown}，是预算的 {share}"
    )
