"""Run by test_start: opens the real window on a new store and types growing numbers until somebody kills it.

Into 项目名称 of a form, or one after the other into a paragraph of a report: the second argument names the template.

Each number is printed once it stands in the cell. A pause every second lets the autosave come due, as with a clerk who thinks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest

from ui import app as program
from ui.dialogs import Dialogs
from ui.main_window import MainWindow
from ui.settings import FILE_NAME, Settings


class Typist(QObject):
    """Types one number after another into 项目名称, or into the first paragraph of a report."""

    def __init__(self, window: MainWindow, template: str) -> None:
        super().__init__(window)
        self._window, self._template = window, template
        self._number = 0
        self._timer = QTimer(self)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._type)

    def begin(self) -> None:
        """Make a form and start."""
        window = self._window
        window.session.open(window.forms.create(self._template, year=2024, name="", bureau=""))
        document = window.session.document
        assert document is not None
        if window.desk.shows_report:
            window.step_finding(1)
        for cell in document.derived.sheet.cells:
            if cell.binding is not None and cell.binding.key == "project_name":
                window.desk.sheet.go_to(cell.binding)
        self._timer.start()

    def _type(self) -> None:
        self._number += 1
        if self._window.desk.shows_report:
            QTest.keyClicks(self._window.desk.report.editor, f" {self._number}")
        else:
            self._type_into_cell(str(self._number))
        sys.stdout.write(f"{self._number}\n")
        sys.stdout.flush()

    def _type_into_cell(self, text: str) -> None:
        QTest.keyClicks(self._window.desk.sheet, text[0])
        editor = self._window.desk.sheet.focusWidget()
        assert editor is not None
        QTest.keyClicks(editor, text[1:])
        self._window.desk.sheet.commit_editor()


def main() -> int:
    """Start, and type until killed."""
    store = Path(sys.argv[1])
    app = program.make_application(["typist"])
    window = program.make_window(app, Settings(store.parent / FILE_NAME), Dialogs())
    opening = program.Opening(window, Dialogs(window), store, read_only=False, samples=False)
    typist = Typist(window, sys.argv[2])
    opening.done.connect(typist.begin)
    window.show()
    QTimer.singleShot(0, opening.begin)
    QTimer.singleShot(30_000, app.quit)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
