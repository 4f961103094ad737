"""Run by test_start: opens the real window on a new store and types a growing number until somebody kills it.

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

TEMPLATE = "national-2020-project-self"


class Typist(QObject):
    """Types one number after another into 项目名称."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._number = 0
        self._timer = QTimer(self)
        self._timer.setInterval(60)
        self._timer.timeout.connect(self._type)

    def begin(self) -> None:
        """Make a form and start."""
        window = self._window
        window.session.open(window.forms.create(TEMPLATE, year=2024, name="", bureau=""))
        document = window.session.document
        assert document is not None
        for cell in document.derived.sheet.cells:
            if cell.binding is not None and cell.binding.key == "project_name":
                window.desk.sheet.go_to(cell.binding)
        self._timer.start()

    def _type(self) -> None:
        self._number += 1
        QTest.keyClicks(self._window.desk.sheet, str(self._number)[0])
        editor = self._window.desk.sheet.focusWidget()
        assert editor is not None
        QTest.keyClicks(editor, str(self._number)[1:])
        self._window.desk.sheet.commit_editor()
        sys.stdout.write(f"{self._number}\n")
        sys.stdout.flush()


def main() -> int:
    """Start, and type until killed."""
    store = Path(sys.argv[1])
    app = program.make_application(["typist"])
    window = program.make_window(app, Settings(store.parent / FILE_NAME), Dialogs())
    opening = program.Opening(window, Dialogs(window), store, read_only=False, samples=False)
    typist = Typist(window)
    opening.done.connect(typist.begin)
    window.show()
    QTimer.singleShot(0, opening.begin)
    QTimer.singleShot(30_000, app.quit)
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
