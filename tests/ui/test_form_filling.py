"""填入财政局的表 in the real window: the list before anything is written, other answers, the file, and troubles."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.exchange.blank_books import blank_record, book_of, system_book
from tests.robot import Robot
from ui.dialogs.filling import ALL, FillingDialog


@pytest.fixture
def blank(robot: Robot, folder: Path) -> Path:
    """The bureau's blank form of the open one."""
    from perfdesk.derive import derive

    document = robot.document
    path = folder / "自评表.xlsx"
    empty = blank_record(document.template, document.record)
    path.write_bytes(book_of(derive(document.template, empty)))
    return path


def ask(robot: Robot, path: Path) -> FillingDialog:
    robot.answers.files.append(path)
    robot.window.commands["fill"].trigger()
    robot.settle()
    dialog = robot.dialog(FillingDialog)
    assert isinstance(dialog, FillingDialog)
    return dialog


def test_the_open_form_is_filled_into_the_file(robot: Robot, blank: Path) -> None:
    before = blank.read_bytes()
    dialog = ask(robot, blank)
    assert dialog.hint().endswith("0 处填不进。财政局的原文件不动")
    texts = dialog.texts()  # nothing is left out, so all are shown
    assert ("D3", "项目名称") in {line[:2] for line in texts} or any(line[1] == "项目名称" for line in texts)
    target = blank.with_name("交上去.xlsx")
    robot.answers.files.append(target)
    dialog.accept()
    robot.settle()
    values = {cell.value for row in load_workbook(target).active.iter_rows() for cell in row}
    assert robot.document.record.value("project_name") in values
    assert robot.toast() == "已填好：交上去.xlsx"
    assert blank.read_bytes() == before


def test_what_is_left_out_is_listed_and_another_answer_is_tried(robot: Robot, folder: Path) -> None:
    names = tuple(one.name for one in robot.document.record.indicators if one.name)[:2]
    path = folder / "导入.xlsx"
    path.write_bytes(system_book(names))
    dialog = ask(robot, path)
    left = dialog.texts()
    assert any("表里没有这个名称的三级指标" in line[3] for line in left)
    assert any("原有“≥10件”" in line[3] for line in left)
    dialog.filter.choose(ALL)
    dialog.filter.chosen.emit(ALL)
    assert len(dialog.texts()) > len(left)
    dialog.overwrite.setChecked(True)
    robot.settle()
    assert any("原有“≥10件”已换掉" in line[3] for line in dialog.texts())


def test_giving_up_writes_nothing(robot: Robot, blank: Path) -> None:
    dialog = ask(robot, blank)
    dialog.accept()  # the chooser of the file is given up
    assert dialog.isVisible()
    dialog.reject()
    assert [one.name for one in blank.parent.glob("*.xlsx")] == ["自评表.xlsx"]


def test_a_file_that_is_no_form_is_told(robot: Robot, folder: Path) -> None:
    path = folder / "信.xlsx"
    path.write_bytes(b"no workbook")
    robot.answers.files.append(path)
    robot.window.commands["fill"].trigger()
    robot.settle()
    assert "信.xlsx" in robot.answers.said[-1]
