"""How target and actual stand to each other: of different kinds, or exceeded beyond the policy's limit. Questions, no findings."""

from __future__ import annotations

import re
from typing import Final

from perfdesk.checks.row import Row
from perfdesk.policy import Policy
from perfdesk.scoring import Excess, answered_by_nothing, answered_by_rate, excess_of
from perfdesk.targets import Comparator, Family, Kind, Level, Value, family_of, is_only_a_name

_FORWARD: Final = frozenset({Comparator.GE, Comparator.GT})
_TIME: Final = frozenset({Family.TIME, Family.WORKDAY, Family.MONTH})
_MONEY: Final = frozenset({Family.MONEY, Family.PRICE})
_SHARES: Final = frozenset({Family.RATIO, Family.POINTS, Family.MULTIPLE})
#: Units that each count their own thing; 个, 份 and words we do not know are used for anything and prove nothing.
_STRICT: Final = frozenset(
    {Family.CASE, Family.CASE_TIMES, Family.PERSON, Family.PERSON_TIMES, Family.TIMES, Family.HOUSEHOLD, Family.SCORE}
)
_DIGIT: Final = re.compile(r"[0-9０-９一二三四五六七八九十百零]")
_IS_RATE: Final = re.compile(r"(?<![效频速])率(?:[（(][^（()）]*[)）])?\s*$")
_WORDS: Final = {"RATIO": "百分比", "MONEY": "金额", "TIME": "时长", "COUNT": "数量"}


def exceeded(row: Row, policy: Policy) -> Excess | None:
    """Return by how much the actual lies beyond the policy's limit (+30 %), ``None`` within it and for costs and time limits."""
    return excess_of(row.target, row.actual, reverse=row.reading.reverse, policy=policy)


def _family(value: Value, name_unit: str) -> Family:
    """Return the unit family of a number; a bare one takes the unit its indicator's name gives in brackets."""
    return family_of(name_unit) if value.family is Family.NONE else value.family


def _group(family: Family) -> str:
    if family in _SHARES:
        return "RATIO"
    if family in _MONEY:
        return "MONEY"
    return "TIME" if family in _TIME else "COUNT"


def _units_differ(row: Row) -> str:
    """Compare two numbers by their units: 1次 and 100%, 20件 and 70余件次; a number without unit fits anything."""
    target, actual = _family(row.target, row.reading.name_unit), row.actual.family
    unsure = {Family.NONE, Family.OTHER}
    if target in unsure or actual in unsure:
        return ""
    if _group(target) != _group(actual):
        return f"指标值是{_WORDS[_group(target)]}，完成值是{_WORDS[_group(actual)]}"
    if {target, actual} <= _STRICT and target is not actual:
        units = row.target.unit or row.reading.name_unit, row.actual.unit
        return f"指标值按{units[0]}，完成值按{units[1]}"
    return ""


def _wording_differs(row: Row) -> str:
    """Compare a wording with a rate: 显著提升 and 100% differ; 应审尽审 and 按时完成 are answered by 100%, and so is any 及时率."""
    target, actual = row.target, row.actual
    if _IS_RATE.search(row.indicator.name) and actual.family is Family.RATIO:
        return ""
    if actual.family is not Family.RATIO or answered_by_rate(target):
        return ""
    if target.level is Level.WORDING and actual.rest.strip("。.，,；; ") in {"", "完成", "已完成"}:
        return "指标值是定性的，完成值是百分比"
    if target.kind is Kind.TEXT and not is_only_a_name(target) and not _DIGIT.search(target.text):
        return "指标值是一句话，完成值是百分比"
    return ""


def _time_differs(row: Row) -> str:
    """Compare a date with a number: 2020年年底之前完成 and 100% differ; lengths of time and bare numbers are left alone."""
    number, is_target = (row.actual, False) if row.target.kind is Kind.DATE else (row.target, True)
    family = _family(number, row.reading.name_unit) if is_target else number.family
    if family in {Family.NONE, Family.OTHER} or _group(family) == "TIME":
        return ""
    word = _WORDS[_group(family)]
    return f"指标值是{word}，完成值是日期" if is_target else f"指标值是时间，完成值是{word}"


def kinds_differ(row: Row) -> str:
    """Return in words how the kinds or units of target and actual differ, ``""`` when they can be set against each other."""
    target, actual = row.target, row.actual
    if Kind.BLANK in {target.kind, actual.kind} or answered_by_nothing(target, actual, row.indicator):
        return ""
    if target.kind is Kind.DATE or actual.kind is Kind.DATE:
        return "" if target.kind is actual.kind else _time_differs(row)
    if _measures(target) and _measures(actual):
        return _units_differ(row)
    if _measures(actual):
        return _wording_differs(row)
    timed = _group(_family(target, row.reading.name_unit)) == "TIME"
    if _measures(target) and actual.level is Level.WORDING and not timed:
        return f"指标值是{target.kind.value}，完成值是定性的"
    return ""


def _measures(value: Value) -> bool:
    return value.is_quantity or value.kind is Kind.RANGE
