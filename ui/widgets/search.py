"""查找框 (search field): a line with the lens on the left and its shortcut as a key on the right.

It only takes text; finding is done by whoever listens to ``textChanged`` and ``returnPressed`` of QLineEdit.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import icons, theme
from ui.theme import Tokens, qcolor


class SearchField(QLineEdit):
    """A search line. The key disappears while something is typed, so that the text has the room."""

    def __init__(self, placeholder: str, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setProperty("fit", "menu")
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setToolTip(f"{placeholder}（{key}）" if key else placeholder)
        self._make_room()
        self.textChanged.connect(self._make_room)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, then lens and key."""
        super().paintEvent(event)
        table = theme.tokens(self.palette())
        size = theme.px(self.font(), icons.ROW_SIZE)
        lens = icons.pixmap("search", table.ink2, size, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(theme.px(self.font(), 9), (self.height() - size) // 2, lens)
        if self._key and not self.text():
            width = key_width(self._key, painter.fontMetrics().horizontalAdvance(self._key))
            height = theme.px(self.font(), 20)
            left = self.width() - theme.px(self.font(), 9) - width
            paint_key(painter, QRectF(left, (self.height() - height) // 2, width, height), self._key, table)
        painter.end()

    def _make_room(self) -> None:
        """Keep the text off lens and key."""
        right = 0.0
        if self._key and not self.text():
            right = key_width(self._key, QFontMetricsF(self.font()).horizontalAdvance(self._key))
        self.setTextMargins(theme.px(self.font(), 22), 0, round(right), 0)


def plain_text(text: str) -> str:
    """Reduce a text to what is compared in a search: NFKC, lower case, no white space. 「ＡＢ 1」 gives 「ab1」."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def key_width(text: str, advance: float) -> float:
    """Return the width of a key in px: the words and 6 px on each side (nothing without words)."""
    return advance + 12 if text else 0.0


def paint_key(painter: QPainter, box: QRectF, text: str, table: Tokens) -> None:
    """Paint a key (Ctrl+F) into ``box``: chrome ground, hairline, radius 3."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(qcolor(table.line), theme.LINE))
    painter.setBrush(qcolor(table.chrome))
    half = theme.LINE / 2
    painter.drawRoundedRect(box.adjusted(half, half, -half, -half), theme.RADIUS_SMALL, theme.RADIUS_SMALL)
    painter.setPen(qcolor(table.ink2))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
