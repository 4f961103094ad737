"""超额完成 (excess): whether a target was exceeded beyond the policy's limit, and by how much. Nothing is judged here."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

from perfdesk.policy import Policy
from perfdesk.scoring.formulas import comparable, magnitude
from perfdesk.targets import Value

_HUNDRED: Final = Decimal(100)


class Excess(NamedTuple):
    """How far a target was exceeded: magnitudes in the family's base, ``share`` 1.53 for +153 % (``None`` for a target of 0)."""

    target: Decimal
    actual: Decimal
    share: Decimal | None


def excess_of(target: Value, actual: Value, *, reverse: bool, policy: Policy) -> Excess | None:
    """Return by how much the actual lies beyond the policy's limit, ``None`` within it and for 反向指标 (costs, time limits).

    Target 100, actual 253 -> share 1.53; 130 of 100 is beyond a limit of 30 % only where the policy counts the limit itself
    (广西: a ≥ 1.3t). A target of 0 is exceeded by the policy's own figure. Source: domain.md §2.
    """
    if reverse or not comparable(target, actual):
        return None
    wanted, done = magnitude(target, actual), magnitude(actual, target)
    if wanted > 0:
        share = (done - wanted) / wanted
        return Excess(wanted, done, share) if policy.is_over(share * _HUNDRED, policy.over_limit) else None
    if wanted == 0 and done >= policy.over_limit_zero_target:
        return Excess(wanted, done, None)
    return None
