"""带我填第一张表 leads through a form beside the real places, goes on by itself, and is in nobody's way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect

from tests.qt_tools import click
from tests.robot import LEGAL_AID, Open, Robot
from ui.guide import Guide
from ui.guide.card import GuideCard
from ui.guide.steps import STEPS

TITLES = tuple(one.title for one in STEPS)


def _begin(robot: Robot) -> Guide:
    robot.window.commands["guide"].trigger()
    made = [one for one in robot.window.children() if isinstance(one, Guide)]
    assert len(made) == 1
    return made[0]


def _title(guide: Guide) -> str:
    return guide.card.texts()[0]


def _beside(guide: Guide) -> None:
    """The frame is round something, and the card is inside the window and off it."""
    room = guide.card.window().rect()
    assert room.contains(guide.card.geometry())
    assert guide.ring.isVisible()
    assert not guide.card.geometry().intersects(guide.ring.geometry())


@pytest.fixture
def blank(robot: Robot) -> Robot:
    forms = robot.window.forms
    robot.window.session.open(forms.create("national-2020-project-self", year=2020, name="", bureau="示例县司法局"))
    return robot


def test_from_an_empty_window_to_the_last_step(open_window: Open) -> None:
    robot = open_window(empty=True)
    guide = _begin(robot)
    assert _title(guide) == TITLES[0]
    _beside(guide)
    forms = robot.window.forms
    robot.window.session.open(forms.create("national-2020-project-self", year=2020, name="", bureau="示例县司法局"))
    robot.settle()
    assert _title(guide) == TITLES[1]
    _beside(guide)
    cell = robot.window.desk.current_cell()
    assert cell is not None
    assert cell.required
    assert cell.blank
    robot.keys("1")
    robot.press("Return")
    robot.settle()
    assert _title(guide) == TITLES[2]
    for title in TITLES[3:]:
        guide.card.forward.click()
        robot.settle()
        assert _title(guide) == title
        _beside(guide)
    guide.card.forward.click()
    assert guide.step is None
    assert not guide.card.isVisible()
    assert not guide.ring.isVisible()


def test_a_form_that_is_open_needs_no_first_step(blank: Robot) -> None:
    guide = _begin(blank)
    assert _title(guide) == TITLES[1]
    blank.press("Alt+N")
    blank.until(lambda: _title(guide) == TITLES[2])
    cell = blank.window.desk.current_cell()
    assert cell is not None
    assert cell.binding is not None
    assert cell.binding.key == "score"
    blank.press("Alt+B")
    blank.until(lambda: _title(guide) == TITLES[1])


def test_it_takes_neither_keyboard_nor_mouse(blank: Robot) -> None:
    guide = _begin(blank)
    assert blank.window.desk.sheet.hasFocus()
    spot = guide.ring.geometry().center()
    assert blank.window.childAt(spot) is blank.window.desk.sheet.viewport()
    blank.keys("丙")
    assert not isinstance(blank.window.focusWidget(), GuideCard)
    blank.press("Return")
    blank.settle()
    assert _title(guide) == TITLES[2]
    assert "丙" in [cell.text for cell in blank.document.derived.sheet.cells]


def test_it_can_be_left_and_begun_again(blank: Robot) -> None:
    guide = _begin(blank)
    blank.press("Alt+X")
    blank.until(lambda: guide.step is None)
    assert blank.window.desk.sheet.hasFocus()
    blank.keys("1")
    blank.press("Return")
    blank.settle()
    assert not guide.card.isVisible()
    assert _begin(blank) is guide
    assert _title(guide) == TITLES[1]


def test_closing_the_form_leads_back_to_the_first_step(blank: Robot) -> None:
    guide = _begin(blank)
    guide.go_on()
    blank.window.commands["home"].trigger()
    blank.settle()
    assert _title(guide) == TITLES[0]
    _beside(guide)
    blank.open(LEGAL_AID, year=2020)
    blank.settle()
    assert _title(guide) == TITLES[1]


def test_a_report_has_words_of_its_own(robot: Robot) -> None:
    forms = robot.window.forms
    robot.window.session.open(forms.create("lingling-2022-report", year=2020, name="", bureau="示例县司法局"))
    guide = _begin(robot)
    assert guide.card.texts() == (TITLES[1], STEPS[1].in_report)
    assert robot.window.rect().contains(guide.card.geometry())
    guide.go_on()
    robot.settle()
    assert guide.card.texts()[1] == STEPS[2].in_report
    _beside(guide)


@pytest.mark.parametrize("size", [(1024, 560), (1366, 768), (1920, 1080)])
def test_the_card_stays_in_the_window_at_every_size(blank: Robot, size: tuple[int, int]) -> None:
    guide = _begin(blank)
    for _step in STEPS[2:]:
        guide.go_on()
        blank.window.resize(*size)
        blank.settle()
        _beside(guide)


def test_a_place_that_fills_the_window_leaves_the_card_at_its_foot(blank: Robot) -> None:
    guide = _begin(blank)
    room = blank.window.rect()
    guide.card.stand_by(room, room)
    assert room.contains(guide.card.geometry())
    assert abs(guide.card.geometry().center().x() - room.center().x()) <= 1
    guide.card.stand_by(QRect(QPoint(room.center().x(), 0), room.bottomRight()), room)
    assert guide.card.geometry().right() < room.center().x()
    click(guide.card.leave)
    assert guide.step is None
