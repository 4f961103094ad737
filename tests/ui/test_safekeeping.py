"""Backups in the real window: of the day, before the end, in a second place; and what is said when a disk does not take one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QToolButton

from perfdesk.errors import UserError
from perfdesk.store import Reason, Store, backup
from perfdesk.store.backups import found
from perfdesk.store.backupstate import folder_of
from tests.qt_tools import children
from tests.robot import Open, Robot
from ui.dialogs.backup import BackupDialog
from ui.widgets.progress import ProgressCard

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NOW = datetime(2026, 11, 21, 9, 30).astimezone()
FULL = "磁盘已满，复制没有写成。换个磁盘再做一次。"


class Wall:
    """The clock on the wall."""

    moment = NOW


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    made = Wall()
    monkeypatch.setattr("ui.opening.now", lambda: made.moment)
    return made


@pytest.fixture
def kept(wall: Wall, open_window: Open) -> Robot:
    """A window whose backup of the day is made."""
    robot = open_window()
    begin(robot)
    return robot


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U 盘"
    folder.mkdir()
    return folder


def begin(robot: Robot) -> None:
    """What the start of the program does, without the pause before it."""
    robot.window.errands.safekeeping.begin()
    robot.window.errands.safekeeping.look()
    robot.settle()


def reasons(robot: Robot) -> list[Reason]:
    return [one.reason for one in found(robot.window.forms.store.path)]


def full(_source: Path, _target: Path) -> None:
    raise UserError(FULL)


def shown(robot: Robot) -> BackupDialog:
    robot.window.commands["backup"].trigger()
    return cast(BackupDialog, robot.dialog(BackupDialog))


def button(dialog: BackupDialog, words: str) -> QPushButton:
    return next(one for one in children(dialog, QPushButton) if one.text() == words)


def change(robot: Robot) -> None:
    robot.type("项目名称", "普法经费")
    robot.save_wait()


# ---------------------------------------------------------------------------------------------------------- of the day


def test_the_backup_of_the_day_is_made_once(kept: Robot, wall: Wall) -> None:
    assert reasons(kept) == [Reason.DAILY]
    kept.window.errands.safekeeping.look()
    kept.settle()
    assert len(reasons(kept)) == 1
    wall.moment += timedelta(days=1)
    kept.window.errands.safekeeping.look()
    kept.settle()
    assert len(reasons(kept)) == 2


def test_its_age_is_said_while_no_form_is_open(kept: Robot) -> None:
    status = kept.window.status
    assert status.backup_text() == ""
    kept.window.session.close()
    assert status.backup_text() == "备份 今天 09:30"


def test_who_only_looks_makes_none(kept: Robot, open_window: Open) -> None:
    path = kept.window.forms.store.path
    looking = open_window(read_only=True)
    begin(looking)
    assert len(found(path)) == 1
    dialog = shown(looking)
    assert not button(dialog, "立即备份").isEnabled()
    assert button(dialog, "另存一份…").isEnabled()
    dialog.reject()


def test_one_that_was_not_made_is_said_and_stays_said(
    open_window: Open, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    robot, copy_to = open_window(), backup.copy_to
    monkeypatch.setattr(backup, "copy_to", full)
    begin(robot)
    assert robot.toast() == f"这次没有备份成。{FULL}"
    assert robot.window.status.backup_text() == "没有备份成"
    monkeypatch.setattr(backup, "copy_to", copy_to)
    robot.window.toast.press("备份…")
    dialog = cast(BackupDialog, robot.dialog(BackupDialog))
    assert FULL in dialog.said()
    button(dialog, "立即备份").click()
    robot.settle()
    assert robot.window.status.backup_text() == ""
    assert FULL not in dialog.said()
    dialog.reject()


def test_after_a_week_without_one_it_is_red(kept: Robot, wall: Wall) -> None:
    wall.moment += timedelta(days=8)
    dialog = shown(kept)
    assert "已经 8 天没有备份了" in dialog.said()
    dialog.reject()


def test_a_folder_that_cannot_be_read_is_said(kept: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise UserError("“备份”打不开。")

    monkeypatch.setattr("perfdesk.store.safekeeping.found", refuse)
    kept.window.errands.safekeeping.look()
    assert kept.window.status.backup_text() == "备份读不出来"
    assert kept.toast().endswith("“备份”打不开。")
    kept.window.commands["backup"].trigger()
    assert kept.window.status.backup_text() == "备份读不出来"


# ------------------------------------------------------------------------------------------------------ the second place


def test_the_second_place_gets_its_first_copy_when_it_is_chosen(kept: Robot, stick: Path) -> None:
    dialog = shown(kept)
    assert "还没有设" in dialog.said()
    kept.answers.files = [stick]
    button(dialog, "选择…").click()
    kept.settle()
    assert kept.toast().endswith("并已校验，第二个位置也有一份")
    assert f"放在“{stick}" in dialog.said()
    assert "上次存到那里：今天 09:30" in dialog.said()
    assert "同一块磁盘" in dialog.said()
    button(dialog, "不再用").click()
    assert "还没有设" in dialog.said()
    dialog.reject()


def test_a_place_that_will_not_do_is_said(kept: Robot) -> None:
    dialog = shown(kept)
    kept.answers.files = [folder_of(kept.window.forms.store.path)]
    button(dialog, "选择…").click()
    assert "就是本机放备份的地方" in kept.answers.said[-1]
    button(dialog, "选择…").click()  # and given up
    assert "还没有设" in dialog.said()
    dialog.reject()


def test_a_stick_that_is_out_is_marked_and_work_goes_on(kept: Robot, stick: Path, wall: Wall) -> None:
    kept.window.forms.store.safekeeping.choose_second(stick)
    stick.rename(stick.with_name("drawer"))
    wall.moment += timedelta(days=1)
    kept.window.errands.safekeeping.look()
    kept.settle()
    assert "不在，这次只备份在本机" in kept.toast()
    assert kept.window.status.backup_text() == "第二处没有备份"
    change(kept)
    next(one for one in children(kept.window.status, QToolButton) if one.text() == "第二处没有备份").click()
    dialog = cast(BackupDialog, kept.dialog(BackupDialog))
    assert "请插上那个 U 盘" in dialog.said()
    dialog.reject()


def test_what_was_made_before_a_step_follows_into_the_second_place(kept: Robot, stick: Path) -> None:
    keeping = kept.window.forms.store.safekeeping
    keeping.choose_second(stick)
    kept.settle()
    keeping.make(Reason.IMPORT)
    kept.settle()
    assert sorted(one.path.name.split("-")[-1] for one in found(keeping.path) if one.elsewhere) == [
        "导入前.db",
        "每天.db",
    ]


def test_a_stick_that_takes_no_more_is_said_and_the_step_is_done(
    kept: Robot, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping, copy_to = kept.window.forms.store.safekeeping, backup.copy_to
    keeping.choose_second(stick)

    def full_there(source: Path, target: Path) -> None:
        if stick in target.parents:
            raise UserError(FULL)
        copy_to(source, target)

    monkeypatch.setattr(backup, "copy_to", full_there)
    assert keeping.make(Reason.IMPORT).backup.number == 2
    kept.settle()
    assert kept.toast() == FULL
    assert kept.window.status.backup_text() == "第二处没有备份"


def test_a_broken_change_log_keeps_old_backups_until_the_clerk_has_seen_it(kept: Robot) -> None:
    path = kept.window.forms.store.path
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("UPDATE record SET bureau = '乙县' WHERE id = (SELECT min(id) FROM record)")
    for number in (2, 3):
        dialog = shown(kept)
        button(dialog, "立即备份").click()
        kept.settle()
        assert [one.number for one in found(path)] == [*range(number, 0, -1)]
        assert "旧备份一份也没有清理" in dialog.said()
        dialog.reject()
    kept.window.session.close()
    assert kept.window.status.backup_text() == "改动记录接不上"
    dialog = shown(kept)
    button(dialog, "知道了，照常清理").click()
    assert "清理" not in dialog.said().partition("\n")[2]
    button(dialog, "立即备份").click()
    kept.settle()
    assert [one.number for one in found(path)] == [4, 3, 2]  # those asked for stay, of the day's the last
    dialog.reject()


# ------------------------------------------------------------------------------------------------------------- the end


def test_the_end_makes_one_when_something_was_saved(kept: Robot) -> None:
    change(kept)
    path = kept.window.forms.store.path
    assert kept.close()
    last, before = found(path)
    assert (last.number, before.number) == (2, 1)  # thinned when there is time for it
    with Store.open(last.path, now=datetime.now, read_only=True) as copy:
        assert "普法经费" in {one.project_name for one in copy.entries()}


def test_the_end_makes_none_when_nothing_was(kept: Robot) -> None:
    path = kept.window.forms.store.path
    assert kept.close()
    assert [one.number for one in found(path)] == [1]


@pytest.mark.parametrize(("answer", "closes"), [("leave", True), ("cancel", False)])
def test_without_a_backup_the_end_asks(kept: Robot, answer: str, closes: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    change(kept)
    monkeypatch.setattr(backup, "copy_to", full)
    kept.answers.answers = [answer]
    assert kept.close() is closes
    assert kept.answers.said == [f"退出前没有备份成。填的内容都已保存在数据文件里，只是没有新的备份。{FULL}"]


def test_the_end_tries_again_and_in_another_place(kept: Robot, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(kept)
    copy_to = backup.copy_to
    folder = folder_of(kept.window.forms.store.path)

    def full_here(source: Path, target: Path) -> None:
        if target.parent == folder:
            raise UserError(FULL)
        copy_to(source, target)

    monkeypatch.setattr(backup, "copy_to", full_here)
    kept.answers.answers = ["again", "other", "other", "other"]
    places = iter((None, folder, stick))
    monkeypatch.setattr(kept.answers, "choose_folder", lambda _title, _near: next(places))
    assert kept.close()
    assert len(kept.answers.said) == 5  # four times the question, once why the folder did not do
    assert [one.name.split("-")[-1] for one in stick.iterdir()] == ["手动.db"]


def test_the_end_says_that_the_stick_is_out(kept: Robot, stick: Path) -> None:
    kept.window.forms.store.safekeeping.choose_second(stick)
    kept.window.forms.store.safekeeping.make(Reason.DAILY)
    stick.rename(stick.with_name("drawer"))
    change(kept)
    kept.answers.answers = ["leave"]
    assert kept.close()
    assert kept.answers.said[0].startswith("第二个位置没有备份成。第二个备份位置")


# -------------------------------------------------------------------------------------------------------- by hand


def test_a_copy_goes_wherever_the_clerk_wants(kept: Robot, stick: Path) -> None:
    dialog = shown(kept)
    kept.answers.files = [stick / "给新电脑.db"]
    button(dialog, "另存一份…").click()
    kept.settle()
    assert kept.toast() == "已另存到“给新电脑.db”，并已校验"
    button(dialog, "另存一份…").click()  # and given up
    kept.answers.files = [stick / "no folder" / "x.db"]
    button(dialog, "另存一份…").click()
    kept.settle()
    assert "没有找到" in kept.answers.said[-1]
    dialog.reject()


def test_two_at_once_are_one(kept: Robot) -> None:
    dialog = shown(kept)
    button(dialog, "立即备份").click()
    assert not button(dialog, "立即备份").isEnabled()
    dialog.wanted.emit()
    kept.window.errands.safekeeping.look()
    kept.settle()
    assert reasons(kept) == [Reason.ASKED]  # in the place of the one from this morning
    assert button(dialog, "立即备份").isEnabled()
    dialog.reject()


def test_a_slow_disk_at_the_end_leaves_the_window_painted(kept: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    change(kept)
    copy_to, painted, ticks = backup.copy_to, Event(), QTimer()
    said: list[str] = []

    def look() -> None:
        said.extend(one.texts()[0] for one in children(kept.window, ProgressCard) if one.isVisible())
        if said:
            painted.set()

    ticks.timeout.connect(look)
    ticks.start(20)

    def slow(source: Path, target: Path) -> None:
        assert painted.wait(5)
        copy_to(source, target)

    monkeypatch.setattr(backup, "copy_to", slow)
    kept.window.show()
    assert kept.close()
    ticks.stop()
    assert set(said) == {"正在备份，备份好就退出"}
    assert not any(one.isVisible() for one in children(kept.window, ProgressCard))
    assert kept.answers.said == []


def test_a_mistake_of_ours_in_the_backup_is_no_reason_to_end_silently(
    kept: Robot, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def broken(_source: Path, _target: Path) -> None:
        raise ZeroDivisionError

    change(kept)
    monkeypatch.setattr(backup, "copy_to", broken)
    kept.answers.answers = ["leave"]
    with qtbot.captureExceptions() as raised:
        assert kept.close()
    assert [one[0] for one in raised] == [ZeroDivisionError]
    assert kept.answers.said[0].startswith("退出前没有备份成。")
