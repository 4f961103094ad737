"""The phrases the findings share: sums, differences, quotations, figures. Calm, complete, with the arithmetic; no rules.

Signs in sums are full-width (＋ − ÷ ＝); what was typed is quoted as typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache

from perfdesk.amounts import plain, round_half_up
from perfdesk.model import Binding, Fix
from perfdesk.targets import Family, Kind, Value
from perfdesk.targets.units import factor_of

_LONGEST = 20
_ALIKE = 0.8
_NAMED = 3


def quote(text: str) -> str:
    """Put a typed text in quotation marks, shortened when it is long."""
    short = " ".join(text.split())
    return f"“{short}”" if len(short) <= _LONGEST else f"“{short[: _LONGEST - 1]}…”"


@lru_cache(maxsize=4096)
def near_name(first: str, second: str) -> bool:
    """Tell whether two names differ in a character or two and are not the same: 法律援助案件数, 法律援助的案件数."""
    if first == second or len(first) < 4 or abs(len(first) - len(second)) > 2:
        return False
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def some_of(names: Sequence[str], counter: str) -> str:
    """Quote up to three names and count them all where there are more: “甲”“乙”“丙”等 5 项."""
    shown = "".join(quote(one) for one in names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown}等 {len(names)} {counter}"


def add(numbers: Iterable[Decimal]) -> str:
    """Write a sum: 30＋10＋20."""
    return "＋".join(plain(one) for one in numbers)


def difference(value: Decimal, wanted: Decimal) -> str:
    """Say by how much a figure is off: 多 10, 少 8."""
    return f"{'多' if value > wanted else '少'} {plain(abs(value - wanted))}"


def percent(ratio: Decimal) -> str:
    """Write a ratio in percent with at most two decimals: 1.53 -> 153%."""
    return f"{plain(round_half_up(ratio * 100, 2))}%"


def typed(value: Value, number: Decimal | None) -> Decimal:
    """Return a number of a value as it was typed: money and rates are kept in their base, 4.8 of 4.8万元 is 48000."""
    based = value.kind in {Kind.MONEY, Kind.RATIO} or value.family in {Family.MONEY, Family.RATIO}
    return (number or Decimal(0)) / (factor_of(value.unit) if based else 1)


def in_unit_of(number: Decimal, target: Value, actual: Value) -> str:
    """Write a magnitude in the unit that was typed: 100000 (元) of 10万元 -> 10."""
    return plain(round_half_up(number / factor_of(target.unit or actual.unit), 4))


def adopt(binding: Binding, figure: str) -> Fix:
    """采用算得的数: clear the stated text, so that the computed figure shows."""
    return Fix(f"采用 {figure}", ((binding, ""),))


def put(label: str, binding: Binding, text: str) -> Fix:
    """Put a text into one cell."""
    return Fix(label, ((binding, text),))
