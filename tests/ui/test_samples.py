"""先看示例 in the real window: what is handed in is locked, what is in work can be filled, and it is put in only once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from perfdesk.model import FormKind, VersionKind
from tests.robot import Answers, Robot
from ui import opening
from ui.locks import SUBMITTED
from ui.main_window import MainWindow
from ui.samples import BUREAU, DRAFT_NAME
from ui.settings import FILE_NAME, Settings

MEDIATION = "人民调解工作经费"


@pytest.fixture
def office(qapp: QApplication, folder: Path) -> Iterator[Robot]:
    said = Answers()
    window = opening.make_window(qapp, Settings(folder / FILE_NAME), said)
    opening.Opening(window, said, folder / "samples.db", read_only=False, samples=True).begin()
    robot = Robot(window, said)
    window.resize(1366, 768)
    window.show()
    robot.settle()
    yield robot
    window.forms.close()
    window.hide()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _id(window: MainWindow, name: str, year: int, kind: FormKind) -> str:
    return next(one.id for one in window.forms.lines if (one.name, one.year, one.kind) == (name, year, kind))


def test_the_first_thing_is_the_table_of_the_year_in_work(office: Robot) -> None:
    window = office.window
    assert office.answers.said == []
    assert window.session.document is None
    assert {one.year for one in window.forms.lines} == {2024, 2025}
    assert window.settings.word("bureau") == BUREAU


def test_last_year_is_handed_in_and_this_year_as_far_as_it_is_due(office: Robot) -> None:
    forms = office.window.forms
    early = {FormKind.PROJECT_GOAL, FormKind.DEPARTMENT_GOAL, FormKind.PROJECT_MONITORING}
    for line in forms.lines:
        submitted = forms.submission(line.id) is not None
        assert submitted is (line.year == 2024 or line.kind in early), line


def test_a_form_that_is_handed_in_is_locked_and_one_in_work_is_not(office: Robot) -> None:
    window = office.window
    window.session.open(_id(window, MEDIATION, 2024, FormKind.PROJECT_SELF))
    document = window.session.document
    assert document is not None
    assert document.lock is SUBMITTED
    window.session.open(_id(window, MEDIATION, 2025, FormKind.PROJECT_SELF))
    assert window.session.writable


def test_a_form_has_an_earlier_draft_to_compare_with(office: Robot) -> None:
    window = office.window
    record_id = _id(window, MEDIATION, 2025, FormKind.PROJECT_SELF)
    versions = window.forms.store.versions
    (draft,) = versions.of(record_id)
    assert (draft.kind, draft.name) == (VersionKind.KEPT, DRAFT_NAME)
    now, was = window.forms.store.load(record_id), versions.record_of(draft.id)
    assert now.indicators[1].actual == "1641件"
    assert was.indicators[1].actual == "1598件"


def test_the_samples_are_put_in_only_once(office: Robot, qapp: QApplication, folder: Path) -> None:
    window = office.window
    count = len(window.forms.lines)
    window.session.open(_id(window, MEDIATION, 2025, FormKind.PROJECT_SELF))
    window.close()
    again = opening.make_window(qapp, Settings(folder / "again.ini"), office.answers)
    opening.Opening(again, office.answers, folder / "samples.db", read_only=False, samples=True).begin()
    assert len(again.forms.lines) == count
    assert again.session.document is None
    again.forms.close()
    again.deleteLater()
