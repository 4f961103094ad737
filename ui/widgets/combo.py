"""选择框 (combo): a choice in a bar or a dialog, with its own arrow. It knows no words."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from ui import icons, theme


class StillCombo(QComboBox):
    """A choice that the mouse wheel never changes. It draws its arrow itself: the style sheet knows only files of one colour."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, then the arrow at its right end."""
        super().paintEvent(event)
        table, size = theme.tokens(self.palette()), theme.px(self.font(), icons.ROW_SIZE)
        colour = table.ink2 if self.isEnabled() else table.line2
        arrow = icons.pixmap("chevron-down", colour, size, self.devicePixelRatioF())
        painter = QPainter(self)
        painter.drawPixmap(self.width() - size - theme.px(self.font(), 8), (self.height() - size) // 2, arrow)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to what lies below."""
        event.ignore()
