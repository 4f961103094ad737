"""Nothing jumps: what is typed or listed never moves the parts of the window (ui principle 6)."""

from __future__ import annotations

import pytest

from tests.robot import Robot

LONG = "县司法局法律援助中心群众满意度抽样调查覆盖率与结果运用情况" * 6


def _measures(robot: Robot) -> tuple[float, ...]:
    """What must not move: panel, zoom, window, and how narrow the desk could become."""
    window = robot.window
    return window.panel.width(), window.desk.sheet.zoom, window.width(), window.desk.minimumSizeHint().width()


@pytest.mark.parametrize("width", [1093, 1366])
def test_a_long_path_leaves_panel_and_zoom_alone(robot: Robot, width: int) -> None:
    window = robot.window
    window.resize(width, 720)
    robot.settle()
    before = _measures(robot)
    robot.type_indicator(0, "二级指标", LONG)
    robot.settle()
    robot.go("实际完成值", robot.document.record.indicators[0].name)
    robot.settle()
    assert LONG in window.desk.location.texts()[0]
    assert _measures(robot) == before
    robot.save_wait()  # the words about saving grow: 「已自动保存 14:37」
    robot.settle()
    assert _measures(robot) == before


def test_a_long_name_and_bureau_leave_the_window_alone(robot: Robot) -> None:
    window = robot.window
    window.resize(1093, 614)
    robot.settle()
    before = (window.panel.width(), window.desk.sheet.zoom, window.width())
    robot.type("项目名称", LONG)
    robot.type("主管部门", LONG)
    robot.settle()
    assert (window.panel.width(), window.desk.sheet.zoom, window.width()) == before
    assert window.bar.finder.isVisible()
    assert window.bar.finder.mapTo(window, window.bar.finder.rect().topRight()).x() < window.width()


def test_the_form_s_name_leaves_room_for_the_explanation(robot: Robot) -> None:
    robot.window.resize(1093, 614)
    robot.type("项目名称", LONG)
    robot.go("实际完成值", "年内完成200件")
    robot.settle()
    location = robot.window.desk.location
    assert location.explanation_width() >= location.width() // 3
