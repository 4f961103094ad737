"""评分表 (rating): scores against the rules of their items, flaws of the printed rules, the grade box.

A rule is judged by what it can give at all, and by what it gives for the raw figures where they are filled in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from perfdesk.amounts import format_score, plain
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.row import Row
from perfdesk.checks.wording import adopt, put, quote
from perfdesk.model import Binding, Block, Finding
from perfdesk.rules import Outcome, can_give, rule_flaws, spans
from perfdesk.scoring import agrees, outcome_of, raw_texts, rules_of
from perfdesk.template import GRADE_KEY, Template

_GRADE: Final = Binding(Block.STATED, GRADE_KEY)
_GRADE_PLACE: Final = Place("评价结果", _GRADE)
_BANDS: Final = "grade_bands"
_NOTHING: Final = Outcome(None, "")


def score_vs_rule(context: Context) -> Iterator[Finding]:
    """score-vs-rule: a typed 得分 is not what the item's rule gives for the raw figures, or one that it can never give.

    「得分=达标率×4，≤95%的扣4分」 gives 0 or 3.8–4, never 3.
    """
    for row in context.rows:
        stated, weight = row.score.stated_value, row.weight
        if stated is None or weight is None or not 0 <= stated <= weight:
            continue  # score-range says it
        rules = rules_of(context.template, row.indicator)
        given = outcome_of(rules, raw_texts(rules, context.record.values)) if rules else _NOTHING
        if given.points is None:
            if rules and not can_give(rules, stated):
                yield _never_given(row, plain(stated), plain(weight), spans(rules))
        elif not any(agrees(row.indicator.score, one) for one in (given.points, *given.also)):
            yield _other_score(row, plain(stated), format_score(given.points), given.why)


def _never_given(row: Row, stated: str, weight: str, possible: str) -> Finding:
    return finding(
        "score-vs-rule",
        row.place("score", "scoring_rule"),
        title=f"评分标准给不出 {stated} 分",
        message=f"得分填 {stated}，分值 {weight}；按评分标准，得分只能是 {possible}。请在评分数据里填原始数。",
        figures=Figures(row.indicator.score.strip(), possible),
    )


def _other_score(row: Row, stated: str, computed: str, why: str) -> Finding:
    return finding(
        "score-vs-rule",
        row.place("score", "scoring_rule"),
        title=f"得分填 {stated}，算得 {computed}",
        message=f"得分填 {stated}。按评分标准：{why}。",
        figures=Figures(row.indicator.score.strip(), computed),
        fix=adopt(row.bind("score"), computed),
    )


def rule_flaw(context: Context) -> Iterator[Finding]:
    """rule-flaw: the printed rule of an item has tiers that overlap or cost nothing, or points nobody can win or lose."""
    for row in context.rows:
        flaws = rule_flaws(rules_of(context.template, row.indicator), row.weight)
        if flaws:
            yield finding(
                "rule-flaw",
                row.place("scoring_rule"),
                title="评分标准本身有缺陷",
                message=f"{'；'.join(one.words for one in flaws)}。这是表样的问题，可不改，建议告诉财政局。",
            )


def grade_flaw(context: Context) -> Iterator[Finding]:
    """rule-flaw: the printed bands of the grades leave totals without one: 89.5 lies between 80–89 and 90–100."""
    gaps = context.policy.grade_gaps
    if not gaps or not prints_grade(context.template):
        return
    between = "、".join(f"{plain(low)} 与 {plain(high)} 之间" for low, high in reversed(gaps))
    low, high = gaps[0]
    yield finding(
        "rule-flaw",
        _GRADE_PLACE,
        title="等级的区间有空档",
        message=f"{between}没有等级，如 {plain((low + high) / 2)} 分。这是表样的问题，可不改，建议告诉财政局。",
    )


@lru_cache(maxsize=64)
def prints_grade(template: Template) -> bool:
    """Tell whether a form prints boxes for the grade."""
    return any(slot.key == GRADE_KEY for block in template.blocks for slot in block.slots)


def grade_not_ticked(context: Context) -> Iterator[Finding]:
    """grade-not-ticked: another box is ticked than that of the total, none on an imported form, or there is none for the total."""
    if not prints_grade(context.template) or not context.finished:
        return
    stated, right = context.record.stated.get(GRADE_KEY, "").strip(), context.assessment.grade
    total = plain(context.assessment.total)
    if right is None:
        if not stated and 0 <= context.assessment.total <= context.policy.total_weight:
            message = f"总分 {total} 不在任何一个等级的区间里，没有勾。请与财政局商定后自己勾选。"
            yield finding("grade-not-ticked", _GRADE_PLACE, title=f"{total} 分没有等级", message=message)
    elif stated and stated != right:
        message = f"总分 {total} 属于{right}，评价结果勾的是{quote(stated)}。"
        figures, fix = Figures(stated, right), adopt(_GRADE, right)
        title = f"等级应勾{right}"
        yield finding("grade-not-ticked", _GRADE_PLACE, title=title, message=message, figures=figures, fix=fix)
    elif not stated and _BANDS in _kept(context.record.extra):
        message = f"导入的表一个等级都没有勾；总分 {total} 属于{right}，打印时会勾上。"
        fix = put(f"勾{right}", _GRADE, right)
        yield finding("grade-not-ticked", _GRADE_PLACE, title="评价结果没有勾", message=message, fix=fix)


@lru_cache(maxsize=64)
def _kept(extra: str) -> frozenset[str]:
    """Return the keys of what an imported file held beyond the form."""
    return frozenset(json.loads(extra)) if extra else frozenset()
