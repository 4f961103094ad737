"""What a spreadsheet shows: a stored number and its number format make the text in the cell, 0.9932 as 0.00% is 「99.32%」.

Shared by the readers of .xlsx and .xls. Numbers are Decimals made of the fifteen digits that a spreadsheet keeps, rounded half up
as it does. It knows no files.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.exchange.shown.built_in import BUILT_IN
from perfdesk.exchange.shown.codes import Section, sections_of
from perfdesk.exchange.shown.dates import date_text
from perfdesk.exchange.shown.figures import figure_text, general, rounded

__all__ = ["BUILT_IN", "Shown", "shown", "symbols"]

_SYMBOLS: Final = {
    "wingdings": {
        "\xfe": "☑",
        "\xa8": "□",
        "\xfd": "☒",
        "\xfc": "√",
        "\xfb": "×",
        "o": "□",
        "x": "☒",
        "\xfa": "☒",
        "n": "■",
    },
    "wingdings 2": {"R": "☑", "T": "☒", "P": "√", "O": "×", "S": "☒", "\xa3": "□", "*": "□", "0": "☑", "V": "⊗"},
    "symbol": {"\xd6": "√", "\xb3": "≥", "\xa3": "≤", "\xb9": "≠", "\xb1": "±", "\xb4": "×", "\xb8": "÷"},
}
"""Characters that only a symbol face turns into what a person sees: R in Wingdings 2 is a ticked box."""
_PRIVATE: Final = 0xF000  # where Word keeps the characters of symbol faces
_OF_SYMBOLS: Final = re.compile("[\uf020-\uf0ff]")
_DIGITS: Final = 15


class Shown(NamedTuple):
    """The text a person sees, and the stored value where that text is rounded, else ``""``."""

    text: str
    raw: str = ""


def shown(value: str, code: str, *, since_1904: bool = False) -> Shown:
    """Show a stored number (its text, as files have it) in a number format; what is no number is shown as it stands.

    ``shown("0.99324", "0.00%")`` is ``Shown("99.32%", "0.99324")``; a format nobody understands shows the number plainly.
    """
    number = _number(value)
    if number is None:
        return Shown(value)
    section, signed = _section(_sections(code), number)
    if section is None or section.kind == "general":
        text = general(number)
        return Shown(text, "" if Decimal(text) == number else format(number, "f"))
    if section.kind == "text":
        return Shown(section.around(general(number)))
    if section.kind == "date":
        day = date_text(section, number, since_1904=since_1904)
        return Shown(general(number) if day is None else day)
    figure = number if signed else abs(number)
    text = figure_text(section, figure)
    return Shown(text, format(number, "f") if rounded(section, figure) else "")


@lru_cache(maxsize=500)
def _sections(code: str) -> tuple[Section, ...]:
    return sections_of(code)


def _number(value: str) -> Decimal | None:
    """Read a stored number as the fifteen digits that count: 98.460000000000008 is 98.46."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() > 308:
        return None
    if len(number.as_tuple().digits) > _DIGITS:
        number = Decimal(f"{number:.{_DIGITS - 1}e}")
    whole = number.normalize()
    return whole or Decimal(0)


def _section(sections: tuple[Section, ...], number: Decimal) -> tuple[Section | None, bool]:
    """Choose the part of a format for a number, and whether it still has to write the minus sign."""
    for section in sections:
        if section.condition is not None and section.holds(number):
            return section, True
    plain = tuple(one for one in sections if one.condition is None and one.kind != "text")
    if not plain:
        only = next((one for one in sections if one.kind == "text"), None)
        return only, True
    if any(one.condition is not None for one in sections):
        return plain[-1], True
    if number < 0 and len(plain) > 1:
        return plain[1], False
    if number == 0 and len(plain) > 2:
        return plain[2], False
    return plain[0], True


def symbols(text: str, face: str) -> str:
    """Return a text in a symbol face (Wingdings …) as the signs a person sees; other faces leave it as it is."""
    table = _SYMBOLS.get(face.strip().lower())
    if table is None and not _OF_SYMBOLS.search(text):
        return text
    table = table or _SYMBOLS["wingdings"]
    return "".join(table.get(chr(ord(one) - _PRIVATE) if "\uf020" <= one <= "\uf0ff" else one, one) for one in text)
