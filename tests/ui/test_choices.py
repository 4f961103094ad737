"""Choosing instead of typing, and the rows of a list: on a small list form with a column of choices, squares and boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from perfdesk.editing import get_text, new_record
from perfdesk.fonts import text_width
from perfdesk.layout import STYLES
from perfdesk.model import Binding, Block, ListRow
from perfdesk.policy import load_policies
from perfdesk.template import read_template
from tests.qt_tools import children
from ui import theme
from ui.document import Document
from ui.sheet.choices import ChoiceList
from ui.sheet.geometry import PX_PER_PT
from ui.sheet.model import FRAGMENT
from ui.sheet.view import SheetView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from perfdesk.layout import Fragment
    from ui.theme import Faces

ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 2, 5, 9, 30, tzinfo=UTC)
FORM = """
title = "公开目录"
kind = "publication_list"
source = "某县财政局"
unit = "万元"
policy = "national-2020"
columns_mm = [40, 40, 40, 40]

[page]
orientation = "portrait"
margins_mm = [13, 13, 13, 13]
row_mm = 7

[fields]
nature = { label = "项目性质", choices = ["省级专项", "部门预算"] }
scope = { label = "范围", choices = ["公开", "不公开"] }
causes = { label = "原因", choices = ["经费保障", "人员保障", "其他"], many = true }

[columns]
agency = { label = "单位" }
published = { label = "是否公开", choices = ["是", "否"] }
ways = { label = "公开方式", choices = ["网站", "报纸", "公告栏"], many = true }
remark = { label = "其他" }

[[blocks]]
rows = [
  ["=性质", "?nature=□省级专项　□部门预算", "<", "<"],
  ["=范围", "?scope=1、公开□　2、不公开□", "<", "<"],
  ["=经费", "?causes=经费保障", "=人员", "?causes=人员保障"],
]

