"""Dates and deadlines (时效): 2024年12月31日前, 12月30日前, ≤12.31日, 年底前, 第四季度; one text in, a ``Value`` or ``None`` out.

Years that were not typed are taken from the form. Durations (60天内, 15个工作日) are numbers with a unit, not dates.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from perfdesk.targets.signs import SIGN_PATTERN, comparator_of
from perfdesk.targets.values import Comparator, Day, Kind, Value

_YEAR: Final = r"(?P<year>(?:19|20)[0-9]{2})"
_PART: Final = r"(?P<part>[上中下]旬|[底末])?"
_BEFORE: Final = r"(?=之前|以前|前|底|末)"
_NEXT: Final = "次年度?|下一?年度?|第二年|翌年|来年|明年"
_LAST: Final = "上一?年度?|去年"
_THIS: Final = rf"(?:当年度?|本年度?|今年|每年|(?P<next>{_NEXT})|(?P<last>{_LAST}))?的?"

# In this order: the first that fits the text wins. Each names what it found: year, month, day, part, quarter, half.
_POINTS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}[年./-](?P<month>[0-9]{{1,2}})[月./-](?P<day>[0-9]{{1,2}})(?![0-9])[日号]?",
        rf"{_YEAR}(?P<month>[01][0-9])(?P<day>[0-3][0-9])(?![0-9.])",
        rf"{_YEAR}年(?P<month>[0-9]{{1,2}})(?![0-9])(?:月份?)?{_PART}",
        rf"{_YEAR}(?:[/-](?P<month>[0-9]{{1,2}})(?![0-9])|\.(?P<dotted>[0-9]{{1,2}})(?:月|{_BEFORE}))",
        rf"{_THIS}(?P<month>[0-9]{{1,2}})月(?P<day>[0-9]{{1,2}})(?![0-9])[日号]?",
        rf"{_THIS}(?P<month>[0-9]{{1,2}})[./](?P<day>[0-9]{{1,2}})(?:[日号]|{_BEFORE})",
        rf"{_THIS}(?P<month>[0-9]{{1,2}})月份?{_PART}",
        rf"(?:{_YEAR}年度?|{_THIS})第?(?P<quarter>[一二三四1-4])季度[末底]?",
        rf"(?:{_YEAR}年度?|{_THIS})(?P<half>[上下])半年[末底]?",
        rf"(?:{_YEAR}年|{_THIS})(?P<end>年?[底末终])(?<=年.)",
        rf"{_YEAR}年度?(?:全年)?",
        r"(?P<this>当年度?|本年度?|今年|全年度?|年度?(?=[之以]?内))",
    )
)
_SIGN: Final = re.compile(SIGN_PATTERN)
_LABEL: Final = r"[^0-9:]{0,8}?(?:时间|时限|期限|日期|时点)(?:[:为是在]|节点)*"
_LINK: Final = re.compile(
    rf"(?:{_LABEL})?(?:预计|计划|力争|确保|争取|保证|拟|已|应|须|需|要|均)*(?:于|在|截至|截止到?|[至到])?"
)
_SPAN: Final = re.compile(r"[-~—–至到]+")
_SHORT_SPAN: Final = re.compile(
    r"(?:(?P<year>(?:19|20)[0-9]{2})年)?[0-9]{1,2}月?[-~—–至到]+(?=[0-9]{1,2}月)|(?:19|20)[0-9]{2}年?[-~—–至到]+(?=(?:19|20)[0-9]{2}年)"
)
_SUFFIX: Final = re.compile(r"(?P<before>之前|以前|前|之内|以内|内|止)|(?P<after>之后|以后|后|起)")
_TAIL: Final = re.compile(
    r"$|[，。；;,、（(！!]|全部|均|已|按[时期]|及时|完成|办结|达成|实现|提交|上报|发放|结束|验收|支付"
)
_WORDED: Final = re.compile(r"(?:19|20)[0-9]{2}[年./-][0-9]{1,2}[月./-]|[0-9]{1,2}月[0-9]{1,2}[日号]")
_HINT: Final = re.compile(r"[年月日./-]|季度|半年|[0-9]{8}")
_PARTS: Final = {"上旬": 10, "中旬": 20, "下旬": None, "底": None, "末": None, None: None}
_QUARTERS: Final = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}
_ANY_LEAP_YEAR: Final = 2024


def read_date(text: str, narrowed: str, year: int | None) -> Value | None:
    """Read a date or deadline; ``narrowed`` is ``text`` half-width and without blanks, ``year`` that of the form."""
    if not _HINT.search(narrowed):
        return None
    value = _read_at(text, narrowed, 0, year)
    if value is not None:
        return value
    worded = _WORDED.search(narrowed)
    if worded is None or worded.start() == 0 or any(char.isdigit() for char in narrowed[: worded.start()]):
        return None
    return _read_at(text, narrowed, worded.start(), year)


def _read_at(text: str, narrowed: str, start: int, year: int | None) -> Value | None:
    sign, position = _sign(narrowed, start)
    found = _point_or_span(narrowed, position, year)
    if found is None:
        return None
    day, position = found
    suffix = _SUFFIX.match(narrowed, position)
    position = suffix.end() if suffix else position
    rest = narrowed[position:]
    if not _TAIL.match(rest) and not (day.day and suffix):
        return None
    comparator, malformed = comparator_of(sign or None, None)
    if suffix and comparator is Comparator.NONE:
        comparator = Comparator.LE if suffix["before"] else Comparator.GE
    return Value(
        text=text,
        kind=Kind.DATE,
        comparator=comparator,
        malformed_sign=malformed,
        day=day,
        rest=(narrowed[:start] + rest).rstrip("。；;、，,"),
    )


def _sign(text: str, start: int) -> tuple[str, int]:
    """Return the sign at ``start`` or behind 完成时间：, and where the date begins."""
    sign = _SIGN.match(text, start)
    position = sign.end() if sign else start
    link = _LINK.match(text, position)
    if link is None or link.end() == position:
        return (sign[0] if sign else ""), position
    behind = None if sign else _SIGN.match(text, link.end())
    if behind is not None:
        return behind[0], behind.end()
    return (sign[0] if sign else ""), link.end()


def _point_or_span(text: str, start: int, year: int | None) -> tuple[Day, int] | None:
    """Read one point in time, or the end of a span (2024年1月-12月): the day by which the thing is to be done."""
    short = _SHORT_SPAN.match(text, start)
    if short:
        return _point(text, short.end(), int(short["year"]) if short["year"] else year)
    first = _point(text, start, year)
    if first is None:
        return None
    dash = _SPAN.match(text, first[1])
    second = _point(text, dash.end(), first[0].year) if dash else None
    return second or first


def _point(text: str, start: int, year: int | None) -> tuple[Day, int] | None:
    for pattern in _POINTS:
        match = pattern.match(text, start)
        if match:
            day = _day(match.groupdict(), year)
            if day is not None:
                return day, match.end()
    return None


def _day(found: dict[str, str | None], year: int | None) -> Day | None:
    """Build the point in time from the named parts of a match, ``None`` when there is no such day (2月30日, 13月)."""
    typed = found.get("year")
    known = int(typed) if typed else year
    if shift := _shift(found):
        if known is None:
            return None
        known += shift
    if quarter := found.get("quarter"):
        return Day(known, _QUARTERS[quarter])
    if half := found.get("half"):
        return Day(known, 6 if half == "上" else 12)
    if found.get("end"):
        return Day(known, 12, 31)
    month = found.get("month") or found.get("dotted")
    if not month:
        return Day(known) if typed or found.get("this") else None
    day = found.get("day")
    number = int(day) if day else _PARTS[found.get("part")]
    exists = _exists(known, int(month), 1 if number is None else number)
    return Day(known, int(month), number) if exists else None


def _shift(found: dict[str, str | None]) -> int:
    """Return how many years the words move from that of the form: 1 for 次年, -1 for 上年."""
    return bool(found.get("next")) - bool(found.get("last"))


def _exists(year: int | None, month: int, day: int) -> bool:
    try:
        date(year or _ANY_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
