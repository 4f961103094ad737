"""对比: the window that lays two years of a form beside each other, and its table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from perfdesk.comparing import Line, Standing
from perfdesk.gathering.last_year import Change
from perfdesk.model import Binding, Block, FormKind, Indicator
from tests.gathering.support import TEMPLATES, record
from tests.qt_tools import children
from tests.robot import Open, Robot
from tests.ui.on_forms import opened
from ui.compare.dialog import ALL, DIFFERING, CompareDialog, standing_words
from ui.compare.table import CompareModel, CompareTable, change_words

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NAME = "普法宣传工作经费"
HELD = Indicator(
    "产出指标", level2="数量指标", name="组织普法宣传活动（次）", target="≥30次", actual="32次", weight="20"
)
TRAINED = Indicator("产出指标", level2="质量指标", name="普法骨干培训通过率", target="≥90%", actual="96%", weight="10")
NOW = record(FormKind.PROJECT_SELF, NAME, indicators=(HELD, TRAINED), values={"goal_expected": "按月开展。\n" * 9})
OLD = replace(
    NOW, id="old", year=2023, indicators=(replace(HELD, weight="30", actual="30次"),), values={"project_name": NAME}
)
OLDER = replace(NOW, id="older", year=2021, values={"project_name": "2021年" + NAME})
OTHER = replace(OLD, id="other", values={"project_name": "法律援助工作经费"})
AT = Binding(Block.INDICATORS, "weight", row=0)


def compared(robot: Robot) -> CompareDialog:
    robot.window.commands["compare"].trigger()
    found = robot.dialog(CompareDialog)
    assert isinstance(found, CompareDialog)
    return found


def texts(dialog: CompareDialog) -> list[tuple[str, ...]]:
    return list(dialog.table.texts())


# ----------------------------------------------------------------------------------------------------------- window
def test_the_nearest_year_of_the_same_project_comes_first(open_window: Open) -> None:
    robot = opened(open_window, NOW, OTHER, OLDER, OLD)
    dialog = compared(robot)
    shown = [dialog.others.itemText(at) for at in range(dialog.others.count())]
    assert shown == [f"2023 年 · {NAME}", f"2021 年 · 2021年{NAME}"]
    assert ("组织普法宣传活动（次）", "30", "20", "▼ 10 分") in texts(dialog)
    assert ("绩效指标 · 新增", "", "", "") in texts(dialog)
    assert dialog.summary()[1].startswith("总分 30.00 → 30.00")
    dialog.reject()


def test_another_year_is_chosen(open_window: Open) -> None:
    dialog = compared(opened(open_window, NOW, OLDER, OLD))
    dialog.others.setCurrentIndex(1)
    dialog.others.activated.emit(1)
    assert ("预期目标", "", NOW.value("goal_expected").strip(), "新填") in texts(dialog)
    assert (
        texts(dialog) == [("表头和文字", "", "", ""), ("项目名称", f"2021年{NAME}", NAME, "文字")]
        or len(texts(dialog)) == 3
    )
    dialog.reject()


def test_the_whole_form_or_what_differs(open_window: Open) -> None:
    dialog = compared(opened(open_window, NOW, OLD))
    differing = len(texts(dialog))
    dialog.filter.choose(ALL)
    dialog.filter.chosen.emit(ALL)
    assert len(texts(dialog)) > differing
    assert ("组织普法宣传活动（次）", "≥30次", "≥30次", "") in texts(dialog)
    dialog.filter.chosen.emit(DIFFERING)
    dialog.reject()


def test_a_line_leads_to_its_cell(open_window: Open) -> None:
    robot = opened(open_window, NOW, OLD)
    dialog = compared(robot)
    row = next(at for at, one in enumerate(texts(dialog)) if one[3] == "▼ 10 分")
    model = dialog.table.model()
    dialog.table.setCurrentIndex(model.index(row, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Return)
    cell = robot.window.desk.current_cell()
    assert cell is not None
    assert cell.binding == AT
    assert not dialog.isVisible()


def test_a_row_that_is_gone_is_only_read(open_window: Open) -> None:
    robot = opened(open_window, OLD, NOW)
    dialog = compared(robot)
    row = next(at for at, one in enumerate(texts(dialog)) if one[0] == TRAINED.name)
    dialog.table.setCurrentIndex(dialog.table.model().index(row, 0))
    (go,) = [one for one in children(dialog, QPushButton) if one.text() == "打开这一格"]
    go.click()
    assert dialog.isVisible(), "the open form of 2023 has no such row"
    assert dialog.table.current_line() is not None
    dialog.reject()


def test_forms_that_are_the_same_say_so(open_window: Open) -> None:
    robot = opened(open_window, NOW, replace(NOW, id="same", year=2023))
    dialog = compared(robot)
    assert dialog.summary()[0] == "0 格不同"
    assert texts(dialog) == []
    dialog.reject()


def test_a_form_with_nothing_beside_it_says_so(open_window: Open) -> None:
    alone = opened(
        open_window, replace(NOW, id="alone", template_id=TEMPLATES[FormKind.PROJECT_GOAL].id, year=2030), NOW
    )
    alone.window.commands["compare"].trigger()
    assert alone.toast() == "其他年度还没有同一种表，没有可对比的"


# ------------------------------------------------------------------------------------------------------------ table
def line(was: str, now: str, change: Change | None = None) -> Line:
    return Line("绩效指标 · 分值", "组织普法宣传活动", was, now, AT, AT, change)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (line("30", "20", Change(-1, "10 分")), "▼ 10 分"),
        (line("231", "253", Change(1, "9.5%", better=True)), "▲ 9.5%"),
        (line("", "20"), "新填"),
        (line("20", ""), "清空"),
        (line("≥90%", "96%"), "文字"),
        (line("20", "20.0", Change(0)), "文字"),
        (line("20", "20"), ""),
    ],
)
def test_the_change_is_said_in_words(found: Line, words: str) -> None:
    assert change_words(found) == words


def test_what_is_gone_and_new_is_drawn_apart(qtbot: QtBot) -> None:
    table = CompareTable()
    qtbot.addWidget(table)
    tester = QAbstractItemModelTester(table.model(), table)
    assert tester.model() is table.model()
    long = "负责监督管理和指导法律援助工作，受理和审查申请。" * 12
    table.resize(700, 400)
    found = (line("30", "20"), line("", long), line("二\n三", ""), line("5", "6", Change(1, "1", better=False)))
    table.show_lines(found, ("2023 年", "2024 年"))
    table.show()
    qtbot.waitExposed(table)
    model = table.model()
    heights = [table.visualRect(model.index(row, 2)).height() for row in range(1, 4)]
    assert heights[1] > heights[0], "a long text takes several lines"
    assert heights[1] < 6 * heights[0], "but not all of the window"
    differing = table.grab().toImage()
    table.show_lines([one._replace(was=one.now) for one in found], ("2023 年", "2024 年"))
    assert table.grab().toImage() != differing
    assert isinstance(model, CompareModel)
    assert model.data(model.index(1, 1), Qt.ItemDataRole.AccessibleTextRole) == "2023 年 20"
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    table.show_lines((), ("", ""))
    assert table.current_line() is None
    assert table.visualRect(model.index(0, 0)) == QRect()


def test_how_forms_stand_leaves_out_what_neither_has() -> None:
    was, now = Standing("", "", "", 2, 8), Standing("", "优", "98.46%", 0, 5)
    assert standing_words(was, now) == "等级 无 → 优　执行率 无 → 98.46%　错误 2 → 0　警告 8 → 5"
