"""步骤 (steps): the list at the left that says where the clerk is. It leads nowhere by itself: the buttons below do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, theme

_ROW: Final = 40  # px
_DISC: Final = 24
_EDGE: Final = 20


class StepList(QWidget):
    """The steps with their numbers: done ones ticked, the current one filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_steps(self, names: tuple[str, ...], current: int) -> None:
        """Show these steps; ``current`` from 0."""
        self._names, self._current = names, current
        self.setAccessibleName(f"第 {current + 1} 步，共 {len(names)} 步：{names[current]}")
        self.updateGeometry()
        self.update()

    def names(self) -> tuple[str, ...]:
        """Return the steps as they are shown."""
        return self._names

    def current(self) -> int:
        """Return the current step, from 0."""
        return self._current

    def sizeHint(self) -> QSize:
        """Return the height of all steps."""
        return QSize(theme.px(self.font(), 180), theme.px(self.font(), _ROW) * len(self._names))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows."""
        del event
        painter = QPainter(self)
        row = theme.px(self.font(), _ROW)
        for at, name in enumerate(self._names):
            self._paint_row(painter, QRect(0, at * row, self.width(), row), at, name)
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRect, at: int, name: str) -> None:
        table, font = theme.tokens(self.palette()), self.font()
        done, current = at < self._current, at == self._current
        if current:
            painter.fillRect(row, theme.qcolor(table.sel))
        side, left = theme.px(font, _DISC), theme.px(font, _EDGE)
        disc = QRect(left, row.top() + (row.height() - side) // 2, side, side)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = table.ok if done else table.accent if current else table.rail
        painter.setBrush(theme.qcolor(fill))
        painter.setPen(QPen(theme.qcolor(table.line2 if fill == table.rail else fill), theme.LINE))
        painter.drawEllipse(disc)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        if done:
            mark = theme.px(font, icons.ROW_SIZE)
            picture = icons.pixmap("check", table.on_accent, mark, self.devicePixelRatioF())
            painter.drawPixmap(disc.left() + (side - mark) // 2, disc.top() + (side - mark) // 2, picture)
        else:
            painter.setFont(theme.sized(font, theme.BODY, bold=current))
            painter.setPen(theme.qcolor(table.on_accent if current else table.ink2))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(at + 1))
        painter.setFont(theme.sized(font, theme.BODY, bold=current))
        painter.setPen(theme.qcolor(table.ink if current else table.ink2))
        room = row.adjusted(disc.right() + theme.px(font, 10), 0, -theme.px(font, 6), 0)
        words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
