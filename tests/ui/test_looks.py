"""The look of the window with the sample office: nothing is cut in narrow windows or with large type, grounds are those meant."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QToolButton

from perfdesk.model import FormKind
from tests.qt_tools import children
from tests.robot import Answers, Robot
from ui import opening
from ui.compare.table import NOW
from ui.history import HistoryDialog
from ui.home.model import Column
from ui.home.page import HomePage
from ui.main_window import MainWindow
from ui.samples import fill
from ui.settings import FILE_NAME, Settings
from ui.year import YearDialog

MEDIATION = "人民调解工作经费"


@pytest.fixture(scope="module")
def filled(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Robot]:
    folder, said = tmp_path_factory.mktemp("looks"), Answers()
    window = opening.make_window(qapp, Settings(folder / FILE_NAME), said)
    opening.Opening(window, said, folder / "office.db", read_only=False, samples=False).begin()
    fill(window.forms)
    window.show()
    robot = Robot(window, said)
    robot.settle()
    yield robot
    window.forms.close()
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def office(filled: Robot) -> Iterator[Robot]:
    yield filled
    filled.window.appearance.set_step(0)
    filled.window.session.close()
    filled.settle()


def _home(window: MainWindow) -> HomePage:
    return next(iter(children(window, HomePage)))


@pytest.mark.parametrize(("width", "step"), [(1093, 0), (1024, 0), (1366, 0), (1366, 1), (1366, 2), (1920, 2)])
def test_no_word_of_the_filter_is_cut(office: Robot, width: int, step: int) -> None:
    office.window.appearance.set_step(step)
    office.window.resize(width, 614)
    office.settle()
    page = _home(office.window)
    shown = [one for one in children(page.filter, QToolButton) if not one.isHidden()]
    assert len(shown) == 6
    for one in shown:
        assert one.width() >= one.sizeHint().width(), one.text()


def test_a_year_that_is_handed_in_says_so(office: Robot) -> None:
    page = _home(office.window)
    page.show_year(2024)
    office.until(lambda: page.band.sentence() == "本年要交的表都已上报。")
    page.show_year(2025)
    assert page.band.sentence().startswith("2 张表不可上报")


def test_a_form_that_is_handed_in_is_called_so_in_the_audit_of_its_year(office: Robot) -> None:
    office.window.commands["audit_year"].trigger()
    dialog = office.dialog(YearDialog)
    assert isinstance(dialog, YearDialog)
    office.until(dialog.forms)
    said = {
        (form.submitted, words[1] == "已上报") for form, words in zip(dialog.forms(), dialog.table.texts(), strict=True)
    }
    summary = dialog.summary()
    dialog.reject()
    assert said == {(True, True), (False, False)}
    assert summary == "共 16 张表：不可上报 2，有待说明 2，可上报 1，填写中 2，已上报 9"


def test_a_long_text_is_compared_to_its_end_on_a_small_screen(office: Robot) -> None:
    """实际完成情况 of the draft and of now, beside each other at 1366 px and 125 %: no line ends in dots."""
    window = office.window
    window.resize(1093, 614)
    one = next(
        one for one in window.forms.lines if (one.name, one.year, one.kind) == (MEDIATION, 2025, FormKind.PROJECT_SELF)
    )
    window.session.open(one.id)
    window.commands["versions"].trigger()
    dialog = office.dialog(HistoryDialog)
    assert isinstance(dialog, HistoryDialog)
    dialog.resize(1073, 574)
    dialog.grab()
    table = dialog.table
    index = next(table.model().index(row, NOW) for row in range(table.model().rowCount()) if row)
    words = str(index.data())
    room = table.visualRect(index)
    lines = -(-table.fontMetrics().horizontalAdvance(words) // (room.width() - 24))
    dialog.reject()
    assert len(words) > 50
    assert room.height() >= lines * table.fontMetrics().lineSpacing()


def test_the_columns_of_a_year_grow_with_the_type(office: Robot) -> None:
    page = _home(office.window)
    before = page.table.columnWidth(Column.VERDICT)
    office.window.appearance.set_step(2)
    office.settle()
    assert page.table.columnWidth(Column.VERDICT) == pytest.approx(before * 1.3, abs=2)


def test_the_current_cell_keeps_the_ground_of_the_paper(office: Robot) -> None:
    window = office.window
    wanted = next(one for one in window.forms.lines if one.kind is FormKind.PROJECT_SELF and one.year == 2025)
    window.session.open(wanted.id)
    office.settle()
    sheet = window.desk.sheet
    box = sheet.visualRect(sheet.currentIndex())
    shown = sheet.viewport().grab().toImage()
    scale = shown.devicePixelRatio()
    near = (round((box.left() + 6) * scale), round((box.top() + 5) * scale))
    assert shown.pixelColor(*near).name().upper() == window.appearance.tokens.paper.paper
