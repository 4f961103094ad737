"""Forms for the tests of what goes between forms: templates of every kind made of the national one, and short makers of forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from perfdesk.amounts import MoneyUnit
from perfdesk.gathering.facts import Facts, facts_of
from perfdesk.model import FormKind, FundRow, Indicator, ListRow, Record, Section
from perfdesk.policy import load_policies
from perfdesk.scoring import assess
from perfdesk.template import Field, Filled, Template, load_templates

RESOURCES = Path(__file__).parents[2] / "resources"
NATIONAL = load_templates((RESOURCES / "templates",), load_policies(RESOURCES / "policies"))[
    "national-2020-project-self"
]
OFFICE = "青山县司法局"

BREAKDOWN = (
    Field("general", "一般公共预算", group="按收入性质分"),
    Field("government_fund", "政府性基金拨款", group="按收入性质分"),
    Field("basic", "基本支出", group="按支出性质分"),
    Field("projects", "项目支出", group="按支出性质分"),
)
RAW = (
    Field("staff", "在职人数", raw=True, unit="人"),
    Field("budget", "支出预算数", raw=True, unit="万元"),
    Field("spent", "预算完成数", raw=True, unit="元"),
    Field("goals", "实际申报绩效目标项目数", raw=True, unit="个"),
    Field("survey", "调查等次", raw=True, choices=("优秀", "良好")),
)
COLUMNS = (
    Field("project_name", "项目名称"),
    Field("executed", "全年执行数"),
)


def template(kind: FormKind, **changes: object) -> Template:
    """Make a template of a kind that draws nothing of its own."""
    own: Mapping[FormKind, tuple[Field, ...]] = {FormKind.DEPARTMENT_SELF: BREAKDOWN, FormKind.DEPARTMENT_RATING: RAW}
    lists = {"gathers": FormKind.PROJECT_SELF, "columns": COLUMNS} if kind is FormKind.SUMMARY else {}
    more: dict[str, Any] = {**lists, **changes}
    base = replace(
        NATIONAL, id=f"test-{kind.value}", kind=kind, title=kind.words, fields=(*NATIONAL.fields, *own.get(kind, ()))
    )
    return replace(base, **more)


TEMPLATES = {kind: template(kind) for kind in FormKind}


def record(kind: FormKind, name: str = "", **parts: object) -> Record:
    """Make a record of the kind's template; ``name`` is its project."""
    values = {"project_name": name} if name else {}
    given: dict[str, Any] = dict(parts)
    values |= given.pop("values", {})
    base = Record(
        id=given.pop("id", f"{kind.value}-{name}"),
        template_id=TEMPLATES[kind].id,
        year=2024,
        unit=MoneyUnit.WAN,
        bureau=OFFICE,
        values=values,
    )
    return replace(base, **given)


def filled(kind: FormKind, name: str = "", **parts: object) -> Filled:
    """Make a filled form."""
    return Filled(TEMPLATES[kind], record(kind, name, **parts))


def facts(form: Filled) -> Facts:
    """Read a form."""
    return facts_of(form.template, form.record, assess(form.template, form.record))


def money(initial: str = "", annual: str = "", executed: str = "", **more: str) -> tuple[FundRow, ...]:
    """年度资金总额 alone."""
    return (FundRow("年度资金总额", initial_budget=initial, annual_budget=annual, executed=executed, **more),)


def goal(name: str, sign: str, value: str, unit: str = "", **more: str) -> Indicator:
    """Make a row of a goal table."""
    groups = {"level1": "产出指标", "level2": "数量指标"}
    return Indicator(**{**groups, **more}, name=name, indicator_type=sign, target_value=value, measure_unit=unit)


def rows(*texts: Mapping[str, str]) -> tuple[ListRow, ...]:
    """Make list rows."""
    return tuple(ListRow.of(one) for one in texts)


def section(heading: str, *paragraphs: str) -> Section:
    """Make a section of a report."""
    return Section(1, heading, paragraphs)
