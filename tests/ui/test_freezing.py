"""整年只供查看 in the real window: an old year is looked at, never changed, and unlocked after a question."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from perfdesk.errors import UserError
from tests.qt_tools import children
from tests.robot import LEGAL_AID, Robot
from ui.dialogs import CANCEL


@pytest.fixture
def locked(robot: Robot) -> Robot:
    robot.window.commands["freeze"].trigger()
    return robot


def tick(robot: Robot) -> bool:
    return robot.window.commands["freeze"].isChecked()


def links(robot: Robot) -> list[str]:
    robot.settle()
    return [one.text() for one in children(robot.window.toast, QPushButton) if one.isVisibleTo(robot.window.toast)]


def test_the_open_form_is_only_looked_at(locked: Robot) -> None:
    assert locked.toast() == "2020 年的表现在只供查看"
    assert locked.document.read_only
    assert "（只查看）" in locked.title()
    assert tick(locked)
    assert not locked.window.commands["trash"].isEnabled()


def test_typing_changes_nothing_and_says_the_way_out(locked: Robot) -> None:
    before = locked.document.record
    locked.go("项目名称")
    locked.keys("新")
    locked.press("Return")
    assert locked.document.record == before
    assert locked.toast() == "2020 年只供查看，没有改动"
    assert links(locked) == ["解除…"]


def test_opening_and_leaving_leaves_the_file_as_it_is(locked: Robot) -> None:
    path = locked.window.forms.store.path
    before = path.read_bytes()
    for line in locked.window.forms.lines:
        locked.window.session.open(line.id)
    locked.settle()
    assert path.read_bytes() == before


def test_another_year_can_still_be_filled_in(locked: Robot) -> None:
    locked.open(LEGAL_AID, year=2024)
    assert not tick(locked)
    locked.type("项目名称", "普法经费")
    assert locked.document.record.value("project_name") == "普法经费"


def test_unlocking_is_asked_and_can_be_thought_over(locked: Robot) -> None:
    locked.answers.answers = ["keep", CANCEL, "thaw"]
    for _round in range(2):
        locked.window.commands["freeze"].trigger()
        assert tick(locked)
        assert locked.document.read_only
    locked.window.commands["freeze"].trigger()
    assert not tick(locked)
    assert not locked.document.read_only
    locked.type("项目名称", "普法经费")
    assert locked.document.record.value("project_name") == "普法经费"
    assert "解除 2020 年的只供查看吗" in locked.answers.said[-1]


def test_locking_is_taken_back(locked: Robot) -> None:
    next(one for one in children(locked.window.toast, QPushButton) if one.text() == "撤销").click()
    assert not locked.window.forms.is_frozen(2020)
    assert not locked.document.read_only


def test_what_was_being_typed_is_kept_when_the_year_is_locked(robot: Robot) -> None:
    robot.type("项目名称", "普法经费")
    robot.window.commands["freeze"].trigger()
    assert robot.document.record.value("project_name") == "普法经费"
    assert robot.window.forms.store.load(robot.document.record.id).value("project_name") == "普法经费"


def test_nothing_comes_into_a_locked_year(locked: Robot) -> None:
    forms = locked.window.forms
    with pytest.raises(UserError, match="只供查看"):
        forms.create("national-2020-project-self", year=2020, name="", bureau="")
    here = locked.document.record.id
    locked.window.errands.bin.trash(here)
    assert "2020 年只供查看，没有改动" in locked.answers.said[-1]
    assert forms.line(here) is not None


def test_a_year_the_disk_does_not_lock_stays_open(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(year: int, *, on: bool) -> None:
        raise UserError("磁盘已满，没有存上。腾出地方再试。")

    monkeypatch.setattr(robot.window.forms.store, "freeze", full)
    robot.window.commands["freeze"].trigger()
    assert robot.answers.said == ["磁盘已满，没有存上。腾出地方再试。"]
    assert not robot.document.read_only


def test_on_the_start_page_there_is_no_year_to_lock(robot: Robot) -> None:
    robot.window.session.close()
    assert not robot.window.commands["freeze"].isEnabled()
    robot.window.errands.freezing.switch()
    assert not robot.window.forms.is_frozen(2020)
