"""年度总览: the table of a year on the real window, its search, its filter and its order, all by keyboard."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QPushButton

from perfdesk import places
from perfdesk.cycle import read_cycle
from perfdesk.model import FormKind, Verdict
from perfdesk.overview import Figures, Standing
from tests.qt_tools import children
from tests.robot import LEGAL_AID, Open, Robot
from ui import opening, theme
from ui.forms import Forms
from ui.home.model import Column, OverviewModel
from ui.home.page import HomePage, row_of
from ui.home.wording import kind_words, moment, money, points
from ui.lines import Line
from ui.marking import REST, Marking, Pace, State
from ui.year import YearDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

TODAY = date(2021, 3, 20)
NOON = datetime(2021, 3, 18, 12, 0, tzinfo=UTC)
OPEN_LAW = "普法宣传工作经费"


def state(verdict: Verdict, score: str = "", budget: str = "", executed: str = "") -> State:
    planned, spent, points = (Decimal(text) if text else None for text in (budget, executed, score))
    rate = spent / planned * 100 if planned and spent is not None else None
    return State(verdict, Decimal("0.96"), Figures(planned, spent, rate, points, "优"))


def line(name: str, year: int, *, kind: FormKind = FormKind.PROJECT_SELF, now: State | None = None) -> Line:
    return Line(f"{year}-{name}", name, year, kind, now, NOON)


LINES = (
    line("整体支出绩效自评报告", 2020, kind=FormKind.REPORT),
    line(LEGAL_AID, 2020, now=state(Verdict.BLOCKED, "110", "150000", "150000")),
    line(OPEN_LAW, 2020, now=state(Verdict.READY, "98.63", "80000", "69000")),
    line("重点人群安置帮教经费", 2020, now=state(Verdict.TO_EXPLAIN, "", "", "")),
    line(LEGAL_AID, 2019, now=state(Verdict.READY, "97", "140000", "140000")),
)


@pytest.fixture
def page(qtbot: QtBot) -> HomePage:
    made = HomePage(lambda: TODAY, read_cycle(places.resources() / "cycle.toml", Path("none")))
    qtbot.addWidget(made)
    made.resize(1366, 700)
    made.show()
    made.show_lines(LINES, last=LINES[1], trashed=2, read_only=False)
    return made


def names(page: HomePage) -> list[str]:
    return [row.name for row in page.table.rows]


def test_the_year_of_the_form_opened_last_is_shown_first(page: HomePage) -> None:
    assert page.year == 2020
    assert page.years.years() == (2021, 2020, 2019), "the year ahead stands first"
    assert page.table.texts() == (
        ("不可上报", LEGAL_AID, "项目自评表", "15.00", "15.00", "100.00%", "110.00", "优", "96%", "3月18日"),
        ("有待说明", "重点人群安置帮教经费", "项目自评表", "", "", "", "", "优", "96%", "3月18日"),
        ("填写中", "整体支出绩效自评报告", "报告", "", "", "", "", "", "", "3月18日"),
        ("可上报", OPEN_LAW, "项目自评表", "8.00", "6.90", "86.25%", "98.63", "优", "96%", "3月18日"),
        ("", "合计 3 个项目", "", "23.00", "21.90", "95.22%", "", "", "", ""),
    )


@pytest.mark.parametrize(
    ("letters", "found"),
    [("flyz", [LEGAL_AID]), ("普法", [OPEN_LAW]), ("zdrq", ["重点人群安置帮教经费"]), ("bg", ["整体支出绩效自评报告"])],
)
def test_typing_in_the_table_searches(page: HomePage, qtbot: QtBot, letters: str, found: list[str]) -> None:
    page.table.setFocus()
    page.table.typed.emit(letters[0])
    page.search.insert(letters[1:])
    assert names(page) == found
    assert len(page.table.texts()) == 1, "no sum of what was found"
    with qtbot.waitSignal(page.chosen) as chosen:
        QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert chosen.args == [page.table.rows[0].id]
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert len(names(page)) == 4


def test_the_chosen_line_has_one_even_ground(page: HomePage, qtbot: QtBot) -> None:
    table, ground = page.table, theme.tokens(page.palette()).sel
    page.activateWindow()
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    page.grab()  # lays it out
    table.make_current(table.rows[0].id)
    line = table.visualRect(table.model().index(0, Column.GRADE))
    shown = table.viewport().grab().toImage()
    seen = {shown.pixelColor(line.right() - 2, y).name().upper() for y in range(line.top() + 4, line.bottom() - 3)}
    assert seen == {ground}


def test_what_is_not_there_is_said(page: HomePage) -> None:
    page.search.setText("qqq")
    assert page.sentence() == "没有找到“qqq”。试试项目名称的一部分。"
    page.search.clear()
    assert page.sentence() == ""


def test_the_filter_counts_and_follows_the_arrows(page: HomePage, qtbot: QtBot) -> None:
    assert page.filter.words() == ("全部 4", "不可上报 1", "有待说明 1", "填写中 1", "可上报 1")
    page.filter.step(1)
    assert names(page) == [LEGAL_AID]
    page.show_line(line(LEGAL_AID, 2020, now=state(Verdict.READY)))
    qtbot.waitUntil(lambda: bool(page.sentence()))
    assert page.sentence() == "没有这样的表。"
    assert page.filter.current() == "不可上报", "what is chosen stays chosen"
    page.filter.step(-1)
    assert len(names(page)) == 4


@pytest.mark.parametrize(
    ("column", "order", "first", "last"),
    [
        (Column.SCORE, Qt.SortOrder.DescendingOrder, LEGAL_AID, "重点人群安置帮教经费"),
        (Column.SCORE, Qt.SortOrder.AscendingOrder, OPEN_LAW, "重点人群安置帮教经费"),
        (Column.BUDGET, Qt.SortOrder.AscendingOrder, OPEN_LAW, "重点人群安置帮教经费"),
        (Column.VERDICT, Qt.SortOrder.DescendingOrder, OPEN_LAW, LEGAL_AID),
    ],
)
def test_a_head_sorts_and_what_has_no_figure_stands_last(
    page: HomePage, column: Column, order: Qt.SortOrder, first: str, last: str
) -> None:
    page.table.sortByColumn(column, order)
    shown = [name for name in names(page) if not name.endswith("报告")]
    assert (shown[0], shown[-1]) == (first, last)


def test_another_year_is_shown_and_its_marks_are_asked_for(page: HomePage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.year_shown) as shown:
        QTest.keyClick(page.years.list, Qt.Key.Key_Down)
    assert shown.args == [2019]
    assert page.table.texts()[0][6] == "97.00"
    page.show_lines(LINES[:4], last=None, trashed=0, read_only=True)
    assert page.year == 2020, "a year that is gone"


def test_the_menu_of_a_line_is_asked_for(page: HomePage, qtbot: QtBot) -> None:
    spot = page.table.visualRect(page.table.model().index(1, 1)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, page.table.viewport().mapToGlobal(spot))
    with qtbot.waitSignal(page.menu_asked) as asked:
        QApplication.sendEvent(page.table.viewport(), event)
    assert asked.args is not None
    assert asked.args[0] == page.table.rows[1].id


def test_the_model_keeps_qts_rules(qtbot: QtBot) -> None:
    model = OverviewModel(lambda: TODAY)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.show_rows(tuple(map(row_of, LINES)))
    model.look_for("fl", None)
    model.look_for("", Standing.READY)
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert [row.name for row in model.rows] == [OPEN_LAW, LEGAL_AID][: len(model.rows)]
    spoken = model.index(0, Column.SCORE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("总分 ")
    del tester


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (datetime(2021, 3, 20, 14, 32).astimezone(), "今天 14:32"),
        (datetime(2021, 3, 19, 16, 48).astimezone(), "昨天 16:48"),
        (datetime(2021, 1, 2, 16, 48).astimezone(), "1月2日"),
        (datetime(2019, 12, 8, 9, 0).astimezone(), "2019-12"),
    ],
)
def test_when_a_form_was_changed(changed: datetime, words: str) -> None:
    assert moment(changed, TODAY) == words


def test_words_of_amounts_points_and_kinds() -> None:
    assert (money(Decimal(265000)), money(None)) == ("26.50", "")
    assert (points(Decimal(110)), points(None)) == ("110.00", "")
    assert {kind_words(kind) for kind in FormKind} >= {"项目自评表", "报告"}
    assert kind_words(None) == "表样不在本机"


def test_steps_and_gaps_of_the_year(page: HomePage) -> None:
    assert [name for name, _ in page.steps.texts()] == ["目标申报", "运行监控", "绩效自评", "上报盖章", "公开"]
    assert page.steps.texts()[2] == ("绩效自评", "3月31日截止")
    assert "绩效自评：正在做，3月31日截止" in page.steps.accessibleName()
    page.steps.setFixedWidth(480)
    assert [when for _, when in page.steps.texts()] == ["", "", "", "", ""], "the dates go first"
    assert page.band.sentence().startswith(
        "1 张表不可上报 · 1 张表有待说明 · 1 张表没有填完 · 项目支出绩效目标表缺 3 个项目"
    )


def test_what_is_lacking_leads_to_its_form(page: HomePage, qtbot: QtBot) -> None:
    menu = page.band.menu()
    acts = menu.actions()
    assert acts[0].text() == f"{LEGAL_AID}：不可上报"
    with qtbot.waitSignal(page.chosen) as chosen:
        acts[0].trigger()
    assert chosen.args == [LINES[1].id]
    with qtbot.waitSignal(page.new_asked) as asked:
        next(one for one in acts if one.text() == "没有汇总表").trigger()
    assert asked.args == [2020, FormKind.SUMMARY, ""]
    with qtbot.waitSignal(page.new_asked) as asked:
        next(one for one in acts if one.text() == f"{OPEN_LAW}：没有项目支出绩效目标表").trigger()
    assert asked.args == [2020, FormKind.PROJECT_GOAL, OPEN_LAW]
    page.show_lines(LINES, last=None, trashed=0, read_only=True)
    assert not next(one for one in page.band.menu().actions() if one.text() == "没有汇总表").isEnabled()


def test_a_long_list_is_cut(page: HomePage) -> None:
    many = tuple(line(f"项目{number}", 2020, now=state(Verdict.BLOCKED)) for number in range(60))
    page.show_lines(many, last=None, trashed=0, read_only=False)
    acts = page.band.menu().actions()
    assert len(acts) == 26
    assert acts[-1].text().startswith("还有 ")


def test_a_year_that_is_whole_says_so(page: HomePage) -> None:
    page.band.show_todo((), ())
    assert page.band.sentence() == "本年要交的表都齐了，可以上报。"
    page.band.show_todo((), (), done=True)
    assert page.band.sentence() == page.band.accessibleName() == "本年要交的表都已上报。"


def test_the_work_behind_the_marks_rests_while_somebody_types(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock[0] += seconds

    monkeypatch.setattr("ui.marking.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("ui.marking.time.sleep", sleep)
    pace = Pace()
    pace.wait()
    assert slept == []
    pace.hold()
    clock[0] += 0.1
    pace.wait()
    assert sum(slept) == pytest.approx(REST - 0.1)
    assert clock[0] >= 100 + REST


def test_who_waits_for_the_work_ends_its_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    pace = Pace()

    def sleep(_seconds: float) -> None:
        pace.go_on()

    monkeypatch.setattr("ui.marking.time.sleep", sleep)
    monkeypatch.setattr("ui.marking.time.monotonic", lambda: 100.0)
    pace.hold()
    pace.wait()  # the clock stands: only whoever waits can end it


def test_each_mark_is_computed_once_whoever_asks(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = open_window()
    forms, asked = Forms(robot.window), list[str]()

    def run(_parent: object, work: Marking, *_rest: object, **_more: object) -> None:
        asked.extend(work.ids)

    monkeypatch.setattr("ui.forms.tasks.run", run)
    latest = max(one.year for one in robot.window.forms.lines)
    for year in (2020, latest):
        forms.listed.connect(partial(forms.want, year))
    forms.attach(robot.window.forms.store, opening.shelf_reader())
    assert sorted(asked) == sorted(one.id for one in forms.lines if one.year in {2020, latest})


def test_closing_waits_for_no_more_marks(open_window: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = open_window()
    monkeypatch.setattr("ui.marking.state_of", lambda _derived: pytest.fail("a mark nobody will see"))
    forms = Forms(robot.window)
    forms.attach(robot.window.forms.store, opening.shelf_reader())
    forms.close()


def test_marks_come_after_the_search(robot: Robot) -> None:
    robot.press("Alt+Home")
    page = home(robot)
    page.table.setFocus()
    robot.keys("f")
    page.show_year(2024)
    robot.settle()
    assert all(one.state is not None for one in robot.window.forms.lines if one.year == 2024)


def test_dates_of_the_office_with_a_mistake_are_told(open_window: Open, folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "cycle.toml").write_text('[[step]]\nname = "自评"\nmonth = 13\nday = 1\nsource = ""', "utf-8")
    robot = open_window()
    robot.settle()
    assert any("没有 13 月 1 日这一天" in one for one in robot.answers.said)
    robot.window.session.close()
    assert len(robot.window.desk.home.steps.texts()) == 5


# ------------------------------------------------------------------------------------------------- on the real window
def home(robot: Robot) -> HomePage:
    assert robot.window.desk.shows_home
    return robot.window.desk.home


def test_home_and_back_by_keyboard(robot: Robot) -> None:
    robot.press("Alt+Home")
    page = home(robot)
    assert page.year == 2020
    assert not robot.window.tools.isVisible()
    assert not robot.window.desk.rail.isVisible()
    robot.press("Return")  # the button to go on with has the keyboard
    assert robot.document.record.value("project_name") == LEGAL_AID
    assert robot.window.tools.isVisible()
    assert robot.window.desk.rail.isVisible()


def test_the_table_says_what_the_form_says(robot: Robot) -> None:
    robot.type("全年执行数", "9.5", "年度资金总额")
    total, verdict = robot.total(), robot.window.panel.verdict_text()
    robot.press("Alt+Home")
    robot.settle()
    row = next(one for one in home(robot).table.texts() if one[1] == LEGAL_AID)
    assert row[4] == "9.50"
    assert row[6] in total
    assert verdict.startswith(row[0])
    assert row[9].startswith("今天")


def test_letters_and_enter_open_a_form(robot: Robot) -> None:
    robot.press("Alt+Home")
    home(robot).table.setFocus()
    robot.keys("flyz")
    robot.press("Return")
    assert robot.document.record.value("project_name") == LEGAL_AID


def test_years_that_are_looked_at_get_their_marks(open_window: Open) -> None:
    robot = open_window()
    robot.window.session.close()
    page = home(robot)
    robot.settle()
    latest = max(one.year for one in robot.window.forms.lines)
    assert all(one.state is not None for one in robot.window.forms.lines if one.year == latest)
    page.show_year(2020)
    robot.settle()
    assert all(row[8] for row in page.table.texts() if row[0])


def test_the_year_that_is_shown_is_audited(robot: Robot) -> None:
    robot.press("Alt+Home")
    next(one for one in children(home(robot), QPushButton) if one.text() == "全年审核…").click()
    dialog = robot.dialog(YearDialog)
    assert isinstance(dialog, YearDialog)
    assert dialog.year() == 2020
    dialog.reject()
    robot.settle()


@pytest.mark.parametrize("width", [1093, 1366, 1920])
def test_home_fits_its_window(robot: Robot, width: int) -> None:
    robot.press("Alt+Home")
    robot.window.resize(width, 614)
    robot.settle()
    page = home(robot)
    assert robot.window.width() == width
    assert page.table.columnWidth(Column.NAME) >= 150
    assert not robot.window.desk.location.isVisible()
