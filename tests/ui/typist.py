"""Run by test_start: opens the real window on a new store and types growing numbers until somebody kills it.

The second argument says where: 项目名称 of a form, a list, 评分数据 of a rating, a paragraph of a report, the 说明 of a 警告.

Each number is printed once it stands there, and again as 「due」 a second later, by the clock of the same event loop that saves: a
machine under load is late with both, in the same order.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from perfdesk.model import Binding, Block, Record
from tests.qt_tools import child, children
from tests.robot import LEGAL_AID
from tests.simple_forms import put_in
from ui import app as program
from ui import opening
from ui.dialogs import Dialogs
from ui.findings.view import CardsView
from ui.main_window import MainWindow
from ui.rating.panel import RatingPanel
from ui.settings import FILE_NAME, Settings

WARNING = "over-achieved-unexplained"


def _into_cell(window: MainWindow, binding: Binding, text: str) -> None:
    """Over what stands in a cell."""
    sheet = window.desk.sheet
    sheet.go_to(binding)
    QTest.keyClicks(sheet, text[0])
    editor = sheet.focusWidget()
    assert editor is not None
    QTest.keyClicks(editor, text[1:])
    sheet.commit_editor()


def _into_value(window: MainWindow, text: str) -> None:
    _into_cell(window, Binding(Block.VALUES, "project_name"), text)


def _into_list(window: MainWindow, text: str) -> None:
    """Each number into a row of its own, as long as there is one, then over the last."""
    document = window.session.document
    assert document is not None
    rows = [cell.binding for cell in document.derived.sheet.cells if cell.binding and cell.binding.block is Block.ROWS]
    last = max(one.row for one in rows)
    _into_cell(window, next(one for one in rows if one.row == last), text)


def _into_rating(window: MainWindow, text: str) -> None:
    line = children(child(window.dock, RatingPanel), QLineEdit)[0]
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, text)


def _into_report(window: MainWindow, text: str) -> None:
    if text == "1":
        window.step_finding(1)
    QTest.keyClicks(window.desk.report.editor, f" {text}")


def _into_answer(window: MainWindow, text: str) -> None:
    document = window.session.document
    assert document is not None
    cards = child(window.panel, CardsView)
    cards.make_current([one.code for one in document.derived.findings].index(WARNING), tell=True)
    cards.answer_current()
    field = cards.focusWidget()
    assert field is not None
    QTest.keyClicks(field, f" {text}")


class Place(NamedTuple):
    """A place to type into: the template of a new form (none: a sample), how a number gets there, what the store kept of it."""

    template: str
    type: Callable[[MainWindow, str], None]
    kept: Callable[[Record], str]


PLACES = {
    "value": Place("national-2020-project-self", _into_value, lambda record: record.value("project_name")),
    "list": Place(
        "lingling-2022-publication-list",
        _into_list,
        lambda record: " ".join(text for row in record.rows for _, text in row.cells),
    ),
    "rating": Place(
        "chenxi-2021-department-rating", _into_rating, lambda record: " ".join(map(str, record.values.values()))
    ),
    "report": Place(
        "lingling-2022-report",
        _into_report,
        lambda record: " ".join(one for section in record.sections for one in section.paragraphs),
    ),
    "answer": Place("", _into_answer, lambda record: " ".join(one.text for one in record.answers)),
}


class Typist(QObject):
    """Types one number after another into a place."""

    def __init__(self, window: MainWindow, place: Place) -> None:
        super().__init__(window)
        self._window, self._place = window, place
        self._number = 0
        self._timer = QTimer(self)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._type)

    def begin(self) -> None:
        """Make a form, or take a simple one that has a 警告, and start."""
        forms = self._window.forms
        if not self._place.template:
            put_in(forms)
        simple = next((line.id for line in forms.lines if line.name == LEGAL_AID and line.year == 2020), "")
        new = self._place.template
        self._window.session.open(forms.create(new, year=2024, name="", bureau="") if new else simple)
        self._timer.start()

    def _type(self) -> None:
        self._number += 1
        self._place.type(self._window, str(self._number))
        _say("typed", self._number)
        QTimer.singleShot(1000, self, partial(_say, "due", self._number))


def _say(what: str, number: int) -> None:
    sys.stdout.write(f"{what} {number}\n")
    sys.stdout.flush()


def main() -> int:
    """Start, and type until killed."""
    store, place = Path(sys.argv[1]), PLACES[sys.argv[2]]
    app = program.make_application(["typist"])
    window = opening.make_window(app, Settings(store.parent / FILE_NAME), Dialogs())
    start = opening.Opening(window, Dialogs(window), store, read_only=False, samples=False)
    typist = Typist(window, place)
    start.done.connect(typist.begin)
    window.show()
    QTimer.singleShot(0, start.begin)
    QTimer.singleShot(30_000, app.quit)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
