"""全年审核 in the real window: every form of the year with its verdict, what there is to do, the way there, and the 审核单."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from perfdesk.model import Verdict
from tests.qt_tools import children, click, press
from tests.robot import LEGAL_AID, Open, Robot
from ui.widgets.pages import Pdf
from ui.year import YearDialog
from ui.year.judging import Judging


@pytest.fixture
def year(robot: Robot) -> YearDialog:
    return _shown(robot)


def _shown(robot: Robot) -> YearDialog:
    robot.window.commands["audit_year"].trigger()
    dialog = robot.dialog(YearDialog)
    assert isinstance(dialog, YearDialog)
    robot.until(lambda: dialog.forms() or dialog.summary().startswith("这一年"))
    return dialog


def _button(dialog: YearDialog, words: str) -> QPushButton:
    return next(one for one in children(dialog, QPushButton) if one.text() == words)


def test_it_is_of_the_year_of_the_open_form(robot: Robot, year: YearDialog) -> None:
    lines = [one for one in robot.window.forms.lines if one.year == 2020]
    assert (year.year(), len(year.forms())) == (2020, len(lines))
    assert {one.derived.record.id for one in year.forms()} == {one.id for one in lines}
    assert year.summary().startswith(f"共 {len(lines)} 张表：")


def test_it_says_what_each_form_says_of_itself(robot: Robot, year: YearDialog) -> None:
    name, verdict, errors, warnings, _hints = next(one for one in year.table.texts() if one[0] == LEGAL_AID)
    year.reject()
    assert robot.verdict().startswith(verdict)
    shown = robot.window.panel.tab_texts()
    assert (name, f"错误 {errors}", f"警告 {warnings}") == (LEGAL_AID, shown[1], shown[2])


def test_the_tabs_and_the_kinds_filter_what_is_shown(year: YearDialog) -> None:
    everything = year.hits.texts()
    year.tabs.setCurrentIndex(1)
    errors = year.hits.texts()
    assert 0 < len(errors) < len(everything)
    year.tabs.setCurrentIndex(0)
    code = str(year.codes.itemData(1))
    year.choose_code(code)
    found = [one for form in year.forms() for one in form.derived.findings if one.code == code]
    named = {form.name for form in year.forms() if any(one.code == code for one in form.derived.findings)}
    assert len(year.hits.texts()) == len(found) + len(named)
    assert year.tabs.tabText(0) == f"全部 {len(found)}"


def test_the_line_of_a_form_brings_its_findings_into_sight(year: YearDialog) -> None:
    with_errors = next(one for one in year.forms() if one.derived.verdict is Verdict.BLOCKED)
    year.table.setFocus()
    press(year.table, Qt.Key.Key_Home)
    while (form := year.table.current_form()) is not None and form.id != with_errors.id:
        press(year.table, Qt.Key.Key_Down)
    hit = year.hits.current_hit()
    assert hit is not None
    assert hit.finding is with_errors.derived.findings[0]


def test_enter_on_a_finding_opens_its_form_at_the_cell(robot: Robot, year: YearDialog) -> None:
    year.hits.setFocus()
    for _step in range(3):
        press(year.hits, Qt.Key.Key_Down)
    hit = year.hits.current_hit()
    assert hit is not None
    assert hit.finding.binding is not None
    current = year.table.current_form()
    assert current is not None
    assert current.id == hit.form.id
    press(year.hits, Qt.Key.Key_Return)
    assert not year.isVisible()
    assert robot.document.record.id == hit.form.id
    cell = robot.window.desk.sheet.current_cell()
    assert cell is not None
    assert cell.binding == hit.finding.binding


def test_a_double_click_on_a_line_opens_the_form(robot: Robot, year: YearDialog) -> None:
    box = year.table.visualRect(year.table.model().index(1, 0))
    name = year.table.texts()[1][0]
    click(year.table.viewport(), box.center())
    QTest.mouseDClick(
        year.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, box.center() + QPoint(3, 0)
    )
    assert robot.window.forms.line(robot.document.record.id).name == name  # type: ignore[union-attr]


def test_the_button_opens_what_is_current(robot: Robot, year: YearDialog) -> None:
    form = year.table.current_form()
    assert form is not None
    click(_button(year, "打开这一处"))
    assert robot.document.record.id == form.id


def test_a_click_on_a_head_sorts(year: YearDialog) -> None:
    year.table.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    counts = [int(one[2] or 0) for one in year.table.texts()]
    assert counts == sorted(counts, reverse=True)
    year.table.sortByColumn(1, Qt.SortOrder.AscendingOrder)
    assert year.table.texts()[0][1] == "不可上报"


def test_another_year(robot: Robot, year: YearDialog) -> None:
    other = next(one.year for one in robot.window.forms.lines if one.year != 2020)
    year.choose_year(other)
    robot.until(lambda: year.forms() and year.forms()[0].derived.record.year == other)
    assert year.summary().startswith(f"共 {len(year.forms())} 张表")


@pytest.mark.parametrize("ending", ["pdf", "xlsx", ""])
def test_the_check_sheets_of_all_forms_in_one_file(robot: Robot, year: YearDialog, tmp_path: Path, ending: str) -> None:
    target = tmp_path / "全年审核单"
    robot.answers.files = [target.with_suffix(f".{ending}") if ending else target]
    click(_button(year, "导出审核单…"))
    made = target.with_suffix(f".{ending or 'pdf'}")
    robot.until(made.exists)
    robot.settle()
    if ending != "xlsx":
        assert len(Pdf(made.read_bytes())) >= len(year.forms())


def test_no_file_where_none_was_chosen(robot: Robot, year: YearDialog) -> None:
    robot.answers.files = []
    click(_button(year, "导出审核单…"))
    robot.settle()
    assert robot.answers.said == []


def test_what_is_stopped_shows_what_was_judged(robot: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judging.__call__

    def stopped(work: Judging, task: object) -> object:
        task.stopped = True  # type: ignore[attr-defined]
        return judge(Judging(work.forms[:1], work.before), _Once(task))  # type: ignore[arg-type]

    monkeypatch.setattr(Judging, "__call__", stopped)
    robot.window.commands["audit_year"].trigger()
    dialog = robot.dialog(YearDialog)
    assert isinstance(dialog, YearDialog)
    robot.until(dialog.forms)
    total = len([one for one in robot.window.forms.lines if one.year == 2020])
    assert dialog.summary().startswith(f"已停止，{total} 张表审核了 1 张")
    monkeypatch.setattr(Judging, "__call__", judge)
    click(_button(dialog, "重新审核"))
    robot.until(lambda: len(dialog.forms()) == total)


class _Once:
    """A task that is stopped after its first step."""

    def __init__(self, task: object) -> None:
        self._task, self._steps = task, 0

    @property
    def stopped(self) -> bool:
        self._steps += 1
        return self._steps > 1

    def advance(self, done: int, current: str) -> None:
        self._task.advance(done, current)  # type: ignore[attr-defined]


def test_without_a_form_it_is_of_the_latest_year(open_window: Open) -> None:
    robot = open_window()
    robot.window.session.close()
    assert _shown(robot).year() == max(one.year for one in robot.window.forms.lines)


def test_a_store_without_forms_has_no_year_to_judge(open_window: Open) -> None:
    robot = open_window(empty=True)
    assert not robot.window.commands["audit_year"].isEnabled()
    robot.window.errands.auditing.show_year()
    assert QApplication.activeModalWidget() is None


def test_it_may_be_closed_while_it_judges(robot: Robot) -> None:
    robot.window.commands["audit_year"].trigger()
    dialog = robot.dialog(YearDialog)
    dialog.reject()
    robot.settle()
    assert QApplication.activeModalWidget() is None


def test_a_form_is_compared_with_the_year_before_as_it_is_typed(robot: Robot) -> None:
    record = robot.document.record
    (last,) = robot.window.forms.adopt((replace(record, id="last", year=record.year - 1),))
    robot.window.forms.relist()
    assert "copied-last-year" in robot.findings()
    robot.window.session.open(last)
    assert "copied-last-year" not in robot.findings()
    robot.window.forms.trash(last)
    robot.window.session.open(record.id)
    assert "copied-last-year" not in robot.findings()
