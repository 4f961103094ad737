"""Rules over words: how many criteria (评价要点) are met, and which grade a survey gave.

Source: 辰溪县 2021 部门整体支出绩效评价指标体系评分表 (its printed 评分标准).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from perfdesk.amounts import plain, round_half_up
from perfdesk.rules.types import Flaw, FlawKind, Outcome, Raw, Values, hundredths

NONE_MET = "均不符合"
"""The choice that says that no criterion is met; blank says that nobody has looked yet."""
SEPARATOR = "、"


def ticked(text: str) -> tuple[str, ...]:
    """Return the words of a field that holds several: 「公开、按时限」 -> two."""
    return tuple(word.strip() for word in text.split(SEPARATOR) if word.strip())


@dataclass(frozen=True, slots=True)
class CriteriaCount:
    """评价要点 (criteria-count): so many criteria are met, so many points.

    「全部符合（2分）；符合其中两项（1分）；符合其中一项及以下（0分）」.
    ``tiers`` are (least count, points), the best first; below the last there is 0. Two tiers of one count are both right: the rule
    is ambiguous, the first one is taken and the other one given as well. Three ticked of 3 with ((3, 2), (2, 1)) -> 2.00.
    """

    field: Raw
    tiers: tuple[tuple[Decimal, Decimal], ...]

    @property
    def criteria(self) -> tuple[str, ...]:
        """The criteria that can be ticked."""
        return tuple(one for one in self.field.choices if one != NONE_MET)

    @property
    def full(self) -> Decimal:
        """The points of the best tier."""
        return max(points for _, points in self.tiers)

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The field with the ticks."""
        return (self.field,)

    def points(self, values: Values) -> Outcome:
        """Count the ticked criteria."""
        words = ticked(values.get(self.field.key, ""))
        if not words:
            return Outcome(None, f"还没有勾选{self.field.label}")
        strange = [word for word in words if word not in self.field.choices]
        if strange:
            return Outcome(None, f"{self.field.label}里的“{strange[0][:20]}”不在所列要点中")
        count = Decimal(len(set(words) - {NONE_MET}))
        held = [points for least, points in self.tiers if count >= least]
        best = round_half_up(held[0] if held else Decimal(0), 2)
        equal = tuple(points for least, points in self.tiers if held and least == self._floor(count))
        also = tuple(round_half_up(points, 2) for points in equal if points != held[0])
        other = f"（按另一档是 {'、'.join(map(plain, also))} 分）" if also else ""
        return Outcome(best, f"{len(self.criteria)} 条要点符合 {plain(count)} 条，记 {best} 分{other}", also)

    def _floor(self, count: Decimal) -> Decimal:
        return max(least for least, _ in self.tiers if count >= least)

    def reach(self) -> frozenset[int]:
        """The points of the tiers, and 0 where a smaller count has none."""
        below = {0} if all(least > 0 for least, _ in self.tiers) else set()
        return frozenset({hundredths(points) for _, points in self.tiers} | below)

    def flaws(self) -> tuple[Flaw, ...]:
        """Two tiers of one count, and tiers that give the same."""
        found = []
        for (least, points), (next_least, next_points) in zip(self.tiers, self.tiers[1:], strict=False):
            if least == next_least:
                either = f"既可得 {plain(points)} 分，也可得 {plain(next_points)} 分"
                words = f"要点共 {len(self.criteria)} 条，符合 {plain(least)} 条时{either}"
                found.append(Flaw(FlawKind.OVERLAP, words))
            elif points == next_points:
                words = f"符合 {plain(least)} 条与 {plain(next_least)} 条都得 {plain(points)} 分"
                found.append(Flaw(FlawKind.FREE_TIER, words))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Grade:
    """调查等级 (grade): 「优秀（5分）；良好（3分）；合格（1分）；不合格（0分）」. 良好 -> 3.00."""

    field: Raw
    levels: tuple[tuple[str, Decimal], ...]

    @property
    def full(self) -> Decimal:
        """The points of the best grade."""
        return max(points for _, points in self.levels)

    @property
    def inputs(self) -> tuple[Raw, ...]:
        """The field with the grade."""
        return (self.field,)

    def points(self, values: Values) -> Outcome:
        """Look the grade up."""
        word = values.get(self.field.key, "").strip()
        if not word:
            return Outcome(None, f"还没有选{self.field.label}")
        found = dict(self.levels).get(word)
        if found is None:
            return Outcome(
                None,
                f"{self.field.label}填的是“{word[:20]}”，应为{'、'.join(name for name, _ in self.levels)}之一",
            )
        points = round_half_up(found, 2)
        return Outcome(points, f"{self.field.label}为{word}，记 {points} 分")

    def reach(self) -> frozenset[int]:
        """The points of the grades."""
        return frozenset(hundredths(points) for _, points in self.levels)

    def flaws(self) -> tuple[Flaw, ...]:
        """Return grades that give the same."""
        pairs = zip(self.levels, self.levels[1:], strict=False)
        return tuple(
            Flaw(FlawKind.FREE_TIER, f"{name}与{next_name}都得 {plain(points)} 分")
            for (name, points), (next_name, next_points) in pairs
            if points == next_points
        )
