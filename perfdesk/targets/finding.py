"""Finds numbers with everything that belongs to them: 不低于70余件次, 100-120人, 4.8万元以内; what they mean is decided elsewhere.

A pattern finds comparator and digits, the unit behind them is looked up. As one pattern it would be an alternation of 70 units
four times over, which takes 20 ms to compile: longer than a whole form of targets takes to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from perfdesk.amounts import NUMBER_PATTERN
from perfdesk.targets.numerals import NUMERAL_PATTERN
from perfdesk.targets.signs import SIGN_PATTERN, SUFFIX_PATTERN
from perfdesk.targets.units import unit_at

_ARABIC: Final = rf"[+-]?{NUMBER_PATTERN}"
_MULTIPLE: Final = "百万|千万|百(?!分[比点])|千|万|亿"
_NEAR: Final = "大约|大概|约|将近|接近|近"
_FRONT: Final = rf"(?P<near>{_NEAR})?(?P<sign>{SIGN_PATTERN})?(?P<near2>{_NEAR})?"
_PERCENT: Final = rf"百分之(?P<percent>{_ARABIC}|{NUMERAL_PATTERN})"

# Whatever follows the digits may be missing, so each of these patterns fits an empty text, and they are taken one after the other.
_MULTIPLIED: Final = re.compile(rf"(?P<more>[余多])?(?P<multiple>{_MULTIPLE})?(?P<more2>[余多])?")
_HIGH: Final = re.compile(rf"[-~—–至到](?P<high>{_ARABIC}|{NUMERAL_PATTERN})(?P<high_multiple>{_MULTIPLE})?")
_LIMIT: Final = re.compile(rf"(?P<around>左右|上下|\+|[余多](?![^\W\d_]))?(?P<suffix>{SUFFIX_PATTERN})?")
_DOTS: Final = re.compile("[·.]")
_LETTERS: Final = re.compile(r"[^\W\d_]{1,2}")
_PER_MORE: Final = re.compile("(?:[/·.](?:季度|半年|星期|乡镇|街道|社区|[人月年天日周季次户村镇所期件案例班场名]))*")


@cache
def _at_start() -> re.Pattern[str]:
    """Comparator and digits, or Chinese numerals, that a text begins with; compiled when first asked for, as the next one."""
    return re.compile(rf"{_FRONT}(?:{_PERCENT}|(?P<arabic>{_ARABIC})|(?P<chinese>{NUMERAL_PATTERN}))")


@cache
def _anywhere() -> re.Pattern[str]:
    """Comparator and digits anywhere inside a text."""
    return re.compile(rf"{_FRONT}(?:{_PERCENT}|(?<![0-9.第])(?P<arabic>{_ARABIC}))")


class Found(NamedTuple):
    """A number from ``start`` to ``end`` of a text, cut into its parts; a part that is not there is ``""``.

    ``percent`` are the digits behind 百分之, else they are in ``arabic`` or ``chinese``. ``more`` is 余 or 多 before the
    ``multiple`` (万), ``more2`` behind it; ``per`` is the /月 of 4000元/月. The ``high_`` parts are those of a range's upper end.
    """

    start: int
    end: int
    near: str
    sign: str
    percent: str
    arabic: str
    chinese: str
    more: str
    multiple: str
    more2: str
    unit: str
    per: str
    high: str
    high_multiple: str
    high_unit: str
    high_per: str
    around: str
    suffix: str


def number_at_start(text: str) -> Found | None:
    """Return the number a text begins with, in digits or in Chinese numerals."""
    head = _at_start().match(text)
    return None if head is None else _complete(text, head)


def numbers_inside(text: str) -> Iterator[Found]:
    """Yield the numbers in digits (百分之九十五 too) anywhere in a text, from left to right, none inside another."""
    head = _anywhere().search(text)
    while head is not None:
        found = _complete(text, head)
        yield found
        head = _anywhere().search(text, found.end)


def _complete(text: str, head: re.Match[str]) -> Found:
    """Read on behind the digits."""
    parts = head.groupdict("")
    multiplied = _parts(_MULTIPLIED, text, head.end())
    unit, per, end = _unit(text, multiplied.end())
    high = _HIGH.match(text, end)
    high_unit, high_per, end = _unit(text, high.end()) if high else ("", "", end)
    limit = _parts(_LIMIT, text, end)
    return Found(
        start=head.start(),
        end=limit.end(),
        near=parts["near"] or parts["near2"],
        sign=parts["sign"],
        percent=parts["percent"],
        arabic=parts["arabic"],
        chinese=parts.get("chinese", ""),
        **multiplied.groupdict(""),
        unit=unit,
        per=per,
        **(high.groupdict("") if high else {"high": "", "high_multiple": ""}),
        high_unit=high_unit,
        high_per=high_per,
        **limit.groupdict(""),
    )


def _parts(pattern: re.Pattern[str], text: str, start: int) -> re.Match[str]:
    match = pattern.match(text, start)
    if match is None:
        raise AssertionError(pattern)  # all of its parts may be missing
    return match


def _unit(text: str, start: int) -> tuple[str, str, int]:
    """Return the unit at ``start``, what it is counted by (/月, /人·月), and where both end."""
    unit = unit_at(text, start)
    end = start + len(unit)
    if not unit or text[end : end + 1] != "/":
        return unit, "", end
    letters = _LETTERS.match(text, end + 1)
    base = unit_at(text, end + 1) or (letters[0] if letters else "")
    if not base:
        return unit, "", end
    end += 1 + len(base)
    more = _parts(_PER_MORE, text, end)
    return unit, f"/{base}{_DOTS.sub('/', more[0])}", more.end()
