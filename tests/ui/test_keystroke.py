"""What a keystroke sets in motion: the cells and figures that follow from it, and nothing of the window around them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from perfdesk.model import Binding, Block
from tests.robot import Robot
from ui.widgets.figure import Figure

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


class Events(QObject):
    """Counts the events of the widgets it is installed on."""

    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[QEvent.Type] = Counter()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        self.count[event.type()] += 1
        return False


def test_typing_lays_nothing_out_but_repaints_the_score(robot: Robot) -> None:
    robot.go("实际完成值", "年内完成200件")
    robot.keys("14")
    robot.settle()
    robot.keys("5")
    robot.press("Backspace")
    robot.settle()
    window, events, bars = robot.window, Events(), Events()
    before = robot.total()
    window.desk.installEventFilter(events)
    for part in (window.bar, window.tools):
        part.installEventFilter(bars)
    robot.press("Backspace")
    robot.settle()
    assert robot.total() != before
    assert "1 ÷ 100" in window.desk.location.texts()[1]
    assert not events.count[QEvent.Type.LayoutRequest]
    assert not bars.count[QEvent.Type.Paint]


class Painted(QObject):
    """Adds up the px that a widget paints."""

    area = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - overrides Qt
        if isinstance(event, QPaintEvent):
            self.area += sum(one.width() * one.height() for one in event.region())  # type: ignore[attr-defined]
        return False


@pytest.mark.parametrize(
    ("key", "text"), [("actual", "150"), ("score", "3"), ("score", "x"), ("target", "=95%"), ("weight", "")]
)
def test_a_change_from_outside_repaints_its_cells_and_leaves_nothing_behind(robot: Robot, key: str, text: str) -> None:
    sheet, window = robot.window.desk.sheet, robot.window
    robot.go("实际完成值", "年内完成200件")
    robot.settle()
    painted = Painted()
    sheet.viewport().installEventFilter(painted)
    for one in (text, str(getattr(robot.document.record.indicators[0], key))):  # there and back: marks come and go
        painted.area = 0
        robot.document.edit(Binding(Block.INDICATORS, key, row=0), one)
        robot.document.end_edit()
        robot.settle()
        assert 0 < painted.area < sheet.viewport().width() * sheet.viewport().height() / 4
        partly = window.screen().grabWindow(window.winId()).toImage()
        sheet.viewport().update()
        robot.settle()
        assert window.screen().grabWindow(window.winId()).toImage() == partly


def test_a_figure_takes_the_room_of_its_text(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    row, figure, events = QHBoxLayout(window), Figure(), Events()
    row.addWidget(figure)
    figure.show_text("95.36")
    window.show()
    qtbot.waitExposed(window)
    qtbot.wait(1)
    window.installEventFilter(events)
    figure.show_text("96.53")
    qtbot.wait(1)
    assert figure.text() == "96.53"
    assert not events.count[QEvent.Type.LayoutRequest]
    width = figure.width()
    figure.show_text("100.00")
    qtbot.wait(1)
    assert figure.width() > width
    assert events.count[QEvent.Type.LayoutRequest]
    figure.show_text("95.36")
    assert figure.width() == width
    figure.setStyleSheet("font-size: 60px")
    assert figure.width() > 1.5 * width
