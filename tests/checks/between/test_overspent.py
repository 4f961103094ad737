"""What a report says was overspent, and a form or a rating that gives full marks for keeping the budget."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.checks.between.overspent import against_overspending
from perfdesk.model import Finding, FormKind, Indicator
from perfdesk.template import Filled
from tests.checks.rating import RATING, rated
from tests.gathering.support import OFFICE, facts, filled, section

REPORT = filled(
    FormKind.REPORT,
    sections=(
        section("一、预算", "公用经费预算341.62万元。", "三公经费预算30万元。"),
        section("二、支出", "全年支出，公用经费546.1万元。", "全年三公经费10.16万元。"),
    ),
)


def found(form: Filled, *others: Filled) -> list[Finding]:
    return list(against_overspending(facts(form), tuple(facts(one) for one in others)))


def department(**row: str) -> Filled:
    made = {"name": "公用经费控制", "target": "不超预算", "actual": "100%", "weight": "13", "score": "13", **row}
    return filled(FormKind.DEPARTMENT_SELF, indicators=(Indicator(**made),))


def test_a_form_that_claims_to_have_kept_the_budget() -> None:
    (one,) = found(department(), REPORT)
    assert (one.code, one.where, one.computed) == ("cross-form", "公用经费控制", "159.86%")
    assert one.message == (
        "这一项得了满分 13 分；“绩效自评报告”写的是公用经费预算 341.62 万元，实际 546.1 万元，是预算的 159.86%。"
        "请核对完成值和得分。"
    )
    assert found(department(name="", level2="成本指标", target="公用经费不超预算"), REPORT)[0].where == "成本指标"


@pytest.mark.parametrize(
    "row",
    [
        {"score": "5"},
        {"weight": ""},
        {"target": "压减开支"},
        {"name": "公用经费", "target": "完成预算编制"},
        {"name": "三公经费控制"},  # 10.16 of 30 was spent
        {"name": "会议费控制"},
    ],
)
def test_what_claims_nothing_or_is_true(row: dict[str, str]) -> None:
    assert found(department(**row), REPORT) == []


def test_no_report_or_another_form_says_nothing() -> None:
    assert found(department()) == []
    assert found(filled(FormKind.PROJECT_SELF, "甲"), REPORT) == []


def rating(values: dict[str, str] | None = None, **scores: str) -> Filled:
    record = rated(values)
    rows = tuple(replace(row, score=scores.get(row.name, "")) for row in record.indicators)
    return Filled(RATING, replace(record, bureau=OFFICE, indicators=rows))


def test_a_typed_score_that_the_rule_does_not_give_for_the_reports_figures() -> None:
    (one,) = found(rating(公用经费控制率="3"), REPORT)
    assert (one.code, one.where, one.computed) == ("score-vs-rule", "公用经费控制率", "0.00")
    assert one.message.startswith(
        "“绩效自评报告”写的是公用经费预算 341.62 万元，实际 546.1 万元，是预算的 159.86%。按评分标准："
    )


@pytest.mark.parametrize(
    ("values", "score"),
    [
        ({}, "0"),
        ({}, ""),
        ({"public_spent": "300", "public_budget": "341.62"}, "3"),
    ],
)
def test_a_right_score_and_one_with_raw_figures_of_its_own(values: dict[str, str], score: str) -> None:
    assert found(rating(values, 公用经费控制率=score), REPORT) == []


def test_one_figure_of_the_clerk_and_one_of_the_report_go_together() -> None:
    assert found(rating({"public_budget": "600"}, 公用经费控制率="3"), REPORT) == []
    assert len(found(rating({"public_budget": "100"}, 公用经费控制率="3"), REPORT)) == 1


def test_a_score_that_no_figures_could_give_is_told_elsewhere() -> None:
    assert found(rating(公用经费控制率="2.95"), REPORT) == []


def test_a_raw_figure_that_the_report_does_not_have() -> None:
    assert found(rating(None, **{"“三公经费”控制率": "2", "政府采购执行率": "3"}), REPORT) == []
