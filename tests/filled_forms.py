"""A filled-in form of any template, made from the template alone: what golden files and previews show. Invented words only."""

from __future__ import annotations

from dataclasses import replace

from perfdesk.editing import new_record
from perfdesk.model import FundRow, Gathered, Indicator, ListRow, Record
from perfdesk.template import Field, FieldKind, Template

WORDS = {
    FieldKind.DATE: "2024年12月31日",
    FieldKind.NUMBER: "12.5",
    FieldKind.LONG: "1.办理法律援助案件 300 件，应援尽援。\n2.开展普法宣传 12 场，覆盖全部乡镇。",
}
TARGETS = (("≥300件", "312件"), ("≥95%", "96.5%"), ("12月31日前", "12月20日"), ("≤12万元", "11.8万元"))
GOALS = (("≥", "300", "件"), ("≥", "95", "%"), ("定性", "稳步提升", "非数量指标"), ("≤", "12", "万元"))
PROJECTS = (
    ("法律援助专项经费", "15", "15", "14.77", "98.47%", "97.85", "优", ""),
    ("人民调解以奖代补经费", "8.5", "10", "7.2", "72%", "78.2", "中", "部分卷宗评查推迟到次年一季度，补贴尚未发放"),
    ("社区矫正工作经费", "6", "6", "6", "100%", "99", "优", ""),
)
KEYS = ("project_name", "initial_budget", "annual_budget", "executed", "execution_rate", "score", "grade", "reason")
TOTAL = {"initial_budget": "29.5", "annual_budget": "31", "executed": "27.97", "execution_rate": "90.23%"}


def filled(template: Template) -> Record:
    """Return a form in which every cell holds something; the year is 2024, every second row of a list has a remark."""
    blank = new_record(template, record_id=template.id, year=2024, bureau="某县司法局")
    return replace(
        blank,
        values={**{one.key: _text(one) for one in template.fields if not one.raw}, "title": template.title},
        funds=tuple(_fund(row, place) for place, row in enumerate(blank.funds)),
        indicators=tuple(_indicator(row, place, template) for place, row in enumerate(blank.indicators)),
        rows=_rows(template),
        sections=tuple(
            replace(one, paragraphs=(f"{one.heading}：全年支出 27.97 万元，完成年初绩效目标。" * 3,))
            for one in blank.sections
        ),
    )


def gathered(template: Template) -> Gathered:
    """Return what a 汇总表 takes from three projects; nothing for any other form."""
    if template.gathers is None:
        return Gathered()
    rows = (dict(zip(KEYS, project, strict=True)) for project in PROJECTS)
    return Gathered(
        rows=tuple(ListRow.of({"department": "某县司法局", **texts}) for texts in rows), total=ListRow.of(TOTAL)
    )


def _text(field: Field) -> str:
    if field.key == "month":
        return "7"
    if field.choices:
        return field.choices[-1]
    return WORDS.get(field.kind, field.label if field.key == "annex" else f"{field.label}示例")


def _fund(row: FundRow, place: int) -> FundRow:
    initial, annual, executed = (("29.5", "31", "27.97"), ("20", "21", "20.4"), ("9.5", "10", "7.57"))[min(place, 2)]
    return replace(
        row,
        initial_budget=initial,
        annual_budget=annual,
        executed=executed,
        interim_executed=executed,
        expected_executed=annual,
    )


def _indicator(row: Indicator, place: int, template: Template) -> Indicator:
    target, actual = TARGETS[place % len(TARGETS)]
    sign, number, unit = GOALS[place % len(GOALS)]
    causes, likelihood = template.column("causes"), template.column("likelihood")
    return replace(
        row,
        name=row.name or f"第{place + 1}项{row.level2.removesuffix('指标')}示例",
        target=target,
        actual=actual,
        weight=row.weight or "10",
        reason="" if place % 3 else "年中追加任务，已按新目标安排",
        remark="" if place % 4 else "见附件",
        indicator_type=sign,
        target_value=number,
        measure_unit=unit,
        explanation=row.explanation or "按办结案件数统计",
        scoring_rule=row.scoring_rule or "达到目标值得满分，未达到的按完成比例计分",
        interim_actual=actual,
        expected_actual=target,
        causes="、".join(causes.choices[: place % 3]) if causes else "",
        likelihood=likelihood.choices[place % 3] if likelihood else "",
    )


def _rows(template: Template) -> tuple[ListRow, ...]:
    if template.gathers is not None:
        return tuple(ListRow.of({"remark": "" if place % 2 else "已公开"}) for place in range(len(PROJECTS)))
    return tuple(
        ListRow.of({column.key: _text(column) for column in template.columns if place % 2 or column.key != "remark"})
        for place in range(2 if template.repeated and template.columns and not template.starter else 0)
    )
