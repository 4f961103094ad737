"""数据项: which figures a report can take, under which keys, in which unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.derive import derive
from perfdesk.gathering import figures, gather
from perfdesk.gathering.facts import Others
from perfdesk.model import Figure, FormKind, Gathered, Indicator, Section
from perfdesk.template import Filled
from tests.gathering.support import TEMPLATES, filled, goal, money, record

REPORT = record(FormKind.REPORT)
DEPARTMENT = filled(
    FormKind.DEPARTMENT_SELF,
    funds=money("1520.50", "1690.5537", "1690.55", execution_rate="100"),
    values={"basic": "1247.62", "projects": "442.93", "general": "—"},
    stated={"total_score": "98", "grade": "优"},
)
LEGAL_AID = filled(
    FormKind.PROJECT_SELF,
    "法律援助经费",
    unit=MoneyUnit.YUAN,
    funds=money("", "30000", "29539"),
    indicators=(Indicator(name="法律援助案件数", target="≥70件", actual="81件", weight="90"),),
)
POPULARIZATION = filled(FormKind.PROJECT_SELF, "普法经费", funds=money("8", "8", "8"))


def found(*others: Filled, unit: MoneyUnit = MoneyUnit.WAN) -> dict[str, Figure]:
    return {one.key: one for one in figures(record(FormKind.REPORT, unit=unit), others)}


@pytest.mark.parametrize(
    ("key", "text", "unit"),
    [
        ("部门整体支出绩效自评表·全年执行数", "1690.55", "万元"),
        ("部门整体支出绩效自评表·全年预算数", "1690.5537", "万元"),
        ("部门整体支出绩效自评表·执行率", "100%", ""),
        ("部门整体支出绩效自评表·自评总分", "98", "分"),
        ("部门整体支出绩效自评表·等级", "优", ""),
        ("部门整体支出绩效自评表·基本支出", "1247.62", "万元"),
        ("项目支出绩效自评表·法律援助经费·全年执行数", "2.95", "万元"),
        ("项目支出绩效自评表·法律援助经费·执行率", "98.46%", ""),
        ("项目支出绩效自评表·法律援助经费·自评总分", "99.85", "分"),
        ("项目支出绩效自评表·法律援助经费·法律援助案件数·实际完成值", "81件", ""),
        ("项目支出绩效自评表·合计·项目个数", "2", "个"),
        ("项目支出绩效自评表·合计·全年执行数", "10.95", "万元"),
        ("项目支出绩效自评表·合计·执行率", "99.58%", ""),
        ("本年·年度", "2024", "年"),
        ("本年·单位名称", "青山县司法局", ""),
    ],
)
def test_a_figure_has_its_key_text_and_unit(key: str, text: str, unit: str) -> None:
    one = found(DEPARTMENT, LEGAL_AID, POPULARIZATION)[key]
    assert (one.text, one.unit) == (text, unit)


def test_the_figures_are_kept_while_the_forms_stay() -> None:
    others = (DEPARTMENT, LEGAL_AID)
    first = gather(TEMPLATES[FormKind.REPORT], REPORT, others)
    typed = replace(REPORT, sections=(Section(1, "一、概况", ("新写的。",)),))
    assert gather(TEMPLATES[FormKind.REPORT], typed, others) is first


def test_the_text_of_a_report_is_judged_with_the_figures_as_they_are_now() -> None:
    text = "基本支出{{部门整体支出绩效自评表·基本支出|1247.62}}万元，其中工资1000万元，商品247.62万元。"
    report = replace(REPORT, sections=(Section(1, "一、支出", (text,)),))

    def sums(others: tuple[Filled, ...]) -> list[str]:
        made = derive(TEMPLATES[FormKind.REPORT], report, others)
        assert made.record is report, "only what is judged is brought up to date"
        return [one.message for one in made.findings if one.code == "text-sum"]

    assert sums(()) == sums((DEPARTMENT,)) == []
    values = {**DEPARTMENT.record.values, "basic": "1147.62"}
    changed = DEPARTMENT._replace(record=replace(DEPARTMENT.record, values=values))
    assert sums((changed,)) == ["基本支出 1147.62 万元，其中 1000＋247.62 ＝ 1247.62，多 100 万元。"]


def test_the_place_is_said_as_people_say_it() -> None:
    known = found(DEPARTMENT, LEGAL_AID)
    assert known["部门整体支出绩效自评表·基本支出"].place == "部门整体支出绩效自评表 › 按支出性质分"
    assert (
        known["项目支出绩效自评表·法律援助经费·全年执行数"].place == "项目支出绩效自评表（法律援助经费） › 年度资金总额"
    )


def test_blank_figures_are_none() -> None:
    keys = found(DEPARTMENT, LEGAL_AID)
    assert "部门整体支出绩效自评表·一般公共预算" not in keys
    assert "项目支出绩效自评表·法律援助经费·年初预算数" not in keys
    assert "项目支出绩效自评表·合计·年初预算数" not in keys, "a sum with a gap is no sum"


def test_the_whole_office_comes_before_single_projects_and_indicators_last() -> None:
    order = list(found(LEGAL_AID, DEPARTMENT))
    assert order[0] == "部门整体支出绩效自评表·全年执行数"
    assert order.index("项目支出绩效自评表·合计·项目个数") < order.index("项目支出绩效自评表·法律援助经费·全年预算数")
    assert order[-1].startswith("项目支出绩效自评表·法律援助经费·法律援助案件数")


def test_a_second_project_changes_no_key() -> None:
    assert set(found(LEGAL_AID)) <= set(found(LEGAL_AID, POPULARIZATION))


def test_equal_names_are_numbered() -> None:
    twin = filled(FormKind.PROJECT_SELF, "普法经费", id="twin", funds=money("", "5", "4"))
    known = found(POPULARIZATION, twin)
    assert known["项目支出绩效自评表·普法经费·全年执行数"].text == "8"
    assert known["项目支出绩效自评表·普法经费（2）·全年执行数"].text == "4"


def test_equal_indicators_of_one_form_are_numbered() -> None:
    twice = (Indicator(name="培训", actual="1次"), Indicator(name="培训", actual="2次"))
    known = found(filled(FormKind.PROJECT_SELF, "甲", indicators=twice))
    assert known["项目支出绩效自评表·甲·培训·实际完成值（2）"].text == "2次"


def test_a_form_without_a_project_name_has_a_key_too() -> None:
    assert found(filled(FormKind.PROJECT_SELF, funds=money("", "5", "4")))["项目支出绩效自评表·未写项目名称·全年执行数"]


def test_amounts_come_in_the_unit_of_the_taking_form() -> None:
    known = found(POPULARIZATION, unit=MoneyUnit.YUAN)
    assert known["项目支出绩效自评表·普法经费·全年执行数"][3:] == ("80000", "元")


def test_yuan_under_a_header_in_wan_are_yuan() -> None:
    wrong = filled(
        FormKind.DEPARTMENT_SELF,
        funds=money("15205000.00", "16905537.09", "16905537.09"),
        values={"projects": "4429287.6"},
    )
    known = found(wrong)
    assert known["部门整体支出绩效自评表·全年执行数"].text == "1690.55"
    assert known["部门整体支出绩效自评表·项目支出"].text == "442.93"


def test_raw_figures_of_a_rating() -> None:
    rating = filled(
        FormKind.DEPARTMENT_RATING,
        values={"staff": "１２１人", "budget": "2406.98", "spent": "23181400", "survey": "优秀", "goals": "个别"},
        stated={"total_score": "93.5分"},
    )
    known = found(rating)
    assert known["部门评价表·在职人数"][2:] == ("部门评价表 › 评分数据", "121", "人")
    assert known["部门评价表·支出预算数"][3:] == ("2406.98", "万元")
    assert known["部门评价表·预算完成数"][3:] == ("2318.14", "万元")
    assert known["部门评价表·自评总分"].text == "93.5"
    assert "部门评价表·调查等次" not in known


def test_an_unreadable_amount_of_a_raw_figure_stays_as_typed() -> None:
    rating = filled(FormKind.DEPARTMENT_RATING, values={"spent": "约两千万"})
    assert found(rating)["部门评价表·预算完成数"].text == "约两千万"


def test_goal_tables_give_their_targets() -> None:
    known = found(
        filled(FormKind.PROJECT_GOAL, "普法经费", indicators=(goal("培训", "≥", "3", "期"),), funds=money("8"))
    )
    assert known["项目支出绩效目标表·普法经费·培训·指标值"][3:] == ("3", "期")
    assert known["项目支出绩效目标表·合计·年初预算数"].text == "8"


def test_another_office_or_year_gives_nothing() -> None:
    there = filled(FormKind.PROJECT_SELF, "别处", bureau="白水县司法局", funds=money("", "1", "1"))
    then = filled(FormKind.PROJECT_SELF, "去年", year=2023, funds=money("", "1", "1"))
    assert {key.partition("·")[0] for key in found(there, then)} == {"本年"}


@pytest.mark.parametrize("bureau", ["", "青山县司法局", "某某市青山县司法局"])
def test_one_office_may_be_written_short_long_or_not_at_all(bureau: str) -> None:
    assert "项目支出绩效自评表·甲·全年执行数" in found(
        filled(FormKind.PROJECT_SELF, "甲", bureau=bureau, funds=money("", "1", "1"))
    )


def test_an_office_that_was_not_typed_has_no_name() -> None:
    keys = {one.key for one in figures(record(FormKind.REPORT, bureau=" "), ())}
    assert keys == {"本年·年度"}


def test_only_reports_gather_figures() -> None:
    others = (DEPARTMENT,)
    assert gather(TEMPLATES[FormKind.REPORT], REPORT, others).figures == figures(REPORT, others)
    assert gather(TEMPLATES[FormKind.PROJECT_SELF], LEGAL_AID.record, others).figures == Gathered().figures


def test_figures_are_collected_once_while_no_form_changes() -> None:
    others = (DEPARTMENT, LEGAL_AID)
    assert figures(REPORT, others) is figures(REPORT, (others[0], others[1]))
    assert figures(REPORT, others) != figures(REPORT, others[:1])
    changed = Filled(LEGAL_AID.template, record(FormKind.PROJECT_SELF, "法律援助经费"))
    assert figures(REPORT, others) != figures(REPORT, (DEPARTMENT, changed))


def test_only_equal_years_are_one_key() -> None:
    assert Others((DEPARTMENT,)) != Others(())
    assert Others((DEPARTMENT,)) != (DEPARTMENT,)
