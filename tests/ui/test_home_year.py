"""年度总览: forms that were handed in, years that are locked, a year that has no forms yet, and what the hand-in still lacks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPushButton

from perfdesk import places
from perfdesk.cycle import read_cycle
from perfdesk.model import FormKind
from tests.qt_tools import children
from tests.robot import LEGAL_AID, Open, Robot
from ui.dialogs.new_form import NewFormDialog, template_for
from ui.dialogs.submit import SubmitDialog
from ui.home.page import HomePage, year_lines
from ui.home.years import YearLine
from ui.lines import Line
from ui.locks import AS_SUBMITTED
from ui.rolling import RollingDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TODAY = date(2021, 3, 20)


def line(name: str, year: int, *, submitted: bool = False, frozen: bool = False) -> Line:
    return Line(f"{year}-{name}", name, year, FormKind.PROJECT_SELF, None, submitted=submitted, frozen=frozen)


def button(page: HomePage, words: str) -> QPushButton:
    return next(one for one in children(page, QPushButton) if one.text() == words)


@pytest.fixture
def home(open_window: Open) -> Robot:
    robot = open_window()
    robot.open(LEGAL_AID, year=2024)
    return robot


def hand_in(robot: Robot) -> None:
    robot.window.commands["submit"].trigger()
    dialog = robot.dialog(SubmitDialog)
    assert isinstance(dialog, SubmitDialog)
    for box in dialog.boxes.values():
        box.setChecked(False)
    dialog.accept()
    robot.settle()


def show_home(robot: Robot) -> HomePage:
    robot.press("Alt+Home")
    robot.settle()
    return robot.window.desk.home


@pytest.mark.parametrize(
    ("lines", "today", "wanted"),
    [
        ((line("甲", 2020),), date(2020, 9, 30), (YearLine(2020, 1),)),
        ((line("甲", 2020),), TODAY, (YearLine(2021, 0, "还没有表"), YearLine(2020, 1))),
        (
            (line("甲", 2021), line("甲", 2020, submitted=True), line("乙", 2020, submitted=True, frozen=True)),
            TODAY,
            (YearLine(2021, 1), YearLine(2020, 2, "已上报", is_locked=True)),
        ),
        (
            (line("甲", 2021), line("甲", 2020, submitted=True, frozen=True), line("乙", 2020, frozen=True)),
            TODAY,
            (YearLine(2021, 1), YearLine(2020, 2, "只供查看", is_locked=True)),
        ),
        ((), TODAY, ()),
    ],
)
def test_the_list_of_years_says_how_each_stands(
    lines: tuple[Line, ...], today: date, wanted: tuple[YearLine, ...]
) -> None:
    assert year_lines(lines, today) == wanted


def test_a_locked_year_has_a_padlock_and_words(qtbot: QtBot) -> None:
    page = HomePage(lambda: TODAY, read_cycle(places.resources() / "cycle.toml", Path("none")))
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    pictures = []
    for frozen in (False, True):
        page.show_lines((line("甲", 2021, frozen=frozen),), last=None, trashed=0, read_only=False)
        spoken = page.years.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken == f"2021 年度，1 张表{'，只供查看' if frozen else ''}"
        picture = QImage(page.years.list.viewport().size(), QImage.Format.Format_RGB32)
        page.years.list.viewport().render(picture)
        pictures.append(picture)
    assert pictures[0].size() == pictures[1].size() != QSize(0, 0)
    assert pictures[0] != pictures[1]


def test_a_form_that_was_handed_in_says_so_everywhere(home: Robot) -> None:
    hand_in(home)
    assert home.window.panel.verdict_text() == f"已上报：{AS_SUBMITTED}"
    page = show_home(home)
    row = next(one for one in page.table.texts() if one[1] == LEGAL_AID)
    assert row[0] == "已上报"
    assert "已上报 1" in page.filter.words()
    assert page.table.texts()[-2][0] == "已上报", "what wants work stands above"
    home.window.session.open(next(one.id for one in page.table.rows if one.name == LEGAL_AID))
    assert home.window.panel.verdict_text() == f"已上报：{AS_SUBMITTED}"


def test_another_form_after_one_that_was_handed_in_has_its_own_verdict(home: Robot) -> None:
    hand_in(home)
    home.open(LEGAL_AID, year=2020)
    assert not home.verdict().startswith("已上报")


def test_search_and_filter_are_kept_while_a_form_is_open(home: Robot) -> None:
    page = show_home(home)
    page.search.setText("flyz")
    stand = page.table.texts()[0][0]
    while page.filter.current() != stand:
        page.filter.step(1)
    chosen, shown = page.filter.current(), page.table.texts()
    assert shown
    home.window.session.open(page.table.rows[0].id)
    page = show_home(home)
    assert page.search.text() == "flyz"
    assert page.filter.current() == chosen
    assert page.table.texts() == shown


def test_what_lacks_is_made_with_kind_and_year(home: Robot) -> None:
    page = show_home(home)
    page.show_year(2020)
    words = f"{LEGAL_AID}：没有项目支出绩效目标表"
    next(one for one in page.band.menu().actions() if one.text() == words).trigger()
    dialog = home.dialog(NewFormDialog)
    assert isinstance(dialog, NewFormDialog)
    chosen = dialog.list.current()
    assert chosen is not None
    assert chosen.kind is FormKind.PROJECT_GOAL
    assert (dialog.year.text(), dialog.name.text()) == ("2020", LEGAL_AID)
    dialog.reject()


@pytest.mark.parametrize(
    ("kind", "last", "wanted"),
    [
        (FormKind.PROJECT_SELF, "hubei-2020-project-self", "hubei-2020-project-self"),
        (FormKind.PROJECT_SELF, "lingling-2022-report", "lingling-2022-project-self"),
        (FormKind.REPORT, "lingling-2022-project-self", "lingling-2022-report"),
        (FormKind.SUMMARY, "", "summary-project-self"),
        (FormKind.CHECK_SHEET, "", ""),
    ],
)
def test_the_form_of_the_same_place_is_taken(home: Robot, kind: FormKind, last: str, wanted: str) -> None:
    assert template_for(kind, home.window.forms.shelf, last) == wanted


def test_a_year_without_forms_offers_to_be_made(home: Robot) -> None:
    page = show_home(home)
    ahead = page.years.years()[0]
    page.show_year(ahead)
    count = sum(one.year == ahead - 1 for one in home.window.forms.lines)
    assert page.empty.texts() == (
        f"{ahead} 年还没有表",
        f"可以由 {ahead - 1} 年的 {count} 张表建立，内容逐项选择。",
    )
    assert page.empty.isVisible()
    assert not page.table.isVisible()
    assert not page.band.isVisible()
    assert not page.search.isVisible()
    button(page, "由上年建立…").click()
    dialog = home.dialog(RollingDialog)
    assert isinstance(dialog, RollingDialog)
    assert (dialog.plan.old_year, dialog.plan.year) == (ahead - 1, ahead)
    dialog.reject()
    home.settle()
    button(page, "新建空表…").click()
    new = home.dialog(NewFormDialog)
    assert isinstance(new, NewFormDialog)
    assert new.year.text() == str(ahead)
    new.reject()
    page.show_year(2020)
    assert page.empty.isHidden()
    assert page.table.isVisible()
    assert page.search.isVisible()


def test_nothing_is_made_where_nothing_can_be_saved(qtbot: QtBot) -> None:
    page = HomePage(lambda: TODAY, read_cycle(places.resources() / "cycle.toml", Path("none")))
    qtbot.addWidget(page)
    page.show()
    page.show_lines((line("甲", 2020),), last=None, trashed=0, read_only=True)
    page.show_year(2021)
    assert page.empty.texts()[1] == "现在只能查看，不能建立。"
    assert not button(page, "由上年建立…").isEnabled()
    page.take_focus()
