"""Dragging a row by its handle: a line shows where, dropping moves it there as one step, a click is still a click."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QToolButton

from perfdesk.model import Binding, Block
from tests.qt_tools import children
from tests.robot import Open, Robot
from ui.sheet.rowtools import DropLine, Handle


def _handle(robot: Robot, row: int) -> Handle:
    sheet = robot.window.desk.sheet
    assert sheet.go_to(Binding(Block.INDICATORS, "name", row=row))
    robot.settle()
    return next(one for one in children(sheet.viewport(), Handle) if one.isVisible())


def _middle(robot: Robot, row: int, *, below: int = 0) -> int:
    """The height on the screen of the middle of a row."""
    sheet = robot.window.desk.sheet
    model = sheet.sheet_model
    assert model is not None
    rect = sheet.visualRect(model.index_of(Binding(Block.INDICATORS, "name", row=row)))
    return sheet.viewport().mapToGlobal(QPoint(0, rect.center().y() + below)).y()


def _mouse(handle: QToolButton, kind: QEvent.Type, y: int) -> None:
    local = handle.rect().center()
    place = QPointF(handle.mapToGlobal(local).x(), y)
    held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
    event = QMouseEvent(kind, QPointF(local), place, Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(handle, event)


def _drag(robot: Robot, row: int, over: int, *, below: int) -> None:
    robot.window.resize(1366, 1100)
    handle = _handle(robot, row)
    to = _middle(robot, over, below=below)
    _mouse(handle, QEvent.Type.MouseButtonPress, handle.mapToGlobal(handle.rect().center()).y())
    _mouse(handle, QEvent.Type.MouseMove, to)
    line = children(robot.window.desk.sheet.viewport(), DropLine)[0]
    assert line.isVisible()
    _mouse(handle, QEvent.Type.MouseButtonRelease, to)
    assert not line.isVisible()


def _names(robot: Robot) -> list[str]:
    return [one.name for one in robot.document.record.indicators]


@pytest.mark.parametrize(
    ("row", "over", "below", "stands"), [(0, 2, 4, 2), (2, 0, -4, 0), (1, 2, -4, 1), (1, 1, 12, 1)]
)
def test_a_row_goes_where_it_is_dropped(robot: Robot, row: int, over: int, below: int, stands: int) -> None:
    before = robot.document.record
    names = _names(robot)
    _drag(robot, row, over, below=below)
    moved = names[:row] + names[row + 1 :]
    moved.insert(stands, names[row])
    assert _names(robot) == moved
    current = robot.window.desk.sheet.current_cell()
    assert current is not None
    assert current.binding == Binding(Block.INDICATORS, "name", row=stands)
    if stands != row:
        robot.undo()
    assert robot.document.record == before


def test_far_below_is_the_last_row(robot: Robot) -> None:
    name, count = _names(robot)[0], len(_names(robot))
    _drag(robot, 0, 0, below=100_000)
    assert _names(robot)[-1] == name
    assert len(_names(robot)) == count


def test_a_click_on_the_handle_opens_its_menu(robot: Robot) -> None:
    handle = _handle(robot, 1)
    names, y = _names(robot), handle.mapToGlobal(handle.rect().center()).y()
    _mouse(handle, QEvent.Type.MouseButtonPress, y)
    _mouse(handle, QEvent.Type.MouseMove, y + 1)
    _mouse(handle, QEvent.Type.MouseButtonRelease, y)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    assert _names(robot) == names


def test_a_form_that_is_only_looked_at_has_no_handle(open_window: Open) -> None:
    open_window().close()
    robot = open_window(read_only=True)
    robot.open("法律援助工作经费", year=2020)
    robot.window.desk.sheet.go_to(Binding(Block.INDICATORS, "name", row=1))
    robot.settle()
    assert not [one for one in children(robot.window.desk.sheet.viewport(), Handle) if one.isVisible()]
