"""图表 of 年度总览: drawn after the page, in its colours, in words too; folded away and remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from perfdesk.amounts import MoneyUnit
from perfdesk.errors import UserError
from perfdesk.model import FormKind, Record
from perfdesk.overview import Figures, Row
from tests.qt_tools import children
from tests.robot import Robot
from ui.dialogs.preview import PreviewDialog
from ui.home.charts import HEAD, LINE, PAD, ChartCard, ChartRow, Picture, tip_of
from ui.home.page import HomePage
from ui.theme import Mode

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

YEAR = 2023  # none of the samples, and its rules are there
NAMES = ("法律援助工作经费", "普法宣传工作经费", "安置帮教经费")


def of_sample(robot: Robot) -> Record:
    """A 项目自评表 of the samples."""
    line = next(one for one in robot.window.forms.lines if one.kind is FormKind.PROJECT_SELF)
    return robot.window.forms.store.load(line.id)


def adopt(robot: Robot, year: int, budgets: Iterable[str]) -> None:
    """Take in one 项目自评表 for each budget."""
    sample = of_sample(robot)
    made = [
        replace(
            sample,
            id=f"chart-{year}-{at}",
            year=year,
            unit=MoneyUnit.WAN,
            values={**sample.values, "project_name": NAMES[at]},
            funds=tuple(replace(one, annual_budget=budget, executed=budget) for one in sample.funds),
            stated={},
        )
        for at, budget in enumerate(budgets)
    ]
    robot.window.forms.adopt(made)
    robot.window.forms.relist()
    robot.settle()


def show(robot: Robot, year: int = YEAR) -> HomePage:
    robot.window.session.close()
    page = robot.window.desk.home
    page.show_year(year)
    robot.settle()
    return page


def drawn(robot: Robot, page: HomePage) -> tuple[Picture, ...]:
    robot.until(page.charts.pictures)
    robot.settle()
    return page.charts.pictures()


def says(page: HomePage, words: str) -> bool:
    return any(words in one.words for one in page.charts.pictures())


@pytest.fixture
def page(robot: Robot) -> HomePage:
    adopt(robot, YEAR - 1, ("10", "12"))
    adopt(robot, YEAR, ("10", "20", "5"))
    return show(robot)


def test_a_year_has_three_charts_with_their_figures_in_words(robot: Robot, page: HomePage) -> None:
    pictures = drawn(robot, page)
    assert [one.title for one in pictures] == ["总分", "执行率", "历年预算"]
    assert pictures[1].words == "执行率，说明线 90%：法律援助 100.00%；普法宣传 100.00%；安置帮教 100.00%"
    assert pictures[2].words.endswith(f"；{YEAR - 1} 年 22；{YEAR} 年 35")
    for row in page.table.rows:
        assert row.figures is not None
        assert f"{row.figures.score:.2f}" in pictures[0].words
    cards = children(page.charts, ChartCard)
    assert [one.accessibleName() for one in cards] == ["总分", "执行率", "历年预算"]
    assert cards[1].accessibleDescription() == pictures[1].words
    assert cards[1].toolTip().splitlines()[:2] == ["执行率，说明线 90%", "法律援助 100.00%"]


def test_the_page_stands_before_its_charts_and_nothing_jumps(robot: Robot, page: HomePage) -> None:
    assert page.charts.isVisible()
    assert page.charts.pictures() == (), "they come later"
    top, table = page.charts.geometry(), page.table.mapTo(page, page.table.rect().topLeft())
    drawn(robot, page)
    assert page.charts.geometry() == top
    assert page.table.mapTo(page, page.table.rect().topLeft()) == table


def test_something_is_painted_in_the_frame(robot: Robot, page: HomePage) -> None:
    blank = page.charts.grab().toImage()
    drawn(robot, page)
    painted = page.charts.grab().toImage()
    assert painted != blank
    robot.window.appearance.set_mode(Mode.DARK)
    before = page.charts.pictures()
    robot.until(lambda: page.charts.pictures() != before)
    assert _brightness(page.charts.grab().toImage()) < _brightness(painted) / 2


def _brightness(image: QImage) -> float:
    points = [(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
    return sum(image.pixelColor(x, y).lightness() for x, y in points) / len(points)


def test_what_is_typed_is_drawn(robot: Robot, page: HomePage) -> None:
    before = drawn(robot, page)
    robot.window.session.open(f"chart-{YEAR}-0")
    robot.type("全年执行数", "5")
    robot.save_wait()
    page = show(robot)
    robot.until(lambda: says(page, "法律援助 50.00%，不到 90%"))
    assert page.charts.pictures()[2] == before[2]


def test_a_budget_of_the_year_before_is_read_again_when_it_has_changed(robot: Robot, page: HomePage) -> None:
    assert f"{YEAR - 1} 年 22；" in drawn(robot, page)[2].words
    robot.window.session.open(f"chart-{YEAR - 1}-0")
    robot.type("全年预算数", "13")
    robot.save_wait()
    page = show(robot)
    robot.until(lambda: says(page, f"{YEAR - 1} 年 25；"))


def test_earlier_years_are_read_once(robot: Robot, page: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn(robot, page)
    asked: list[int] = []
    monkeypatch.setattr(robot.window.forms.store, "load_year", asked.append)
    page.charts.show_pictures(())
    page.charts.set_open(on=True)
    drawn(robot, page)
    assert asked == []


def test_folded_away_and_remembered(robot: Robot, page: HomePage) -> None:
    drawn(robot, page)
    fold = page.charts.fold
    assert fold.accessibleName() == "收起图表"
    fold.setFocus()
    QTest.keyClick(fold, Qt.Key.Key_Space)
    assert not page.charts.isVisible()
    assert fold.accessibleName() == "展开图表"
    assert not robot.window.settings.flag("charts", default=True)
    page.show_year(YEAR - 1)
    assert not page.charts.isVisible()
    fold.click()
    assert page.charts.isVisible()
    assert robot.window.settings.flag("charts", default=False)
    assert len(drawn(robot, page)) == 3


def focused() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def test_tab_follows_the_page_from_top_to_bottom(robot: Robot, page: HomePage) -> None:
    page.years.list.setFocus()
    stops = []
    for _turn in range(40):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        stop = focused()
        stops.append(stop)
        if stop is page.table:
            break
    body = [one for one in stops if not page.years.isAncestorOf(one)]
    heights = [one.mapTo(page, one.rect().topLeft()).y() for one in body]
    assert page.charts.fold in body
    assert page.search in body
    assert body[-1] is page.table
    assert all(above - 10 <= below for above, below in pairwise(heights)), [one.objectName() for one in body]


def test_folded_charts_are_not_drawn(robot: Robot, page: HomePage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    page.charts.wanted.connect(asked.append)
    page.charts.set_open(on=False)
    page.show_year(YEAR - 1)
    QTest.qWait(300)
    assert asked == []


def test_a_year_without_scores_has_no_charts(robot: Robot) -> None:
    goal = next(one for one in robot.window.forms.templates.values() if one.kind is FormKind.PROJECT_GOAL)
    robot.window.forms.create(goal.id, year=YEAR, name="法律援助工作经费", bureau="示例县司法局")
    page = show(robot)
    assert not page.charts.isVisible()
    assert not page.charts.fold.isVisible()


def test_a_store_that_cannot_be_read_leaves_the_page_without_charts(
    robot: Robot, page: HomePage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(year: int) -> None:
        raise UserError(f"{year} 年读不出")

    monkeypatch.setattr(robot.window.forms.store, "load_year", full)
    page.show_year(YEAR)
    robot.until(lambda: "no charts" in caplog.text)
    assert page.charts.pictures() == ()
    assert robot.answers.said == []


def test_behind_a_summary_its_charts_are_printed(robot: Robot, page: HomePage) -> None:
    made = robot.window.forms.create("summary-project-self", year=YEAR, name="", bureau="")
    robot.window.session.open(made)
    form = len(robot.document.derived.layout.pages)
    robot.window.commands["preview"].trigger()
    dialog = robot.dialog(PreviewDialog)
    assert isinstance(dialog, PreviewDialog)
    assert len(dialog.pdf) == form + 1
    dialog.reject()


def test_nothing_is_drawn_before_a_figure_has_come(robot: Robot) -> None:
    charts = ChartRow()
    asked: list[object] = []
    charts.wanted.connect(asked.append)
    charts.show_rows(YEAR, (row(1, known=False), row(2, kind=FormKind.PROJECT_GOAL)))
    charts.show()
    QTest.qWait(300)
    assert asked == []
    assert [one.picture for one in children(charts, ChartCard)] == [None, None, None], "empty frames"
    charts.show_rows(YEAR, (row(1),))
    robot.until(lambda: asked)
    charts.deleteLater()


def row(at: int, *, known: bool = True, kind: FormKind = FormKind.PROJECT_SELF) -> Row:
    return Row(f"{at}", f"项目{at}", YEAR, kind, figures=Figures(score=Decimal(90)) if known else None)


@pytest.mark.parametrize(
    ("count", "low", "bars"), [(1, False, 3), (4, False, 4), (9, False, 5), (9, True, 3), (1, True, 3)]
)
def test_no_more_room_than_there_are_projects(robot: Robot, count: int, low: bool, bars: int) -> None:
    row_of_charts = ChartRow()
    row_of_charts.show_rows(YEAR, tuple(map(row, range(count))))
    row_of_charts.fit_height(500 if low else 900)
    assert row_of_charts.bars() == bars
    assert row_of_charts.height() == HEAD + bars * LINE + 2 * PAD[1]
    row_of_charts.deleteLater()


def test_a_place_is_kept_while_figures_are_computed(robot: Robot) -> None:
    charts = ChartRow()
    charts.show_rows(YEAR, (row(1, known=False),))
    assert not charts.isHidden()
    charts.show_rows(YEAR, (row(1, known=False, kind=FormKind.REPORT),))
    assert charts.isHidden()
    charts.deleteLater()


def test_a_long_list_of_figures_is_cut_in_the_tool_tip() -> None:
    tip = tip_of(f"总分，满分 100：{'；'.join(f'项目{at} 90.00' for at in range(30))}")
    assert tip.splitlines()[0] == "总分，满分 100"
    assert tip.splitlines()[-1] == "还有 10 个"
    assert len(tip.splitlines()) == 22
