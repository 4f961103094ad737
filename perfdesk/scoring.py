"""评分 (scoring): template + record -> assessment, by the parameters of the template's policy.

One function for each named rule of domain.md §2; t is the 年度指标值, a the 实际完成值, w the 分值. Scores are points with two
decimals, rounded half up once, at the end. What the policy cannot score (a range, a wording whose level nobody stated) has no
computed score: the clerk types one. Nothing is judged here; that is ``perfdesk.checks``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perfdesk.amounts import (
    MoneyUnit,
    format_score,
    parse_amount,
    parse_percent,
    parse_score,
    plain,
    round_half_up,
    same,
)
from perfdesk.model import Assessment, Binding, Block, FundRow, GroupTotal, Indicator, Record, Score, ScoreMethod
from perfdesk.policy import Band, Policy, ReverseFormula
from perfdesk.targets import Comparator, Family, Kind, Level, Value, family_of, read, unit_in_name
from perfdesk.targets.units import factor_of
from perfdesk.template import Template

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_REVERSE_SIGNS = frozenset({Comparator.LE, Comparator.LT})
_FORWARD_SIGNS = frozenset({Comparator.GE, Comparator.GT})
_EVERY = re.compile(r"应(.)尽\1")


@lru_cache(maxsize=4096)
def agrees(text: str, computed: Decimal, *, rounding: bool = False) -> bool:
    """Tell whether a printed figure is the computed one, to two decimals.

    ``rounding`` allows a rate printed with fewer decimals: 98.5 and 98 agree with 98.46, 99 does not. A score is never rounded: a
    printed 9 does not agree with 9.63. Tolerance 0.01 (execution-rate in the catalogue of findings).
    """
    value = parse_percent(text) if text.strip().endswith(("%", "％")) else parse_score(text)
    if value is None:
        return False
    if value == computed or same(value, computed) or abs(value - computed) <= Decimal("0.01"):
        return True
    places = -int(value.as_tuple().exponent)
    return rounding and round_half_up(computed, min(places, 2)) == value


def execution_rate(annual: Decimal | None, executed: Decimal | None) -> Decimal | None:
    """执行率 in %, two decimals: 全年执行数 ÷ 全年预算数, the ratio kept to four decimals ([系统], domain.md §2).

    29539 ÷ 30000 -> 98.46. A budget of 0 gives 0; a blank figure gives ``None``.
    """
    if annual is None or executed is None:
        return None
    if annual == 0:
        return Decimal("0.00")
    return round_half_up(executed / annual * _HUNDRED, 2)


def rate_score(rate: Decimal, weight: Decimal) -> Decimal:
    """执行率得分 in points: weight × rate, capped at the weight, not below 0. 98.46 % of 10 -> 9.85; 139.11 % of 10 -> 10.00."""
    return round_half_up(min(max(rate * weight / _HUNDRED, _ZERO), weight), 2)


def forward_score(target: Decimal, actual: Decimal, weight: Decimal) -> Decimal:
    """正向指标 (≥, >, =, no sign): a ≥ t earns w, else a/t·w; a below 0 counts as 0. 50 of 70 with 7 points -> 5.00."""
    actual = max(actual, _ZERO)
    if actual >= target or target <= 0:
        return round_half_up(weight if actual >= target else _ZERO, 2)
    return round_half_up(actual / target * weight, 2)


def reverse_score(target: Decimal, actual: Decimal, weight: Decimal, formula: ReverseFormula) -> Decimal:
    """反向指标 (≤, <): a ≤ t earns w; beyond it formula A gives (1 − (a − t)/t)·w down to 0 at 2t, formula B t/a·w.

    t = 10, a = 12, w = 10: A -> 8.00, B -> 8.33. With t = 0 anything above earns 0.
    """
    actual = max(actual, _ZERO)
    if actual <= target:
        return round_half_up(weight, 2)
    if target <= 0:
        return Decimal("0.00")
    share = 1 - (actual - target) / target if formula is ReverseFormula.A else target / actual
    return round_half_up(max(share, _ZERO) * weight, 2)


def magnitude(value: Value, other: Value) -> Decimal:
    """Return the number of a value in its family's base unit; a bare number is taken in the unit of the ``other`` value.

    Money is in 元 and ratios in % already; 3周 are minutes. A bare ``10`` beside ``≤10万元`` means 100000 元.
    """
    number = value.number or _ZERO
    if value.unit:
        return number if value.kind in {Kind.MONEY, Kind.RATIO} else number * factor_of(value.unit)
    return number * factor_of(other.unit) if other.unit else number


def comparable(target: Value, actual: Value) -> bool:
    """Tell whether the two can be computed with: two counts, or one kind and family, or one of them a bare number."""
    if not (target.is_quantity and actual.is_quantity):
        return False
    if not target.unit or not actual.unit:
        return True
    if target.kind is Kind.COUNT and actual.kind is Kind.COUNT:
        return True
    return target.kind is actual.kind and target.family is actual.family


def is_reverse(target: Value, indicator: Indicator) -> bool:
    """反向指标: a sign says so, or a cost or a length of time stands without a sign (控制在此以内 is meant), or t is 0.

    「0起」 and 「=0起」 mean none at all (等于, t=0: a≤0 earns w, else 0; domain.md §2). A bare 10 under 成本指标 is a cost when
    the indicator's name gives a money unit: 「严格控制预算（万元）」.
    """
    if target.number == 0 and target.comparator in {Comparator.EQ, Comparator.NONE}:
        return True
    if target.comparator is not Comparator.NONE:
        return target.comparator in _REVERSE_SIGNS
    if target.kind is Kind.DURATION:
        return True
    money = target.kind is Kind.MONEY or (not target.unit and family_of(unit_in_name(indicator.name)) is Family.MONEY)
    return money and "成本" in indicator.level1 + indicator.level2


def answered_by_rate(target: Value) -> bool:
    """Tell whether a wording asks for everything to be done, so that 100 % answers it: 应审尽审, 各项工作按时完成."""
    return target.level is Level.ACHIEVED or (
        target.level is Level.WORDING and _EVERY.match(target.text.strip()) is not None
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """One indicator, read."""

    indicator: Indicator
    weight: Decimal
    target: Value
    actual: Value
    policy: Policy

    def score(self) -> tuple[Decimal | None, ScoreMethod, str]:
        """Return computed points, method and 计分说明."""
        if self.actual.kind is Kind.BLANK:
            return None, ScoreMethod.BLANK, "还没有填实际完成值"
        if self.target.kind is Kind.BLANK:
            return None, ScoreMethod.UNSCORABLE, "还没有填年度指标值，算不出得分"
        if comparable(self.target, self.actual):
            return self._quantity()
        if self.target.kind is Kind.DATE:
            return self._date()
        if self.target.kind is Kind.RANGE or self.target.is_quantity:
            return self._not_comparable()
        return self._level()

    def _quantity(self) -> tuple[Decimal, ScoreMethod, str]:
        target, actual = magnitude(self.target, self.actual), max(magnitude(self.actual, self.target), _ZERO)
        shown_t, shown_a = self.target.text.strip(), self.actual.text.strip()
        if is_reverse(self.target, self.indicator):
            points = reverse_score(target, actual, self.weight, self.policy.reverse)
            if actual <= target:
                return points, ScoreMethod.MET, f"{shown_a} 没有超过 {_bare(shown_t)}，记满分 {format_score(points)} 分"
            over = f"，超出 {_percent((actual - target) / target)}" if target > 0 else ""
            return (
                points,
                ScoreMethod.REVERSE,
                f"{shown_a} 超过 {_bare(shown_t)}{over}，记 {format_score(points)} 分",
            )
        points = forward_score(target, actual, self.weight)
        if actual >= target:
            return points, ScoreMethod.MET, self._met(target, actual, points)
        ratio = _percent(actual / target) if target > 0 else "0%"
        sum_ = f"{shown_a} ÷ {_bare(shown_t)} ＝ {ratio}"
        return points, ScoreMethod.RATIO, f"{sum_}，{plain(self.weight)} × {ratio} ＝ {format_score(points)} 分"

    def _met(self, target: Decimal, actual: Decimal, points: Decimal) -> str:
        shown_t, shown_a = _bare(self.target.text.strip()), self.actual.text.strip()
        if actual > target > 0 and self.target.kind is not Kind.RATIO:
            ratio = _percent(actual / target)
            return f"{_bare(shown_a)} ÷ {shown_t} ＝ {ratio}，得分不超过分值，记 {format_score(points)} 分"
        return f"{_bare(shown_a)} ≥ {shown_t}，达到年度指标值，记满分 {format_score(points)} 分"

    def _date(self) -> tuple[Decimal | None, ScoreMethod, str]:
        limit, done = self.target.date, self.actual.date
        if self.actual.kind is Kind.DATE and limit and done and self.target.comparator not in _FORWARD_SIGNS:
            if done <= limit:
                return self._full(f"{self.actual.text.strip()} 没有晚于 {self.target.text.strip()}", ScoreMethod.MET)
            late = f"{self.actual.text.strip()} 晚于 {self.target.text.strip()}"
            return None, ScoreMethod.UNSCORABLE, f"{late}，请按完成程度填得分"
        if self.actual.kind is Kind.DATE and self._same_text():
            return self._full("写的与期限相同", ScoreMethod.MET)
        if self.actual.kind is Kind.LEVEL:
            return self._level()
        return self._not_comparable()

    def _level(self) -> tuple[Decimal | None, ScoreMethod, str]:
        if self._same_text():
            return self._full("与年度指标值一致", ScoreMethod.LEVEL)
        if self.actual.level is Level.ACHIEVED:
            return self._full("达成年度指标", ScoreMethod.LEVEL)
        if answered_by_rate(self.target) and self.actual.kind is Kind.RATIO and self.actual.number == _HUNDRED:
            return self._full("完成率 100%", ScoreMethod.LEVEL)
        band = {Level.PARTLY: self.policy.partly, Level.NOT: self.policy.missed}.get(self.actual.level or Level.WORDING)
        if band is None:
            return None, ScoreMethod.UNSCORABLE, "定性指标写不出算式：请写达成、部分达成或未达成，或直接填得分"
        low, high = band_points(band, self.weight)
        return (
            None,
            ScoreMethod.LEVEL,
            f"{self.actual.text.strip()}：得分在 {format_score(low)} 与 {format_score(high)} 之间，请直接填",
        )

    def _full(self, why: str, method: ScoreMethod) -> tuple[Decimal, ScoreMethod, str]:
        points = round_half_up(self.weight, 2)
        return points, method, f"{why}，记满分 {format_score(points)} 分"

    def _not_comparable(self) -> tuple[None, ScoreMethod, str]:
        sides = f"“{self.actual.text.strip()}”与“{self.target.text.strip()}”不能相比"
        return None, ScoreMethod.UNSCORABLE, f"{sides}，请直接填得分"

    def _same_text(self) -> bool:
        return "".join(self.target.text.split()) == "".join(self.actual.text.split())


def band_points(band: Band, weight: Decimal) -> tuple[Decimal, Decimal]:
    """The points a qualitative level may earn: 80–60（含）of 10 points -> 6.00 and 8.00 (8.00 itself belongs to the band above)."""
    return round_half_up(weight * band.low / _HUNDRED, 2), round_half_up(weight * band.high / _HUNDRED, 2)


def _bare(text: str) -> str:
    """Drop a leading comparator for the arithmetic line: ``≥70件`` -> ``70件``."""
    return text.lstrip("≥≤≧≦＞＜><=＝ ") or text


def _percent(ratio: Decimal) -> str:
    return f"{plain(round_half_up(ratio * _HUNDRED, 2))}%"


@lru_cache(maxsize=4096)
def score_indicator(indicator: Indicator, *, row: int, year: int, policy: Policy) -> Score:
    """评分 of one indicator row: computed points, method and 计分说明, beside what the form states. Never raises."""
    weight = parse_score(indicator.weight)
    if weight is None:
        points, method, why = None, ScoreMethod.BLANK, "还没有填分值"
    else:
        target, actual = read(indicator.target, year=year), read(indicator.actual, year=year)
        points, method, why = _Row(indicator, weight, target, actual, policy).score()
    binding = Binding(Block.INDICATORS, "score", row=row)
    stated = parse_score(indicator.score)
    return Score(binding, indicator.name, weight, points, indicator.score, stated, method, why)


def budget_weight(total: FundRow | None, policy: Policy) -> Decimal:
    """分值 of the budget row: what the form states, else the policy's (10; Hubei forms state 20)."""
    stated = parse_score(total.weight) if total else None
    return policy.budget_weight if stated is None else stated


