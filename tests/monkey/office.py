"""The office a monkey sits in: forms of every kind in a data file of its own, and the real window on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from perfdesk.editing import new_record
from tests.filled_forms import filled
from tests.monkey.replay import Form, Replay
from tests.robot import Answers, Robot
from ui import opening
from ui.settings import FILE_NAME, Settings

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.model import Record
    from perfdesk.template import Template

YEAR = 2024
FILLED = (
    "national-2020-project-self",
    "qiannan-2024-project-self",
    "lingling-2022-department-self",
    "lingling-2022-publication-list",
    "chenxi-2021-department-rating",
    "national-2019-project-monitoring",
    "zhijiang-2024-project-goal",
    "hubei-2020-project-self",
    "summary-project-self",
)
BLANK = ("national-2020-project-self", "lingling-2022-publication-list")


def _forms(templates: dict[str, Template]) -> tuple[Record, ...]:
    """The forms of two years; of last year one that has this year's rows."""
    own = [replace(filled(templates[name]), id=name) for name in FILLED]
    blank = [new_record(templates[name], record_id=f"{name}-blank", year=YEAR) for name in BLANK]
    return (*own, *blank, replace(own[0], id="last-year", year=YEAR - 1))


class Office:
    """One data file and the window on it. What it says is kept in ``answers``: no trouble may be told while a monkey works."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder
        self.answers = Answers()
        self.robot = self._open()
        forms = self.robot.window.forms
        forms.adopt(_forms(dict(forms.templates)))
        forms.relist()
        self.robot.settle()
        forms.want(YEAR)
        self.robot.window.session.open(forms.lines[0].id)

    def replay(self) -> Replay:
        """Return the forms as they stand now, for the core to do everything once more."""
        forms, current = self.robot.window.forms, self.robot.document.record
        records = [forms.store.load(line.id) for line in forms.lines]
        made = Replay({one.id: Form(forms.templates[one.template_id], one) for one in records}, current.id)
        made.form.record = current
        return made

    def reopen(self) -> Robot:
        """Leave the program as a person does, and start it again."""
        assert self.robot.close(), "the window did not close"
        self.leave()
        self.robot = self._open()
        return self.robot

    def leave(self) -> None:
        """Let the window go, whatever state it is in."""
        window = self.robot.window
        window.forms.close()
        window.hide()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _open(self) -> Robot:
        window = opening.make_window(self._app, Settings(self._folder / FILE_NAME), self.answers)
        robot = Robot(window, self.answers)
        opening.Opening(window, self.answers, self._folder / "office.db", read_only=False, samples=False).begin()
        robot.settle()
        return robot
