"""A report among the forms of its year: figures that follow them, 全部更新, 数据来源, 附表; and one that can only be looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from perfdesk.dataitems import items_of
from perfdesk.gathering import ANNEXES
from perfdesk.model import Binding, Block, Section
from tests.qt_tools import child, children, click
from tests.robot import Open, Robot
from ui.report.field import CoverField

if TYPE_CHECKING:
    from ui.report.view import ReportView

OFFICE = "某县司法局"
KEY = "部门整体支出绩效自评表·全年执行数"
SECTIONS = (Section(1, "一、收支", ("全年支出",)), Section(1, "二、问题", ("无",)))
EXECUTED = Binding(Block.FUNDS, "executed", row=0)
Year = Callable[..., Robot]


@pytest.fixture
def year(open_window: Open) -> Year:
    """Open a window on a report of a year with a department form."""

    def make() -> Robot:
        robot = open_window(empty=True)
        forms = robot.window.forms
        source = forms.create("chenxi-2021-department-self", year=2021, name="", bureau=OFFICE)
        robot.window.session.open(source)
        robot.document.edit(EXECUTED, "2318.14")
        report = forms.create("chenxi-2021-report", year=2021, name="", bureau=OFFICE)
        forms.store.save(replace(forms.store.load(report), sections=SECTIONS))
        robot.window.session.open(report)
        robot.settle()
        return robot

    return make


def _view(robot: Robot) -> ReportView:
    return robot.window.desk.report


def _insert(robot: Robot) -> None:
    """Put 全年执行数 at the end of the first section."""
    view = _view(robot)
    view.go_to(Binding(Block.SECTIONS, "0", 0))
    view.insert_item(next(one for one in view.figures.shown() if one.key == KEY))


def _spend(robot: Robot, text: str) -> None:
    """Type another figure into the department form and come back."""
    report = robot.document.record.id
    robot.window.session.open(next(one.id for one in robot.window.forms.lines if one.id != report))
    robot.document.edit(EXECUTED, text)
    robot.window.session.open(report)
    robot.settle()


def _renew(robot: Robot) -> None:
    from PySide6.QtWidgets import QPushButton

    button = next(one for one in children(_view(robot).tools, QPushButton) if one.text() == "全部更新")
    assert button.isVisible()
    click(button)


def test_a_changed_form_is_told_and_taken_over_with_one_click(year: Year) -> None:
    robot = year()
    _insert(robot)
    tools = _view(robot).tools
    assert tools.state_text() == "数据项 1 处，均为最新"
    _spend(robot, "2400.00")
    assert tools.state_text() == "数据项 1 处，1 处有新数"
    assert items_of(robot.document.record)[0].text == "2318.14"
    assert _view(robot).editor.items.shown(KEY, "") == "2400.00"
    assert any("2400.00" in cell.text for cell in robot.document.derived.sheet.cells)
    _renew(robot)
    assert items_of(robot.document.record)[0].text == "2400.00"
    assert tools.state_text() == "数据项 1 处，均为最新"
    robot.undo()
    assert items_of(robot.document.record)[0].text == "2318.14"


def test_the_sentence_gives_way_before_the_words_of_the_buttons(year: Year) -> None:
    from PySide6.QtWidgets import QLabel

    robot = year()
    _insert(robot)
    _spend(robot, "2400.00")
    tools, width = _view(robot).tools, 0
    said = child(tools, QLabel)
    seen = []
    for width in range(1000, 300, -10):
        tools.resize(width, tools.height())
        if said.text() not in seen:
            seen.append(said.text())
    assert seen == ["数据项 1 处，1 处有新数", "1 处有新数"]


def test_the_source_of_a_figure_is_named_and_opened(year: Year) -> None:
    robot = year()
    _insert(robot)
    view = _view(robot)
    editor = view.editor
    place = editor.cursorRect().center() - QPoint(round(editor.looks.em), 0)
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, editor.viewport().mapToGlobal(place))
    QApplication.sendEvent(editor.viewport(), event)
    assert QToolTip.text() == "取自 部门整体支出绩效自评表 › 年度资金总额"
    QToolTip.hideText()
    view.tools.source_asked.emit()
    assert robot.document.template.id == "chenxi-2021-department-self"


def test_the_source_of_a_figure_whose_form_is_gone_says_so(year: Year) -> None:
    robot = year()
    _insert(robot)
    report = robot.document.record.id
    forms = robot.window.forms
    forms.trash(next(one.id for one in forms.lines if one.id != report))
    robot.document.look_around()
    view = _view(robot)
    assert view.editor.items.shown(KEY, "2318.14") == "2318.14"
    view.tools.source_asked.emit()
    assert robot.document.record.id == report
    assert "没有可以打开的" in robot.toast()


def test_a_ticked_form_goes_behind_the_report_and_undo_takes_it_away(year: Year) -> None:
    robot = year()
    panel = _view(robot).annexes
    _view(robot).tools.annexes_asked.emit()
    assert panel.isVisible()
    assert panel.list.count() == 1
    panel.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert robot.document.record.value(ANNEXES) == panel.chosen()[0]
    robot.undo()
    assert robot.document.record.value(ANNEXES) == ""
    assert panel.chosen() == ()
    robot.redo()
    assert len(panel.chosen()) == 1


def test_in_a_store_that_is_only_looked_at_nothing_changes(year: Year, open_window: Open) -> None:
    first = year()
    _insert(first)
    _spend(first, "2400.00")
    record = first.document.record
    assert first.close()
    robot = open_window(empty=True, read_only=True)
    robot.window.session.open(record.id)
    robot.settle()
    view = _view(robot)
    view.go_to(Binding(Block.SECTIONS, "0", 0))
    view.editor.setFocus()
    for act in ("a", "机"):
        robot.keys(act)
    for key in ("Return", "Backspace", "Del", "Ctrl+X", "Ctrl+V"):
        robot.press(key)
    child(view, CoverField).setFocus()
    robot.keys("附a")
    for chosen in (1, 0):
        view.tools.style_chosen.emit(chosen)
    view.outline.delete_asked.emit(1)
    view.outline.insert_asked.emit(0)
    view.renew_items()
    assert robot.document.record == record
    assert view.editor.lines[1].text == record.sections[0].paragraphs[0]
    assert {one.isReadOnly() for one in children(view, CoverField)} == {True}
    assert not view.annexes.list.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    assert not view.tools.style_box.isEnabled()
