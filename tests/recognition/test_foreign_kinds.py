"""Department forms, goals, monitoring, lists, ratings and reports as other bureaus draw them."""

from __future__ import annotations

from perfdesk.amounts import MoneyUnit
from perfdesk.model import FormKind
from perfdesk.recognition import recognise
from perfdesk.source import SourceKind, SourceTable, SourceText
from tests.recognition.sheets import drawn, source_of
from tests.recognition.test_foreign_layouts import Templates, left, read

DEPARTMENT = (
    ("部门整体支出绩效自评表", *["<"] * 7),
    ("（2022年度）", *["<"] * 7),
    ("部门（单位）名称", "丁县司法局", *["<"] * 6),
    ("预算执行情况（10分）", "<", "年初预算数", "全年预算数（A）", "全年执行数（B）", "预算执行率（B/A）", "得分", "<"),
    ("年度部门预算总额", "<", "1,200.00", "1,300.00", "1,250.00", "96.15%", "9.6", "<"),
    ("其中：基本支出", "<", "800", "800", "790", "98.75%", "", "<"),
    ("年度总体目标", "年初设定目标", "<", "<", "全年目标实际完成情况", "<", "<", "<"),
    ("^", "矫正对象不脱管", "<", "<", "无脱管", "<", "<", "<"),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "目标值", "实际值", "分值", "得分"),
    ("^", "履职效能", "重点工作履行", "普法任务完成率", "100%", "100%", "20", "20"),
    ("^", "^", "^", "调解成功率", "≥96%", "97%", "20", "19.5"),
    ("合计", "<", "<", "<", "<", "<", "100", "97.1"),
)


def test_a_department_form_of_nobody_we_know_is_the_nearest_and_says_so(templates: Templates) -> None:
    form = read(templates, drawn(DEPARTMENT))
    record = form.record
    assert form.template.kind is FormKind.DEPARTMENT_SELF
    assert "表样" in [query.title for query in form.queries]
    assert (record.value("goal_expected"), record.value("goal_actual")) == ("矫正对象不脱管", "无脱管")
    assert (record.funds[0].annual_budget, record.funds[0].execution_rate) == ("1300.00", "96.15%")
    assert [one.score for one in record.indicators if one.name] == ["20", "19.5"]
    assert dict(record.stated) == {"total_weight": "100", "total_score": "97.1"}


