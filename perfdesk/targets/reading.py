"""Text of a 指标值 or 完成值 -> ``Value``. Never raises, never loses text; what cannot be read is TEXT."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from perfdesk.amounts import is_blank, narrow
from perfdesk.targets import numbers as _numbers
from perfdesk.targets.dates import read_date
from perfdesk.targets.levels import level_of, names_only, nothing_happened
from perfdesk.targets.numbers import read_number
from perfdesk.targets.respelling import respell
from perfdesk.targets.values import Kind, Value

MAX_TEXT: Final = 200
"""A longer text is prose, not a value, and is kept as TEXT unread."""

MAX_NAME: Final = 500
"""As much of an indicator's name is searched for numbers and for its unit."""

_GAP: Final = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_BREAK: Final = re.compile(r"[，。；;,、（(]")


def read(text: str, *, year: int | None = None) -> Value:
    """Read a target or an actual as a clerk typed it.

    ``year`` is the form's year, for dates that name none. Worked examples: 「≥70件」 -> COUNT ≥ 70 件; 「≤3万元」 -> MONEY ≤ 30000
    (元); 「12月30日前」 in 2024 -> DATE ≤ 2024-12-30; 「60天内完成，经批准延长案件90天完成」 -> DURATION ≤ 60 天; 「优」 -> LEVEL.
    """
    if len(text) > MAX_TEXT:
        return Value(text=text, kind=Kind.TEXT)
    return _read(text, year)


def is_only_a_name(value: Value) -> bool:
    """Tell whether a target is only an indicator's name (满意度, 政府采购执行率): there is nothing to compare with."""
    return value.kind is Kind.TEXT and len(value.text) <= MAX_TEXT and names_only(_squeeze(value.text))


def says_nothing_happened(value: Value) -> bool:
    """Tell whether an actual says that there was none: 零投诉, 未发生, 无安全事故, 无. It answers a target of 0 or at most some."""
    return len(value.text) <= MAX_TEXT and nothing_happened(_squeeze(value.text))


def numbers_in(name: str) -> tuple[Value, ...]:
    """Return the numbers with units inside an indicator's name: 「年内完成200件法律援助案件(件）」 -> 200件.

    「…的满意度（100%）」 -> 100%; 「4000元/月，共12个月。」 -> 4000元/月, 12个月. Dates, ordinals and numbers without a unit are
    left out.
    """
    return _numbers.numbers_in(_squeeze(name[:MAX_NAME]))


def unit_in_name(name: str) -> str:
    """Return the unit in the closing bracket of an indicator's name: 「严格控制预算（万元）」 -> 万元, ``""`` when none."""
    return _numbers.unit_in_name(_squeeze(name[-MAX_NAME:]))


@lru_cache(maxsize=8192)
def _read(text: str, year: int | None) -> Value:
    if is_blank(text):
        return Value(text=text, kind=Kind.BLANK)
    narrowed = _squeeze(text)
    value = _read_quantity(text, respell(narrowed), year)
    if value is not None:
        return value
    level = level_of(narrowed)
    return Value(text=text, kind=Kind.TEXT if level is None else Kind.LEVEL, level=level)


def _read_quantity(text: str, narrowed: str, year: int | None) -> Value | None:
    """Read a date or a number; 「2024年12月31日前完成200件」 is about the 200件."""
    date = read_date(text, narrowed, year)
    if date is None:
        return read_number(text, narrowed)
    clause = _BREAK.split(date.rest, maxsplit=1)[0]
    return read_number(text, narrowed) if _numbers.numbers_in(clause) else date


def _squeeze(text: str) -> str:
    """Make half-width and drop white space, except between two digits, where it may separate two numbers."""
    narrowed = narrow(text).strip()
    return _GAP.sub("", narrowed) if any(char.isspace() for char in narrowed) else narrowed
