"""偏差原因与说明 (explanations): what was lost, far exceeded, adjusted or left unspent, and nobody says why.

A target's reason stands in its own 偏差原因 cell, on some forms (湖北) in one for all: the field ``deviation``. No form has a
cell for the budget's; it is looked for in the goals, the conclusion and the notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final

from perfdesk.amounts import plain
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.indicators.achievement import exceeded
from perfdesk.checks.money import fund_place
from perfdesk.checks.row import Row, is_explained, lost
from perfdesk.checks.wording import in_unit_of, percent
from perfdesk.model import Binding, Block, Finding, Record, ScoreMethod
from perfdesk.policy import Policy, Reach

_ADJUSTED: Final = re.compile(
    r"追加|追减|调增|调减|调剂|增拨|核减|年中|中途下达|(?:预算|资金)[^。；\n]{0,8}调整|调整[^。；\n]{0,8}(?:预算|资金)|上级下达"
)
_MONEY_MATTER: Final = re.compile(r"执行|支付|支出|资金|预算|经费|结余|结转")
_CAUSE: Final = re.compile(
    r"由于|原因|因[为]?|影响|尚未|未能|未支付|未执行|节约|结余|尾款|质保金|保证金|没有用完|未用完|剩余|结转|推迟|延期|待付"
)
_DEVIATION: Final = "deviation"
_NAMED: Final = 3
_SENTENCES: Final = re.compile(r"[。；;\n]")


def lost_points_unexplained(row: Row) -> Iterator[Finding]:
    """lost-points-unexplained: 得分 below 分值 and nothing in 偏差原因."""
    if "reason" not in row.columns:
        return
    points, effective = lost(row), row.score.effective
    if not points or effective is None or row.reading.explained:
        return
    how = f"算法：{row.score.explanation}。" if row.score.method is ScoreMethod.OVER else ""
    lost_ = f"失了 {plain(points)} 分（分值 {plain(row.weight or points)}，得分 {plain(effective)}）"
    yield finding(
        "lost-points-unexplained",
        row.place("reason", "score"),
        title=f"失了 {plain(points)} 分，没有写原因",
        message=f"{lost_}，没有写偏差原因。{how}",
        figures=Figures(plain(effective), plain(row.weight or points)),
    )


def over_achieved_unexplained(row: Row) -> Iterator[Finding]:
    """over-achieved-unexplained: 实际完成值 beyond the policy's limit (+30 %) and nothing in 偏差原因.

    Where the policy takes points off for it the blank 偏差原因 is told once, as lost-points-unexplained.
    """
    if "reason" not in row.columns or (row.score.method is ScoreMethod.OVER and lost(row)):
        return
    excess = None if row.reading.explained else exceeded(row, row.policy)
    if excess is None:
        return
    target, actual = (in_unit_of(one, row.target, row.actual) for one in (excess.target, excess.actual))
    if excess.share is None:
        title = "年度指标值是 0，完成得很多"
        message = f"年度指标值是 0，实际完成 {actual}，须说明原因。"
    else:
        title = f"超过年度指标值 {percent(excess.share)}，没有说明"
        sum_ = f"({actual} − {target}) ÷ {target} ＝ ＋{percent(excess.share)}"
        message = f"{sum_}，{_reached(row.policy)}须说明原因。"
    figures = Figures(row.indicator.actual.strip(), row.indicator.target.strip())
    yield finding(
        "over-achieved-unexplained", row.place("actual", "reason"), title=title, message=message, figures=figures
    )


def _reached(policy: Policy) -> str:
    """Say the limit as the policy means it: 「超过 30% 」 or, where the limit itself counts, 「达到 30% 」."""
    return f"{'达到' if policy.reach is Reach.FROM else '超过'} {plain(policy.over_limit)}% "


def deviation_unexplained(context: Context) -> Iterator[Finding]:
    """lost-points-unexplained, over-achieved-unexplained: a form with one 偏差原因 for all its targets, and nothing in it."""
    field = context.template.field(_DEVIATION)
    if field is None or "reason" in context.columns or is_explained(context.record.value(_DEVIATION)):
        return
    place = Place(field.label, Binding(Block.VALUES, _DEVIATION))
    losses = [(row, points) for row in context.rows if (points := lost(row))]
    if losses:
        total = plain(sum((points for _, points in losses), Decimal(0)))
        yield finding(
            "lost-points-unexplained",
            replace(place, also=tuple(row.bind("score") for row, _ in losses)),
            title=f"失了 {total} 分，没有写原因",
            message=f"{_named([row for row, _ in losses])}失了 {total} 分，没有写偏差原因。",
            figures=Figures(total),
        )
    excess = [row for row in context.rows if exceeded(row, context.policy) is not None]
    if excess:
        at = "达到" if context.policy.reach is Reach.FROM else ""
        yield finding(
            "over-achieved-unexplained",
            replace(place, also=tuple(row.bind("actual") for row in excess)),
            title=f"{len(excess)} 项超额很多，没有说明",
            message=f"{_named(excess)}的完成值超过指标值{at} {plain(context.policy.over_limit)}%，须说明原因。",
            figures=Figures(str(len(excess))),
        )


def _named(rows: list[Row]) -> str:
    """Name up to three rows and count the others: 甲、乙、丙等 5 项."""
    names = "、".join(row.where for row in rows[:_NAMED])
    return names if len(rows) <= _NAMED else f"{names}等 {len(rows)} 项"


def _texts(record: Record) -> Iterator[str]:
    """Yield every place where the budget may be explained."""
    yield from (text for key, text in record.values.items() if key != "title")
    for one in record.indicators:
        yield one.reason
        yield one.remark


def _change_is_explained(record: Record) -> bool:
    return any(_ADJUSTED.search(text) for text in _texts(record))


def _low_is_explained(record: Record) -> bool:
    sentences = (one for text in _texts(record) for one in _SENTENCES.split(text))
    return any(_MONEY_MATTER.search(one) and _CAUSE.search(one) for one in sentences)


def budget_change_unexplained(context: Context) -> Iterator[Finding]:
    """budget-change-unexplained: 年初 0 and 全年 above 0, or an adjustment beyond the policy's share, and no word about it."""
    initial, annual = context.funds.amount(0, "initial_budget"), context.funds.amount(0, "annual_budget")
    if initial is None or annual is None or initial < 0 or initial == annual:
        return
    share = (annual - initial) / initial if initial else None
    if share is not None and abs(share) * 100 <= context.policy.budget_change_share:
        return
    if _change_is_explained(context.record):
        return
    by = "" if share is None else f"，{'调增' if share > 0 else '调减'} {percent(abs(share))}"
    yield finding(
        "budget-change-unexplained",
        fund_place(context.funds, "annual_budget", "initial_budget"),
        title="全年预算调整没有说明",
        message=f"年初 {plain(initial)} → 全年 {plain(annual)} {context.funds.unit.value}{by}，调整额没有相应的说明。",
        figures=Figures(plain(annual), plain(initial)),
    )


def execution_low_unexplained(context: Context) -> Iterator[Finding]:
    """execution-low-unexplained: 执行率 under the policy's floor and no word about it."""
    rate, floor = context.assessment.execution_rate, context.policy.rate_floor
    if (
        rate is None
        or rate >= floor
        or not context.funds.amount(0, "annual_budget")
        or _low_is_explained(context.record)
    ):
        return
    yield finding(
        "execution-low-unexplained",
        fund_place(context.funds, "execution_rate", "executed"),
        title=f"执行率 {rate}%，没有说明",
        message=f"{context.assessment.rate_explanation}，低于 {plain(floor)}%，没有写原因。请在实际完成情况或自评结论中说明。",
        figures=Figures(f"{rate}%", f"{plain(floor)}%"),
    )
