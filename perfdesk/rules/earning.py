"""Rules that earn points from a figure: bands, a completion ratio capped at the weight, a cliff, a part of 100.

Source: 辰溪县 2021 部门整体支出绩效评价指标体系评分表 (its printed 评分标准).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

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
    missing,
    points_of,
)

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Bands:
    """分档 (bands): 「结果≥50%，得2分；50%＞结果≥40%，得1分；结果＜40%，得0分」, as (floor, points), the highest floor first.

    Below the last floor there is 0. 45 % with ((50, 2), (40, 1)) -> 1.00.
    """

    measure: Measure
    bands: tuple[tuple[Decimal, Decimal], ...]

    @property
    def full(self) -> Decimal:
        """The points of the best band."""
        return max(points for _, points in self.bands)

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The figures of the measure."""
        return self.measure.inputs

    def points(self, values: Values) -> Outcome:
        """Find the band of the measure."""
        number, how = self.measure.read(values)
        if number is None:
            return Outcome(None, how)
        for floor, given in self.bands:
            if number >= floor:
                points = round_half_up(given, 2)
                return Outcome(points, f"{how}，≥{self.measure.show(floor)}，记 {points} 分")
        return Outcome(Decimal("0.00"), f"{how}，＜{self.measure.show(self.bands[-1][0])}，记 0.00 分")

    def reach(self) -> frozenset[int]:
        """The points of the bands, and 0 below them."""
        return frozenset({0, *(hundredths(points) for _, points in self.bands)})

    def flaws(self) -> tuple[Flaw, ...]:
        """Bands that give the same, or more for less."""
        found, name = [], self.measure.name
        for (floor, points), (lower, given) in zip(self.bands, self.bands[1:], strict=False):
            both = f"{name}≥{self.measure.show(floor)} 与 ≥{self.measure.show(lower)}"
            if points == given:
                found.append(Flaw(FlawKind.FREE_TIER, f"{both} 都得 {plain(points)} 分，低一档不少得分"))
            elif points < given:
                found.append(Flaw(FlawKind.OVERLAP, f"{both} 两档颠倒，完成得多反而少得分"))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class RatioCapped:
    """完成比率 (ratio-capped): 「以3分为上限，得分=利用率/80%×3，超出目标值不加分」.

    ``times`` are the points of 100 % (of one 项 where things are counted); without it ``full`` is earned at the target. The target
    is ``target`` in the measure's unit, else the figure ``target_from``, which the form does not print. 60 % of 80 % with 3 points
    -> 2.25; 4 项 at 0.1 each -> 0.40.
    """

    measure: Measure
    full: Decimal
    target: Decimal | None = None
    target_from: Raw | None = None
    times: Decimal | None = None

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The figures of the measure, and the target where it has to be typed."""
        return (*self.measure.inputs, *((self.target_from,) if self.target_from else ()))

    def points(self, values: Values) -> Outcome:
        """Earn by the share of the target."""
        lacking = missing(self.inputs, values)
        if lacking:
            return lacking
        number, how = self.measure.read(values)
        if number is None:
            return Outcome(None, how)
        if self.times is not None:
            return self._by_unit(number, how, self.times)
        target = self._target(values)
        if target <= 0:
            return Outcome(None, "目标值不大于 0，算不出得分，请直接填得分")
        if number >= target:
            points = round_half_up(self.full, 2)
            return Outcome(points, f"{how}，达到 {self.measure.show(target)}，记满分 {points} 分")
        points = points_of(number / target * self.full, self.full)
        sum_ = f"{self.measure.show(number)} ÷ {self.measure.show(target)} × {plain(self.full)}"
        return Outcome(points, f"{how}，{sum_} ＝ {points} 分")

    def _by_unit(self, number: Decimal, how: str, times: Decimal) -> Outcome:
        earned = number * times if self.measure.is_counted else number / _HUNDRED * times
        points = points_of(earned, self.full)
        cap = f"，不超过 {plain(self.full)} 分" if earned > self.full else ""
        return Outcome(points, f"{how}，{self.measure.show(number)} × {plain(times)}{cap}，记 {points} 分")

    def _target(self, values: Values) -> Decimal:
        if self.target_from:
            return self.target_from.read(values[self.target_from.key]) or _ZERO
        return _HUNDRED if self.target is None else self.target

    def reach(self) -> frozenset[int]:
        """Every score up to the full one; whole steps where things are counted one by one."""
        if self.times is None or not self.measure.is_counted:
            return every_point(_ZERO, self.full)
        steps = range(int(self.full / self.times) + 1)
        return frozenset({hundredths(self.times * step) for step in steps} | {hundredths(self.full)})

    def flaws(self) -> tuple[Flaw, ...]:
        """A target that is not printed, or does not give full points."""
        if self.target_from:
            return (Flaw(FlawKind.TARGET_UNPRINTED, "计分用到目标值，表上没有印目标值"),)
        if self.target is None or self.times is None:
            return ()
        at_target = points_of(self.target / _HUNDRED * self.times, self.full)
        if at_target == self.full:
            return ()
        words = (
            f"目标值 {self.measure.show(self.target)}，得分按 {plain(self.times)} 倍算，"
            f"达到目标只得 {plain(at_target)} 分，分值是 {plain(self.full)} 分"
        )
        return (Flaw(FlawKind.TARGET_SHORT, words),)


@dataclass(frozen=True, slots=True)
class Cliff:
    """断崖 (cliff): 「得分=达标率×4，≤95%的扣4分」: at or below ``edge`` the points ``loss`` are lost, above it the rate counts.

    97 % of 4 -> 3.88; 95 % -> 0.00.
    """

    measure: Measure
    full: Decimal
    edge: Decimal
    loss: Decimal

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The figures of the measure."""
        return self.measure.inputs

    def points(self, values: Values) -> Outcome:
        """Compare with the edge first."""
        number, how = self.measure.read(values)
        if number is None:
            return Outcome(None, how)
        if number <= self.edge:
            points = points_of(self.full - self.loss, self.full)
            return Outcome(points, f"{how}，≤{self.measure.show(self.edge)}，扣 {plain(self.loss)} 分，记 {points} 分")
        points = points_of(number / _HUNDRED * self.full, self.full)
        if number >= _HUNDRED:
            return Outcome(points, f"{how}，达到 100%，记满分 {points} 分")
        return Outcome(points, f"{how}，{self.measure.show(number)} × {plain(self.full)} ＝ {points} 分")

    def reach(self) -> frozenset[int]:
        """What is left at the edge, and everything above it."""
        above = every_point(points_of(self.edge / _HUNDRED * self.full, self.full), self.full)
        return above | {hundredths(points_of(self.full - self.loss, self.full))}

    def flaws(self) -> tuple[Flaw, ...]:
        """Nothing of its own: points that cannot be lost are seen by ``rule_flaws``."""
        return ()


@dataclass(frozen=True, slots=True)
class FractionOf:
    """按比例 (fraction-of): 「得分=（评价结果/100）×5」: ``full`` × the figure ÷ ``whole``. 96 of 100 with 5 points -> 4.80."""

    field: Raw
    full: Decimal
    whole: Decimal = _HUNDRED

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The one figure."""
        return (self.field,)

    def points(self, values: Values) -> Outcome:
        """Take the share of the full points."""
        lacking = missing(self.inputs, values)
        if lacking:
            return lacking
        number = self.field.read(values[self.field.key]) or _ZERO
        points = points_of(number / self.whole * self.full, self.full)
        return Outcome(
            points, f"{self.field.label} {plain(number)} ÷ {plain(self.whole)} × {plain(self.full)}，记 {points} 分"
        )

    def reach(self) -> frozenset[int]:
        """Every score up to the full one."""
        return every_point(_ZERO, self.full)

    def flaws(self) -> tuple[Flaw, ...]:
        """Nothing can be wrong with a share."""
        return ()
