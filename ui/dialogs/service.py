"""The one door to questions: messages and file choosers. The window gets it handed in, so that tests hand in a recorder.

This is the only place where the program waits, for an answer or for work to end; nothing is decided here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ui.dialogs.message import CANCEL, Choice, MessageDialog
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from perfdesk.errors import UserError
    from ui.tasks import Task


class Dialogs:
    """Messages and file choosers over one window. ``parent`` may be given later with ``attach``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._parent = parent
        self._open: list[MessageDialog] = []

    def attach(self, parent: QWidget) -> None:
        """Belong to a window."""
        self._parent = parent

    def tell(self, fact: str, advice: str, *, mark: Mark = Mark.WARNING) -> None:
        """Show a message with 「知道了」 and return at once; the window waits behind it, the program goes on."""
        self.show(MessageDialog(fact, advice, mark=mark, parent=self._parent))

    def tell_trouble(self, error: UserError) -> None:
        """Tell a trouble in its own words."""
        fact, advice = split_sentence(str(error))
        self.tell(fact, advice, mark=Mark.ERROR)

    def show(self, dialog: MessageDialog) -> None:
        """Show a message without waiting; listen to its ``answered`` for the answer."""
        self._open.append(dialog)
        dialog.answered.connect(self._forget_closed)
        dialog.open()

    def ask(self, fact: str, advice: str, choices: tuple[Choice, ...], *, mark: Mark = Mark.WARNING) -> str:
        """Ask and wait: return the key of the button, ``cancel`` for Esc."""
        dialog = MessageDialog(fact, advice, choices=choices, mark=mark, parent=self._parent)
        dialog.exec()
        answer = dialog.answer()
        dialog.deleteLater()
        return answer

    def run(self, dialog: QDialog) -> bool:
        """Show a dialog of our own and wait; tell whether it was accepted."""
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def open_files(self, title: str, patterns: str, folder: Path) -> tuple[Path, ...]:
        """Let the user choose files to read; empty when given up. ``patterns`` as in Qt: 「数据包 (*.json)」."""
        names, _ = QFileDialog.getOpenFileNames(self._parent, title, str(folder), patterns)
        return tuple(Path(name) for name in names)

    def save_file(self, title: str, suggested: Path, patterns: str) -> Path | None:
        """Let the user choose where to write; ``None`` when given up. The suffix of ``suggested`` is added where missing."""
        name, _ = QFileDialog.getSaveFileName(self._parent, title, str(suggested), patterns)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(suggested.suffix)

    def choose_folder(self, title: str, folder: Path) -> Path | None:
        """Let the user choose a folder; ``None`` when given up."""
        name = QFileDialog.getExistingDirectory(self._parent, title, str(folder))
        return Path(name) if name else None

    def wait(self, task: Task) -> None:
        """Let a task come to its end: the window goes on painting, and takes neither keys nor clicks meanwhile."""
        loop = QEventLoop()
        task.finished.connect(loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _forget_closed(self, answer: str) -> None:
        """Let go of messages that were answered."""
        del answer
        for dialog in [one for one in self._open if not one.isVisible()]:
            self._open.remove(dialog)
            dialog.deleteLater()


def confirm(dialogs: Dialogs, fact: str, advice: str, verb: str) -> bool:
    """Ask for one decision with 「取消」 and a verb; tell whether the verb was chosen."""
    return dialogs.ask(fact, advice, (Choice(CANCEL, "取消"), Choice("go", verb, primary=True))) == "go"


def put_up(dialog: QDialog) -> None:
    """Show a dialog without waiting for it; it goes when it is closed."""
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def split_sentence(text: str) -> tuple[str, str]:
    """Split a trouble into the statement of fact and what to do: at the first 。 (the fact loses it)."""
    fact, _, advice = text.partition("。")
    return (fact, advice) if advice else (text.rstrip("。"), "")
