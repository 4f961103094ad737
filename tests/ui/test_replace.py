"""替换 in the real window: Ctrl+H, the preview, one step that can be undone."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt

from tests.qt_tools import press
from tests.robot import Open, Robot
from ui.dialogs.replace import ReplaceDialog


def _dialog(robot: Robot, wanted: str, by: str) -> ReplaceDialog:
    robot.press("Ctrl+H")
    dialog = cast(ReplaceDialog, robot.dialog(ReplaceDialog))
    dialog.wanted.setText(wanted)
    dialog.by.setText(by)
    return dialog


def _rows(robot: Robot) -> tuple[str, ...]:
    return tuple(one.name for one in robot.document.record.indicators)


def test_what_is_ticked_is_replaced_in_one_step(robot: Robot) -> None:
    before = robot.document.record
    robot.type_indicator(0, "三级指标", "接待来访 300 人次")
    robot.type_indicator(1, "三级指标", "接待来电 300 人次")
    typed = robot.document.record
    dialog = _dialog(robot, "接待", "解答")
    assert [line.split("：")[1] for line in dialog.lines()] == [
        "【接待→解答】来访 300 人次",
        "【接待→解答】来电 300 人次",
    ]
    assert dialog.hint() == "2 格里有 2 处。换好以后可以撤销。"
    dialog.untick(1)
    assert dialog.hint().startswith("1 格里有 1 处")
    press(dialog.by, Qt.Key.Key_Return)
    assert _rows(robot)[:2] == ("解答来访 300 人次", "接待来电 300 人次")
    assert robot.toast() == "换了 1 处"
    robot.undo()
    assert robot.document.record == typed
    assert before != typed


def test_nothing_found_is_said_and_enter_changes_nothing(robot: Robot) -> None:
    before = robot.document.record
    dialog = _dialog(robot, "没有的字", "x")
    assert dialog.hint() == "没有要换的“没有的字”"
    press(dialog.by, Qt.Key.Key_Return)
    assert dialog.isVisible()
    dialog.reject()
    assert robot.document.record == before


def test_what_was_looked_for_last_stands_there_again(robot: Robot) -> None:
    robot.type("项目名称", "甲项目")
    dialog = _dialog(robot, "甲", "乙")
    press(dialog.by, Qt.Key.Key_Return)
    assert robot.text("项目名称") == "乙项目"
    robot.settle()
    robot.press("Ctrl+H")
    dialog = cast(ReplaceDialog, robot.dialog(ReplaceDialog))
    assert dialog.wanted.text() == "甲"
    dialog.reject()


def test_a_form_that_is_only_looked_at_is_not_replaced_in(open_window: Open) -> None:
    robot = open_window()
    robot.close()
    looking = open_window(read_only=True)
    assert not looking.window.commands["replace"].isEnabled()
