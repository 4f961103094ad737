"""适合宽度 of a wide form: on a small screen it gives up the margins of its paper, so that every column is in sight."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from perfdesk.model import Binding, Block
from tests.qt_tools import child
from tests.robot import Open, Robot
from ui.sheet.rowtools import RowTools

WIDE = (
    "lingling-2022-publication-list",
    "national-2019-project-monitoring",
    "summary-project-self",
    "zhijiang-2024-project-goal",
)


def _open(open_window: Open, template: str, width: int) -> Robot:
    robot = open_window(empty=True)
    robot.window.resize(width, 768)
    robot.window.session.open(robot.window.forms.create(template, year=2024, name="法律援助经费", bureau="某县司法局"))
    QApplication.processEvents()
    return robot


def _frame(robot: Robot) -> tuple[int, int, int]:
    """Where the frame begins and ends on the desk, and how wide the desk is; px."""
    sheet = robot.window.desk.sheet
    model = sheet.sheet_model
    assert model is not None
    edges = sheet.columnViewportPosition(1), sheet.columnViewportPosition(model.columnCount() - 1)
    return *edges, sheet.viewport().width()


@pytest.mark.parametrize("template", WIDE)
def test_every_column_of_a_wide_form_is_in_sight(open_window: Open, template: str) -> None:
    robot = _open(open_window, template, 1366)
    left, right, desk = _frame(robot)
    assert 0 <= left < right <= desk
    assert 0.75 <= robot.window.desk.sheet.zoom <= 0.9


def test_a_larger_window_gives_the_margins_back(open_window: Open) -> None:
    robot = _open(open_window, WIDE[0], 1366)
    robot.window.resize(1920, 1080)
    QApplication.processEvents()
    assert robot.window.desk.sheet.zoom >= 0.9
    assert robot.window.desk.sheet.horizontalScrollBar().maximum() == 0
    robot.window.resize(1366, 768)
    QApplication.processEvents()
    left, right, desk = _frame(robot)
    assert 0 <= left < right <= desk


@pytest.mark.parametrize(("width", "shown"), [(1366, False), (1920, True)])
def test_the_row_tools_are_there_only_where_they_have_room(open_window: Open, width: int, shown: bool) -> None:
    robot = _open(open_window, WIDE[0], width)
    sheet = robot.window.desk.sheet
    sheet.go_to(Binding(Block.ROWS, "agency", row=0))
    robot.keys("某县司法局")
    robot.press("Return")
    tools = child(sheet, RowTools)
    assert tools.isVisible() == shown
    assert not shown or QRect(sheet.viewport().rect()).contains(tools.geometry())


@pytest.mark.parametrize("template", ["national-2020-project-self", "chenxi-2021-department-rating"])
def test_a_portrait_form_keeps_its_paper(open_window: Open, template: str) -> None:
    robot = _open(open_window, template, 1366)
    assert robot.window.desk.sheet.zoom >= 0.9
    assert robot.window.desk.sheet.horizontalScrollBar().maximum() == 0
