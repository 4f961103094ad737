"""Small helpers of the real window: files dropped onto it, the list behind the weight meter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from perfdesk.amounts import plain
from tests.qt_tools import children, click, press
from tests.robot import LEGAL_AID, Answers, Open, Robot
from tests.simple_forms import FILES
from ui.dialogs.import_report import ImportReport
from ui.widgets.weights import WeightList

if TYPE_CHECKING:
    from collections.abc import Sequence


def _drop(robot: Robot, paths: Sequence[Path]) -> bool:
    """Drag files onto the window and let go; tell whether the window was ready to take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    no_keys, left, copy = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(300, 300), copy, data, left, no_keys)
    enter.ignore()
    QApplication.sendEvent(robot.window, enter)
    drop = QDropEvent(QPointF(300, 300), copy, data, left, no_keys, QEvent.Type.Drop)
    drop.ignore()
    QApplication.sendEvent(robot.window, drop)
    robot.settle()
    assert enter.isAccepted() == drop.isAccepted()
    return drop.isAccepted()


@pytest.fixture
def sample_file() -> Path:
    return FILES[0]


def test_data_files_dropped_onto_the_window_are_taken_in(open_window: Open, folder: Path, sample_file: Path) -> None:
    robot = open_window(empty=True)
    assert robot.listed() == ()
    bad = folder / "坏的.JSON"
    bad.write_text("{", encoding="utf-8")
    assert _drop(robot, [sample_file, bad, folder / "图.png"])
    robot.settle()  # it is read, then saved
    assert len(robot.listed()) == 1
    assert robot.document.record.year
    report = cast(ImportReport, robot.dialog(ImportReport))
    assert "坏的.JSON" in report.texts()
    assert not any("图.png" in text for text in report.texts())
    report.accept()


def test_other_files_are_not_taken(robot: Robot, folder: Path) -> None:
    before = robot.listed()
    assert not _drop(robot, [folder / "图.png"])
    assert not _drop(robot, [])
    assert robot.listed() == before


def test_nothing_comes_into_a_window_that_only_looks(robot: Robot, open_window: Open, sample_file: Path) -> None:
    answers = Answers()
    answers.answers = ["look"]
    second = open_window(answers=answers)
    before = second.listed()
    _drop(second, [sample_file])
    assert second.toast() == "现在只能查看，不能导入"
    assert second.listed() == before


def test_a_click_on_the_meter_lists_the_groups(robot: Robot) -> None:
    assert robot.document.record.value("project_name") == LEGAL_AID
    click(robot.window.status.meter)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, WeightList)
    texts = popup.texts()
    assert texts[:6] == ("一级指标", "各行之和", "表上印的", "预算执行率", "10", "—")
    groups = robot.document.derived.assessment.groups
    assert texts[6::3][: len(groups)] == tuple(one.label for one in groups)
    assert texts[-3:] == ("合计", "110/100", "多 10 分")
    meter = robot.window.status.meter
    assert popup.geometry().bottom() < meter.mapToGlobal(QPoint(0, 0)).y()
    press(popup, Qt.Key.Key_Escape)
    robot.settle()
    assert QApplication.activePopupWidget() is None
    assert not children(robot.window, WeightList)


def test_a_printed_weight_that_differs_from_its_rows_is_marked(robot: Robot) -> None:
    robot.open(LEGAL_AID, year=2024)
    group = robot.document.derived.assessment.groups[0]
    assert group.printed_weight == group.weight
    assert _marked(robot) == ()
    robot.type_indicator(0, "分值", "1")
    assert _marked(robot) == (plain(group.weight),)


def _marked(robot: Robot) -> tuple[str, ...]:
    """What the list behind the meter writes as an error, but for its last row."""
    click(robot.window.status.meter)
    popup = QApplication.activePopupWidget()
    assert isinstance(popup, WeightList)
    found = tuple(one.text() for one in children(popup, QLabel)[:-3] if one.property("tone") == "err")
    popup.close()
    robot.settle()
    return found
