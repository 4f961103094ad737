"""The real window, driven as a clerk drives it: fill in, look, undo, close without saving, open again, hand over the files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from perfdesk.errors import UserError
from perfdesk.exchange.exchange import read_records
from perfdesk.exchange.files import FileInUse
from perfdesk.store import Store
from tests.robot import LEGAL_AID, Answers, Open, Robot
from ui.dialogs.about import AboutDialog
from ui.dialogs.bin import BinDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.import_report import ImportReport
from ui.dialogs.keys import KeysDialog
from ui.dialogs.new_form import NewFormDialog
from ui.dialogs.preview import PreviewDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

BY_LAW = "依法行政专项经费"

# ------------------------------------------------------------------------------------------------ filling in


def test_scores_follow_every_keystroke_and_undo_takes_them_back(robot: Robot) -> None:
    before = robot.text("得分", "法律援助联系工作会")
    robot.go("实际完成值", "法律援助联系工作会")
    robot.keys("0")
    assert robot.text("得分", "法律援助联系工作会") == "0.00"
    robot.press("Escape")
    assert robot.text("得分", "法律援助联系工作会") == before
    robot.type("实际完成值", "0", "法律援助联系工作会")
    assert robot.text("得分", "法律援助联系工作会") == "0.00"
    robot.undo()
    assert robot.text("得分", "法律援助联系工作会") == before
    robot.redo()
    assert robot.text("得分", "法律援助联系工作会") == "0.00"


def test_what_was_typed_is_there_again_without_saving(open_window: Open) -> None:
    first = open_window()
    first.open(LEGAL_AID, year=2020)
    first.type("项目名称", "法律援助与𬭎扬法治")
    first.type_indicator(0, "实际完成值", "２５３")
    total = first.total()
    assert first.close()
    again = open_window()
    assert "法律援助与𬭎扬法治" in again.listed()
    again.open("法律援助与𬭎扬法治")
    assert again.text("项目名称") == "法律援助与𬭎扬法治"
    assert again.document.record.indicators[0].actual == "２５３"
    assert again.total() == total


def test_the_status_bar_says_when_it_is_saved(robot: Robot) -> None:
    robot.type("项目名称", "x")
    assert robot.saved_text() == "待保存"
    robot.save_wait()
    assert robot.saved_text().startswith("已自动保存")
    robot.press("Ctrl+S")
    assert robot.toast() == "已自动保存"


def test_chinese_is_composed_from_the_first_key_and_never_committed_early(robot: Robot) -> None:
    robot.go("项目名称")
    robot.compose("fa")
    assert robot.document.record.value("project_name") == LEGAL_AID
    robot.compose("falv")
    assert robot.document.record.value("project_name") == LEGAL_AID
    robot.compose("", commit="法律")
    assert robot.document.record.value("project_name") == "法律"
    robot.keys("援助")
    robot.press("Return")
    assert robot.text("项目名称") == "法律援助"
    robot.undo()
    assert robot.text("项目名称") == LEGAL_AID


def test_rows_are_inserted_moved_duplicated_and_deleted_by_keyboard(robot: Robot) -> None:
    names = [one.name for one in robot.document.record.indicators]

    def now() -> list[str]:
        return [one.name for one in robot.document.record.indicators]

    robot.go("三级指标", names[1])
    robot.press("Ctrl+Shift++")
    assert now() == [*names[:2], "", *names[2:]]
    robot.undo()
    robot.go("三级指标", names[1])
    robot.press("Ctrl+Shift+D")
    assert now() == [*names[:2], names[1], *names[2:]]
    robot.undo()
    robot.go("三级指标", names[1])
    robot.press("Alt+Shift+Up")
    assert now() == [names[1], names[0], *names[2:]]
    robot.press("Alt+Shift+Down")
    assert now() == names
    robot.press("Ctrl+-")
    assert now() == [names[0], *names[2:]]
    robot.undo()
    assert now() == names


def test_undo_survives_a_visit_to_another_form(robot: Robot) -> None:
    robot.type("项目名称", "A")
    robot.open(BY_LAW)
    assert robot.text("项目名称") == BY_LAW
    robot.open("A")
    robot.undo()
    assert robot.text("项目名称") == LEGAL_AID


# ------------------------------------------------------------------------------------------------ 审核


def test_verdict_findings_and_fixes(robot: Robot) -> None:
    assert robot.verdict().startswith("不可上报")
    assert "weight-sum" in robot.findings()
    fixable = next(one for one in robot.document.derived.findings if one.fix is not None)
    robot.apply_fix(fixable.code)
    assert fixable not in robot.document.derived.findings
    robot.undo()
    assert fixable in robot.document.derived.findings


def test_f8_walks_from_finding_to_finding(robot: Robot) -> None:
    seen = []
    for _step in robot.document.derived.findings:
        robot.press("F8")
        cell = robot.window.desk.sheet.current_cell()
        seen.append(cell.binding if cell else None)
    wanted = [one.binding for one in robot.document.derived.findings if one.binding is not None]
    assert len(set(seen)) > 1
    assert all(any(here is not None and here.covers(place) for here in seen) for place in wanted)


def test_f8_leads_to_blanks_in_a_new_form(robot: Robot) -> None:
    made = robot.window.forms.create("national-2020-project-self", year=2021, name="", bureau="某县司法局")
    robot.window.session.open(made)
    robot.press("F8")
    cell = robot.window.desk.sheet.current_cell()
    assert cell is not None
    assert cell.required
    assert not cell.text
    first = cell.binding
    robot.press("F8")
    second = robot.window.desk.sheet.current_cell()
    assert second is not None
    assert second.binding != first
    robot.press("Shift+F8")
    back = robot.window.desk.sheet.current_cell()
    assert back is not None
    assert back.binding == first


def test_the_location_bar_says_where_and_why(robot: Robot) -> None:
    robot.go("实际完成值", "年内完成200件")
    path, explanation = robot.window.desk.location.texts()
    assert path == "产出指标 › 数量指标 › 实际完成值"
    assert "253" in explanation
    robot.go("执行率")
    assert "÷" in robot.window.desk.location.texts()[1]


# ------------------------------------------------------------------------------------------------ files


def _export(robot: Robot, folder: Path, formats: tuple[str, ...]) -> ExportDialog:
    robot.press("Ctrl+E")
    dialog = cast(ExportDialog, robot.dialog(ExportDialog))
    dialog.folder.setText(str(folder))
    for key, box in dialog.boxes.items():
        box.setChecked(key in formats)
    dialog.accept()
    robot.settle()
    return dialog


def test_pdf_excel_and_data_file_are_handed_over(robot: Robot, folder: Path) -> None:
    import openpyxl
    from pypdfium2 import PdfDocument

    target = folder / "上报 材料"
    target.mkdir()
    robot.type("项目名称", "法律援助")
    _export(robot, target, ("pdf", "xlsx", "json"))
    stem = "法律援助-自评表"
    files = {path.suffix: path for path in target.iterdir()}
    assert {path.name for path in files.values()} == {f"{stem}.pdf", f"{stem}.xlsx", f"{stem}.json"}
    assert "已导出 3 个文件" in robot.toast()
    pdf = PdfDocument(files[".pdf"])
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    assert "法律援助" in text
    assert "253" in text
    book = openpyxl.load_workbook(files[".xlsx"])
    values = {str(cell.value) for row in book.active.iter_rows() for cell in row}
    assert "法律援助" in values
    back = read_records(files[".json"], robot.window.forms.templates).records[0]
    assert back.value("project_name") == "法律援助"


def test_a_file_open_elsewhere_is_retried_or_named_anew(
    robot: Robot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perfdesk.exchange import files

    write = files.write_atomically

    def held(path: Path, data: bytes) -> None:
        if "（2）" not in path.name:
            raise FileInUse(f"“{path.name}”正被其他程序（WPS、Excel）打开，写不进去。请关闭后重试，或另存为（2）。")
        write(path, data)

    monkeypatch.setattr(files, "write_atomically", held)
    (folder / f"{LEGAL_AID}-自评表.xlsx").write_bytes(b"held")
    robot.answers.answers = ["again", "other"]
    _export(robot, folder, ("xlsx",))
    robot.until(robot.toast)
    assert (folder / f"{LEGAL_AID}-自评表（2）.xlsx").stat().st_size > 1000
    assert (folder / f"{LEGAL_AID}-自评表.xlsx").read_bytes() == b"held"
    assert sum("正被其他程序" in said for said in robot.answers.said) == 2


def test_a_folder_that_is_gone_is_one_sentence(robot: Robot, folder: Path) -> None:
    _export(robot, folder / "gone", ("pdf",))
    robot.until(lambda: robot.answers.said)
    assert "找不到" in robot.answers.said[0]
    assert "重新选择位置" in robot.answers.said[0]


def test_the_preview_shows_and_prints_the_very_pdf(robot: Robot, folder: Path) -> None:
    from pypdfium2 import PdfDocument
    from PySide6.QtPrintSupport import QPrinter

    robot.press("Ctrl+P")
    robot.settle()
    dialog = cast(PreviewDialog, robot.dialog(PreviewDialog))
    assert dialog.paper_text().startswith("A4 纵向 · ")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "printed.pdf"))
    said: list[str] = []
    dialog.printed.connect(said.append)
    dialog.print_to(printer)
    assert said == [f"已交给打印机，共 {len(dialog.pdf)} 页"]
    printed = PdfDocument(folder / "printed.pdf")
    sizes = [page.get_size() for page in printed]
    printed.close()
    assert len(sizes) == len(dialog.pdf)
    for (width, height), (wanted_width, wanted_height) in zip(sizes, dialog.pdf.sizes, strict=True):
        assert abs(width - wanted_width) < 1.5
        assert abs(height - wanted_height) < 1.5
    dialog.reject()


def test_files_come_in_and_one_that_cannot_be_read_keeps_no_other_out(robot: Robot, folder: Path) -> None:
    _export(robot, folder, ("json",))
    good = folder / f"{LEGAL_AID}-自评表.json"
    bad = folder / "坏的.json"
    bad.write_text("{", encoding="utf-8")
    other = folder / "别的.json"
    other.write_text(good.read_text("utf-8").replace(LEGAL_AID, "普法宣传经费"), encoding="utf-8")
    count = len(robot.listed())
    robot.answers.files = [other, bad]
    robot.press("Ctrl+O")
    robot.settle()
    report = cast(ImportReport, robot.dialog(ImportReport))
    assert "导入了 1 张表；1 个文件没有导入" in report.texts()
    assert not any("什么都没有导入" in text for text in report.texts())
    report.accept()
    assert len(robot.listed()) == count + 1
    assert len({line.id for line in robot.window.forms.lines}) == count + 1


def test_a_form_that_is_there_word_for_word_is_not_taken_in_twice(robot: Robot, folder: Path) -> None:
    robot.type("项目名称", "刚改过名")
    here = robot.document.record.id
    _export(robot, folder, ("json",))
    file = folder / "刚改过名-自评表.json"
    before = robot.listed()
    robot.open(BY_LAW)
    stick = folder / "U盘"
    stick.mkdir()
    robot.answers.files = [file.rename(stick / file.name)]
    file = stick / file.name
    robot.press("Ctrl+O")
    robot.settle()
    robot.settle()
    assert robot.window.errands.output.folder() == folder  # what goes out does not follow what comes in
    assert robot.listed() == before
    assert robot.toast() == "1 张已经有了，没有再收"
    assert robot.document.record.id == here  # and it is shown
    robot.type("项目名称", "后来又改了")
    robot.answers.files = [file, file]
    robot.press("Ctrl+O")
    robot.settle()  # read
    robot.settle()  # saved
    assert len(robot.listed()) == len(before) + 1
    assert robot.toast() == "导入了 1 张表；1 张已经有了，没有再收"


# ------------------------------------------------------------------------------------------------ forms


def test_a_new_form_is_made_and_opened(open_window: Open) -> None:
    robot = open_window(empty=True)
    assert robot.window.desk.start.texts()[0] == "还没有表"
    robot.press("Ctrl+N")
    dialog = cast(NewFormDialog, robot.dialog(NewFormDialog))
    dialog.choose("qiannan-2024-project-self")
    dialog.year.setText("二〇二四")
    dialog.accept()
    assert dialog.isVisible()
    dialog.year.setText("２０２４年")
    dialog.name.setText("人民调解")
    dialog.bureau.setText("某县司法局")
    dialog.accept()
    assert robot.listed() == ("人民调解",)
    assert robot.document.record.year == 2024
    assert robot.text("项目名称") == "人民调解"
    assert robot.title().startswith("人民调解")


def test_a_deleted_form_comes_back(robot: Robot) -> None:
    names = robot.listed()
    robot.type("项目名称", "要删的")
    robot.window.commands["trash"].trigger()
    assert "要删的" not in robot.listed()
    assert "已删除“要删的”" in robot.toast()
    robot.window.toast.press("撤销")
    assert robot.text("项目名称") == "要删的"
    robot.window.commands["trash"].trigger()
    robot.window.commands["bin"].trigger()
    dialog = cast(BinDialog, robot.dialog(BinDialog))
    dialog.accept()
    assert len(robot.listed()) == len(names)
    assert robot.text("项目名称") == "要删的"


def test_the_list_shows_marks_and_completion(robot: Robot) -> None:
    robot.settle()
    states = {(line.name, line.year): line.state for line in robot.window.forms.lines}
    assert all(state is not None for state in states.values())
    mine = states[LEGAL_AID, 2020]
    assert mine is not None
    assert mine.verdict.value == "不可上报"
    robot.go("项目名称")
    robot.press("Delete")
    line = robot.window.forms.line(robot.document.record.id)
    assert line is not None
    assert line.state is not None
    assert line.state.completion < mine.completion


def test_ctrl_page_keys_step_through_the_list(robot: Robot) -> None:
    order = robot.window.desk.rail.tree.order()
    robot.window.session.open(order[0])
    robot.press("Ctrl+PgDown")
    assert robot.document.record.id == order[1]
    robot.press("Ctrl+PgUp")
    robot.press("Ctrl+PgUp")
    assert robot.document.record.id == order[0]


def test_search_finds_forms_and_places(robot: Robot) -> None:
    robot.press("Ctrl+F")
    robot.keys("联系工作会")
    finder = robot.window.bar.finder
    assert any("联系工作会" in hit for hit in finder.hits())
    robot.press("Return")
    cell = robot.window.desk.sheet.current_cell()
    assert cell is not None
    assert "联系工作会" in cell.text
    robot.press("Ctrl+K")
    robot.keys("依法行政")
    robot.press("Return")
    assert robot.text("项目名称") == BY_LAW


def test_help_and_about_open(robot: Robot) -> None:
    robot.window.commands["keys"].trigger()
    robot.dialog(KeysDialog).reject()
    robot.window.commands["about"].trigger()
    robot.dialog(AboutDialog).reject()
    robot.window.commands["diagnose"].trigger()
    assert "诊断信息已复制" in robot.toast()


# ------------------------------------------------------------------------------------------------ trouble


def test_a_second_window_may_only_look(robot: Robot, open_window: Open) -> None:
    answers = Answers()
    answers.answers = ["look"]
    second = open_window(answers=answers)
    assert "另一个窗口正在填报" in answers.said[0]
    second.open(LEGAL_AID, year=2020)
    assert "只查看" in second.title()
    assert second.saved_text() == "只查看"
    second.go("项目名称")
    second.keys("x")
    assert second.text("项目名称") == LEGAL_AID
    assert second.toast()
    assert not second.window.commands["insert_row"].isEnabled()
    assert second.window.commands["insert_row"].toolTip() == "本表现在只能查看"
    assert any(one.fix is not None for one in second.document.derived.findings)
    second.press("F8")
    shown = second.window.panel.current_finding()
    assert shown is not None
    assert shown.fix is None  # nothing can be changed here, so no card offers to
    assert not second.window.commands["new"].isEnabled()
    assert second.close()


def test_a_second_window_may_give_up(robot: Robot, open_window: Open) -> None:
    answers = Answers()
    answers.answers = ["cancel"]
    second = open_window(answers=answers)
    assert not second.window.isVisible()
    assert not second.window.forms.ready


def test_a_file_that_is_not_ours_is_refused_and_another_can_be_opened(open_window: Open, folder: Path) -> None:
    (folder / "foreign.db").write_bytes(b"not a database at all" * 100)
    answers = Answers()
    answers.answers = ["other"]
    answers.files = [folder / "good.db"]
    robot = open_window("foreign.db", answers=answers)
    assert robot.window.forms.store.path == folder / "good.db"
    assert (folder / "foreign.db").read_bytes().startswith(b"not a database")


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make the store refuse to save; call the returned function to have room again."""

    def refuse(self: Store, record: object) -> datetime:
        raise UserError("磁盘已满，刚才的改动没有写进数据文件，以前保存的都在。请腾出空间后再保存。")

    monkeypatch.setattr(Store, "save", refuse)
    return monkeypatch.undo