[[blocks]]
role = "list"
header = [["=单位", "=是否公开", "=方式", "=其他"]]
row = ["agency", "published", "ways", "remark"]
"""
NATURE, SCOPE, CAUSES = (Binding(Block.VALUES, key) for key in ("nature", "scope", "causes"))


def _at(key: str, row: int = 0) -> Binding:
    return Binding(Block.ROWS, key, row=row)


@dataclass
class Desk:
    """A list form on the screen."""

    view: SheetView
    document: Document

    def text(self, binding: Binding) -> str:
        return get_text(self.document.record, binding)

    def press(self, key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, how)

    def listed(self) -> ChoiceList:
        found = [one for one in children(self.view, ChoiceList) if one.isVisible()]
        assert len(found) == 1, "no list is open"
        return found[0]

    def closed(self) -> bool:
        return not any(one.isVisible() for one in children(self.view, ChoiceList))

    def go_to_square(self, word: str) -> None:
        for index in self.view.sheet_model.inputs() if self.view.sheet_model else ():
            cell = self.view.sheet_model.cell_at(index) if self.view.sheet_model else None
            if cell is not None and cell.tick == word:
                self.view.setCurrentIndex(index)

    def click(self, place: QPoint) -> None:
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


@pytest.fixture
def desk(qtbot: QtBot, faces: Faces, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    path = tmp_path / "our-list.toml"
    path.write_text(FORM, encoding="utf-8")
    template = read_template(path, load_policies(ROOT / "resources" / "policies"))
    record = new_record(template, record_id="1", year=2024)
    document = Document(template, record, save=lambda _record: NOW, read_only=getattr(request, "param", False))
    view = SheetView(theme.LIGHT, faces, today=lambda: date(2025, 2, 5))
    qtbot.addWidget(view)
    view.resize(900, 700)
    view.show_document(document)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    view.setFocus()
    yield Desk(view, document)
    view.show_document(None)


# ------------------------------------------------------------------------------------------------------------- the list


@pytest.mark.parametrize(
    ("key", "how"),
    [(Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier), (Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)],
)
def test_the_list_opens_by_key_and_enter_puts_the_word_in(desk: Desk, key: Qt.Key, how: Qt.KeyboardModifier) -> None:
    desk.view.go_to(_at("published"))
    desk.press(key, how)
    QTest.keyClick(desk.listed(), Qt.Key.Key_Down)
    QTest.keyClick(desk.listed(), Qt.Key.Key_Return)
    assert desk.text(_at("published")) == "否"
    assert desk.closed()
    desk.document.undo_stack.undo()
    assert desk.text(_at("published")) == ""
    assert not desk.document.undo_stack.canUndo()


def test_the_word_that_stands_there_is_current_and_stays(desk: Desk) -> None:
    desk.document.edit(_at("published"), "否")
    desk.document.end_edit()
    desk.view.go_to(_at("published"))
    desk.press(Qt.Key.Key_F2)
    assert desk.listed().currentItem().text() == "否"
    QTest.keyClick(desk.listed(), Qt.Key.Key_Return)
    assert desk.text(_at("published")) == "否"


def test_several_are_ticked_with_space_and_stand_in_the_list_s_order(desk: Desk) -> None:
    desk.view.go_to(_at("ways"))
    desk.press(Qt.Key.Key_F2)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Space):
        QTest.keyClick(desk.listed(), key)
    assert desk.text(_at("ways")) == "网站、公告栏"
    QTest.keyClick(desk.listed(), Qt.Key.Key_Space)
    QTest.keyClick(desk.listed(), Qt.Key.Key_Escape)
    assert desk.text(_at("ways")) == "公告栏"
    assert desk.closed()


def test_esc_chooses_nothing(desk: Desk) -> None:
    desk.view.go_to(_at("published"))
    desk.press(Qt.Key.Key_F2)
    QTest.keyClick(desk.listed(), Qt.Key.Key_Escape)
    assert desk.closed()
    assert not desk.document.undo_stack.canUndo()


def test_the_arrow_stands_in_the_current_cell_only_and_opens(desk: Desk) -> None:
    desk.view.go_to(_at("agency"))
    assert not desk.view.choices.arrow().isValid()
    desk.view.go_to(_at("published"))
    desk.click(desk.view.choices.arrow().center())
    desk.listed().close()


def test_typing_over_is_still_possible(desk: Desk) -> None:
    desk.view.go_to(_at("published"))
    event = QInputMethodEvent("", [])
    event.setCommitString("部分公开")
    QApplication.sendEvent(desk.view, event)
    desk.view.commit_editor()
    assert desk.text(_at("published")) == "部分公开"


# ---------------------------------------------------------------------------------------------------- squares and boxes


def test_space_and_click_tick_a_square(desk: Desk) -> None:
    desk.go_to_square("人员保障")
    desk.press(Qt.Key.Key_Space)
    desk.go_to_square("经费保障")
    desk.click(desk.view.visualRect(desk.view.currentIndex()).center())
    assert desk.text(CAUSES) == "经费保障、人员保障"
    assert desk.view.current_cell() is not None
    desk.press(Qt.Key.Key_F2)
    assert desk.text(CAUSES) == "人员保障"
    desk.document.undo_stack.undo()
    assert desk.text(CAUSES) == "经费保障、人员保障"
    assert not desk.view.is_editing


def test_the_box_that_is_clicked_is_ticked(desk: Desk) -> None:
    desk.view.go_to(NATURE)
    index = desk.view.currentIndex()
    fragment: Fragment = index.data(FRAGMENT)
    line, style = fragment.lines[0], STYLES[fragment.cell.role]
    x = line.x + text_width(line.text[: line.text.index("部门预算")], size=style.size)
    scale = PX_PER_PT * desk.view.zoom
    corner = desk.view.visualRect(index).topLeft()
    desk.click(corner + QPoint(round((x + 4) * scale), round((line.y - 3) * scale)))
    assert desk.text(NATURE) == "部门预算"
    assert "☑部门预算" in str(desk.view.currentIndex().data())
    desk.click(corner + QPoint(round((fragment.width - 30) * scale), round((line.y - 3) * scale)))
    assert desk.text(NATURE) == "部门预算"


def test_a_box_behind_its_word_belongs_to_it(desk: Desk) -> None:
    desk.view.go_to(SCOPE)
    fragment: Fragment = desk.view.currentIndex().data(FRAGMENT)
    line, style = fragment.lines[0], STYLES[fragment.cell.role]
    scale, corner = PX_PER_PT * desk.view.zoom, desk.view.visualRect(desk.view.currentIndex()).topLeft()

    def click(at: int) -> None:
        x = line.x + text_width(line.text[:at], size=style.size) + style.size / 2
        desk.click(corner + QPoint(round(x * scale), round((line.y - 3) * scale)))

    click(line.text.index("□"))
    assert desk.text(SCOPE) == "公开"
    click(line.text.rindex("公开"))
    assert desk.text(SCOPE) == "不公开"
    assert "1、公开□　2、不公开☑" in str(desk.view.currentIndex().data())
    click(line.text.index("2"))
    assert desk.text(SCOPE) == "不公开"


def test_a_click_just_beside_a_box_means_it_and_far_away_nothing(desk: Desk) -> None:
    desk.view.go_to(NATURE)
    fragment: Fragment = desk.view.currentIndex().data(FRAGMENT)
    line, style = fragment.lines[0], STYLES[fragment.cell.role]
    scale, corner = PX_PER_PT * desk.view.zoom, desk.view.visualRect(desk.view.currentIndex()).topLeft()
    end = line.x + text_width(line.text, size=style.size)
    for beside, chosen in ((20, ""), (5, "部门预算")):
        desk.click(corner + QPoint(round((end + beside) * scale), round((line.y - 3) * scale)))
        assert desk.text(NATURE) == chosen


def test_a_quick_second_click_ticks_once_more(desk: Desk) -> None:
    desk.go_to_square("经费保障")
    place = desk.view.visualRect(desk.view.currentIndex()).center()
    desk.click(place)
    assert desk.text(CAUSES) == "经费保障"
    QTest.mouseDClick(desk.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert desk.text(CAUSES) == ""
    assert not desk.view.is_editing


def test_boxes_and_squares_take_no_letters(desk: Desk) -> None:
    for go in (lambda: desk.view.go_to(NATURE), lambda: desk.go_to_square("经费保障")):
        go()
        event = QInputMethodEvent("", [])
        event.setCommitString("字")
        QApplication.sendEvent(desk.view, event)
        desk.press(Qt.Key.Key_Backspace)
        assert not desk.view.is_editing
    assert not desk.document.undo_stack.canUndo()


def test_a_reader_says_what_there_is_to_choose(desk: Desk) -> None:
    def said() -> str:
        return str(desk.view.currentIndex().data(Qt.ItemDataRole.AccessibleDescriptionRole))

    desk.view.go_to(_at("ways"))
    assert said() == "可选：网站、报纸、公告栏（可多选），按 Alt+↓ 打开"
    desk.go_to_square("经费保障")
    assert said() == "未勾选，空格勾选"
    desk.press(Qt.Key.Key_Space)
    assert said() == "已勾选，空格取消"


@pytest.mark.parametrize("desk", [True], indirect=True)
def test_a_form_that_is_looked_at_says_so(desk: Desk) -> None:
    heard: list[str] = []
    desk.view.refused.connect(heard.append)
    desk.view.go_to(_at("published"))
    desk.press(Qt.Key.Key_F2)
    assert desk.closed()
    desk.go_to_square("经费保障")
    desk.press(Qt.Key.Key_Space)
    assert heard == ["本表现在只能查看"] * 2


# ----------------------------------------------------------------------------------------------------------------- rows


def _agencies(desk: Desk) -> list[str]:
    return [row.text("agency") for row in desk.document.record.rows]


def _type(desk: Desk, text: str) -> None:
    QTest.keyClicks(desk.view, text[0])
    editor = QApplication.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_enter_on_the_last_row_of_a_list_adds_one(desk: Desk) -> None:
    desk.view.go_to(_at("agency"))
    for name in ("abc", "def"):
        _type(desk, name)
    assert _agencies(desk) == ["abc", "def", ""]
    place = desk.view.current_cell()
    assert place is not None
    assert place.binding == _at("agency", 2)
    desk.press(Qt.Key.Key_Return)
    assert len(desk.document.record.rows) == 3


def test_a_new_row_goes_on_in_the_column(desk: Desk) -> None:
    desk.view.go_to(_at("remark"))
    for text in ("abc", "def"):
        _type(desk, text)
    assert [row.text("remark") for row in desk.document.record.rows] == ["abc", "def", ""]
    place = desk.view.current_cell()
    assert place is not None
    assert place.binding == _at("remark", 2)


def test_tab_in_the_last_cell_of_a_list_adds_a_row(desk: Desk) -> None:
    desk.view.go_to(_at("agency"))
    for key in ("agency", "published", "ways", "remark"):
        place = desk.view.current_cell()
        assert place is not None
        assert place.binding == _at(key)
        QTest.keyClicks(desk.view, "a") if key == "agency" else None
        QTest.keyClick(QApplication.focusWidget() or desk.view, Qt.Key.Key_Tab)
    place = desk.view.current_cell()
    assert place is not None
    assert place.binding == _at("agency", 1)
    assert len(desk.document.record.rows) == 2


def test_a_pasted_list_gets_as_many_rows_as_it_has_lines(desk: Desk) -> None:
    QApplication.clipboard().setText("甲\t是\t网站\n\n乙\t否\n丙\t\t\t备注\n")
    desk.view.go_to(_at("agency"))
    desk.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert _agencies(desk) == ["甲", "乙", "丙"]
    assert [row.text("published") for row in desk.document.record.rows] == ["是", "否", ""]
    assert desk.text(_at("remark", 2)) == "备注"
    desk.document.undo_stack.undo()
    assert desk.document.record.rows == ()


def test_rows_of_a_list_come_go_and_move(desk: Desk) -> None:
    desk.view.rows.insert()
    assert desk.document.record.rows == ()
    rows = tuple(ListRow.of({"agency": name}) for name in "甲乙丙")
    desk.document.change(replace(desk.document.record, rows=rows), text="三行")
    desk.view.go_to(_at("agency", 1))
    assert desk.view.rows.word() == "行"
    desk.view.rows.duplicate()
    assert _agencies(desk) == ["甲", "乙", "乙", "丙"]
    desk.view.rows.delete()
    desk.view.rows.move(-1)
    assert _agencies(desk) == ["甲", "丙", "乙"]
    desk.view.rows.insert()
    assert _agencies(desk) == ["甲", "丙", "", "乙"]
    words = [one.text().partition("\t")[0] for one in desk.view.rows.menu().actions() if one.text()]
    assert "在下面插入行" in words
