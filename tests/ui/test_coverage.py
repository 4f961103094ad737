"""The strip over a year that the rules on this machine were not put together for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from perfdesk.parameters import read_pack
from tests.packs import RESOURCES, make_pack
from tests.qt_tools import children
from ui.coverage import YearBanner

if TYPE_CHECKING:
    from tests.robot import Open, Robot

SELF = "national-2020-project-self"
THROUGH = read_pack(RESOURCES).through
NEXT = THROUGH + 1
WORDS = (
    f"{NEXT} 年的规定还没有收进来：这里的表样和计分办法整理到 {THROUGH} 年。"
    "当地有新规定的，先安装参数包再填；没有的，照现在的填就行。"
)


def banner(robot: Robot) -> YearBanner:
    (found,) = children(robot.window, YearBanner)
    return found


def said(robot: Robot) -> str:
    strip = banner(robot)
    assert strip.isVisible() == bool(strip.said())
    assert strip.accessibleName() == strip.said()
    return strip.said()


def click(robot: Robot, words: str) -> None:
    button = next(one for one in children(banner(robot), QPushButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def make(robot: Robot, year: int, name: str = "社区矫正经费") -> str:
    made = robot.window.forms.create(SELF, year=year, name=name, bureau="示例县司法局")
    robot.window.session.open(made)
    robot.settle()
    return made


def test_a_form_of_a_year_without_rules_says_so(robot: Robot) -> None:
    assert said(robot) == ""
    make(robot, THROUGH)
    assert said(robot) == ""
    make(robot, NEXT)
    assert said(robot) == WORDS
    robot.open("法律援助工作经费", year=2020)
    assert said(robot) == ""


def test_the_overview_says_it_of_the_year_it_shows(robot: Robot) -> None:
    make(robot, NEXT)
    robot.window.session.close()
    robot.settle()
    home = robot.window.desk.home
    home.show_year(NEXT)
    assert said(robot) == WORDS
    home.show_year(2020)
    assert said(robot) == ""


def test_a_start_without_forms_has_no_year(open_window: Open) -> None:
    assert said(open_window(empty=True)) == ""


def test_who_fills_in_by_the_rules_there_are_is_not_told_again(open_window: Open) -> None:
    robot = open_window()
    made = make(robot, NEXT)
    click(robot, "照现在的填")
    assert said(robot) == ""
    assert robot.window.desk.page.hasFocus()
    make(robot, NEXT + 1)
    assert said(robot).startswith(f"{NEXT + 1} 年的规定")
    robot.window.settings.sync()
    robot.window.close()
    again = open_window()
    again.window.session.open(made)
    assert said(again) == ""


def test_a_pack_of_that_year_makes_it_go(open_window: Open, folder: Path) -> None:
    make_pack(folder / "data" / "parameters", f"{NEXT}.1", through=NEXT)
    robot = open_window()
    make(robot, NEXT)
    assert said(robot) == ""
    make(robot, NEXT + 1)
    assert f"整理到 {NEXT} 年" in said(robot)


def test_a_year_that_is_only_looked_at_needs_no_rules(robot: Robot) -> None:
    make(robot, NEXT)
    robot.window.errands.freezing.freeze(NEXT, on=True)
    robot.settle()
    assert said(robot) == ""
    robot.window.errands.freezing.freeze(NEXT, on=False)
    robot.settle()
    assert said(robot) == WORDS


def test_its_button_leads_to_the_updates(robot: Robot) -> None:
    asked: list[bool] = []
    robot.window.errands.update_asked.connect(lambda: asked.append(True))
    make(robot, NEXT)
    click(robot, "安装更新…")
    assert asked == [True]


@pytest.mark.parametrize("width", [1093, 1366])
def test_the_strip_takes_no_more_than_two_lines(robot: Robot, width: int) -> None:
    robot.window.resize(width, 614)
    make(robot, NEXT)
    robot.settle()
    assert banner(robot).height() < 4 * robot.window.fontMetrics().height()
