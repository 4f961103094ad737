"""上年 beside this year, in the real window: the frame under the editor, Alt+↓, grey words in blank cells, the location bar."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from perfdesk.model import FormKind, Indicator
from tests.gathering.support import money, record
from tests.qt_tools import children
from tests.robot import Open, Robot
from tests.ui.on_forms import know_templates, opened
from ui.sheet.chip import Chip
from ui.sheet.editor import CellEditor

NAME = "法律援助工作经费"
CASES = Indicator("产出指标", level2="数量指标", name="年内完成220件法律援助案件", target="≥220件", weight="30")
MEETINGS = Indicator("产出指标", level2="数量指标", name="联系工作会议", target="≥1次", weight="10")
OLD = (
    replace(CASES, name="年内完成200件法律援助案件", actual="231", reason="受援人\n增加"),
    replace(MEETINGS, actual="2次"),
)
NOW = record(FormKind.PROJECT_SELF, NAME, funds=money(), indicators=(CASES, MEETINGS))
BEFORE = replace(NOW, id="before", year=2023, indicators=OLD, funds=money("", "12.5", "12"))


@pytest.fixture
def desk(open_window: Open) -> Robot:
    return opened(open_window, NOW, BEFORE)


def chip(robot: Robot) -> str:
    return robot.window.desk.sheet.last_year.chip


def frame(robot: Robot) -> Chip:
    (found,) = children(robot.window.desk.sheet, Chip)
    return found


def bar(robot: Robot) -> str:
    return robot.window.desk.location.last_year_text()


def actuals(robot: Robot) -> list[str]:
    return [row.actual for row in robot.document.record.indicators]


# ---------------------------------------------------------------------------------------------------------- the frame
def test_the_frame_follows_each_keystroke_and_goes_with_the_editor(desk: Robot) -> None:
    desk.go("实际", "220件")
    assert (chip(desk), bar(desk)) == ("", "上年 231")
    desk.keys("25")
    assert chip(desk) == "上年 231，▼ 89.2%，按 Alt+↓ 取用"
    desk.keys("3")
    assert chip(desk) == "上年 231，▲ 9.5%，按 Alt+↓ 取用"
    editor = QApplication.focusWidget()
    assert isinstance(editor, CellEditor), "the keyboard stays with the editor"
    assert editor.accessibleDescription() == chip(desk)
    desk.press("Return")
    assert chip(desk) == ""
    assert actuals(desk)[0] == "253"


def test_esc_and_another_form_take_the_frame_away(desk: Robot) -> None:
    desk.go("实际", "220件")
    desk.keys("1")
    desk.press("Escape")
    assert chip(desk) == ""
    desk.keys("1")
    desk.window.session.open(BEFORE.id)
    assert (chip(desk), bar(desk)) == ("", "")


def test_without_a_year_before_nothing_is_said(open_window: Open) -> None:
    robot = opened(open_window, NOW)
    robot.go("实际", "220件")
    robot.keys("1")
    assert (chip(robot), bar(robot)) == ("", "")
    assert not robot.window.commands["take_last_year"].isEnabled()
    robot.press("Escape")
    robot.press("Alt+Down")
    assert robot.toast().startswith("上年没有这一格的值")
    assert robot.document.record == NOW


def test_the_frame_stands_under_the_editor_within_the_page(desk: Robot) -> None:
    sheet = desk.window.desk.sheet
    for label, place in (("实际", "220件"), ("偏差原因", "220件")):
        desk.go(label, place)
        desk.press("F2")
        (editor,) = [one for one in children(sheet, CellEditor) if one.isVisible()]
        box, cell = frame(desk).geometry(), editor.geometry()
        assert not box.intersects(cell)
        assert box.top() - cell.bottom() == 4
        assert sheet.viewport().rect().contains(box)
        before = box.top()
        sheet.verticalScrollBar().setValue(sheet.verticalScrollBar().value() + 20)
        assert frame(desk).geometry().top() == before - 20
        desk.press("Escape")


def test_the_frame_stands_above_where_there_is_no_room_below(desk: Robot) -> None:
    sheet = desk.window.desk.sheet
    desk.go("实际", "联系工作会议")
    desk.press("F2")
    (editor,) = [one for one in children(sheet, CellEditor) if one.isVisible()]
    sheet.verticalScrollBar().setValue(0)
    wanted = editor.geometry()
    found = frame(desk)
    found.stand_under(wanted, right=sheet.viewport().width(), bottom=wanted.bottom() + 10)
    assert found.geometry().bottom() < wanted.top()


# ------------------------------------------------------------------------------------------------------------- taking
def test_alt_down_takes_the_value_while_typing_as_one_step(desk: Robot) -> None:
    desk.go("实际", "220件")
    desk.keys("9")
    desk.press("Alt+Down")
    assert chip(desk) == "上年 231，＝，按 Alt+↓ 取用"
    desk.press("Return")
    assert actuals(desk)[0] == "231"
    desk.undo()
    assert desk.document.record == NOW
    desk.redo()
    assert actuals(desk)[0] == "231"


def test_alt_down_takes_the_value_without_an_editor(desk: Robot) -> None:
    desk.go("实际", "联系工作会议")
    desk.press("Alt+Down")
    assert actuals(desk) == ["", "2次"]
    desk.undo()
    assert desk.document.record == NOW


def test_a_click_on_the_frame_takes_it_too(desk: Robot) -> None:
    desk.go("偏差原因", "220件")
    desk.press("F2")
    QTest.mouseClick(frame(desk), Qt.MouseButton.RightButton, pos=QPoint(5, 5))
    assert desk.document.record == NOW
    QTest.mouseClick(frame(desk), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    desk.press("Return")
    assert desk.document.record.indicators[0].reason == "受援人\n增加"


def test_the_command_takes_it(desk: Robot) -> None:
    desk.go("实际", "220件")
    desk.window.commands["take_last_year"].trigger()
    assert actuals(desk)[0] == "231"
    desk.window.session.close()
    desk.window.desk.take_last_year()
    assert not desk.window.commands["take_last_year"].isEnabled()


# -------------------------------------------------------------------------------------------------------- grey words
def ghosts(robot: Robot) -> set[str]:
    return set(robot.window.desk.sheet.last_year.ghosts.values())


def test_grey_words_stand_in_the_current_row_alone(desk: Robot) -> None:
    desk.go("实际", "220件")
    assert {"上年 231", "上年 受援人 增加"} <= ghosts(desk)
    assert "上年 2次" not in ghosts(desk)
    desk.go("实际", "联系工作会议")
    assert "上年 2次" in ghosts(desk)
    assert "上年 231" not in ghosts(desk)
    desk.go("全年预算数")
    assert "上年 12.5" in ghosts(desk)


def test_grey_words_are_seen_in_blank_cells_and_nowhere_else(desk: Robot) -> None:
    sheet = desk.window.desk.sheet
    desk.go("实际", "220件")
    desk.settle()
    with_words = sheet.viewport().grab().toImage()
    assert desk.text("实际", "220件") == ""
    delegate = sheet.itemDelegate()
    delegate.ghosts = {}  # type: ignore[attr-defined]
    assert sheet.viewport().grab().toImage() != with_words
    assert desk.document.record == NOW


def test_a_renamed_indicator_loses_its_past(desk: Robot) -> None:
    desk.go("三级指标", "220件")
    assert bar(desk).startswith("上年 年内完成200件")
    desk.keys("新设的指标")
    assert (chip(desk), bar(desk)) == ("", "")
    desk.press("Escape")
    assert bar(desk).startswith("上年 年内完成200件")


def test_a_form_that_is_only_looked_at_shows_no_grey_words(open_window: Open) -> None:
    opened(open_window, NOW, BEFORE).window.forms.close()
    robot = open_window(read_only=True)
    forms = robot.window.forms
    know_templates(forms)
    forms.relist()
    robot.settle()
    robot.window.session.open(NOW.id)
    robot.go("实际", "220件")
    assert (ghosts(robot), bar(robot)) == (set(), "上年 231")
    robot.press("Alt+Down")
    assert robot.toast() == robot.document.why_locked == "本表现在只能查看"
    assert not robot.window.commands["take_last_year"].isEnabled()
