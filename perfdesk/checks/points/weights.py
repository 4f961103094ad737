"""分值 (weights): their sum, the groups', rows without one, rows with too much. Scores are in ``scores``; nothing is computed here.

Sources: the weights of 单位自评 (10/50/30/10, 「原则上」) are data of the policy; a printed group weight is the form's own promise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from perfdesk.amounts import is_blank, parse_score, plain
from perfdesk.checks.catalogue import Figures, Place, finding, mild
from perfdesk.checks.context import Context
from perfdesk.checks.indicators.groups import level1_missing, prints_group_weights
from perfdesk.checks.points.scores import following_score_sum
from perfdesk.checks.repairs import Change, repair, scale
from perfdesk.checks.row import Row
from perfdesk.checks.wording import add, adopt, difference, quote
from perfdesk.model import Binding, Block, Finding, Fix
from perfdesk.scoring import agrees, goals_of

_TOTAL = Binding(Block.STATED, "total_weight")
_ZERO = Decimal(0)


def _unfinished(rows: tuple[Row, ...]) -> bool:
    """Tell whether a row is still being typed: begun, and its 分值 blank."""
    return any(row.begun and row.weight is None for row in rows)


def _stated_sum(context: Context) -> str:
    return context.record.stated.get("total_weight", "").strip()


def _sum_is_told(context: Context) -> bool:
    """Tell whether the sum of 分值 is wrong, and not only because a row is still being typed."""
    total, wanted, stated = context.assessment.weight_total, context.policy.total_weight, _stated_sum(context)
    if not context.weighted or (total < wanted and _unfinished(context.rows)):
        return False
    return total != wanted or (bool(stated) and not agrees(stated, total))


def weight_sum(context: Context) -> Iterator[Finding]:
    """weight-sum: Σ分值 with the budget row's is not the policy's total (100), or the 总分 cell prints another sum."""
    total, wanted = context.assessment.weight_total, context.policy.total_weight
    stated = _stated_sum(context)
    if not _sum_is_told(context):
        return
    place, parts = _parts(context)
    budget = context.assessment.budget
    rate = "" if budget is None else f" ＋ 执行率 {plain(budget.weight or _ZERO)}"
    sum_ = f"{add(parts)}{rate} ＝ {plain(total)}"
    figures = Figures(stated or plain(wanted), plain(total))
    if total != wanted:
        yield finding(
            "weight-sum",
            place,
            title=f"分值合计 {plain(total)}，应为 {plain(wanted)}",
            message=f"{sum_}，比 {plain(wanted)} {difference(total, wanted)} 分。",
            figures=figures,
            fix=_share_out(context, wanted - (_ZERO if budget is None else budget.weight or _ZERO)),
            consequences=tuple(following_score_sum(context)),
        )
    else:
        yield finding(
            "weight-sum",
            Place("总分", _TOTAL),
            title=f"总分栏分值不是 {plain(total)}",
            message=f"{sum_}，总分栏填的是{quote(stated)}。",
            figures=figures,
            fix=adopt(_TOTAL, plain(total)),
        )


def _share_out(context: Context, wanted: Decimal) -> Fix | None:
    """Move a surplus out of the rows, where no label prints a sum of their 分值; a shortfall may be a row that is missing."""
    rows = context.weighted
    if (
        context.assessment.weight_total < context.policy.total_weight
        or context.template.weight_by_goal
        or prints_group_weights(context)
        or len(rows) < len(_scored(context))
    ):
        return None
    return _rescale(rows, wanted, *_total_cell(context))


def _total_cell(context: Context) -> tuple[Change, ...]:
    """Return the change of the 总分 cell, where it prints another sum than the right one."""
    stated, total = _stated_sum(context), context.policy.total_weight
    return () if not stated or agrees(stated, total) else (Change("总分", _TOTAL, stated, plain(total)),)


def _scored(context: Context) -> list[Row]:
    return [row for row in context.rows if row.begun]


def _rescale(rows: Sequence[Row], wanted: Decimal, *also: Change) -> Fix | None:
    """Share ``wanted`` points out in the ratio of the rows' 分值, and change ``also``; not where a 得分 was decided on by hand."""
    return None if any(map(_is_scored_by_hand, rows)) else _shared_out(tuple(map(_points_of, rows)), wanted, also)


@dataclass(frozen=True, slots=True, eq=False)  # made once per change of a name or 分值, cached by identity
class _Points:
    """What a row brings to the sharing out of points: what it is called, its place, its 分值 as typed and as read."""

    where: str
    index: int
    text: str
    weight: Decimal


