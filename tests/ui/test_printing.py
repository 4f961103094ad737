"""打印, 页面设置, and what a printer would cut off, in the real window with a printer that writes PDF."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtPrintSupport import QPrinter

from perfdesk.arranging import arrange
from perfdesk.derive import derive
from perfdesk.exchange import pdf, test_page
from perfdesk.fingerprint import fingerprint
from perfdesk.pagesetup import AS_DRAWN, Numbers, PageSetup, Size
from perfdesk.template import Template
from tests.filled_forms import filled
from tests.robot import LEGAL_AID, Open, Robot
from ui import printing
from ui.dialogs.page_setup import LYING, UPRIGHT, PageSetupDialog
from ui.dialogs.preview import PreviewDialog
from ui.printing import Limits, Trouble, trouble_with
from ui.widgets.pages import Pdf

A4, A3, LETTER = (595.28, 841.89), (841.89, 1190.55), (612.0, 792.0)
NONE = (0.0, 0.0, 0.0, 0.0)


def act(robot: Robot, name: str) -> None:
    robot.window.commands[name].trigger()


def preview(robot: Robot) -> PreviewDialog:
    act(robot, "preview")
    robot.settle()
    return cast(PreviewDialog, robot.dialog(PreviewDialog))


def set_up(robot: Robot, shown: PreviewDialog) -> PageSetupDialog:
    shown.setup_asked.emit()
    return cast(PageSetupDialog, robot.dialog(PageSetupDialog))


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def sizes_of(path: Path) -> list[tuple[float, float]]:
    with PdfDocument(path) as document:
        return [page.get_size() for page in document]


def kept(robot: Robot) -> PageSetup:
    record_id = robot.document.record.id
    return robot.window.forms.store.page_setups.of((record_id,)).get(record_id, AS_DRAWN)


def test_the_page_is_set_up_over_the_preview_and_remembered_beside_the_form(robot: Robot, folder: Path) -> None:
    before = robot.document.record
    shown = preview(robot)
    assert shown.paper_text().startswith("A4 纵向")
    dialog = set_up(robot, shown)
    dialog.way.choose(LYING)
    dialog.way.chosen.emit(LYING)
    dialog.paper.setCurrentText("A3")
    dialog.paper.activated.emit(1)
    dialog.name.setChecked(True)
    dialog.date.setChecked(True)
    assert dialog.hint().startswith("共 1 页，实际大小。")
    dialog.accept()
    robot.settle()
    assert shown.paper_text().startswith("A3 横向 · 1 页")
    assert kept(robot) == PageSetup(paper="A3", landscape=True, name=True, date=True)
    assert robot.document.record is before
    assert fingerprint(robot.document.record) == fingerprint(before)
    printer = pdf_printer(folder / "printed.pdf")
    printing.prepare(printer, shown.pdf, title="表")
    shown.print_to(printer)
    assert [[round(side) for side in size] for size in sizes_of(folder / "printed.pdf")] == [[1191, 842]]
    shown.reject()
    again = preview(robot)
    assert again.paper_text().startswith("A3 横向")
    with PdfDocument(again.pane.data) as document:
        words = document[0].get_textpage().get_text_range()
    assert LEGAL_AID in words
    assert "打印" in words
    again.reject()


def test_the_dialog_says_what_becomes_of_the_form(robot: Robot) -> None:
    shown = preview(robot)
    dialog = set_up(robot, shown)
    assert dialog.setup() == AS_DRAWN
    dialog.scale.setCurrentIndex(dialog.scale.findData(Size.PERCENT))
    dialog.scale.activated.emit(3)
    dialog.percent.setText("70")
    assert "70%，字 7.3 磅。字小了不好认" in dialog.hint()
    dialog.percent.setText("150")
    assert dialog.hint().endswith("再大就比页面宽了。")
    dialog.percent.setText("7")
    assert dialog.hint() == "比例应为 50 至 200。"
    assert dialog.setup() is None
    dialog.accept()
    assert dialog.isVisible()
    dialog.percent.setText("80")
    dialog.margins[2].setText("5")
    assert dialog.hint() == "下边距应为 12 至 60 毫米，下边要放页脚。"
    dialog.margins[2].setText("20")
    dialog.numbers.setCurrentIndex(dialog.numbers.findData(Numbers.ALWAYS))
    dialog.accept()
    robot.settle()
    found = kept(robot)
    assert (found.size, found.percent, found.numbers) == (Size.PERCENT, 80, Numbers.ALWAYS)
    assert found.margins is not None
    assert found.margins.bottom == 20
    dialog = set_up(robot, shown)
    assert dialog.setup() == found
    assert dialog.way.current() == UPRIGHT
    dialog.as_drawn()
    dialog.accept()
    robot.settle()
    assert kept(robot) == AS_DRAWN
    shown.reject()


def test_a_form_that_is_only_looked_at_is_set_up_until_the_program_is_closed(robot: Robot, open_window: Open) -> None:
    assert robot.close()
    looking = open_window(read_only=True)
    looking.open(LEGAL_AID, year=2020)
    shown = preview(looking)
    dialog = set_up(looking, shown)
    dialog.way.choose(LYING)
    dialog.accept()
    looking.settle()
    assert shown.paper_text().startswith("A4 横向")
    assert "关闭程序" in looking.toast()
    assert kept(looking) == AS_DRAWN
    shown.reject()


def page() -> Pdf:
    """A4, its lines 12 mm away from the edges."""
    return Pdf(test_page.render())


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (Limits("惠普", (4.2, 4.2, 4.2, 4.2), A4, (A4, A3)), None),
        (Limits("惠普", NONE, A4), None),
        (
            Limits("针式", (4.0, 4.0, 4.0, 16.5), A4, (A4,)),
            Trouble(
                "打印机“针式”下边 16.5 毫米印不到，第 1 页会缺一条",
                "在“页面设置”里把这一边的页边距放大，或者换一台打印机。",
            ),
        ),
        (
            Limits("小票机", NONE, LETTER, (LETTER,)),
            Trouble("打印机“小票机”没有 A4 纸，印出来会缩小或者裁掉", "换一台打印机，或者在“页面设置”里换纸张。"),
        ),
        (
            Limits("惠普", NONE, LETTER, (LETTER, A4)),
            Trouble("打印机选的是 216×279 毫米，表要 A4 的纸", "装好 A4 纸再打印，或者在“页面设置”里换纸张。"),
        ),
    ],
)
def test_what_a_printer_would_cut_off_is_told(limits: Limits, told: Trouble | None) -> None:
    shown = page()
    assert trouble_with(limits, shown) == told
    shown.close()


def test_the_edges_of_the_ink_are_found() -> None:
    shown = page()
    left, top, right, bottom = shown.blank_edges(0)
    assert (left, top, right, bottom) == pytest.approx((12, 12, 12, 12), abs=0.5)
    shown.close()


def test_before_the_form_is_cut_somebody_is_asked(robot: Robot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.dialogs.pane.limits_of", lambda _printer: Limits("针式", (25.0, 4.0, 4.0, 4.0), A4))
    shown = preview(robot)
    said: list[str] = []
    shown.printed.connect(said.append)
    robot.answers.answers = ["cancel", "print", "setup"]
    shown.print_to(pdf_printer(folder / "no.pdf"))
    assert not said
    assert not (folder / "no.pdf").exists()
    assert robot.answers.said[-1].startswith("打印机“针式”左边 25.0 毫米印不到，第 1 页会缺一条。")
    shown.print_to(pdf_printer(folder / "yes.pdf"))
    assert said == [f"已交给打印机，共 {len(shown.pdf)} 页"]
    shown.print_to(pdf_printer(folder / "setup.pdf"))
    dialog = cast(PageSetupDialog, robot.dialog(PageSetupDialog))
    dialog.margins[3].setText("30")
    dialog.accept()
    robot.settle()
    margins = kept(robot).margins
    assert margins is not None
    assert margins.left == 30
    assert len(robot.answers.said) == 3
    shown.print_to(pdf_printer(folder / "wide.pdf"))
    assert len(robot.answers.said) == 3, "with the margin there is nothing to be cut off"
    shown.reject()


def test_pages_of_different_paper_go_to_the_printer_in_one_job(
    folder: Path, templates: Mapping[str, Template], made: datetime
) -> None:
    template = templates["hubei-2020-project-self"]
    sheet = derive(template, filled(template)).sheet
    setups = (AS_DRAWN, PageSetup(landscape=True, size=Size.ONE_PAGE), PageSetup(paper="A3"))
    pages = Pdf(pdf.render((arrange(sheet, one) for one in setups), title="三张", made=made))
    printer = pdf_printer(folder / "three.pdf")
    printing.prepare(printer, pages, title="三张")
    assert printing.print_pages(printer, pages) == len(pages)
    printed = sizes_of(folder / "three.pdf")
    for found, wanted in zip(printed, pages.sizes, strict=True):
        assert found == pytest.approx(wanted, abs=1.5)
    pages.close()
