"""cross-form: a result that the report states otherwise than the forms."""

from __future__ import annotations

import pytest

from perfdesk.checks.between.results_in_text import results_in_goal, results_in_report
from perfdesk.model import Binding, Block, Finding, FormKind, Indicator
from perfdesk.template import Filled
from tests.gathering.support import facts, filled, section

PROJECT = filled(
    FormKind.PROJECT_SELF,
    "法律援助经费",
    indicators=(
        Indicator(name="法律援助案件数（件）", target="≥210件", actual="236件"),
        Indicator(name="受援人满意度", target="≥90%", actual="96.3%"),
        Indicator(name="开展法治宣传活动场次", target="≥40场", actual="46"),
        Indicator(name="社会治安", target="明显好转", actual="达成"),
        Indicator(name="咨询", target="≥10人次", actual="12人次"),
    ),
)


def found(text: str, *others: Filled, heading: str = "六、绩效情况") -> list[Finding]:
    report = filled(FormKind.REPORT, sections=(section("一、概况"), section(heading, "前言。", text)))
    return list(results_in_report(facts(report), tuple(facts(one) for one in others)))


def test_a_result_that_no_form_has() -> None:
    (one,) = found("1.全年办理法律援助案件249件，其中民事51件。", PROJECT)
    assert (one.code, one.where, one.binding) == ("cross-form", "六", Binding(Block.SECTIONS, "1", row=1))
    assert one.message == (
        "文中写的是“1.全年办理法律援助案件249件”，“项目支出绩效自评表（法律援助经费）”的“法律援助案件数（件）”完成值是 236件。"
        "请核对后改其中一处。"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2024年共完成法律援助案件249件", True),
        ("受援人满意度达95%", True),
        ("组织开展法治宣传活动50场", True),
        ("办理法律援助案件236件", False),
        ("完成年初确定的法律援助案件210件", False),
        ("办理法律援助案件210件", False),  # the target
        ("办理法律援助案件260余件", False),
        ("受理法律援助案件249件", False),
        ("办理民事法律援助案件86件", False),
        ("上半年办理法律援助案件120件", False),
        ("办理法律援助案件249件次，接近上年", False),
        ("办理法律援助案件249万元", False),
        ("开展法治宣传活动", False),
        ("咨询13人次", False),
        ("249件法律援助案件", False),
    ],
)
def test_clauses_and_what_they_say(text: str, told: bool) -> None:
    assert bool(found(f"{text}。", PROJECT)) is told


@pytest.mark.parametrize(
    ("heading", "told"),
    [("（五）年度整体工作目标任务完成情况", True), ("（三）年度工作目标", False), ("六、整改措施或建议", False)],
)
def test_results_are_read_where_results_stand(heading: str, told: bool) -> None:
    assert bool(found("办理法律援助案件249件。", PROJECT, heading=heading)) is told


def test_what_any_form_confirms_is_right() -> None:
    department = filled(FormKind.DEPARTMENT_SELF, indicators=(Indicator(name="法律援助案件", actual="249件"),))
    assert found("办理法律援助案件249件。", PROJECT, department) == []


@pytest.mark.parametrize("heading", ["二、绩效目标", "八、下一步工作打算", "七、存在的问题"])
def test_goals_and_plans_are_no_results(heading: str) -> None:
    assert found("办理法律援助案件249件。", PROJECT, heading=heading) == []


def test_only_reports_are_read_and_only_beside_forms() -> None:
    assert found("办理法律援助案件249件。") == []
    assert list(results_in_report(facts(PROJECT), (facts(PROJECT),))) == []


def in_goal(text: str, kind: FormKind = FormKind.PROJECT_SELF) -> list[Finding]:
    return list(
        results_in_goal(facts(filled(kind, indicators=PROJECT.record.indicators, values={"goal_actual": text})))
    )


def test_what_the_form_says_above_its_indicators() -> None:
    (one,) = in_goal("1.办理法律援助案件249件；\n2.受援人满意度96.3%。")
    assert (one.code, one.where, one.binding) == (
        "cross-form",
        "实际完成情况",
        Binding(Block.VALUES, "goal_actual"),
    )
    assert one.message == (
        "实际完成情况写的是“1.办理法律援助案件249件”，绩效指标“法律援助案件数（件）”的完成值是 236件。请核对后改其中一处。"
    )


@pytest.mark.parametrize("text", ["", "办理法律援助案件236件。", "全面完成年度任务。"])
def test_what_agrees_with_the_indicators(text: str) -> None:
    assert in_goal(text) == []


def test_goals_have_no_results() -> None:
    assert in_goal("办理法律援助案件249件。", FormKind.PROJECT_GOAL) == []
