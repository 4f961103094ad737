"""A report in the real window: typed, its figures put in and taken out, its sections moved, undone, counted, saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication

from perfdesk.dataitems import items_of
from perfdesk.model import Binding, Block, Figure, Section
from perfdesk.outline import BODY, Caret
from tests.robot import Open, Robot
from ui.report.view import ReportView
from ui.widgets.marks import Mark

OFFICE = "某县司法局"
TEMPLATE = "chenxi-2021-report"
SPENT = Figure(
    "部门整体支出绩效自评表·全年执行数", "全年执行数", "部门整体支出绩效自评表 › 年度资金总额", "2318.14", "万元"
)
SECTIONS = (
    Section(1, "一、部门基本情况"),
    Section(2, "（一）职能", ("内设机构十个。",)),
    Section(2, "（二）人员", ("编制 89 人。", "实有 121 人。")),
    Section(1, "二、存在的问题"),
)
Write = Callable[..., Robot]


@pytest.fixture
def write(open_window: Open) -> Iterator[Write]:
    """Open a window on a report with a few sections; the clipboard is left empty, for it outlives the program it was filled by."""

    def make(sections: tuple[Section, ...] = SECTIONS) -> Robot:
        robot = open_window(empty=True)
        forms = robot.window.forms
        record_id = forms.create(TEMPLATE, year=2021, name="", bureau=OFFICE)
        forms.store.save(replace(forms.store.load(record_id), sections=sections))
        robot.window.session.open(record_id)
        robot.settle()
        return robot

    yield make
    QGuiApplication.clipboard().clear()


def _view(robot: Robot) -> ReportView:
    return robot.window.desk.report


def _put(robot: Robot, row: int, key: str, offset: int = 9999) -> None:
    """Stand in a paragraph of a section, at the end where no other place is asked for."""
    view = _view(robot)
    assert view.go_to(Binding(Block.SECTIONS, key, row))
    view.editor.place_caret(Caret(view.editor.caret().line, offset))
    view.editor.setFocus()


def _paragraphs(robot: Robot, row: int) -> tuple[str, ...]:
    return robot.document.record.sections[row].paragraphs


def _page_agrees(robot: Robot) -> bool:
    """The widget shows exactly the lines of the record."""
    document, lines = _view(robot).editor.document(), _view(robot).editor.lines
    levels = [document.findBlockByNumber(at).blockFormat().headingLevel() for at in range(document.blockCount())]
    return levels == [one.level for one in lines]


def test_typing_goes_into_the_record_and_one_undo_takes_it_back(write: Write) -> None:
    robot = write()
    _put(robot, 1, "0")
    robot.keys("派出机构23个。")
    assert _paragraphs(robot, 1) == ("内设机构十个。派出机构23个。",)
    robot.undo()
    assert _paragraphs(robot, 1) == ("内设机构十个。",)
    assert _view(robot).editor.lines[2].text == "内设机构十个。"
    robot.redo()
    assert _paragraphs(robot, 1) == ("内设机构十个。派出机构23个。",)
    assert _page_agrees(robot)


def test_a_caret_that_walked_begins_another_step(write: Write) -> None:
    robot = write()
    _put(robot, 1, "0")
    robot.keys("1")
    _put(robot, 2, "0")
    robot.keys("2")
    robot.undo()
    assert (_paragraphs(robot, 1), _paragraphs(robot, 2)[0]) == (("内设机构十个。1",), "编制 89 人。")


def test_enter_splits_a_paragraph_and_leaves_a_heading_whole(write: Write) -> None:
    robot = write()
    _put(robot, 2, "0", 3)
    robot.press("Return")
    assert _paragraphs(robot, 2) == ("编制 ", "89 人。", "实有 121 人。")
    _put(robot, 3, "heading", 2)
    robot.press("Return")
    robot.keys("经费不足。")
    assert robot.document.record.sections[3] == Section(1, "二、存在的问题", ("经费不足。",))
    assert _page_agrees(robot)


@pytest.mark.parametrize(
    ("row", "key", "offset", "press"), [(2, "0", 0, "Backspace"), (1, "0", 99, "Del"), (2, "heading", 0, "Backspace")]
)
def test_no_key_joins_a_paragraph_with_a_heading(write: Write, row: int, key: str, offset: int, press: str) -> None:
    robot = write()
    _put(robot, row, key, offset)
    robot.press(press)
    assert robot.document.record.sections == SECTIONS


def test_deleting_over_sections_keeps_their_headings(write: Write) -> None:
    robot = write()
    editor = _view(robot).editor
    _put(robot, 1, "0", 4)
    cursor = editor.textCursor()
    end = editor.document().findBlockByNumber(5)
    cursor.setPosition(end.position() + 2, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    robot.press("Del")
    assert _paragraphs(robot, 1) == ("内设机构",)
    assert robot.document.record.sections[2] == Section(2, "（二）人员", (" 121 人。",))
    assert _page_agrees(robot)
    robot.undo()
    assert robot.document.record.sections == SECTIONS


def test_a_figure_is_put_in_and_is_one_character(write: Write) -> None:
    robot = write()
    _put(robot, 1, "0")
    robot.keys("决算")
    _view(robot).insert_item(SPENT)
    robot.keys("万元")
    assert [one.text for one in items_of(robot.document.record)] == ["2318.14"]
    assert _view(robot).tools.state_text().startswith("数据项 1 处")
    for _letter in "万元":
        robot.press("Backspace")
    robot.press("Backspace")
    assert _paragraphs(robot, 1) == ("内设机构十个。决算",)
    robot.undo()
    assert len(items_of(robot.document.record)) == 1


def test_a_heading_takes_the_text_of_a_figure_alone(write: Write) -> None:
    robot = write()
    _put(robot, 3, "heading")
    _view(robot).insert_item(SPENT)
    assert robot.document.record.sections[3].heading == "二、存在的问题2318.14"


def test_a_copied_figure_is_its_text_outside_and_an_item_inside(write: Write) -> None:
    robot = write()
    _put(robot, 1, "0")
    _view(robot).insert_item(SPENT)
    editor = _view(robot).editor
    robot.press("Shift+Home")
    robot.press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == "内设机构十个。2318.14"
    _put(robot, 2, "1")
    robot.press("Ctrl+V")
    assert _paragraphs(robot, 2)[1].endswith("{{部门整体支出绩效自评表·全年执行数|2318.14}}")
    assert editor.caret().line == 5


def test_foreign_text_comes_in_as_plain_paragraphs(write: Write) -> None:
    robot = write()
    data = QMimeData()
    data.setHtml("<p><b>甲</b></p>")
    data.setText("　　甲。\r\n\r\n  乙。\n")
    QGuiApplication.clipboard().setMimeData(data)
    _put(robot, 1, "0")
    robot.press("Ctrl+V")
    assert _paragraphs(robot, 1) == ("内设机构十个。甲。", "乙。")


def test_a_composition_is_not_taken_before_it_is_finished(write: Write) -> None:
    robot = write()
    _put(robot, 1, "0")
    robot.compose("jigou")
    assert _paragraphs(robot, 1) == SECTIONS[1].paragraphs
    robot.compose("", commit="机构")
    assert _paragraphs(robot, 1) == ("内设机构十个。机构",)


def test_sections_come_and_go_and_move_from_menu_and_outline(write: Write) -> None:
    robot = write()
    view = _view(robot)
    _put(robot, 1, "0")
    robot.window.commands["insert_row"].trigger()
    robot.keys("重点工作")
    headings = [one.heading for one in robot.document.record.sections]
    assert headings == ["一、部门基本情况", "（一）职能", "（二）重点工作", "（三）人员", "二、存在的问题"]
    view.outline.move_asked.emit(2, 1)
    assert [one.heading for one in robot.document.record.sections][2:4] == ["（二）人员", "（三）重点工作"]
    view.outline.delete_asked.emit(3)
    assert "可以撤销" in robot.toast()
    assert [one.heading for one in robot.document.record.sections] == [one.heading for one in SECTIONS]
    robot.undo()
    assert "（三）重点工作" in [one.heading for one in robot.document.record.sections]
    assert _page_agrees(robot)


def test_the_outline_marks_what_is_written(write: Write) -> None:
    robot = write()
    outline = _view(robot).outline
    assert [one.mark for one in outline.heads()][-1] is Mark.WORKING
    assert outline.count_text() == "3/4 节"
    outline.chosen.emit(3)
    robot.keys("无")
    assert outline.count_text() == "4/4 节"
    assert robot.document.record.sections[3].paragraphs == ("无",)


def test_a_paragraph_takes_another_style(write: Write) -> None:
    robot = write()
    _put(robot, 2, "1")
    _view(robot).tools.style_chosen.emit(2)
    assert [one.heading for one in robot.document.record.sections][3] == "实有 121 人。"
    robot.undo()
    assert robot.document.record.sections == SECTIONS


def test_words_are_counted_as_one_types(write: Write) -> None:
    robot = write()
    _put(robot, 1, "0")
    whole, section = robot.window.status.words()
    robot.keys("共3人")
    assert robot.window.status.words() != (whole, section)
    assert robot.window.status.words()[1] == "15 字"


def test_find_marks_and_goes_to_the_paragraph(write: Write) -> None:
    robot = write()
    robot.press("Ctrl+F")
    robot.keys("实有")
    assert len(_view(robot).editor.extraSelections()) == 1
    robot.press("Return")
    assert _view(robot).place == Binding(Block.SECTIONS, "1", 2)


def test_a_report_that_is_only_looked_at_takes_no_letter(write: Write) -> None:
    robot = write()
    record_id = robot.document.record.id
    _view(robot).editor.set_looking(looking=True)
    told: list[bool] = []
    robot.document.editing_refused.connect(lambda: told.append(True))
    _put(robot, 1, "0")
    robot.keys("1a")
    robot.press("Backspace")
    robot.press("Return")
    _view(robot).insert_item(SPENT)
    assert robot.document.record.sections == SECTIONS
    assert told
    assert robot.document.record.id == record_id


def test_what_was_typed_is_saved_by_itself(write: Write) -> None:
    robot = write()
    _put(robot, 3, "0")
    robot.keys("无")
    robot.save_wait()
    assert robot.window.forms.store.load(robot.document.record.id).sections[3].paragraphs == ("无",)


def test_panels_and_list_give_way_to_a_report_and_come_back(write: Write) -> None:
    robot = write()
    window = robot.window
    assert window.dock.tabs.keys() == ("figures", "audit", "annexes")
    assert _view(robot).outline.isVisible()
    assert not window.desk.rail.isVisible()
    robot.press("Ctrl+1")
    assert window.desk.rail.isVisible()
    robot.press("Ctrl+1")
    assert _view(robot).outline.isVisible()
    window.session.close()
    assert window.dock.tabs.keys() == ("audit",)
    assert window.desk.shows_home
    assert not window.desk.rail.isVisible()
    assert not _view(robot).outline.isVisible()


def test_f6_walks_through_outline_page_and_panels(write: Write) -> None:
    robot = write()
    seen = set()
    for _stop in range(6):
        robot.press("F6")
        focus = QApplication.focusWidget() or robot.window
        view = _view(robot)
        seen |= {
            name
            for name, part in (("outline", view.outline), ("page", view), ("side", robot.window.dock))
            if part.isAncestorOf(focus)
        }
    assert seen == {"outline", "page", "side"}


def test_a_figure_is_looked_for_and_taken_with_the_keyboard(write: Write) -> None:
    robot = write()
    panel = _view(robot).figures
    _put(robot, 1, "0")
    _view(robot).tools.figures_asked.emit()
    robot.keys("单位名称")
    assert [one.label for one in panel.shown()] == ["单位名称"]
    robot.press("Return")
    assert [one.text for one in items_of(robot.document.record)] == [OFFICE]
    assert QApplication.focusWidget() is _view(robot).editor


def test_a_long_report_types_as_quickly_as_a_short_one(write: Write) -> None:
    many = tuple(Section(2, f"（{at}）节", ("编制人数" * 40,) * 3) for at in range(150))
    robot = write(many)
    _put(robot, 149, "2")
    robot.keys("完")
    assert robot.document.record.sections[149].paragraphs[2].endswith("完")
    assert _view(robot).editor.lines[1].level == BODY
