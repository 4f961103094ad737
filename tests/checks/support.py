"""A form without a fault, and short ways to spoil it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from perfdesk.amounts import MoneyUnit
from perfdesk.checks import check
from perfdesk.editing import set_text
from perfdesk.model import Finding, Fix, FundRow, Indicator, Record, flatten
from perfdesk.policy import load_policies
from perfdesk.scoring import assess
from perfdesk.template import Template, load_templates

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared" / "cases"
POLICIES = load_policies(ROOT / "resources" / "policies")
TEMPLATES = load_templates((ROOT / "resources" / "templates",), POLICIES)
NATIONAL, QIANNAN = TEMPLATES["national-2020-project-self"], TEMPLATES["qiannan-2024-project-self"]


def row(level2: str, name: str, target: str, actual: str, weight: str, **more: str) -> Indicator:
    level1 = "效益指标" if "效益" in level2 else "满意度指标" if "满意" in level2 else "产出指标"
    return Indicator(level1=level1, level2=level2, name=name, target=target, actual=actual, weight=weight, **more)


ROWS = (
    row("数量指标", "办理法律援助案件数量", "≥70件", "75件", "20"),
    row("质量指标", "案卷合格率", "≥98%", "97%", "10", reason="两卷缺少回访记录，已补齐"),
    row("时效指标", "补贴发放时间", "2024年12月31日前", "2024年12月20日", "10"),
    row("成本指标", "办案成本", "≤15万元", "15万元", "10"),
    row("社会效益指标", "群众法治获得感", "显著增强", "达成预期指标", "30"),
    row("服务对象满意度指标", "受援人满意度", "≥90%", "96.3%", "10"),
)
#: The same rows with the sum of their 分值 printed in the label of each group.
PRINTED_GROUPS = tuple(
    replace(each, level1_weight={"产出指标": "50", "效益指标": "30分", "满意度指标": "10"}[each.level1])
    for each in ROWS
)
FUNDS = (
    FundRow("年度资金总额", "15", "15", "15"),
    FundRow("其中：当年财政拨款", "15", "15", "15"),
    FundRow("上年结转资金"),
    FundRow("其他资金"),
)
VALUES = {
    "title": "项目支出绩效自评表",
    "project_name": "法律援助工作经费",
    "department": "某县司法局",
    "agency": "某县司法局",
    "goal_expected": "受理法律援助申请并指派承办人",
    "goal_actual": "全年办理 75 件，按时发放补贴",
}
GOOD = Record(
    id="1", template_id=NATIONAL.id, year=2024, unit=MoneyUnit.WAN, values=VALUES, funds=FUNDS, indicators=ROWS
)


def findings(record: Record, template: Template = NATIONAL) -> tuple[Finding, ...]:
    return check(template, record, assess(template, record))


def found(record: Record, code: str, template: Template = NATIONAL) -> list[Finding]:
    return [one for one in flatten(findings(record, template)) if one.code == code]


def codes(record: Record, template: Template = NATIONAL) -> set[str]:
    return {one.code for one in flatten(findings(record, template))}


def with_row(index: int, record: Record = GOOD, /, **changes: str) -> Record:
    rows = record.indicators
    return replace(record, indicators=(*rows[:index], replace(rows[index], **changes), *rows[index + 1 :]))


def with_fund(index: int, record: Record = GOOD, /, **changes: str) -> Record:
    rows = record.funds
    return replace(record, funds=(*rows[:index], replace(rows[index], **changes), *rows[index + 1 :]))


def with_values(record: Record = GOOD, /, **changes: str) -> Record:
    return replace(record, values={**record.values, **changes})


def with_totals(record: Record = GOOD, /, **changes: str) -> Record:
    return replace(record, stated={**record.stated, **changes})


def fixed(record: Record, fix: Fix | None) -> Record:
    assert fix is not None
    for binding, text in fix.edits:
        record = set_text(record, binding, text)
    return record


def label(fix: Fix | None) -> str:
    return fix.label if fix else ""


def one(record: Record, code: str, template: Template = NATIONAL) -> Finding:
    (only,) = found(record, code, template)
    return only
