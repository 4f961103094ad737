"""表的信息 in the real window: what a form is, and its 单位 mended."""

from __future__ import annotations

from typing import cast

from PySide6.QtWidgets import QLabel

from tests.qt_tools import children
from tests.robot import Open, Robot
from ui.dialogs.form_facts import FormFactsDialog

GOAL = "zhijiang-2024-project-goal"
TYPO, RIGHT = "青山县司法居", "青山县司法局"


def _dialog(robot: Robot) -> FormFactsDialog:
    robot.window.commands["facts"].trigger()
    return cast(FormFactsDialog, robot.dialog(FormFactsDialog))


def _made(robot: Robot) -> None:
    """A goal table whose 单位 was misspelt when it was made."""
    window = robot.window
    window.settings.set_word("bureau", TYPO)
    window.session.open(window.forms.create(GOAL, year=2024, name="法律援助", bureau=TYPO))


def test_a_misspelt_office_is_mended_and_undone(robot: Robot) -> None:
    _made(robot)
    dialog = _dialog(robot)
    assert dialog.bureau.text() == TYPO
    dialog.bureau.setText(f" {RIGHT} ")
    dialog.accept()
    record = robot.document.record
    assert (record.bureau, record.value("department")) == (RIGHT, RIGHT)
    assert robot.window.settings.word("bureau") == RIGHT  # the next new form begins with the mended name
    robot.undo()
    record = robot.document.record
    assert (record.bureau, record.value("department")) == (TYPO, TYPO)
    robot.redo()
    robot.save_wait()
    assert robot.window.forms.store.load(record.id).bureau == RIGHT


def test_looking_at_it_changes_nothing(robot: Robot) -> None:
    _made(robot)
    before = robot.document.record
    _dialog(robot).reject()
    _dialog(robot).accept()
    assert robot.document.record is before
    assert not robot.document.undo_stack.count()


def test_it_says_the_template_and_the_year(robot: Robot) -> None:
    _made(robot)
    template = robot.document.template
    said = [one.text() for one in children(_dialog(robot), QLabel)]
    assert f"{template.title}（{template.source}）" in said
    assert "2024" in said


def test_a_form_that_is_only_looked_at_keeps_its_office(open_window: Open) -> None:
    office = open_window()
    _made(office)
    record_id = office.document.record.id
    assert office.close()
    office.settle()
    looking = open_window(read_only=True)
    looking.window.session.open(record_id)
    dialog = _dialog(looking)
    assert (dialog.bureau.text(), dialog.bureau.isReadOnly()) == (TYPO, True)
    dialog.accept()
    assert looking.document.record.bureau == TYPO
