"""A robot that fills in forms as a clerk does: it speaks of forms, cells and keys, and looks only at what the window shows.

It uses public names of the window's parts and Qt's own events, never a private attribute. Questions are answered beforehand
through :class:`Answers`, which also records what was said.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QKeyCombination, Qt, QThreadPool
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from perfdesk.model import Block
from ui.dialogs import CANCEL, Choice, Dialogs, MessageDialog
from ui.sheet.model import SheetModel
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from perfdesk.sheet import Cell
    from ui.document import Document
    from ui.main_window import MainWindow

LEGAL_AID = "法律援助工作经费"  # the sample that most tests open
WAITS_MS = 5000
DialogKind = type[QDialog]  # Robot.type hides the builtin


class Answers(Dialogs):
    """Takes the place of every question: answers come from the queues, what was said is kept."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[str] = []
        self.files: list[Path] = []
        self.said: list[str] = []
        self.acts: list[Callable[[QDialog], object]] = []
        """What is done at the dialogs that are waited for, one each."""

    def tell(self, fact: str, advice: str, *, mark: Mark = Mark.WARNING) -> None:
        del mark
        self.said.append(f"{fact}。{advice}")

    def show(self, dialog: MessageDialog) -> None:
        self.said.append(f"{dialog.accessibleName()}。{dialog.accessibleDescription()}")

    def ask(self, fact: str, advice: str, choices: tuple[Choice, ...], *, mark: Mark = Mark.WARNING) -> str:
        del mark
        self.said.append(f"{fact}。{advice}")
        answer = self.answers.pop(0)
        assert answer in {CANCEL, *(one.key for one in choices)}, f"no button {answer} in {choices}"
        return answer

    def run(self, dialog: QDialog) -> bool:
        self.acts.pop(0)(dialog)
        return dialog.result() == QDialog.DialogCode.Accepted

    def open_files(self, title: str, patterns: str, folder: Path) -> tuple[Path, ...]:
        del title, patterns, folder
        found, self.files = tuple(self.files), []
        return found

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        del title, suggested, patterns
        return self.files.pop(0) if self.files else None

    def choose_folder(self, title: str, folder: Path) -> Path | None:
        del title, folder
        return self.files.pop(0) if self.files else None


