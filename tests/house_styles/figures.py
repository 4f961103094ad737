"""How figures are written down: as text, or in a workbook as numbers whose format shows exactly what was typed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from tests.house_styles.pages import Shown
from tests.house_styles.style import Style

_DAY = re.compile(r"(\d{4})年([1-9]\d?)月([1-9]\d?)日")
_NUMBER = re.compile(r"\d+(\.\d+)?")


def amount(text: str, style: Style) -> Shown:
    """An amount: with separators where the bureau writes them."""
    if not _NUMBER.fullmatch(text):
        return Shown(text)
    grouped = f"{Decimal(text):,}" if style.thousands else text
    if not style.numbers:
        return Shown(grouped)
    return Shown(grouped, text, _decimals("#,##0" if style.thousands else "0", text))


def rate(text: str, style: Style) -> Shown:
    """执行率: in a workbook a number below one with a percent format."""
    return plain(text, style)


def points(text: str, style: Style) -> Shown:
    """分值 and 得分: 10, 10分, or a number."""
    if not _NUMBER.fullmatch(text):
        return Shown(text)
    return Shown(text + style.points) if style.points else plain(text, style)


def plain(text: str, style: Style) -> Shown:
    """Any other figure; what is no figure stays a text."""
    if not style.numbers:
        return Shown(text)
    if _NUMBER.fullmatch(text) and (text == "0" or not re.match(r"0\d", text)) and len(text) < 12:
        return Shown(text, text, _decimals("0", text))
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1]):
        return Shown(text, str(Decimal(text[:-1]) / 100), _decimals("0", text[:-1]) + "%")
    return Shown(text)


def day(text: str, style: Style) -> Shown:
    """A date: in a workbook the number of the day with a date format."""
    found = _DAY.fullmatch(text) if style.numbers else None
    if found is None:
        return Shown(text)
    number = (date(*map(int, found.groups())) - date(1899, 12, 30)).days
    return Shown(text, str(number), 'yyyy"年"m"月"d"日"')


def _decimals(whole: str, text: str) -> str:
    places = len(text.partition(".")[2])
    return f"{whole}.{'0' * places}" if places else whole
