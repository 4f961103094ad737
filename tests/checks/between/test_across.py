"""表间: cross-form, duplicate-form, name-mismatch, in the figures of real forms."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.checks.between.across import across
from perfdesk.checks.context import make_context
from perfdesk.editing import set_text
from perfdesk.gathering import renew
from perfdesk.model import Binding, Block, Finding, FormKind, FundRow, Indicator
from perfdesk.scoring import assess
from perfdesk.template import Filled
from tests.gathering.support import filled, goal, money, record, rows, section


def found(form: Filled, *others: Filled) -> tuple[Finding, ...]:
    template, own = form
    return tuple(across(make_context(template, own, assess(template, own), others)))


def codes(form: Filled, *others: Filled) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in found(form, *others)]


DEPARTMENT = filled(FormKind.DEPARTMENT_SELF, stated={"total_score": "98"})
RATING = filled(FormKind.DEPARTMENT_RATING, stated={"total_score": "93.5"})


# ----------------------------------------------------------------------- 总分
def test_two_totals_of_one_office_are_told_at_both() -> None:
    (at_department,) = found(DEPARTMENT, RATING)
    (at_rating,) = found(RATING, DEPARTMENT)
    assert (at_department.where, at_rating.where) == ("总分", "评价结果")
    assert at_rating.message == (
        "本表总分 93.5，“部门整体支出绩效自评表”的总分 98，相差 4.5。同一年同一单位，请核对是哪张表的分打错了。"
    )
    assert at_rating.binding == Binding(Block.STATED, "total_score")


@pytest.mark.parametrize("total", ["93.5", "93.50分", ""])
def test_equal_totals_and_missing_ones_are_fine(total: str) -> None:
    assert codes(filled(FormKind.DEPARTMENT_SELF, stated={"total_score": total}), RATING) == []


def test_a_total_without_words_beside_it_is_called_total() -> None:
    bare = Filled(replace(DEPARTMENT.template, blocks=()), DEPARTMENT.record)
    assert codes(bare, RATING) == [("cross-form", "总分")]


def test_a_project_has_a_total_of_its_own() -> None:
    assert codes(filled(FormKind.PROJECT_SELF, "甲", stated={"total_score": "90"}), RATING, DEPARTMENT) == []


# -------------------------------------------------------------------- 项目支出
WRONG_UNIT = filled(
    FormKind.DEPARTMENT_SELF,
    funds=money("15205000.00", "16905537.09", "16905537.09"),
    values={"projects": "4429287.6", "basic": "12476249.49", "government_fund": "80000.00"},
)
SPENT = filled(FormKind.PROJECT_SELF, funds=money("318.4", "318.4", "442.92"))


def test_the_money_of_the_one_project_differs_from_the_department_form() -> None:
    (one,) = found(SPENT, WRONG_UNIT)
    assert (one.code, one.where, one.stated, one.computed) == ("cross-form", "全年执行数", "442.92", "442.93")
    assert one.message == (
        "本表全年执行数 442.92 万元，“部门整体支出绩效自评表”的项目支出是 4429287.6 元，即 442.93 万元，相差 87.6 元。"
        "请核对后两张表填同一个数。"
    )
    assert one.fix is not None
    assert one.fix.edits == ((Binding(Block.FUNDS, "executed", row=0), "442.93"),)


def test_the_department_form_is_told_too() -> None:
    (one,) = found(WRONG_UNIT, SPENT)
    assert (one.where, one.stated, one.computed) == ("项目支出", "4429287.6", "4429200")
    assert one.fix is not None
    assert set_text(WRONG_UNIT.record, *one.fix.edits[0]).value("projects") == "4429200"


def form_with(projects: str) -> Filled:
    return filled(FormKind.DEPARTMENT_SELF, values={"projects": projects})


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("442.92", False),
        ("442.920", False),
        ("442.93", True),
        ("443", True),
        ("400", True),
        ("900", False),
        ("约400", False),
    ],
)
def test_a_much_larger_sum_has_projects_that_are_not_entered(typed: str, told: bool) -> None:
    assert bool(codes(form_with(typed), SPENT)) is told
    assert bool(codes(SPENT, form_with(typed))) is told


def test_of_several_projects_only_the_sum_is_compared() -> None:
    second = filled(FormKind.PROJECT_SELF, "乙", funds=money("", "1", "1"))
    assert codes(SPENT, form_with("443.9"), second) == []
    assert codes(form_with("443.9"), SPENT, second) == [("cross-form", "项目支出")]


def test_a_department_form_without_a_breakdown_says_nothing() -> None:
    plain = replace(SPENT.template, kind=FormKind.DEPARTMENT_SELF)
    assert codes(SPENT, Filled(plain, record(FormKind.DEPARTMENT_SELF))) == []
    assert codes(filled(FormKind.PROJECT_SELF, "甲"), form_with("3")) == []


# ------------------------------------------------------------------- 目标与自评
GOAL = filled(FormKind.PROJECT_GOAL, "普法经费", funds=money("8"), indicators=(goal("案件数", "≥", "300", "件"),))


@pytest.mark.parametrize(
    ("target", "told"),
    [
        *(("≥300件", False), ("≥ 300 件", False), ("≥200件", True), ("300", True), ("≤300件", True), ("", False)),
        *(("=300件", True), ("300件", False), ("0.03万件", False), ("完成任务", True), ("达到300件的任务", False)),
    ],
)
def test_a_target_that_is_not_the_approved_one(target: str, told: bool) -> None:
    own = filled(FormKind.PROJECT_SELF, "普法经费", indicators=(Indicator(name="案件数", target=target),))
    assert bool(found(own, GOAL)) is told


def test_a_target_is_put_right_with_one_click() -> None:
    own = filled(FormKind.PROJECT_SELF, "普法经费", indicators=(Indicator(name="案件数", target="≥200件"),))
    (one,) = found(own, GOAL)
    assert one.message == "案件数填的是“≥200件”，项目支出绩效目标表（普法经费）是“≥300件”。请核对后填同一个数。"
    assert one.fix is not None
    assert one.fix.label == "改为 ≥300件"


def test_an_initial_budget_that_is_not_the_approved_one() -> None:
    assert codes(filled(FormKind.PROJECT_SELF, "普法经费", funds=money("9")), GOAL) == [
        ("cross-form", "年度资金总额 年初预算数")
    ]
    assert codes(filled(FormKind.PROJECT_SELF, "普法经费", funds=money("8.00")), GOAL) == []
    assert codes(filled(FormKind.PROJECT_SELF, "普法经费", funds=money("八万")), GOAL) == []


# --------------------------------------------------------------------- 评分数据
def test_a_raw_figure_that_the_department_form_knows_otherwise() -> None:
    department = filled(FormKind.DEPARTMENT_SELF, funds=money("", "100", "99"))
    own = filled(FormKind.DEPARTMENT_RATING, values={"budget": "98", "spent": "990000", "goals": "3"})
    assert codes(own, department, GOAL) == [("cross-form", "支出预算数")], "other goal tables may be on paper"


# ------------------------------------------------------------------------ 报告
REPORT = filled(
    FormKind.REPORT,
    sections=(
        section("二、一般公共预算支出情况", "本年项目支出442.93万元。", "基本支出{{某表·基本支出|1247.62}}万元。"),
        section("三、政府性基金预算支出情况", "无"),
        section("四、国有资本经营预算支出情况", "无"),
    ),
)


def test_a_fund_of_which_the_report_says_none() -> None:
    assert codes(REPORT, WRONG_UNIT) == [("cross-form", "三、政府性基金预算支出情况")]
    (one,) = found(WRONG_UNIT, REPORT)
    assert (one.where, one.stated, one.computed) == ("政府性基金拨款", "80000.00", "无")
    assert one.message.endswith("的“三、政府性基金预算支出情况”写的是“无”。请核对后改其中一处。")


@pytest.mark.parametrize("amount", ["", "0", "—"])
def test_a_fund_that_is_not_there_agrees_with_none(amount: str) -> None:
    department = filled(FormKind.DEPARTMENT_SELF, values={"government_fund": amount})
    assert codes(REPORT, department) == codes(department, REPORT) == []


def test_a_section_with_words_says_something() -> None:
    spoken = filled(FormKind.REPORT, sections=(section("三、政府性基金预算支出情况", "支出8万元。"),))
    assert codes(spoken, WRONG_UNIT) == codes(WRONG_UNIT, spoken) == []


def say(text: str, *others: Filled) -> list[tuple[str, str]]:
    report = filled(FormKind.REPORT, sections=(section("一、概况", text),))
    return [(one.stated, one.computed) for one in found(report, *others)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("项目支出442.93万元", []),
        ("项目支出4429287.60元", []),
        ("项目支出442.92万元", [("项目支出442.92万元", "442.93 万元")]),
        ("全年执行数为1700万元", [("全年执行数为1700万元", "1690.55 万元")]),
        ("项目支出较上年增加100万元", []),
        ("国有资本支出3万元", []),
        ("自评得分98分", [("自评得分98分", "95 分")]),
        ("自评得分95分", []),
        ("自评得分90分以上", []),
    ],
)
def test_figures_typed_into_a_report_are_compared(text: str, told: list[tuple[str, str]]) -> None:
    department = Filled(WRONG_UNIT.template, replace(WRONG_UNIT.record, stated={"total_score": "95"}))
    assert say(text, department) == told


def test_a_figure_that_any_form_confirms_is_right() -> None:
    assert say("全年执行数442.92万元", WRONG_UNIT, SPENT) == []
    assert say("项目支出3万元", SPENT) == []
    assert say("自评得分95分", SPENT) == []


# ---------------------------------------------------------------------- 汇总表
def test_a_figure_typed_over_that_of_a_self_assessment() -> None:
    own = filled(
        FormKind.SUMMARY,
        rows=rows({"project_name": "普法", "executed": "9", "score": "90"}, {"project_name": "纸上", "executed": "1"}),
    )
    law = filled(FormKind.PROJECT_SELF, "普法", funds=money("", "8", "8"), stated={"total_score": "95"})
    (one, other) = found(own, law)
    assert (one.where, one.stated, one.computed) == ("普法", "9", "8")
    assert one.message == "全年执行数填的是“9”，“普法”的自评表是 8。请核对后改其中一处。"
    assert one.fix is not None
    assert set_text(own.record, *one.fix.edits[0]).rows[0].text("executed") == ""
    assert other.binding == Binding(Block.ROWS, "score", row=0)


def test_a_summary_that_agrees_is_fine() -> None:
    own = filled(FormKind.SUMMARY, rows=rows({"project_name": "普法", "executed": "8.00"}))
    assert codes(own, filled(FormKind.PROJECT_SELF, "普法", funds=money("", "8", "8"))) == []
    assert codes(own, DEPARTMENT) == []


# ------------------------------------------------------------------------ 雷同
SAME = tuple(Indicator(name=f"第{number}，项", target="≥9", actual="9") for number in range(3))
OTHERWISE = tuple(replace(row, name=row.name.replace("，", "")) for row in reversed(SAME))


def test_a_project_that_repeats_the_department_form() -> None:
    project, department = (filled(kind, indicators=SAME) for kind in (FormKind.PROJECT_SELF, FormKind.DEPARTMENT_SELF))
    assert codes(project, department) == [("duplicate-form", "整张表")]
    assert codes(department, project) == [], "the department form is the one that may say this"


def test_punctuation_and_order_make_no_other_form() -> None:
    first, second = (
        filled(FormKind.PROJECT_SELF, "甲", indicators=SAME),
        filled(FormKind.PROJECT_SELF, "乙", indicators=OTHERWISE),
    )
    assert codes(first, second) == codes(second, first) == [("duplicate-form", "整张表")]


@pytest.mark.parametrize(
    "own",
    [SAME[:2], (*SAME[:2], replace(SAME[2], actual="8")), tuple(Indicator(name=row.name) for row in SAME)],
    ids=["too few rows", "another actual", "nothing filled in"],
)
def test_forms_that_only_look_alike(own: tuple[Indicator, ...]) -> None:
    assert (
        codes(
            filled(FormKind.PROJECT_SELF, "甲", indicators=own),
            filled(FormKind.PROJECT_SELF, "乙", indicators=own[:0] + SAME),
        )
        == []
    )
    blank = tuple(Indicator(name=row.name) for row in SAME)
    assert (
        codes(
            filled(FormKind.PROJECT_SELF, "甲", indicators=blank), filled(FormKind.PROJECT_SELF, "乙", indicators=blank)
        )
        == []
    )


def test_a_goal_table_and_its_self_assessment_are_alike_by_nature() -> None:
    assert (
        codes(
            filled(FormKind.PROJECT_SELF, "甲", indicators=SAME), filled(FormKind.PROJECT_GOAL, "甲", indicators=SAME)
        )
        == []
    )


# ------------------------------------------------------------------------ 名称
HELP = filled(
    FormKind.PROJECT_GOAL, "安置帮教经费", funds=money("2.1"), indicators=(goal("重点帮教人员接送率", "≥", "100", "%"),)
)
AID = filled(
    FormKind.PROJECT_GOAL,
    "安置帮教经费",
    id="aid",
    funds=money("17"),
    indicators=(goal("法律援助案件数", "≥", "300", "件"),),
)


def test_the_form_whose_words_do_not_know_its_name_is_told() -> None:
    (one,) = found(AID, HELP)
    assert (one.code, one.where) == ("name-mismatch", "项目名称")
    assert "（年初预算数 17 万元，另一张 2.1 万元）" in one.message
    assert codes(HELP, AID) == []


def test_where_neither_knows_its_name_both_are_told() -> None:
    one, two = (
        filled(FormKind.PROJECT_GOAL, "其他经费", id=key, indicators=(goal(key, "≥", "1"),)) for key in ("甲", "乙")
    )
    assert codes(one, two) == codes(two, one) == [("name-mismatch", "项目名称")]


def test_the_same_form_twice_is_no_second_project() -> None:
    assert codes(HELP, Filled(HELP.template, replace(HELP.record, id="copy"))) == []


def test_projects_without_a_name_are_not_called_the_same() -> None:
    assert codes(filled(FormKind.PROJECT_GOAL, id="1"), filled(FormKind.PROJECT_GOAL, id="2")) == []


def office(name: str, own: str) -> Filled:
    return filled(FormKind.PROJECT_GOAL, name, values={"department": own})


@pytest.mark.parametrize(
    ("own", "others", "told"),
    [
        ("行政政法委", ("行政政法股", "行政政法股"), True),
        ("行政政法委", ("行政政法股",), False),
        ("行政政法委", ("行政政法股", "行政政法股", "行政政法委"), False),
        ("行政政法委", ("社会保障股", "社会保障股"), False),
        ("行政政法", ("行政政法股", "行政政法股"), False),
        ("政法股", ("政法委", "政法委"), False),
        ("行政政法股", ("行政政法股", "行政政法股"), False),
    ],
)
def test_an_office_spelled_one_character_otherwise(own: str, others: tuple[str, ...], told: bool) -> None:
    year = tuple(office(f"项目{at}", text) for at, text in enumerate(others))
    got = found(office("本项目", own), *year)
    assert [one.code for one in got] == (["name-mismatch"] if told else [])
    if told:
        assert got[0].message == "这里写的是“行政政法委”，本年另外 2 张表写的是“行政政法股”，只差一个字。"


# ------------------------------------------------------------------------ 全部
def test_forms_of_another_office_are_not_compared() -> None:
    there = Filled(RATING.template, replace(RATING.record, bureau="白水县司法局"))
    assert codes(DEPARTMENT, there) == []


CHANGJI = "昌吉回族自治州司法局"


@pytest.mark.parametrize(
    ("cell", "told"),
    [("昌吉州司法局", True), ("", True), (CHANGJI, False), ("州司法局", False)],
    ids=["short name", "blank", "same", "its end"],
)
def test_a_summary_that_stays_empty_says_whose_forms_there_are(cell: str, told: bool) -> None:
    template, there = filled(FormKind.PROJECT_SELF, "普法经费")
    year = (Filled(template, replace(there, bureau=CHANGJI)),)
    form, summary = filled(FormKind.SUMMARY, values={"agency": cell})
    own = Filled(form, replace(summary, bureau="昌吉州司法局"))
    got = [one for one in found(own, *year) if one.code == "name-mismatch"]
    assert bool(got) == told
    if told:
        wrong = cell or "昌吉州司法局"
        assert got[0].message == (
            f"本年有 1 张自评表，单位是“{CHANGJI}”，本表是“{wrong}”。是一个单位的，请写成一样的名称。"
        )
        assert got[0].fix is not None
        mended = set_text(own.record, *got[0].fix.edits[0])
        assert renew(form, mended, year).rows[0].text("project_name") == "普法经费"


def test_an_empty_year_has_no_other_office() -> None:
    other_year = filled(FormKind.PROJECT_SELF, "普法经费", year=2021, bureau=CHANGJI)
    assert codes(filled(FormKind.SUMMARY), other_year, filled(FormKind.PROJECT_GOAL, bureau=CHANGJI)) == []


TEXT = st.text(alphabet="0123456789.,无≥%万元项目支出法律 ", max_size=12)


@given(st.lists(st.tuples(st.sampled_from(FormKind), TEXT, TEXT, TEXT), min_size=1, max_size=4))
def test_nothing_typed_makes_it_fail(forms: list[tuple[FormKind, str, str, str]]) -> None:
    year = tuple(
        filled(
            kind,
            name,
            id=str(at),
            unit=MoneyUnit.YUAN if at % 2 else MoneyUnit.WAN,
            funds=(FundRow("年度资金总额", one, two, one, score=two),),
            values={"projects": two, "budget": one, "department": two, "government_fund": one},
            indicators=(Indicator(name=name, target=one, actual=two, target_value=two, indicator_type="≥"),) * 3,
            rows=rows({"project_name": name, "executed": one}),
            sections=(section(f"{name}政府性基金", f"项目支出{one}万元", two),),
            stated={"total_score": two},
        )
        for at, (kind, name, one, two) in enumerate(forms)
    )
    for form in year:
        for one in found(form, *year):
            assert one.message.endswith("。")
            assert len(one.title) <= 20


# ------------------------------------------------------------------ indicators of the goal table
GOAL_NAMES = ("办理援助案件", "案卷合格率", "按时办结率", "受援人满意度", "咨询人次", "值班天数")


def listed(kind: FormKind, *names: str) -> Filled:
    made = (Indicator("产出指标", name=one, target="≥90%", actual="95%", weight="10") for one in names)
    return filled(kind, "普法经费", indicators=tuple(made))


def goal_findings(*names: str) -> list[tuple[str, str]]:
    got = found(listed(FormKind.PROJECT_SELF, *names), listed(FormKind.PROJECT_GOAL, *GOAL_NAMES))
    return [(one.code, one.message) for one in got]


def test_the_same_indicators_in_any_order_are_fine() -> None:
    assert goal_findings(*GOAL_NAMES[::-1]) == []


def test_indicators_that_only_one_form_has() -> None:
    tail = "（“项目支出绩效目标表（普法经费）”）。批复的目标一般不调整，请核对，调整过的写明。"
    assert goal_findings(*GOAL_NAMES[1:]) == [("cross-form", f"目标表的“办理援助案件”本表没有{tail}")]
    assert goal_findings(*GOAL_NAMES, "开展回访") == [("cross-form", f"本表的“开展回访”目标表没有{tail}")]
    ((_, both),) = goal_findings(*GOAL_NAMES[:4], "甲一二三", "乙二三四", "丙三四五", "丁四五六")
    assert both.startswith(
        "目标表的“咨询人次”“值班天数”本表没有；本表的“甲一二三”“乙二三四”“丙三四五”等 4 项目标表没有"
    )


def test_an_indicator_spelled_otherwise_than_in_the_goal_table() -> None:
    own = listed(FormKind.PROJECT_SELF, *GOAL_NAMES[:3], "受援人的满意度", *GOAL_NAMES[4:])
    (one,) = found(own, listed(FormKind.PROJECT_GOAL, *GOAL_NAMES))
    assert (one.code, one.where, one.computed) == ("name-mismatch", "受援人的满意度", "受援人满意度")
    assert one.fix is not None
    assert one.fix.edits == ((Binding(Block.INDICATORS, "name", row=3), "受援人满意度"),)


def test_a_goal_table_of_quite_other_indicators_is_not_this_forms() -> None:
    assert goal_findings(*GOAL_NAMES[:2], "甲", "乙") == []
    assert goal_findings(GOAL_NAMES[0], "甲") == []


def test_a_form_that_is_not_finished_is_left_in_peace() -> None:
    rows_ = (*listed(FormKind.PROJECT_SELF, *GOAL_NAMES[:4]).record.indicators, Indicator(name="回访"))
    own = filled(FormKind.PROJECT_SELF, "普法经费", indicators=rows_)
    assert found(own, listed(FormKind.PROJECT_GOAL, *GOAL_NAMES)) == ()
