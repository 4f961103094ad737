"""得分 (scores): sum, range, agreement with the target and with the band of a level. Explanations are in ``explanations``.

Sources: 财预〔2020〕10号 (待核) for the bands and the formula; the figures come from ``perfdesk.scoring``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from perfdesk.amounts import format_score, is_blank, parse_score, plain
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.indicators.achievement import exceeded
from perfdesk.checks.row import Row, lost
from perfdesk.checks.wording import adopt, quote
from perfdesk.model import Binding, Block, Finding, Fix, ScoreMethod
from perfdesk.policy import Band
from perfdesk.scoring import agrees, band_points
from perfdesk.targets import Kind, Level

_TOTAL = Binding(Block.STATED, "total_score")
_MISSED = frozenset({ScoreMethod.RATIO, ScoreMethod.REVERSE, ScoreMethod.RULE})


def _sum_is_off(context: Context) -> bool:
    stated = context.record.stated.get("total_score", "")
    known = all(row.score.effective is not None for row in context.weighted) and bool(context.weighted)
    return known and not is_blank(stated) and not agrees(stated, context.assessment.total)


def _follows_weights(context: Context) -> bool:
    """Tell whether the scores' sum is off by exactly what the weights' sum is off."""
    stated = parse_score(context.record.stated.get("total_score"))
    excess = context.assessment.weight_total - context.policy.total_weight
    return stated is not None and excess != 0 and context.assessment.total - stated == excess


def score_sum(context: Context) -> Iterator[Finding]:
    """score-sum: the printed 总分 is not Σ得分. Where it only follows from weight-sum it is told there."""
    if not _sum_is_off(context) or _follows_weights(context):
        return
    stated, total = context.record.stated["total_score"].strip(), format_score(context.assessment.total)
    budget = context.assessment.budget
    parts = "＋".join(plain(one) for one in (row.score.effective for row in context.weighted) if one is not None)
    rate = "" if budget is None or budget.effective is None else f" ＋ 执行率 {plain(budget.effective)}"
    cut = context.assessment.total_explanation
    yield finding(
        "score-sum",
        Place("总分", _TOTAL),
        title=f"总分填的不是 {plain(context.assessment.total)}",
        message=f"{parts}{rate} ＝ {plain(context.assessment.points)}，{cut + '，' if cut else ''}总分栏填的是{quote(stated)}。",
        figures=Figures(stated, total),
        fix=adopt(_TOTAL, total),
    )


def following_score_sum(context: Context) -> Iterator[Finding]:
    """score-sum as a consequence of weight-sum."""
    if not (_sum_is_off(context) and _follows_weights(context)):
        return
    stated, total = context.record.stated["total_score"].strip(), plain(context.assessment.total)
    yield finding(
        "score-sum",
        Place("总分", _TOTAL),
        title=f"得分合计 {total}，总分填 {stated}",
        message=f"得分合计 {total}，总分栏写 {stated}。上一条改正后自动重算。",
        figures=Figures(stated, total),
    )


def deduction_range(row: Row) -> Iterator[Finding]:
    """score-range: 扣减分数 is below 0, above 分值, or not a number."""
    text, value = row.indicator.deduction.strip(), parse_score(row.indicator.deduction)
    if is_blank(text) or row.weight is None:
        return
    if value is None:
        title, message = "扣减分数不是数", f"扣减分数填的是{quote(text)}，读不出分数，所以没有扣。"
    elif value < 0:
        title, message = (
            f"扣减分数 {plain(value)} 小于 0",
            f"扣减分数填的是 {plain(value)}，所以没有扣。要扣几分就写几分。",
        )
    elif value > row.weight:
        title = f"扣减分数 {plain(value)} 超过分值 {plain(row.weight)}"
        message = f"扣减分数 {plain(value)}，分值 {plain(row.weight)}。扣减分数不超过分值，扣完为止。"
    else:
        return
    yield finding("score-range", row.place("deduction"), title=title, message=message, figures=Figures(text))


def score_range(row: Row) -> Iterator[Finding]:
    """score-range: 得分 is below 0, above 分值, or not a number."""
    text = row.indicator.score.strip()
    value = row.score.stated_value
    if is_blank(text):
        return
    if value is None:
        title, message = "得分不是数", f"得分填的是{quote(text)}，读不出分数。"
    elif value < 0:
        title, message = f"得分 {plain(value)} 小于 0", f"得分填的是 {plain(value)}。得分在 0 与分值之间。"
    elif row.weight is not None and value > row.weight:
        title = f"得分 {plain(value)} 超过分值 {plain(row.weight)}"
        message = f"得分 {plain(value)}，分值 {plain(row.weight)}，多 {plain(value - row.weight)} 分。得分不超过分值。"
    else:
        return
    figures = Figures(text, _computed(row))
    yield finding(
        "score-range",
        row.place("score"),
        title=title,
        message=message,
        figures=figures,
        fix=_take_computed(row),
    )


def _computed(row: Row) -> str:
    return "" if row.score.computed is None else format_score(row.score.computed)


def _take_computed(row: Row) -> Fix | None:
    """采用算得的得分, unless that would lose points nobody has explained."""
    if row.score.computed is None or not row.keeps_points(replace(row.indicator, score="")):
        return None
    return adopt(row.bind("score"), format_score(row.score.computed))


def score_vs_actual(row: Row) -> Iterator[Finding]:
    """score-vs-actual: a typed 得分 is not what the policy's formula gives for target and actual.

    Points taken off for exceeding the target by far, with a reason, are in order (按偏离度适度调减分值), and so is any score in the
    band of a stated level.
    """
    computed, stated = row.score.computed, row.score.stated_value
    if (
        row.template.rules
        or computed is None
        or stated is None
        or row.weight is None
        or agrees(row.indicator.score, computed)
    ):
        return
    if not 0 <= stated <= row.weight or _in_its_band(row) or _is_taken_off(row):
        return
    if computed == row.weight:
        title = f"达到指标值，得分少 {plain(computed - stated)} 分"
    elif stated == row.weight and row.score.method in _MISSED:
        title = "没有达到指标值，得了满分"
    else:
        title = f"得分填 {plain(stated)}，算得 {plain(computed)}"
    yield finding(
        "score-vs-actual",
        row.place("score", "actual"),
        title=title,
        message=f"得分填 {plain(stated)}，分值 {plain(row.weight)}。算法：{row.score.explanation}。",
        figures=Figures(row.indicator.score.strip(), format_score(computed)),
        fix=_take_computed(row),
    )


def score_by_hand(row: Row) -> Iterator[Finding]:
    """target-not-scorable: far exceeded, so that the policy (浙江) leaves the 得分 to the clerk, and none was typed."""
    if row.score.method is ScoreMethod.MANUAL and row.score.stated_value is None:
        yield finding(
            "target-not-scorable",
            row.place("score", "actual"),
            title="超额较大，得分由填报人填",
            message=f"{row.score.explanation}。",
        )


def _is_taken_off(row: Row) -> bool:
    """Tell whether the target was exceeded beyond the policy's limit and the reason given for taking points off."""
    return row.reading.explained and bool(lost(row)) and exceeded(row, row.policy) is not None


