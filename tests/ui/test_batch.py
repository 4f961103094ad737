"""全年导出 in the real window: all forms of a year, each file whole, stopped in between, gone on with; named and packed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfdesk.exchange import files
from perfdesk.handin import MANIFEST, PATTERN, Wanted, writing
from perfdesk.handin.verifying import verify
from tests.robot import Robot
from ui.dialogs.batch import BatchDialog
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


def _expected(robot: Robot) -> list[str]:
    forms = [line.name for line in robot.window.forms.lines if line.year == 2020]
    own = (f"{n:02}-{name}-自评表.{end}" for n, name in enumerate(forms, 1) for end in BOTH)
    return sorted(["00-目录.pdf", MANIFEST, *own])


def test_every_form_of_the_year_of_the_open_one_is_written(robot: Robot, dialog: BatchDialog, folder: Path) -> None:
    assert dialog.choice() == Wanted(2020, folder / "上报", BOTH)
    assert (dialog.button_text(), dialog.hint()) == ("导出 5 个文件", "放进“2020年度绩效表”文件夹")
    assert dialog.example().startswith("如：01-")
    dialog.accept()
    robot.settle()
    made = folder / "上报" / "2020年度绩效表"
    assert _names(made) == _expected(robot)
    pdf = Pdf(next(made.glob("01-*.pdf")).read_bytes())
    assert len(pdf) >= 1
    pdf.close()
    assert robot.toast() == f"已导出 5 个文件；本包校验码 {verify(made).manifest.code}"
    assert robot.answers.said == []


def test_a_package_for_the_finance_bureau_as_one_zip(robot: Robot, dialog: BatchDialog, folder: Path) -> None:
    dialog.recipient.setText("县财政局")
    dialog.names.setText("{序号}-{单位}-{项目名称}.pdf")
    for key in ("docx", "summary", "check_sheets", "merged", "zipped"):
        dialog.boxes[key].setChecked(True)
    assert dialog.hint() == "写成“2020年度绩效表-报县财政局.zip”"
    dialog.accept()
    robot.settle()
    proof = verify(folder / "上报" / "2020年度绩效表-报县财政局.zip")
    assert proof.holds
    assert (proof.manifest.recipient, proof.manifest.year) == ("县财政局", 2020)
    names = [one.name for one in proof.manifest.files]
    assert {"00-目录.pdf", "00-目录.docx", "04-审核单.pdf", "全部（打印用）.pdf"} <= {*names}
    assert any(name.startswith("03-") and name.endswith("汇总表.xlsx") for name in names)
    assert len([line for line in robot.window.forms.lines if line.year == 2020]) == 2


def test_what_was_wanted_is_asked_again_the_next_time(robot: Robot, dialog: BatchDialog) -> None:
    dialog.recipient.setText("县财政局")
    dialog.names.setText("{项目名称}")
    dialog.boxes["merged"].setChecked(True)
    dialog.boxes["contents"].setChecked(False)
    dialog.boxes["xlsx"].setChecked(False)
    wanted = dialog.choice()
    dialog.accept()
    robot.settle()
    robot.window.commands["batch"].trigger()
    again = robot.dialog(BatchDialog)
    assert isinstance(again, BatchDialog)
    assert again.choice() == wanted
    assert (wanted.kinds, wanted.merged, wanted.contents) == (("pdf",), True, False)


def test_names_that_cannot_be_used_are_said_below_them(dialog: BatchDialog) -> None:
    dialog.names.setText("{序号}-{项目}")
    assert dialog.example().startswith("文件名里写了“{项目}”，没有这一项。")
    assert (dialog.button_text(), dialog.hint()) == ("导出", "文件名要改")
    dialog.names.setText("")
    assert dialog.choice().pattern == PATTERN
    dialog.folder.setText(" ")
    assert dialog.hint() == "选存放的文件夹"


def test_the_foot_says_what_is_there_already(dialog: BatchDialog, folder: Path) -> None:
    made = folder / "上报" / "2020年度绩效表"
    made.mkdir(parents=True)
    (made / "00-目录.pdf").write_bytes(b"old")
    assert dialog.boxes["docx"].isChecked() is False
    dialog.boxes["xlsx"].setChecked(False)
    assert dialog.hint() == "放进“2020年度绩效表”文件夹，已有 1 个，没有变的不重写"
    assert dialog.button_text() == "导出 3 个文件"
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

    monkeypatch.setattr(writing, "write_atomically", write)
    robot.answers.answers = ["again"]
    dialog.accept()
    robot.settle()
    robot.settle()
    assert robot.answers.said[0].startswith("有 1 个文件没有写出，别的都写好了")
    assert held[0] in robot.answers.said[0]
    made = folder / "上报" / "2020年度绩效表"
    assert _names(made) == _expected(robot)
    assert verify(made).holds


def test_a_place_that_takes_no_folder_is_told(robot: Robot, dialog: BatchDialog, folder: Path) -> None:
    (folder / "上报").write_text("", encoding="utf-8")
    dialog.accept()
    robot.settle()
    assert "建不了文件夹" in robot.answers.said[-1]


def test_a_second_export_writes_only_what_has_changed(robot: Robot, dialog: BatchDialog) -> None:
    dialog.accept()
    robot.settle()
    robot.type("项目名称", "法律援助补助")
    robot.window.commands["batch"].trigger()
    again = robot.dialog(BatchDialog)
    assert isinstance(again, BatchDialog)
    again.accept()
    robot.settle()
    assert robot.toast().startswith("已导出 3 个文件，另有 2 个没有变，没有重写；本包校验码 ")
    robot.window.commands["batch"].trigger()
    third = robot.dialog(BatchDialog)
    assert isinstance(third, BatchDialog)
    third.accept()
    robot.settle()
    assert robot.toast().startswith("都在，没有要重写的；本包校验码 ")


def test_stopping_is_told_and_the_next_export_goes_on(
    robot: Robot, dialog: BatchDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.tasks.Task.advance", lambda task, done, _name: task.stop() if done == 2 else None)
    dialog.accept()
    robot.settle()
    assert robot.toast() == "已停止，5 个文件写好了 3 个，都是完整的；再导出一次就接着写"
    monkeypatch.undo()
    robot.window.commands["batch"].trigger()
    again = robot.dialog(BatchDialog)
    assert isinstance(again, BatchDialog)
    again.accept()
    robot.settle()
    assert robot.toast().startswith("已导出 2 个文件，另有 3 个没有变，没有重写")
