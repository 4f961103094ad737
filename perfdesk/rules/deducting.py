"""Rules that take points off beyond a target: so much for each step, or by the rate of change.

Source: 辰溪县 2021 部门整体支出绩效评价指标体系评分表 (its printed 评分标准).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from perfdesk.amounts import plain, round_half_up
from perfdesk.rules.types import (
    Flaw,
    FlawKind,
    Measure,
    Outcome,
    Raw,
    Values,
    every_point,
    hundredths,
    points_of,
)

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


def _take_off(rule: DeductPerStep | DeductRatio, values: Values, cost: Callable[[Decimal, str], Outcome]) -> Outcome:
    """Give the full points up to the target; beyond it what ``cost`` leaves, which gets the excess and how it was reckoned."""
    number, how = rule.measure.read(values)
    if number is None:
        return Outcome(None, how)
    over = number - rule.target
    if over > 0:
        return cost(over, how)
    points = round_half_up(rule.full, 2)
    return Outcome(points, f"{how}，没有超过 {rule.measure.show(rule.target)}，记满分 {points} 分")


@dataclass(frozen=True, slots=True)
class DeductPerStep:
    """按步扣分 (deduct-per-step): 「目标值≤100%；每超出1人扣0.1分，扣完为止」, 「每增加0.1个百分点扣0.1分」.

    Beyond ``target`` every whole ``step`` (in the measure's unit, percentage points for rates) costs ``each`` points.
    ``sign`` is the printed direction, ``""`` where none is printed. 95 人 for 89 with 3 points, 0.1 each: 6 × 0.1 ＝ 0.60 -> 2.40.
    """

    measure: Measure
    full: Decimal
    target: Decimal
    step: Decimal
    each: Decimal
    sign: str = ""

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The figures of the measure."""
        return self.measure.inputs

    def points(self, values: Values) -> Outcome:
        """Take off what every whole step beyond the target costs."""
        return _take_off(self, values, self._by_steps)

    def _by_steps(self, over: Decimal, how: str) -> Outcome:
        steps = (over / self.step).to_integral_value(rounding=ROUND_FLOOR)
        off = steps * self.each
        points = points_of(self.full - off, self.full)
        beyond = "" if self.target == 0 else f"，超 {self._shown(over)}"
        per = "" if self.step == 1 else f" ÷ {plain(self.step)}"
        sum_ = f"{plain(over)}{per} × {plain(self.each)} ＝ {round_half_up(off, 2)}"
        if steps * self.step != over:
            sum_ = f"满 {plain(self.step)} 的有 {plain(steps)} 个，{plain(steps)} × {plain(self.each)} ＝ {round_half_up(off, 2)}"
        rest = (
            f"{plain(self.full)} − {round_half_up(off, 2)} ＝ {points} 分"
            if off < self.full
            else f"扣完为止，记 {points} 分"
        )
        return Outcome(points, f"{how}{beyond}，{sum_}，{rest}")

    def _shown(self, over: Decimal) -> str:
        return f"{plain(over)} 个百分点" if self.measure.unit == "%" else self.measure.show(over)

    def reach(self) -> frozenset[int]:
        """The full points less every number of steps, down to 0."""
        steps = range(int(self.full / self.each) + 1)
        return frozenset({hundredths(self.full - self.each * step) for step in steps} | {0})

    def flaws(self) -> tuple[Flaw, ...]:
        """A target that says neither ≤ nor ≥; 「目标值为0」 of something that should not be needs none."""
        if self.sign or self.target == 0:
            return ()
        shown = self.measure.show(self.target)
        return (Flaw(FlawKind.NO_DIRECTION, f"目标值 {shown} 没有写方向，按 ≤{shown} 计分"),)


@dataclass(frozen=True, slots=True)
class DeductRatio:
    """按比率扣分 (deduct-ratio): 「目标值≤0；扣分值=变动率×4×10，变动率达10%以上的扣4分」.

    Beyond ``target`` (%) the rate times ``times`` is taken off, at most ``most``. A change of 3 % with times 40 and 4 points:
    3% × 40 ＝ 1.20 -> 2.80.
    """

    measure: Measure
    full: Decimal
    times: Decimal
    most: Decimal
    target: Decimal = _ZERO

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The figures of the measure."""
        return self.measure.inputs

    def points(self, values: Values) -> Outcome:
        """Take off by the rate."""
        return _take_off(self, values, self._by_rate)

    def _by_rate(self, over: Decimal, how: str) -> Outcome:
        wanted = over / _HUNDRED * self.times
        off = round_half_up(min(wanted, self.most), 2)
        cap = f"，最多扣 {plain(self.most)} 分" if wanted > self.most else f" ＝ {off}"
        points = points_of(self.full - off, self.full)
        return Outcome(
            points,
            f"{how}，{self.measure.show(over)} × {plain(self.times)}{cap}，{plain(self.full)} − {off} ＝ {points} 分",
        )

    def reach(self) -> frozenset[int]:
        """Everything from the full points down to what can never be lost."""
        return every_point(points_of(self.full - self.most, self.full), self.full)

    def flaws(self) -> tuple[Flaw, ...]:
        """Nothing of its own: points that cannot be lost are seen by ``rule_flaws``."""
        return ()
