"""恢复: as a clerk goes back, and back again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.errors import UserError
from perfdesk.model import VersionKind
from perfdesk.store import Reason, Store
from tests.robot import LEGAL_AID, Open, Robot
from ui.dialogs import CANCEL
from ui.timeline.dialog import ALL, BACKUPS, EVERY, VERSIONS, TimelineDialog
from ui.timeline.words import SAME
from ui.tools import now

if TYPE_CHECKING:
    import pytest

ACTUAL, ROW = "实际完成值", "年内完成"


def back_up(robot: Robot, reason: Reason = Reason.DAILY) -> Path:
    robot.window.forms.unsaved()
    return robot.window.forms.store.safekeeping.make(reason).backup.path


def timeline(robot: Robot) -> TimelineDialog:
    robot.window.commands["restore"].trigger()
    return shown(robot)


def shown(robot: Robot) -> TimelineDialog:
    dialog = robot.dialog(TimelineDialog)
    assert isinstance(dialog, TimelineDialog)
    robot.settle()
    return dialog


def names(robot: Robot) -> set[str]:
    return {line.name for line in robot.window.forms.lines}


def test_without_backup_and_version_it_says_where_they_come_from(robot: Robot) -> None:
    dialog = timeline(robot)
    assert dialog.message().startswith("还没有备份，也没有版本。")
    assert dialog.entries() == ()
    assert not dialog.form_button.isEnabled()
    assert not dialog.all_button.isEnabled()
    dialog.reject()


def test_right_after_a_backup_there_is_nothing_to_restore(robot: Robot) -> None:
    back_up(robot)
    dialog = timeline(robot)
    assert dialog.summary() == SAME
    assert dialog.forms.texts() == ()
    assert not dialog.all_button.isEnabled()
    dialog.filter.choose(EVERY)
    dialog.filter.chosen.emit(EVERY)
    assert len(dialog.forms.texts()) == len(robot.window.forms.lines)
    assert not dialog.form_button.isEnabled()
    assert dialog.hint() == "这张表的内容与现在相同，不用恢复。"
    dialog.reject()


def test_one_form_is_restored_as_a_step_with_its_present_content_kept(robot: Robot) -> None:
    back_up(robot)
    first = robot.document.record
    robot.type(ACTUAL, "201件", ROW)
    changed = robot.document.record
    dialog = timeline(robot)
    assert dialog.summary().startswith("全部恢复：改回 1 张表（")
    assert [row[0] for row in dialog.forms.texts()] == [LEGAL_AID]
    assert any("201件" in row[1] for row in dialog.table.texts())
    assert "可以撤销" in dialog.hint()
    dialog.form_button.click()
    assert robot.document.record == first
    assert robot.toast().startswith("已恢复“今天 ")
    kept = robot.window.forms.store.versions.of(first.id)
    assert [one.kind for one in kept] == [VersionKind.REPLACED]
    assert robot.window.forms.store.versions.record_of(kept[0].id) == changed
    robot.undo()
    assert robot.document.record == changed


def test_a_deleted_form_comes_out_of_the_bin_with_what_it_held_then(robot: Robot) -> None:
    back_up(robot)
    first = robot.document.record
    robot.type(ACTUAL, "201件", ROW)
    robot.window.commands["trash"].trigger()
    dialog = timeline(robot)
    assert dialog.forms.texts()[0][2].startswith("从回收站取回，改回 ")
    dialog.form_button.click()
    assert robot.document.record == first


def test_a_form_that_is_gone_for_good_is_made_again_and_can_be_taken_back(open_window: Open, tmp_path: Path) -> None:
    robot = open_window(empty=True)
    with Store.open(tmp_path / "elsewhere.db", now=now) as other:
        source = open_window("second.db")
        record = source.document.record
        other.save(record)
        other.versions.keep(record, VersionKind.KEPT, name="给局长看的")
    robot.window.activateWindow()
    robot.answers.files = [tmp_path / "elsewhere.db"]
    dialog = timeline(robot)
    dialog.file_wanted.emit()
    robot.settle()
    assert dialog.forms.texts()[0][2] == "找回（现在没有）"
    assert dialog.table.texts()
    dialog.form_button.click()
    assert robot.document.record == record
    assert [one.name for one in robot.window.forms.store.versions.of(record.id)] == ["给局长看的"]
    assert robot.window.forms.store.history.prove().broken is None
    robot.undo()
    assert robot.window.forms.lines == ()
    assert robot.window.forms.trashed_count == 1
    robot.redo()
    assert robot.document.record == record


def test_all_of_it_is_restored_after_a_backup_and_taken_back(robot: Robot) -> None:
    back_up(robot)
    there, first = names(robot), robot.document.record
    robot.type(ACTUAL, "201件", ROW)
    changed = robot.document.record
    robot.window.forms.adopt((replace(first, id="", values={**first.values, "project_name": "新来的表"}),))
    robot.window.forms.relist()
    robot.answers.answers = ["go"]
    dialog = timeline(robot)
    assert "1 张表没有了" in dialog.summary()
    dialog.all_button.click()
    robot.settle()
    assert "现在的内容先备份，随时可以再恢复回来。" in robot.answers.said[-1]
    assert names(robot) == there
    assert robot.toast().startswith("已全部恢复到“今天 ")
    assert robot.toast().endswith(f"共 {len(robot.window.forms.lines)} 张表")
    assert robot.window.session.document is None
    robot.open(LEGAL_AID, year=2020)
    assert robot.document.record == first
    assert not robot.document.undo_stack.canUndo()

    robot.answers.answers = ["go"]
    robot.window.toast.press("撤销恢复…")
    again = shown(robot)
    assert again.entries()[0].splitlines()[0].endswith("恢复前")
    again.all_button.click()
    robot.settle()
    assert names(robot) == {*there, "新来的表"}
    robot.open(LEGAL_AID, year=2020)
    assert robot.document.record == changed


def test_who_thinks_again_keeps_everything(robot: Robot) -> None:
    back_up(robot)
    robot.type(ACTUAL, "201件", ROW)
    robot.answers.answers = [CANCEL]
    dialog = timeline(robot)
    dialog.all_button.click()
    robot.settle()
    assert robot.text(ACTUAL, ROW) == "201件"
    dialog.reject()


def test_without_a_backup_of_the_present_nothing_is_restored(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(robot)
    robot.type(ACTUAL, "201件", ROW)
    robot.answers.answers = ["go"]
    dialog = timeline(robot)

    def full(_reason: Reason) -> None:
        raise UserError("磁盘已满，没有备份。请腾出空间再做。")

    monkeypatch.setattr(robot.window.forms.store.safekeeping, "make", full)
    dialog.all_button.click()
    robot.settle()
    assert robot.answers.said[-1].startswith("磁盘已满")
    robot.open(LEGAL_AID, year=2020)
    assert robot.text(ACTUAL, ROW) == "201件"


def test_while_it_restores_the_dialog_stays(robot: Robot) -> None:
    back_up(robot)
    dialog = timeline(robot)
    dialog.set_busy("正在恢复")
    dialog.reject()
    dialog.close()
    assert dialog.isVisible()
    dialog.set_busy("")
    dialog.reject()
    assert not dialog.isVisible()


def test_versions_stand_between_the_backups(robot: Robot) -> None:
    first = robot.document.record
    robot.window.forms.store.versions.keep(first, VersionKind.KEPT, name="送审稿")
    back_up(robot)
    robot.type(ACTUAL, "201件", ROW)
    dialog = timeline(robot)
    assert [one.splitlines()[1].partition(" ")[0] for one in dialog.entries()] == ["备份"]
    dialog.kinds.choose(ALL)
    dialog.kinds.chosen.emit(ALL)
    assert [one.splitlines()[1].partition(" ")[0] for one in dialog.entries()] == ["备份", "版本"]
    dialog.kinds.choose(VERSIONS)
    dialog.kinds.chosen.emit(VERSIONS)
    robot.settle()
    assert dialog.entries()[0].splitlines()[0].endswith("送审稿")
    assert dialog.summary().startswith("恢复：改回 1 张表")
    assert not dialog.all_button.isEnabled()
    dialog.kinds.choose(BACKUPS)
    dialog.kinds.chosen.emit(BACKUPS)
    robot.settle()
    assert dialog.all_button.isEnabled()
    dialog.list.setCurrentRow(1)
    robot.settle()
    dialog.form_button.click()
    assert robot.document.record == first


def test_a_backup_that_cannot_be_read_says_why(robot: Robot) -> None:
    back_up(robot).write_bytes(b"damaged")
    dialog = timeline(robot)
    assert "不是数据文件" in dialog.message()
    assert not dialog.all_button.isEnabled()
    dialog.reject()


def test_a_file_that_is_gone_is_named(robot: Robot, tmp_path: Path) -> None:
    robot.answers.files = [tmp_path / "stick.db"]
    dialog = timeline(robot)
    dialog.file_wanted.emit()
    assert "没有找到" in dialog.message()
    dialog.reject()


def test_a_form_of_a_locked_year_says_the_way_out(robot: Robot) -> None:
    back_up(robot)
    robot.type(ACTUAL, "201件", ROW)
    robot.window.session.close()
    robot.window.forms.freeze(2020, on=True)
    dialog = timeline(robot)
    assert dialog.hint() == "2020 年只供查看，要先解除，再来恢复。"
    assert not dialog.form_button.isEnabled()
    dialog.reject()


def test_what_came_since_cannot_be_restored_alone(robot: Robot) -> None:
    back_up(robot)
    robot.window.forms.adopt((replace(robot.document.record, id=""),))
    robot.window.forms.relist()
    dialog = timeline(robot)
    assert dialog.forms.texts()[0][2] == "没有了（那时还没有）"
    assert dialog.hint() == "这张表那时还没有，没有可恢复的。"
    dialog.reject()


def test_who_only_looks_sees_the_differences_and_restores_nothing(robot: Robot, open_window: Open) -> None:
    back_up(robot)
    robot.type(ACTUAL, "201件", ROW)
    robot.window.forms.unsaved()
    looking = open_window(read_only=True)
    dialog = timeline(looking)
    assert dialog.forms.texts()
    assert dialog.hint() == "现在只能查看，不能恢复。"
    assert not dialog.form_button.isEnabled()
    assert not dialog.all_button.isEnabled()
    dialog.reject()


def test_who_goes_through_the_list_sees_the_last_one_chosen(robot: Robot) -> None:
    record = robot.document.record
    for number in range(5):
        back_up(robot, Reason.IMPORT)  # of those of one day only the last one stays
        robot.document.change(replace(record, bureau=f"第{number}个司法局"), text="改单位")
    dialog = timeline(robot)
    titles = []
    for row in (4, 3, 2, 0, 1, 4):
        dialog.list.setCurrentRow(row)
        if row:
            robot.settle()
            titles.append(dialog.summary())
    for row in (0, 2, 3):
        dialog.list.setCurrentRow(row)
    robot.until(lambda: not dialog.message())
    dialog.form_button.click()
    assert robot.document.record.bureau == "第0个司法局"
    assert set(titles) == {"全部恢复：改回 1 张表（1 格）"}


def test_a_dialog_closed_while_it_reads_shows_nothing_more(robot: Robot) -> None:
    back_up(robot)
    robot.window.commands["restore"].trigger()
    dialog = robot.dialog(TimelineDialog)
    dialog.reject()
    robot.settle()
    assert robot.answers.said == []


def test_without_backups_the_versions_are_shown(robot: Robot) -> None:
    robot.window.forms.store.versions.keep(robot.document.record, VersionKind.KEPT, name="送审稿")
    dialog = timeline(robot)
    assert [one.splitlines()[1].partition(" ")[0] for one in dialog.entries()] == ["版本"]
    assert dialog.summary() == SAME
    dialog.reject()


def test_a_form_that_stood_on_another_template_comes_back_beside_the_present_one(robot: Robot) -> None:
    first = robot.document.record
    other = next(one for one in robot.window.forms.templates if one != first.template_id)
    back_up(robot)
    robot.window.session.close()
    store = robot.window.forms.store
    store.save(replace(first, template_id=other))
    robot.window.forms.start_over()
    count = len(robot.window.forms.lines)
    dialog = timeline(robot)
    dialog.form_button.click()
    assert robot.toast() == "那时用的是另一份表样，已另立一张表，现在的没有动"
    assert robot.document.record == replace(first, id=robot.document.record.id)
    assert store.load(first.id).template_id == other
    assert len(robot.window.forms.lines) == count + 1


def test_a_form_whose_template_is_not_here_is_counted_not_shown(robot: Robot) -> None:
    first = robot.document.record
    robot.window.session.close()
    store = robot.window.forms.store
    store.save(replace(first, template_id="elsewhere"))
    back_up(robot)
    store.save(first)
    robot.window.forms.start_over()
    dialog = timeline(robot)
    assert dialog.forms.texts()[0][2].startswith("改回 ")
    assert dialog.table.texts() == ()
    dialog.reject()


def test_without_a_data_file_there_is_nothing_to_go_back_to(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(robot.window.forms), "ready", False)
    robot.window.errands.restoring.show()
    assert robot.toast() == "数据文件还没有打开，没有可恢复的"


def test_a_folder_of_backups_that_cannot_be_read_is_told(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_right(_path: Path) -> None:
        raise UserError("“备份”打不开。请检查权限。")

    monkeypatch.setattr("perfdesk.store.backups.found", no_right)
    robot.window.commands["restore"].trigger()
    assert robot.answers.said == ["“备份”打不开。请检查权限。"]
