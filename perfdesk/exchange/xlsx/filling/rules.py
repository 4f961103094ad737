"""What a sheet allows in its cells (数据验证): lists of words, bounds of numbers, lengths of texts. Read only, never changed."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from perfdesk.amounts import parse_number
from perfdesk.exchange.guard.markup import Element, local
from perfdesk.exchange.squares import area

Range = tuple[int, int, int, int]
Look = Callable[[str, str], tuple[str, ...]]
"""Return the texts of an area of a sheet: (sheet name, ``A1:A9``); the sheet of the cell itself has the name ``""``."""
_QUOTED: Final = re.compile(r'"((?:[^"]|"")*)"')
_AREA: Final = re.compile(
    r"(?:(?:'((?:[^']|'')+)'|([^'!\"]+))!)?(\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?)"
)
_SIGNS: Final[Mapping[str, tuple[str, Callable[[Decimal, Decimal], bool]]]] = MappingProxyType(
    {
        "equal": ("＝", operator.eq),
        "notEqual": ("≠", operator.ne),
        "greaterThan": (">", operator.gt),
        "lessThan": ("<", operator.lt),
        "greaterThanOrEqual": ("≥", operator.ge),
        "lessThanOrEqual": ("≤", operator.le),
    }
)
_NUMBERS: Final = frozenset({"whole", "decimal", "textLength"})
_MOST_SHOWN: Final = 8


class Rule(NamedTuple):
    """One validation: where it holds, its kind, how it compares, its one or two operands as written in the file."""

    areas: tuple[Range, ...]
    kind: str
    comparison: str
    first: str
    second: str

    def holds_at(self, row: int, column: int) -> bool:
        """Tell whether the rule is about a cell."""
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.areas)

    def refusal(self, text: str, look: Look) -> str:
        """Return why the cell does not take a text, ``""`` where it does or where the rule cannot be told (a formula)."""
        if self.kind == "list":
            return _not_in_list(text, _choices(self.first, look))
        if self.kind not in _NUMBERS:
            return ""
        value = Decimal(len(text)) if self.kind == "textLength" else parse_number(text)
        if value is None:
            return "这一格只收数字"
        if self.kind == "whole" and value != value.to_integral_value():
            return "这一格只收整数"
        said = self._bounds(value)
        return (
            said if not said or self.kind != "textLength" else f"字数{said.removeprefix('这一格')}，现有 {len(text)} 字"
        )

    def _bounds(self, value: Decimal) -> str:
        low, high = parse_number(self.first), parse_number(self.second)
        if self.comparison in {"between", "notBetween"}:
            if low is None or high is None:
                return ""
            inside = low <= value <= high
            wanted = f"{'' if self.comparison == 'between' else '不'}在 {low} 到 {high} 之间"
            return "" if inside == (self.comparison == "between") else f"这一格应{wanted}"
        sign, holds = _SIGNS.get(self.comparison, ("", operator.eq))
        return "" if low is None or not sign or holds(value, low) else f"这一格应 {sign} {low}"


def _not_in_list(text: str, choices: tuple[str, ...]) -> str:
    if not choices or text.strip() in choices:
        return ""
    shown = "、".join(choices[:_MOST_SHOWN]) + (" 等" if len(choices) > _MOST_SHOWN else "")
    return f"这一格只能从“{shown}”里选"


def _choices(written: str, look: Look) -> tuple[str, ...]:
    """Return the words of a list: written out (``"优,良"``), or those of an area; none for a formula."""
    quoted = _QUOTED.fullmatch(written.strip())
    if quoted is not None:
        return tuple(one.strip() for one in quoted[1].replace('""', '"').split(",") if one.strip())
    found = _AREA.fullmatch(written.strip().removeprefix("="))
    if found is None:
        return ()
    sheet = (found[1] or found[2] or "").replace("''", "'")
    return tuple(one.strip() for one in look(sheet, found[3]) if one.strip())


def read_rules(sheet: Element) -> tuple[Rule, ...]:
    """Read the validations of a sheet that refuse something (not those that only warn), those of newer Excel among them."""
    return tuple(_rules(sheet))


def _rules(sheet: Element) -> Iterator[Rule]:
    for one in sheet.iter("{*}dataValidation"):
        if one.get("errorStyle", "stop") != "stop" or one.get("showErrorMessage") not in {"1", "true"}:
            continue
        parts = {local(child.tag): "".join(child.itertext()).strip() for child in one}
        reference = one.get("sqref") or parts.get("sqref", "")
        areas = tuple(found for part in reference.split() if (found := area(part)) is not None)
        comparison = one.get("operator", "between")
        yield Rule(areas, one.get("type", "none"), comparison, parts.get("formula1", ""), parts.get("formula2", ""))
