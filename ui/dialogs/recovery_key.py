"""恢复密钥 (recovery key): shows the key to be printed or written down, and lets nobody go on before one group of it is typed back.

``print_asked`` and ``file_asked``: the page is wanted on paper or as a file. Nothing is set here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.store.recoverykey import typed
from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out, named_line
from ui.widgets.looks import set_look
from ui.widgets.words import fit_height, plain_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QShowEvent

_WIDTH = 620
_ACROSS = 4


class RecoveryKeyDialog(QDialog):
    """``asked`` is the place (from 0) of the group to be typed back; ``verb`` what is done then."""

    print_asked = Signal()
    file_asked = Signal()

    def __init__(self, groups: Sequence[str], *, asked: int, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._groups, self._asked = tuple(groups), asked
        self.setWindowTitle("恢复密钥")
        self.setModal(True)
        self.line = named_line(f"第 {asked + 1} 组", "", self)
        self.line.textChanged.connect(self._compare)
        self._ok = foot_button(verb, primary=True)
        self._build()
        self._compare()

    def may_go_on(self) -> bool:
        """Tell whether the group was typed as it stands on the paper."""
        return typed(self.line.text()) == self._groups[self._asked]

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the words need."""
        fit_height(self)
        super().showEvent(event)

    def accept(self) -> None:
        """Close, once the group is right."""
        if self.may_go_on():
            super().accept()

    def copy(self) -> None:
        """复制: to be put into a safe place; the clipboard keeps it until something else is copied."""
        QGuiApplication.clipboard().setText("\n".join(self._groups))
        self._foot.show_hint("已复制；贴好以后再复制点别的，免得留在剪贴板里")

    def _compare(self) -> None:
        wrong = len(typed(self.line.text())) >= len(self._groups[self._asked]) and not self.may_go_on()
        set_look(self.line, "tone", "err" if wrong else "")
        self._ok.setEnabled(self.may_go_on())

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, "先把恢复密钥打印下来，锁进抽屉"))
        column.addWidget(
            plain_words(
                body,
                "忘了密码，只有它能打开数据文件和备份；密码和它都没有了，谁也打不开，找谁都没有用。"
                "谁拿到它，不用密码也能打开，所以不要和电脑、U 盘放在一起。",
            )
        )
        column.addWidget(self._build_groups(body))
        row = QHBoxLayout()
        for words, slot in (("打印…", self.print_asked.emit), ("存成 PDF…", self.file_asked.emit), ("复制", self.copy)):
            button = QPushButton(words, body)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(plain_words(body, f"打印或抄好以后，照着纸上的填第 {self._asked + 1} 组："))
        column.addWidget(self.line)
        no = foot_button("取消")
        no.clicked.connect(self.reject)
        self._ok.clicked.connect(self.accept)
        self._foot = Foot(self, (no, self._ok))
        lay_out(self, body, self._foot)
        self.setFixedWidth(theme.px(self.font(), _WIDTH))

    def _build_groups(self, parent: QWidget) -> QFrame:
        card = QFrame(parent)
        card.setProperty("box", "card")
        grid = QGridLayout(card)
        grid.setHorizontalSpacing(theme.px(self.font(), 18))
        for place, group in enumerate(self._groups):
            number, letters = QLabel(f"{place + 1}", card), QLabel(group, card)
            number.setProperty("ink", "2")
            letters.setProperty("role", "title")
            letters.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            letters.setAccessibleName(f"第 {place + 1} 组：{' '.join(group)}")
            row, at = divmod(place, _ACROSS)
            grid.addWidget(number, row, 2 * at, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(letters, row, 2 * at + 1)
        return card
