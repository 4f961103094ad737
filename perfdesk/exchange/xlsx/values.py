"""What goes into one cell of a spreadsheet: a number where a number was typed, else the text itself, never a formula."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple
from xml.sax.saxutils import escape  # writes only; nothing is parsed

from perfdesk.amounts import plain
from perfdesk.model import Block
from perfdesk.sheet import Cell
from perfdesk.template import FUND_KEYS

MOST_CHARACTERS = 32_767
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x000D_ as a character
_FUND_COLUMNS = frozenset(FUND_KEYS)
_NUMERIC = {
    Block.FUNDS: _FUND_COLUMNS,
    Block.INDICATORS: frozenset(
        {"level1_weight", "level2_weight", "goal_weight", "weight", "score", "target_value", "deduction"}
    ),
    Block.STATED: frozenset({"total_weight", "total_score"}),
    Block.ROWS: _FUND_COLUMNS,
}
"""Columns whose plain numbers are numbers; so are those of fields that a template calls numbers."""
_AROUND = re.compile(r"([^{}\"]*)\{\w+\}([^{}\"]*)")  # {weight}分
_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.([0-9]+))?(%?)", re.ASCII)
_MOST_DIGITS = 15  # what a spreadsheet keeps of a number


class Value(NamedTuple):
    """What goes into one spreadsheet cell: type ``n`` or ``s``, text of the value, number format, quotePrefix."""

    kind: str
    text: str | None
    format: str
    quote: bool


BLANK = Value("n", None, "General", quote=False)


def number(text: str) -> tuple[str, str] | None:
    """Read a text as a number of Excel: its value and the format that shows exactly the text; ``None`` when there is none.

    ``29539`` -> ``("29539", "0")``, ``100.00`` -> ``("100.00", "0.00")``, ``98.46%`` -> ``("0.9846", "0.00%")``. Leading zeros,
    more than 15 digits, full-width digits, signs and units stay text.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals, percent = match.groups(default="")
    digits = whole.replace(",", "")
    if len(digits + decimals) > _MOST_DIGITS or (sign and not (digits + decimals).strip("0")):
        return None
    shown = ("#,##0" if "," in whole else "0") + ("." + "0" * len(decimals) if decimals else "") + percent
    value = sign + digits + ("." + decimals if decimals else "")
    return (plain(Decimal(value) / 100) if percent else value), shown


def _figure(cell: Cell) -> tuple[str, str] | None:
    """Read a cell as a number: printed digits, and typed ones in a column of numbers; 「9分」 is 9 shown with 分."""
    binding = cell.binding
    if binding is None:
        return number(cell.text)
    if not cell.numeric and binding.key not in _NUMERIC.get(binding.block, ()):
        return None
    around = _AROUND.fullmatch(binding.pattern)
    before, after = around.groups() if around else ("", "")
    if not cell.text.startswith(before) or not cell.text.endswith(after):
        return None
    found = number(cell.text[len(before) : len(cell.text) - len(after)])
    if found is None:
        return None
    value, shown = found
    return value, _literal(before) + shown + _literal(after)


def _literal(words: str) -> str:
    """Quote words for a number format."""
    return f'"{words}"' if words else ""


def value_of(cell: Cell, text: str) -> Value:
    """Return what is written of a cell whose text, cleaned, is ``text``."""
    if not text:
        return BLANK
    found = _figure(cell)
    if found is not None:
        return Value("n", *found, quote=False)
    if cell.binding is None:
        return Value("s", text, "General", quote=False)
    return Value("s", text, "@", quote=True)


def writable(text: str) -> tuple[str, int]:
    """Return a text as Excel can hold it, and how many control characters had to go."""
    text, removed = UNWRITABLE.subn("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _ESCAPE_LIKE.sub("_x005F_", text), removed


def content(value: Value) -> str:
    """Write what stands in a cell; the text of a person is never a formula."""
    text = escape(value.text or "")
    if value.kind == "n":
        return f"><v>{text}</v></c>"
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def cut(text: str, most: int) -> str:
    """Cut a text to ``most`` UTF-16 units, never inside a character."""
    if len(text.encode("utf-16-le")) <= 2 * most:
        return text
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
