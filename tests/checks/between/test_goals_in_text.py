"""cross-form: a target that the report states otherwise than the forms."""

from __future__ import annotations

import pytest

from perfdesk.checks.between.goals_in_text import goals_in_report
from perfdesk.model import Binding, Block, Finding, FormKind, Indicator
from perfdesk.template import Filled
from tests.gathering.support import facts, filled, goal, section

PROJECT = filled(
    FormKind.PROJECT_SELF,
    "普法经费",
    indicators=(
        Indicator(name="积极受理各类矛盾纠纷", target="500件", actual="1620件"),
        Indicator(name="调解成功率", target="≥98%"),
        Indicator(name="社区矫正管理人数", target="400-500人"),
        Indicator(name="发放宣传册", target="3000"),
    ),
)


def found(text: str, *others: Filled, heading: str = "（二）绩效目标") -> list[Finding]:
    report = filled(FormKind.REPORT, sections=(section("一、概况"), section(heading, "前言。", text)))
    return list(goals_in_report(facts(report), tuple(facts(one) for one in others)))


def test_a_goal_that_is_the_result() -> None:
    (one,) = found("2.化解矛盾纠纷1620件，维护稳定。", PROJECT)
    assert (one.code, one.stated, one.computed) == ("cross-form", "2.化解矛盾纠纷1620件", "500件")
    assert one.binding == Binding(Block.SECTIONS, "1", row=1)
    assert one.message == (
        "文中写的是“2.化解矛盾纠纷1620件”，“项目支出绩效自评表（普法经费）”的“积极受理各类矛盾纠纷”指标值是 500件。"
        "请核对后改其中一处。"
    )


@pytest.mark.parametrize(
    "text",
    [
        "化解矛盾纠纷500件。",
        "化解矛盾纠纷。",
        "排查矛盾纠纷16次、化解500件。",
        "管理社区矫正人员400-500人。",
        "印制4期政报。",
        "调解成功率98%以上。",
        "化解矛盾纠纷1620万元。",
    ],
)
def test_a_goal_that_agrees_or_cannot_be_compared(text: str) -> None:
    assert found(text, PROJECT) == []


def test_what_any_form_confirms_is_right() -> None:
    approved = filled(FormKind.PROJECT_GOAL, "普法经费", indicators=(goal("积极受理各类矛盾纠纷", "≥", "1620", "件"),))
    assert found("化解矛盾纠纷1620件。", PROJECT, approved) == []


def test_only_goals_of_a_report_are_compared() -> None:
    assert found("化解矛盾纠纷1620件。", PROJECT, heading="六、完成情况") == []
    assert found("化解矛盾纠纷1620件。", PROJECT, heading="（五）工作目标任务完成情况") == []
    assert found("化解矛盾纠纷1620件。") == []
    assert list(goals_in_report(facts(PROJECT), (facts(PROJECT),))) == []
