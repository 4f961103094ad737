"""A day number in the words of a format: 44196 as yyyy"年"m"月"d"日" is 「2020年12月31日」."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from perfdesk.exchange.shown.codes import Section, Token

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEK: Final = "一二三四五六日"
_DAY: Final = 86_400
_MOST: Final = 2_958_465  # 9999-12-31


def date_text(section: Section, number: Decimal, *, since_1904: bool) -> str | None:
    """Show a day number in a date format; ``None`` for a number that is no day: negative, or beyond the year 9999."""
    if not 0 <= number <= _MOST:
        return None
    seconds = int((number * _DAY).quantize(Decimal(1), ROUND_HALF_UP))
    days, rest = divmod(seconds, _DAY)
    if since_1904:
        days += 1462
    # day 60 is 29 February 1900 in a spreadsheet, which never was: days before it count from 31 December 1899
    start = datetime(1899, 12, 31) if days < 60 else datetime(1899, 12, 30)  # noqa: DTZ001 - a day of a form has no zone
    try:
        moment = start + timedelta(days=days, seconds=rest)
    except OverflowError:
        return None
    half = any(one.kind == "noon" for one in section.tokens)
    tokens = section.tokens
    return "".join(_piece(tokens, index, moment, seconds, half=half) for index in range(len(tokens)))


def _piece(tokens: tuple[Token, ...], index: int, moment: datetime, seconds: int, *, half: bool) -> str:
    token = tokens[index]
    if token.kind == "elapsed":
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[token.text[1].lower()])
    if token.kind == "noon":
        return "下午" if moment.hour >= 12 else "上午"
    if token.kind != "date":
        return token.text
    code = token.text.lower().partition(".")[0]
    letter, width = code[0], len(code)
    if letter == "m":
        return f"{moment.minute:0{min(width, 2)}d}" if _is_minute(tokens, index) else _month(moment, width)
    return _other(letter, width, moment, half=half)


def _other(letter: str, width: int, moment: datetime, *, half: bool) -> str:
    if letter == "d":
        return _day(moment, width)
    if letter in "hs":
        hour = (moment.hour % 12 or 12) if half else moment.hour
        return f"{hour if letter == 'h' else moment.second:0{min(width, 2)}d}"
    if letter == "a":
        return ("星期" if width > 3 else "") + _WEEK[moment.weekday()]
    if letter in "ye":
        return f"{moment.year % 100:02d}" if letter == "y" and width < 3 else f"{moment.year}"
    return ""


def _month(moment: datetime, width: int) -> str:
    if width < 3:
        return f"{moment.month:0{width}d}"
    name = _MONTHS[moment.month - 1]
    return name if width == 3 else f"{moment.month}月" if width == 4 else name[0]


def _day(moment: datetime, width: int) -> str:
    return f"{moment.day:0{width}d}" if width < 3 else f"{moment:%a}" if width == 3 else f"{moment:%A}"


def _is_minute(tokens: tuple[Token, ...], index: int) -> bool:
    """``m`` means minutes behind hours or before seconds."""
    kinds = ("date", "elapsed")
    before = next((one.text.strip("[]")[:1].lower() for one in reversed(tokens[:index]) if one.kind in kinds), "")
    after = next((one.text.strip("[]")[:1].lower() for one in tokens[index + 1 :] if one.kind in kinds), "")
    return before == "h" or after == "s"
