"""导出列表 in the real window: which list, which year, and the same from the windows that show one."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QPushButton, QWidget

from tests.qt_tools import children
from tests.robot import LEGAL_AID, Robot
from ui.compare.dialog import CompareDialog
from ui.dialogs.library import LibraryDialog
from ui.dialogs.lists import ALL_YEARS, Kind, ListChoice, ListsDialog
from ui.year import YearDialog


@pytest.fixture
def dialog(robot: Robot) -> ListsDialog:
    robot.window.commands["lists"].trigger()
    found = robot.dialog(ListsDialog)
    assert isinstance(found, ListsDialog)
    return found


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def write(robot: Robot, dialog: ListsDialog, kind: Kind, target: Path) -> None:
    robot.answers.files.append(target)
    dialog.kinds[kind].setChecked(True)
    dialog.accept()
    robot.settle()


def test_it_begins_with_the_year_of_the_open_form(dialog: ListsDialog) -> None:
    assert dialog.choice() == ListChoice(Kind.FORMS, 2020)


def test_the_forms_of_the_year_go_into_a_workbook(robot: Robot, dialog: ListsDialog, folder: Path) -> None:
    write(robot, dialog, Kind.FORMS, folder / "总览.xlsx")
    sheet = load_workbook(folder / "总览.xlsx").active
    names = [sheet.cell(row, 3).value for row in range(2, sheet.max_row)]
    assert sorted(names) == sorted(line.name for line in robot.window.forms.lines if line.year == 2020)
    assert sheet.title == "2020 年年度总览"
    assert robot.toast() == "已导出：总览.xlsx"


def test_what_is_typed_a_moment_ago_is_listed(robot: Robot, folder: Path) -> None:
    robot.type("实际完成值", "151件", place="法律援助案件")
    robot.window.commands["lists"].trigger()
    dialog = robot.dialog(ListsDialog)
    assert isinstance(dialog, ListsDialog)
    write(robot, dialog, Kind.INDICATORS, folder / "指标.csv")
    found = rows(folder / "指标.csv")
    actual = found[0].index("实际完成值")
    assert "151件" in {row[actual] for row in found[1:]}


@pytest.mark.parametrize(("kind", "head"), [(Kind.FINDINGS, "问题"), (Kind.LIBRARY, "业务")])
def test_each_list_has_its_own_columns(kind: Kind, head: str, robot: Robot, dialog: ListsDialog, folder: Path) -> None:
    write(robot, dialog, kind, folder / "列表.csv")
    assert head in rows(folder / "列表.csv")[0]


def test_all_years_in_one_file(robot: Robot, dialog: ListsDialog, folder: Path) -> None:
    dialog.years.setCurrentIndex(dialog.years.findData(ALL_YEARS))
    write(robot, dialog, Kind.FORMS, folder / "总览.csv")
    years = {row[0] for row in rows(folder / "总览.csv")[1:]} - {""}
    assert years == {str(line.year) for line in robot.window.forms.lines}


def test_the_library_belongs_to_no_year(dialog: ListsDialog) -> None:
    dialog.kinds[Kind.LIBRARY].setChecked(True)
    assert not dialog.years.isEnabled()
    assert dialog.choice() == ListChoice(Kind.LIBRARY, ALL_YEARS)


def test_a_year_without_lists_says_so(robot: Robot, dialog: ListsDialog, folder: Path) -> None:
    write(robot, dialog, Kind.ROWS, folder / "行.xlsx")
    assert robot.toast() == "2020 年还没有汇总表和公开目录"
    assert not (folder / "行.xlsx").exists()


def test_another_ending_becomes_a_workbook_and_giving_up_writes_nothing(
    robot: Robot, dialog: ListsDialog, folder: Path
) -> None:
    write(robot, dialog, Kind.FORMS, folder / "总览.表")
    assert load_workbook(folder / "总览.表.xlsx").active.max_row > 1
    robot.window.commands["lists"].trigger()
    again = robot.dialog(ListsDialog)
    assert isinstance(again, ListsDialog)
    again.accept()  # the chooser is given up
    robot.settle()
    assert sorted(one.name for one in folder.iterdir() if one.suffix == ".xlsx") == ["总览.表.xlsx"]


def _press_export(dialog: QWidget) -> None:
    next(one for one in children(dialog, QPushButton) if one.text() == "导出列表…").click()


def test_what_other_windows_show_is_written(robot: Robot, folder: Path) -> None:
    robot.window.commands["audit_year"].trigger()
    year = robot.dialog(YearDialog)
    assert isinstance(year, YearDialog)
    robot.until(year.forms)
    robot.answers.files.append(folder / "审核.csv")
    _press_export(year)
    robot.settle()
    findings = sum(len(form.derived.findings) for form in year.forms())
    assert len(rows(folder / "审核.csv")) > findings
    year.reject()

    robot.window.commands["library"].trigger()
    library = robot.dialog(LibraryDialog)
    assert isinstance(library, LibraryDialog)
    library.search.setText("援助")
    robot.answers.files.append(folder / "指标库.csv")
    _press_export(library)
    robot.settle()
    found = rows(folder / "指标库.csv")
    assert 1 < len(found) < 60
    library.reject()


def test_a_comparison_is_written_as_it_is_shown(robot: Robot, folder: Path) -> None:
    robot.open(LEGAL_AID, year=2024)
    robot.window.commands["compare"].trigger()
    dialog = robot.dialog(CompareDialog)
    assert isinstance(dialog, CompareDialog)
    robot.answers.files.append(folder / "对比.csv")
    _press_export(dialog)
    robot.settle()
    assert len(rows(folder / "对比.csv")) == 1 + int(dialog.summary()[0].split(" ", 1)[0])
