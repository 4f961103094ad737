"""Ranges of cells from and to Excel and WPS on the real sheet: tables with merged cells, text, one step each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from perfdesk.model import Binding, Block
from perfdesk.ranges import Part, read_html
from tests.robot import Robot

TABLE = """<html><body><table>
<tr><td rowspan=3>产出指标</td><td rowspan=2>数量指标</td><td>接待来访</td><td>≥300人次</td></tr>
<tr><td>办理案件</td><td>≥200件</td></tr>
<tr><td>质量指标</td><td>结案率</td><td>≥95%</td></tr>
</table></body></html>"""
TEXT = "产出指标\t数量指标\t接待来访\t≥300人次\n\t\t办理案件\t≥200件\n\t质量指标\t结案率\t≥95%\n"
WANTED = [
    ("产出指标", "数量指标", "接待来访", "≥300人次"),
    ("产出指标", "数量指标", "办理案件", "≥200件"),
    ("产出指标", "质量指标", "结案率", "≥95%"),
]


def _clip(*, html: str = "", text: str = "") -> None:
    data = QMimeData()
    if html:
        data.setHtml(html)
    data.setText(text)
    QApplication.clipboard().setMimeData(data)


def _at(robot: Robot, key: str, row: int = 0) -> None:
    assert robot.window.desk.sheet.go_to(Binding(Block.INDICATORS, key, row=row))
    robot.window.desk.sheet.setFocus()


def _rows(robot: Robot) -> list[tuple[str, str, str, str]]:
    return [(one.level1, one.level2, one.name, one.target) for one in robot.document.record.indicators]


@pytest.mark.parametrize(("html", "text"), [(TABLE, "xx"), ("", TEXT)])
def test_a_table_with_merged_cells_fills_every_row_they_cover(robot: Robot, html: str, text: str) -> None:
    before = robot.document.record
    _clip(html=html, text=text)
    _at(robot, "level1")
    robot.press("Ctrl+V")
    assert _rows(robot)[:3] == WANTED
    assert robot.document.record.indicators[3:] == before.indicators[3:]
    robot.undo()
    assert robot.document.record == before


def test_what_was_copied_reads_back_with_its_merges(robot: Robot) -> None:
    _clip(html=TABLE)
    _at(robot, "level1")
    robot.press("Ctrl+V")
    _at(robot, "target", 2)
    for _ in range(2):
        robot.press("Shift+Up")
    for _ in range(2):
        robot.press("Shift+Left")
    robot.press("Ctrl+C")
    data = QApplication.clipboard().mimeData()
    assert [part.text for part in read_html(data.html())] == [part.text for part in read_html(TABLE)[1:]]
    assert read_html(data.html())[0] == Part(0, 0, 2, 1, "数量指标")
    assert data.text().split("\n")[1] == "\t办理案件\t≥200件"


def test_one_cell_is_copied_as_mere_text(robot: Robot) -> None:
    _at(robot, "name")
    robot.press("Ctrl+C")
    data = QApplication.clipboard().mimeData()
    assert data.text() == robot.document.record.indicators[0].name
    assert not data.hasHtml(), data.html()


def test_one_line_goes_into_a_merged_cell_whole(robot: Robot) -> None:
    _clip(html=TABLE)
    _at(robot, "level1")
    robot.press("Ctrl+V")
    _clip(text="产出")
    _at(robot, "level1")
    robot.press("Ctrl+V")
    assert [row[0] for row in _rows(robot)[:3]] == ["产出"] * 3


def test_one_text_goes_into_all_selected_cells(robot: Robot) -> None:
    before = robot.document.record
    _clip(text="按时完成")
    _at(robot, "actual")
    robot.press("Shift+Down")
    robot.press("Shift+Down")
    robot.press("Ctrl+V")
    assert [one.actual for one in robot.document.record.indicators[:3]] == ["按时完成"] * 3
    robot.undo()
    assert robot.document.record == before


def test_ctrl_shift_v_takes_the_text_and_not_the_table(robot: Robot) -> None:
    _clip(html=TABLE, text="只要字")
    _at(robot, "name")
    robot.press("Ctrl+Shift+V")
    assert _rows(robot)[0][2] == "只要字"


def test_a_label_beside_its_value_is_passed_over(robot: Robot) -> None:
    _clip(html="<table><tr><td>甲项目</td><td>随便</td><td>乙单位</td></tr></table>")
    robot.go("项目名称")
    robot.press("Ctrl+V")
    assert robot.text("项目名称") == "甲项目"


def test_after_an_undo_only_the_cell_it_changed_is_selected(robot: Robot) -> None:
    _at(robot, "actual")
    robot.press("Delete")
    _at(robot, "name", 2)
    robot.undo()  # Ctrl is held while the view goes back
    robot.press("Ctrl+C")
    assert QApplication.clipboard().text() == robot.document.record.indicators[0].actual
