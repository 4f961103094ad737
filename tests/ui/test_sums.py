"""Sums in cells for figures: the result counts while it is typed, stands there afterwards, and goes with one undo."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from tests.robot import Robot


@pytest.mark.parametrize(("typed", "kept"), [("12+3.5", "15.5"), ("=15*2", "30"), ("１０÷４", "2.5"), ("12+", "12+")])
def test_enter_leaves_the_result_of_a_sum(robot: Robot, typed: str, kept: str) -> None:
    before = robot.document.record
    robot.type("全年预算数", typed)
    assert robot.document.record.funds[0].annual_budget == kept
    assert robot.text("全年预算数").endswith(kept)
    robot.undo()
    assert robot.document.record == before
    robot.redo()
    assert robot.document.record.funds[0].annual_budget == kept


def test_a_sum_counts_while_it_is_typed(robot: Robot) -> None:
    robot.go("全年预算数")
    robot.keys("100+100")
    assert robot.document.record.funds[0].annual_budget == "200"
    robot.press("Escape")
    assert robot.document.record.funds[0].annual_budget != "200"


def test_points_can_be_sums_and_texts_cannot(robot: Robot) -> None:
    robot.type_indicator(0, "分值", "5+5")
    assert robot.document.record.indicators[0].weight == "10"
    robot.type_indicator(0, "实际完成值", "2019-12")
    assert robot.document.record.indicators[0].actual == "2019-12"
    robot.type("项目名称", "=1+1")
    assert robot.document.record.value("project_name") == "=1+1"


@pytest.mark.parametrize("by_key", [True, False])
def test_tab_and_a_step_elsewhere_leave_the_result_too(robot: Robot, *, by_key: bool) -> None:
    robot.go("全年执行数")
    robot.keys("3*4.1")
    if by_key:
        robot.press("Tab")
    else:
        robot.go("项目名称")
    assert robot.document.record.funds[0].executed == "12.3"


def test_an_amount_is_spelt_out_above_the_sheet_and_copied(robot: Robot) -> None:
    sheet, location = robot.window.desk.sheet, robot.window.desk.location
    robot.go("全年预算数")
    robot.keys("442.92")
    assert location.spelt_text() == "肆佰肆拾贰万玖仟贰佰元整"
    robot.press("Return")
    robot.go("全年预算数")
    entries = {one.text(): one for one in sheet.rows.menu().actions()}
    entries["复制大写金额"].trigger()
    assert QApplication.clipboard().text() == "肆佰肆拾贰万玖仟贰佰元整"
    robot.go("项目名称")
    assert location.spelt_text() == ""
    assert "复制大写金额" not in {one.text() for one in sheet.rows.menu().actions()}
