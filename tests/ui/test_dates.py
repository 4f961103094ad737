"""Dates: the calendar of a cell, how a chosen day is written, and that a typed date stays as typed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.qt_tools import press
from tests.robot import Open, Robot
from ui.sheet.dates import Calendar, read_date, written_like

FORM = "zhijiang-2024-project-goal"
DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年3月5日", DAY),
        ("2024-03-05", DAY),
        ("２０２４．３．５", DAY),
        (" 2024 年 3 月 5 日 ", DAY),
        ("2024/3/5", DAY),
        ("2024年2月30日", None),
        ("三月五日", None),
        ("", None),
        ("2024年3月", None),
    ],
)
def test_dates_as_they_are_typed(text: str, day: date | None) -> None:
    assert read_date(text) == day


@pytest.mark.parametrize(
    ("before", "written"),
    [
        ("", "2024年3月5日"),
        ("2023年12月31日", "2024年3月5日"),
        ("2023-12-31", "2024-03-05"),
        ("2023.1.5", "2024.3.5"),
        ("待定", "2024年3月5日"),
    ],
)
def test_a_chosen_day_is_written_like_the_one_before(before: str, written: str) -> None:
    assert written_like(DAY, before) == written
    assert read_date(written) == DAY


def _date_form(open_window: Open) -> Robot:
    robot = open_window(empty=True)
    robot.window.session.open(robot.window.forms.create(FORM, year=2024, name="法律援助", bureau="青山县司法局"))
    robot.go("填表日期")
    return robot


def _calendar() -> Calendar:
    calendar = QApplication.activePopupWidget()
    assert isinstance(calendar, Calendar)
    return calendar


def _typed(robot: Robot) -> str:
    return robot.document.record.value("report_date")


def test_alt_down_opens_the_calendar_and_enter_takes_the_day(open_window: Open) -> None:
    robot = _date_form(open_window)
    robot.keys("2024-3-4")
    robot.press("Return")
    robot.go("填表日期")
    assert _typed(robot) == "2024-3-4"
    robot.press("Alt+Down")
    days = _calendar().days
    assert days.selectedDate() == QDate(2024, 3, 4)
    days.setSelectedDate(QDate(2024, 3, 5))
    days.activated.emit(days.selectedDate())
    assert _typed(robot) == "2024-3-5"
    robot.undo()
    assert _typed(robot) == "2024-3-4"


def test_a_click_on_the_calendar_opens_it_and_esc_closes_it(open_window: Open) -> None:
    robot = _date_form(open_window)
    sheet = robot.window.desk.sheet
    button = sheet.dates.button()
    assert button.isValid()
    QTest.mouseClick(sheet.viewport(), Qt.MouseButton.LeftButton, pos=button.center())
    calendar = _calendar()
    press(calendar, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert _typed(robot) == ""


def test_other_cells_have_no_calendar(open_window: Open) -> None:
    robot = _date_form(open_window)
    robot.go("项目名称")
    assert not robot.window.desk.sheet.dates.button().isValid()
    robot.press("Alt+Down")
    assert QApplication.activePopupWidget() is None


def test_f2_edits_a_date_by_hand(open_window: Open) -> None:
    robot = _date_form(open_window)
    robot.press("F2")
    assert robot.window.desk.sheet.is_editing
    assert not robot.window.desk.sheet.dates.button().isValid()
