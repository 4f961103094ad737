"""回收站 in the real window: 撤销 brings a deleted form back as it was, days are counted, and what went is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

import pytest

from perfdesk.errors import UserError
from perfdesk.store import Store
from perfdesk.store.backups import found
from tests.robot import LEGAL_AID, Open, Robot
from ui.dialogs.bin import BinDialog

DELETED = datetime(2026, 3, 18, 9, 12).astimezone()


class Wall:
    """The clock on the wall."""

    moment = DELETED


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    made = Wall()
    monkeypatch.setattr("ui.opening.now", lambda: made.moment)
    return made


def delete(robot: Robot) -> str:
    """Delete the open form; return its id."""
    gone = robot.document.record.id
    robot.window.commands["trash"].trigger()
    assert robot.window.session.document is None
    return gone


def lines(robot: Robot) -> tuple[str, ...]:
    robot.window.commands["bin"].trigger()
    dialog = cast(BinDialog, robot.dialog(BinDialog))
    said = dialog.entries()
    dialog.reject()
    return said


# ------------------------------------------------------------------------------------------------------------- 撤销
def test_ctrl_z_right_after_deleting_brings_the_form_back(robot: Robot) -> None:
    gone = delete(robot)
    assert robot.toast() == f"已删除“{LEGAL_AID}”，30 天内可在回收站找回"
    robot.undo()
    assert robot.document.record.id == gone
    assert robot.window.forms.trashed_count == 0


def test_the_form_comes_back_with_its_own_steps(robot: Robot) -> None:
    before = robot.document.record
    robot.type("项目名称", "普法经费")
    delete(robot)
    robot.undo()
    assert robot.document.record.value("project_name") == "普法经费"
    robot.undo()
    assert robot.document.record == before
    robot.save_wait()
    assert robot.window.forms.store.load(before.id) == before


def test_deleting_is_done_again_and_taken_back_again(robot: Robot) -> None:
    gone = delete(robot)
    robot.undo()
    robot.window.session.close()
    robot.redo()
    assert robot.window.forms.line(gone) is None
    assert robot.window.forms.trashed_count == 1
    robot.undo()
    assert robot.document.record.id == gone


def test_two_deleted_forms_come_back_one_after_the_other(robot: Robot) -> None:
    first = delete(robot)
    robot.open("依法行政专项经费")
    second = delete(robot)
    robot.undo()
    assert robot.document.record.id == second
    robot.window.session.close()
    robot.undo()
    assert robot.document.record.id == first


def test_while_another_form_is_open_the_last_step_goes_first(robot: Robot) -> None:
    other = next(one.id for one in robot.window.forms.lines if one.name == "依法行政专项经费")
    robot.type("项目名称", "普法经费")
    robot.window.errands.bin.trash(other)
    robot.undo()  # opens what was deleted last
    assert robot.document.record.id == other
    robot.open("普法经费")
    robot.undo()
    assert robot.document.record.value("project_name") == LEGAL_AID


def test_typing_after_a_deletion_is_undone_before_it(robot: Robot) -> None:
    other = next(one.id for one in robot.window.forms.lines if one.name == "依法行政专项经费")
    robot.window.errands.bin.trash(other)
    robot.type("项目名称", "普法经费")
    robot.undo()
    assert robot.document.record.value("project_name") == LEGAL_AID
    assert robot.window.forms.line(other) is None


def test_what_came_back_by_other_ways_is_not_brought_back_twice(robot: Robot) -> None:
    gone = delete(robot)
    robot.window.errands.bin.restore(gone)
    robot.window.session.close()
    robot.undo()
    assert robot.toast() == "这张表已经取回了"
    assert not robot.window.commands["undo"].isEnabled()


def test_a_form_the_disk_does_not_give_back_stays_in_the_bin(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = delete(robot)

    def full(_record_id: str) -> None:
        raise UserError("磁盘已满，没有存上。腾出地方再试。")

    monkeypatch.setattr(robot.window.forms.store, "restore", full)
    robot.undo()
    assert robot.answers.said == ["磁盘已满，没有存上。腾出地方再试。"]
    assert robot.window.forms.line(gone) is None


# -------------------------------------------------------------------------------------------------------------- days
@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "3月18日删除，还剩 30 天"),
        (18, "3月18日删除，还剩 12 天"),
        (30, "3月18日删除，今天是最后一天"),
        (31, "3月18日删除，已满 30 天，下次启动时清除"),
    ],
)
def test_the_bin_counts_the_days(wall: Wall, open_window: Open, days: int, words: str) -> None:
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    delete(robot)
    wall.moment = DELETED + timedelta(days=days)
    assert lines(robot) == (f"{LEGAL_AID}（2020）\n{words}",)


def test_a_year_that_is_only_looked_at_has_no_days(wall: Wall, open_window: Open) -> None:
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    delete(robot)
    robot.window.forms.freeze(2020, on=True)
    assert lines(robot) == (f"{LEGAL_AID}（2020）\n3月18日删除，2020 年只供查看，先不清除",)


# ---------------------------------------------------------------------------------------------------------- emptying
@pytest.fixture
def left(wall: Wall, open_window: Open, folder: Path) -> Path:
    """A data file with a form that was deleted on 3月18日; its window is closed."""
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    delete(robot)
    assert robot.close()
    return folder / "office.db"


def test_the_start_a_month_later_clears_it_and_says_so(wall: Wall, open_window: Open, left: Path) -> None:
    wall.moment = DELETED + timedelta(days=31)
    robot = open_window()
    assert robot.toast() == "回收站里满 30 天的 1 张表已清除"
    assert robot.window.forms.trashed_count == 0
    robot.window.toast.press("看哪些")
    (said,) = robot.answers.said
    assert said.startswith(f"回收站里满 30 天的 1 张表已清除。“{LEGAL_AID}”（2020）。")
    assert said.endswith("清除前的数据文件备份在“office-20260418-0912-000001-清回收站前.db”，已校验。")
    with Store.open(found(left)[0].path, now=lambda: DELETED, read_only=True) as copy:
        assert len(copy.trashed()) == 1


def test_before_that_nothing_is_cleared_or_said(wall: Wall, open_window: Open, left: Path) -> None:
    wall.moment = DELETED + timedelta(days=30)
    robot = open_window()
    assert robot.toast() == ""
    assert robot.window.forms.trashed_count == 1
    assert found(left) == ()


def test_who_only_looks_clears_nothing(wall: Wall, open_window: Open, left: Path) -> None:
    wall.moment = DELETED + timedelta(days=31)
    before = left.read_bytes()
    robot = open_window(read_only=True)
    assert robot.window.forms.trashed_count == 1
    assert left.read_bytes() == before


def test_without_room_for_the_backup_nothing_is_cleared(
    wall: Wall, open_window: Open, left: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_source: Path, _target: Path) -> None:
        raise UserError("磁盘已满，备份没有写出。腾出地方再试。")

    monkeypatch.setattr("perfdesk.store.backup.copy_to", full)
    wall.moment = DELETED + timedelta(days=31)
    robot = open_window()
    assert robot.toast() == "回收站这次没有清。磁盘已满，备份没有写出。腾出地方再试。"
    assert robot.window.forms.trashed_count == 1
