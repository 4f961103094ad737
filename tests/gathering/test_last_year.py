"""上年: what a cell held the year before and how it has changed, in the figures of real forms."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.gathering.last_year import Change, Past, change, past
from perfdesk.model import Binding, Block, FormKind, FundRow, Indicator, Record
from perfdesk.template import Field, FieldKind, Filled
from tests.gathering.support import BREAKDOWN, TEMPLATES, filled, goal, money, record, template

SELF, GOAL, WHOLE = FormKind.PROJECT_SELF, FormKind.PROJECT_GOAL, FormKind.DEPARTMENT_SELF
NAME = "法律援助工作经费"
ROW = Indicator("产出指标", level2="数量指标", name="年内完成220件法律援助案件", target="≥220件")


def before(kind: FormKind, name: str = NAME, **parts: object) -> Filled:
    one = filled(kind, name, **parts)
    return Filled(one.template, replace(one.record, id=f"{one.record.id}-2023", year=2023))


def cell(key: str, *, row: int = 0, block: Block = Block.INDICATORS, pattern: str = "") -> Binding:
    return Binding(block, key, row=row, pattern=pattern)


def asked(own: Filled, binding: Binding, *others: Filled) -> str:
    found = past(own.template, own.record, others, binding)
    return found.text if found is not None else ""


OLD = replace(ROW, name="年内完成200件法律援助案件", target="200件", actual="231", weight="30")


# --------------------------------------------------------------------------------------------------------- what it was
@pytest.mark.parametrize(
    ("key", "text"),
    [("actual", "231"), ("target", "200件"), ("weight", "30"), ("reason", ""), ("level2", ""), ("name", OLD.name)],
)
def test_an_indicator_is_known_by_its_name_without_its_numbers(key: str, text: str) -> None:
    own = filled(SELF, "2024年法律援助工作经费", indicators=(Indicator(), ROW))
    assert asked(own, cell(key, row=1), before(SELF, indicators=(OLD,))) == text


def test_the_form_of_last_year_is_named() -> None:
    own = filled(SELF, NAME, indicators=(ROW,))
    other = before(SELF, indicators=(OLD,))
    assert past(own.template, own.record, (other,), cell("actual")) == Past("231", f"{SELF.words}（{NAME}）")


def test_nobody_knows_a_row_that_is_new_or_stands_there_twice() -> None:
    own = filled(SELF, NAME, indicators=(ROW, replace(ROW, name="新设指标"), Indicator()))
    assert [asked(own, cell("actual", row=row), before(SELF, indicators=(OLD,))) for row in (1, 2, 3, -1)] == [""] * 4
    assert not asked(own, cell("actual"), before(SELF, indicators=(OLD, OLD)))


def test_another_project_another_office_or_no_year_before_know_nothing() -> None:
    own = filled(SELF, NAME, indicators=(ROW,))
    assert not asked(own, cell("actual"), before(SELF, "普法经费", indicators=(OLD,)))
    assert not asked(own, cell("actual"), before(SELF, indicators=(OLD,), bureau="绿水县司法局"))
    assert not asked(own, cell("actual"), filled(SELF, NAME, id="twin", indicators=(OLD,)))
    assert not asked(own, cell("actual"))


def test_a_goal_table_stands_in_where_there_was_no_self_assessment() -> None:
    own = filled(SELF, NAME, indicators=(ROW,))
    table = before(GOAL, indicators=(goal("年内完成法律援助案件", "≥", "180", "件"),))
    named = replace(own.record, indicators=(replace(ROW, name="年内完成法律援助案件"),))
    assert asked(Filled(own.template, named), cell("target"), table) == "≥180件"
    assert not asked(Filled(own.template, named), cell("actual"), table)
    both = (before(SELF, indicators=(replace(ROW, name="年内完成法律援助案件", target="190件"),)), table)
    assert asked(Filled(own.template, named), cell("target"), *both) == "190件"


def test_a_score_is_the_stated_one_or_the_computed_one() -> None:
    own = filled(SELF, NAME, indicators=(ROW,))
    assert asked(own, cell("score"), before(SELF, indicators=(OLD,))) == "30.00"
    assert asked(own, cell("score"), before(SELF, indicators=(replace(OLD, score="28"),))) == "28"
    assert not asked(own, cell("score"), before(SELF, indicators=(replace(OLD, actual=""),)))


def test_patterns_are_asked_in_their_words() -> None:
    own = filled(SELF, NAME, indicators=(ROW,))
    binding = cell("weight", pattern="{weight}分")
    assert asked(own, binding, before(SELF, indicators=(OLD,))) == "30分"


@pytest.mark.parametrize(
    ("unit", "text", "key"),
    [
        (MoneyUnit.WAN, "12.5", "annual_budget"),
        (MoneyUnit.YUAN, "125000", "annual_budget"),
        (MoneyUnit.YUAN, "96.3%", "execution_rate"),
        (MoneyUnit.YUAN, "见附件", "executed"),
        (MoneyUnit.YUAN, "", "initial_budget"),
    ],
)
def test_amounts_are_in_the_unit_of_this_year(unit: MoneyUnit, text: str, key: str) -> None:
    own = filled(SELF, NAME, funds=money(), unit=unit)
    other = before(SELF, funds=money("", "12.5", "见附件", execution_rate="96.3%"))
    assert asked(own, cell(key, block=Block.FUNDS), other) == text


def test_a_fund_row_is_known_by_its_label() -> None:
    own = filled(SELF, NAME, funds=(*money(), FundRow("其他资金")))
    other = before(SELF, funds=money("", "12.5"))
    assert not asked(own, cell("annual_budget", row=1, block=Block.FUNDS), other)
    assert not asked(own, cell("annual_budget", row=2, block=Block.FUNDS), other)


def test_single_fields_totals_and_parts() -> None:
    values = {"goal_expected": "按时办结", "basic": "89.05"}
    own = filled(WHOLE, values={"basic": ""}, unit=MoneyUnit.YUAN)
    other = before(WHOLE, "", values=values, stated={"total_score": "96.5", "grade": "优"})
    assert asked(own, cell("goal_expected", row=-1, block=Block.VALUES), other) == "按时办结"
    assert asked(own, cell(BREAKDOWN[2].key, row=-1, block=Block.VALUES), other) == "890500"
    assert asked(own, cell("total_score", row=-1, block=Block.STATED), other) == "96.5"
    assert asked(own, cell("grade", row=-1, block=Block.STATED), other) == "优"


def test_dates_and_rows_of_lists_are_of_no_use_a_year_later() -> None:
    dated = template(SELF, fields=(*TEMPLATES[SELF].fields, Field("filled_on", "填报日期", FieldKind.DATE)))
    own = Filled(dated, record(SELF, NAME))
    other = before(SELF, values={"filled_on": "2024年1月20日"})
    assert not asked(own, cell("filled_on", row=-1, block=Block.VALUES), other)
    assert not asked(own, cell("agency", block=Block.ROWS), other)


# ------------------------------------------------------------------------------------------------------- how it changed
def judged(target: str, *, name: str = "办理法律援助案件", level2: str = "数量指标") -> Record:
    return record(SELF, NAME, indicators=(Indicator("产出指标", level2=level2, name=name, target=target),))


@pytest.mark.parametrize(
    ("target", "was", "now", "wanted"),
    [
        ("100", "231", "253", Change(1, "9.5%", True)),  # (253 - 231) ÷ 231 = 9.52 %
        ("≥220件", "231件", "200", Change(-1, "13.4%", False)),
        ("≤15个工作日", "12个工作日", "10个工作日", Change(-1, "16.7%", True)),
        ("≥95%", "95%", "97%", Change(1, "2 个百分点", True)),
        ("=100%", "98%", "100%", Change(1, "2 个百分点", None)),
        ("0起", "0起", "1起", Change(1, "", False)),
        ("显著提升", "231", "253", Change(1, "9.5%", None)),
        ("≥220件", "231", " 231 ", Change(0)),
        ("≥220件", "231", "231件", Change(0)),
        ("≥220件", "231", "", None),
        ("≥220件", "", "231", None),
        ("≥220件", "优", "231", None),
        ("≥220件", "20件", "70余件次", None),
        ("≥220件", "显著提升", "显著提升", Change(0)),
    ],
)
def test_results(target: str, was: str, now: str, wanted: Change | None) -> None:
    assert change(judged(target), cell("actual"), was, now) == wanted


def test_targets_points_and_amounts_know_no_better() -> None:
    own = judged("≥220件")
    assert change(own, cell("target"), "≥200件", "≥220件") == Change(1, "10%")
    assert change(own, cell("weight"), "30", "20分") == Change(-1, "10 分")
    assert change(own, cell("weight"), "30", "二十") is None
    assert change(own, cell("annual_budget", block=Block.FUNDS), "12.5", "15万元") == Change(1, "20%")
    assert change(own, cell("annual_budget", block=Block.FUNDS), "12.5", "见附件") is None
    rate = cell("execution_rate", block=Block.FUNDS)
    assert change(own, rate, "96.3%", "98.46％") == Change(1, "2.16 个百分点")
    assert change(own, cell("staff", row=-1, block=Block.VALUES), "32", "35") == Change(1, "9.4%")


@pytest.mark.parametrize("key", ["name", "reason", "goal_actual"])
def test_a_figure_in_a_sentence_is_no_figure(key: str) -> None:
    block = Block.VALUES if key == "goal_actual" else Block.INDICATORS
    assert change(judged("≥220件"), cell(key, block=block), "年内完成200件", "年内完成220件") is None
