"""算法 (formulas): the arithmetic of scores and rates, one function for each named rule of domain.md §2.

t is the 年度指标值, a the 实际完成值, w the 分值. Scores are points with two decimals, rounded half up once, at the end.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from perfdesk.amounts import cut_off, format_score, parse_percent, parse_score, round_half_up, same
from perfdesk.model import Indicator
from perfdesk.policy import Band, ReverseFormula, TypedScores
from perfdesk.targets import (
    Comparator,
    Family,
    Kind,
    Level,
    Value,
    counted_alike,
    family_of,
    says_nothing_happened,
    unit_in_name,
)
from perfdesk.targets.units import factor_of

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_REVERSE_SIGNS = frozenset({Comparator.LE, Comparator.LT})
_EVERY = re.compile(r"应(.)尽\1|全(?:面|部)?覆盖")
#: Names that count something nobody wants more of: 投诉率, 事故起数, 重新犯罪率.
_UNWANTED = re.compile(
    r"(?:投诉|事故|犯罪|脱管|漏管|差错|失误|错误|逾期|违规|违纪|不满意|越级上访)(?:发生|案件)?"
    r"(?:率|数|数量|次数|件数|起数|人数|人次)?(?:[（(][^（()）]*[)）])?$"
)


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


def rate_score(rate: Decimal, weight: Decimal, *, capped: bool = True) -> Decimal:
    """执行率得分 in points: weight × rate, not below 0, capped at the weight unless the policy says otherwise.

    98.46 % of 10 -> 9.85; 139.11 % of 10 -> 10.00, uncapped (an earlier version of a system, domain.md §2) 13.91.
    """
    points = max(rate * weight / _HUNDRED, _ZERO)
    return round_half_up(min(points, weight) if capped else points, 2)


def typed_score(text: str, how: TypedScores) -> Decimal | None:
    """手填得分: the points a typed score counts for, two decimals at most; ``None`` when blank or unreadable.

    9.855 rounded -> 9.86, cut off -> 9.85; 9.5 and 9 stay as they are.
    """
    value = parse_score(text)
    if value is None or int(value.as_tuple().exponent) >= -2:
        return value
    return round_half_up(value, 2) if how is TypedScores.ROUND else cut_off(value, 2)


def typed_points(text: str, how: TypedScores) -> tuple[Decimal | None, str]:
    """Return the points a typed score counts for, and what to say where these are others than the typed ones."""
    value, typed = typed_score(text, how), parse_score(text)
    if value is None or value == typed:
        return value, ""
    word = "四舍五入" if how is TypedScores.ROUND else "截去"
    return value, f"；填的 {text.strip()} 两位小数以后{word}，算 {format_score(value)} 分"


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
    if target.kind is Kind.COUNT and actual.kind is Kind.COUNT:
        return counted_alike(target, actual)
    if not target.unit or not actual.unit:
        return True
    return target.kind is actual.kind and target.family is actual.family


def is_reverse(target: Value, indicator: Indicator) -> bool:
    """反向指标: a sign says so, or a cost or a length of time stands without a sign (控制在此以内 is meant), or t is 0.

    「0起」 and 「=0起」 mean none at all (等于, t=0: a≤0 earns w, else 0; domain.md §2). A bare 10 under 成本指标 is a cost when
    the indicator's name gives a money unit: 「严格控制预算（万元）」. A bare 3% under 重新犯罪率 is a limit too.
    """
    if target.number == 0 and target.comparator in {Comparator.EQ, Comparator.NONE}:
        return True
    if target.comparator is not Comparator.NONE:
        return target.comparator in _REVERSE_SIGNS
    if target.kind is Kind.DURATION or (target.is_quantity and counts_unwanted(indicator.name)):
        return True
    money = target.kind is Kind.MONEY or (not target.unit and family_of(unit_in_name(indicator.name)) is Family.MONEY)
    return money and "成本" in indicator.level1 + indicator.level2


def counts_unwanted(name: str) -> bool:
    """Tell whether an indicator counts what nobody wants more of: 投诉率, 安全事故起数, 重新犯罪率; 投诉办结率 does not."""
    return _UNWANTED.search(name.strip()) is not None


def answered_by_rate(target: Value) -> bool:
    """Tell whether a wording asks for everything to be done, so that 100 % answers it: 应审尽审, 全覆盖, 各项工作按时完成."""
    return target.level is Level.ACHIEVED or (
        target.level is Level.WORDING and _EVERY.match(target.text.strip()) is not None
    )


def answered_by_nothing(target: Value, actual: Value, indicator: Indicator) -> bool:
    """Tell whether a count or rate that should stay low is answered in words: 0起 by 零投诉, ≤5% by 无投诉, 0件 by 未发生.

    A cost is not: 「无」 there says that nobody filled it in.
    """
    counted = target.kind in {Kind.COUNT, Kind.RATIO} and is_reverse(target, indicator)
    is_cost = "成本" in indicator.level1 + indicator.level2
    return counted and not is_cost and not actual.is_quantity and says_nothing_happened(actual)


def band_points(band: Band, weight: Decimal) -> tuple[Decimal, Decimal]:
    """The points a qualitative level may earn: 80–60（含）of 10 points -> 6.00 and 8.00 (8.00 itself belongs to the band above)."""
    return round_half_up(weight * band.low / _HUNDRED, 2), round_half_up(weight * band.high / _HUNDRED, 2)
