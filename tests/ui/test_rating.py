"""The side form of a rating in the real window: raw figures entered once, each item's arithmetic, and the sheet beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPushButton

from perfdesk.model import Binding, Block
from tests.qt_tools import children, click
from ui.rating.card import ItemCard
from ui.rating.panel import RatingPanel

if TYPE_CHECKING:
    from tests.robot import Open, Robot

FORM = """
title = "评分表"
kind = "department_rating"
source = "某县财政局"
unit = "万元"
policy = "national-2020"
columns_mm = [30, 40, 60, 20, 20]

[page]
orientation = "portrait"
margins_mm = [13, 13, 13, 13]
row_mm = 7

[fields]
staff = { label = "在职人员数", kind = "number", raw = true, unit = "人" }
posts = { label = "编制数", kind = "number", raw = true, unit = "人" }
open = { label = "公开", raw = true, many = true, choices = ["按内容公开", "按时限公开", "均不符合"] }
survey = { label = "满意度", raw = true, choices = ["优秀", "良好", "合格"] }

[[starter]]
level2 = "配置"
name = "控制率"
weight = "3"
rules = [{ kind = "deduct-per-step", difference = [["staff"], ["posts"]], full = 3, target = 0, step = 1, each = 0.1 }]

[[starter]]
level2 = "配置"
name = "在岗率"
weight = "2"
rules = [{ kind = "bands", ratio = [["staff"], ["posts"]], bands = [[90, 2], [80, 1]] }]

[[starter]]
level2 = "公开"
name = "公开性"
weight = "2"
rules = [{ kind = "criteria-count", field = "open", tiers = [[2, 2], [1, 1], [0, 0]] }]

[[starter]]
level2 = "效果"
name = "满意度"
weight = "5"
rules = [{ kind = "grade", field = "survey", points = { "优秀" = 5, "良好" = 3, "合格" = 1 } }]

[[blocks]]
role = "indicators"
header = [["=二级", "=指标", "=说明", "=分值", "=得分"]]
row = ["level2", "name", "remark", "weight", "@score"]
"""


@pytest.fixture
def rating(open_window: Open, folder: Path) -> Robot:
    path = folder / "data" / "templates" / "our-rating.toml"
    path.parent.mkdir(parents=True)
    path.write_text(FORM, encoding="utf-8")
    robot = open_window(empty=True)
    robot.window.resize(1366, 768)
    robot.window.session.open(robot.window.forms.create("our-rating", year=2021, name="", bureau=""))
    robot.settle()
    return robot


def _panel(robot: Robot) -> RatingPanel:
    return next(one for one in children(robot.window.dock, RatingPanel))


def _card(robot: Robot, name: str) -> ItemCard:
    return next(one for one in children(_panel(robot), ItemCard) if one.item.name == name)


def _line(robot: Robot, name: str, label: str) -> QLineEdit:
    return next(one for one in children(_card(robot, name), QLineEdit) if one.accessibleName().startswith(label))


def _box(robot: Robot, name: str, word: str) -> QAbstractButton:
    return next(
        one for one in children(_card(robot, name), QAbstractButton) if one.accessibleName().endswith(f"：{word}")
    )


def _words(robot: Robot, name: str) -> str:
    return "\n".join(one.text() for one in children(_card(robot, name), QLabel) if one.isVisible())


def _fill(line: QLineEdit, text: str) -> None:
    line.setFocus()
    line.selectAll()
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(line, event)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_the_side_form_stands_beside_the_findings(rating: Robot) -> None:
    tabs = rating.window.dock.tabs
    assert tabs.words()[0] == "评分数据"
    assert tabs.current() == "rating"
    assert [card.item.name for card in children(_panel(rating), ItemCard)] == ["控制率", "在岗率", "公开性", "满意度"]
    rating.press("F8")
    assert tabs.current() in {"rating", "audit"}
    rating.window.session.close()
    assert tabs.keys() == ("audit",)


def test_a_figure_is_entered_once_and_scores_every_item_that_uses_it(rating: Robot) -> None:
    _fill(_line(rating, "控制率", "在职人员数"), "９５人")
    assert "还没有填编制数" in _words(rating, "控制率")
    _fill(_line(rating, "控制率", "编制数"), "89")
    assert _line(rating, "在岗率", "在职人员数").text() == "９５人"
    assert "0.60" in _words(rating, "控制率")
    assert "2.40 分" in _words(rating, "控制率")
    assert "2.00 分" in _words(rating, "在岗率")
    assert rating.text("得分", "控制率") == "2.40"
    assert "在岗率" in _line(rating, "控制率", "编制数").accessibleDescription()
    assert "填了 2/4 项" in "".join(one.text() for one in children(_panel(rating), QLabel))


def test_keystrokes_of_a_figure_are_one_undo_step(rating: Robot) -> None:
    line = _line(rating, "控制率", "在职人员数")
    line.setFocus()
    QTest.keyClicks(line, "121")
    assert rating.document.record.value("staff") == "121"
    QTest.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert rating.document.record.value("staff") == ""
    assert line.text() == ""
    QTest.keyClicks(line, "9")
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""


def test_a_figure_that_cannot_be_read_is_framed_and_named(rating: Robot) -> None:
    line = _line(rating, "控制率", "在职人员数")
    _fill(line, "很多")
    _fill(_line(rating, "控制率", "编制数"), "89")
    assert line.property("tone") == "err"
    assert "读不出数" in _words(rating, "控制率")
    _fill(line, "89")
    assert line.property("tone") == ""


def test_criteria_are_ticked_and_none_met_excludes_them(rating: Robot) -> None:
    for word in ("按时限公开", "按内容公开"):
        click(_box(rating, "公开性", word))
    assert rating.document.record.value("open") == "按内容公开、按时限公开"
    assert "2.00 分" in _words(rating, "公开性")
    click(_box(rating, "公开性", "均不符合"))
    assert rating.document.record.value("open") == "均不符合"
    click(_box(rating, "公开性", "按内容公开"))
    assert rating.document.record.value("open") == "按内容公开"


def test_a_grade_is_one_of_several_and_can_be_taken_back(rating: Robot) -> None:
    for word in ("优秀", "良好"):
        click(_box(rating, "满意度", word))
    assert rating.document.record.value("survey") == "良好"
    assert not _box(rating, "满意度", "优秀").isChecked()
    click(_box(rating, "满意度", "良好"))
    assert rating.document.record.value("survey") == ""


def test_a_typed_score_stands_beside_the_computed_one(rating: Robot) -> None:
    click(_box(rating, "满意度", "良好"))
    score = Binding(Block.INDICATORS, "score", row=3)
    rating.document.edit(score, "5")
    rating.document.end_edit()
    assert "≠ 3.00" in _words(rating, "满意度")
    take = next(one for one in children(_card(rating, "满意度"), QPushButton))
    assert take.text() == "采用 3.00"
    click(take)
    assert rating.document.record.indicators[3].score == ""
    assert not take.isVisible()


def test_sheet_and_side_form_follow_each_other(rating: Robot) -> None:
    rating.go("得分", "满意度")
    rating.settle()
    assert _card(rating, "满意度").property("current") == "true"
    _line(rating, "在岗率", "编制数").setFocus()
    cell = rating.window.desk.sheet.current_cell()
    assert cell is not None
    assert cell.binding is not None
    assert cell.binding.row == 1
    assert _card(rating, "在岗率").property("current") == "true"
    assert QApplication.focusWidget() is _line(rating, "在岗率", "编制数")
