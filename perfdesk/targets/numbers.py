"""Numbers with comparator and unit: ≥70件, 70余件次, 4.8万元, 高于80%, 60天内, 400-500人, 百分之九十五; and those in a name.

Takes half-width text without blanks; gives a ``Value`` or ``None``. Dates and qualitative wordings are read elsewhere.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from perfdesk.amounts import MAX_INTEGER_DIGITS
from perfdesk.targets.ahead import counted_by, is_negated, is_planned, is_rank, limit_ahead, names_a_term
from perfdesk.targets.finding import Found, number_at_start, numbers_inside
from perfdesk.targets.numerals import chinese_number
from perfdesk.targets.signs import REACHED, SUFFIX_PATTERN, comparator_of
from perfdesk.targets.units import factor_of, family_of, kind_of
from perfdesk.targets.values import Comparator, Family, Kind, Value

_MULTIPLES: Final = {
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "百万": Decimal(1_000_000),
    "千万": Decimal(10_000_000),
    "亿": Decimal(100_000_000),
}
_HAS_NUMBER: Final = re.compile(r"[0-9]|百分之")
_NO_UNIT: Final = "零〇一二两三四五六七八九十百千万亿以上下内超"
_UNKNOWN_UNIT: Final = re.compile(
    rf"(?![完办达未已前后个第至到年月日季余多左上下以之约近内])(?P<unit>[^\W\d_{_NO_UNIT}]{{1,4}}?)(?P<suffix>{SUFFIX_PATTERN})?"
)
_PUNCTUATION: Final = re.compile(r"\.?$|[，。；;,（(！!]")
_CHINESE_TAIL: Final = re.compile(r"$|[，。；;,、（(！!]|完成|办结|达成|整")
_BEFORE_DAY: Final = ("前", "之前", "以前")
_WORDS: Final = re.compile(
    r"(?:(?:19|20)[0-9]{2}年度?)?(?:[0-9]{1,2}月(?:[0-9]{1,2}[日号])?)?[^0-9。；;]{0,24}"  # a date, then words
)
_EDGES: Final = "。；;、，,"
_OPPOSITE: Final = {
    Comparator.GT: Comparator.LE,
    Comparator.GE: Comparator.LT,
    Comparator.LT: Comparator.GE,
    Comparator.LE: Comparator.GT,
}
_LONGEST_TERM: Final = 1000
"""From here on a number of 年 is a year of the calendar."""
_TOO_LARGE: Final = Decimal(10) ** MAX_INTEGER_DIGITS
_CALENDAR_UNITS: Final = frozenset({"年", "月", "日"})
_NAME_UNIT: Final = re.compile(r"[(（](?:单位[:：])?(?P<unit>[^()（）0-9]{1,6})[)）]。?$")


def read_number(text: str, narrowed: str) -> Value | None:
    """Read the number of a target or actual, ``None`` when the text is not about one number.

    A text that starts with the number may go on as it likes (「253件，完成率126.5%」 is 253件); a number behind other words
    needs a comparator or a unit (「优秀率≥90%」, 「共办理253件」). Chinese numerals count only with a known unit and nothing
    but a full stop behind, so that 一次性 and 三公经费 stay words.
    """
    found = number_at_start(narrowed)
    if found is None or _is_calendar(found):
        return _read_inside(text, narrowed)
    return _build(text, narrowed, found)


def numbers_in(name: str) -> tuple[Value, ...]:
    """Return the numbers with units inside an indicator's name, in order, each with its own piece of text.

    「年内完成200件法律援助案件(件）」 -> 200件; 「…的满意度（100%）」 -> 100%; 「4000元/月，共12个月。」 -> 4000元/月, 12个月.
    Dates, ordinals (第3) and numbers without a unit (12348热线) are left out. ``name`` is half-width, without blanks.
    """
    if not _HAS_NUMBER.search(name):
        return ()
    pieces = ((name[found.start : found.end], found) for found in numbers_inside(name) if _is_quantity(found))
    values = (_build(piece, piece, found) for piece, found in pieces)
    return tuple(value for value in values if value is not None)


def unit_in_name(name: str) -> str:
    """Return the unit that an indicator's name gives in its closing bracket, ``""`` when none.

    「严格控制预算（万元）」 -> 万元; 「依法办理行政复议案件(件)」 -> 件; 「满意度（100%）」 -> "". ``name`` is half-width.
    """
    match = _NAME_UNIT.search(name)
    if match is None or family_of(match["unit"]) is Family.OTHER:
        return ""
    return match["unit"]


def _is_quantity(found: Found) -> bool:
    """Tell whether a number found inside a text is one: it has a unit and is no part of a date."""
    if found.percent:
        return True
    if _is_calendar(found):
        return False
    unit = found.unit or found.high_unit
    return bool(unit and (unit not in _CALENDAR_UNITS or found.suffix)) or found.multiple in {"万", "亿"}


def _is_calendar(found: Found) -> bool:
    """Tell whether a number is a part of a date that could not be read: 2024年…, 13月, 十二月."""
    unit = found.unit or found.high_unit
    if unit != "年":
        return unit == "月"
    figure = _figure(found)
    return bool(found.multiple) or (figure is not None and figure >= _LONGEST_TERM)


def _read_inside(text: str, narrowed: str) -> Value | None:
    if not _HAS_NUMBER.search(narrowed):
        return None
    for found in numbers_inside(narrowed):
        front = narrowed[: found.start]
        if not _WORDS.fullmatch(front) or is_rank(front):
            return None
        named = front.endswith((":", "为")) and found.end == len(narrowed)  # 合格率：95
        named = named or names_a_term(front)  # 工期90天
        if not _is_calendar(found) and (found.sign or named or _is_quantity(found)):
            return _build(text, narrowed, found)
    return None


def _build(text: str, narrowed: str, found: Found) -> Value | None:
    """Make the value of a number found; ``None`` when what follows shows that it was no number after all."""
    number = _figure(found)
    front, rest = narrowed[: found.start], narrowed[found.end :]
    unit, suffix = found.unit or found.high_unit, found.suffix
    if found.percent:
        unit = "%"
    if not unit and not suffix and found.arabic and not found.around and (unknown := _UNKNOWN_UNIT.fullmatch(rest)):
        unit, suffix, rest = unknown["unit"], unknown["suffix"], ""
    if number is None or not _tail_fits(found, unit=unit, rest=rest):
        return None
    unit, factor = _scale(found, unit)
    unit, front = counted_by(unit, front)
    if unit == "日" and number % 1:
        unit = "天"  # 8.4日 would read as the 4th of August
    if abs(number * factor) >= _TOO_LARGE:
        return None
    comparator, malformed = _comparator(found, suffix=suffix, front=front)
    family = family_of(unit)
    value = Value(
        text=text,
        kind=kind_of(family),
        comparator=comparator,
        malformed_sign=malformed,
        number=number * factor,
        unit=unit,
        family=family,
        approximate=bool(found.near or found.more or found.more2 or found.around),
        reached=found.sign in REACHED and not suffix and not is_planned(front),
        rest=(front + rest).strip(_EDGES),
    )
    return _ranged(value, found, factor) if found.high else value


def _figure(found: Found) -> Decimal | None:
    digits = found.arabic or found.percent
    if not digits:
        return chinese_number(found.chinese)
    return _decimal(digits)


def _decimal(digits: str) -> Decimal | None:
    if digits[-1] in "0123456789." and digits[0] in "+-0123456789":
        return Decimal(digits.replace(",", "").replace(" ", ""))
    return chinese_number(digits)


def _tail_fits(found: Found, *, unit: str, rest: str) -> bool:
    """Tell whether ``rest`` may follow: a Chinese numeral or a bare number needs an end, a length of time no 前."""
    if found.chinese:
        counts = bool(unit or found.multiple) or found.chinese == "零"
        return counts and bool(_CHINESE_TAIL.match(rest))
    if unit:
        return not (rest.startswith(_BEFORE_DAY) and kind_of(family_of(unit)) is Kind.DURATION)
    return bool(_PUNCTUATION.match(rest))


def _scale(found: Found, unit: str) -> tuple[str, Decimal]:
    """Return the unit as typed and the factor to the kept number: 元 for money, percent for rates, else the multiplier."""
    multiple = found.multiple or found.high_multiple
    factor = _MULTIPLES.get(multiple, Decimal(1))
    if multiple in {"千", "万", "亿"} and unit in {"元", "圆"} and not found.more2:
        unit, factor = multiple + "元", Decimal(1)
    elif multiple in {"万", "亿"} and not unit:
        unit, factor = multiple, Decimal(1)
    unit += found.per or found.high_per or ""
    if family_of(unit) in {Family.MONEY, Family.PRICE, Family.RATIO}:
        factor *= factor_of(unit)
    return unit, factor


def _comparator(found: Found, *, suffix: str | None, front: str) -> tuple[Comparator, bool]:
    comparator, malformed = comparator_of(found.sign or limit_ahead(front), suffix)
    if found.sign and is_negated(front):
        return _OPPOSITE.get(comparator, comparator), malformed
    return comparator, malformed


def _ranged(value: Value, found: Found, factor: Decimal) -> Value | None:
    """Turn a value into a range: 400-500人; ``None`` when its upper end is not above the lower one (010-8, 5-3)."""
    high = _decimal(found.high)
    if found.per or high is None or value.number is None or value.number >= high * factor:
        return None
    return Value(
        text=value.text,
        kind=Kind.RANGE,
        comparator=value.comparator,
        malformed_sign=value.malformed_sign,
        low=value.number,
        high=high * factor,
        unit=value.unit,
        family=value.family,
        approximate=value.approximate,
        rest=value.rest,
    )
