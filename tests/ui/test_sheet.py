"""The sheet: keys, editors, Chinese input, rows and zoom on the real view, through what it shows and takes in public."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QEvent, QKeyCombination, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QInputMethodEvent, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QTextEdit, QToolButton, QWidget

from perfdesk.editing import get_text
from perfdesk.exchange.exchange import read_records
from perfdesk.layout import PADDING_X, STYLES
from perfdesk.model import Binding, Block, Fix, Indicator, Record
from perfdesk.sheet import Role
from ui import theme
from ui.document import Document
from ui.sheet.geometry import PX_PER_PT
from ui.sheet.model import BLANK, MARK, SheetModel
from ui.sheet.view import SheetView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from perfdesk.sheet import Cell
    from perfdesk.template import Template
    from ui.theme import Faces

ROOT = Path(__file__).parents[2]
TODAY = date(2025, 2, 5)
NOW = datetime(2025, 2, 5, 9, 30, tzinfo=UTC)
NAME = Binding(Block.VALUES, "project_name")
TOTAL = Binding(Block.STATED, "total_score")


def cell_of(key: str, row: int = 0) -> Binding:
    return Binding(Block.INDICATORS, key, row=row)


def long(characters: int) -> str:
    return ("全面开展法律援助工作，受理案件200件。" * characters)[:characters]


@dataclass
class Desk:
    """A sheet on the screen, used as a clerk uses it."""

    view: SheetView
    document: Document

    @property
    def model(self) -> SheetModel:
        return cast(SheetModel, self.view.model())

    @property
    def editor(self) -> QTextEdit | None:
        found = cast("list[QTextEdit]", self.view.viewport().findChildren(QTextEdit))
        return next((one for one in found if one.isVisible()), None)

    def open_editor(self) -> QTextEdit:
        editor = self.editor
        assert editor is not None, "no editor is open"
        return editor

    def target(self) -> QWidget:
        return self.editor or self.view

    def keys(self, text: str) -> None:
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
                QApplication.sendEvent(self.target(), event)

    def press(self, keys: str) -> None:
        combination = QKeyCombination.fromCombined(QKeySequence(keys)[0].toCombined())  # type: ignore[index]
        QTest.keyClick(self.target(), combination.key(), combination.keyboardModifiers())

    def compose(self, preedit: str, commit: str = "") -> None:
        """What an input method sends: the composition so far, or what it commits."""
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self.view if self.view.hasFocus() else self.target(), event)

    def text(self, binding: Binding) -> str:
        return get_text(self.document.record, binding)

    def shown(self, binding: Binding) -> str:
        return str(self.model.index_of(binding).data(Qt.ItemDataRole.DisplayRole))

    @property
    def place(self) -> tuple[str, int]:
        cell = self.view.current_cell()
        assert cell is not None
        assert cell.binding is not None
        return cell.binding.key, cell.binding.row

    def names(self) -> str:
        return "".join(one.name or "_" for one in self.document.record.indicators)

    def heights(self) -> list[int]:
        return [self.view.rowHeight(row) for row in range(self.model.rowCount())]


Open = Callable[..., Desk]


@pytest.fixture
def open_desk(qtbot: QtBot, faces: Faces, templates: Mapping[str, Template]) -> Iterator[Open]:
    desks: list[Desk] = []

    def make(record: Record, *, read_only: bool = False) -> Desk:
        document = Document(templates[record.template_id], record, save=lambda _record: NOW, read_only=read_only)
        view = SheetView(theme.LIGHT, faces, today=lambda: TODAY)
        qtbot.addWidget(view)
        view.resize(900, 700)
        view.show_document(document)
        view.show()
        qtbot.waitExposed(view)
        view.activateWindow()
        view.setFocus()
        QAbstractItemModelTester(view.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, view)
        desks.append(Desk(view, document))
        return desks[-1]

    yield make
    for desk in desks:
        desk.view.show_document(None)


@pytest.fixture
def record(templates: Mapping[str, Template]) -> Record:
    """A real form, small: four indicators, nothing stated."""
    path = ROOT / "tests" / "samples" / "changji-2020-legal-aid.json"
    real = read_records(path, templates, new_id=lambda: "1").records[0]
    rows = (
        Indicator("产出指标", "", "数量指标", "", "甲", "100件", "50件", "30"),
        Indicator("产出指标", "", "数量指标", "", "乙", "1次", "1次", "10"),
        Indicator("产出指标", "", "质量指标", "", "丙", "100%", "100%", "20"),
        Indicator("效益指标", "", "社会效益", "", "丁", "增强", "增强", "30"),
    )
    return replace(real, indicators=rows, stated={})


@pytest.fixture
def desk(open_desk: Open, record: Record) -> Desk:
    return open_desk(record)


# ------------------------------------------------------------------------------------------------------------- walking


def test_tab_walks_the_inputs_in_reading_order_and_back(desk: Desk) -> None:
    desk.view.go_to(Binding(Block.VALUES, "annex"))
    walked = [desk.place]
    for _ in range(200):
        desk.press("Tab")
        if desk.place == walked[-1]:
            break
        walked.append(desk.place)
    sheet = desk.document.derived.sheet
    inputs = sorted((c.row, c.column, c.binding) for c in sheet.cells if c.binding and c.role is not Role.COMPUTED)
    assert walked == [(binding.key, binding.row) for _, _, binding in inputs]
    for place in walked[-2::-1]:
        desk.press("Shift+Tab")
        assert desk.place == place


def test_enter_goes_down_the_column_and_on_where_it_ends(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual", 1))
    for way, row in (("Return", 2), ("Enter", 3), ("Shift+Return", 2), ("Shift+Enter", 1)):
        desk.press(way)
        assert desk.place == ("actual", row)
    desk.view.go_to(cell_of("reason", 3))
    desk.press("Return")
    assert desk.place == ("reason", 3), "the end of the form"
    desk.view.go_to(NAME)
    desk.press("Return")
    assert desk.place[0] != "project_name"


def test_arrows_home_and_end_stay_on_the_form(desk: Desk) -> None:
    desk.view.go_to(cell_of("target", 1))
    for key, place in (("Right", "actual"), ("Left", "target"), ("Down", "target"), ("Up", "target")):
        desk.press(key)
        assert desk.place[0] == place
    desk.press("End")
    assert desk.place == ("reason", 1)
    desk.press("Right")
    assert desk.place == ("reason", 1)
    desk.press("Left")
    desk.press("Left")
    assert desk.place == ("weight", 1)
    desk.press("Home")
    assert desk.view.current_cell() is not None
    for key in ("Left", "Ctrl+Home", "Up", "Up", "Ctrl+End", "Down", "Down", "PgUp", "PgDown"):
        desk.press(key)
        assert desk.view.current_cell() is not None, f"{key} left the form"


def test_arrows_step_over_merged_cells(desk: Desk) -> None:
    desk.view.go_to(cell_of("level1", 0))
    desk.press("Down")
    assert desk.place == ("level1", 3)
    desk.press("Up")
    assert desk.place == ("level1", 0)
    desk.press("Right")
    assert desk.place == ("level2", 0)


def test_go_to_a_cell_that_shows_several_rows(desk: Desk) -> None:
    assert desk.view.go_to(cell_of("level1", 2))
    assert desk.place == ("level1", 0)
    assert not desk.view.go_to(Binding(Block.VALUES, "conclusion"))
    assert desk.place == ("level1", 0)


# -------------------------------------------------------------------------------------------------------------- typing


def test_typing_replaces(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.keys("70")
    assert desk.open_editor().toPlainText() == "70"
    assert desk.text(cell_of("actual")) == "70", "scores follow every keystroke"
    desk.press("Return")
    assert desk.editor is None
    assert desk.place == ("actual", 1)
    assert desk.shown(cell_of("score")) == "21.00"


def test_f2_edits_and_esc_gives_up(desk: Desk, record: Record) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.press("F2")
    desk.keys("次")
    assert desk.text(cell_of("actual")) == "50件次"
    desk.press("Esc")
    assert desk.editor is None
    assert desk.document.record == record
    assert not desk.document.undo_stack.canUndo()
    assert desk.place == ("actual", 0)


def test_esc_brings_stated_figures_back(open_desk: Open, record: Record) -> None:
    row = replace(record.indicators[0], score="15")
    desk = open_desk(replace(record, indicators=(row, *record.indicators[1:]), stated={"total_score": "85"}))
    before = desk.document.record
    desk.view.go_to(cell_of("actual"))
    desk.keys("7")
    assert desk.text(cell_of("score")) == ""
    desk.press("Esc")
    assert desk.document.record == before


def test_del_clears_and_backspace_clears_and_edits(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.press("Del")
    assert desk.text(cell_of("actual")) == ""
    assert desk.editor is None
    desk.document.undo_stack.undo()
    assert desk.text(cell_of("actual")) == "50件"
    desk.press("Backspace")
    assert desk.open_editor().toPlainText() == ""
    desk.keys("8")
    desk.press("Tab")
    assert desk.text(cell_of("actual")) == "8"
    assert desk.place == ("weight", 0)


@pytest.mark.parametrize("leaving", ["Esc", "Tab"])
def test_backspace_is_part_of_what_is_typed(desk: Desk, leaving: str) -> None:
    """Esc brings back what stood there, and after Tab one undo does."""
    before = desk.document.record
    desk.view.go_to(cell_of("actual"))
    desk.press("Backspace")
    assert desk.text(cell_of("actual")) == ""
    desk.keys("8")
    desk.press(leaving)
    assert desk.document.undo_stack.count() == (leaving == "Tab")
    desk.document.undo_stack.undo()
    assert desk.document.record == before


def test_alt_enter_breaks_the_line(desk: Desk) -> None:
    desk.view.go_to(NAME)
    desk.keys("1")
    desk.press("Alt+Return")
    desk.keys("2")
    desk.press("Tab")
    assert desk.text(NAME) == "1\n2"


def test_ctrl_semicolon_writes_the_date(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual", 3))
    desk.press("Ctrl+;")
    assert desk.text(cell_of("actual", 3)) == "2025年2月5日"


def test_one_visit_of_the_editor_is_one_step(desk: Desk, record: Record) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.keys("70件")
    desk.press("Return")
    desk.keys("2")
    desk.press("Return")
    assert desk.document.undo_stack.count() == 2
    desk.document.undo_stack.undo()
    desk.document.undo_stack.undo()
    assert desk.document.record == record


def test_full_width_digits_stay_as_typed_and_count(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.keys("９０件")
    desk.press("Return")
    assert desk.text(cell_of("actual")) == "９０件"
    assert desk.shown(cell_of("score")) == "27.00"


def test_a_click_elsewhere_keeps_what_was_typed(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.keys("7")
    place = desk.view.visualRect(desk.model.index_of(cell_of("target", 1))).center()
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.text(cell_of("actual")) == "7"
    assert desk.place == ("target", 1)
    assert desk.editor is None


def test_double_click_edits(desk: Desk) -> None:
    place = desk.view.visualRect(desk.model.index_of(cell_of("actual"))).center()
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.open_editor().toPlainText() == "50件"
    desk.press("Esc")


# ------------------------------------------------------------------------------------------------------ computed cells


def test_a_computed_cell_opens_only_on_f2(desk: Desk) -> None:
    desk.view.go_to(cell_of("score"))
    desk.keys("9")
    assert desk.editor is None
    assert desk.text(cell_of("score")) == ""
    assert desk.place == ("score", 0), "typing does not jump to another cell either"
    desk.press("F2")
    desk.keys("9")
    desk.press("Return")
    assert desk.text(cell_of("score")) == "9"
    cell = desk.model.cell_at(desk.model.index_of(cell_of("score")))
    assert cell is not None
    assert (cell.text, cell.stated, cell.computed) == ("9", True, "15.00")


def test_del_on_a_typed_over_score_takes_the_computed_one(desk: Desk) -> None:
    desk.document.edit(cell_of("score"), "9")
    desk.view.go_to(cell_of("score"))
    desk.press("Del")
    assert desk.shown(cell_of("score")) == "15.00"


# ------------------------------------------------------------------------------------------------------- Chinese input


def test_composition_from_the_first_key_loses_no_letter(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual", 3))
    for preedit in ("m", "mi", "mingxian"):
        desk.compose(preedit)
        assert desk.text(cell_of("actual", 3)) == "增强", "a composition is never taken early"
    desk.compose("", commit="明显")
    assert desk.text(cell_of("actual", 3)) == "明显"
    desk.compose("zengqiang")
    assert desk.text(cell_of("actual", 3)) == "明显"
    desk.compose("", commit="增强")
    assert desk.text(cell_of("actual", 3)) == "明显增强"
    desk.press("Tab")
    assert desk.text(cell_of("actual", 3)) == "明显增强"
    assert desk.document.undo_stack.count() == 1


def test_a_commit_without_composition_opens_the_editor(desk: Desk) -> None:
    desk.view.go_to(NAME)
    desk.compose("", commit="法律援助")
    desk.press("Return")
    assert desk.text(NAME) == "法律援助"


def test_the_commit_arrives_once(desk: Desk, qtbot: QtBot) -> None:
    seen: list[str] = []
    desk.document.derived_changed.connect(lambda derived: seen.append(derived.record.value("project_name")))
    desk.view.go_to(NAME)
    desk.compose("fa")
    desk.compose("", commit="法")
    desk.press("Tab")
    assert seen == ["法"]


def test_a_composition_given_up_changes_nothing(desk: Desk, record: Record) -> None:
    desk.view.go_to(NAME)
    desk.press("F2")
    desk.compose("fa")
    desk.compose("")
    desk.press("Tab")
    assert desk.document.record == record


def test_a_first_composition_given_up_leaves_the_cell_as_it_was(desk: Desk, record: Record) -> None:
    desk.view.go_to(NAME)
    desk.compose("fa")
    desk.compose("")
    desk.press("Tab")
    assert desk.document.record == record
    desk.view.go_to(NAME)
    desk.compose("fa")
    desk.compose("")
    desk.compose("", commit="法")
    assert desk.text(NAME) == "法", "what was selected is still to be typed over"


def test_words_committed_while_letters_are_under_way_stay_when_those_are_given_up(desk: Desk) -> None:
    desk.view.go_to(NAME)
    desk.compose("falv")
    desk.compose("yuan", commit="法律")
    desk.compose("")
    assert desk.text(NAME) == "法律"
    desk.press("Tab")
    assert desk.text(NAME) == "法律"


def test_the_focus_stays_where_a_composition_began_until_it_is_committed(desk: Desk) -> None:
    desk.view.go_to(NAME)
    desk.view.setFocus()
    desk.compose("fa")
    assert desk.view.hasFocus(), "a change of focus would end the composition at its first letter"
    assert desk.editor is not None
    desk.compose("falv")
    assert desk.view.hasFocus()
    desk.compose("", commit="法律")
    assert desk.editor.hasFocus()
    assert desk.editor.toPlainText() == "法律"


def test_the_words_to_choose_from_stand_at_the_cell(desk: Desk) -> None:
    desk.view.go_to(NAME)
    cell = desk.view.visualRect(desk.view.currentIndex()).translated(desk.view.viewport().pos())
    query = Qt.InputMethodQuery.ImCursorRectangle
    assert desk.view.inputMethodQuery(query) == cell
    desk.compose("fa")
    caret = desk.view.inputMethodQuery(query)
    assert isinstance(caret, QRect)
    assert cell.intersects(caret)
    assert desk.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)


def test_esc_during_a_composition_gives_up_the_edit(desk: Desk, record: Record) -> None:
    desk.view.go_to(NAME)
    desk.compose("fa")
    desk.press("Esc")
    assert desk.editor is None
    assert desk.document.record == record


def test_input_methods_do_not_open_computed_or_locked_cells(desk: Desk, open_desk: Open, record: Record) -> None:
    desk.view.go_to(cell_of("score"))
    desk.compose("fa")
    desk.compose("", commit="法")
    assert desk.editor is None
    assert desk.document.record == record
    locked = open_desk(record, read_only=True)
    locked.view.go_to(NAME)
    locked.compose("fa")
    locked.compose("", commit="法")
    assert locked.editor is None
    assert locked.document.record == record


# ----------------------------------------------------------------------------------------------------------- clipboard


def test_copy_and_paste_of_one_cell(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.press("Ctrl+C")
    assert QApplication.clipboard().text() == "50件"
    desk.view.go_to(cell_of("actual", 2))
    desk.press("Ctrl+V")
    assert desk.text(cell_of("actual", 2)) == "50件"


def test_paste_of_a_block_as_one_step(desk: Desk, record: Record) -> None:
    QApplication.clipboard().setText('1件\t２件\t5\n"3\n件"\t4件\t6\n')
    desk.view.go_to(cell_of("target", 1))
    desk.press("Ctrl+V")
    assert [desk.text(cell_of(key, 1)) for key in ("target", "actual", "weight")] == ["1件", "２件", "5"]
    assert [desk.text(cell_of(key, 2)) for key in ("target", "actual", "weight")] == ["3\n件", "4件", "6"]
    desk.document.undo_stack.undo()
    assert desk.document.record == record


def test_paste_leaves_out_what_falls_on_computed_cells_and_beyond(desk: Desk, record: Record) -> None:
    QApplication.clipboard().setText("7\t99\t原因\t多余\n8\t88\n" + "9\n" * 50)
    desk.view.go_to(cell_of("weight", 2))
    desk.press("Ctrl+V")
    assert [one.weight for one in desk.document.record.indicators] == ["30", "10", "7", "8"]
    assert [one.score for one in desk.document.record.indicators] == [""] * 4
    assert desk.text(cell_of("reason", 2)) == "原因"


def test_lines_beyond_the_indicators_do_not_fall_on_what_stands_below(desk: Desk) -> None:
    heard: list[str] = []
    desk.view.refused.connect(heard.append)
    QApplication.clipboard().setText("甲\n乙\n丙\n\n丁\n")
    desk.view.go_to(cell_of("name", 2))
    before = desk.document.record
    desk.press("Ctrl+V")
    assert desk.names().endswith("甲乙")
    assert desk.document.record.values == before.values
    assert heard == ["有 2 行没有粘贴：表里的行不够。先插入行，再粘贴这几行"]


@pytest.mark.parametrize("text", ["", "\t\t", '"', '"一\n', "\r\n", "\x00"])
def test_any_clipboard_can_be_pasted(desk: Desk, text: str) -> None:
    QApplication.clipboard().setText(text)
    desk.view.go_to(cell_of("actual"))
    desk.press("Ctrl+V")
    desk.document.undo_stack.undo()
    assert desk.text(cell_of("actual")) == "50件"


def test_cut_clears_what_it_copied(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.press("Shift+Right")
    desk.press("Ctrl+X")
    assert QApplication.clipboard().text() == "50件\t30"
    assert (desk.text(cell_of("actual")), desk.text(cell_of("weight"))) == ("", "")
    desk.document.undo_stack.undo()
    assert (desk.text(cell_of("actual")), desk.text(cell_of("weight"))) == ("50件", "30")


# --------------------------------------------------------------------------------------------------------------- wheel


def wheel(desk: Desk, delta: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    where = QPointF(desk.view.viewport().rect().center())
    event = QWheelEvent(
        where,
        desk.view.viewport().mapToGlobal(where),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(desk.editor or desk.view.viewport(), event)


def test_the_wheel_scrolls_and_changes_nothing(desk: Desk, record: Record) -> None:
    desk.view.resize(900, 300)
    wheel(desk, -120)
    assert desk.view.verticalScrollBar().value() > 0
    desk.view.go_to(cell_of("actual"))
    desk.press("F2")
    wheel(desk, -120)
    wheel(desk, 120)
    assert desk.open_editor().toPlainText() == "50件"
    desk.press("Tab")
    assert desk.document.record == record


def test_ctrl_and_wheel_zoom(desk: Desk, qtbot: QtBot) -> None:
    desk.view.set_zoom(1.0)
    height = desk.view.rowHeight(10)
    with qtbot.waitSignal(desk.view.zoom_changed) as zoomed:
        wheel(desk, 120, Qt.KeyboardModifier.ControlModifier)
    assert zoomed.args == [1.05]
    assert desk.view.rowHeight(10) >= height
    assert not desk.view.is_fitting
    for _ in range(40):
        wheel(desk, 120, Qt.KeyboardModifier.ControlModifier)
    assert desk.view.zoom == 2.0
    for _ in range(60):
        wheel(desk, -120, Qt.KeyboardModifier.ControlModifier)
    assert desk.view.zoom == 0.5


# ---------------------------------------------------------------------------------------------------------------- rows


def test_rows_by_method_keep_the_clerk_in_place(desk: Desk) -> None:
    desk.view.go_to(cell_of("target", 1))
    desk.view.rows.insert()
    assert (desk.names(), desk.place) == ("甲乙_丙丁", ("name", 2))
    desk.keys("x")
    desk.view.rows.duplicate()
    assert (desk.names(), desk.place) == ("甲乙xx丙丁", ("name", 3))
    desk.view.rows.delete()
    assert (desk.names(), desk.place) == ("甲乙x丙丁", ("name", 3))
    desk.view.go_to(cell_of("actual", 2))
    desk.view.rows.move(-1)
    assert (desk.names(), desk.place) == ("甲x乙丙丁", ("actual", 1))
    desk.view.rows.move(1)
    assert (desk.names(), desk.place) == ("甲乙x丙丁", ("actual", 2))
    while desk.document.undo_stack.canUndo():
        desk.document.undo_stack.undo()
    assert desk.names() == "甲乙丙丁"


def test_rows_at_the_ends(desk: Desk) -> None:
    desk.view.go_to(cell_of("name", 0))
    desk.view.rows.move(-1)
    assert desk.names() == "甲乙丙丁"
    desk.view.go_to(cell_of("name", 3))
    desk.view.rows.move(1)
    assert desk.names() == "甲乙丙丁"
    desk.view.go_to(NAME)
    for change in (desk.view.rows.delete, desk.view.rows.duplicate, lambda: desk.view.rows.move(1)):
        change()
    assert desk.names() == "甲乙丙丁"
    desk.view.rows.insert()
    assert (desk.names(), desk.place) == ("甲乙丙丁_", ("name", 4))


def test_all_rows_deleted_and_one_inserted_again(desk: Desk) -> None:
    desk.view.go_to(cell_of("name", 0))
    for _ in range(4):
        desk.view.rows.delete()
    assert desk.document.record.indicators == ()
    desk.view.rows.insert()
    assert desk.place == ("name", 0)


def test_the_row_menu_names_keys_and_acts(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual", 1))
    menu = desk.view.rows.menu()
    entries = {one.text().partition("\t")[0]: one for one in menu.actions() if one.text()}
    assert [(words, one.shortcut().toString(), one.isEnabled()) for words, one in entries.items()][5:10] == [
        ("在下面插入指标", "Ctrl+Shift++", True),
        ("复制行", "Ctrl+Shift+D", True),
        ("上移", "Alt+Shift+Up", True),
        ("下移", "Alt+Shift+Down", True),
        ("删除行", "Ctrl+-", True),
    ]
    entries["上移"].trigger()
    assert desk.names() == "乙甲丙丁"
    entries["删除行"].trigger()
    assert desk.names() == "甲丙丁"
    desk.view.go_to(NAME)
    rows = [one.isEnabled() for one in desk.view.rows.menu().actions() if one.text()][5:10]
    assert rows == [True, False, False, False, False]


def test_the_menu_of_a_computed_cell(desk: Desk) -> None:
    desk.view.go_to(cell_of("score"))
    entries = {one.text().partition("\t")[0]: one for one in desk.view.rows.menu().actions()}
    assert not entries["采用算得的数"].isEnabled()
    entries["改填"].trigger()
    desk.keys("9")
    desk.press("Return")
    desk.view.go_to(cell_of("score"))
    entries = {one.text().partition("\t")[0]: one for one in desk.view.rows.menu().actions()}
    entries["采用算得的数"].trigger()
    assert desk.text(cell_of("score")) == ""


@pytest.mark.parametrize("reason", [QContextMenuEvent.Reason.Keyboard, QContextMenuEvent.Reason.Mouse])
def test_right_click_and_shift_f10_open_the_menu(desk: Desk, reason: QContextMenuEvent.Reason) -> None:
    desk.view.go_to(cell_of("actual"))
    place = QPoint(10, 10)
    keyboard = reason is QContextMenuEvent.Reason.Keyboard
    target = desk.view if keyboard else desk.view.viewport()
    QApplication.sendEvent(target, QContextMenuEvent(reason, place, desk.view.mapToGlobal(place)))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def tools(desk: Desk) -> list[QToolButton]:
    found = cast("list[QToolButton]", desk.view.viewport().findChildren(QToolButton))
    return [one for one in found if one.isVisible()]


def test_row_tools_stand_beside_the_current_indicator_only(desk: Desk) -> None:
    desk.view.go_to(cell_of("actual", 1))
    handle, plus = tools(desk)
    row = desk.view.visualRect(desk.model.index_of(cell_of("name", 1)))
    middle = plus.mapTo(desk.view.viewport(), plus.rect().center()).y()
    assert row.top() <= middle <= row.bottom()
    assert plus.mapTo(desk.view.viewport(), plus.rect().topRight()).x() < desk.view.columnViewportPosition(1)
    QTest.mouseClick(plus, Qt.MouseButton.LeftButton)
    assert desk.names() == "甲乙_丙丁"
    desk.view.go_to(NAME)
    assert tools(desk) == []
    assert handle is not plus


# ------------------------------------------------------------------------------------------------- nothing jumps, pages


def test_rows_keep_their_height_while_an_editor_is_open(desk: Desk) -> None:
    desk.view.go_to(cell_of("reason"))
    before = desk.heights()
    desk.keys("1")
    editor = desk.open_editor()
    small = editor.height()
    for _ in range(12):
        desk.compose("", commit="全面开展法律援助")
        assert desk.heights() == before
    assert editor.height() > small, "the editor grows downwards"
    assert editor.width() <= desk.view.visualRect(desk.model.index_of(cell_of("reason"))).width()
    desk.press("Tab")
    assert desk.heights() != before


def test_scores_and_totals_follow_while_the_rows_are_held(desk: Desk) -> None:
    total = desk.shown(TOTAL)
    desk.view.go_to(cell_of("actual"))
    desk.keys("100")
    assert desk.editor is not None
    assert desk.shown(cell_of("score")) == "30.00"
    assert desk.shown(TOTAL) != total


def test_a_text_that_makes_a_second_page_takes_it_on_commit(desk: Desk) -> None:
    pages = [len(desk.document.derived.layout.pages)]
    desk.view.go_to(cell_of("reason", 2))
    rows = desk.model.rowCount()
    desk.press("F2")
    desk.compose("", commit=long(900))
    assert desk.model.rowCount() == rows
    desk.press("Tab")
    pages.append(len(desk.document.derived.layout.pages))
    assert pages[0] == 1 < pages[1]
    assert desk.model.rowCount() > rows
    assert desk.place == ("level1", 3), "the walk goes on where it was"
    desk.document.undo_stack.undo()
    assert desk.model.rowCount() == rows
    assert desk.view.current_cell() is not None


def test_a_cell_cut_by_a_page_break_is_one_input(open_desk: Open, record: Record) -> None:
    rows = (replace(record.indicators[0], reason=long(1500)), *record.indicators[1:])
    desk = open_desk(replace(record, indicators=rows))
    parts = [
        one
        for page in desk.document.derived.layout.pages
        for one in page.fragments
        if one.cell.binding == cell_of("reason")
    ]
    assert len(parts) > 1
    assert [desk.model.cell_at(one) for one in desk.model.inputs()].count(parts[0].cell) == 1
    desk.view.go_to(cell_of("reason"))
    desk.press("F2")
    assert desk.open_editor().toPlainText() == long(1500)
    desk.keys("8")
    desk.press("Tab")
    assert desk.text(cell_of("reason")) == long(1500) + "8"


def shown_lines(desk: Desk, binding: Binding) -> list[str]:
    """The lines the model hands to the painter, over all fragments of a cell."""
    fragments = [one for _, one in sorted(desk.model.grid.fragments.items()) if one.cell.binding == binding]
    for one in fragments:
        assert all(0 <= line.y <= one.height for line in one.lines), "lines outside their fragment"
    return [line.text for one in fragments for line in one.lines]


def test_the_other_page_of_a_cut_cell_shows_no_line_twice_while_it_is_typed_in(open_desk: Open, record: Record) -> None:
    rows = (replace(record.indicators[0], reason=long(1500)), *record.indicators[1:])
    desk = open_desk(replace(record, indicators=rows))
    assert "".join(shown_lines(desk, cell_of("reason"))) == long(1500)
    desk.view.go_to(cell_of("reason"))
    desk.press("F2")
    desk.keys("8")
    assert len("".join(shown_lines(desk, cell_of("reason")))) <= 1501
    desk.press("Tab")
    assert "".join(shown_lines(desk, cell_of("reason"))) == long(1500) + "8"


def test_a_group_label_typed_anew_regroups_on_commit(desk: Desk) -> None:
    desk.view.go_to(cell_of("level1", 3))
    desk.keys("产出指标")
    assert desk.text(cell_of("level1", 3)) == "产出指标"
    assert [one.level1 for one in desk.document.record.indicators] == ["产出指标"] * 4
    desk.press("Tab")
    cell = desk.model.cell_at(desk.model.index_of(cell_of("level1", 3)))
    assert cell is not None
    assert cell.row_span == 4
    assert desk.view.current_cell() is not None


def test_squares_lie_where_the_layout_puts_them(desk: Desk) -> None:
    for zoom in (0.5, 0.93, 1.0, 1.25, 2.0):
        desk.view.set_zoom(zoom)
        scale = PX_PER_PT * zoom
        page = desk.document.derived.layout.pages[0]
        for part in page.fragments:
            if part.cell.binding is None:
                continue
            rect = desk.view.visualRect(desk.model.index_of(part.cell.binding))
            assert rect.width() == pytest.approx(part.width * scale, abs=1.01)
            assert rect.height() == pytest.approx(part.height * scale, abs=1.01)
    assert PADDING_X > 0


def test_the_page_stands_in_the_middle_and_fits_the_width(desk: Desk) -> None:
    desk.view.fit_width()
    assert desk.view.is_fitting
    for width in (700, 900, 1300):
        desk.view.resize(QSize(width, 700))
        QApplication.processEvents()
        assert 0.9 <= desk.view.zoom <= 1.5
        left = desk.view.columnViewportPosition(1)
        last = desk.model.columnCount() - 1
        right = desk.view.viewport().width() - desk.view.columnViewportPosition(last)
        if desk.view.horizontalScrollBar().maximum() == 0:
            assert abs(left - right) <= 2


# --------------------------------------------------------------------------------------------------- read only, access


def test_a_locked_form_can_be_read_but_not_changed(open_desk: Open, record: Record, qtbot: QtBot) -> None:
    desk = open_desk(record, read_only=True)
    desk.view.go_to(cell_of("actual"))
    with qtbot.waitSignal(desk.view.refused) as refused:
        desk.keys("7")
    assert refused.args == [desk.document.why_locked]
    QApplication.clipboard().setText("7")
    for key in ("F2", "Del", "Backspace", "Ctrl+V", "Ctrl+X", "Ctrl+;"):
        desk.press(key)
        assert desk.editor is None, key
    desk.view.rows.insert()
    desk.view.rows.delete()
    desk.view.rows.duplicate()
    desk.view.rows.move(1)
    assert desk.document.record == record
    assert tools(desk) == []


def test_cells_speak_their_labels_and_findings(desk: Desk) -> None:
    index = desk.model.index_of(cell_of("actual"))
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "实际完成值，甲"
    assert "50件 ÷ 100件" in str(index.data(Qt.ItemDataRole.AccessibleDescriptionRole))
    assert index.data(Qt.ItemDataRole.ToolTipRole) == index.data(Qt.ItemDataRole.AccessibleDescriptionRole)
    desk.press("F2")
    label = desk.model.index(1, 1)
    assert label.isValid()


def test_required_blanks_and_findings_are_marked(desk: Desk) -> None:
    desk.document.edit(cell_of("actual"), "")
    index = desk.model.index_of(cell_of("actual"))
    assert index.data(BLANK) is True
    assert index.data(MARK) is not None
    desk.document.edit(cell_of("actual"), "100件")
    assert desk.model.index_of(cell_of("actual")).data(BLANK) is False


def test_marks_that_change_are_announced(desk: Desk, qtbot: QtBot) -> None:
    changed: list[tuple[int, int]] = []
    desk.model.dataChanged.connect(lambda first, _last: changed.append((first.row(), first.column())))
    desk.document.edit(cell_of("actual"), "100件")
    places = {(desk.model.index_of(one).row(), desk.model.index_of(one).column()) for one in (cell_of("score"), TOTAL)}
    assert places <= set(changed)
    assert len(changed) < 20, "only what changed"


def test_the_current_cell_is_told(desk: Desk, qtbot: QtBot) -> None:
    seen: list[Cell | None] = []
    desk.view.cell_changed.connect(seen.append)
    desk.view.go_to(cell_of("target", 2))
    assert seen[-1] is not None
    assert seen[-1].binding == cell_of("target", 2)


# ------------------------------------------------------------------------------------------------------------ painting


def colours(desk: Desk, rect: QRect) -> set[str]:
    """The colours in a part of the sheet."""
    QApplication.processEvents()
    image = desk.view.viewport().grab(rect).toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def picture(desk: Desk, binding: Binding) -> set[str]:
    """The colours in a cell."""
    return colours(desk, desk.view.visualRect(desk.model.index_of(binding)))


def is_blue(seen: set[str]) -> bool:
    """Tell whether anything is written in blue ink: dark, and far more blue than red."""
    inks = [QColor(one) for one in seen]
    return any(one.blue() - one.red() > 60 and one.red() < 90 for one in inks)


def test_typed_words_are_blue_and_computed_ones_stand_on_grey(desk: Desk) -> None:
    paper = theme.LIGHT.paper
    desk.view.go_to(NAME)
    desk.view.set_zoom(1.0)
    desk.view.scrollTo(desk.model.index_of(cell_of("target")))
    assert is_blue(picture(desk, cell_of("target")))
    grey = picture(desk, cell_of("score"))
    assert paper.computed.lower() in grey
    assert not is_blue(grey)


def test_a_locked_form_has_no_blue(open_desk: Open, record: Record) -> None:
    assert not is_blue(picture(open_desk(record, read_only=True), cell_of("target", 3)))


@pytest.mark.parametrize(
    ("key", "text", "severity"),
    [("actual", "", "error"), ("actual", "200件", "warning"), ("weight", "45", "hint")],
)
def test_a_mark_has_the_colour_of_its_severity(desk: Desk, key: str, text: str, severity: str) -> None:
    desk.document.edit(cell_of(key), text)
    places = [
        index
        for row, column in desk.model.grid.fragments
        if (index := desk.model.index(row, column)).data(MARK) == severity
    ]
    assert places
    desk.view.setCurrentIndex(desk.model.index_of(NAME))
    seen = {
        one
        for index in places
        if desk.view.visualRect(index).isValid()
        for one in colours(desk, desk.view.visualRect(index))
    }
    assert getattr(theme.LIGHT.paper, severity).lower() in seen


def test_a_fix_flashes(desk: Desk) -> None:
    paper = theme.LIGHT.paper
    desk.view.go_to(NAME)
    desk.document.apply_fix(Fix("改", ((cell_of("target"), "5"),)))
    desk.view.flash(cell_of("target"))
    assert paper.fixed.lower() in picture(desk, cell_of("target"))


def test_another_form_and_the_bare_desk(desk: Desk, record: Record, templates: Mapping[str, Template]) -> None:
    desk.view.go_to(cell_of("actual"))
    desk.keys("7")
    first = desk.document
    other = Document(templates[record.template_id], replace(record, id="2"), save=lambda _record: NOW)
    desk.view.show_document(other)
    assert get_text(first.record, cell_of("actual")) == "7", "what was being typed is kept"
    first.edit(NAME, "不再显示")
    assert not desk.view.is_editing
    desk.view.show_document(None)
    assert desk.view.model() is None
    assert desk.view.current_cell() is None
    desk.view.fit_width()
    desk.view.rows.insert()
    desk.press("Tab")
    desk.press("Del")
    desk.view.grab()


# ---------------------------------------------------------------------------------------------------------------- soak


def test_none_survives_a_hundred_thousand_calls(qtbot: QtBot) -> None:
    """PySide6 6.12 on Python 3.11 loses a reference to None with each call that returns None, and aborts."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(100_000):
        label.setText("甲" if number % 2 else "乙")
    for _ in range(1_000):
        QApplication.processEvents()
    assert sys.getrefcount(None) > before - 1_000


