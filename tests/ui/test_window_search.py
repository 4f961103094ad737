"""查找 in the real window: first in the form, again in all forms; what is found is marked, and the list can be read."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from perfdesk.layout import Line
from perfdesk.model import Binding, Block
from tests.qt_tools import press
from tests.robot import LEGAL_AID, Open, Robot
from ui.sheet.delegate import CellDelegate
from ui.sheet.found import Span, spans
from ui.theme import LIGHT
from ui.widgets.search import plain_text

BY_LAW = "依法行政专项经费"


def _current(robot: Robot) -> str:
    cell = robot.window.desk.sheet.current_cell()
    return cell.text if cell is not None else ""


def test_enter_stays_in_the_form_even_when_another_form_has_the_name(robot: Robot) -> None:
    here = robot.document.record.id
    robot.press("Ctrl+F")
    robot.keys("法律援助")
    hits = robot.window.bar.finder.hits()
    assert hits
    assert all("年度" not in hit for hit in hits)
    robot.press("Return")
    assert robot.document.record.id == here
    assert "法律援助" in _current(robot)
    robot.press("Ctrl+F")
    robot.keys("依法行政")
    robot.press("Return")
    assert robot.document.record.id == here


def test_the_second_press_looks_in_all_forms(robot: Robot) -> None:
    finder = robot.window.bar.finder
    inside = next(
        one.name
        for record, _ in robot.window.forms.everything()
        if record.id != robot.document.record.id
        for one in record.indicators
        if plain_text(one.name) not in plain_text(str(robot.document.record))
    )
    robot.press("Ctrl+F")
    robot.keys(inside)
    assert not finder.hits()
    assert "再按一次 Ctrl+F" in finder.list_texts()[0]
    robot.press("Ctrl+F")
    assert finder.hits()
    assert "三级指标" in finder.hits()[0]
    before = robot.document.record.id
    robot.press("Return")
    assert robot.document.record.id != before
    assert plain_text(inside) == plain_text(_current(robot))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("预算执行率", "预算执行率"),
        ("全年办理法律援助案件三百件以上，为困难群众挽回经济损失", "…助案件三百件以上，为困难群众挽回经济损失"),
        ("挽回经济损失，全年办理法律援助案件三百件以上，服务困难群众", "挽回经济损失，全年办理法律援助案件三百件…"),
    ],
)
def test_a_long_text_shows_where_the_hit_stands(robot: Robot, text: str, shown: str) -> None:
    robot.type("项目名称", text)
    robot.press("Ctrl+F")
    robot.keys("挽回" if "挽回" in text else "预算执行")
    hit = next(one for one in robot.window.bar.finder.hits() if "项目名称" in one)
    assert hit.split("　")[0] == shown


def test_reports_and_lists_are_looked_through(open_window: Open) -> None:
    robot = open_window(empty=True)
    forms, session = robot.window.forms, robot.window.session
    for name in ("lingling-2022-publication-list", "lingling-2022-report"):
        session.open(forms.create(name, year=2022, name="", bureau=""))
        if name.endswith("list"):
            robot.window.desk.sheet.go_to(Binding(Block.ROWS, "agency", row=0))
            robot.window.desk.sheet.setFocus()
            robot.keys("零陵区司法局")
            robot.press("Return")
    robot.press("Ctrl+F")
    robot.press("Ctrl+F")
    robot.keys("零陵区司法")
    assert "单位名称" in robot.window.bar.finder.hits()[0]
    robot.press("Return")
    assert _current(robot) == "零陵区司法局"
    robot.press("Ctrl+F")
    robot.press("Ctrl+F")
    robot.keys("政府性基金预算支出")
    found = robot.window.bar.finder.hits()
    assert found
    assert all("标题" in one for one in found)


def test_what_is_not_saved_yet_is_found_from_another_form(robot: Robot) -> None:
    robot.type("项目名称", "刚写的名字")
    robot.open(BY_LAW)
    robot.press("Ctrl+F")
    robot.press("Ctrl+F")
    robot.keys("刚写的")
    robot.press("Return")
    assert robot.text("项目名称") == "刚写的名字"


def test_hits_are_marked_in_the_form_until_esc(robot: Robot) -> None:
    delegate = robot.window.desk.sheet.itemDelegate()
    assert isinstance(delegate, CellDelegate)
    ground = LIGHT.paper.found.upper()

    def coloured() -> int:
        robot.settle()
        picture = robot.window.desk.sheet.viewport().grab().toImage()
        lines = range(0, picture.height(), 3)
        return sum(
            picture.pixelColor(x, y).name().upper() == ground for y in lines for x in range(0, picture.width(), 3)
        )

    assert coloured() == 0
    robot.press("Ctrl+F")
    robot.keys("法律援助")
    assert coloured() > 20
    robot.press("Escape")
    assert coloured() == 0
    assert robot.window.bar.finder.text() == ""
    robot.press("Ctrl+F")
    robot.keys("法律援助")
    robot.press("Return")
    assert coloured() > 20
    robot.type("项目名称", "x")
    assert coloured() == 0


@pytest.mark.parametrize(
    ("lines", "wanted", "found"),
    [
        (("法律援助工作",), "援助", (Span(0, 2, 4),)),
        (("年内完成200件法", "律援助"), "法律", (Span(0, 8, 9), Span(1, 0, 1))),
        (("ＡＢ ａｂ",), "abab", (Span(0, 0, 5),)),
        (("abab",), "ab", (Span(0, 0, 2), Span(0, 2, 4))),
        (("无",), "有", ()),
        (("无",), "", ()),
    ],
)
def test_a_hit_is_found_over_line_ends_and_widths(lines: tuple[str, ...], wanted: str, found: tuple[Span, ...]) -> None:
    assert spans(tuple(Line(text, 0, 10) for text in lines), wanted) == found


@pytest.mark.parametrize("width", [1093, 1366])
def test_the_list_is_wide_enough_and_on_the_screen(robot: Robot, width: int) -> None:
    window, finder = robot.window, robot.window.bar.finder
    window.resize(width, 720)
    window.move(0, 0)
    robot.press("Ctrl+F")
    robot.keys("zqxj")
    robot.settle()
    sentence = finder.list_texts()[0]
    assert sentence.startswith("没有找到“zqxj”")
    box = finder.list_rect()
    assert box.width() > QFontMetrics(finder.font()).horizontalAdvance(sentence)
    assert box.right() <= max(window.geometry().right(), window.screen().availableGeometry().right())
    robot.press("Escape")


def test_the_chosen_line_is_taken_and_the_field_rests(robot: Robot) -> None:
    finder = robot.window.bar.finder
    robot.press("Ctrl+F")
    assert finder.placeholderText() == "在本表查找"
    robot.keys("法律")
    second = finder.hits()[1]
    popup = QApplication.activePopupWidget()
    assert popup is not None
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        press(popup, key)
    assert second.startswith(_current(robot)[:10])
    assert finder.placeholderText() != "在本表查找"


def test_without_a_form_all_are_looked_in(open_window: Open) -> None:
    robot = open_window()
    robot.window.session.close()
    robot.press("Ctrl+K")
    robot.keys(LEGAL_AID[:4])
    assert any(LEGAL_AID in hit for hit in robot.window.bar.finder.hits())
    robot.press("Return")
    assert robot.document.record.value("project_name") == LEGAL_AID
