"""Keys and menus in the real window: every key does what its menu says, and is spelled one way everywhere."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from tests.qt_tools import children
from tests.robot import Robot
from ui.actions import COMMANDS, key_list
from ui.widgets.keys import shown_keys


@pytest.mark.parametrize("keys", ["Ctrl+Shift++", "Ctrl+Shift+="])
def test_both_ways_to_report_the_plus_insert_an_indicator(robot: Robot, keys: str) -> None:
    before = len(robot.document.record.indicators)
    robot.type_indicator(0, "三级指标", "x")
    robot.press(keys)
    assert len(robot.document.record.indicators) == before + 1


def test_menus_tool_tips_and_help_spell_a_key_alike(robot: Robot) -> None:
    menus = children(robot.window.bar, QMenu)
    shown = {action.text() for menu in menus for action in menu.actions()}
    for command in COMMANDS:
        action = robot.window.commands[command.name]
        assert isinstance(action, QAction)
        spelled = shown_keys(command.keys)
        assert not command.keys or f"{command.words}\t{spelled}" in shown
        assert spelled in action.toolTip()
        assert not command.keys or spelled in dict(key_list())
    assert "插入指标\tCtrl+Shift+＋" in shown
    assert "上移\tAlt+Shift+↑" in shown
    in_cell = [action.text() for action in robot.window.desk.sheet.rows.menu().actions()]
    assert "在下面插入指标\tCtrl+Shift+＋" in in_cell
    assert "上移\tAlt+Shift+↑" in in_cell


def test_what_opens_a_dialog_says_so(robot: Robot) -> None:
    words = {command.name: command.words for command in COMMANDS}
    for name in ("new", "import", "preview", "export", "backup", "go_to_form", "bin", "keys", "about"):
        assert words[name].endswith("…")
    assert robot.window.commands["export"].iconText().strip() == "导出"


def test_a_switch_shows_its_tick_in_the_menu(robot: Robot) -> None:
    for name in ("list", "audit"):
        action = robot.window.commands[name]
        assert action.isCheckable()
        assert not action.isIconVisibleInMenu()
    robot.window.restore()
    robot.window.resize(1366, 720)
    assert robot.window.commands["audit"].isChecked()
    robot.press("Ctrl+2")
    assert not robot.window.commands["audit"].isChecked()
    assert robot.window.commands["list"].isChecked()
    robot.press("Ctrl+1")
    assert not robot.window.commands["list"].isChecked()
    robot.window.resize(1093, 614)
    robot.press("Ctrl+1")
    assert robot.window.commands["list"].isChecked()
    robot.press("Escape")
    assert not robot.window.commands["list"].isChecked()
