"""指标库 and 常用说明 in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from perfdesk.model import Binding, Block
from tests.robot import LEGAL_AID, Answers, Open, Robot
from ui.dialogs.library import LibraryDialog, ReasonsDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QTreeWidgetItem


def _library(robot: Robot) -> LibraryDialog:
    robot.window.commands["library"].trigger()
    return cast(LibraryDialog, robot.dialog(LibraryDialog))


def _lines(dialog: LibraryDialog) -> list[QTreeWidgetItem]:
    tops = (dialog.tree.topLevelItem(at) for at in range(dialog.tree.topLevelItemCount()))
    return [top.child(at) for top in tops for at in range(top.childCount())]


def _tick(dialog: LibraryDialog, name: str) -> None:
    item = next(one for one in _lines(dialog) if one.text(0) == name)
    item.setCheckState(0, Qt.CheckState.Checked)


def test_ticked_indicators_are_one_undoable_step(robot: Robot) -> None:
    robot.open(LEGAL_AID, year=2020)
    before = robot.document.record
    dialog = _library(robot)
    assert {one.text(3)[-1] for one in _lines(dialog) if one.text(3)} == {"年"}
    dialog.search.setText("法律咨询")
    _tick(dialog, "提供法律咨询人次")
    dialog.search.setText("")
    assert [one.indicator.name for one in dialog.chosen()] == ["提供法律咨询人次"]
    dialog.accept()
    assert "提供法律咨询人次" in {one.name for one in robot.document.record.indicators}
    assert "已插入 1 项" in robot.toast()
    robot.undo()
    assert robot.document.record == before


def test_nothing_ticked_inserts_nothing(robot: Robot) -> None:
    robot.open(LEGAL_AID, year=2020)
    before = robot.document.record
    dialog = _library(robot)
    dialog.accept()
    assert dialog.isVisible()
    dialog.search.setText("没有这样的指标")
    assert _lines(dialog) == []
    dialog.reject()
    assert robot.document.record == before


def test_a_wording_goes_behind_what_stands_there(robot: Robot) -> None:
    robot.open(LEGAL_AID, year=2020)
    place = Binding(Block.INDICATORS, "reason", row=0)
    robot.window.desk.sheet.go_to(place)
    robot.window.commands["reasons"].trigger()
    dialog = cast(ReasonsDialog, robot.dialog(ReasonsDialog))
    words = dialog.list.item(0).text().partition("：")[2]
    dialog.accept()
    assert robot.document.record.indicators[0].reason == words
    robot.window.desk.sheet.go_to(place)
    robot.window.commands["reasons"].trigger()
    cast(ReasonsDialog, robot.dialog(ReasonsDialog)).accept()
    assert robot.document.record.indicators[0].reason == words * 2
    robot.undo()
    assert robot.document.record.indicators[0].reason == words


def test_elsewhere_it_says_where_to_go(robot: Robot) -> None:
    robot.open(LEGAL_AID, year=2020)
    robot.window.desk.sheet.go_to(Binding(Block.INDICATORS, "actual", row=0))
    robot.window.commands["reasons"].trigger()
    assert "偏差原因" in robot.toast()


def test_a_list_has_no_indicators(robot: Robot) -> None:
    made = robot.window.forms.create("lingling-2022-publication-list", year=2024, name="", bureau="")
    robot.window.session.open(made)
    robot.window.commands["library"].trigger()
    assert "没有要插入的指标" in robot.toast()


def test_a_form_that_is_only_looked_at_offers_neither(open_window: Open) -> None:
    open_window()
    answers = Answers()
    answers.answers = ["look"]
    second = open_window(answers=answers)
    second.open(LEGAL_AID, year=2020)
    assert not second.window.commands["library"].isEnabled()
    assert not second.window.commands["reasons"].isEnabled()
