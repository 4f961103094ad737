"""整表评分 (assessing): the budget row, the groups, the total and the grade of a record. Nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from perfdesk.amounts import MoneyUnit, format_score, parse_amount, parse_score, plain
from perfdesk.model import Assessment, Binding, Block, FundRow, GroupTotal, Indicator, Record, Score, ScoreMethod
from perfdesk.policy import Policy
from perfdesk.scoring.formulas import execution_rate, rate_score, typed_points
from perfdesk.scoring.goals import share_weights
from perfdesk.scoring.rating import rules_of, score_item
from perfdesk.scoring.rows import score_indicator
from perfdesk.template import TERMS, Template

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


def budget_weight(total: FundRow | None, policy: Policy) -> Decimal:
    """分值 of the budget row: what the form states, else the policy's (10; Hubei forms state 20)."""
    stated = parse_score(total.weight) if total else None
    return policy.budget_weight if stated is None else stated


@lru_cache(maxsize=1024)
def score_budget(total: FundRow, unit: MoneyUnit, policy: Policy) -> tuple[Score, Decimal | None, str]:
    """Score the budget row; return it with 执行率 (rate) in % and its arithmetic. Never raises."""
    annual, executed = parse_amount(total.annual_budget, unit), parse_amount(total.executed, unit)
    rate, weight = execution_rate(annual, executed), budget_weight(total, policy)
    points = None if rate is None else rate_score(rate, weight, capped=policy.rate_capped)
    if rate is None or points is None or annual is None or executed is None:
        how = why = "还没有填全年预算数和全年执行数"
    else:
        how = f"{plain(executed)} ÷ {plain(annual)} ＝ {rate}%" if annual else "全年预算数为 0，执行率记 0"
        cap = "，不超过分值" if rate > _HUNDRED and policy.rate_capped else ""
        why = f"{how}，{plain(weight)} × {rate}%{cap}，记 {format_score(points)} 分"
    binding = Binding(Block.FUNDS, "score", row=0)
    method = ScoreMethod.BLANK if points is None else ScoreMethod.RATE
    stated, note = typed_points(total.score, policy.typed)
    score = Score(binding, total.label, weight, points, total.score, stated, method, why + note)
    return score, rate, how


def rate_of(template: Template, fund: FundRow, unit: MoneyUnit) -> tuple[Decimal | None, str]:
    """执行率 in % of a form without a scored budget row, by the two columns its template names, with its arithmetic.

    监控表: 1—N月执行率 ＝ 1—N月执行数 ÷ 年初预算数. ``None`` while one of them is blank.
    """
    over, under = template.rate_of
    done, whole = (parse_amount(getattr(fund, key), unit) for key in (over, under))
    rate = execution_rate(whole, done)
    if rate is None or done is None or whole is None:
        return None, f"还没有填{TERMS[under]}和{TERMS[over]}"
    return rate, f"{plain(done)} ÷ {plain(whole)} ＝ {rate}%" if whole else f"{TERMS[under]}为 0，执行率记 0"


def _same_group(indicators: tuple[Indicator, ...], start: int, index: int) -> bool:
    label = indicators[index].level1.strip()
    return label in {"", indicators[start].level1.strip()}


def groups(indicators: tuple[Indicator, ...], scores: tuple[Score, ...]) -> Iterator[GroupTotal]:
    """Yield the 一级指标 with their sums; a row without a 一级指标 reads as part of the group above, as it does on paper."""
    start = 0
    for index in range(1, len(indicators) + 1):
        if index < len(indicators) and _same_group(indicators, start, index):
            continue
        part = scores[start:index]
        yield GroupTotal(
            label=indicators[start].level1,
            first=start,
            count=index - start,
            printed_weight=parse_score(indicators[start].level1_weight),
            weight=sum((one.weight or _ZERO for one in part), _ZERO),
            score=sum((one.effective or _ZERO for one in part), _ZERO),
        )
        start = index


def assess(template: Template, record: Record) -> Assessment:
    """评分: compute every score, the subtotals, the total and the grade of a record. Pure; never raises on what was typed."""
    fund = record.funds[0] if record.funds else FundRow("")
    raws = tuple(record.values.get(key, "") for key in _raw_keys(template))
    return _assess(template, record.year, record.unit, (fund, record.indicators), raws)


@lru_cache(maxsize=64)
def _raw_keys(template: Template) -> tuple[str, ...]:
    return tuple(one.key for one in template.fields if one.raw)


@lru_cache(maxsize=128)
def _assess(
    template: Template, year: int, unit: MoneyUnit, form: tuple[FundRow, tuple[Indicator, ...]], raws: tuple[str, ...]
) -> Assessment:
    """Compute an assessment from all it depends on; kept, because an edit asks for the one before and the one after it twice."""
    (fund, indicators), policy = form, template.policy
    if template.has_budget_score:
        budget, rate, how = score_budget(fund, unit, policy)
        rows: tuple[Score, ...] = (budget,)
    else:
        (rate, how), budget, rows = rate_of(template, fund, unit), None, ()
    scores = _scores(template, year, indicators, dict(zip(_raw_keys(template), raws, strict=True)))
    rows = (*rows, *scores)
    weights = sum((one.weight or _ZERO for one in rows), _ZERO)
    points = sum((one.effective or _ZERO for one in rows), _ZERO)
    total, cut = _under_ceiling(points, rate, policy) if template.is_scored and not template.rules else (points, "")
    complete = bool(scores) and all(one.effective is not None for one in rows) and weights == policy.total_weight
    return Assessment(
        execution_rate=rate,
        rate_explanation=how,
        budget=budget,
        scores=scores,
        groups=tuple(groups(indicators, scores)) if indicators else (),
        weight_total=weights,
        points=points,
        total=total,
        total_explanation=cut,
        grade=policy.grade(total) if complete else None,
    )


def _under_ceiling(points: Decimal, rate: Decimal | None, policy: Policy) -> tuple[Decimal, str]:
    """总分封顶: cut what lies above the ceiling of the execution rate, and say so; blank where nothing is cut.

    95.3 points at 75 % under 「80 % 89」 -> 89, 「得分合计 95.3，执行率 75.00% 低于 80%，总分至多 89，减去 6.3 分」.
    """
    ceiling = policy.ceiling(rate)
    if ceiling is None or points <= ceiling.most:
        return points, ""
    most, excess = plain(ceiling.most), plain(points - ceiling.most)
    why = f"执行率 {rate}% 低于 {plain(ceiling.below)}%，总分至多 {most}，减去 {excess} 分"
    return ceiling.most, f"得分合计 {plain(points)}，{why}"


def _scores(
    template: Template, year: int, indicators: tuple[Indicator, ...], values: Mapping[str, str]
) -> tuple[Score, ...]:
    """Score the rows: by their rules on a rating, not at all on a form without scores, else by the policy."""
    if template.rules:
        return tuple(
            score_item(one, row=row, rules=rules_of(template, one), values=values, policy=template.policy)
            for row, one in enumerate(indicators)
        )
    if not template.is_scored:
        return tuple(_unscored(one, row) for row, one in enumerate(indicators))
    weighted = share_weights(indicators) if template.weight_by_goal else indicators
    return tuple(score_indicator(one, row=row, year=year, policy=template.policy) for row, one in enumerate(weighted))


def _unscored(indicator: Indicator, row: int) -> Score:
    binding = Binding(Block.INDICATORS, "score", row=row)
    return Score(binding, indicator.name, None, None, "", None, ScoreMethod.BLANK, "")
