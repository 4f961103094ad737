"""The stage of the pictures: the real window on the sample office, and what a clerk does to it, for ``scenes.py`` and the tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEventLoop, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QWidget

from ui.samples import BUREAU

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.model import FormKind
    from ui.document import Document
    from ui.main_window import MainWindow

YEAR = 2025  # the year in work; the one before is handed in
PROJECT = "法律援助工作经费"
SETTLES_MS = 150
WAITS = 60  # times SETTLES_MS: how long a dialog may take to come


@dataclass(frozen=True, slots=True)
class Stage:
    """The window of a scene, on a data file in ``folder``."""

    window: MainWindow
    folder: Path

    def open(self, kind: FormKind, *, year: int = YEAR, name: str = "") -> Document:
        """Open a form of the sample office; one that it has not is made new."""
        forms = self.window.forms
        found = [one for one in forms.lines if one.kind is kind and one.year == year and name in one.name]
        self.window.session.open(found[0].id if found else self._make(kind, year))
        settle()
        return self.document

    def _make(self, kind: FormKind, year: int) -> str:
        forms = self.window.forms
        template = next(one for one in forms.templates.values() if one.kind is kind)
        return forms.create(template.id, year=year, name="", bureau=BUREAU)

    @property
    def document(self) -> Document:
        """The open form."""
        document = self.window.session.document
        if document is None:
            raise LookupError("no form is open")
        return document

    def go(self, label: str, *, blank: bool | None = None) -> None:
        """Make the first cell with that label current."""
        cells = [one for one in self.document.derived.sheet.cells if one.binding is not None and label in one.label]
        wanted = next(one for one in cells if blank is None or one.blank is blank)
        if wanted.binding is not None:
            self.window.desk.sheet.go_to(wanted.binding)
        self.window.desk.sheet.setFocus()
        settle()

    def do(self, command: str) -> None:
        """Choose a menu entry."""
        action = self.window.commands[command]
        if not action.isEnabled():
            raise LookupError(f"{command} is not to be chosen now")
        action.trigger()
        settle()

    def dialog(self) -> QDialog:
        """Wait for the dialog that is in front and return it."""
        for _round in range(WAITS):
            found = QApplication.activeModalWidget()
            if isinstance(found, QDialog):
                settle()
                return found
            settle()
        raise LookupError("no dialog came")

    def asked(self, command: str) -> QDialog:
        """Choose a menu entry and return the dialog it brings."""
        self.do(command)
        return self.dialog()

    def type(self, text: str) -> None:
        """Type letter by letter: the first one opens an editor, which gets the others."""
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget() or self.window, letter)
        settle()

    def press(self, parent: QWidget, words: str) -> None:
        """Click the button that says this."""
        buttons = cast("list[QAbstractButton]", parent.findChildren(QAbstractButton))
        next(one for one in buttons if one.isVisible() and words in one.text()).click()
        settle()

    def write(self, parent: QWidget, name: str, text: str) -> None:
        """Write into the line with that name."""
        lines = cast("list[QLineEdit]", parent.findChildren(QLineEdit))
        next(one for one in lines if name in one.accessibleName()).setText(text)
        settle()


def settle() -> None:
    """Let background work, fonts, marks and layout arrive."""
    QThreadPool.globalInstance().waitForDone()
    loop = QEventLoop()
    QTimer.singleShot(SETTLES_MS, loop.quit)
    loop.exec()
