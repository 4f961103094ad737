"""审核 in the real window: what it says about empty forms, about no form, and about the next form."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QListView, QPushButton

from tests.qt_tools import child, children, click
from tests.robot import LEGAL_AID, Open, Robot
from ui.findings.view import CardsView


@pytest.fixture
def blank(robot: Robot) -> Robot:
    """A window with a form in which nothing is written."""
    made = robot.window.forms.create("national-2020-project-self", year=2021, name="", bureau="")
    robot.window.session.open(made)
    return robot


def _button(robot: Robot, words: str) -> QPushButton:
    return next(one for one in children(robot.window.panel, QPushButton) if one.text().startswith(words))


def test_no_form_no_verdict(open_window: Open) -> None:
    robot = open_window()
    robot.window.session.close()
    assert robot.verdict() == ""
    assert robot.window.dock.isHidden()
    robot.window.restore()
    assert robot.window.dock.isHidden()
    robot.open(LEGAL_AID, year=2020)
    assert robot.verdict().startswith("不可上报")
    assert robot.window.dock.isVisible()


def test_an_empty_form_is_not_finished_and_has_no_total(blank: Robot) -> None:
    assert blank.verdict().startswith("填写中")
    assert child(blank.window.panel, CardsView).empty_text() == "还没填完"
    assert blank.window.status.figures() == ("—", "—", "—", "—")
    blank.type("年初预算数", "10")
    blank.type("全年预算数", "10")
    blank.type("全年执行数", "5")
    assert blank.total() == "5.00"


def test_the_button_walks_to_blanks_as_f8_does(blank: Robot) -> None:
    forward = _button(blank, "下一处")
    assert forward.isEnabled()
    click(forward)
    first = blank.window.desk.sheet.current_cell()
    assert first is not None
    assert first.required
    click(forward)
    second = blank.window.desk.sheet.current_cell()
    assert second is not None
    assert second.binding != first.binding
    click(_button(blank, "上一处"))
    assert blank.window.desk.sheet.current_cell() == first


def test_the_list_begins_at_its_top_for_another_form(robot: Robot) -> None:
    robot.window.resize(1366, 600)
    robot.settle()
    bar = child(robot.window.panel, QListView).verticalScrollBar()
    bar.setValue(bar.maximum())
    assert bar.value() > 0
    robot.open("依法行政专项经费")
    robot.settle()
    assert bar.value() == 0
