"""留个版本, 上报, 退回修改: as a clerk does them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from perfdesk.exchange import pdf_printed
from perfdesk.exchange.sealing import read_printed
from perfdesk.fingerprint import fingerprint
from perfdesk.model import Severity, VersionKind, open_findings
from tests.qt_tools import children
from tests.robot import LEGAL_AID, Open, Robot
from ui.dialogs.export import ExportDialog
from ui.dialogs.page_setup import LYING, UPRIGHT, PageSetupDialog
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.submit import SubmitDialog
from ui.dialogs.version import VersionDialog
from ui.history import HistoryDialog
from ui.locks import SUBMITTED
from ui.widgets.marks import Mark

CLEAN = "法律援助工作经费"


@pytest.fixture
def clean(open_window: Open) -> Robot:
    """A form without 错误 is open."""
    robot = open_window()
    robot.open(CLEAN, year=2024)
    return robot


def act(robot: Robot, name: str) -> None:
    robot.window.commands[name].trigger()


def can(robot: Robot, name: str) -> bool:
    return robot.window.commands[name].isEnabled()


def without_files(dialog: SubmitDialog) -> None:
    for box in dialog.boxes.values():
        box.setChecked(False)
    assert dialog.button_text() == "定稿，不生成文件"


def submit(robot: Robot, *, note: str = "") -> None:
    """上报, and no files."""
    act(robot, "submit")
    dialog = robot.dialog(SubmitDialog)
    assert isinstance(dialog, SubmitDialog)
    dialog.note.setText(note)
    without_files(dialog)
    dialog.accept()
    robot.settle()


def send_back(robot: Robot) -> None:
    act(robot, "send_back")
    robot.dialog(VersionDialog).accept()
    robot.settle()


def kept(robot: Robot) -> list[tuple[VersionKind, str, str]]:
    versions = robot.window.forms.store.versions.of(robot.document.record.id)
    return [(one.kind, one.name, one.note) for one in versions]


def test_a_version_gets_a_name_and_a_note(robot: Robot) -> None:
    robot.type("实际完成值", "201件", "年内完成")
    robot.press("Ctrl+Shift+S")
    dialog = robot.dialog(VersionDialog)
    assert isinstance(dialog, VersionDialog)
    assert dialog.name.text() == "送审稿"
    dialog.name.setText("局长看过")
    dialog.note.setText("分值合计 110")
    dialog.accept()
    assert robot.toast() == "已留下版本“局长看过”"
    assert kept(robot) == [(VersionKind.KEPT, "局长看过", "分值合计 110")]
    version = robot.window.forms.store.versions.of(robot.document.record.id)[0]
    assert robot.window.forms.store.versions.record_of(version.id) == robot.document.record
    assert robot.document.lock is None
    assert robot.document.is_saved


def test_with_errors_nothing_is_handed_in(robot: Robot) -> None:
    errors = [one for one in open_findings(robot.document.derived.findings) if one.severity is Severity.ERROR]
    robot.answers.answers = ["first"]
    act(robot, "submit")
    assert robot.answers.said[-1].startswith(f"还有 {len(errors)} 处错误，不能上报。")
    current = robot.window.desk.current_cell()
    assert current is not None
    assert errors[0].binding is not None
    assert current.binding is not None
    assert (current.binding.block, current.binding.key) == (errors[0].binding.block, errors[0].binding.key)
    robot.answers.answers = ["cancel"]
    act(robot, "submit")
    assert robot.document.lock is None
    assert kept(robot) == []


def test_a_draft_can_be_printed_instead(robot: Robot) -> None:
    robot.answers.answers = ["draft"]
    act(robot, "submit")
    robot.settle()
    robot.dialog(PreviewDialog).reject()


def test_before_the_form_is_locked_it_is_said_what_was_checked(clean: Robot) -> None:
    act(clean, "submit")
    dialog = clean.dialog(SubmitDialog)
    assert isinstance(dialog, SubmitDialog)
    said = {one.words: (one.mark, one.figure) for one in dialog.lines}
    assert said["错误"] == (Mark.OK, "0 处")
    assert said["分值合计"][1] == "100"
    assert said["字体齐全，无缺字"][0] is Mark.OK
    assert dialog.code == fingerprint(clean.document.record)
    dialog.reject()
    assert clean.document.lock is None


def test_what_was_handed_in_takes_no_change(clean: Robot) -> None:
    clean.type("备注", "核对过", "受援人")
    before = clean.document.record
    submit(clean, note="按通知上报")
    assert clean.document.lock is SUBMITTED
    assert clean.title().startswith(f"{CLEAN}（已上报）")
    assert not can(clean, "submit")
    assert not can(clean, "trash")
    assert can(clean, "export")
    clean.go("实际完成值", "受援人")
    clean.keys("1")
    assert clean.toast() == "本表已上报。要改请先“退回修改”。"
    clean.undo()
    clean.press("Delete")
    assert clean.document.record == before
    line = clean.window.forms.line(before.id)
    assert line is not None
    assert line.submitted


def test_sent_back_it_takes_changes_and_undo_again(clean: Robot) -> None:
    before = clean.text("备注", "受援人")
    clean.type("备注", "已核对", "受援人")
    submit(clean)
    assert can(clean, "send_back")
    send_back(clean)
    assert clean.toast() == "本表可以改了"
    assert clean.document.lock is None
    assert not can(clean, "send_back")
    assert [kind for kind, _, _ in kept(clean)] == [VersionKind.RETURNED, VersionKind.SUBMITTED]
    clean.type("备注", "再核对", "受援人")
    clean.undo()
    clean.undo()
    assert clean.text("备注", "受援人") == before
    clean.document.flush()
    assert clean.document.is_saved


def test_a_locked_form_is_locked_after_the_next_start(clean: Robot, open_window: Open) -> None:
    submit(clean)
    assert clean.close()
    again = open_window()
    again.open(CLEAN, year=2024)
    assert again.document.why_locked == SUBMITTED.why
    again.open(LEGAL_AID, year=2020)
    assert again.document.why_locked == ""
    assert not can(again, "send_back")


def test_paper_and_files_of_a_form_that_was_handed_in_carry_its_code(clean: Robot, tmp_path: Path) -> None:
    submit(clean)
    act(clean, "export")
    export = clean.dialog(ExportDialog)
    assert isinstance(export, ExportDialog)
    for box in export.boxes.values():
        box.setChecked(True)
    export.folder.setText(str(tmp_path))
    export.accept()
    clean.until(lambda: len(list(tmp_path.glob("*自评表.*"))) == 4)
    clean.settle()
    code = fingerprint(clean.document.record)
    for path in tmp_path.glob("*自评表.*"):
        if path.suffix == ".json":
            assert f'"check_code": "{code}"' in path.read_text("utf-8")
            continue
        printed = read_printed(path.read_bytes(), name=path.name)
        assert printed.seal is not None
        assert printed.seal.code == code
        assert any("上报版" in text for text in (*printed.texts, *printed.feet))


def test_a_draft_carries_none(clean: Robot, tmp_path: Path) -> None:
    act(clean, "export")
    export = clean.dialog(ExportDialog)
    assert isinstance(export, ExportDialog)
    export.folder.setText(str(tmp_path))
    export.accept()
    clean.until(lambda: list(tmp_path.glob("*自评表.pdf")))
    clean.settle()
    (path,) = tmp_path.glob("*自评表.pdf")
    assert read_printed(path.read_bytes(), name=path.name).seal is None


def test_where_nothing_can_be_written_nothing_is_handed_in(clean: Robot, open_window: Open) -> None:
    assert clean.close()
    looking = open_window(read_only=True)
    looking.open(CLEAN, year=2024)
    assert not any(can(looking, name) for name in ("submit", "send_back", "keep_version"))
    assert QApplication.activeModalWidget() is None


def keep(robot: Robot, name: str) -> None:
    act(robot, "keep_version")
    dialog = robot.dialog(VersionDialog)
    assert isinstance(dialog, VersionDialog)
    dialog.name.setText(name)
    dialog.accept()


def history(robot: Robot) -> HistoryDialog:
    act(robot, "versions")
    dialog = robot.dialog(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    return dialog


def test_a_form_without_versions_says_how_to_keep_one(robot: Robot) -> None:
    act(robot, "versions")
    assert robot.toast().startswith("本表还没有版本。")


def test_a_version_is_compared_and_restored_and_the_restoring_undone(robot: Robot) -> None:
    first = robot.document.record
    keep(robot, "送审稿")
    robot.type("实际完成值", "201件", "年内完成")
    changed = robot.document.record
    dialog = history(robot)
    assert [one.partition("　")[0] for one in dialog.entries()] == ["送审稿"]
    assert dialog.hint().startswith("恢复“送审稿”会改回 ")
    assert any("201件" in row for row in dialog.table.texts())
    dialog.restore_button.click()
    assert robot.document.record == first
    assert robot.toast() == "已恢复“送审稿”"
    robot.undo()
    assert robot.document.record == changed
    robot.redo()
    assert robot.document.record == first
    assert [kind for kind, _, _ in kept(robot)] == [VersionKind.REPLACED, VersionKind.KEPT]
    version = robot.window.forms.store.versions.of(first.id)[0]
    assert robot.window.forms.store.versions.record_of(version.id) == changed


def test_two_versions_are_compared_with_each_other(robot: Robot) -> None:
    keep(robot, "一稿")
    robot.type("实际完成值", "201件", "年内完成")
    keep(robot, "二稿")
    dialog = history(robot)
    assert dialog.hint() == "与现在的内容相同，不用恢复。"
    assert not dialog.restore_button.isEnabled()
    dialog.list.setCurrentRow(1)
    assert dialog.restore_button.isEnabled()
    dialog.against.setCurrentIndex(1)
    dialog.against.activated.emit(1)
    assert not dialog.restore_button.isEnabled()
    assert any("201件" in row for row in dialog.table.texts())
    dialog.keep_asked.emit()
    robot.dialog(VersionDialog).reject()


def test_a_locked_form_shows_its_versions_and_restores_none(clean: Robot) -> None:
    keep(clean, "一稿")
    clean.type("备注", "核对过", "受援人")
    submit(clean)
    dialog = history(clean)
    dialog.list.setCurrentRow(1)
    assert not dialog.restore_button.isEnabled()
    assert dialog.hint() == SUBMITTED.why
    dialog.reject()


def handing(robot: Robot) -> SubmitDialog:
    act(robot, "submit")
    dialog = robot.dialog(SubmitDialog)
    assert isinstance(dialog, SubmitDialog)
    return dialog


def words_of(data: bytes) -> str:
    return "".join("".join(page.split()) for page in pdf_printed.read_printed(data)[1])


def test_the_files_of_a_form_are_made_when_it_is_handed_in(clean: Robot, tmp_path: Path) -> None:
    dialog = handing(clean)
    dialog.folder.setText(str(tmp_path))
    assert dialog.button_text() == "定稿并生成 3 个文件"
    assert dialog.hint() == ""
    (tmp_path / f"{CLEAN}-自评表.pdf").write_bytes(b"old")
    dialog.folder.setText(f"{tmp_path}/")
    assert dialog.hint() == "会替换原有的 1 个文件。"
    dialog.accept()
    clean.until(lambda: "生成了 3 个文件" in clean.toast())
    code = fingerprint(clean.document.record)
    assert clean.toast() == f"已上报，本表已锁定。校验码 {code}，生成了 3 个文件"
    assert sorted(path.name for path in tmp_path.glob("*自评表*")) == [
        f"{CLEAN}-自评表-审核单.pdf",
        f"{CLEAN}-自评表.pdf",
        f"{CLEAN}-自评表.xlsx",
    ]
    for name in (f"{CLEAN}-自评表.pdf", f"{CLEAN}-自评表.xlsx"):
        seal = read_printed((tmp_path / name).read_bytes(), name=name).seal
        assert seal is not None
        assert seal.code == code
    assert "审核单" in words_of((tmp_path / f"{CLEAN}-自评表-审核单.pdf").read_bytes())
    assert clean.document.lock is SUBMITTED


def test_what_is_seen_before_is_what_is_written(clean: Robot, tmp_path: Path) -> None:
    dialog = handing(clean)
    assert dialog.pane is not None
    assert dialog.code in words_of(dialog.pane.data)
    assert "上报版" in words_of(dialog.pane.data)
    dialog.name.setText("二次上报版")
    dialog.name.editingFinished.emit()
    clean.settle()
    assert "二次上报版" in words_of(dialog.pane.data)
    dialog.setup_asked.emit()
    setup = clean.dialog(PageSetupDialog)
    assert isinstance(setup, PageSetupDialog)
    setup.way.choose(UPRIGHT if setup.way.current() == LYING else LYING)
    lies = setup.way.current() == LYING
    setup.accept()
    clean.settle()
    assert dialog.pane.pdf.landscape is lies
    seen = words_of(dialog.pane.data)
    dialog.folder.setText(str(tmp_path))
    dialog.accept()
    clean.until(lambda: "个文件" in clean.toast())
    written = words_of((tmp_path / f"{CLEAN}-自评表.pdf").read_bytes())
    assert "二次上报版" in written
    assert written == seen


def test_a_folder_that_is_gone_asks_for_another_one(clean: Robot, tmp_path: Path) -> None:
    dialog = handing(clean)
    dialog.folder.setText(str(tmp_path / "不在"))
    dialog.accept()
    clean.until(lambda: clean.answers.said)
    assert clean.document.lock is SUBMITTED
    export = clean.dialog(ExportDialog)
    export.reject()


def test_a_character_that_cannot_be_printed_is_said_where_the_page_would_be(clean: Robot) -> None:
    clean.type("备注", "王\ue000", "受援人")
    dialog = handing(clean)
    assert dialog.pane is None
    assert not dialog.boxes["pdf"].isEnabled()
    assert all(path.suffix != ".pdf" or path in dialog.choice().sheets for path in dialog.choice().targets)
    dialog.reject()


def test_a_warning_nobody_answered_leads_to_its_cell(open_window: Open) -> None:
    robot = open_window()
    for line in robot.window.forms.lines:
        robot.open(line.name, year=line.year)
        todo = open_findings(robot.document.derived.findings)
        if todo and all(one.severity is not Severity.ERROR for one in todo) and todo[0].severity is Severity.WARNING:
            break
    first = next(one for one in todo if one.severity is Severity.WARNING and one.binding is not None)
    dialog = handing(robot)
    (button,) = (one for one in children(dialog, QPushButton) if one.text().startswith("看第一处"))
    button.click()
    current = robot.window.desk.current_cell()
    assert current is not None
    assert current.binding is not None
    assert first.binding is not None
    assert (current.binding.block, current.binding.key) == (first.binding.block, first.binding.key)
    assert robot.document.lock is None
