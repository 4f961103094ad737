"""定密码 (new password): asks twice for a new password, and for the old one where there is one. It sets nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from perfdesk.errors import UserError
from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out
from ui.dialogs.secrets import Shown, secret_line
from ui.widgets.speech import announce
from ui.widgets.words import fit_height, plain_words, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

_DIFFERENT: Final = "两次填的密码不一样。请再填一次。"
_WRONG: Final = "原来的密码不对，没有改。请再填一次，留意大小写。"


class NewPasswordDialog(QDialog):
    """``password`` is the answer once it is accepted. ``is_old`` tells whether a text is the present password."""

    def __init__(
        self,
        fact: str,
        advice: str,
        *,
        verb: str,
        is_old: Callable[[str], bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._is_old = is_old
        self.setWindowTitle("数据密码")
        self.setModal(True)
        self.old, self.first, self.second = (
            secret_line(name, self) for name in ("原来的密码", "新密码", "再填一次新密码")
        )
        self._trouble = plain_words(self, tone="err")
        self._build(fact, advice, verb)

    @property
    def password(self) -> str:
        """What was typed."""
        return self.first.text()

    def said(self) -> str:
        """Return what it says was wrong, ``""`` where nothing was."""
        return self._trouble.text()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the first line."""
        fit_height(self)
        super().showEvent(event)
        (self.first if self._is_old is None else self.old).setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Close where everything is right; else say what is not."""
        line, why = self._wrong()
        if line is None:
            super().accept()
            return
        say(self._trouble, why)
        announce(self, why)
        fit_height(self)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.selectAll()

    def _wrong(self) -> tuple[QLineEdit | None, str]:
        from perfdesk.store.keyfile import check_new

        try:
            if self._is_old is not None and not self._is_old(self.old.text()):
                return self.old, _WRONG
        except UserError as error:
            return self.old, str(error)
        try:
            check_new(self.first.text())
        except UserError as error:
            return self.first, str(error)
        return (None, "") if self.first.text() == self.second.text() else (self.second, _DIFFERENT)

    def _build(self, fact: str, advice: str, verb: str) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, fact))
        column.addWidget(plain_words(body, advice))
        form = QFormLayout()
        form.setSpacing(theme.px(self.font(), 8))
        lines = (self.first, self.second) if self._is_old is None else (self.old, self.first, self.second)
        for line in lines:
            form.addRow(line.accessibleName(), line)
        self.old.setVisible(self._is_old is not None)
        column.addLayout(form)
        column.addWidget(Shown(lines, body))
        column.addWidget(self._trouble)
        self._trouble.hide()
        ok, no = foot_button(verb, primary=True), foot_button("取消")
        ok.clicked.connect(self.accept)
        no.clicked.connect(self.reject)
        lay_out(self, body, Foot(self, (no, ok)))
        self.setFixedWidth(theme.px(self.font(), WIDTH))