class Robot:
    """A clerk at one window."""

    def __init__(self, window: MainWindow, answers: Answers) -> None:
        self.window = window
        self.answers = answers
        window.show()
        window.activateWindow()
        self.until(window.isActiveWindow)

    # ------------------------------------------------------------- waiting
    def until(self, happened: Callable[[], object]) -> None:
        """Let the program go on until something has happened."""
        deadline = QDeadlineTimer(WAITS_MS)
        while not happened():
            assert not deadline.hasExpired(), "waited in vain"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def settle(self) -> None:
        """Let background work end and its results arrive."""
        self.window.forms.pace.go_on()
        QThreadPool.globalInstance().waitForDone()
        for _round in range(3):
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # --------------------------------------------------------------- forms
    @property
    def document(self) -> Document:
        """The open form."""
        document = self.window.session.document
        assert document is not None, "no form is open"
        return document

    def open(self, name: str, *, year: int | None = None) -> None:
        """Choose a form in the list."""
        line = next(one for one in self.window.forms.lines if one.name == name and year in {None, one.year})
        self.window.desk.rail.tree.chosen.emit(line.id)
        assert self.document.record.id == line.id

    def listed(self) -> tuple[str, ...]:
        """Return the names in the list, top to bottom."""
        return tuple(line.name for line in self.window.forms.lines)

    def title(self) -> str:
        """Return the title of the window."""
        return self.window.windowTitle()

    def close(self) -> bool:
        """Close the window; tell whether it closed."""
        return self.window.close()

    def save_wait(self) -> None:
        """Wait until the status bar says that everything is saved."""
        self.until(lambda: self.saved_text().startswith("已"))

    # --------------------------------------------------------------- cells
    def cell(self, label: str, place: str = "") -> Cell:
        """Find a cell by its label and the row it belongs to (any part of the row's name)."""
        for cell in self.document.derived.sheet.cells:
            if cell.binding is not None and cell.label.startswith(label) and place in cell.place:
                return cell
        raise AssertionError(f"no cell {label} {place}")

    def go(self, label: str, place: str = "") -> None:
        """Make a cell current."""
        binding = self.cell(label, place).binding
        assert binding is not None
        assert self.window.desk.sheet.go_to(binding)
        self.window.desk.sheet.setFocus()

    def type(self, label: str, text: str, place: str = "") -> None:
        """Go to a cell, type a text into it and press Enter."""
        self.go(label, place)
        self.keys(text)
        self.press("Return")

    def type_indicator(self, row: int, label: str, text: str) -> None:
        """Type into a column of the indicator in row ``row`` (from 0)."""
        for cell in self.document.derived.sheet.cells:
            binding = cell.binding
            in_row = binding is not None and binding.block is Block.INDICATORS and binding.row == row
            if in_row and binding is not None and cell.label.startswith(label):
                self.window.desk.sheet.go_to(binding)
                self.window.desk.sheet.setFocus()
                self.keys(text)
                self.press("Return")
                return
        raise AssertionError(f"no column {label} in row {row}")

    def text(self, label: str, place: str = "") -> str:
        """Return what a cell shows."""
        binding = self.cell(label, place).binding
        assert binding is not None
        model = self.window.desk.sheet.model()
        assert isinstance(model, SheetModel)
        return str(model.index_of(binding).data(Qt.ItemDataRole.DisplayRole))

    def keys(self, text: str) -> None:
        """Type: letters of ASCII with the keyboard, all others through the input method, as Chinese is typed."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self._focus(), letter)
            else:
                self.compose("", commit=letter)
        self.look_up()

    def look_up(self) -> None:
        """Look at the window after typing: by then what stands around the page has followed the last key."""
        if self.window.session.document is not None:
            self.window.session.document.settle()

    def compose(self, preedit: str, *, commit: str = "") -> None:
        """What an input method sends: letters under way, or the text chosen."""
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self._focus(), event)
        self.look_up()

    def press(self, keys: str) -> None:
        """Press a key or a shortcut: 「Return」, 「Ctrl+Z」."""
        stroke = cast(QKeyCombination, QKeySequence(keys)[0])  # type: ignore[index]  # missing in the stubs
        QTest.keyClick(self._focus(), stroke.key(), stroke.keyboardModifiers())
        self.look_up()

    def undo(self) -> None:
        self.press("Ctrl+Z")

    def redo(self) -> None:
        self.press("Ctrl+Y")

    # ------------------------------------------------------------- reading
    def verdict(self) -> str:
        """Return the verdict as 审核 says it."""
        return self.window.panel.verdict_text()

    def findings(self) -> tuple[str, ...]:
        """Return the codes of the findings shown, in their order."""
        return tuple(finding.code for finding in self.document.derived.findings)

    def apply_fix(self, code: str) -> None:
        """Click the fix of a finding."""
        finding = next(one for one in self.document.derived.findings if one.code == code and one.fix is not None)
        self.window.panel.fix_chosen.emit(finding)

    def total(self) -> str:
        """Return the total in the status bar."""
        return self.window.status.figures()[2]

    def saved_text(self) -> str:
        """Return what the status bar says about saving."""
        return self.window.status.saved_text()

    def toast(self) -> str:
        """Return the sentence at the foot of the window."""
        return self.window.toast.text()

    def dialog(self, kind: DialogKind) -> QDialog:
        """Wait for a dialog of the window and return it."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), kind))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def _focus(self) -> QWidget:
        if QApplication.activeWindow() is None:  # a closed dialog does not always give the focus back without a display
            self.window.activateWindow()
            self.until(self.window.isActiveWindow)
        return QApplication.focusWidget() or self.window.desk.sheet


Open = Callable[..., Robot]
"""What the fixture ``open_window`` gives: opens a window and returns its robot."""
