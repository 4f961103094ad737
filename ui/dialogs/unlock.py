"""填数据密码 (unlock): asks for the password of a data file, or for its recovery key in the same place.

What was typed is tried by who made the dialog (``try_``); a wrong one is said and may be typed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out
from ui.dialogs.secrets import Shown, secret_line
from ui.widgets.speech import announce
from ui.widgets.words import fit_height, plain_words, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

_FORGOTTEN, _REMEMBERED = "忘了密码", "想起密码了"
_KEY: Final = "恢复密钥在设密码那天打印的纸上，共 13 组；空格、横线和大小写都不要紧。"
_LINES: Final = 3


class UnlockDialog(QDialog):
    """``try_`` takes what was typed and whether it is the recovery key; it raises :class:`UserError` where that is not right."""

    def __init__(
        self,
        fact: str,
        advice: str,
        *,
        verb: str,
        leave: str,
        try_: Callable[[str, bool], object],
        recovery: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._try = try_
        self.setWindowTitle("数据密码")
        self.setModal(True)
        self.line = secret_line("数据密码", self)
        self.key = QPlainTextEdit(self)
        self.key.setAccessibleName("恢复密钥")
        self.key.setTabChangesFocus(True)
        self.key.setFixedHeight(self.key.fontMetrics().lineSpacing() * _LINES + theme.px(self.font(), 18))
        self._shown = Shown((self.line,), self)
        self._trouble = plain_words(self, tone="err")
        self._about_key = plain_words(self, _KEY, ink="2")
        self.other = QPushButton(_FORGOTTEN, self)
        self.other.setProperty("link", "true")
        self.other.setAutoDefault(False)
        self.other.clicked.connect(self._switch)
        self.other.setVisible(recovery)
        self._build(fact, advice, verb, leave)
        self._show_ways(recovery=False)

    def said(self) -> str:
        """Return what it says was wrong, ``""`` where nothing was."""
        return self._trouble.text()

    @property
    def by_recovery(self) -> bool:
        """Whether the recovery key is asked for."""
        return not self.key.isHidden()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the line."""
        fit_height(self)
        super().showEvent(event)
        (self.key if self.by_recovery else self.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Try what was typed; close where it is right."""
        text = self.key.toPlainText() if self.by_recovery else self.line.text()
        try:
            self._try(text, self.by_recovery)
        except UserError as error:
            say(self._trouble, str(error))
            announce(self, str(error))
            fit_height(self)
            (self.key if self.by_recovery else self.line).selectAll()
            return
        super().accept()

    def _switch(self) -> None:
        self._show_ways(recovery=not self.by_recovery)
        (self.key if self.by_recovery else self.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_ways(self, *, recovery: bool) -> None:
        say(self._trouble, "")
        self.key.setVisible(recovery)
        self._about_key.setVisible(recovery)
        self.line.setVisible(not recovery)
        self._shown.setVisible(not recovery)
        self.other.setText(_REMEMBERED if recovery else _FORGOTTEN)
        fit_height(self)

    def _build(self, fact: str, advice: str, verb: str, leave: str) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setSpacing(theme.px(self.font(), 8))
        column.addWidget(heading(self, fact))
        column.addWidget(plain_words(body, advice))
        for part in (self.line, self._shown, self.key, self._about_key, self._trouble):
            column.addWidget(part)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        ok, no = foot_button(verb, primary=True), foot_button(leave)
        ok.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        lay_out(self, body, Foot(self, (no, ok)))
        self.setFixedWidth(theme.px(self.font(), WIDTH))
