"""What every rule has in common: raw figures, measures, what a rule gives, and what is wrong with a rule. No rule kinds here.

Points are kept with two decimals. A rate is rounded to two decimals of a percent before it is used (docs/decisions.md 9): an
auditor recomputes from what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, Protocol

from perfdesk.amounts import MoneyUnit, narrow, parse_amount, parse_number, parse_percent, plain, round_half_up

_HUNDRED = Decimal(100)
#: Units that are measured; everything else (人, 个, 项) is counted in whole numbers.
_MEASURED = frozenset({"%", "万元", "元", "分"})

Values = Mapping[str, str]
"""The single fields of a record, as typed."""


class Raw(NamedTuple):
    """原始数据 (raw figure): one field of the side form.

    ``unit`` is 人, 万元, 个, %, 分 or ``""``; ``choices`` are the words where something is ticked.
    """

    key: str
    label: str
    unit: str = ""
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> Decimal | None:
        """Read the typed figure in its unit: ``３４１．６２``, ``341.62万元``, ``89人``, ``95%``; ``None`` when it is none."""
        if self.unit in set(MoneyUnit):
            return parse_amount(text, MoneyUnit(self.unit))
        if self.unit == "%":
            return parse_percent(text)
        return parse_number(narrow(text).strip().removesuffix(self.unit))


class Outcome(NamedTuple):
    """What a rule gives: ``points`` with two decimals, ``None`` while a figure is missing; ``why`` is the arithmetic in one line.

    ``also`` are the further scores that an ambiguous rule gives for the same figures.
    """

    points: Decimal | None
    why: str
    also: tuple[Decimal, ...] = ()


class FlawKind(StrEnum):
    """What can be wrong with a printed rule."""

    OVERLAP = "overlap"  # two tiers hold at once
    GAP = "gap"  # a value between two tiers has none
    FREE_TIER = "free-tier"  # two tiers give the same, so that the lower one costs nothing
    SHORT = "short"  # full points cannot be reached
    KEPT = "kept"  # some points can never be lost
    TARGET_SHORT = "target-short"  # reaching the target does not give full points
    TARGET_UNPRINTED = "target-unprinted"  # the rule uses a target that the form does not print
    NO_DIRECTION = "no-direction"  # a target without ≤ or ≥


class Flaw(NamedTuple):
    """缺陷 (flaw) of a printed rule, with its Chinese words."""

    kind: FlawKind
    words: str


class Rule(Protocol):
    """评分规则 (rule): at most ``full`` points from the figures ``inputs``."""

    @property
    def full(self) -> Decimal:
        """The most points it gives."""

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The raw figures it uses, in the order in which they are asked for."""

    def points(self, values: Values) -> Outcome:
        """Score the typed figures. Never raises."""

    def reach(self) -> frozenset[int]:
        """Every score the rule can give, in hundredths of a point."""

    def flaws(self) -> tuple[Flaw, ...]:
        """What is wrong with the rule itself."""


def missing(inputs: tuple[Raw, ...], values: Values) -> Outcome | None:
    """Say which figures are blank or unreadable, ``None`` when all can be read."""
    blank = [raw.label for raw in inputs if not values.get(raw.key, "").strip()]
    if blank:
        return Outcome(None, f"还没有填{'、'.join(blank)}")
    for raw in inputs:
        text = values[raw.key].strip()
        if raw.read(text) is None:
            return Outcome(None, f"{raw.label}填的是“{text[:20]}”，读不出数")
    return None


def points_of(value: Decimal, full: Decimal) -> Decimal:
    """Round points to two decimals, within 0 and ``full``."""
    return round_half_up(min(max(value, Decimal(0)), full), 2)


def hundredths(points: Decimal) -> int:
    """Return points in hundredths: 0.5 -> 50."""
    return int(round_half_up(points, 2) * _HUNDRED)


def every_point(low: Decimal, high: Decimal) -> frozenset[int]:
    """Return every score from ``low`` to ``high``."""
    return frozenset(range(hundredths(low), hundredths(high) + 1))


class MeasureKind(StrEnum):
    """How a figure is got from the raw ones."""

    RATIO = "ratio"  # a ÷ b, in %
    CHANGE = "change"  # (a − b) ÷ b, in %
    DIFFERENCE = "difference"  # a − b, in the unit of a
    VALUE = "value"  # a as typed


class Reading(NamedTuple):
    """A measure, read: its number (in % for rates) and how it came about; ``number`` is ``None`` where ``how`` says why not."""

    number: Decimal | None
    how: str


@dataclass(frozen=True, slots=True)
class Measure:
    """指标的数 (measure): the sums ``over`` and ``under`` of raw figures, set against each other.

    ``name`` is 「半年支付进度」 where an item has several measures, else ``""``.
    """

    kind: MeasureKind
    over: tuple[Raw, ...]
    under: tuple[Raw, ...] = ()
    name: str = ""

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The raw figures, each once."""
        return tuple(dict.fromkeys((*self.over, *self.under)))

    @property
    def unit(self) -> str:
        """% for rates, else the unit of the figures."""
        return "%" if self.kind in {MeasureKind.RATIO, MeasureKind.CHANGE} else self.over[0].unit

    @property
    def is_counted(self) -> bool:
        """Whether it is a whole number of something."""
        return self.unit not in _MEASURED

    def show(self, number: Decimal) -> str:
        """Write a number of this measure with its unit: ``159.86%``, ``32 人``."""
        return f"{plain(number)}%" if self.unit == "%" else f"{plain(number)} {self.unit}".strip()

    def read(self, values: Values) -> Reading:
        """Read the figures; a rate of nothing (denominator 0) is none, no change from 0 to 0 is 0 %."""
        lacking = missing(self.inputs, values)
        if lacking:
            return Reading(None, lacking.why)
        over, under = _sum(self.over, values), _sum(self.under, values)
        start = f"{self.name} " if self.name else ""
        if self.kind is MeasureKind.VALUE:
            return Reading(over, f"{start}{self.show(over)}")
        shown_over, shown_under = _shown(self.over, values), _shown(self.under, values)
        if self.kind is MeasureKind.DIFFERENCE:
            return Reading(over - under, f"{start}{shown_over} − {shown_under} ＝ {self.show(over - under)}")
        top = over if self.kind is MeasureKind.RATIO else over - under
        shown_top = shown_over if self.kind is MeasureKind.RATIO else f"({shown_over} − {shown_under})"
        if under <= 0:
            return self._of_nothing(top)
        rate = round_half_up(top / under * _HUNDRED, 2)
        return Reading(rate, f"{start}{shown_top} ÷ {shown_under} ＝ {plain(rate)}%")

    def _of_nothing(self, top: Decimal) -> Reading:
        names = "＋".join(raw.label for raw in self.under)
        if self.kind is MeasureKind.CHANGE and top == 0:
            return Reading(Decimal(0), f"{names}是 0，没有变动")
        return Reading(None, f"{names}不大于 0，算不出比率，请直接填得分")


def _sum(raws: tuple[Raw, ...], values: Values) -> Decimal:
    return sum((raw.read(values[raw.key]) or Decimal(0) for raw in raws), Decimal(0))


def _shown(raws: tuple[Raw, ...], values: Values) -> str:
    parts = [plain(raw.read(values[raw.key]) or Decimal(0)) for raw in raws]
    return parts[0] if len(parts) == 1 else f"({' ＋ '.join(parts)})"
