"""Realistic forms made by code: 20 indicators on the eleven columns of the 黔南 form, every one with its own figures and texts."""

from __future__ import annotations

from dataclasses import replace

from perfdesk import places
from perfdesk.amounts import MoneyUnit
from perfdesk.derive import derive
from perfdesk.layout import Layout
from perfdesk.model import FundRow, Indicator, Record
from perfdesk.policy import load_policies
from perfdesk.template import Template, load_templates

TEMPLATE_ID = "qiannan-2024-project-self"
WORK = (
    "法律援助案件",
    "人民调解纠纷",
    "安置帮教对象",
    "法治宣传活动",
    "行政复议案件",
    "公证事项",
    "社区矫正对象",
    "执法案卷评查",
)
PLACES = ("城关镇", "东山乡", "河西街道", "开发区", "北部片区", "各乡镇司法所")
GROUPS = (
    ("产出指标", "50", "数量指标", 6),
    ("产出指标", "50", "质量指标", 3),
    ("产出指标", "50", "时效指标", 2),
    ("产出指标", "50", "成本指标", 2),
    ("效益指标", "30", "社会效益指标", 2),
    ("效益指标", "30", "可持续影响指标", 2),
    ("满意度指标", "10", "满意度指标", 3),
)


def template() -> Template:
    """Return the template of the forms."""
    resources = places.resources()
    return load_templates((resources / "templates",), load_policies(resources / "policies"))[TEMPLATE_ID]


def record(number: int = 0, *, rows: int = 20) -> Record:
    """Make form ``number``; two numbers never give the same texts."""
    work, place = WORK[number % len(WORK)], PLACES[number % len(PLACES)]
    values = {
        "title": "项目支出绩效目标自评表",
        "project_name": f"{place}{work}工作经费（第{number + 1}项）",
        "department": "某县司法局",
        "department_code": f"{126000 + number}",
        "agency": f"某县司法局{place}司法所",
        "report_date": "2025年2月5日",
        "goal_expected": f"全年办理{work}{200 + number}件，覆盖{place}；年内全部办结并回访，当事人满意度达到95%以上。",
        "goal_actual": f"全年实际办理{work}{210 + number}件，其中{place}{30 + number % 7}件，均在期限内办结，抽查案卷合格率100%。",
        "conclusion": f"{work}按计划完成，资金使用合规，建议第{number % 5 + 1}季度起加强{place}的力量。",
    }
    budget, spent = 100_000 + 500 * number, 98_460 + 497 * number
    amounts = [(budget, spent), (budget, spent), (budget - 20_000, spent - 20_000), (20_000, 20_000)]
    labels = ("年度资金总额", "财政拨款", "本级安排", "其中:上级补助", "其他")
    funds = [FundRow(label, f"{a}", f"{a}", f"{b}.44") for label, (a, b) in zip(labels, amounts, strict=False)]
    return Record(
        id=f"form-{number}",
        template_id=TEMPLATE_ID,
        year=2024,
        unit=MoneyUnit.YUAN,
        bureau="某县司法局",
        values=values,
        funds=(*funds, FundRow(labels[4])),
        indicators=tuple(_indicator(number, index) for index in range(rows)),
    )


def _indicator(number: int, index: int) -> Indicator:
    groups = [group for group in GROUPS for _ in range(group[3])]
    level1, weight, level2, _ = groups[index % len(groups)]
    work, place = WORK[(number + index) % len(WORK)], PLACES[(number * 3 + index) % len(PLACES)]
    target = 50 + number + index
    pairs = {
        "数量指标": (f"≥{target}件", f"{target + index % 4 - 1}件"),
        "质量指标": ("≥95%", f"{95 + (number + index) % 5}.{number % 10}%"),
        "时效指标": ("2024年12月31日前", f"2024年12月{10 + (number + index) % 20}日"),
        "成本指标": (f"≤{target}元", f"{target - 1}元"),
        "满意度指标": ("≥90%", f"{90 + (number + index) % 9}%"),
    }
    goal, done = pairs.get(level2, ("显著提升", "达成年度指标"))
    short = index % 4 == 0 and level2 == "数量指标"
    return Indicator(
        level1=level1,
        level1_weight=weight,
        level2=level2,
        name=f"{place}{work}办理情况（{number + 1}-{index + 1}）",
        target=goal,
        actual=done,
        weight=f"{5 if index < 10 else 4}",
        reason=f"来访减少，少办1件，{number % 12 + 1}月起补上。" if short else "",
    )


def changed(one: Record, turn: int) -> Record:
    """Return the form with another 实际完成值 in one row: what a keystroke or a save is about."""
    row = turn % len(one.indicators)
    rows = list(one.indicators)
    rows[row] = replace(rows[row], actual=f"{60 + turn}件")
    return replace(one, indicators=tuple(rows))


def layouts(count: int) -> tuple[Layout, ...]:
    """Return the layouts of ``count`` forms."""
    drawn = template()
    return tuple(derive(drawn, record(number)).layout for number in range(count))
