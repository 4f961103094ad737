"""评分结果 (assessment): what the policy or the rules make of a record."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.model.bindings import Binding

if TYPE_CHECKING:
    from decimal import Decimal


class ScoreMethod(StrEnum):
    """How a score came about; checks reason with it, the explanation says it in words."""

    MET = "met"  # 达到指标值，记满分
    RATIO = "ratio"  # 按完成比例
    REVERSE = "reverse"  # 反向指标
    LEVEL = "level"  # 定性档次
    OVER = "over"  # 超额，按办法扣分或不得分
    MANUAL = "manual"  # 超额，按办法由填报人填得分
    RATE = "rate"  # 执行率 × 分值
    RULE = "rule"  # 评分表: the item's own rule
    BLANK = "blank"  # nothing to score yet
    UNSCORABLE = "unscorable"  # a target the policy cannot score


class Score(NamedTuple):
    """得分 (score) of one row.

    ``computed`` is what the policy gives (points, 2 decimals), ``None`` where it cannot; ``stated`` is the typed-over text and
    ``stated_value`` the points it counts for, rounded or cut off as the policy says.
    ``explanation`` is the 计分说明: the arithmetic in one Chinese line.
    """

    binding: Binding
    label: str
    weight: Decimal | None
    computed: Decimal | None
    stated: str
    stated_value: Decimal | None
    method: ScoreMethod
    explanation: str

    def __hash__(self) -> int:
        """Hash what tells scores apart; the caches of rows ask at every keystroke."""
        return hash((self.label, self.computed, self.stated))

    @property
    def effective(self) -> Decimal | None:
        """The score that counts: the stated one where there is one, else the computed one."""
        return self.computed if self.stated_value is None else self.stated_value


@dataclass(frozen=True, slots=True)
class GroupTotal:
    """一级指标小计 (subtotal of a first-level indicator): rows ``first`` … ``first + count - 1``, points."""

    label: str
    first: int
    count: int
    printed_weight: Decimal | None
    weight: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True)
class Assessment:
    """评分结果 (assessment). Points with 2 decimals, ``execution_rate`` in % with 2 decimals (98.46).

    ``points`` is the sum of the effective scores and ``total`` what counts of it: no more than the ceiling that the policy sets at
    the execution rate (总分封顶); ``total_explanation`` is the arithmetic where one is due, else blank.
    ``weight_total`` is the sum of all weights, the budget row's included.
    ``grade`` is ``None`` while the total is not within 0–100 or a weight is missing. ``budget`` is ``None`` on a form without a
    scored budget row (目标表, 评分表, lists).
    """

    execution_rate: Decimal | None
    rate_explanation: str
    budget: Score | None
    scores: tuple[Score, ...]
    groups: tuple[GroupTotal, ...]
    weight_total: Decimal
    points: Decimal
    total: Decimal
    total_explanation: str
    grade: str | None

    @property
    def is_scored(self) -> bool:
        """Whether any row has a score yet; until then the total of 0 says nothing."""
        return any(one is not None and one.effective is not None for one in (self.budget, *self.scores))
