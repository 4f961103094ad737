"""线 (rule): the hairlines between groups of a bar and across panels. They say nothing and take no focus."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme


class Rule(QWidget):
    """An upright hairline, ``height`` px long, with ``air`` px on both sides."""

    def __init__(self, parent: QWidget | None = None, *, height: int = 20, air: int = 5) -> None:
        super().__init__(parent)
        self._height = height
        self.setFixedWidth(2 * theme.px(self.font(), air) + theme.LINE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line."""
        del event
        painter = QPainter(self)
        height = theme.px(self.font(), self._height)
        colour = theme.qcolor(theme.tokens(self.palette()).line)
        painter.fillRect(self.width() // 2, (self.height() - height) // 2, theme.LINE, height, colour)
        painter.end()


def hairline(parent: QWidget) -> QWidget:
    """Return a lying hairline as wide as its parent."""
    line = QWidget(parent)
    line.setProperty("bar", "line")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    line.setFixedHeight(theme.LINE)
    return line