GOAL = (
    ("项目支出绩效目标申报表", *["<"] * 5),
    ("（2024年度）", *["<"] * 5),
    ("项目名称", "社区矫正经费", *["<"] * 4),
    ("主管部门及代码", "[133]戊县司法局", "<", "实施单位", "戊县矫正中心", "<"),
    ("项目资金\n（万元）", "年度资金总额：", "<", "50", "<", "<"),
    ("^", "其中：财政拨款", "<", "45", "<", "<"),
    ("^", "其他资金", "<", "5", "<", "<"),
    ("年度总体目标", "矫正对象不脱管不漏管", *["<"] * 4),
    ("绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "<"),
    ("^", "产出指标", "数量指标", "矫正对象人数", "≥300人", "<"),
    ("^", "满意度指标", "服务对象满意度指标", "满意度", "≥90%", "<"),
)


def test_a_goal_table_without_types_and_units(templates: Templates) -> None:
    form = read(templates, drawn(GOAL))
    record = form.record
    assert form.template.id == "zhijiang-2024-project-goal"
    assert (record.value("department_code"), record.value("department")) == ("133", "戊县司法局")
    assert [one.initial_budget for one in record.funds] == ["", "50", "45", "", "5"]
    assert [one.target_value for one in record.indicators if one.name] == ["≥300人", "≥90%"]
    assert left(form) == ["实施单位", "戊县矫正中心"]


def test_a_monitoring_form_that_says_the_word_instead_of_ticks(templates: Templates) -> None:
    rows = (
        ("2024年项目支出绩效运行监控表", *["<"] * 7),
        ("项目名称", "法律援助", "<", "<", "实施单位", "己县司法局", "<", "<"),
        ("项目资金（元）", "", "年初预算数", "1-7月执行数", "1-7月执行率", "全年预计执行数", "<", "<"),
        ("^", "年度资金总额", "100,000", "58,000", "58%", "100,000", "<", "<"),
        (
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "1-7月执行情况",
            "全年预计完成情况",
            "偏差原因分析",
            "完成目标可能性",
        ),
        ("产出指标", "数量指标", "案件", "200", "120", "200", "", "确定能"),
        ("效益指标", "社会效益指标", "权益", "有效", "有效", "有效", "回访不足", "有可能"),
    )
    record = read(templates, drawn(rows)).record
    assert (record.unit, record.value("month")) == (MoneyUnit.YUAN, "7")
    assert (record.funds[0].interim_executed, record.funds[0].expected_executed) == ("58000", "100000")
    assert [(one.likelihood, one.reason) for one in record.indicators] == [("确定能", ""), ("有可能", "回访不足")]


def test_a_list_with_numbers_and_fewer_columns(templates: Templates) -> None:
    rows = (
        ("附件4：2023年度绩效自评公开情况统计表", *["<"] * 4),
        ("序号", "单位名称", "公开网址", "联系人", "备注"),
        ("1", "庚县司法局", "http://a.example", "李某", ""),
        ("2", "庚县公证处", "http://b.example", "王某", "已公开"),
    )
    form = read(templates, drawn(rows))
    assert form.template.kind is FormKind.PUBLICATION_LIST
    assert [one.text("agency") for one in form.record.rows] == ["庚县司法局", "庚县公证处"]
    assert (form.record.value("annex"), form.record.year, form.leftovers) == ("附件4", 2023, ())


def paragraphs(*texts: str) -> list[SourceText | SourceTable]:
    return [SourceText(text, f"第 {number + 1} 段") for number, text in enumerate(texts)]


def test_a_report_with_contents_a_table_and_its_form_behind_it(templates: Templates) -> None:
    parts = paragraphs(
        *("附件3", "辛县司法局", "2022年度部门整体支出绩效自评报告", "目录"),
        *("一、部门基本情况\t1", "（一）部门职能\t1", "二、一般公共预算支出情况........3"),
        *("一、部门基本情况", "（一）部门职能", "我局内设12个股室。", "1.办公室", "负责运转。"),
        *("二、一般公共预算支出情况", "支出合计100万元。", "三、存在的问题", "人手不足。", "附件1"),
    )
    parts.insert(14, drawn((("科目", "金额"), ("基本支出", "80"))))
    form = drawn((*DEPARTMENT[2:3], *DEPARTMENT[8:]))
    parts += [*paragraphs("部门整体支出绩效自评表", "（2022年度）"), form]
    report, behind = recognise(source_of(*parts, kind=SourceKind.DOCX), templates).forms
    assert report.record.value("title") == "辛县司法局2022年度部门整体支出绩效自评报告"
    assert [(one.level, one.heading, one.paragraphs) for one in report.record.sections] == [
        (1, "一、部门基本情况", ()),
        (2, "（一）部门职能", ("我局内设12个股室。", "1.办公室", "负责运转。")),
        (1, "二、一般公共预算支出情况", ("支出合计100万元。",)),
        (1, "三、存在的问题", ("人手不足。",)),
    ]
    assert left(report) == ["目录", "科目", "金额", "基本支出", "80"]
    assert (behind.template.kind, behind.record.value("annex")) == (FormKind.DEPARTMENT_SELF, "附件1")


def test_a_rating_in_three_columns_and_a_ticked_grade(templates: Templates) -> None:
    rows = (
        ("部门整体支出绩效评价指标体系评分表", *["<"] * 5),
        ("（2023年度）", *["<"] * 5),
        ("一级指标", "二级指标", "三级指标", "指标解释", "评分标准", "得分"),
        ("投入\n(15分)", "目标设定（5分）", "职责明确（1分）", "职责是否明确", "符合（1分）", "1"),
        ("^", "^", "活动合规性（1分）", "活动是否合规", "符合（1分）", "0.5"),
        ("小计", "<", "100", "<", "<", "93.5"),
        (
            "评价结果",
            "<",
            "☑优秀 90分≤得分≤100分\n□良好 80分≤得分≤89分\n□中 60分≤得分≤79分\n□较差 0≤得分≤59分",
            *["<"] * 3,
        ),
    )
    record = read(templates, drawn(rows)).record
    assert record.template_id == "chenxi-2021-department-rating"
    assert [
        (one.level1, one.level1_weight, one.level2_weight, one.name, one.weight, one.score) for one in record.indicators
    ] == [
        ("投入", "15", "5", "职责明确", "1", "1"),
        ("投入", "15", "5", "活动合规性", "1", "0.5"),
    ]
    assert dict(record.stated) == {"total_weight": "100", "total_score": "93.5", "grade": "优秀"}
