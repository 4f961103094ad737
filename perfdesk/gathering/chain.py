"""目标表 -> 监控表 -> 自评表: what a form takes over from the one before it in the year's chain.

Only blank cells and untouched starter rows are filled; what somebody typed stays. The comparator, value and unit of a goal table
become one 年度指标值 (≥ 300 件 -> 「≥300件」); 指标解释 and 评(扣)分标准 go along, though few self-assessments print them: they are
shown beside the row and decide its score.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from perfdesk.gathering.facts import Facts, money
from perfdesk.model import FormKind, FundRow, Indicator, Record
from perfdesk.targets import Parts, join_target
from perfdesk.template import Template

#: What each kind takes over from, the nearest in the chain first.
SOURCES: Final[Mapping[FormKind, tuple[FormKind, ...]]] = MappingProxyType(
    {
        FormKind.PROJECT_SELF: (FormKind.PROJECT_GOAL, FormKind.PROJECT_MONITORING),
        FormKind.PROJECT_MONITORING: (FormKind.PROJECT_GOAL,),
        FormKind.DEPARTMENT_SELF: (FormKind.DEPARTMENT_GOAL,),
    }
)
VALUES: Final = ("project_name", "department", "department_code", "agency", "goal_expected")
_KEPT: Final = ("weight", "goal", "goal_weight", "indicator_type", "target_value", "measure_unit")
_FUND_WORDS: Final = ("总额", "财政拨款", "结转", "其他")


def target_of(row: Indicator) -> str:
    """Return the 年度指标值 of a goal row: its own, else 指标类型, 指标值 and 计量单位 written together.

    ``≥`` ``300`` ``件`` -> 「≥300件」; ``定性`` ``回归`` ``非数量指标`` -> 「回归」; a sign or unit typed with the value is not
    repeated.
    """
    return row.target.strip() or join_target(Parts(row.indicator_type, row.target_value, row.measure_unit))


def sources(template: Template, record: Record, year: tuple[Facts, ...]) -> tuple[Facts, ...]:
    """Return the forms a form can take over from: those of its project where there is one of that name, else all of the kind."""
    for kind in SOURCES.get(template.kind, ()):
        found = tuple(one for one in year if one.kind is kind)
        same = tuple(one for one in found if one.project and one.project == record.value("project_name").strip())
        if found:
            return same or found
    return ()


def carry(source: Facts, template: Template, record: Record) -> Record:
    """取目标表: return the record with its blanks filled from a goal table or a monitoring form.

    Indicators are recognised by their name; those that are not there yet take an untouched starter row of their 二级指标, else a
    new row below their group. A form whose rows are all untouched gets exactly the rows of the source.
    """
    values = {key: source.record.value(key) for key in VALUES if template.field(key) and not record.value(key).strip()}
    return replace(
        record,
        values={**record.values, **{key: text for key, text in values.items() if text}},
        funds=tuple(_funded(row, source, record) for row in record.funds),
        indicators=_merged(template, record.indicators, tuple(_carried(one, template) for one in _rows(source))),
    )


def put_in(template: Template, record: Record, rows: tuple[Indicator, ...]) -> Record:
    """Return the record with further indicators in their groups; one that is there already only has its blanks filled."""
    new = tuple(_carried(row, template) for row in rows)
    return replace(record, indicators=_added(record.indicators, new))


def taken(before: Record, after: Record) -> int:
    """Count the cells and rows that a form took over: each field, amount and indicator row once."""
    values = sum(before.value(key) != text for key, text in after.values.items())
    funds = sum(old != new for old, new in zip(before.funds, after.funds, strict=True))
    old = set(before.indicators)
    return values + funds + sum(row not in old for row in after.indicators)


def _rows(source: Facts) -> tuple[Indicator, ...]:
    return tuple(row for row in source.record.indicators if row.name.strip())


def _funded(row: FundRow, source: Facts, record: Record) -> FundRow:
    """Fill 年初预算数 from the row of the same meaning."""
    text = initial_budget(source, row.label, record)
    return replace(row, initial_budget=text) if text and not row.initial_budget.strip() else row


def initial_budget(source: Facts, label: str, record: Record) -> str:
    """Return the 年初预算数 that a source prints in the fund row of that label, in the unit of the record; ``""`` for none."""
    word = next((word for word in _FUND_WORDS if word in label), "")
    if not word:
        return ""
    rows = (source.total,) if word == "总额" else (one for one in source.record.funds if word in one.label)
    amounts = (source.yuan(one.initial_budget) for one in rows)
    value = next((one for one in amounts if one is not None), None)
    return "" if value is None else money(value, record.unit)


def _carried(row: Indicator, template: Template) -> Indicator:
    columns = frozenset(template.indicator_columns)
    level1, level2 = _placed(row, template)
    return Indicator(
        level1=level1,
        level2=level2,
        name=row.name,
        target=target_of(row),
        explanation=row.explanation,
        scoring_rule=row.scoring_rule,
        **{key: getattr(row, key) for key in _KEPT if key in columns},
    )


def _placed(row: Indicator, template: Template) -> tuple[str, str]:
    """Find the group of a row in the other form: 成本指标 is a 一级指标 in one form and a 二级指标 of 产出指标 in another."""
    groups = tuple(dict.fromkeys((one.level1, one.level2) for one in template.starter))
    here = (row.level1.strip(), row.level2.strip())
    if here in groups or here[0] in {level1 for level1, _ in groups}:
        near = (group for group in groups if group[0] == here[0] and _core(group[1]) == _core(here[1]))
        return next(near, here)
    return next((group for group in groups if _core(group[1]) == _core(here[0])), here)


def _core(label: str) -> str:
    return label.strip().removesuffix("指标")


def name_of(row: Indicator) -> str:
    """Return an indicator's name as it is compared between forms: without white space and punctuation."""
    return _bare(row.name)


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return "".join(one for one in name if one.isalnum())


