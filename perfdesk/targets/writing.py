"""``Value`` -> its clean spelling, as a fix would put it into the cell: ≧ 95 ％ -> ≥95%."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from perfdesk.amounts import plain
from perfdesk.targets.units import factor_of
from perfdesk.targets.values import Comparator, Day, Family, Kind

if TYPE_CHECKING:
    from perfdesk.targets.values import Value

_LOOKS_LIKE_A_DAY: Final = re.compile(r"(?:19|20)[0-9]{6}")
_BASED: Final = frozenset({Family.MONEY, Family.PRICE, Family.RATIO})


def format_value(value: Value) -> str:
    """Write a value cleanly; reading it again gives the same value (its surrounding words and wrong signs left out).

    ≧90% -> ``≥90%``; ≪5% -> ``≤5%``; １２ -> ``12``; 70余件次 -> ``约70件次``; 60天内完成，… -> ``≤60天``;
    12月30日前 in 2024 -> ``2024年12月30日前``. Wordings and texts stay as typed, a blank is ``""``.
    """
    if value.kind is Kind.BLANK:
        return ""
    if value.day is not None:
        return _format_date(value.day, value.comparator)
    sign = f"{value.comparator}{'约' if value.approximate else ''}"
    if value.number is not None:
        return f"{sign}{_figure(value, value.number)}{value.unit}"
    if value.low is not None and value.high is not None:
        return f"{sign}{_figure(value, value.low)}-{_figure(value, value.high)}{value.unit}"
    return value.text


def _figure(value: Value, number: Decimal) -> str:
    if value.family in _BASED:
        return plain(number / factor_of(value.unit))
    digits = plain(number)
    return f"{number:,f}" if not value.unit and _LOOKS_LIKE_A_DAY.fullmatch(digits) else digits


def _format_date(day: Day, comparator: Comparator) -> str:
    year = "" if day.year is None else f"{day.year}年"
    month = "" if day.month is None else f"{day.month}月"
    text = f"{year}{month}{'' if day.day is None else f'{day.day}日'}" or "当年"
    if comparator is Comparator.LE:
        return f"{text}前" if day.day else f"≤{text}"
    return f"{comparator}{text}"
