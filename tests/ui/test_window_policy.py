"""计分办法 in the real window: the figures with their sources, one changed and taken back, another policy for a template."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QLabel

from perfdesk.model import Binding, Block, flatten
from tests.qt_tools import children
from tests.robot import LEGAL_AID, Open, Robot
from ui.dialogs.policy import PolicyDialog
from ui.location import explanation_of
from ui.sheet.model import SheetModel

FLOOR, SELF = "execution.explain_below", "national-2020-project-self"
LETTER = "某县财政局 2024 年通知第三条"


def _dialog(robot: Robot) -> PolicyDialog:
    robot.window.commands["policy"].trigger()
    return cast(PolicyDialog, robot.dialog(PolicyDialog))


def _line(dialog: PolicyDialog, key: str) -> tuple[str, ...]:
    dialog.turn_to(key)
    item = dialog.list.currentItem()
    return tuple(item.text(column) for column in range(3))


def _change(dialog: PolicyDialog, key: str, value: str, *, source: str = LETTER, date: str = "2024-03") -> None:
    dialog.turn_to(key)
    if dialog.choice.isVisible():
        dialog.choice.setCurrentText(value)
    else:
        dialog.value.setText(value)
    dialog.source.setText(source)
    dialog.date.setText(date)
    dialog.change_button.click()


def _trouble(dialog: PolicyDialog) -> str:
    said = [one.text() for one in children(dialog, QLabel) if one.property("tone") == "err" and one.isVisible()]
    return said[0] if said else ""


def _codes(robot: Robot) -> set[str]:
    return {one.code for one in flatten(robot.document.derived.findings)}


def test_every_figure_stands_there_with_its_source(robot: Robot) -> None:
    dialog = _dialog(robot)
    assert dialog.template.id == robot.document.template.id == SELF
    assert dialog.list.topLevelItemCount() == len(robot.document.template.policy.parameters)
    words = _line(dialog, FLOOR)
    assert words[:2] == ("执行率低于它须说明", "90%")
    assert words[2].startswith("四川 2022 填报要求")
    assert (dialog.value.text(), dialog.source.text(), dialog.restore_button.isEnabled()) == ("90", "", False)
    dialog.reject()


def test_a_changed_figure_counts_at_once_and_can_be_taken_back(robot: Robot, folder: Path) -> None:
    robot.type("分值", "45", "受援人")
    assert "row-too-heavy" in _codes(robot)
    steps = robot.document.undo_stack.count()
    dialog = _dialog(robot)
    _change(dialog, "rows.heavy", "50分")
    assert _trouble(dialog) == ""
    assert _line(dialog, "rows.heavy") == ("一行分值超过它提示拆分", "50 分", f"本单位：{LETTER}（2024-03）")
    assert robot.document.template.policy.heavy_row == 50
    assert "row-too-heavy" not in _codes(robot)
    assert robot.document.undo_stack.count() == steps
    own = folder / "data" / "policies" / "national-2020.toml"
    assert LETTER in own.read_text("utf-8")
    dialog.restore_button.click()
    assert _line(dialog, "rows.heavy")[1] == "40 分"
    assert "row-too-heavy" in _codes(robot)
    assert not own.exists()
    dialog.reject()
    robot.undo()
    assert "row-too-heavy" not in _codes(robot)


def test_a_word_is_chosen_from_a_list(robot: Robot) -> None:
    dialog = _dialog(robot)
    _change(dialog, "quantitative.reverse", "B：指标值 ÷ 完成值 × 分值")
    assert str(robot.document.template.policy.reverse) == "B"
    dialog.reject()


def test_what_cannot_be_used_is_said_in_the_dialog(robot: Robot) -> None:
    dialog = _dialog(robot)
    _change(dialog, FLOOR, "九成")
    assert _trouble(dialog) == "“九成”应为数字。"
    assert (dialog.value.text(), dialog.source.text()) == ("九成", LETTER)  # what was typed stays to be mended
    _change(dialog, FLOOR, "85", source="")
    assert _trouble(dialog).startswith("还没有写出处")
    _change(dialog, FLOOR, "85", date="去年")
    assert _trouble(dialog).startswith("依据的日期写成")
    assert robot.document.template.policy.rate_floor == 90
    _change(dialog, FLOOR, "85")
    assert (_trouble(dialog), robot.document.template.policy.rate_floor) == ("", Decimal(85))
    dialog.reject()


def test_another_policy_is_used_for_a_template_and_given_up_again(robot: Robot, folder: Path) -> None:
    dialog = _dialog(robot)
    assert dialog.policies.currentText() == "照表样：全国项目支出绩效自评（2020）"
    dialog.policies.setCurrentIndex(dialog.policies.findData("guangxi"))
    assert robot.document.template.policy.id == dialog.policy.id == "guangxi"
    assert dialog.policies.currentData() == "guangxi"
    assert _line(dialog, "quantitative.explain_reach")[1] == "算超额"
    assert (folder / "data" / "policy-choices.toml").exists()
    dialog.policies.setCurrentIndex(0)
    assert robot.document.template.policy.id == "national-2020"
    assert not (folder / "data" / "policy-choices.toml").exists()
    dialog.reject()


def test_a_policy_without_the_printed_grades_is_not_taken(robot: Robot) -> None:
    dialog = _dialog(robot)
    dialog.templates.setCurrentIndex(dialog.templates.findData("chenxi-2021-department-rating"))
    dialog.policies.setCurrentIndex(dialog.policies.findData("guangxi"))
    assert "没有这个等级" in _trouble(dialog)
    assert (dialog.policy.id, dialog.policies.currentIndex()) == ("chenxi-2021", 0)
    dialog.reject()


def test_a_folder_that_takes_nothing_is_said(robot: Robot, folder: Path) -> None:
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "policies").write_text("", encoding="utf-8")
    dialog = _dialog(robot)
    _change(dialog, FLOOR, "85")
    assert "policies" in _trouble(dialog)
    assert robot.document.template.policy.rate_floor == 90
    dialog.reject()


def test_a_file_of_the_office_with_a_mistake_is_told_and_the_program_starts_with_its_own(
    open_window: Open, folder: Path
) -> None:
    own = folder / "data" / "policies" / "national-2020.toml"
    own.parent.mkdir(parents=True)
    own.write_text("[execution]\nexplain_below = 85\n", encoding="utf-8")
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    assert robot.document.template.policy.rate_floor == 90
    (refused,) = robot.window.forms.shelf.refused
    assert refused.why.startswith("national-2020.toml：execution.explain_below：每一项都要写明出处")
    assert "用不了" in robot.toast()


def test_the_total_says_why_it_was_cut(robot: Robot) -> None:
    dialog = _dialog(robot)
    dialog.policies.setCurrentIndex(dialog.policies.findData("manual-2022"))
    dialog.reject()
    assert robot.document.derived.assessment.total_explanation == ""
    robot.type("全年执行数", "1", "年度资金总额")
    derived = robot.document.derived
    assert "总分至多 59" in derived.assessment.total_explanation
    (cell,) = [one for one in derived.sheet.cells if one.binding == Binding(Block.STATED, "total_score")]
    model = cast(SheetModel, robot.window.desk.sheet.model())
    assert explanation_of(cell, derived) == model.explanation(cell) == derived.assessment.total_explanation
