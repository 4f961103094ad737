"""改正 (repairs): fixes that touch several cells at once, with the list of what they change. What is wrong is decided elsewhere.

A fix of more than one cell is shown before it is applied: every line of its ``preview`` says what stands there now and afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from perfdesk.model import Binding, Fix

_ONE, _TENTH = Decimal(1), Decimal("0.1")


class Change(NamedTuple):
    """One cell of a repair: what it is called, its place, and its text before and after."""

    name: str
    binding: Binding
    old: str
    new: str


def repair(label: str, changes: Iterable[Change]) -> Fix | None:
    """Make a fix of changes, without those that change nothing; ``None`` when none is left."""
    real = tuple(one for one in changes if one.old.strip() != one.new)
    if not real:
        return None
    preview = tuple(f"{one.old.strip() or '空'} → {one.new or '空'}　{one.name}" for one in real)
    return Fix(label, tuple((one.binding, one.new) for one in real), preview if len(real) > 1 else ())


def scale(weights: Sequence[Decimal], wanted: Decimal) -> tuple[Decimal, ...] | None:
    """Share ``wanted`` points in the ratio of ``weights`` (分值 按比例), by largest remainder, so that the sum is exact.

    Whole points where all of them and the sum are whole, else tenths: 30, 10, 20, 10, 10, 5, 10, 5 (100) to 90 -> 27, 9, 18, 9, 9,
    4, 9, 5 with the odd half points given to the first of those with the same remainder. A weight that has points keeps some.
    ``None`` where that cannot be done: no points to share out, or too few.
    """
    total = sum(weights, Decimal(0))
    if total <= 0 or wanted <= 0 or any(one < 0 for one in weights):
        return None
    whole = all(one == one.to_integral_value() for one in (*weights, wanted))
    step = _ONE if whole else _TENTH
    if wanted % step:
        return None
    exact = [one * wanted / total / step for one in weights]
    shares = [one.to_integral_value(ROUND_FLOOR) for one in exact]
    left = int(wanted / step - sum(shares))
    by_remainder = sorted(range(len(exact)), key=lambda at: shares[at] - exact[at])
    for at in by_remainder[:left]:
        shares[at] += 1
    if any(weight > 0 and not share for weight, share in zip(weights, shares, strict=True)):
        return None
    return tuple(share * step for share in shares)