@lru_cache(maxsize=1024)
def score_budget(total: FundRow, unit: MoneyUnit, policy: Policy) -> tuple[Score, Decimal | None, str]:
    """Score the budget row; return it with 执行率 (rate) in % and its arithmetic. Never raises."""
    annual, executed = parse_amount(total.annual_budget, unit), parse_amount(total.executed, unit)
    rate, weight = execution_rate(annual, executed), budget_weight(total, policy)
    points = None if rate is None else rate_score(rate, weight)
    if rate is None or points is None or annual is None or executed is None:
        how = why = "还没有填全年预算数和全年执行数"
    else:
        how = f"{plain(executed)} ÷ {plain(annual)} ＝ {rate}%" if annual else "全年预算数为 0，执行率记 0"
        cap = "，不超过分值" if rate > _HUNDRED else ""
        why = f"{how}，{plain(weight)} × {rate}%{cap}，记 {format_score(points)} 分"
    binding = Binding(Block.FUNDS, "score", row=0)
    method = ScoreMethod.BLANK if points is None else ScoreMethod.RATE
    score = Score(binding, total.label, weight, points, total.score, parse_score(total.score), method, why)
    return score, rate, how


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
    total = (record.funds[0] if record.funds else FundRow("")) if template.has_budget_score else None
    return _assess(template.policy, record.year, record.unit, total, record.indicators)


@lru_cache(maxsize=128)
def _assess(
    policy: Policy, year: int, unit: MoneyUnit, fund: FundRow | None, indicators: tuple[Indicator, ...]
) -> Assessment:
    """Compute an assessment from all it depends on; kept, because an edit asks for the one before and the one after it twice."""
    budget, rate, how = (None, None, "") if fund is None else score_budget(fund, unit, policy)
    scores = tuple(score_indicator(one, row=row, year=year, policy=policy) for row, one in enumerate(indicators))
    rows = scores if budget is None else (budget, *scores)
    weights = sum((one.weight or _ZERO for one in rows), _ZERO)
    total = sum((one.effective or _ZERO for one in rows), _ZERO)
    complete = bool(scores) and all(one.effective is not None for one in rows) and weights == policy.total_weight
    return Assessment(
        execution_rate=rate,
        rate_explanation=how,
        budget=budget,
        scores=scores,
        groups=tuple(groups(indicators, scores)) if indicators else (),
        weight_total=weights,
        total=total,
        grade=policy.grade(total) if complete else None,
    )
