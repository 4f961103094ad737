"""The fill handle: pulled down it fills the cells below it, in the same part of the form, as one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from perfdesk.model import Binding, Block
from tests.robot import Open, Robot


def _at(robot: Robot, key: str, row: int = 0) -> QPoint:
    """Go to a cell of an indicator; return the middle of it."""
    robot.window.resize(1366, 1100)
    robot.settle()
    return _middle(robot, key, row, go=True)


def _middle(robot: Robot, key: str, row: int, *, go: bool = False) -> QPoint:
    sheet = robot.window.desk.sheet
    model, place = sheet.sheet_model, Binding(Block.INDICATORS, key, row=row)
    assert model is not None
    assert not go or sheet.go_to(place)
    return sheet.visualRect(model.index_of(place)).center()


def _pull(robot: Robot, start: QPoint, end: QPoint) -> None:
    viewport = robot.window.desk.sheet.viewport()
    for kind, at in (
        (QEvent.Type.MouseButtonPress, start),
        (QEvent.Type.MouseMove, end),
        (QEvent.Type.MouseButtonRelease, end),
    ):
        held = Qt.MouseButton.NoButton if kind is QEvent.Type.MouseButtonRelease else Qt.MouseButton.LeftButton
        where = QPointF(viewport.mapToGlobal(at))
        event = QMouseEvent(kind, QPointF(at), where, Qt.MouseButton.LeftButton, held, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(viewport, event)


def _actuals(robot: Robot) -> list[str]:
    return [one.actual for one in robot.document.record.indicators]


def test_pulling_the_handle_fills_what_it_passes(robot: Robot) -> None:
    _at(robot, "actual")
    before = robot.document.record
    text, rest = _actuals(robot)[0], _actuals(robot)[3:]
    corner = robot.window.desk.sheet.filling.corner()
    _pull(robot, corner.center(), _middle(robot, "actual", 2))
    assert _actuals(robot) == [text] * 3 + rest
    assert robot.document.undo_stack.undoText() == "填充"
    robot.undo()
    assert robot.document.record == before


def test_it_stays_in_its_part_of_the_form(robot: Robot) -> None:
    _at(robot, "name")
    before, count = robot.document.record, len(robot.document.record.indicators)
    _pull(robot, robot.window.desk.sheet.filling.corner().center(), QPoint(500, 100_000))
    names = [one.name for one in robot.document.record.indicators]
    assert names == [before.indicators[0].name] * count
    assert robot.document.record.values == before.values


@pytest.mark.parametrize("up", [True, False])
def test_let_go_where_it_was_taken_it_changes_nothing(robot: Robot, *, up: bool) -> None:
    middle = _at(robot, "actual", 1)
    before = robot.document.record
    corner = robot.window.desk.sheet.filling.corner().center()
    _pull(robot, corner, middle - QPoint(0, 60) if up else corner - QPoint(0, 4))
    assert robot.document.record == before


def test_several_columns_are_filled_from_their_lowest_cells(robot: Robot) -> None:
    _at(robot, "target", 0)
    robot.press("Shift+Right")
    first = robot.document.record.indicators[0]
    _pull(robot, robot.window.desk.sheet.filling.corner().center(), _middle(robot, "actual", 1))
    second = robot.document.record.indicators[1]
    assert (second.target, second.actual) == (first.target, first.actual)


def test_a_pull_beside_the_handle_selects(robot: Robot) -> None:
    before = robot.document.record
    _pull(robot, _at(robot, "actual"), _middle(robot, "actual", 2))
    assert robot.document.record == before


def test_a_form_that_is_only_looked_at_is_not_filled(open_window: Open) -> None:
    open_window().close()
    robot = open_window(read_only=True)
    robot.open("法律援助工作经费", year=2020)
    _at(robot, "actual")
    before = robot.document.record
    _pull(robot, robot.window.desk.sheet.filling.corner().center(), _middle(robot, "actual", 2))
    assert robot.document.record == before
