"""Start page, menu bar and dialogs of the real window: where the keyboard is, what is proposed, and what nothing looks like."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton

from perfdesk import __version__
from tests.qt_tools import child, children
from tests.robot import LEGAL_AID, Open, Robot
from ui.dialogs.about import AboutDialog
from ui.dialogs.bin import BinDialog
from ui.dialogs.export import ExportDialog
from ui.dialogs.new_form import NewFormDialog
from ui.dialogs.preview import PreviewDialog

if TYPE_CHECKING:
    import pytest


def test_enter_goes_on_with_the_last_form(open_window: Open) -> None:
    first = open_window()
    first.open(LEGAL_AID, year=2020)
    wanted = first.document.record.id
    first.close()
    again = open_window(empty=True)  # no samples: the store keeps those of before
    again.press("Return")
    assert again.document.record.id == wanted


def test_a_window_that_opens_on_the_start_page_has_the_keyboard_there(open_window: Open) -> None:
    robot = open_window(empty=True)
    focus = robot.window.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text() == "新建表…"
    robot.press("Return")
    robot.dialog(NewFormDialog).reject()


def test_after_deleting_the_open_form_the_one_before_is_offered(robot: Robot) -> None:
    robot.open("依法行政专项经费")
    before = robot.document.record
    robot.open(LEGAL_AID, year=2020)
    robot.window.commands["trash"].trigger()
    assert [row.year for row in robot.window.desk.home.table.rows] == [before.year]
    robot.press("Return")
    assert robot.document.record.id == before.id


def test_the_seal_stands_ten_pixels_from_the_edge(robot: Robot) -> None:
    seal = next(one for one in children(robot.window.bar, QLabel) if not one.pixmap().isNull())
    left = seal.mapTo(robot.window, seal.contentsRect().topLeft()).x()
    assert left == 10


def test_an_empty_bin_is_a_sentence(robot: Robot) -> None:
    robot.window.commands["bin"].trigger()
    dialog = cast(BinDialog, robot.dialog(BinDialog))
    assert child(dialog, QListWidget).isHidden()
    assert dialog.height() < 240
    assert any("可以取回" in one.text() for one in children(dialog, QLabel) if one.isVisible())
    dialog.reject()


def test_about_names_the_version_and_every_part_with_its_licence(robot: Robot) -> None:
    robot.window.commands["about"].trigger()
    dialog = cast(AboutDialog, robot.dialog(AboutDialog))
    assert any(one.text().startswith(f"版本 {__version__}　参数 ") for one in children(dialog, QLabel))
    items = [dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount())]
    names = [one.text(0) for one in items]
    assert {"Python", "pyside6-essentials", "reportlab", "Lucide"} <= set(names)
    for item in items:
        dialog.list.setCurrentItem(item)
        assert len(dialog.text.toPlainText()) > 100, item.text(0)
    dialog.list.setCurrentItem(items[names.index("pyside6-essentials")])
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in dialog.text.toPlainText()
    dialog.reject()


def test_the_diagnosis_says_how_much_there_is_and_never_what(robot: Robot) -> None:
    robot.type("项目名称", "张三的补助")
    robot.save_wait()
    helping = robot.window.errands.helping
    helping.remember("ValueError\n  view.py:12 paint")
    text = helping.diagnosis()
    forms = robot.window.forms
    assert f"绩效填报台 {__version__}" in text
    assert f"表：{len(forms.lines)} 张，回收站 0 张" in text
    assert text.endswith("ValueError\n  view.py:12 paint")
    known = [line.name for line in forms.lines] + [robot.document.record.bureau]
    private = ("张三", str(forms.store.path), str(Path.home()), *filter(None, known))
    assert [word for word in private if word in text] == []


def test_a_missing_documents_folder_is_never_proposed(
    robot: Robot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QStandardPaths, "writableLocation", staticmethod(lambda _kind: str(folder / "Documents")))
    monkeypatch.setattr(Path, "home", lambda: folder)
    robot.press("Ctrl+E")
    dialog = cast(ExportDialog, robot.dialog(ExportDialog))
    assert dialog.folder.text() == str(folder)
    dialog.reject()
    (folder / "Documents").mkdir()
    robot.press("Ctrl+E")
    dialog = cast(ExportDialog, robot.dialog(ExportDialog))
    assert dialog.folder.text() == str(folder / "Documents")
    dialog.reject()


def test_an_export_that_did_not_work_asks_again_with_the_folder_selected(robot: Robot, folder: Path) -> None:
    robot.press("Ctrl+E")
    dialog = cast(ExportDialog, robot.dialog(ExportDialog))
    dialog.folder.setText(str(folder / "gone"))
    dialog.name.setText("报送")
    for key, box in dialog.boxes.items():
        box.setChecked(key == "json")
    dialog.accept()
    robot.settle()
    robot.until(lambda: robot.answers.said)
    again = cast(ExportDialog, robot.dialog(ExportDialog))
    assert again is not dialog
    assert again.name.text() == "报送"
    assert [key for key, box in again.boxes.items() if box.isChecked()] == ["json"]
    assert again.folder.selectedText() == str(folder / "gone")
    again.folder.setText(str(folder))
    again.accept()
    robot.until((folder / "报送.json").exists)
    robot.settle()


def test_the_test_page_is_shown_as_it_is_printed_and_cannot_be_exported(robot: Robot) -> None:
    robot.window.commands["test_page"].trigger()
    dialog = robot.dialog(PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    assert dialog.paper_text().startswith("A4 纵向 · 1 页")
    shown = {one.text() for one in children(dialog, QPushButton) if one.isVisible()}
    assert shown == {"关闭", "打印…"}
