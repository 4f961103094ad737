"""Whether two values can be set against each other, and in which unit; no scoring, no findings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from perfdesk.targets.units import factor_of, family_of, spelling
from perfdesk.targets.values import Family, Kind

if TYPE_CHECKING:
    from perfdesk.targets.values import Value

_SCALED: Final = frozenset({Family.TIME, Family.MONTH, Family.LENGTH, Family.AREA, Family.WEIGHT, Family.VOLUME})
_MEASURES: Final = frozenset({Family.LENGTH, Family.AREA, Family.WEIGHT, Family.VOLUME})
_COUNTS: Final = frozenset(
    {Family.CASE, Family.CASE_TIMES, Family.PERSON, Family.PERSON_TIMES, Family.TIMES, Family.HOUSEHOLD, Family.SCORE}
)
_BASED: Final = frozenset({Family.MONEY, Family.RATIO})  # Value.number is already in the base


def same_unit(first: Value, second: Value) -> bool:
    """Tell whether two values are in the same unit: 天 and 日 are, 件 and 件次 are not, 元 and 万元 are not."""
    return spelling(first.unit) == spelling(second.unit)


def same_family(first: Value, second: Value) -> bool:
    """Tell whether the units of two values convert into or stand for each other: 万元 and 元, 次 and 场; not 件 and 件次."""
    if first.family is not second.family:
        return False
    return first.family is not Family.OTHER or same_unit(first, second)


def comparable(target: Value, actual: Value) -> bool:
    """Tell whether the actual's number can be set against the target's; a number without unit takes the other's unit.

    20件 / 25 yes; 20件 / 70余件次 no; 10万元 / 98000元 yes; ≥95% / 96 yes; 1次 / 100% no; 优 / 达成 no (nothing to compute).
    """
    if not _has_numbers(target) or not _has_numbers(actual):
        return False
    return Family.NONE in {target.family, actual.family} or same_family(target, actual)


def counted_alike(first: Value, second: Value) -> bool:
    """Tell whether two counts are of one kind and per the same thing: 件 and 件次 may be computed with, 公里 and 亩 may not.

    次/月 and 次 are not alike (12 in a year is not 12 a month) unless the figures are equal, when the same was meant.
    """
    families = {first.family, second.family}
    if first.number == second.number or Family.PRICE in families:
        return True
    if len(families & _MEASURES) > 1 or (families & _MEASURES and families & _COUNTS):
        return False
    return _per(first) == _per(second)


def _per(value: Value) -> str:
    """Return what a unit is counted by: 月 of 次/月, ``""`` of 次 and 次/年 (a form covers one year)."""
    per = spelling(value.unit).partition("/")[2]
    return "" if per == "年" else per


def number_like(value: Value, like: Value) -> Decimal | None:
    """Return ``value``'s number in the terms of ``like``'s number, ``None`` when the two are not comparable.

    Terms are those of ``Value.number``: 元 for money, percent for rates, else the unit of ``like``. A bare number is in the
    unit typed with the other: target ≤10万元, actual 9.8 -> 98000; target ≤3个工作日, actual 2 -> 2.
    """
    if value.number is None or not comparable(like, value):
        return None
    if value.family is Family.NONE and like.family in _BASED:
        return value.number * factor_of(like.unit)
    if value.family in _SCALED and like.family is value.family:
        return value.number * factor_of(value.unit) / factor_of(like.unit)
    return value.number


def number_in(value: Value, unit: str) -> Decimal | None:
    """Return a MONEY, COUNT or RATIO number in ``unit`` (元, 万元, %); a bare number is taken to be in it already.

    10万元 in 元 -> 100000; 10万 in 万元 -> 10; 8 in 万元 -> 8; 20件 in 万元 -> ``None``.
    """
    if value.number is None:
        return None
    if value.family is Family.NONE:
        return value.number
    if value.family is not family_of(unit):
        return None
    return value.number / factor_of(unit) if value.family in _BASED else value.number


def _has_numbers(value: Value) -> bool:
    return value.number is not None or value.kind is Kind.RANGE
