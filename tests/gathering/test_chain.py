"""目标表 -> 监控表 -> 自评表: what is taken over, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.editing import new_record
from perfdesk.gathering.chain import carry, name_of, sources, taken, target_of
from perfdesk.gathering.facts import year_of
from perfdesk.model import FormKind, FundRow, Indicator, Record
from perfdesk.template import Filled
from tests.gathering.support import OFFICE, TEMPLATES, facts, filled, goal, money, record, template

SELF = TEMPLATES[FormKind.PROJECT_SELF]
GOALS = (
    goal("预算成本", "≤", "17", "万元", level1="成本指标", level2="经济成本指标", scoring_rule="预算内得满分"),
    goal("案件数", "≥", "300", "件", explanation="案件完成数", scoring_rule="完成率×分值", remark="不带走"),
    goal("值班天数", "≥", "460", "天"),
    goal("社会公平", "定性", "实现", "非数量指标", level1="效益指标", level2="社会效益指标"),
)
GOAL = filled(
    FormKind.PROJECT_GOAL,
    "法律援助经费",
    values={"department": "司法局", "goal_expected": "提供法律援助"},
    funds=(
        FundRow("项目资金", "17"),
        FundRow("年度资金总额", "17"),
        FundRow("其中:财政拨款", "16"),
        FundRow("上年结转", "1"),
    ),
    indicators=(*GOALS, Indicator(level1="满意度指标")),
)


def blank() -> Record:
    return replace(new_record(SELF, record_id="new", year=2024, bureau=OFFICE), values={})


def carried(own: Record, source: Filled = GOAL) -> Record:
    return carry(facts(source), SELF, own)


@pytest.mark.parametrize(
    ("sign", "value", "unit", "target"),
    [
        ("≥", "300", "件", "≥300件"),
        ("=", "5", "个", "=5个"),
        ("≤", "17", "", "≤17"),
        ("定性", "回归、促进", "非数量指标", "回归、促进"),
        ("≥", "≥95", "%", "≥95%"),
        ("≥", "95%", "%", "≥95%"),
        ("", "12月底前", "无", "12月底前"),
        ("≥", "", "件", ""),
    ],
)
def test_sign_value_and_unit_become_one_target(sign: str, value: str, unit: str, target: str) -> None:
    assert target_of(goal("某指标", sign, value, unit)) == target


def test_a_target_that_is_one_already_stays() -> None:
    assert target_of(Indicator(target=" ≥90% ", target_value="80")) == "≥90%"


def test_a_new_form_gets_the_rows_of_the_goal_table() -> None:
    made = carried(blank())
    assert [(one.level2, one.name, one.target) for one in made.indicators] == [
        ("成本指标", "预算成本", "≤17万元"),
        ("数量指标", "案件数", "≥300件"),
        ("数量指标", "值班天数", "≥460天"),
        ("社会效益指标", "社会公平", "实现"),
    ]
    assert made.indicators[1].explanation == "案件完成数"
    assert made.indicators[1].scoring_rule == "完成率×分值"
    assert made.indicators[1].remark == ""
    assert made.indicators[0].level1 == "产出指标", "成本 is a 二级指标 of this form"


def test_head_and_budget_are_filled() -> None:
    made = carried(blank())
    assert dict(made.values) == {
        "project_name": "法律援助经费",
        "department": "司法局",
        "goal_expected": "提供法律援助",
    }
    assert [(row.label, row.initial_budget) for row in made.funds] == [
        ("年度资金总额", "17"),
        ("其中：当年财政拨款", "16"),
        ("上年结转资金", "1"),
        ("其他资金", ""),
    ]


def test_the_budget_comes_in_the_unit_of_the_form() -> None:
    assert carried(replace(blank(), unit=MoneyUnit.YUAN)).funds[0].initial_budget == "170000"


def test_a_fund_row_of_another_meaning_stays_blank() -> None:
    assert carried(replace(blank(), funds=(FundRow("专户资金"),))).funds == (FundRow("专户资金"),)


def test_what_was_typed_stays() -> None:
    typed = replace(
        blank(),
        values={"project_name": "法律援助", "goal_expected": "自己的目标"},
        funds=money("20"),
        indicators=(
            Indicator(
                level1="产出指标", level2="数量指标", name="案件 数", target="≥200件", actual="253件", weight="10"
            ),
        ),
    )
    made = carried(typed)
    assert made.value("project_name") == "法律援助"
    assert made.value("goal_expected") == "自己的目标"
    assert made.funds == typed.funds
    first = made.indicators[0]
    assert (first.name, first.target, first.actual, first.weight) == ("案件 数", "≥200件", "253件", "10")
    assert first.explanation == "案件完成数", "a blank of the row is filled"


def test_missing_rows_come_below_their_group() -> None:
    mine = (
        Indicator(
            level1="产出指标", level1_weight="50", level2="数量指标", level2_weight="30", name="自己的", actual="1"
        ),
        Indicator(level1="产出指标", level1_weight="50", level2="质量指标"),
        Indicator(level1="效益指标", level1_weight="30", level2="经济效益指标", name="也是自己的"),
    )
    made = carried(replace(blank(), indicators=mine))
    assert [one.name for one in made.indicators] == [
        "自己的",
        "案件数",
        "值班天数",
        "",
        "预算成本",
        "也是自己的",
        "社会公平",
    ]
    assert made.indicators[1].level1_weight == "50"
    assert made.indicators[1].level2_weight == "30"


def test_an_untouched_row_of_the_group_is_used() -> None:
    mine = (Indicator(level1="产出指标", level2="数量指标", weight="10"), Indicator(level1="满意度指标", name="满意度"))
    made = carried(replace(blank(), indicators=mine))
    assert (made.indicators[0].name, made.indicators[0].weight) == ("案件数", "10")


def test_a_form_that_keeps_every_level2_keeps_its_blank_rows() -> None:
    keeping = template(FormKind.PROJECT_SELF, keep_level2=True)
    made = carry(facts(GOAL), keeping, blank())
    assert len(made.indicators) == len(SELF.starter) + 1, "only 值班天数 found no blank row"
    assert [one.level2 for one in made.indicators if not one.name].count("质量指标") == 1


def test_a_group_the_form_does_not_know_comes_at_the_end() -> None:
    strange = filled(
        FormKind.PROJECT_GOAL, "甲", indicators=(goal("编制", "≤", "9", level1="投入指标", level2="人员"),)
    )
    mine = (Indicator(level1="产出指标", level2="数量指标", name="自己的"),)
    assert carried(replace(blank(), indicators=mine), strange).indicators[-1].level1 == "投入指标"


def test_columns_that_the_form_prints_go_along() -> None:
    goal_form = template(FormKind.PROJECT_MONITORING)
    weighed = replace(GOALS[1], weight="10", goal="目标1")
    source = filled(FormKind.PROJECT_GOAL, "甲", indicators=(weighed,))
    made = carry(facts(source), goal_form, replace(blank(), template_id=goal_form.id))
    assert made.indicators[0].weight == "10"
    assert made.indicators[0].goal == "", "the form has no such column"


def test_taking_over_twice_changes_nothing_more() -> None:
    once = carried(blank())
    assert carried(once) == once
    assert taken(once, once) == 0


def test_what_was_taken_is_counted() -> None:
    assert taken(blank(), carried(blank())) == 3 + 3 + 4


def test_names_are_compared_without_punctuation() -> None:
    assert name_of(Indicator(name="防止脱管、漏管 ，维护稳定")) == name_of(Indicator(name="防止脱管漏管维护稳定"))


def test_the_table_of_the_project_is_chosen_by_name() -> None:
    other = filled(FormKind.PROJECT_GOAL, "普法经费")
    own = record(FormKind.PROJECT_SELF, "法律援助经费")
    year = year_of(own, (other, GOAL))
    assert [one.project for one in sources(SELF, own, year)] == ["法律援助经费"]
    assert len(sources(SELF, blank(), year)) == 2, "without a name the clerk chooses"


def test_a_monitoring_form_serves_where_there_is_no_goal_table() -> None:
    monitoring = filled(FormKind.PROJECT_MONITORING, "普法经费")
    own = record(FormKind.PROJECT_SELF, "普法经费")
    assert sources(SELF, own, year_of(own, (monitoring,)))[0].kind is FormKind.PROJECT_MONITORING
    assert sources(TEMPLATES[FormKind.REPORT], own, year_of(own, (monitoring,))) == ()
    assert sources(TEMPLATES[FormKind.DEPARTMENT_SELF], own, year_of(own, (monitoring,))) == ()
