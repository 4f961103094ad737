"""取本年各表的数: what other forms have ready, and what is filled."""

from __future__ import annotations

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.gathering.offers import Offer, fill, offers
from perfdesk.model import Binding, Block, FormKind, Indicator, Record
from perfdesk.template import Filled
from tests.gathering.support import TEMPLATES, filled, goal, money, record

AID = filled(FormKind.PROJECT_SELF, "法律援助经费", unit=MoneyUnit.YUAN, funds=money("", "30000", "29539"))
LAW = filled(FormKind.PROJECT_SELF, "普法经费", funds=money("8", "8", "8"))
GOAL = filled(
    FormKind.PROJECT_GOAL,
    "普法经费",
    values={"department": "司法局"},
    funds=money("8"),
    indicators=(goal("培训", "≥", "3", "期"), goal("讲座", "≥", "9", "场")),
)


def of(kind: FormKind, own: Record, *others: Filled) -> tuple[Offer, ...]:
    return offers(TEMPLATES[kind], own, others)


def texts(found: tuple[Offer, ...]) -> dict[str, str]:
    return {one.label: one.text for one in found}


def test_a_department_form_is_offered_what_the_projects_spent() -> None:
    own = record(FormKind.DEPARTMENT_SELF, funds=money("", "100", "100"))
    found = of(FormKind.DEPARTMENT_SELF, own, AID, LAW)
    assert texts(found) == {"项目支出": "10.95", "基本支出": "89.05"}
    assert found[0].source == "2 张项目支出绩效自评表 › 全年执行数"
    assert found[0].yuan == 109539


def test_one_project_is_named() -> None:
    found = of(FormKind.DEPARTMENT_SELF, record(FormKind.DEPARTMENT_SELF), LAW)
    assert [one.source for one in found] == ["项目支出绩效自评表（普法经费） › 全年执行数"]


def test_the_rest_is_never_less_than_nothing() -> None:
    own = record(FormKind.DEPARTMENT_SELF, funds=money("", "5", "5"))
    assert set(texts(of(FormKind.DEPARTMENT_SELF, own, LAW))) == {"项目支出"}


def test_the_typed_project_money_leaves_the_rest() -> None:
    own = record(FormKind.DEPARTMENT_SELF, funds=money("", "100", "100"), values={"projects": "40"})
    assert texts(of(FormKind.DEPARTMENT_SELF, own, LAW))["基本支出"] == "60"


def test_nothing_is_offered_while_a_project_is_not_filled_in() -> None:
    new = filled(FormKind.PROJECT_SELF, "新项目")
    assert of(FormKind.DEPARTMENT_SELF, record(FormKind.DEPARTMENT_SELF), LAW, new) == ()


def test_a_rating_is_offered_the_raw_figures_that_are_known() -> None:
    department = filled(FormKind.DEPARTMENT_SELF, funds=money("90", "100", "99.5"))
    found = of(FormKind.DEPARTMENT_RATING, record(FormKind.DEPARTMENT_RATING), department, GOAL)
    assert texts(found) == {"支出预算数": "100", "预算完成数": "995000", "实际申报绩效目标项目数": "1"}


@pytest.mark.parametrize("others", [(), (AID,)])
def test_a_rating_alone_is_offered_nothing(others: tuple[Filled, ...]) -> None:
    assert of(FormKind.DEPARTMENT_RATING, record(FormKind.DEPARTMENT_RATING), *others) == ()


def test_a_self_assessment_is_offered_the_goals_of_its_project() -> None:
    own = record(
        FormKind.PROJECT_SELF,
        "普法经费",
        funds=money(),
        indicators=(Indicator(name="讲座"), Indicator(name="别的"), Indicator()),
    )
    found = of(FormKind.PROJECT_SELF, own, GOAL)
    assert texts(found) == {
        "项目名称": "普法经费",
        "主管部门": "司法局",
        "年度资金总额 年初预算数": "8",
        "讲座": "≥9场",
    }
    assert found[-1].binding == Binding(Block.INDICATORS, "target", row=0)


def test_of_two_goal_tables_neither_is_offered() -> None:
    own = record(FormKind.PROJECT_SELF, "别的项目")
    assert of(FormKind.PROJECT_SELF, own, GOAL, filled(FormKind.PROJECT_GOAL, "甲")) == ()


def test_only_blank_cells_are_filled() -> None:
    own = record(FormKind.PROJECT_SELF, "普法经费", funds=money("7"), indicators=(Indicator(name="讲座", target="—"),))
    after, used = fill(own, of(FormKind.PROJECT_SELF, own, GOAL))
    assert after.funds == own.funds
    assert after.value("department") == "司法局"
    assert after.indicators[0].target == "≥9场"
    assert [one.label for one in used] == ["主管部门", "讲座"]
    assert fill(after, of(FormKind.PROJECT_SELF, after, GOAL)) == (after, ())
