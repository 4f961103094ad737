"""标记 (marks): the signs of severity and verdict, told apart by shape as well as by colour.

One drawing for tree, tables, panel and heads. The marks know no wording and no rule; ``mark_of`` only maps the types.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from perfdesk.kinds import Severity, Verdict
from ui import theme
from ui.theme import Tokens, qcolor


class Mark(StrEnum):
    """The kinds of mark; the value is the word that goes with it."""

    ERROR = "错误"
    WARNING = "警告"
    HINT = "提示"
    OK = "可上报"
    WORKING = "填写中"
    LOCKED = "已上报"


SIZE: Final = 16  # px in rows
SIZE_VERDICT: Final = 24
SIZE_DIALOG: Final = 28
_GRID: Final = 16.0  # the drawings are made on a grid of 16


def mark_of(value: Severity | Verdict) -> Mark:
    """Return the mark of a severity or of a verdict."""
    return _MARK_OF[value]


def paint_mark(painter: QPainter, rect: QRectF, kind: Mark, table: Tokens) -> None:
    """Paint one mark into the square ``rect`` (logical px), in the colours of ``table``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / _GRID, rect.height() / _GRID)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _PAINTERS[kind](painter, table)
    painter.restore()


class MarkLabel(QWidget):
    """A mark as a widget of fixed size; screen readers get its word."""

    def __init__(self, kind: Mark, *, size: int = SIZE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._kind = kind
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(kind.value)

    def kind(self) -> Mark:
        """Return the mark shown."""
        return self._kind

    def set_kind(self, kind: Mark) -> None:
        """Show another mark."""
        if kind is self._kind:
            return
        self._kind = kind
        self.setAccessibleName(kind.value)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the square of the mark, grown with 大字."""
        side = theme.px(self.font(), self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark."""
        del event
        painter = QPainter(self)
        paint_mark(painter, QRectF(self.rect()), self._kind, theme.tokens(self.palette()))
        painter.end()


def _pen(code: str, width: float, cap: Qt.PenCapStyle = Qt.PenCapStyle.FlatCap) -> QPen:
    """Return a pen on the grid of 16."""
    return QPen(qcolor(code), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.MiterJoin)


def _disc(painter: QPainter, code: str) -> None:
    """Fill the round ground of 错误 and 可上报."""
    painter.setBrush(qcolor(code))
    painter.drawEllipse(QPointF(8, 8), 7.5, 7.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _error(painter: QPainter, table: Tokens) -> None:
    """Filled circle with ×."""
    _disc(painter, table.err)
    painter.setPen(_pen(table.raised, 1.8))
    painter.drawLine(QPointF(5.3, 5.3), QPointF(10.7, 10.7))
    painter.drawLine(QPointF(10.7, 5.3), QPointF(5.3, 10.7))


def _warning(painter: QPainter, table: Tokens) -> None:
    """Triangle with !."""
    painter.setBrush(qcolor(table.warn_fill))
    painter.drawPolygon(QPolygonF([QPointF(8, 0.9), QPointF(15.6, 14.8), QPointF(0.4, 14.8)]))
    painter.setBrush(qcolor(table.on_fill))
    painter.drawRect(QRectF(7.1, 5.6, 1.8, 4.4))
    painter.drawEllipse(QPointF(8, 12.3), 1.05, 1.05)


def _hint(painter: QPainter, table: Tokens) -> None:
    """Ring with i."""
    painter.setPen(_pen(table.hint, 1.5))
    painter.drawEllipse(QPointF(8, 8), 6.9, 6.9)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(qcolor(table.hint))
    painter.drawRect(QRectF(7.1, 7.2, 1.8, 4.3))
    painter.drawEllipse(QPointF(8, 4.7), 1.1, 1.1)


def _ok(painter: QPainter, table: Tokens) -> None:
    """Filled circle with tick."""
    _disc(painter, table.ok)
    painter.setPen(_pen(table.raised, 1.8))
    painter.drawPolyline(QPolygonF([QPointF(4.4, 8.3), QPointF(6.9, 10.8), QPointF(11.7, 5.6)]))


def _working(painter: QPainter, table: Tokens) -> None:
    """Dashed ring."""
    pen = _pen(table.line2, 1.5)
    step = (
        2 * math.pi * 6.6 / 9 / 1.5
    )  # nine equal dashes, so that the ring closes; a dash pattern counts in pen widths
    pen.setDashPattern([step * 0.54, step * 0.46])
    painter.setPen(pen)
    painter.drawEllipse(QPointF(8, 8), 6.6, 6.6)


def _locked(painter: QPainter, table: Tokens) -> None:
    """Padlock."""
    painter.setPen(_pen(table.ink3, 1.6))
    painter.drawRect(QRectF(3, 7.2, 10, 7.3))
    painter.drawArc(QRectF(5, 1.8, 6, 6), 0, 180 * 16)
    painter.drawLine(QPointF(5, 4.8), QPointF(5, 7.2))
    painter.drawLine(QPointF(11, 4.8), QPointF(11, 7.2))


_PAINTERS: Final[dict[Mark, Callable[[QPainter, Tokens], None]]] = {
    Mark.ERROR: _error,
    Mark.WARNING: _warning,
    Mark.HINT: _hint,
    Mark.OK: _ok,
    Mark.WORKING: _working,
    Mark.LOCKED: _locked,
}
_MARK_OF: Final[dict[Severity | Verdict, Mark]] = {
    Severity.ERROR: Mark.ERROR,
    Severity.WARNING: Mark.WARNING,
    Severity.HINT: Mark.HINT,
    Verdict.BLOCKED: Mark.ERROR,
    Verdict.TO_EXPLAIN: Mark.WARNING,
    Verdict.READY: Mark.OK,
    Verdict.FILLING: Mark.WORKING,
    Verdict.FILLING: Mark.WORKING,
}
