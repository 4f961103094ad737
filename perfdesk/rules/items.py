"""One item of a rating: its rules, whose points add up."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache, reduce

from perfdesk.amounts import plain, round_half_up
from perfdesk.rules.types import Flaw, FlawKind, Outcome, Raw, Rule, Values, hundredths

Rules = tuple[Rule, ...]
_HUNDRED = Decimal(100)


def inputs_of(rules: Rules) -> tuple[Raw, ...]:
    """Return the raw figures that an item needs, each once, in the order in which they are asked for."""
    return tuple(dict.fromkeys(raw for rule in rules for raw in rule.inputs))


def item_points(rules: Rules, values: Values) -> Outcome:
    """Score an item: the sum of its rules. ``None`` while a figure is missing; the explanation then names it. Never raises."""
    outcomes = [rule.points(values) for rule in rules]
    points, ways = [one.points for one in outcomes], {Decimal(0)}
    known = [one for one in points if one is not None]
    if len(known) < len(points):
        return Outcome(None, "；".join(one.why for one in outcomes if one.points is None))
    for one, given in zip(outcomes, known, strict=True):
        ways = {way + step for way in ways for step in (given, *one.also)}
    total = sum(known, Decimal(0))
    why = "；".join(one.why for one in outcomes)
    if len(rules) > 1:
        why = f"{why}；{' ＋ '.join(map(plain, known))} ＝ {round_half_up(total, 2)} 分"
    return Outcome(round_half_up(total, 2), why, tuple(sorted(ways - {total}, reverse=True)))


@lru_cache(maxsize=256)
def reachable(rules: Rules) -> frozenset[int]:
    """Return every score an item can get, in hundredths of a point."""
    sums = (rule.reach() for rule in rules)
    return reduce(lambda one, two: frozenset(a + b for a in one for b in two), sums, frozenset({0}))


def can_give(rules: Rules, points: Decimal) -> bool:
    """Tell whether there are any figures for which the rules give these points (to two decimals).

    「得分=达标率×4，≤95%的扣4分」 gives 0 and 3.80–4.00, never 3.
    """
    return hundredths(points) in reachable(rules)


def spans(rules: Rules) -> str:
    """Say in words what an item can get: 「0、3.8–4」; steps of more than a hundredth are told one by one, long runs shortened."""
    ordered = sorted(reachable(rules))
    runs: list[tuple[int, int]] = []
    for one in ordered:
        if runs and one == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
    words = [_shown(low) if low == high else f"{_shown(low)}–{_shown(high)}" for low, high in runs]
    return "、".join(words) if len(words) <= _MOST_RUNS else f"{'、'.join(words[:3])}、…、{words[-1]}"


_MOST_RUNS = 6


def _shown(number: int) -> str:
    return plain(Decimal(number) / _HUNDRED)


def rule_flaws(rules: Rules, weight: Decimal | None) -> tuple[Flaw, ...]:
    """Return what is wrong with the rules of an item of that weight (points): each rule's own flaws, and the sum's."""
    found = [flaw for rule in rules for flaw in rule.flaws()]
    if weight is None or not rules:
        return tuple(found)
    low, high = min(reachable(rules)), max(reachable(rules))
    if high != hundredths(weight):
        found.append(Flaw(FlawKind.SHORT, f"按评分标准最多得 {_shown(high)} 分，分值是 {plain(weight)} 分"))
    if low > 0:
        most = plain(weight - Decimal(low) / _HUNDRED)
        words = f"按评分标准最多扣 {most} 分，分值是 {plain(weight)} 分，有 {_shown(low)} 分扣不掉"
        found.append(Flaw(FlawKind.KEPT, words))
    return tuple(found)
