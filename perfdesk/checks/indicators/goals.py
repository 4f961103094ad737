"""目标表 (goal tables): what a target needs so that it can be scored after the year: value, unit, direction, a usable standard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from perfdesk.amounts import parse_number
from perfdesk.checks.catalogue import Figures, Place, finding, mild
from perfdesk.checks.context import Context
from perfdesk.checks.indicators.targets import is_exact_satisfaction, wrong_way
from perfdesk.checks.repairs import Change, repair
from perfdesk.checks.row import Row, make_row
from perfdesk.checks.wording import put, quote
from perfdesk.model import Finding
from perfdesk.targets import SIGNS, Comparator, Family, Kind, family_of, needs_weight, read, split_target
from perfdesk.template import TERMS

_IS_WORDING: Final = re.compile(r"[^0-9０-９≥≤=<>＜＞一二两三四五六七八九十百千万零]{2,}")
_UNLIKE: Final = frozenset({Family.RATIO, Family.MONEY, Family.CASE, Family.PERSON, Family.TIMES, Family.HOUSEHOLD})


def unit_missing(row: Row) -> Iterator[Finding]:
    """unit-missing: 指标值 is a number and 计量单位 is blank: 95 of what? A unit typed beside the number counts."""
    value = row.indicator.target_value
    if not row.columns >= {"target_value", "measure_unit"} or row.indicator.measure_unit.strip():
        return
    if parse_number(value) is not None:
        yield finding(
            "unit-missing",
            row.place("measure_unit", "target_value"),
            title="没有填计量单位",
            message=f"指标值是 {value.strip()}，计量单位是空的。请填单位，如 %、件、万元。",
            figures=Figures(value.strip()),
        )


def goal_unit_mismatch(row: Row) -> Iterator[Finding]:
    """unit-mismatch: 计量单位 is not that of the 指标值: 28.8万元 in %, or a wording (应保尽保) in % or 万元."""
    one, unit = row.indicator, row.indicator.measure_unit.strip()
    if not row.columns >= {"target_value", "measure_unit"} or not one.target_value.strip():
        return
    value, family = read(one.target_value, year=row.year), family_of(unit)
    worded = value.kind in {Kind.TEXT, Kind.LEVEL} and _IS_WORDING.fullmatch(one.target_value.strip()) is not None
    if worded and family in {Family.RATIO, Family.MONEY}:
        why = "指标值是定性的"
    elif value.is_quantity and {value.family, family} <= _UNLIKE and value.family is not family:
        why = f"指标值已经写了{value.unit}"
    else:
        return
    yield finding(
        "unit-mismatch",
        row.place("measure_unit", "target_value"),
        title="计量单位与指标值不符",
        message=f"指标值是{quote(one.target_value)}，计量单位填的是{quote(unit)}：{why}。请核对后改其中一格。",
        figures=Figures(unit, one.target_value.strip()),
    )


def goal_target_missing(row: Row) -> Iterator[Finding]:
    """target-missing: an indicator of a goal table has a type or a unit, and no 指标值."""
    one = row.indicator
    if "target_value" not in row.columns or not row.named or one.target_value.strip():
        return
    if one.indicator_type.strip() or one.measure_unit.strip() or one.scoring_rule.strip():
        message = "有指标而没有指标值，年底没有可比的数。请填指标值，定性指标写要达到的效果。"
        yield finding("target-missing", row.place("target_value"), title="没有填指标值", message=message)


def goal_comparator(row: Row) -> Iterator[Finding]:
    """comparator: 指标类型 points the wrong way (成本 ≥, 满意度 ≤); mild: a satisfaction with 「=」."""
    one = row.indicator
    if "indicator_type" not in row.columns or not one.target_value.strip() or not one.indicator_type.strip():
        return
    sign = one.indicator_type.strip()
    target = f"{sign}{one.target_value.strip()}{one.measure_unit.strip()}"
    read = make_row(row.template, row.year, row.index, replace(one, target=target), row.score)
    if read.target.comparator is Comparator.NONE:
        return
    turned, exact = wrong_way(read), is_exact_satisfaction(read)
    if turned is None and not exact:
        return
    meant = (turned or Comparator.GE).value
    problem = finding(
        "comparator",
        row.place("indicator_type", "target_value"),
        title=f"指标类型应为 {meant}",
        message=f"指标类型填的是{quote(sign)}，指标值 {one.target_value.strip()}；这项指标应为 {meant}。",
        figures=Figures(sign, meant),
        fix=put(f"改为 {meant}", row.bind("indicator_type"), meant),
    )
    yield problem if turned is not None else mild(problem)


def sign_in_value(row: Row) -> Iterator[Finding]:
    """comparator, mild: the sign was typed into 指标值 (≥95%) and 指标类型 is blank; the finance system reads only the columns."""
    one, year = row.indicator, row.year
    value = one.target_value.strip()
    if not row.columns >= {"indicator_type", "target_value"} or one.indicator_type.strip() or value[:1] not in SIGNS:
        return
    parts = split_target(value, year=year)
    if not parts.figure or parts.sign not in SIGNS:
        return
    texts = {"indicator_type": parts.sign, "target_value": parts.figure}
    if "measure_unit" in row.columns and not one.measure_unit.strip():
        texts["measure_unit"] = parts.unit
    elif parts.unit not in {"", one.measure_unit.strip()}:
        texts["target_value"] = value.lstrip("".join(SIGNS)).strip()
    shown = "，".join(f"{TERMS[key]} {text}" for key, text in texts.items() if text)
    changes = (Change(TERMS[key], row.bind(key), getattr(one, key), text) for key, text in texts.items())
    yield mild(
        finding(
            "comparator",
            row.place("target_value", "indicator_type"),
            title="符号写在了指标值里",
            message=f"指标值填的是{quote(value)}，指标类型是空的。分开填是：{shown}。",
            figures=Figures(value, parts.sign),
            fix=repair("分填各栏", changes),
        )
    )


def rule_unusable(context: Context) -> Iterator[Finding]:
    """rule-unusable: the 评(扣)分标准 multiply by 分值, and the form has no 分值; one finding with their number."""
    if "scoring_rule" not in context.columns or "weight" in context.columns or context.template.weight_by_goal:
        return
    ruled = [row for row in context.rows if row.indicator.scoring_rule.strip()]
    lost = [row for row in ruled if needs_weight(row.indicator.scoring_rule)]
    if not lost:
        return
    cells = tuple(row.bind("scoring_rule") for row in lost)
    yield finding(
        "rule-unusable",
        Place(TERMS["scoring_rule"], cells[0], cells[1:]),
        title=f"{len(lost)} 项评分标准用不上",
        message=f"{len(ruled)} 项评(扣)分标准里有 {len(lost)} 项要乘分值，这张表没有分值栏，算不出得分。"
        "自评时给各项定了分值才能用。",
        figures=Figures(str(len(lost)), str(len(ruled))),
    )
