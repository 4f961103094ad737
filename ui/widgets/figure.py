"""数 (figure): a label whose text may change at every keystroke.

It is exactly as large as its text and says so only when that changes; a plain label makes its whole window lay out and paint itself
anew for every text. It writes nothing of its own.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget


class Figure(QLabel):
    """The label of a figure. Write it with ``show_text``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "figure")
        self._hold()

    def show_text(self, text: str) -> None:
        """Show a text; neighbours move only when it needs another room."""
        if text != self.text():
            self.setText(text)
            self._hold()

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew for another text size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._hold()

    def _hold(self) -> None:
        """Take exactly the room of the text: Qt asks for a new layout only when this differs from before.

        ``sizeHint`` never falls below the fixed size, so the text is measured as QLabel measures it.
        """
        self.setFixedSize(self.fontMetrics().size(0, self.text()))
