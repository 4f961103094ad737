"""全年导出 in the real window: all forms of a year, each file whole, stopped in between, tried again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from perfdesk.exchange import files
from perfdesk.exchange.pdf_printed import read_printed
from perfdesk.fingerprint import Stamp, fingerprint
from tests.robot import Robot
from ui import batch
from ui.app import now
from ui.dialogs.batch import BatchChoice, BatchDialog
from ui.tasks import Task
from ui.widgets.pages import Pdf

BOTH = ("pdf", "xlsx")


@pytest.fixture
def dialog(robot: Robot, folder: Path) -> BatchDialog:
    robot.window.commands["batch"].trigger()
    found = robot.dialog(BatchDialog)
    assert isinstance(found, BatchDialog)
    found.folder.setText(str(folder / "上报"))
    return found


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_every_form_of_the_year_of_the_open_one_is_written(robot: Robot, dialog: BatchDialog, folder: Path) -> None:
    assert dialog.choice() == BatchChoice(2020, BOTH, folder / "上报")
    assert (dialog.button_text(), dialog.hint()) == ("导出 4 个文件", "放进“2020年度绩效表”文件夹")
    dialog.accept()
    robot.settle()
    made = folder / "上报" / "2020年度绩效表"
    forms = [line.name for line in robot.window.forms.lines if line.year == 2020]
    expected = [f"{n:02}-{name}-自评表.{end}" for n, name in enumerate(forms, 1) for end in BOTH]
    assert _names(made) == sorted(expected)
    pdf = Pdf(next(made.glob("01-*.pdf")).read_bytes())
    assert len(pdf) >= 1
    pdf.close()
    assert robot.toast() == "已导出 4 个文件"
    assert robot.answers.said == []


def test_the_foot_says_what_would_be_replaced(robot: Robot, dialog: BatchDialog, folder: Path) -> None:
    made = folder / "上报" / "2020年度绩效表"
    made.mkdir(parents=True)
    for job in batch.plan(robot.window.forms.others("", 2020), dialog.choice()):
        job.targets[0].write_bytes(b"old")
    dialog.boxes["xlsx"].setChecked(False)
    assert (dialog.hint(), dialog.button_text()) == ("放进“2020年度绩效表”文件夹，替换原有的 2 个", "导出 2 个文件")
    dialog.boxes["pdf"].setChecked(False)
    assert (dialog.hint(), dialog.button_text()) == ("选至少一种", "导出")
    dialog.accept()
    assert dialog.isVisible()


def test_what_is_typed_a_moment_ago_is_written(robot: Robot, folder: Path) -> None:
    robot.type("项目名称", "法律援助补助")
    robot.window.commands["batch"].trigger()
    dialog = robot.dialog(BatchDialog)
    assert isinstance(dialog, BatchDialog)
    dialog.folder.setText(str(folder))
    dialog.accept()
    robot.settle()
    assert [one for one in _names(folder / "2020年度绩效表") if "法律援助补助" in one]


def test_a_file_held_by_another_program_is_named_and_tried_again(
    robot: Robot, dialog: BatchDialog, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[[Path, bytes], None] = files.write_atomically
    held: list[str] = []

    def write(path: Path, data: bytes) -> None:
        if path.suffix == ".xlsx" and path.name.startswith("01-") and not held:
            held.append(path.name)
            raise files.FileInUse(
                f"“{path.name}”正被其他程序（WPS、Excel）打开，写不进去。请关闭后重试，或另存为（2）。"
            )
        real(path, data)

    monkeypatch.setattr(files, "write_atomically", write)
    robot.answers.answers = ["again"]
    dialog.accept()
    robot.settle()
    robot.settle()
    assert robot.answers.said[0].startswith("有 1 个文件没有写出，别的都写好了")
    assert held[0] in robot.answers.said[0]
    assert len(_names(folder / "上报" / "2020年度绩效表")) == 4


def test_a_place_that_takes_no_folder_is_told(robot: Robot, dialog: BatchDialog, folder: Path) -> None:
    (folder / "上报").write_text("", encoding="utf-8")
    dialog.accept()
    robot.settle()
    assert "建不了文件夹" in robot.answers.said[-1]


def test_stopping_leaves_whole_files_only(robot: Robot, folder: Path) -> None:
    forms = robot.window.forms.others("", 2020)
    jobs = batch.plan(forms, BatchChoice(2020, BOTH, folder))
    order = batch.BatchOrder(jobs, forms, robot.window.forms.templates, now(), {})
    task = Task(QObject(robot.window), print, None)
    task.advanced.connect(lambda done, _name: task.stop() if done == 1 else None)
    outcome = batch.write_all(order, task)
    assert (len(outcome.written), outcome.stopped, outcome.failed) == (2, True, ())
    assert _names(folder / "2020年度绩效表") == sorted(path.name for path in outcome.written)
    assert outcome.written[0].read_bytes().rstrip().endswith(b"%%EOF")


def test_a_report_goes_to_word_where_the_others_go_to_excel(robot: Robot, folder: Path) -> None:
    robot.window.forms.create("lingling-2022-report", year=2022, name="", bureau="某县司法局")
    jobs = batch.plan(robot.window.forms.others("", 2022), BatchChoice(2022, BOTH, folder))
    assert [target.suffix for job in jobs for target in job.targets] == [".pdf", ".docx"]


def test_a_form_that_was_handed_in_carries_its_code_and_only_with_what_was_handed_in(
    robot: Robot, folder: Path
) -> None:
    record = robot.document.record
    form = next(one for one in robot.window.forms.others("", 2020) if one.record.id == record.id)
    choice = BatchChoice(2020, ("pdf",), folder)
    for code, printed in ((fingerprint(robot.document.derived.record), True), ("0000-0000-0000", False)):
        stamps = {record.id: Stamp("上报版", code)}
        order = batch.BatchOrder(batch.plan((form,), choice), (form,), robot.window.forms.templates, now(), stamps)
        (path,) = batch.write_all(order, Task(QObject(robot.window), print, None)).written
        keywords, pages = read_printed(path.read_bytes())
        assert (code in pages[0], bool(keywords)) == (printed, printed)