def test_long_typing_keeps_no_memory(desk: Desk) -> None:
    desk.view.go_to(NAME)
    desk.press("F2")
    for number in range(100):
        desk.document.edit(NAME, str(number % 100))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(500):
        desk.document.edit(NAME, str(number % 100))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 20 * 1024, "20 MB: 500 records would be more"
    assert desk.document.undo_stack.count() <= 1


# ------------------------------------------------------------------------------------- what a newcomer stumbled over


def test_tab_stays_on_the_sheet_beside_other_controls(desk: Desk, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    row.addWidget(QLineEdit(window))
    row.addWidget(desk.view)
    row.addWidget(QLineEdit(window))
    window.show()
    qtbot.waitExposed(window)
    desk.view.setFocus()
    desk.view.go_to(cell_of("target", 1))
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert desk.place == ("actual", 1)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert desk.place == ("target", 1)
    assert window.focusWidget() is desk.view
    desk.view.setParent(None)


def test_the_editor_grows_with_a_pasted_text_at_the_paper_s_own_line_height(desk: Desk) -> None:
    desk.view.go_to(NAME)
    desk.press("F2")
    editor = desk.open_editor()
    before = editor.height()
    QApplication.clipboard().setText(long(200))
    editor.paste()
    lines = round(editor.document().size().height() / (STYLES[Role.INPUT].leading * 96 / 72 * desk.view.zoom))
    assert editor.height() > before
    assert lines >= 4
    assert editor.height() >= round(editor.document().size().height())


def test_the_cell_under_the_editor_keeps_its_old_lines(desk: Desk) -> None:
    desk.view.go_to(cell_of("name"))
    desk.press("F2")
    shown = desk.shown(cell_of("name"))
    QApplication.clipboard().setText(long(300))
    desk.open_editor().paste()
    assert desk.shown(cell_of("name")) == shown
    desk.view.commit_editor()
    assert desk.shown(cell_of("name")).endswith(long(300))


def test_no_break_spaces_stay_as_typed(desk: Desk) -> None:
    desk.view.go_to(cell_of("remark") if desk.model.index_of(cell_of("remark")).isValid() else cell_of("reason"))
    desk.press("F2")
    QApplication.clipboard().setText("第一行\u00a0甲\n第二行")
    desk.open_editor().paste()
    desk.view.commit_editor()
    texts = {desk.text(cell_of("remark")), desk.text(cell_of("reason"))}
    assert "第一行\u00a0甲\n第二行" in texts


def test_ctrl_home_and_end_lead_to_the_ends_of_the_form(desk: Desk) -> None:
    inputs = desk.model.inputs()
    desk.press("Ctrl+End")
    assert desk.view.currentIndex() == inputs[-1]
    desk.press("Ctrl+Home")
    assert desk.view.currentIndex() == inputs[0]


def test_fill_down_from_above_and_over_a_range(desk: Desk) -> None:
    desk.document.edit(cell_of("target", 0), "≥70件")
    desk.document.end_edit()
    desk.view.go_to(cell_of("target", 1))
    desk.press("Ctrl+D")
    assert desk.text(cell_of("target", 1)) == "≥70件"
    desk.press("Shift+Down")
    desk.press("Ctrl+D")
    assert desk.text(cell_of("target", 2)) == "≥70件"
    assert desk.document.undo_stack.undoText() == "向下填充"


def test_undo_and_redo_go_where_they_change_something(desk: Desk) -> None:
    desk.document.edit(cell_of("weight", 2), "33")
    desk.document.end_edit()
    desk.view.go_to(NAME)
    desk.document.undo_stack.undo()
    assert desk.place == ("weight", 2)
    desk.view.go_to(NAME)
    desk.document.undo_stack.redo()
    assert desk.place == ("weight", 2)
    desk.view.go_to(cell_of("name", 1))
    desk.view.rows.delete()
    desk.view.go_to(NAME)
    desk.document.undo_stack.undo()
    assert desk.place == ("name", 1)
