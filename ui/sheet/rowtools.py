"""行工具 (row tools): the handle and the ＋ left of the current row.

They stand in the page margin; every function is in the menu too.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui.icons import icon
from ui.theme import Tokens

_WIDTH, _HEIGHT = 22, 24


class RowTools(QWidget):
    """Two small buttons on the viewport, shown for the current row only."""

    menu_asked = Signal()
    insert_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._handle = self._button("行操作：上移、下移、复制、删除")
        self._plus = self._button("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._handle)
        row.addWidget(self._plus)
        self._handle.clicked.connect(self.menu_asked)
        self._plus.clicked.connect(self.insert_asked)
        self.resize(2 * _WIDTH + 1, _HEIGHT)
        self.hide()

    def _button(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("flat", "row")
        button.setFixedSize(_WIDTH, _HEIGHT)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.ArrowCursor)
        return button

    def set_tokens(self, tokens: Tokens) -> None:
        """Tint the icons."""
        self._handle.setIcon(icon("grip-vertical", tokens))
        self._plus.setIcon(icon("plus", tokens))

    def stand_beside(self, row: QRect, *, left: int, word: str) -> None:
        """Stand left of ``left``, in the middle of a row; ``word`` is what it is called. Without room there they go away."""
        words = f"在下面插入{word}（Ctrl+Shift+＋）"
        self._plus.setToolTip(words)
        self._plus.setAccessibleName(words)
        self.move(left - self.width() - 4, row.top() + (row.height() - self.height()) // 2)
        self.setVisible(self.x() >= 0)
