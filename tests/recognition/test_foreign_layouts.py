"""Layouts of other provinces and habits, drawn by hand: labels and structure decide, and what is strange is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.model import Record
from perfdesk.recognition import Certainty, RecognisedForm, recognise
from perfdesk.source import SourceKind, SourceTable, SourceText
from perfdesk.template import Template
from tests.recognition.sheets import drawn, source_of

Templates = Mapping[str, Template]
NATIONAL = "national-2020-project-self"

TOP = (
    ("项目支出绩效自评表", "<", "<", "<", "<", "<", "<", "<"),
    ("（2023年度）", "<", "<", "<", "<", "<", "<", "<"),
    ("项目名称", "法律援助工作经费", "<", "<", "<", "<", "<", "<"),
    ("主管部门", "甲县司法局", "<", "<", "实施单位", "甲县法律援助中心", "<", "<"),
)
FUNDS = (
    ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
    ("^", "年度资金总额", "15", "16.5", "16", "10", "96.97%", "9.70"),
    ("^", "其中：当年财政拨款", "15", "16.5", "16", "—", "", "—"),
)
GOALS = (
    ("年度总体目标", "预期目标", "<", "<", "实际完成情况", "<", "<", "<"),
    ("^", "办理案件300件", "<", "<", "办理案件312件", "<", "<", "<"),
)
ROWS = (
    ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"),
    ("产出指标", "数量指标", "法律援助案件数", "≥300件", "312件", "50", "50", ""),
    ("效益指标", "社会效益指标", "受援人权益", "有效维护", "达成", "40", "38", "回访不足"),
    ("总分", "<", "<", "<", "<", "100", "97.70", ""),
)


def read(templates: Templates, *parts: SourceTable | SourceText, kind: SourceKind = SourceKind.XLSX) -> RecognisedForm:
    found = recognise(source_of(*parts, kind=kind), templates)
    assert len(found.forms) == 1, [one.template.id for one in found.forms]
    return found.forms[0]


def names(record: Record) -> list[tuple[str, str, str]]:
    return [(one.level1, one.level2, one.name) for one in record.indicators]


def left(form: RecognisedForm) -> list[str]:
    return [one.text for one in form.leftovers]


def test_the_plain_form_is_read_whole(templates: Templates) -> None:
    form = read(templates, drawn((*TOP, *FUNDS, *GOALS, *ROWS)))
    record = form.record
    assert (form.template.id, record.year, record.unit) == (NATIONAL, 2023, MoneyUnit.WAN)
    assert record.bureau == "甲县司法局"  # not its 法律援助中心
    assert record.value("project_name") == "法律援助工作经费"
    assert (record.funds[0].annual_budget, record.funds[0].execution_rate, record.funds[0].score) == (
        "16.5",
        "96.97%",
        "9.70",
    )
    assert record.funds[1].weight == ""
    assert (record.value("goal_expected"), record.value("goal_actual")) == ("办理案件300件", "办理案件312件")
    assert names(record) == [("产出指标", "数量指标", "法律援助案件数"), ("效益指标", "社会效益指标", "受援人权益")]
    assert record.indicators[1].reason == "回访不足"
    assert dict(record.stated) == {"total_weight": "100", "total_score": "97.70"}
    assert form.leftovers == ()


def test_funds_as_pairs_of_label_and_figure(templates: Templates) -> None:
    """四川: 预算数 | 100 | 执行数 | 98, the 其中 rows the same way."""
    pairs = (
        ("项目预算执行情况（万元）", "预算数：", "100", "<", "执行数：", "98", "<", "<"),
        ("^", "其中：财政拨款", "90", "<", "其中：财政拨款", "88", "<", "<"),
        ("^", "其他资金", "10", "<", "其他资金", "10", "<", "<"),
    )
    record = read(templates, drawn((*TOP, *pairs, *GOALS, *ROWS))).record
    assert [(one.annual_budget, one.executed) for one in record.funds] == [
        ("100", "98"),
        ("90", "88"),
        ("", ""),
        ("10", "10"),
    ]
    assert record.unit is MoneyUnit.WAN


def test_a_table_of_tasks_before_the_funds_is_not_taken_for_them(templates: Templates) -> None:
    tasks = (
        ("年度主要任务", "任务名称", "主要内容", "全年预算数", "全年执行数", "分值", "得分", "备注"),
        ("^", "普法宣传", "进村入户", "3", "3", "5", "5", ""),
    )
    form = read(templates, drawn((*TOP, *tasks, *FUNDS, *GOALS, *ROWS)))
    assert form.record.funds[0].annual_budget == "16.5"
    assert {"普法宣传", "进村入户"} <= set(left(form))


def test_points_beside_the_first_level_are_not_the_points_of_the_row(templates: Templates) -> None:
    rows = (
        ("一级指标", "分值", "二级指标", "三级指标", "指标值", "完成值", "权重", "自评得分"),
        ("产出指标", "50", "数量指标", "法律援助案件数", "≥300件", "312件", "20", "19"),
    )
    form = read(templates, drawn((*TOP, *FUNDS, *GOALS, *rows)))
    (row,) = form.record.indicators
    assert (row.weight, row.score, row.target, row.actual) == ("20", "19", "≥300件", "312件")
    assert row.level1_weight == "50"


@pytest.mark.parametrize(
    ("sign", "value", "unit", "target"),
    [
        ("≥", "300", "件", "≥300件"),
        ("大于等于", "95", "%", "≥95%"),
        ("定性", "稳步提升", "非数量指标", "稳步提升"),
        ("=", "=1个", "个", "=1个"),
    ],
)
def test_a_target_in_three_columns_is_put_together(
    sign: str, value: str, unit: str, target: str, templates: Templates
) -> None:
    rows = (
        ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "分值", "得分"),
        ("产出指标", "数量指标", "法律援助案件数", sign, value, unit, "20", "19"),
    )
    form = read(templates, drawn((*TOP, *FUNDS, *GOALS, *rows)))
    assert [one.target for one in form.record.indicators] == [target]
    assert form.leftovers == ()


RATED = (
    ROWS[0],
    ("预算执行率（10分）", "<", "<", "100%", "96.97%", "10分", "9.70", ""),
    *ROWS[1:],
)


def test_the_budget_rate_among_the_indicators_is_the_budget_row(templates: Templates) -> None:
    funds = (
        ("项目资金（万元）", "", "年初预算数", "全年预算数", "全年执行数"),
        ("^", "年度资金总额", "15", "16.5", "16"),
    )
    form = read(templates, drawn((*TOP, *funds, *GOALS, *RATED)))
    total = form.record.funds[0]
    assert (total.executed, total.weight, total.execution_rate, total.score) == ("16", "10", "96.97%", "9.70")
    assert [one.name for one in form.record.indicators] == ["法律援助案件数", "受援人权益"]
    assert left(form) == ["100%"]


def test_a_budget_rate_that_the_fund_table_has_said_is_left_over(templates: Templates) -> None:
    form = read(templates, drawn((*TOP, *FUNDS, *GOALS, *RATED)))
    assert form.record.funds[0].score == "9.70"
    assert len(form.record.indicators) == 2
    assert left(form) == ["100%", "96.97%", "10分", "9.70"]


def test_points_of_several_rows_in_one_cell_count_once(templates: Templates) -> None:
    rows = (
        ROWS[0],
        ("产出指标", "数量指标", "案件数", "300", "312", "50", "50", "年末集中结案"),
        ("^", "^", "宣传场次", "12", "14", "^", "^", "^"),
    )
    first, second = read(templates, drawn((*TOP, *FUNDS, *GOALS, *rows))).record.indicators
    assert (first.weight, first.score, first.reason) == ("50", "50", "年末集中结案")
    assert (second.weight, second.score, second.reason) == ("", "", "年末集中结案")


def test_rows_that_only_keep_a_place_are_none(templates: Templates) -> None:
    rows = (ROWS[0], ROWS[1], ("^", "^", "指标2：", *[""] * 5), ("^", "^", "……", *[""] * 5), *ROWS[2:])
    form = read(templates, drawn((*TOP, *FUNDS, *GOALS, *rows)))
    assert [one.name for one in form.record.indicators] == ["法律援助案件数", "受援人权益"]
    assert form.leftovers == ()


def test_a_short_form_of_labels_and_texts_side_by_side(templates: Templates) -> None:
    rows = (
        ("2023年度项目支出绩效自评表", "<", "<", "<"),
        ("项目名称", "法律援助", "预算数", "12"),
        ("执行数", "11", "执行率", "91.67%"),
        ("绩效目标", "完成300件", "<", "<"),
        ("实际完成情况", "完成312件", "<", "<"),
        ("自评得分", "95分", "自评等级", "优"),
    )
    form = read(templates, drawn(rows))
    total, record = form.record.funds[0], form.record
    assert (total.annual_budget, total.executed, total.execution_rate) == ("12", "11", "91.67%")
    assert (record.value("goal_expected"), record.value("goal_actual")) == ("完成300件", "完成312件")
    assert record.stated["total_score"] == "95"
    assert left(form) == ["自评等级", "优"]


def test_labels_above_their_texts(templates: Templates) -> None:
    heads = (
        TOP[0],
        TOP[1],
        ("项目名称", "<", "<", "主管部门", "<", "<", "实施单位", "<"),
        ("普法经费", "<", "<", "乙县人民政府", "<", "<", "乙县司法局", "<"),
    )
    record = read(templates, drawn((*heads, *FUNDS, *GOALS, *ROWS))).record
    assert [record.value(key) for key in ("project_name", "department", "agency")] == [
        "普法经费",
        "乙县人民政府",
        "乙县司法局",
    ]


def test_texts_repeated_instead_of_merged(templates: Templates) -> None:
    heads = (
        *TOP[:2],
        ("项目名称", *["普法经费"] * 7),
        ("主管部门", *["甲县司法局"] * 3, "实施单位", *["甲县司法局"] * 3),
    )
    form = read(templates, drawn((*heads, *FUNDS, *GOALS, *ROWS)))
    assert form.record.value("project_name") == "普法经费"
    assert form.record.value("agency") == "甲县司法局"
    assert form.leftovers == ()


def test_a_text_cut_over_two_cells_is_joined_and_said(templates: Templates) -> None:
    heads = (*TOP[:2], ("项目名称", "法律援助", "工作经费", "<", "<", "<", "<", "<"), TOP[3])
    form = read(templates, drawn((*heads, *FUNDS, *GOALS, *ROWS)))
    reading = next(one for one in form.readings if one.binding.key == "project_name")
    assert (reading.text, reading.certainty, len(reading.places)) == ("法律援助工作经费", Certainty.INFERRED, 2)


def test_a_strange_label_is_named_with_its_text(templates: Templates) -> None:
    heads = (*TOP[:2], ("项目名称", "普法经费", "<", "<", "项目负责人", "张某", "<", "<"), TOP[3])
    form = read(templates, drawn((*heads, *FUNDS, *GOALS, *ROWS)))
    assert form.record.value("project_name") == "普法经费"
    assert left(form) == ["项目负责人", "张某"]
    assert [query.title for query in form.queries] == ["没有看懂的文字"]


def test_title_annex_office_and_year_in_one_cell(templates: Templates) -> None:
    top = (("附件2-1\n丙县司法局\n项目支出绩效自评表\n（2022年度）", *["<"] * 7), *TOP[2:])
    record = read(templates, drawn((*top, *FUNDS, *GOALS, *ROWS))).record
    assert (record.value("annex"), record.value("title"), record.year) == ("附件2-1", "项目支出绩效自评表", 2022)


def test_a_form_in_three_tables_of_word(templates: Templates) -> None:
    parts = (
        SourceText("甲县司法局2023年度项目支出绩效自评表", "第 1 段", 0, "center"),
        SourceText("一、项目基本情况", "第 2 段"),
        drawn((*TOP[2:], *FUNDS), "第 1 张表"),
        SourceText("二、绩效目标", "第 3 段"),
        drawn(GOALS, "第 2 张表"),
        drawn(ROWS, "第 3 张表"),
        SourceText("填表人：李某　　联系电话：0745-000000", "第 4 段"),
    )
    form = read(templates, *parts, kind=SourceKind.DOCX)
    assert form.record.year == 2023
    assert len(form.record.indicators) == 2
    assert form.record.value("goal_actual") == "办理案件312件"
    assert form.parts == (0, 1, 2, 3, 4, 5, 6)
    assert left(form) == ["填表人：李某　　联系电话：0745-000000"]  # the national form has no such field


def test_the_instructions_are_no_form(templates: Templates) -> None:
    guide = drawn((("填报说明",), ("一、项目名称按预算批复填写。",), ("二、得分保留两位小数。",)), "填报说明")
    found = recognise(source_of(drawn((*TOP, *FUNDS, *GOALS, *ROWS)), guide), templates)
    assert len(found.forms) == 1
    assert len(found.leftovers) == 3


def test_without_a_year_the_file_name_tells_it_and_a_person_is_asked(templates: Templates) -> None:
    source = source_of(drawn((TOP[0], *TOP[2:], *FUNDS, *GOALS, *ROWS)), name="法律援助2021年自评.xlsx")
    (form,) = recognise(source, templates).forms
    assert form.record.year == 2021
    assert [query.title for query in form.queries] == ["年度"]


@pytest.mark.parametrize("sign", ["√", "✓", "☑", "R", "是"])
def test_ticks_of_a_monitoring_form(templates: Templates, sign: str) -> None:
    head = (
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "1-6月执行情况",
            "全年预计完成情况",
            "偏差原因分析",
            "<",
            "<",
            "完成目标可能性",
            "<",
        ),
        ("^", "^", "^", "^", "^", "^", "经费保障", "其他", "原因说明", "确定能", "有可能"),
        ("产出指标", "数量指标", "调解矛盾纠纷", "500件", "210件", "500件", sign, "", "补贴未到位", "", sign),
    )
    top = (
        ("项目支出绩效目标执行监控表", *["<"] * 10),
        ("（2024年度）", *["<"] * 10),
        ("项目名称", "人民调解", *["<"] * 9),
    )
    record = read(templates, drawn((*top, *head))).record
    (row,) = record.indicators
    assert (row.causes, row.likelihood, row.reason, row.interim_actual) == ("经费保障", "有可能", "补贴未到位", "210件")
    assert record.value("month") == "6"


def test_a_sheet_that_nobody_sees_is_read_and_asked_about(templates: Templates) -> None:
    table = replace(drawn((*TOP, *FUNDS, *GOALS, *ROWS)), hidden=True)
    assert [query.title for query in read(templates, table).queries] == ["隐藏的工作表"]


def test_a_hidden_row_is_read_and_asked_about(templates: Templates) -> None:
    table = drawn((*TOP, *FUNDS, *GOALS, *ROWS))
    cells = tuple(one._replace(hidden=one.row == 3) for one in table.cells)
    form = read(templates, replace(table, cells=cells))
    assert form.record.value("department") == "甲县司法局"
    assert [query.title for query in form.queries] == ["隐藏的行列"]
