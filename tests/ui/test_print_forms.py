"""打印多张表: chosen and ordered by a clerk, one preview, one job of a printer that writes PDF."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton

from perfdesk.exchange import pdf_printed
from perfdesk.model import VersionKind
from perfdesk.pagesetup import PageSetup
from tests.qt_tools import children
from tests.robot import Robot
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.print_forms import PrintFormsDialog
from ui.printing import prepare


def ask(robot: Robot) -> PrintFormsDialog:
    robot.window.commands["print_forms"].trigger()
    return cast(PrintFormsDialog, robot.dialog(PrintFormsDialog))


def shown(robot: Robot) -> PreviewDialog:
    robot.settle()
    return cast(PreviewDialog, robot.dialog(PreviewDialog))


def press(dialog: PrintFormsDialog, words: str) -> None:
    next(one for one in children(dialog, QPushButton) if one.text() == words).click()


def texts(dialog: PreviewDialog) -> list[str]:
    found = pdf_printed.read_printed(dialog.pane.data)
    return ["".join(text.split()) for text in found[1]]


def test_the_forms_of_the_year_go_out_in_one_job_in_the_chosen_order(robot: Robot, folder: Path) -> None:
    dialog = ask(robot)
    ids = [line.id for line in robot.window.forms.lines if line.year == robot.document.record.year]
    assert list(dialog.chosen()) == ids
    assert dialog.button_text() == f"预览 {len(ids)} 张表"
    assert int(dialog.years.currentData()) == robot.document.record.year
    press(dialog, "下移")
    assert list(dialog.chosen()) == [ids[1], ids[0], *ids[2:]]
    first, second = (words.partition(" · ")[0] for words in dialog.texts()[:2])
    press(dialog, "上移")
    press(dialog, "下移")
    press(dialog, "全不选")
    assert dialog.button_text() == "预览"
    dialog.accept()
    assert dialog.isVisible(), "nothing is nothing to print"
    for row in (0, 1):
        dialog.list.item(row).setCheckState(dialog.list.item(row).checkState().Checked)
    robot.window.forms.store.page_setups.choose({ids[1]: PageSetup(landscape=True, paper="A3")})
    dialog.accept()
    preview = shown(robot)
    assert preview.pdf.sizes[0] == pytest.approx((1190.55, 841.89), abs=0.1)
    assert preview.paper_text().startswith("大小不一 · ")
    words = texts(preview)
    joined = "".join(words)
    assert joined.index("".join(first.split())) < joined.index("".join(second.split()))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "all.pdf"))
    prepare(printer, preview.pdf, title="两张表")
    said: list[str] = []
    preview.printed.connect(said.append)
    preview.print_to(printer)
    assert said == [f"已交给打印机，共 {len(preview.pdf)} 页"]
    assert (folder / "all.pdf").stat().st_size > 1000
    preview.reject()


def test_a_form_that_was_handed_in_carries_its_code_there_too(robot: Robot) -> None:
    versions = robot.window.forms.store.versions
    version = versions.keep(robot.document.record, VersionKind.SUBMITTED)
    robot.window.forms.relist()
    dialog = ask(robot)
    dialog.accept()
    preview = shown(robot)
    words = texts(preview)
    assert sum(version.code in one for one in words) >= 1
    assert sum(f"校验码{version.code}" in one for one in words) < len(words), "the others carry none"
    preview.reject()


def test_what_is_marked_in_the_overview_is_ticked(robot: Robot) -> None:
    robot.window.forms.store.save(replace(robot.document.record, id="third"))
    robot.window.forms.relist()
    robot.window.commands["home"].trigger()
    robot.settle()
    table = robot.window.desk.home.table
    assert len(table.rows) == 3
    table.selectionModel().clearSelection()
    for row in (0, 1):
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        table.selectionModel().select(table.model().index(row, 0), flags)
    marked = table.marked()
    assert len(marked) == 2
    dialog = ask(robot)
    assert set(dialog.chosen()) == set(marked)
    dialog.years.setCurrentIndex(dialog.years.count() - 1)
    dialog.years.activated.emit(dialog.years.count() - 1)
    year = int(dialog.years.currentData())
    assert list(dialog.chosen()) == [line.id for line in robot.window.forms.lines if line.year == year]
    dialog.reject()
