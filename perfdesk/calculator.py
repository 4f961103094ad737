"""算式 (sums) typed into a cell for a figure: ``12+3.5``, ``=15*2``, ``（3.2＋4）×2``. Text in, text out; nothing runs as code.

Four operations and brackets over numbers as ``perfdesk.amounts`` reads them; exact until the end, then rounded half up, once. What
is no sum (a bare number, a text, an unfinished sum) is ``None`` and stays as it was typed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from perfdesk.amounts import MAX_INTEGER_DIGITS, MAX_TEXT, NUMBER_PATTERN, narrow, parse_number, plain

_SIGNS: Final = str.maketrans({"×": "*", "÷": "/", "＝": "="})
_TOKEN: Final = re.compile(rf"\s*(?:(?P<number>{NUMBER_PATTERN})|(?P<sign>[-+*/()]))\s*")
_OPERATION: Final = re.compile(r"[0-9)]\s*[-+*/]")


class _NotASumError(ValueError):
    """The text is no sum that can be done."""


def calculate(text: str, *, places: int) -> str | None:
    """Return the result of a sum as a plain number with at most ``places`` decimals; ``None`` where the text is no sum.

    ``12+3.5`` gives 15.5, ``=15*2`` 30, ``10÷3`` with two places 3.33, ``1,200.50－200`` 1000.5. A bare number is a sum only
    behind ``=``. A division by nought and a result of more than 15 whole digits are no sums.
    """
    if len(text) > MAX_TEXT:
        return None
    written = narrow(text).translate(_SIGNS).strip()
    if not written.startswith("=") and not _OPERATION.search(written):
        return None
    try:
        result = _Sum(written.removeprefix("=")).result()
    except (_NotASumError, ZeroDivisionError):
        return None
    return _rounded(result, places) if abs(result) < 10**MAX_INTEGER_DIGITS else None


def _rounded(value: Fraction, places: int) -> str:
    """Round half up, away from nought: 0.125 -> 0.13, -0.125 -> -0.13."""
    scaled = int(abs(value) * 10**places + Fraction(1, 2))
    return plain(Decimal(-scaled if value < 0 else scaled).scaleb(-places))


class _Sum:
    """A sum being read from left to right: terms of factors, signs and brackets."""

    def __init__(self, text: str) -> None:
        self._tokens = _tokens(text)
        self._at = 0

    def result(self) -> Fraction:
        """Return what the whole text comes to."""
        value = self._terms()
        if self._at < len(self._tokens):
            raise _NotASumError
        return value

    def _terms(self) -> Fraction:
        value = self._factors()
        while sign := self._take("+-"):
            value = value + self._factors() if sign == "+" else value - self._factors()
        return value

    def _factors(self) -> Fraction:
        value = self._signed()
        while sign := self._take("*/"):
            value = value * self._signed() if sign == "*" else value / self._signed()
        return value

    def _signed(self) -> Fraction:
        sign = self._take("+-")
        return -self._one() if sign == "-" else self._one()

    def _one(self) -> Fraction:
        if self._take("("):
            value = self._terms()
            if not self._take(")"):
                raise _NotASumError
            return value
        number = parse_number(self._tokens[self._at]) if self._at < len(self._tokens) else None
        if number is None:
            raise _NotASumError
        self._at += 1
        return Fraction(number)

    def _take(self, signs: str) -> str:
        """Take the next token if it is one of the signs; else ``""``."""
        token = self._tokens[self._at] if self._at < len(self._tokens) else ""
        if not token or token not in signs:
            return ""
        self._at += 1
        return token


def _tokens(text: str) -> list[str]:
    """Cut a text into numbers and signs. Raises :class:`_NotASumError` where something else stands in it."""
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _NotASumError
        found.append(match.group("number") or match.group("sign"))
        at = match.end()
    return found