def _points_of(row: Row) -> _Points:
    return _kept_points(row.where, row.index, row.indicator.weight, row.weight or _ZERO)


@lru_cache(maxsize=4096)
def _kept_points(where: str, index: int, text: str, weight: Decimal) -> _Points:
    return _Points(where, index, text, weight)


@lru_cache(maxsize=512)
def _shared_out(rows: tuple[_Points, ...], wanted: Decimal, also: tuple[Change, ...]) -> Fix | None:
    """Make the fix; kept, because most keystrokes change no 分值."""
    shares = scale([row.weight for row in rows], wanted)
    if shares is None:
        return None
    changes = [
        Change(row.where, Binding(Block.INDICATORS, "weight", row=row.index), row.text, plain(share))
        for row, share in zip(rows, shares, strict=True)
    ]
    return repair(f"各项按比例调到合计 {plain(wanted)}", (*changes, *also))


def _is_scored_by_hand(row: Row) -> bool:
    """Tell whether a 得分 was typed that is no copy of the computed one: such a copy follows the 分值, a decision does not."""
    stated = row.score.stated_value
    return stated is not None and stated != row.score.computed


def _parts(context: Context) -> tuple[Place, tuple[Decimal, ...]]:
    """Return what makes up the sum and where it is put right: the rows' 分值, or those of the 年度绩效目标 that the rows share."""
    if not context.template.weight_by_goal:
        return Place("总分", _TOTAL), tuple(row.weight or _ZERO for row in context.weighted)
    goals = tuple(goals_of(context.record.indicators))
    first, *others = (_goal_cell(goal) for goal in goals)
    shares = (context.rows[goal.start : goal.stop] for goal in goals)
    return Place("年度绩效目标", first, tuple(others)), tuple(
        sum((row.weight or _ZERO for row in rows), _ZERO) for rows in shares
    )


def _goal_cell(goal: range) -> Binding:
    return Binding(Block.INDICATORS, "goal", row=goal.start, count=len(goal))


def goal_points_missing(context: Context) -> Iterator[Finding]:
    """weight-missing: a 年度绩效目标 whose indicators are filled in has no 分值 for them to share."""
    if not context.template.weight_by_goal:
        return
    for goal in goals_of(context.record.indicators):
        rows = context.rows[goal.start : goal.stop]
        if not any(row.named and row.weight is None and row.indicator.actual.strip() for row in rows):
            continue
        text = next((one.indicator.goal_weight.strip() for one in rows if one.indicator.goal_weight.strip()), "")
        title, message = "没有填分值", "这个目标没有分值，它的指标算不出得分。请填目标的分值。"
        if text:
            title, message = "分值不是数", f"目标的分值填的是{quote(text)}，读不出分数。请填分值，如 40。"
        name = rows[0].indicator.goal.strip() or "年度绩效目标"
        yield finding(
            "weight-missing", Place(name, _goal_cell(goal)), title=title, message=message, figures=Figures(text)
        )


def weight_missing(context: Context) -> Iterator[Finding]:
    """weight-missing: an indicator without a readable 分值; a row just being typed is left alone.

    A form whose indicators all have none is told once: it was filled in before the points were given.
    """
    found = tuple(_without_points(context)) if "weight" in context.columns else ()
    if len(found) > 1 and all(is_blank(row.indicator.weight) for row in context.rows):
        cells = tuple(row.bind("weight") for row in context.rows if row.named)
        points = plain(context.policy.total_weight)
        message = f"{len(cells)} 项指标都没有填分值，算不出得分和总分。请填各项的分值，合计 {points} 分。"
        yield finding("weight-missing", Place("分值", cells[0], cells[1:]), title="都没有填分值", message=message)
    else:
        yield from found


def _without_points(context: Context) -> Iterator[Finding]:
    last = max((row.index for row in context.weighted), default=-1)
    complete = bool(context.record.stated.get("total_weight")) or (
        context.assessment.weight_total >= context.policy.total_weight
    )
    for row in context.rows:
        text = row.indicator.weight.strip()
        if row.weight is None and not is_blank(text):
            title, message = "分值不是数", f"分值填的是{quote(text)}，读不出分数。请填分值，如 10。"
        elif row.weight is not None and row.weight < 0:
            title, message = "分值小于 0", f"分值填的是{quote(text)}。分值应为 0 或更大的数。"
        elif row.weight is None and row.named and (row.indicator.actual.strip() or row.index < last or complete):
            title, message = "没有填分值", "有指标而没有分值，算不出得分。请填分值。"
        else:
            continue
        yield finding("weight-missing", row.place("weight"), title=title, message=message, figures=Figures(text))


