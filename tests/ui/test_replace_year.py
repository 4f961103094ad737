"""替换 in all forms of a year: what stays is named, the data file is copied first, and all of it is one step."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import cast

import pytest

from perfdesk.errors import UserError
from perfdesk.model import VersionKind
from perfdesk.store import Store
from perfdesk.store.backups import found
from tests.robot import LEGAL_AID, Robot
from ui.dialogs.replace import ReplaceDialog

OLD, NEW = "青山县司法局", "青山县法务局"


def bureau_of(robot: Robot, name: str) -> str:
    found = next(one for one in robot.window.forms.store.load_year(2020) if one.value("project_name") == name)
    return found.value("department")


@pytest.fixture
def pair(robot: Robot) -> Robot:
    """The open form and a copy of it under another name, in one year."""
    robot.type("主管部门", OLD)
    robot.save_wait()
    record = robot.document.record
    twin = replace(record, id="twin", values={**record.values, "project_name": "普法经费"})
    robot.window.forms.store.save(twin)
    robot.window.forms.relist()
    robot.settle()
    return robot


def in_year(robot: Robot, wanted: str = OLD, by: str = NEW) -> ReplaceDialog:
    robot.press("Ctrl+H")
    dialog = cast(ReplaceDialog, robot.dialog(ReplaceDialog))
    dialog.wanted.setText(wanted)
    dialog.by.setText(by)
    dialog.in_year.setChecked(True)
    robot.until(lambda: dialog.hint() != "正在读各表…")
    return dialog


def do(robot: Robot, dialog: ReplaceDialog) -> None:
    dialog.accept()
    robot.until(lambda: robot.toast().find("张表里换了") >= 0)
    robot.settle()


def test_every_form_is_shown_with_its_cells(pair: Robot) -> None:
    dialog = in_year(pair)
    assert {head.partition("：")[0] for head in dialog.heads()} == {LEGAL_AID, "普法经费"}
    assert dialog.hint().startswith("2 张表的 ")
    assert any("【青山县司法局→青山县法务局】" in line for line in dialog.lines())
    dialog.reject()


def test_all_of_it_is_done_after_a_copy_and_undone_in_one_step(pair: Robot) -> None:
    do(pair, in_year(pair))
    assert pair.toast().startswith("2 张表里换了 ")
    assert pair.document.record.value("department") == "青山县法务局"
    assert bureau_of(pair, "普法经费") == bureau_of(pair, LEGAL_AID) == "青山县法务局"
    (backup,) = found(pair.window.forms.store.path)
    with Store.open(backup.path, now=datetime.now, read_only=True) as before:
        assert {one.value("department") for one in before.load_all() if one.year == 2020} >= {"青山县司法局"}
    pair.undo()
    pair.settle()
    assert pair.document.record.value("department") == "青山县司法局"
    assert bureau_of(pair, "普法经费") == bureau_of(pair, LEGAL_AID) == "青山县司法局"
    assert pair.toast() == "2 张表已换回"


def test_undone_it_is_done_again(pair: Robot) -> None:
    do(pair, in_year(pair))
    pair.undo()
    pair.window.session.close()
    pair.redo()
    pair.settle()
    assert bureau_of(pair, "普法经费") == bureau_of(pair, LEGAL_AID) == "青山县法务局"
    assert pair.toast() == "2 张表又换了"


def test_what_is_not_ticked_stays(pair: Robot) -> None:
    dialog = in_year(pair)
    lines = dialog.lines()
    for row in range(len(lines) // 2):  # the cells of the first form
        dialog.untick(row)
    assert dialog.hint().startswith("1 张表的 ")
    do(pair, dialog)
    assert {bureau_of(pair, "普法经费"), bureau_of(pair, LEGAL_AID)} == {"青山县司法局", "青山县法务局"}


def test_a_form_that_was_handed_in_is_left_alone_and_named(pair: Robot) -> None:
    store = pair.window.forms.store
    store.versions.keep(store.load("twin"), VersionKind.SUBMITTED)
    pair.window.forms.relist()
    dialog = in_year(pair)
    assert dialog.heads()[-1] == "普法经费：已上报，不改"
    assert dialog.hint().startswith("1 张表的 ")
    do(pair, dialog)
    assert bureau_of(pair, "普法经费") == "青山县司法局"
    assert bureau_of(pair, LEGAL_AID) == "青山县法务局"


def test_what_was_changed_since_is_not_put_back(pair: Robot) -> None:
    do(pair, in_year(pair))
    store = pair.window.forms.store
    twin = store.load("twin")
    pair.open("普法经费")
    pair.type("主管部门", "白水县法务局")
    pair.save_wait()
    pair.window.session.close()
    pair.undo()
    pair.settle()
    assert pair.toast() == "1 张表已换回；后来改过的不动：“普法经费”"
    assert bureau_of(pair, "普法经费") == "白水县法务局"
    assert bureau_of(pair, LEGAL_AID) == "青山县司法局"
    assert twin.value("department") == "青山县法务局"


def test_without_room_for_the_copy_nothing_is_replaced(pair: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: object, _target: object) -> None:
        raise UserError("磁盘已满，备份没有写出。腾出地方再试。")

    monkeypatch.setattr("perfdesk.store.backup.copy_to", full)
    dialog = in_year(pair)
    dialog.accept()
    pair.until(lambda: pair.answers.said)
    assert pair.answers.said == ["磁盘已满，备份没有写出。腾出地方再试。"]
    assert dialog.isEnabled()
    assert bureau_of(pair, "普法经费") == "青山县司法局"
    dialog.reject()


def test_typing_is_searched_once_the_fingers_rest(pair: Robot) -> None:
    dialog = in_year(pair, wanted="没有的字")
    assert dialog.hint() == "没有要换的“没有的字”"
    dialog.wanted.setText(OLD)
    pair.until(lambda: dialog.hint().startswith("2 张表的 "))
    dialog.in_year.setChecked(False)
    assert "张表" not in dialog.hint()
    dialog.reject()


def test_the_only_form_of_its_year_offers_no_year(robot: Robot) -> None:
    year = robot.document.record.year
    for line in robot.window.forms.lines:
        if line.year == year and line.id != robot.document.record.id:
            robot.window.forms.trash(line.id)
    robot.press("Ctrl+H")
    dialog = cast(ReplaceDialog, robot.dialog(ReplaceDialog))
    assert dialog.in_year.isHidden()
    dialog.reject()
