"""The form as a whole: model text, blank cells, kinds, goals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.model import Binding, Block
from tests.checks.support import GOOD, QIANNAN, ROWS, codes, found, one, with_row, with_values


@pytest.mark.parametrize(
    ("key", "text", "left"),
    [
        ("name", "指标1：", True),
        ("name", "指标1", True),
        ("name", "指标1：……", True),
        ("name", "……", True),
        ("target", "（≥**%）", True),
        ("target", "≥**%", True),
        ("target", "**", True),
        ("reason", "......", True),
        ("level2", "……", True),
        ("name", "指标1：办理案件数量", False),
        ("name", "质量指标", False),
        ("actual", "***", False),  # a name made unreadable
        ("reason", "因案源增加……", False),
        ("target", "≥95%", False),
    ],
)
def test_placeholder_text(key: str, text: str, left: bool) -> None:
    got = found(with_row(0, **{key: text}), "placeholder-text")
    assert [each.binding for each in got] == ([Binding(Block.INDICATORS, key, row=0)] if left else [])


def test_model_text_is_quoted_and_nothing_else_is_said_of_its_row() -> None:
    blank = replace(ROWS[0], name="指标1：", target="（≥**%）", actual="", weight="")
    record = replace(GOOD, indicators=(*ROWS, blank))
    assert codes(record) == {"placeholder-text"}
    assert found(record, "placeholder-text")[0].message == "“指标1：”是表样的提示文字。请改成实际内容，或清空。"
    assert codes(with_row(0, target="**", actual="")) >= {"placeholder-text"}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("目标1：……\n目标2：……", True),
        ("目标1：办理案件 70 件\n……", True),
        ("目标1：", True),
        ("目标1：办理案件 70 件\n目标2：宣传 3 次", False),
        ("建好用好联系点……", False),
        ("说明各项任务的完成情况（100字以内）", True),
        ("办理案件70件。\n结合自评情况分析存在的问题(限200字)。", True),
        ("编印普法读本（20字以内的标语另附）", False),
    ],
)
def test_model_text_in_goals(text: str, left: bool) -> None:
    got = found(with_values(goal_expected=text), "placeholder-text")
    assert [each.where for each in got] == (["预期目标"] if left else [])


def test_blank_required_cells_are_told_together() -> None:
    record = with_values(project_name="", department="  ", goal_actual="")
    finding = one(record, "blank-field")
    assert (finding.title, finding.where) == ("3 格没有填", "项目名称、主管部门、实际完成情况")
    assert finding.binding == Binding(Block.VALUES, "project_name")
    assert len(finding.also) == 2
    assert one(with_values(agency=""), "blank-field").title == "没有填实施单位"


def test_an_unfinished_form_is_not_asked_for_its_cells() -> None:
    assert found(with_row(0, with_values(project_name=""), actual=""), "blank-field") == []
    assert found(with_row(0, with_row(1, name=""), actual=""), "required-kind-missing") == []


@pytest.mark.parametrize(
    ("rows", "title"),
    [
        (ROWS[1:], "没有数量指标"),
        (ROWS[2:], "没有数量、质量指标"),
        (ROWS[4:], "缺 4 类指标"),
        (ROWS, None),
        ((replace(ROWS[0], level2="职责履行", name="数量指标"), *ROWS[1:]), None),
    ],
)
def test_required_kind_missing(rows: object, title: str | None) -> None:
    got = found(replace(GOOD, indicators=rows), "required-kind-missing")  # type: ignore[arg-type]
    assert [each.title for each in got] == ([title] if title else [])
    assert all(each.binding is None for each in got)


def test_a_missing_kind_points_at_its_blank_row() -> None:
    rows = (replace(ROWS[0], name="", target="", actual="", weight=""), *ROWS[1:])
    finding = one(replace(GOOD, indicators=rows), "required-kind-missing")
    assert finding.binding == Binding(Block.INDICATORS, "name", row=0)


GOALS = "1.加强监管。\n2.化解纠纷。\n3.提供援助。"


@pytest.mark.parametrize(
    ("expected", "actual", "title"),
    [
        (GOALS, "1.监管到位。\n2.化解 1620 件。", "3 个目标，2 项结果"),
        ("目标1：加强监管\n目标2：化解纠纷\n目标3：提供援助", "1、监管到位\n2、化解 1620 件", "3 个目标，2 项结果"),
        ("（1）监管\n（2）纠纷\n（3）援助", "(1)监管\n(2)纠纷", "3 个目标，2 项结果"),
        (GOALS, "1.监管\n2.纠纷\n3.援助", None),
        (GOALS, "1.监管\n2.纠纷\n3.援助\n4.普法", None),
        (GOALS, "监管到位，化解 1620 件。", None),
        (GOALS, "2020.5 起监管\n3.纠纷", None),
        ("加强监管", "1.监管\n2.纠纷", None),
        (GOALS, GOALS.replace("\n", " \n"), "完成情况照抄了预期目标"),
        ("完成", "完成", None),
        ("", "", None),
    ],
)
def test_goal_not_answered(expected: str, actual: str, title: str | None) -> None:
    got = found(with_values(goal_expected=expected, goal_actual=actual), "goal-not-answered")
    assert [each.title for each in got] == ([title] if title else [])


def test_optional_cells_may_stay_blank() -> None:
    assert found(with_values(seal=""), "blank-field", QIANNAN) == []