def test_a_full_disk_is_told_and_nothing_is_lost(open_window: Open, full_disk: Callable[[], None]) -> None:
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    robot.type("项目名称", "不能丢")
    robot.until(lambda: robot.saved_text() == "没有存上")
    assert "磁盘已满" in robot.toast()
    robot.answers.answers = ["cancel"]
    assert not robot.close()
    assert robot.window.isVisible()
    assert robot.text("项目名称") == "不能丢"


def test_what_cannot_be_saved_can_be_kept_elsewhere(
    open_window: Open, full_disk: Callable[[], None], folder: Path
) -> None:
    robot = open_window()
    robot.open(LEGAL_AID, year=2020)
    robot.type("项目名称", "另存的")
    robot.answers.answers = ["again", "copy"]
    robot.answers.files = [folder / "救.json"]
    assert robot.close()
    saved = read_records(folder / "救.json", robot.window.forms.templates).records[0]
    assert saved.value("project_name") == "另存的"


# ------------------------------------------------------------------------------------------------ the window


@pytest.mark.parametrize(("width", "rail", "button"), [(1093, False, True), (1366, True, False), (1920, True, False)])
def test_regions_follow_the_width(robot: Robot, width: int, rail: bool, button: bool) -> None:
    robot.window.resize(width, 720)
    robot.settle()
    desk = robot.window.desk
    assert desk.list_is_shown == rail
    assert desk.sheet.width() >= 560
    robot.press("Ctrl+1")
    assert desk.list_is_shown != rail
    robot.press("Ctrl+1")
    assert desk.list_is_shown == rail


