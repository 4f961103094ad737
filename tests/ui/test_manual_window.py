"""The handbook in its window: opened by F1 at the place where the keyboard is, read beside the form, searched."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel

import ui
from perfdesk.places import resources
from tests.qt_tools import children, press
from tests.robot import Open, Robot
from ui import theme
from ui.actions import key_list
from ui.dialogs.library import LibraryDialog
from ui.dialogs.new_form import NewFormDialog
from ui.dialogs.replace import ReplaceDialog
from ui.manual import ManualWindow
from ui.manual.pages import ALL_KEYS, FILLING, KEYBOARD, around, find, page_with, read_pages
from ui.manual.places import AUDIT, DIALOGS, FIRST, PARTS, SCORES
from ui.report.view import ReportView

if TYPE_CHECKING:
    from pathlib import Path


FOLDER = resources() / "manual"
TEXT = (FOLDER / "manual.md").read_text("utf-8")
PAGES = read_pages(TEXT)


def _manual(robot: Robot) -> ManualWindow:
    found = robot.window.errands.helping.manual
    assert found is not None
    assert found.isVisible()
    return found


def _read(robot: Robot) -> tuple[str, str]:
    """The chapter that is open, and the heading the contents mark."""
    manual = _manual(robot)
    return manual.chapter(), manual.contents.currentItem().text(0)


def _has_keyboard(robot: Robot, dialog: QDialog) -> None:
    """Wait until the keyboard is in a dialog."""
    robot.until(lambda: (focus := QApplication.focusWidget()) is not None and focus.window() is dialog)


# --------------------------------------------------------------------------------------------------- the pages


def test_a_page_for_each_chapter() -> None:
    chapters = re.findall(r"^## (.+)$", TEXT, re.MULTILINE)
    assert [one.title for one in PAGES] == [FIRST, *chapters]
    assert all(f"## {one.title}" in one.text for one in PAGES[1:])


def test_no_heading_stands_twice_but_that_of_the_keys() -> None:
    names = [name for one in PAGES for name in (one.title, *one.sections) if name != "这里的键"]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("heading", sorted({*PARTS.values(), *DIALOGS.values(), *re.findall(r"\]\(#([^)]+)\)", TEXT)}))
def test_every_place_and_every_link_leads_to_a_heading(heading: str) -> None:
    page = PAGES[page_with(PAGES, heading)]
    assert heading == page.title or heading in page.sections


def test_every_dialog_has_its_place_in_the_handbook() -> None:
    for found in pkgutil.walk_packages(ui.__path__, "ui."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    dialogs = {one.__name__ for one in QDialog.__subclasses__() if one.__module__.startswith("ui.")}
    assert set(DIALOGS) == dialogs


def test_every_key_stands_on_the_page_of_keys_and_those_of_a_place_on_its_own() -> None:
    keyboard = PAGES[page_with(PAGES, KEYBOARD)].text
    assert all(f"| {keys} | {words} |" in keyboard for keys, words in key_list())
    assert "| Alt+Enter |" in PAGES[page_with(PAGES, FILLING)].text
    assert "| Ctrl+P |" in PAGES[page_with(PAGES, "打印")].text
    assert "| Ctrl+P |" not in PAGES[page_with(PAGES, AUDIT)].text


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("版本", "版本"),
        ("ｆ８", "五、写报告"),
        ("flyz", "年度总览"),
        ("备份", "备份和换电脑"),
        ("没有这样的词", None),
        (" ", None),
    ],
)
def test_a_word_is_found_wherever_it_stands(wanted: str, first: str | None) -> None:
    hits = find(PAGES, wanted)
    assert (hits[0].heading if hits else None) == first


def test_what_was_found_is_shown_without_signs_and_with_a_little_around_it() -> None:
    lines = [hit.line for hit in find(PAGES, "新建表")]
    assert "新建表（Ctrl+N）：左边选表样，右边看它的样子，再写年度、项目名称（部门的表不写）和单位。" in lines
    assert around("一" * 40 + "备份" + "二" * 40, "备份") == "…" + "一" * 15 + "备份" + "二" * 24 + "…"
    assert around("备份", "备份") == "备份"


def test_every_picture_of_the_handbook_is_there_and_small() -> None:
    names = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", TEXT)
    assert set(names) == {f"pictures/{path.name}" for path in (FOLDER / "pictures").glob("*")}
    sizes = [(FOLDER / name).stat().st_size for name in names]
    assert sum(sizes) <= 3 * 1024 * 1024


# -------------------------------------------------------------------------------------------------- the window


def test_f1_opens_the_page_for_the_cell(robot: Robot) -> None:
    robot.go("项目名称")
    robot.press("F1")
    assert _read(robot) == (FILLING, FILLING)
    robot.go("得分")
    robot.press("F1")
    assert _manual(robot).chapter() == SCORES
    robot.go("全年预算数")
    robot.press("F1")
    assert _read(robot) == (FILLING, "数和算式")


def test_f1_while_a_cell_is_edited_leaves_the_text_alone(robot: Robot) -> None:
    robot.go("项目名称")
    robot.keys("新")
    robot.press("F1")
    assert _manual(robot).chapter() == FILLING
    robot.window.activateWindow()
    robot.press("Return")
    assert robot.text("项目名称") == "新"


def test_f1_knows_the_panel_and_the_home_page(robot: Robot) -> None:
    robot.window.panel.focus_list()
    robot.press("F1")
    assert _manual(robot).chapter() == AUDIT
    robot.window.commands["home"].trigger()
    robot.settle()
    _manual(robot).close()
    robot.window.activateWindow()
    robot.window.desk.focus_sheet()
    robot.press("F1")
    assert _read(robot)[1] == "年度总览"


def test_a_rating_a_summary_and_a_report_have_pages_of_their_own(open_window: Open) -> None:
    robot = open_window()
    kinds = {
        "chenxi-2021-department-rating": "评分表",
        "summary-project-self": "汇总表",
        "lingling-2022-report": "五、写报告",
    }
    for template, heading in kinds.items():
        forms = robot.window.forms
        robot.window.session.open(forms.create(template, year=2020, name="", bureau="示例县司法局"))
        page = robot.window.desk.page
        (page.editor if isinstance(page, ReportView) else page).setFocus()
        robot.press("F1")
        assert _read(robot)[1] == heading, template


@pytest.mark.parametrize(
    ("command", "kind", "heading"),
    [
        ("new", NewFormDialog, "新建表和导入"),
        ("replace", ReplaceDialog, "查找和替换"),
        ("library", LibraryDialog, "指标库和常用说明"),
    ],
)
def test_f1_in_a_dialog_opens_its_page_over_it(robot: Robot, command: str, kind: type[QDialog], heading: str) -> None:
    robot.press("F1")
    robot.window.commands[command].trigger()
    dialog = robot.dialog(kind)
    _has_keyboard(robot, dialog)
    robot.press("F1")
    assert _read(robot)[1] == heading
    assert _manual(robot).parent() is dialog
    _manual(robot).close()
    dialog.reject()
    robot.settle()
    robot.press("F1")
    assert _manual(robot).parent() is robot.window


def test_f1_in_the_handbook_itself_lists_all_keys(robot: Robot) -> None:
    robot.press("F1")
    manual = _manual(robot)
    _has_keyboard(robot, manual)
    robot.press("F1")
    assert _manual(robot) is manual
    assert _read(robot) == (KEYBOARD, ALL_KEYS)


def test_the_handbook_goes_with_the_dialog_it_stands_over(robot: Robot) -> None:
    robot.window.commands["new"].trigger()
    dialog = robot.dialog(NewFormDialog)
    _has_keyboard(robot, dialog)
    robot.press("F1")
    _manual(robot)
    dialog.reject()
    robot.settle()
    assert robot.window.errands.helping.manual is None


def test_it_blocks_nothing_and_no_link_leads_out(robot: Robot) -> None:
    robot.window.commands["manual"].trigger()
    manual = _manual(robot)
    assert not manual.isModal()
    assert "手册" in manual.text()
    assert "**" not in manual.text()
    assert not manual.page.openLinks()
    assert not manual.page.openExternalLinks()
    press(manual, Qt.Key.Key_Escape)
    robot.settle()
    assert robot.window.errands.helping.manual is None


def test_its_ground_follows_the_theme(robot: Robot) -> None:
    robot.window.commands["manual"].trigger()
    robot.window.commands["dark"].trigger()
    ground = _manual(robot).page.viewport().grab().toImage().pixelColor(3, 3).name().upper()
    robot.window.commands["light"].trigger()
    assert ground == theme.DARK.raised.upper()


def test_contents_and_page_go_together(robot: Robot) -> None:
    robot.window.commands["manual"].trigger()
    manual = _manual(robot)
    top = manual.contents.topLevelItem(page_with(PAGES, "导出"))
    manual.contents.setCurrentItem(top.child(1))
    assert manual.page.heading() == top.child(1).text(0)
    manual.page.verticalScrollBar().setValue(0)
    assert manual.contents.currentItem() is top
    manual.turn_to("版本")  # too near to the end to reach the top
    assert _read(robot)[1] == "版本"


def test_a_link_goes_to_a_heading_and_alt_left_back(robot: Robot) -> None:
    robot.window.commands["manual"].trigger()
    manual = _manual(robot)
    manual.page.anchorClicked.emit(QUrl("#新的一年"))
    assert _read(robot)[1] == "新的一年"
    manual.go_back()
    assert manual.chapter() == FIRST
    manual.go_back()
    assert manual.chapter() == FIRST


def test_searching_lists_lines_and_marks_them_on_the_page(robot: Robot) -> None:
    robot.window.commands["manual"].trigger()
    manual = _manual(robot)
    manual.search.setText("校验码")
    assert not manual.hits.isHidden()
    assert manual.hits.count() == len(find(PAGES, "校验码"))
    press(manual.search, Qt.Key.Key_Return)
    assert "校验码" in manual.text()
    assert manual.page.extraSelections()
    manual.search.setText("没有这样的词")
    assert manual.hits.count() == 0
    assert any("手册里没有这个词" in one.text() for one in children(manual, QLabel) if one.isVisible())
    manual.search.clear()
    assert not manual.contents.isHidden()
    assert not manual.page.extraSelections()


def test_pictures_are_as_wide_as_the_page_and_no_wider_than_taken(robot: Robot, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    for name, width in (("wide", 3000), ("small", 40)):
        picture = QImage(width, 30, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.red)
        picture.save(str(tmp_path / "pictures" / f"{name}.png"))
    path = tmp_path / "manual.md"
    path.write_text("# 手册\n\n![大](pictures/wide.png)\n\n![小](pictures/small.png)\n\n完\n", "utf-8")
    manual = ManualWindow(path, robot.window)
    manual.show()
    seen = manual.page.viewport().grab().toImage()
    points = [(x, seen.pixelColor(x, y)) for y in range(0, seen.height(), 3) for x in range(seen.width())]
    reds = [x for x, colour in points if colour.red() > 250 and colour.green() < 5]
    assert min(reds) > 8
    assert seen.width() - 24 < max(reds) < seen.width() - 8
    assert manual.page.horizontalScrollBar().maximum() == 0
    manual.resize(manual.width() - 100, manual.height())
    robot.settle()
    assert manual.page.horizontalScrollBar().maximum() == 0
    manual.close()
    manual.deleteLater()
