"""指标行 (rows): the score of one indicator by its target, its actual and the policy, with the 计分说明.

What the policy cannot score (a range, a wording whose level nobody stated) has no computed score: the clerk types one. A
评(扣)分标准 that was carried over from the goal table decides first where it is recognised (``standards``); 扣减分数 come off last.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from perfdesk.amounts import format_score, parse_score, plain, round_half_up
from perfdesk.model import Binding, Block, Indicator, Score, ScoreMethod
from perfdesk.policy import Band, CostRule, OverRule, Policy, Reach, ReverseFormula
from perfdesk.scoring.excess import Excess, excess_of
from perfdesk.scoring.formulas import (
    answered_by_nothing,
    answered_by_rate,
    band_points,
    comparable,
    forward_score,
    is_reverse,
    magnitude,
    reverse_score,
    typed_points,
)
from perfdesk.targets import Comparator, Kind, Level, Standard, StandardKind, Value, numbers_in, read, read_standard

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)
_NOTHING = Decimal("0.00")
_AMONG = re.compile(r"其中|包括|含")
_FORWARD_SIGNS = frozenset({Comparator.GE, Comparator.GT})


_Outcome = tuple[Decimal | None, ScoreMethod, str]


@dataclass(frozen=True, slots=True)
class _Row:
    """One indicator, read."""

    indicator: Indicator
    weight: Decimal
    target: Value
    actual: Value
    policy: Policy

    def score(self) -> _Outcome:
        """Return computed points, method and 计分说明: by the standard of the goal table where it decides, else by the policy."""
        outcome = self._by_policy()
        standard = read_standard(self.indicator.scoring_rule) if self.indicator.scoring_rule else None
        return outcome if standard is None else self._by_standard(standard, outcome)

    def _by_standard(self, standard: Standard, outcome: _Outcome) -> _Outcome:
        """Score what was missed as the sentence says; what was met earns the same either way.

        「否则不得分」 gives 0.00; 「部分达到得80%」 gives 8.00 of 10 for 部分达成 and 0.00 for 未达成.
        """
        done = self.actual.text.strip()
        if standard.kind is StandardKind.LEVELS and self._level_missed is Level.PARTLY:
            points = round_half_up(self.weight * standard.partly / _HUNDRED, 2)
            sum_ = f"{plain(self.weight)} × {plain(standard.partly)}% ＝ {points} 分"
            return points, ScoreMethod.RULE, f"{done}，按评分标准得 {plain(standard.partly)}%，{sum_}"
        all_or_nothing = standard.kind is StandardKind.ALL_OR_NOTHING and self._is_missed(outcome)
        if all_or_nothing or (standard.kind is StandardKind.LEVELS and self._level_missed is Level.NOT):
            why = f"{done}，没有达到 {self.target.text.strip()}，按评分标准不得分，记 0.00 分"
            return _NOTHING, ScoreMethod.RULE, why
        return outcome

    @property
    def _level_missed(self) -> Level | None:
        """部分达成 or 未达成, where the target is no number."""
        stated = None if self.target.is_quantity else self.actual.level
        return stated if stated in {Level.PARTLY, Level.NOT} else None

    def _is_missed(self, outcome: _Outcome) -> bool:
        late = self.target.date and self.actual.date and self.actual.date > self.target.date
        is_late = bool(late) and outcome[0] is None
        return is_late or self._level_missed is not None or outcome[1] in {ScoreMethod.RATIO, ScoreMethod.REVERSE}

    def _by_policy(self) -> _Outcome:
        if answered_by_nothing(self.target, self.actual, self.indicator):
            shown = f"{self.actual.text.strip()}，按 0 算，没有超过 {_bare(self.target.text.strip())}"
            return self._full(shown, ScoreMethod.MET)
        if self.actual.kind is Kind.BLANK:
            return None, ScoreMethod.BLANK, "还没有填实际完成值"
        if self.target.kind is Kind.BLANK:
            return None, ScoreMethod.UNSCORABLE, "还没有填年度指标值，算不出得分"
        if comparable(self.target, self.actual):
            return self._quantity()
        if self.target.kind is Kind.DATE:
            return self._date()
        measured = self.target.kind is Kind.RANGE or self.target.is_quantity
        return self._not_comparable() if measured else self._level()

    # ------------------------------------------------------------------------------------------------- quantities

    def _quantity(self) -> _Outcome:
        target, actual = magnitude(self.target, self.actual), max(magnitude(self.actual, self.target), _ZERO)
        if is_reverse(self.target, self.indicator):
            return self._reverse(target, actual)
        if actual < target and self._lists_parts:
            why = f"“{self.actual.text.strip()}”里有几个数，看不出合计。请先写合计，或直接填得分"
            return None, ScoreMethod.UNSCORABLE, why
        points = forward_score(target, actual, self.weight)
        if actual >= target:
            excess = excess_of(self.target, self.actual, reverse=False, policy=self.policy)
            return (self._over(excess) if excess else None) or (
                points,
                ScoreMethod.MET,
                self._met(target, actual, points),
            )
        shown_t, shown_a = _bare(self.target.text.strip()), self.actual.text.strip()
        if self._is_void:
            return _NOTHING, ScoreMethod.RATIO, f"{shown_a} 没有达到 {shown_t}，数量指标没有完成不得分，记 0.00 分"
        ratio = _percent(actual / target) if target > 0 else "0%"
        sum_ = f"{shown_a} ÷ {shown_t} ＝ {ratio}"
        return points, ScoreMethod.RATIO, f"{sum_}，{plain(self.weight)} × {ratio} ＝ {format_score(points)} 分"

    def _reverse(self, target: Decimal, actual: Decimal) -> _Outcome:
        shown_t, shown_a = _bare(self.target.text.strip()), self.actual.text.strip()
        points = reverse_score(target, actual, self.weight, self.policy.reverse)
        if actual <= target:
            return points, ScoreMethod.MET, f"{shown_a} 没有超过 {shown_t}，记满分 {format_score(points)} 分"
        if self.policy.cost is CostRule.NOTHING and "成本" in self.indicator.level1 + self.indicator.level2:
            return _NOTHING, ScoreMethod.REVERSE, f"{shown_a} 超过 {shown_t}，成本指标超支不得分，记 0.00 分"
        if self.policy.reverse is ReverseFormula.B and target > 0:
            share = _percent(target / actual)
            sum_ = f"{shown_t} ÷ {shown_a} ＝ {share}，{plain(self.weight)} × {share} ＝ {format_score(points)} 分"
            return points, ScoreMethod.REVERSE, sum_
        over = f"，超出 {_percent((actual - target) / target)}" if target > 0 else ""
        return points, ScoreMethod.REVERSE, f"{shown_a} 超过 {shown_t}{over}，记 {format_score(points)} 分"

    def _met(self, target: Decimal, actual: Decimal, points: Decimal) -> str:
        shown_t, shown_a = _bare(self.target.text.strip()), self.actual.text.strip()
        if actual > target > 0 and self.target.kind is not Kind.RATIO:
            ratio = _percent(actual / target)
            return f"{_bare(shown_a)} ÷ {shown_t} ＝ {ratio}，得分不超过分值，记 {format_score(points)} 分"
        return f"{_bare(shown_a)} ≥ {shown_t}，达到年度指标值，记满分 {format_score(points)} 分"

    @property
    def _is_void(self) -> bool:
        """Whether the row earns all or nothing: a 数量指标 under the rule of 遂宁."""
        return self.policy.over is OverRule.VOID and "数量" in self.indicator.level2

    def _over(self, excess: Excess) -> _Outcome | None:
        """Score what lies beyond the limit as the policy says; ``None`` where it earns full marks."""
        rule, why = self.policy.over, self._beyond(excess)
        if rule is OverRule.DEDUCT:
            points = round_half_up(max(self.weight - self.policy.over_points, _ZERO), 2)
            taken = f"扣 {plain(self.policy.over_points)} 分，{plain(self.weight)} － {plain(self.policy.over_points)}"
            end = "" if self.weight >= self.policy.over_points else "，扣完为止"
            return points, ScoreMethod.OVER, f"{why}，{taken}{end}，记 {format_score(points)} 分"
        if rule is OverRule.MANUAL:
            return None, ScoreMethod.MANUAL, f"{why}，不由程序算分，请直接填得分"
        if self._is_void:
            return _NOTHING, ScoreMethod.OVER, f"{why}，数量指标不得分，记 0.00 分"
        return None

    def _beyond(self, excess: Excess) -> str:
        """Say by how much: 「253 ÷ 100 ＝ 253%，超出 153%，超过 30%」."""
        shown_t, shown_a = _bare(self.target.text.strip()), _bare(self.actual.text.strip())
        if excess.share is None:
            return f"年度指标值是 0，实际完成 {shown_a}，超额"
        reached = "达到" if self.policy.reach is Reach.FROM else "超过"
        ratio, over = _percent(1 + excess.share), _percent(excess.share)
        return f"{shown_a} ÷ {shown_t} ＝ {ratio}，超出 {over}，{reached} {plain(self.policy.over_limit)}%"

    # --------------------------------------------------------------------------------------------- dates and words

    def _date(self) -> _Outcome:
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

    def _level(self) -> _Outcome:
        if self._same_text():
            return self._full("与年度指标值一致", ScoreMethod.LEVEL)
        if answered_by_rate(self.target) and self.actual.kind is Kind.RATIO and self.actual.number == _HUNDRED:
            return self._full("完成率 100%", ScoreMethod.LEVEL)
        policy, level = self.policy, self.actual.level or Level.WORDING
        band = {Level.ACHIEVED: policy.achieved, Level.PARTLY: policy.partly, Level.NOT: policy.missed}.get(level)
        if band is None:
            return None, ScoreMethod.UNSCORABLE, "定性指标写不出算式：请写达成、部分达成或未达成，或直接填得分"
        if level is Level.ACHIEVED and band.high == _HUNDRED:
            return self._full("达成年度指标", ScoreMethod.LEVEL)
        return self._in_band(self.actual.text.strip(), band)

    def _in_band(self, done: str, band: Band) -> _Outcome:
        """Score a level that earns one share of the weight (部分达到 80 %, 芷江); else the clerk chooses within the band."""
        low, high = band_points(band, self.weight)
        if band.fixed:
            share = plain(band.low)
            sum_ = f"{plain(self.weight)} × {share}% ＝ {format_score(low)} 分"
            return low, ScoreMethod.LEVEL, f"{done}得 {share}%，{sum_}"
        limits = f"{format_score(low)} 与 {format_score(high)} 之间"
        return None, ScoreMethod.LEVEL, f"{done}：得分在 {limits}，请直接填"

    def _full(self, why: str, method: ScoreMethod) -> tuple[Decimal, ScoreMethod, str]:
        points = round_half_up(self.weight, 2)
        return points, method, f"{why}，记满分 {format_score(points)} 分"

    @property
    def _lists_parts(self) -> bool:
        """Whether the actual is a list without its sum: 民事50件、刑事25件; not 75件，其中民事50件, where the sum comes first."""
        if self.actual.kind not in {Kind.COUNT, Kind.MONEY} or _AMONG.search(self.actual.text):
            return False
        return sum(one.family is self.actual.family for one in numbers_in(self.actual.text)) > 1

    def _not_comparable(self) -> tuple[None, ScoreMethod, str]:
        sides = f"“{self.actual.text.strip()}”与“{self.target.text.strip()}”不能相比"
        return None, ScoreMethod.UNSCORABLE, f"{sides}，请直接填得分"

    def _same_text(self) -> bool:
        return "".join(self.target.text.split()) == "".join(self.actual.text.split())


def _bare(text: str) -> str:
    """Drop a leading comparator for the arithmetic line: ``≥70件`` -> ``70件``."""
    return text.lstrip("≥≤≧≦＞＜><=＝ ") or text


def _percent(ratio: Decimal) -> str:
    return f"{plain(round_half_up(ratio * _HUNDRED, 2))}%"


def deducted(points: Decimal, why: str, text: str) -> tuple[Decimal, str]:
    """扣减分数 (deduction): take the typed points off, not below 0 (广西系统): 10.00 less 1.5 -> 8.50.

    A deduction that is blank, unreadable or negative takes nothing; the checks say so.
    """
    less = parse_score(text)
    if less is None or less <= 0:
        return points, why
    left = round_half_up(max(points - less, _ZERO), 2)
    end = "，扣完为止" if less > points else ""
    return left, f"{why}；扣减 {plain(less)} 分{end}，得 {format_score(left)} 分"


@lru_cache(maxsize=4096)
def score_indicator(indicator: Indicator, *, row: int, year: int, policy: Policy) -> Score:
    """评分 of one indicator row: computed points, method and 计分说明, beside what the form states. Never raises."""
    weight = parse_score(indicator.weight)
    if weight is None:
        points, method, why = None, ScoreMethod.BLANK, "还没有填分值"
    else:
        target, actual = read(indicator.target, year=year), read(indicator.actual, year=year)
        points, method, why = _Row(indicator, weight, target, actual, policy).score()
    if points is not None:
        points, why = deducted(points, why, indicator.deduction)
    binding = Binding(Block.INDICATORS, "score", row=row)
    stated, note = typed_points(indicator.score, policy.typed)
    return Score(binding, indicator.name, weight, points, indicator.score, stated, method, why + note)
