"""Types of a policy: its words, bands and grades, and the parameters with the place each of them comes from. No reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple


class ReverseFormula(StrEnum):
    """反向指标 (the smaller the better) missed: two formulas in use, t target, a actual, w weight (domain.md §2).

    A: t<a<2t → (1 − (a − t)/t)·w, a≥2t → 0.  B: t/a·w.
    """

    A = "A"
    B = "B"


class Reach(StrEnum):
    """界限 (limit of over-achievement): ``OVER`` begins above it (>130 %), ``FROM`` with it (a ≥ 1.3t, 广西系统)."""

    OVER = "over"
    FROM = "from"


class OverRule(StrEnum):
    """超额 (beyond the limit): what becomes of the score (domain.md §2). An explanation is wanted in any case.

    ``KEEP``: full marks. ``DEDUCT``: some points off the weight (−2, 2022 manual of a platform). ``MANUAL``: no computed score, the
    clerk types one (浙江). ``VOID``: a 数量指标 unmet or beyond the limit earns nothing (遂宁 department form).
    """

    KEEP = "keep"
    DEDUCT = "deduct"
    MANUAL = "manual"
    VOID = "void"


class CostRule(StrEnum):
    """成本指标 above its target: by the formula of 反向指标, or nothing at all (芷江: ≤预算得满分，否则 0)."""

    FORMULA = "formula"
    NOTHING = "nothing"


class TypedScores(StrEnum):
    """手填得分 (typed score) with more than two decimals: rounded half up, or cut off (观察到的系统: 截断)."""

    ROUND = "round"
    TRUNCATE = "truncate"


class Band(NamedTuple):
    """定性档次 (band of a qualitative level): the share of the weight it may earn, in %; ``low`` is included.

    ``high_included`` is true for the highest band (100–80（含）, 80–60（含）, 60–0) and for a fixed share, where both are equal.
    """

    low: Decimal
    high: Decimal
    high_included: bool

    @property
    def fixed(self) -> bool:
        """Whether the level earns one share and no other: 部分达到得 80 %."""
        return self.low == self.high


class GradeBand(NamedTuple):
    """等级 (grade) and the totals it is given for, in points: from ``low`` on, up to and with ``high``.

    ``high`` is ``None`` where the band reaches up to the next one: 优90(含)–100 良80(含)–90. A form that prints whole numbers only
    (辰溪: 90–100, 80–89 …) leaves the totals between two bands without a grade.
    """

    low: Decimal
    high: Decimal | None
    name: str

    def holds(self, total: Decimal) -> bool:
        """Tell whether a total reaches the band and, where it ends, does not lie above it."""
        return total >= self.low and (self.high is None or total <= self.high)


class Ceiling(NamedTuple):
    """总分封顶 (ceiling): under an execution rate of ``below`` % the total is at most ``most`` points."""

    below: Decimal
    most: Decimal


class Given(NamedTuple):
    """What a file lays down for one parameter: ``raw`` as the file holds it, ``value`` as it is meant, its source and date."""

    raw: Any
    value: Any
    source: str
    date: str


class PolicyFile(NamedTuple):
    """One policy file, read alone. ``title`` and ``source`` may be blank in an office's values over those of the program."""

    path: Path
    title: str
    source: str
    extends: str
    given: Mapping[str, Given]
    own: bool

    @property
    def id(self) -> str:
        """编号: the file's name without its ending."""
        return self.path.stem


class Parameter(NamedTuple):
    """参数 (parameter) as it is shown: key, Chinese label, value in words with its unit, and where it comes from.

    ``source`` is the rule it was taken from (文号, 「自定」, 「待核」), ``date`` the day of that rule as far as it is known,
    ``origin`` the id of the policy that gives it; ``own`` tells that the office gave it over the program's.
    """

    key: str
    label: str
    words: str
    source: str
    date: str
    origin: str
    own: bool


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # read once, compared and cached by identity
class Policy:
    """计分办法 (policy). Percentages are plain numbers (90 means 90 %), weights are points.

    ``most_in_wan`` is the largest total a form in 万元 can hold, ``least_in_yuan`` the smallest of a form in 元: a figure beyond
    them was typed in the other unit. ``vague_share`` and ``vague_least``: so large a share of the qualitative targets, and at
    least so many of them, make a form of vague wordings. ``ceilings`` stand from the lowest rate up.
    Against last year: a target lowered by more than ``target_lowered`` %, one that last year's result exceeds by more than
    ``last_result_over`` %, a weight that moved by more than ``weight_moved`` points. ``extends`` is the policy
    that gives what this one does not say; ``layers`` are the files it is made of, the one that decides first.
    """

    id: str
    title: str
    source: str
    extends: str
    parameters: tuple[Parameter, ...]
    layers: tuple[PolicyFile, ...]
    total_weight: Decimal
    budget_weight: Decimal
    group_weights: Mapping[str, Decimal]
    rate_floor: Decimal
    rate_capped: bool
    ceilings: tuple[Ceiling, ...]
    budget_change_share: Decimal
    most_in_wan: Decimal
    least_in_yuan: Decimal
    over_limit: Decimal
    over_limit_zero_target: Decimal
    reach: Reach
    over: OverRule
    over_points: Decimal
    reverse: ReverseFormula
    cost: CostRule
    achieved: Band
    partly: Band
    missed: Band
    typed: TypedScores
    grades: tuple[GradeBand, ...]
    heavy_row: Decimal
    vague_share: Decimal
    vague_least: Decimal
    required_kinds: tuple[str, ...]
    target_lowered: Decimal
    last_result_over: Decimal
    weight_moved: Decimal

    def __repr__(self) -> str:
        """Show the id only: the parameters fill a page."""
        return f"Policy({self.id!r})"

    @property
    def grade_names(self) -> tuple[str, ...]:
        """The words of the grades, from the best one down."""
        return tuple(one.name for one in self.grades)

    @property
    def own(self) -> bool:
        """Whether the office gave any of the parameters."""
        return any(one.own for one in self.parameters)

    def grade(self, total: Decimal) -> str | None:
        """等级 (grade) of a total in points: ``None`` outside 0–``total_weight`` and between two bands.

        优 90(含)–100, 良 80(含)–90 … as the data say; 89.5 has none where 80–89 is printed.
        """
        if not 0 <= total <= self.total_weight:
            return None
        return next((one.name for one in self.grades if one.holds(total)), None)

    def ceiling(self, rate: Decimal | None) -> Ceiling | None:
        """Return the ceiling of the total at an execution rate in %: 75 under [[80, 89], [70, 79]] -> 89.

        ``None`` where none is due, and for a rate that nobody knows yet.
        """
        return None if rate is None else next((one for one in self.ceilings if rate < one.below), None)

    def is_over(self, amount: Decimal, limit: Decimal) -> bool:
        """Tell whether an amount lies beyond a limit of over-achievement, with the limit itself or without it (``reach``)."""
        return amount > limit or (amount == limit and self.reach is Reach.FROM)

    @property
    def grade_gaps(self) -> tuple[tuple[Decimal, Decimal], ...]:
        """The open intervals of totals without a grade between two bands, the highest first: (89, 90), (79, 80)."""
        pairs = pairwise(self.grades)
        return tuple(
            (lower.high, above.low) for above, lower in pairs if lower.high is not None and lower.high < above.low
        )
