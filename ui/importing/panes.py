"""两半 (panes): a head with a name, words and a button over a table. Nothing else."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.marks import Mark, MarkLabel

_HEAD: Final = 34  # px


class Pane(QWidget):
    """One half of the page."""

    def __init__(self, name: str, body: QWidget, button: QPushButton | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._name, self._words, self._doubts = QLabel(name, self), QLabel(self), QLabel(self)
        self._name.setProperty("role", "strong")
        self._words.setProperty("ink", "2")
        self._doubts.setProperty("tone", "warn")
        self.mark = MarkLabel(Mark.OK, parent=self)
        self.mark.hide()
        self.button = button or QPushButton(self)
        self.button.setProperty("fit", "card")
        self.button.setAutoDefault(True)  # Enter presses it, not the button that goes on
        self.button.setVisible(button is not None)
        head = QWidget(self)
        head.setProperty("bar", "chrome")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.px(self.font(), _HEAD))
        row = QHBoxLayout(head)
        side = theme.px(self.font(), theme.SPACING[5])
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(theme.px(self.font(), theme.SPACING[3]))
        row.addWidget(self._name)
        row.addStretch(1)
        for part in (self.mark, self._words, self._doubts, self.button):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(body, 1)

    def name(self, words: str) -> None:
        """Call it otherwise."""
        self._name.setText(words)

    def say(self, words: str, doubts: str = "") -> None:
        """Say where the cursor is, or how much is sure and how much in doubt."""
        self._words.setText(words)
        self._doubts.setText(doubts)

    def words(self) -> str:
        """Return what it says."""
        return self._words.text() + self._doubts.text()
