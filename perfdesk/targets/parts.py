"""A target in the three columns of a goal table (指标类型, 指标值, 计量单位), and back: ≥95% <-> ≥ | 95 | %.

Nothing is scored or checked here; what a text means is read by ``perfdesk.targets.reading``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from perfdesk.amounts import narrow
from perfdesk.targets.reading import read
from perfdesk.targets.values import Comparator, Kind
from perfdesk.targets.writing import format_value

QUALITATIVE: Final = "定性"
_NO_UNIT: Final = frozenset({"", "非数量指标", "无", "/", "-", "—"})
SIGNS: Final = frozenset("≥≤=><≧≦")
"""The signs a target may begin with."""


class Parts(NamedTuple):
    """指标类型 (``sign``: ≥ > = < ≤, 定性, or blank), 指标值 (``figure``) and 计量单位 (``unit``)."""

    sign: str
    figure: str
    unit: str


def split_target(text: str, *, year: int | None = None) -> Parts:
    """Split a target: 「≥70件」 -> ≥ 70 件; 「不超过10万元」 -> ≤ 10 万元; 「400-500人」 -> (blank) 400-500 人.

    A deadline becomes 「≤」 and its day, whatever is no number 「定性」 and the text as it stands: 「显著提升」 -> 定性 显著提升.
    The parts joined again mean the same; the words around a number (「优秀率≥90%」) are left to the indicator's name.
    """
    value = read(text, year=year)
    if value.kind is Kind.BLANK:
        return Parts("", "", "")
    if value.kind in {Kind.LEVEL, Kind.TEXT}:
        return Parts(QUALITATIVE, text.strip(), "")
    bare = format_value(replace(value, comparator=Comparator.NONE))
    return Parts(value.comparator.value, bare.removesuffix(value.unit), value.unit)


def join_target(parts: Parts) -> str:
    """Write the three columns as one text: ≥ 300 件 -> 「≥300件」; 定性 回归 非数量指标 -> 「回归」; no figure -> ``""``.

    A sign or unit typed with the figure is not repeated.
    """
    sign, figure, unit = (part.strip() for part in parts)
    if not figure:
        return ""
    sign = "" if sign == QUALITATIVE or narrow(figure)[:1] in SIGNS else sign
    return f"{sign}{figure}{'' if unit in _NO_UNIT or figure.endswith(unit) else unit}"
