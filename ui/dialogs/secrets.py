"""填密码的框 (secret lines): a line that hides what is typed until 显示密码 is ticked, for the dialogs about passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable


def secret_line(name: str, parent: QWidget) -> QLineEdit:
    """Make a line that hides what is typed; a reader calls it ``name``. No input method takes part, nothing is remembered."""
    line = QLineEdit(parent)
    line.setAccessibleName(name)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
    return line


class Shown(QCheckBox):
    """显示密码: shows what the lines hide."""

    def __init__(self, lines: Iterable[QLineEdit], parent: QWidget) -> None:
        super().__init__("显示密码", parent)
        self._lines = tuple(lines)
        self.toggled.connect(self._show)

    def _show(self, on: bool) -> None:
        for line in self._lines:
            line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)