def band_of(row: Row) -> Band | None:
    """Return the band of the level that the 实际完成值 states, ``None`` for quantities, wordings and standards that decide.

    「基本达成」 may stand in the highest band too: forms have 「全部或基本达成预期指标」 as its name (100–80%, 待核).
    """
    if row.score.method is ScoreMethod.RULE or row.target.is_quantity or row.target.kind in {Kind.RANGE, Kind.BLANK}:
        return None
    policy = row.policy
    if row.actual.level is Level.PARTLY and "基本" in row.actual.text:
        return Band(policy.partly.low, policy.achieved.high, policy.achieved.high_included)
    bands = {Level.ACHIEVED: policy.achieved, Level.PARTLY: policy.partly, Level.NOT: policy.missed}
    return bands.get(row.actual.level) if row.actual.level else None


def _is_within(row: Row, band: Band, stated: Decimal, weight: Decimal) -> bool:
    """Tell whether a score lies in a band; 扣减分数 were taken off after it, so they are given back, down to a score of 0."""
    (low, high), taken = band_points(band, weight), max(parse_score(row.indicator.deduction) or Decimal(0), Decimal(0))
    granted = stated + taken
    is_used_up = taken > 0 and stated == 0 and low <= granted
    return low <= granted < high or (band.high_included and granted == high) or is_used_up


def _in_its_band(row: Row) -> bool:
    band, stated = band_of(row), row.score.stated_value
    return band is not None and stated is not None and _is_within(row, band, stated, row.weight or Decimal(0))


def qualitative_band(row: Row) -> Iterator[Finding]:
    """qualitative-band: the 得分 of a stated level lies outside its band, for instance 部分达成 with full marks."""
    band, stated, weight = band_of(row), row.score.stated_value, row.weight
    if (
        band is None
        or stated is None
        or not weight
        or not 0 <= stated <= weight
        or _is_within(row, band, stated, weight)
    ):
        return
    low, high = (plain(one) for one in band_points(band, weight))
    limits = f"{plain(band.high)}%–{plain(band.low)}%，即 {high}–{low} 分"
    of = f"的得分区间是分值 {plain(weight)} 分的 {limits}"
    if band.fixed:
        of = f"得分值 {plain(weight)} 分的 {plain(band.low)}%，即 {low} 分"
    yield finding(
        "qualitative-band",
        row.place("score", "actual"),
        title=f"{row.actual.level}不能得 {plain(stated)} 分",
        message=f"{quote(row.actual.text)}{of}；得分填的是 {plain(stated)}。",
        figures=Figures(plain(stated), low if band.fixed else f"{low}–{high}"),
    )


def all_full_marks(context: Context) -> Iterator[Finding]:
    """all-full-marks: every row is full and the total is the highest possible."""
    rows, total = context.weighted, context.assessment.total
    if not context.finished or total != context.policy.total_weight or context.assessment.weight_total != total:
        return
    budget = context.assessment.budget
    full = all(row.score.effective == row.weight for row in rows)
    if full and (budget is None or budget.effective == budget.weight):
        yield finding(
            "all-full-marks",
            Place("总分", _TOTAL),
            title=f"各项全是满分，总分 {plain(total)}",
            message=f"{len(rows)} 项指标和预算执行率都得满分。请再看一遍是否属实，可不改。",
            figures=Figures(plain(total)),
        )
