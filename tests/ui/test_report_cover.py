"""The cover of a report in the real window: its fields found, typed, undone, refused, and walked through."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from perfdesk.editing import set_text
from perfdesk.model import Binding, Block, Figure
from perfdesk.outline import Caret
from perfdesk.sheet import Role
from tests.qt_tools import children
from tests.robot import Open, Robot
from ui.report.field import CoverField
from ui.report.view import ReportView

OFFICE = "某县司法局"
TITLE = Binding(Block.VALUES, "title")
AGENCY = Binding(Block.VALUES, "agency")
Made = Callable[..., Robot]


@pytest.fixture
def made(open_window: Open) -> Made:
    """Open a window on a new report."""

    def make(template: str = "lingling-2022-report") -> Robot:
        robot = open_window(empty=True)
        robot.window.session.open(robot.window.forms.create(template, year=2022, name="", bureau=OFFICE))
        robot.settle()
        return robot

    return make


def _view(robot: Robot) -> ReportView:
    return robot.window.desk.report


def _field(robot: Robot, words: str) -> CoverField:
    return next(one for one in children(_view(robot), CoverField) if one.accessibleName().startswith(words))


def test_the_cover_shows_what_the_form_prints(made: Made) -> None:
    robot = made()
    names = [one.accessibleName() for one in children(_view(robot), CoverField)]
    assert names == ["附件", "标题", "单位（盖章）"]
    assert _field(robot, "单位").toPlainText() == OFFICE


def test_f8_reaches_a_blank_title_and_what_is_typed_is_one_step(made: Made) -> None:
    robot = made("chenxi-2021-report")
    old = robot.document.record.value("title")
    _field(robot, "标题").setFocus()
    robot.press("Ctrl+A")
    robot.press("Del")
    assert robot.document.record.value("title") == ""
    _view(robot).go_to(Binding(Block.SECTIONS, "heading", 3))
    _view(robot).editor.setFocus()
    robot.press("Shift+F8")
    while _view(robot).place != TITLE:
        robot.press("F8")
    assert QApplication.focusWidget() is _field(robot, "标题")
    robot.keys("2022年度自评报告")
    assert robot.document.record.value("title") == "2022年度自评报告"
    robot.undo()
    assert robot.document.record.value("title") == ""
    robot.undo()
    assert robot.document.record.value("title") == old
    assert _field(robot, "标题").toPlainText() == old
    robot.redo()
    assert _field(robot, "标题").toPlainText() == ""


def test_f8_walks_from_blank_to_blank(made: Made) -> None:
    robot = made()
    seen = []
    for _press in range(3):
        robot.press("F8")
        seen.append(_view(robot).place)
    assert [one.row for one in seen] == sorted({one.row for one in seen})
    assert all(one == Binding(Block.SECTIONS, "0", one.row) for one in seen)
    robot.press("Shift+F8")
    assert _view(robot).place == seen[1]


def test_enter_tab_and_arrows_lead_through_the_cover_into_the_text_and_back(made: Made) -> None:
    robot = made()
    _field(robot, "附件").setFocus()
    robot.keys("附件3")
    robot.press("Return")
    assert QApplication.focusWidget() is _field(robot, "标题")
    robot.press("Tab")
    assert QApplication.focusWidget() is _field(robot, "单位")
    robot.press("Shift+Tab")
    assert QApplication.focusWidget() is _field(robot, "标题")
    robot.press("Down")
    robot.press("Down")
    assert QApplication.focusWidget() is _view(robot).editor
    assert _view(robot).place == Binding(Block.SECTIONS, "heading", 0)
    robot.press("Up")
    assert _view(robot).place == AGENCY
    assert robot.document.record.value("annex") == "附件3"


def test_fields_are_steps_of_their_own(made: Made) -> None:
    robot = made()
    for words, text in (("附件", "附件3"), ("单位", "（章）")):
        _field(robot, words).setFocus()
        robot.press("End")
        robot.keys(text)
    robot.undo()
    assert robot.document.record.value("agency") == OFFICE
    assert robot.document.record.value("annex") == "附件3"


def test_a_composition_on_the_cover_is_not_taken_before_it_is_finished(made: Made) -> None:
    robot = made()
    _field(robot, "附件").setFocus()
    robot.compose("fujian")
    assert robot.document.record.value("annex") == ""
    robot.compose("", commit="附件")
    assert robot.document.record.value("annex") == "附件"


def test_a_figure_and_a_paste_come_into_the_field_as_words(made: Made) -> None:
    robot = made()
    _field(robot, "附件").setFocus()
    _view(robot).insert_item(Figure("本表·年度", "年度", "本表", "2022", "年"))
    data = QMimeData()
    data.setText("年度\r\n  附件 ")
    QGuiApplication.clipboard().setMimeData(data)
    robot.press("Ctrl+V")
    QGuiApplication.clipboard().clear()
    assert robot.document.record.value("annex") == "2022年度 附件"


def test_a_long_title_takes_a_second_line_and_moves_the_text_down(made: Made) -> None:
    robot = made()
    field, editor = _field(robot, "标题"), _view(robot).editor
    low = editor.cursorRect().top()
    field.setFocus()
    height = field.height()
    robot.press("Ctrl+A")
    robot.keys("某县司法局2022年度部门整体支出绩效自评报告（含专项资金）")
    assert field.height() in range(2 * height - 1, 2 * height + 2)  # lines end between pixels
    assert editor.cursorRect().top() == low + field.height() - height


def test_a_centred_row_is_as_wide_as_its_words(made: Made) -> None:
    robot = made()
    field, page = _field(robot, "单位"), _view(robot).editor.cover
    field.setFocus()
    for text in ("", "永州市司法局"):
        robot.press("End")
        robot.keys(text)
        robot.settle()
        line = field.parentWidget()
        assert line is not None
        children_of_line = line.childrenRect().translated(line.pos())
        assert abs(children_of_line.center().x() - page.rect().center().x()) < 0.1 * page.width()
        assert field.width() < line.width() / 2


def test_a_report_that_is_only_looked_at_keeps_its_cover(made: Made) -> None:
    robot = made()
    field = _field(robot, "附件")
    field.setReadOnly(True)
    told: list[bool] = []
    robot.document.editing_refused.connect(lambda: told.append(True))
    field.setFocus()
    robot.keys("3附")
    _view(robot).insert_item(Figure("本表·年度", "年度", "本表", "2022", "年"))
    assert robot.document.record.value("annex") == ""
    assert len(told) == 3


def test_on_the_cover_no_section_is_current(made: Made) -> None:
    robot = made()
    _field(robot, "标题").setFocus()
    assert _view(robot).rows.current() is None
    assert not robot.window.commands["delete_row"].isEnabled()
    assert _view(robot).outline.list.currentRow() == -1
    assert _view(robot).place == TITLE
    robot.press("Down")
    robot.press("Down")
    assert robot.window.commands["delete_row"].isEnabled()


def test_zooming_keeps_cover_and_text_apart(made: Made) -> None:
    robot = made()
    view = _view(robot)
    for zoom in (0.7, 2.0, 1.0):
        view.set_zoom(zoom)
        view.editor.verticalScrollBar().setValue(0)
        view.editor.place_caret(Caret(0, 0))
        cover = view.editor.cover.geometry().translated(0, 0)
        assert cover.bottom() < view.editor.cursorRect().top()
        assert cover.width() >= view.editor.looks.page[0]


@pytest.mark.parametrize("text", ["2022年度\u00a0报告", "2022年度\r\n报告", "2022年度\u2028报告"])
def test_showing_a_title_from_a_file_is_not_typing_it(made: Made, text: str) -> None:
    robot = made("chenxi-2021-report")
    brought = set_text(robot.document.record, TITLE, text)
    robot.document.change(brought, text="导入")
    assert robot.document.record == brought
    robot.window.step_finding(1)
    _field(robot, "标题").setFocus()
    robot.press("Escape")
    assert robot.document.record == brought
    assert robot.document.undo_stack.count() == 1


def test_a_long_title_is_broken_where_it_is_printed(made: Made) -> None:
    robot = made()
    field = _field(robot, "标题")
    field.setFocus()
    robot.press("Ctrl+A")
    robot.keys("示例县司法局2025年部门整体支出绩效评价报告")
    robot.settle()
    layout = robot.document.derived.layout
    (printed,) = (
        tuple(line.text for line in part.lines)
        for page in layout.pages
        for part in page.fragments
        if part.cell.role is Role.COVER_TITLE
    )
    text = field.document().firstBlock().layout()
    shown = tuple(
        field.toPlainText()[text.lineAt(one).textStart() :][: text.lineAt(one).textLength()]
        for one in range(text.lineCount())
    )
    assert len(printed) == 2
    assert shown == printed