def test_the_narrow_list_lies_over_the_sheet_and_esc_closes_it(robot: Robot) -> None:
    robot.window.resize(1093, 614)
    robot.settle()
    width = robot.window.desk.sheet.width()
    robot.press("Ctrl+1")
    assert robot.window.desk.list_is_shown
    assert robot.window.desk.sheet.width() == width
    robot.press("Escape")
    assert not robot.window.desk.list_is_shown


def test_audit_folds_to_a_strip_and_back(robot: Robot) -> None:
    robot.press("Ctrl+2")
    robot.settle()
    assert robot.window.panel.width() == 40
    robot.press("Ctrl+2")
    robot.settle()
    assert robot.window.panel.width() >= 280


def test_f6_goes_round_the_regions(robot: Robot, qapp: QApplication) -> None:
    seen = []
    for _step in range(4):
        robot.press("F6")
        focus = qapp.focusWidget()
        assert focus is not None
        regions = (robot.window.desk.rail, robot.window.desk.sheet, robot.window.panel, robot.window.tools)
        seen.append(next(at for at, one in enumerate(regions) if one is focus or one.isAncestorOf(focus)))
    assert seen == [2, 3, 0, 1]


def test_zoom_and_place_are_remembered(open_window: Open) -> None:
    first = open_window()
    first.open(LEGAL_AID, year=2020)
    first.window.status.zoom.zoom_changed.emit(125)
    first.press("Ctrl+2")
    first.close()
    again = open_window()
    assert not again.window.settings.geometry.isEmpty()
    again.window.restore()
    assert again.window.panel.is_collapsed()
    again.open(LEGAL_AID, year=2020)
    assert again.window.desk.sheet.zoom == pytest.approx(1.25)
    again.press("Ctrl+0")
    assert again.window.desk.sheet.is_fitting


def test_a_window_left_on_a_screen_that_is_gone_comes_back(robot: Robot, qapp: QApplication) -> None:
    from ui import regions

    robot.window.move(90_000, 90_000)
    regions.bring_back(robot.window)
    assert qapp.primaryScreen().availableGeometry().intersects(robot.window.frameGeometry())


def test_dark_and_big_type_reach_every_part(robot: Robot) -> None:
    robot.window.commands["dark"].trigger()
    assert robot.window.appearance.tokens.mode.value == "dark"
    assert robot.window.commands["dark"].isChecked()
    robot.window.commands["size_2"].trigger()
    robot.settle()
    assert robot.window.status.height() > 34
    robot.window.commands["size_0"].trigger()
    robot.window.commands["light"].trigger()
    assert robot.window.appearance.tokens.mode.value == "light"
