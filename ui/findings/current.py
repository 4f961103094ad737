"""The current card: one real widget with a real button, painted like the idle cards around it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListView, QPushButton, QWidget

from perfdesk.model import Finding
from ui import theme
from ui.findings.card import Card, lay_out, paint_card
from ui.findings.wording import spoken
from ui.theme import qcolor


class CardWidget(QWidget):
    """The card of one finding in a list. ``fix_pressed`` is its button, ``place_pressed`` a click beside it."""

    fix_pressed = Signal()
    place_pressed = Signal()

    def __init__(self, finding: Finding, view: QListView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._finding = finding
        self._button = QPushButton(self)
        self._button.setProperty("fit", "card")
        self._button.clicked.connect(self.fix_pressed)
        self.set_finding(finding)

    def button(self) -> QPushButton:
        """Return the button of the fix (hidden when there is none)."""
        return self._button

    def set_finding(self, finding: Finding) -> None:
        """Show a finding, at the present width of the list."""
        self._finding = finding
        self._button.setVisible(finding.fix is not None)
        if finding.fix is not None:
            self._button.setText(finding.fix.label)
            self._button.setGeometry(self._layout().button_rect())
        self.setAccessibleName(spoken(finding))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the card."""
        card = self._layout()
        return QSize(card.width, card.height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card and, when the list has the focus, its frame."""
        del event
        painter = QPainter(self)
        table = theme.tokens(self.palette())
        paint_card(painter, self._layout(), self.rect(), self._view.font(), table, current=True)
        if self._view.hasFocus():
            painter.setPen(QPen(qcolor(table.accent), theme.FRAME))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the press from the list below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click beside the button goes to the place once more."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.place_pressed.emit()

    def _layout(self) -> Card:
        """Return the geometry at the present width of the list."""
        return lay_out(self._finding, self._view.width(), self._view.font(), current=True)
