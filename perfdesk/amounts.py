"""Numbers as clerks type them: 金额 (amount), 百分比 (percent), 分值/得分 (points); Decimal in, Decimal out.

Everything is rounded half up (四舍五入), once, at the end, by the functions here; a float must never pass through.
Reading never raises: what cannot be read is ``None`` and becomes a finding elsewhere. This module knows no forms, no
rules of scoring and no target texts such as ``≥95%`` (see ``perfdesk.targets``).
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

MAX_INTEGER_DIGITS: Final = 15
"""Longest whole part that is read: 999 万亿元 is beyond every budget, a longer run of digits is a slip or an attack."""
MAX_DECIMALS: Final = 10
MAX_TEXT: Final = 64
"""Longest text that can be a number, separators and blanks included."""

# Wide enough that no readable number loses a digit; independent of the thread's own decimal context.
_CONTEXT: Final = Context(prec=100, rounding=ROUND_HALF_UP)
_ZERO: Final = Decimal(0)

_BLANKS: Final = frozenset({"", "-", "--", "/", "//", "\\", "无", "—", "——", "–", "―", "─"})

# Full-width and small forms only. Full NFKC would turn 10² into 102 and ① into 1: other numbers than the one typed.
_WIDE: Final = (*range(0xFF01, 0xFF5F), *range(0xFE50, 0xFE53), *range(0xFE54, 0xFE67), *range(0xFE68, 0xFE6C))
_SPACES: Final = (0x00A0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000)
_INVISIBLE: Final = (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF)  # they come with text pasted from web pages
_ASCII: Final = {code: unicodedata.normalize("NFKC", chr(code)) for code in _WIDE}
_NARROW: Final = (
    {code: char for code, char in _ASCII.items() if char.isascii()}
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys(_INVISIBLE, "")
    | {0x2212: "-", 0xFFE5: "¥"}
)

NUMBER_PATTERN: Final = (
    r"(?:[0-9]{1,3}(?:(?:,[ ]?|[ ])[0-9]{3})+(?![0-9])"
    rf"|[0-9]{{1,{MAX_INTEGER_DIGITS}}}(?![0-9]))"
    rf"(?:\.[0-9]{{1,{MAX_DECIMALS}}}(?![0-9]))?"
)
"""An unsigned number in narrowed text: whole part with or without thousands separators, up to ten decimals."""

_NUMBER: Final = re.compile(rf"\s*([+-]?)\s*({NUMBER_PATTERN}\.?|\.[0-9]{{1,{MAX_DECIMALS}}})\s*")
_MONEY: Final = re.compile(r"(?P<number>[^元圆万亿千]+)(?P<unit>(?:千|万|亿)?(?:元|圆)?)\s*整?\s*")
_SEPARATORS: Final = str.maketrans("", "", ", ")
_FACTORS: Final = {"": Decimal(1), "千": Decimal(1000), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


class MoneyUnit(StrEnum):
    """金额单位 (money unit) of a form: its amounts are in 元 or in 万元."""

    YUAN = "元"
    WAN = "万元"

    @property
    def factor(self) -> Decimal:
        """元 per unit: 1 or 10000."""
        return _FACTORS["万"] if self is MoneyUnit.WAN else _FACTORS[""]


def narrow(text: str) -> str:
    """Return ``text`` with full-width forms made half-width (``９５％`` -> ``95%``) and invisible characters removed.

    Chinese punctuation without an ASCII twin (。、《》) and everything else stays.
    """
    return text if text.isascii() else text.translate(_NARROW)


def is_blank(text: str | None) -> bool:
    """Tell whether a cell says nothing: empty, ``—``, ``-``, ``/`` or ``无``."""
    return text is None or narrow(text).strip() in _BLANKS


@lru_cache(maxsize=4096)
def parse_number(text: str | None) -> Decimal | None:
    """Read a bare number, ``None`` when there is none or it cannot be read.

    Full-width digits, thousands separators, blanks and a leading sign are understood: ``１９１，３５３．４４`` is
    191353.44. No unit, no percent sign, no exponent; at most 15 whole digits and 10 decimals. ``1,2`` is unreadable,
    not 12.
    """
    if text is None or len(text) > MAX_TEXT:
        return None
    match = _NUMBER.fullmatch(narrow(text))
    if match is None:
        return None
    sign, digits = match.groups()
    digits = digits.translate(_SEPARATORS)
    if len(digits.partition(".")[0]) > MAX_INTEGER_DIGITS or digits.count(".") > 1:
        return None
    return Decimal(sign + digits)


def parse_score(text: str | None) -> Decimal | None:
    """Read 分值 or 得分 in points: ``10``, ``10分``, ``９．５`` ; ``None`` when blank or unreadable."""
    return parse_number(_without(text, "分"))


def parse_percent(text: str | None) -> Decimal | None:
    """Read a percentage in percent: ``98.46``, ``98.46%`` and ``９８．４６％`` are all Decimal("98.46")."""
    return parse_number(_without(text, "%"))


@lru_cache(maxsize=4096)
def parse_amount(text: str | None, unit: MoneyUnit) -> Decimal | None:
    """Read a 金额 (amount) in the form's ``unit``; a typed unit wins and is converted.

    ``4.8万元`` in a form in 元 is 48000; ``48000元`` in a form in 万元 is 4.8; a bare ``48000`` is taken as it stands.
    ``None`` when blank or unreadable.
    """
    if text is None or len(text) > MAX_TEXT:
        return None
    match = _MONEY.fullmatch(narrow(text).strip().removeprefix("¥"))
    if match is None:
        return None
    number = parse_number(match["number"])
    typed = match["unit"]
    if number is None or not typed:
        return number
    return from_yuan(_CONTEXT.multiply(number, _FACTORS[typed.rstrip("元圆")]), unit)


def to_yuan(value: Decimal, unit: MoneyUnit) -> Decimal:
    """Convert an amount in ``unit`` to 元: 4.8 万元 -> 48000."""
    return _CONTEXT.multiply(value, unit.factor)


def from_yuan(value: Decimal, unit: MoneyUnit) -> Decimal:
    """Convert an amount in 元 to ``unit``: 48000 元 -> 4.8 万元; exact."""
    return _CONTEXT.divide(value, unit.factor)


@cache
def _unit_of(places: int) -> Decimal:
    """Return one in the last of ``places`` decimals: 0.01 for 2."""
    return Decimal((0, (1,), -places))


def round_half_up(value: Decimal, places: int) -> Decimal:
    """四舍五入 to ``places`` decimals (0 or more): 98.465 -> 98.47, 9.845 -> 9.85, -0.004 -> 0.00.

    ``value`` must be finite.
    """
    rounded = value.quantize(_unit_of(places), rounding=ROUND_HALF_UP, context=_CONTEXT)
    return _CONTEXT.add(rounded, _ZERO)  # -0.00 + 0 = 0.00: no score is printed as minus nothing


def cut_off(value: Decimal, places: int) -> Decimal:
    """截去 what lies beyond ``places`` decimals (0 or more): 9.859 -> 9.85, -0.004 -> 0.00. ``value`` must be finite."""
    return _CONTEXT.add(value.quantize(_unit_of(places), rounding=ROUND_DOWN, context=_CONTEXT), _ZERO)


def format_score(value: Decimal) -> str:
    """Print points with two decimals: 30 -> ``30.00``."""
    return f"{round_half_up(value, 2):f}"


def format_rate(value: Decimal, *, sign: bool = True) -> str:
    """Print a rate given in percent with two decimals: 98.46333 -> ``98.46%``.

    ``sign=False`` gives ``98.46``, for the forms that print no percent sign.
    """
    return f"{round_half_up(value, 2):f}{'%' if sign else ''}"


def plain(value: Decimal) -> str:
    """Print a number in full, without exponent and without trailing zeros: 442.920 -> ``442.92``, 1E+2 -> ``100``."""
    digits = f"{value:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return "0" if digits == "-0" else digits


def same(first: Decimal, second: Decimal, *, places: int = 2) -> bool:
    """Tell whether two figures agree once both are rounded half up to ``places`` decimals: 98.463 and 98.46 do."""
    return round_half_up(first, places) == round_half_up(second, places)


def _without(text: str | None, unit: str) -> str | None:
    """Drop one trailing ``unit`` from a text that is short enough to be a number."""
    if text is None or len(text) > MAX_TEXT:
        return None
    return narrow(text).strip().removesuffix(unit)
