"""The first start in the real window: three pages, the first form, the samples apart, a backup of another computer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from perfdesk.amounts import MoneyUnit
from tests.qt_tools import children, click, press
from tests.robot import Open, Robot
from ui import opening
from ui.first import FirstStartDialog
from ui.main_window import MainWindow
from ui.tools import now
from ui.welcome import Welcome

BUREAU = "黔南布依族苗族自治州司法局"


@pytest.fixture
def fresh(open_window: Open) -> Robot:
    return open_window(empty=True)


@pytest.fixture
def welcome(fresh: Robot, qapp: QApplication, folder: Path) -> Welcome:
    """The first start of a fresh window, as the program begins it."""
    window, answers = fresh.window, fresh.answers

    def reopen() -> None:
        start = opening.Opening(window, answers, folder / "office.db", read_only=False, samples=False)
        start.done.connect(made.begin)
        start.begin()

    samples = partial(opening.sample_window, qapp, window.appearance)
    made = Welcome(window, answers, now=now, reopen=reopen, samples=samples)
    return made


@pytest.fixture
def dialog(fresh: Robot, welcome: Welcome) -> FirstStartDialog:
    welcome.begin()
    return _shown(fresh)


def _shown(robot: Robot) -> FirstStartDialog:
    found = robot.dialog(FirstStartDialog)
    assert isinstance(found, FirstStartDialog)
    return found


def test_three_pages_by_keyboard_end_in_a_form_of_the_office(fresh: Robot, dialog: FirstStartDialog) -> None:
    assert dialog.hint() == "写上单位全称，再往下"
    press(dialog, Qt.Key.Key_Return)
    assert dialog.page() == 0
    dialog.office.bureau.setText(BUREAU)
    dialog.office.code.setText("144")
    press(dialog, Qt.Key.Key_Return)
    dialog.sets.choose("贵州（黔南州 2024）")
    press(dialog, Qt.Key.Key_Return)
    assert (dialog.page(), dialog.time.unit.currentText()) == (2, "元")
    dialog.time.year.setText("二〇二四")
    assert dialog.hint().startswith("年度填四位数字")
    dialog.time.year.setText("2024")
    press(dialog, Qt.Key.Key_Return)
    record = fresh.document.record
    assert (record.template_id, record.year, record.bureau) == ("qiannan-2024-project-self", 2024, BUREAU)
    assert (record.value("department_code"), record.unit) == ("144", MoneyUnit.YUAN)
    assert fresh.text("主管部门") == f"[144]{BUREAU}"


def test_a_new_form_begins_with_what_was_answered(fresh: Robot, dialog: FirstStartDialog) -> None:
    from ui.dialogs.new_form import NewFormDialog

    dialog.office.bureau.setText(BUREAU)
    dialog.office.code.setText("144")
    for _page in range(2):
        dialog.go_on()
    dialog.time.year.setText("2023")
    dialog.time.unit.setCurrentIndex(dialog.time.unit.findData(MoneyUnit.YUAN))
    dialog.time.begin.setChecked(False)
    dialog.go_on()
    assert fresh.listed() == ()
    fresh.window.commands["new"].trigger()
    asked = fresh.dialog(NewFormDialog)
    assert isinstance(asked, NewFormDialog)
    assert (asked.year.text(), asked.bureau.text()) == ("2023", BUREAU)
    asked.choose("zhijiang-2024-project-goal")
    asked.accept()
    record = fresh.document.record
    assert (record.value("department_code"), record.unit) == ("144", MoneyUnit.YUAN)


def test_it_asks_once_and_never_where_there_are_forms(fresh: Robot, welcome: Welcome, open_window: Open) -> None:
    fresh.window.settings.set_word("bureau", BUREAU)
    welcome.begin()
    assert QApplication.activeModalWidget() is None
    fresh.window.settings.set_word("bureau", "")
    fresh.window.forms.create("national-2020-project-self", year=2024, name="法律援助", bureau="")
    welcome.begin()
    assert QApplication.activeModalWidget() is None


def test_back_goes_a_page_back_and_leaves_from_the_first(fresh: Robot, dialog: FirstStartDialog) -> None:
    dialog.office.bureau.setText(BUREAU)
    dialog.go_on()
    click(_button(dialog, "上一步"))
    assert dialog.page() == 0
    click(_button(dialog, "退出"))
    assert not fresh.window.isVisible()


def test_the_samples_stand_in_a_window_and_a_file_of_their_own(fresh: Robot, dialog: FirstStartDialog) -> None:
    click(dialog.samples)
    fresh.settle()
    window = _samples()
    assert not fresh.window.isVisible()
    assert window.forms.store.path != fresh.window.forms.store.path
    assert len(window.forms.lines) == 33
    assert fresh.listed() == ()
    click(_button(window, "回到自己的数据"))
    assert fresh.window.isVisible()
    assert _shown(fresh).page() == 0


def test_the_samples_can_be_asked_for_later(fresh: Robot, welcome: Welcome) -> None:
    assert welcome.parent() is fresh.window
    fresh.window.settings.set_word("bureau", BUREAU)
    fresh.window.commands["samples"].trigger()
    fresh.settle()
    window = _samples()
    assert not window.commands["samples"].isEnabled()
    window.close()
    fresh.settle()
    assert fresh.window.isVisible()
    assert QApplication.activeModalWidget() is None


def test_a_backup_of_another_computer_is_brought_in(
    fresh: Robot, dialog: FirstStartDialog, open_window: Open, folder: Path
) -> None:
    other = open_window("old.db")
    names = other.listed()
    backup = folder / "备份.db"
    other.window.forms.store.copy_to(backup)
    fresh.answers.files = [backup]
    click(_button(dialog, "恢复数据…"))
    fresh.settle()
    assert fresh.listed() == names
    assert QApplication.activeModalWidget() is None


def test_what_is_no_data_file_leaves_everything_as_it_was(fresh: Robot, dialog: FirstStartDialog, folder: Path) -> None:
    wrong = folder / "照片.db"
    wrong.write_bytes(b"x" * 4096)
    fresh.answers.files = [wrong]
    click(_button(dialog, "恢复数据…"))
    fresh.settle()
    assert "照片.db" in fresh.answers.said[-1]
    assert _shown(fresh).page() == 0
    assert fresh.window.forms.ready


def _samples() -> MainWindow:
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible())


def _button(parent: MainWindow | FirstStartDialog, words: str) -> QPushButton:
    return next(one for one in children(parent, QPushButton) if one.text() == words)