@lru_cache(maxsize=256)
def targets_of(source: Facts) -> Mapping[str, str]:
    """Return the 年度指标值 of a form's indicators by their compared names; kept for the forms that take them."""
    return MappingProxyType({name_of(row): target_of(row) for row in _rows(source)})


def _merged(template: Template, old: tuple[Indicator, ...], new: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    starter = frozenset(template.starter)
    if new and not template.keep_level2 and all(row in starter or not _typed(row) for row in old):
        return tuple(_weighed(row, old) for row in new)
    return _added(old, new)


def _added(old: tuple[Indicator, ...], new: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Put rows where they belong: into the row of their name, an untouched one of their group, or below it."""
    rows = list(old)
    for one in new:
        at = next((index for index, row in enumerate(rows) if name_of(row) == name_of(one)), None)
        if at is None:
            at = next((index for index, row in enumerate(rows) if _group(row) == _group(one) and not _typed(row)), None)
        if at is not None:
            rows[at] = _filled(rows[at], one)
        else:
            rows.insert(_below(rows, one), _weighed(one, old))
    return tuple(rows)


def _typed(row: Indicator) -> bool:
    return any(text.strip() for text in (row.name, row.target, row.target_value, row.actual, row.reason))


def _group(row: Indicator) -> tuple[str, str]:
    return row.level1.strip(), row.level2.strip()


def _below(rows: list[Indicator], one: Indicator) -> int:
    """Return where a row goes: below the last of its 二级指标, else of its 一级指标, else at the end."""
    for size in (2, 1):
        last = [index for index, row in enumerate(rows) if _group(row)[:size] == _group(one)[:size]]
        if last:
            return last[-1] + 1
    return len(rows)


def _weighed(row: Indicator, old: tuple[Indicator, ...]) -> Indicator:
    """Give a row the printed weights of its groups."""
    first = next((one for one in old if one.level1.strip() == row.level1), Indicator())
    second = next((one for one in old if _group(one) == _group(row)), Indicator())
    return replace(row, level1_weight=first.level1_weight, level2_weight=second.level2_weight)


def _filled(row: Indicator, one: Indicator) -> Indicator:
    """Fill the blanks of a row."""
    keys = ("name", "target", "explanation", "scoring_rule", *_KEPT)
    return replace(row, **{key: getattr(one, key) for key in keys if not getattr(row, key).strip()})
