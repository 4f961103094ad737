"""指标值 in parts (指标性质 | 指标值 | 度量单位, as the 一体化 system exports it), put together for forms without those columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from perfdesk.labels import alike
from perfdesk.recognition.board import Square
from perfdesk.recognition.plan import Column, Plan

SIGN: Final = "sign"
UNIT: Final = "unit"
_NEAR: Final = 2  # columns that the parts stand from their figure at most
_HEADINGS: Final = {SIGN: alike("指标类型"), UNIT: alike("计量单位")}
_SIGNS: Final = {
    "大于等于": "≥",
    "不低于": "≥",
    "小于等于": "≤",
    "不高于": "≤",
    "等于": "=",
    "大于": ">",
    "小于": "<",
    "定性": "",
}
_NO_UNITS: Final = frozenset({"非数量指标", "无", "/", "—", "-"})


def part_columns(plan: Plan, leaves: Sequence[Square], given: Mapping[int, Column]) -> dict[int, Column]:
    """Return the headings that hold a part of the 指标值 near them, in a form that has no such columns itself."""
    at = next((index for index, one in given.items() if one.key == "target"), None)
    if at is None or "indicator_type" in {one.key for one in plan.columns.values()}:
        return {}
    found: dict[int, Column] = {}
    for index in range(max(at - _NEAR, 0), min(at + _NEAR + 1, len(leaves))):
        part = next((part for part, words in _HEADINGS.items() if words & set(leaves[index].forms)), "")
        if part and index not in given:
            found[index] = Column("target", part=part)
    return found


def whole_target(sign: str, value: str, unit: str) -> str:
    """Return a 指标值 in one text: ``whole_target("大于等于", "95", "%")`` is ≥95%; nothing of it is said twice."""
    sign = _SIGNS.get(sign, sign)
    unit = "" if unit in _NO_UNITS or (unit and value.endswith(unit)) else unit
    return f"{'' if sign and value.startswith(sign) else sign}{value}{unit}" if value else ""