def weight_group(context: Context) -> Iterator[Finding]:
    """weight-group: Σ分值 of a 一级指标 or 二级指标 is not the weight its label prints.

    Points are moved by one click only where the sum of all is told to be wrong too: a right one would be lost.
    """
    may_move = _sum_is_told(context)
    for key, rows in _groups(context):
        label, text = getattr(rows[0].indicator, key).strip(), getattr(rows[0].indicator, f"{key}_weight")
        if text:
            whole = Binding(Block.INDICATORS, key, row=rows[0].index, count=len(rows))
            found = _group_off(whole, label or "本组", text, tuple(row.weight for row in rows))
            fix = _fill_group(key, rows, parse_score(text) or _ZERO) if found and may_move else None
            yield from (one if fix is None else replace(one, fix=fix) for one in found)


def _fill_group(key: str, rows: tuple[Row, ...], wanted: Decimal) -> Fix | None:
    """Bring the rows of a group to the sum that its label prints; not where labels inside it print sums of their own."""
    if any(row.weight is None for row in rows):
        return None
    other = "level2_weight" if key == "level1" else "level1_weight"
    if any(getattr(row.indicator, other).strip() for row in rows):
        return None
    return _rescale(rows, wanted)


@lru_cache(maxsize=1024)
def _group_off(whole: Binding, label: str, text: str, given: tuple[Decimal | None, ...]) -> tuple[Finding, ...]:
    """Set the weights of the rows of a group against the one that its label prints; kept until one of these changes."""
    printed = parse_score(text)
    weights = [one for one in given if one is not None]
    total = sum(weights, _ZERO)
    if printed is None or not weights or total == printed or (total < printed and len(weights) < len(given)):
        return ()
    sum_ = f"{add(weights)} ＝ {plain(total)}，" if len(weights) > 1 else ""
    cells = tuple(Binding(Block.INDICATORS, "weight", row=whole.row + number) for number in range(len(given)))
    one = finding(
        "weight-group",
        Place(label, whole, cells),
        title=f"{label} {plain(total)} 分，应为 {plain(printed)}"[:18],
        message=f"{sum_}{label}印的是 {plain(printed)} 分，{difference(total, printed)} 分。",
        figures=Figures(plain(printed), plain(total)),
    )
    return (one,)


def _groups(context: Context) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """Yield the 一级 groups and, inside them, the 二级 groups, as they stand merged on the form."""
    for group in context.assessment.groups:
        rows = context.rows[group.first : group.first + group.count]
        yield "level1", rows
        for _, part in groupby(rows, key=lambda row: row.indicator.level2.strip()):
            yield "level2", tuple(part)


def weight_principle(context: Context) -> Iterator[Finding]:
    """weight-group, mild: the groups' weights differ from the policy's principle (原则上 50/30/10), and the form prints none.

    Only where the sum is right and the form has exactly the policy's groups: 「可适当调整」, so it asks for a reason, no more.
    """
    wanted = context.policy.group_weights
    groups = context.assessment.groups
    if context.assessment.weight_total != context.policy.total_weight:
        return
    if any(group.printed_weight is not None for group in groups) or any(level1_missing(context)):
        return
    found: dict[str, Decimal] = {}
    for group in groups:
        found[group.label.strip()] = found.get(group.label.strip(), _ZERO) + group.weight
    if found.keys() != wanted.keys():
        return
    off = [label for label in found if found[label] != wanted[label]]
    if not off:
        return
    first = next(group for group in groups if group.label.strip() == off[0])
    has = "、".join(f"{label} {plain(found[label])} 分" for label in off)
    principle = "/".join(plain(one) for one in wanted.values())
    yield mild(
        finding(
            "weight-group",
            Place(off[0], Binding(Block.INDICATORS, "level1", row=first.first, count=first.count)),
            title=f"一级指标分值不是 {principle}",
            message=f"{has}；原则上{'、'.join(f'{label} {plain(wanted[label])} 分' for label in off)}。有调整的请说明理由。",
            figures=Figures(has),
        )
    )


def row_too_heavy(row: Row) -> Iterator[Finding]:
    """row-too-heavy: one row carries more than the policy's share of the points."""
    weight = row.weight or _ZERO
    if weight > row.policy.heavy_row:
        yield finding(
            "row-too-heavy",
            row.place("weight" if "weight" in row.columns else "name"),
            title=f"一行占 {plain(weight)} 分",
            message=f"这一项占 {plain(weight)} 分，超过 {plain(row.policy.heavy_row)} 分。拆成两三项更便于打分，可不改。",
            figures=Figures(plain(weight)),
        )
