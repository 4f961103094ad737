"""上年 frame (chip): one line under the open editor: 「上年 231 ▲ 9.5% [Alt+↓] 取用」.

It is painted, not laid out, for it changes with every keystroke; it never takes the keyboard from the editor. What it says is
handed in; where it stands follows the editor.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from ui import theme
from ui.theme import Tokens

SIGNS: Final = {1: "▲", -1: "▼", 0: "＝"}
KEY: Final = "Alt+↓"
_TAKE: Final = "取用"
_GAP, _AIR, _HEIGHT = 8, 10, 28  # px between the words, at the sides, of the frame
_APART: Final = 3  # px from the editor
_MOST: Final = 300  # px of last year's text


class Said(NamedTuple):
    """What the frame says: last year's text, the sign and words of the change, their ink, and whether a key takes it."""

    was: str
    change: str = ""
    ink: str = "ink2"
    by_key: bool = True

    @property
    def words(self) -> str:
        """The whole line, as a screen reader says it."""
        return "，".join(filter(None, (f"上年 {self.was}", self.change, f"按 {KEY} 取用" if self.by_key else "")))


class Chip(QFrame):
    """The frame. ``taken``: it was clicked."""

    taken = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._said = Said("")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("取上年值，放进这一格")
        self.hide()

    @property
    def words(self) -> str:
        """What the frame says."""
        return self._said.words

    def say(self, said: Said) -> None:
        """Say something; the frame is as wide as its words."""
        if said == self._said:
            return
        self._said = said
        self.setAccessibleName(said.words)
        self.resize(self.sizeHint())
        self.update()

    def stand_under(self, editor: QRect, *, right: int, bottom: int) -> None:
        """Stand under an editor, above it where there is no room; moved left where it would leave the page at ``right``."""
        below = editor.bottom() + 1 + _APART
        top = below if below + self.height() <= bottom else editor.top() - _APART - self.height()
        self.move(max(min(editor.left() - 1, right - self.width()), 0), max(top, 0))
        if self.isHidden():
            self.show()
            self.raise_()

    def sizeHint(self) -> QSize:
        """Return the room its words need."""
        parts = self._parts()
        wide = sum(width for *_, width in parts) + (len(parts) - 1) * theme.px(self.font(), _GAP)
        return QSize(wide + 2 * theme.px(self.font(), _AIR), theme.px(self.font(), _HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw frame, words and key."""
        del event
        painter, table = QPainter(self), theme.tokens(self.palette())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(table.line2), 1))
        painter.setBrush(QColor(table.chrome))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1).toRectF(), theme.RADIUS, theme.RADIUS)
        left = theme.px(self.font(), _AIR)
        for text, ink, width in self._parts():
            box = QRect(left, 0, width, self.height())
            if text == KEY:
                _paint_key(painter, box, table)
            painter.setPen(QColor(getattr(table, ink)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            left += width + theme.px(self.font(), _GAP)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the value; it is no click on the cell below."""
        event.accept()
        if event.button() is Qt.MouseButton.LeftButton:
            self.taken.emit()

    def _parts(self) -> list[tuple[str, str, int]]:
        """Return the words with their ink and width."""
        metrics, said = QFontMetrics(self.font()), self._said
        was = metrics.elidedText(f"上年 {said.was}", Qt.TextElideMode.ElideRight, theme.px(self.font(), _MOST))
        words = ((was, "ink2"), (said.change, said.ink), (KEY if said.by_key else "", "ink2"), (_TAKE, "ink"))
        air = {KEY: theme.px(self.font(), _AIR)}
        return [(text, ink, metrics.horizontalAdvance(text) + 2 + air.get(text, 0)) for text, ink in words if text]


def _paint_key(painter: QPainter, box: QRect, table: Tokens) -> None:
    """Draw the frame of a key."""
    high = painter.fontMetrics().height() + 2
    frame = QRect(box.left(), (box.height() - high) // 2, box.width(), high)
    painter.setPen(QPen(QColor(table.line), 1))
    painter.setBrush(QColor(table.raised))
    painter.drawRoundedRect(frame.toRectF(), theme.RADIUS_SMALL, theme.RADIUS_SMALL)
