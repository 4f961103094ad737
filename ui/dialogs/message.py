"""消息 (message): a bold statement of fact, one sentence what to do, and buttons that say what they do.

Used instead of QMessageBox, which knows only 是/否 and the system's icons. The dialog reports the chosen key and does nothing
else. Esc and the window's × are 取消.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.marks import SIZE_DIALOG, Mark, MarkLabel
from ui.widgets.speech import announce
from ui.widgets.words import copyable_words, fit_height

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

CANCEL: Final = "cancel"
WIDTH: Final = 452
TITLE: Final = "绩效填报台"
_BUTTON_LEAST: Final = 54


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: ``key`` comes back, ``label`` is a verb of 2-6 字. At most one is ``primary``; it stands last and has Enter."""

    key: str
    label: str
    primary: bool = False


class MessageDialog(QDialog):
    """One message. ``answered`` carries the key of the chosen button, ``cancel`` for Esc."""

    answered = Signal(str)

    def __init__(
        self,
        fact: str,
        advice: str,
        *,
        choices: tuple[Choice, ...] = (Choice(CANCEL, "知道了", primary=True),),
        mark: Mark = Mark.WARNING,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if not choices or len({one.key for one in choices}) < len(choices):
            raise ValueError("a message needs buttons with keys of their own")
        self._answer = CANCEL
        self._spoken = f"{fact}。{advice}"
        self._buttons = {one.key: self._build_button(one) for one in choices}
        self._first = next((one.key for one in choices if one.primary), choices[-1].key)
        self.setWindowTitle(TITLE)
        self.setModal(True)
        self.setAccessibleName(fact)
        self.setAccessibleDescription(advice)
        self._build(fact, advice, mark)
        self._buttons[self._first].setDefault(True)
        self.finished.connect(self._tell)

    def answer(self) -> str:
        """Return the key chosen so far."""
        return self._answer

    def press(self, key: str) -> None:
        """Do what a click on a button does."""
        self._buttons[key].click()

    def labels(self) -> tuple[str, ...]:
        """Return the words on the buttons, left to right."""
        return tuple(button.text() for button in self._buttons.values())

    def showEvent(self, event: QShowEvent) -> None:
        """Give the default button the focus and let a reader say the message."""
        fit_height(self)
        super().showEvent(event)
        self._buttons[self._first].setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._spoken)

    def _build(self, fact: str, advice: str, mark: Mark) -> None:
        """Mark beside fact and advice; buttons right below."""
        words = QVBoxLayout()
        words.setSpacing(theme.px(self.font(), 4))
        words.addWidget(copyable_words(self, fact, role="title"))
        words.addWidget(copyable_words(self, advice))
        top = QHBoxLayout()
        top.setSpacing(theme.px(self.font(), 12))
        top.addWidget(MarkLabel(mark, size=SIZE_DIALOG, parent=self), 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 10))
        row.addStretch(1)
        for button in self._buttons.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(*(theme.px(self.font(), side) for side in (20, 18, 20, 14)))
        column.setSpacing(theme.px(self.font(), 16))
        column.addLayout(top, 1)
        column.addLayout(row)
        self.setFixedWidth(theme.px(self.font(), WIDTH))

    def _build_button(self, choice: Choice) -> QPushButton:
        """Make one button."""
        button = _ChoiceButton(choice, self)
        button.chosen.connect(self._choose)
        return button

    def _choose(self, key: str) -> None:
        """Close with an answer."""
        self._answer = key
        self.done(QDialog.DialogCode.Rejected if key == CANCEL else QDialog.DialogCode.Accepted)

    def _tell(self) -> None:
        """Say the answer once the dialog is gone."""
        self.answered.emit(self._answer)


class _ChoiceButton(QPushButton):
    """A button that knows its key."""

    chosen = Signal(str)

    def __init__(self, choice: Choice, parent: QWidget) -> None:
        super().__init__(choice.label, parent)
        self._key = choice.key
        self.setAutoDefault(False)
        self.setMinimumWidth(theme.px(self.font(), _BUTTON_LEAST))
        if choice.primary:
            self.setProperty("primary", "true")
        self.clicked.connect(self._choose)

    def _choose(self) -> None:
        """Say the key."""
        self.chosen.emit(self._key)
