"""对话框的架子 (frame): what every dialog of our own has: margins, a body, and a foot with the primary button last.

Esc is 取消. The frame knows no question.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.words import plain_words

if TYPE_CHECKING:
    from ui.dialogs.service import Dialogs

WIDTH: Final = 520
HEAD: Final = 64


class Foot(QWidget):
    """The foot: a hint on the left, buttons on the right."""

    def __init__(self, parent: QWidget, buttons: tuple[QPushButton, ...]) -> None:
        super().__init__(parent)
        self.setProperty("bar", "foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme.px(self.font(), theme.DIALOG_FOOT))
        self._hint = QLabel(self)
        self._hint.setProperty("ink", "2")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(self.font(), 20), 0, theme.px(self.font(), 20), 0)
        row.setSpacing(theme.px(self.font(), 10))
        row.addWidget(self._hint, 1)
        for button in buttons:
            button.setParent(self)
            row.addWidget(button)

    def hint(self) -> str:
        """Return what it says will happen."""
        return self._hint.text()

    def show_hint(self, text: str) -> None:
        """Say what will happen."""
        self._hint.setText(text)
        self._hint.setToolTip(text)


def foot_button(words: str, *, primary: bool = False) -> QPushButton:
    """Make a button of the foot."""
    button = QPushButton(words)
    button.setProperty("size", "foot")
    button.setAutoDefault(primary)
    button.setDefault(primary)
    if primary:
        button.setProperty("primary", "true")
    return button


def heading(dialog: QDialog, fact: str) -> QLabel:
    """Make the bold line on top."""
    return plain_words(dialog, fact, role="title")


def head_bar(dialog: QDialog, title: str, advice: str, button: QPushButton) -> QWidget:
    """Make the bar on top of a dialog of the window's size: what it is about, what can be done here, and a button at the right."""
    head, name, words = QWidget(dialog), QLabel(title, dialog), QLabel(advice, dialog)
    head.setProperty("bar", "location")
    head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    head.setFixedHeight(theme.px(dialog.font(), HEAD))
    name.setProperty("role", "title")
    name.setTextFormat(Qt.TextFormat.PlainText)
    words.setProperty("ink", "2")
    button.setAutoDefault(False)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(name)
    column.addWidget(words)
    row = QHBoxLayout(head)
    row.setContentsMargins(theme.px(dialog.font(), 20), 0, theme.px(dialog.font(), 20), 0)
    row.addLayout(column, 1)
    row.addWidget(button)
    return head


def lay_out(dialog: QDialog, body: QWidget, foot: Foot) -> None:
    """Stack body and foot; the foot reaches from edge to edge."""
    body.setContentsMargins(*(theme.px(dialog.font(), side) for side in (20, 18, 20, 18)))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(body, 1)
    column.addWidget(foot)


def named_line(name: str, text: str, parent: QWidget, *, placeholder: str = "") -> QLineEdit:
    """Make a text line that a reader calls ``name``."""
    line = QLineEdit(text, parent)
    line.setAccessibleName(name)
    line.setPlaceholderText(placeholder)
    return line


def with_chooser(line: QLineEdit, dialogs: Dialogs) -> QHBoxLayout:
    """Put 选择… behind a line that holds a folder; what is chosen takes the place of what stood there."""
    choose = QPushButton("选择…", line.parentWidget())
    choose.setAutoDefault(False)
    choose.clicked.connect(partial(_choose_folder, line, dialogs))
    row = QHBoxLayout()
    row.setSpacing(theme.px(line.font(), 8))
    row.addWidget(line, 1)
    row.addWidget(choose)
    return row


def _choose_folder(line: QLineEdit, dialogs: Dialogs, *_clicked: object) -> None:
    folder = dialogs.choose_folder(line.accessibleName(), Path(line.text()))
    if folder is not None:
        line.setText(str(folder))
