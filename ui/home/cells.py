"""The cells of 年度总览: the mark with its word, the bar of filling, figures at the right; hairlines between rows, no others."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from perfdesk.model import FormKind
from perfdesk.overview import Standing, standing
from ui import theme
from ui.home.model import FIGURES, ROLE_ROW, ROLE_SUM, Column
from ui.widgets.items import Cell, Index, cell_of
from ui.widgets.marks import SIZE, Mark, paint_mark

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from perfdesk.overview import Row
    from ui.theme import Tokens

BAR_WIDTH, BAR_HEIGHT = 64, 8  # px
FULL: Final = 100
_PAD: Final = 10
_LOOKS: Final = {
    Standing.BLOCKED: (Mark.ERROR, "err"),
    Standing.TO_EXPLAIN: (Mark.WARNING, "warn"),
    Standing.FILLING: (Mark.WORKING, "ink2"),
    Standing.READY: (Mark.OK, "ok"),
    Standing.SUBMITTED: (Mark.LOCKED, "ink2"),
}


class OverviewDelegate(QStyledItemDelegate):
    """Paints one cell; the table itself draws no grid."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        del index
        return QSize(40, theme.px(cell_of(option).widget.font(), theme.ROW_TABLE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell = cell_of(option)
        table, font, box = theme.tokens(cell.palette), cell.widget.font(), QRect(cell.rect)
        is_sum, row = bool(index.data(ROLE_SUM)), index.data(ROLE_ROW)
        painter.save()
        self._paint_ground(painter, cell, table, is_sum=is_sum)
        room = box.adjusted(theme.px(font, _PAD), 0, -theme.px(font, _PAD), 0)
        column, words = Column(index.column()), str(index.data())
        bold = is_sum or (column is Column.NAME and bool(cell.state & QStyle.StateFlag.State_Selected))
        painter.setFont(theme.sized(font, theme.BODY, bold=bold))
        painter.setPen(theme.qcolor(table.ink if is_sum else _ink(row, column, table)))
        if row is not None and column is Column.VERDICT:
            room = self._paint_verdict(painter, room, row, table, font)
        elif row is not None and column is Column.FILLED:
            self._paint_bar(painter, room, row, table, font)
        side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
        words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
        if cell.state & QStyle.StateFlag.State_Selected and cell.widget.hasFocus():
            self._paint_focus(painter, box, column, table)
        painter.restore()

    def _paint_ground(self, painter: QPainter, cell: Cell, table: Tokens, *, is_sum: bool) -> None:
        box = QRect(cell.rect)
        if is_sum:
            painter.fillRect(box, theme.qcolor(table.chrome))
            painter.fillRect(box.left(), box.top(), box.width(), theme.LINE, theme.qcolor(table.line2))
            return
        if cell.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.qcolor(table.sel))
        elif cell.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.qcolor(table.hover))
        painter.fillRect(box.left(), box.bottom(), box.width(), theme.LINE, theme.qcolor(table.line))

    def _paint_verdict(self, painter: QPainter, room: QRect, row: Row, table: Tokens, font: QFont) -> QRect:
        """Paint the mark; return the room that is left for its word."""
        side = theme.px(font, SIZE)
        square = QRectF(room.left(), room.top() + (room.height() - side) / 2, side, side)
        paint_mark(painter, square, _LOOKS[standing(row)][0], table)
        return room.adjusted(side + theme.px(font, theme.SPACING[3]), 0, 0, 0)

    def _paint_bar(self, painter: QPainter, room: QRect, row: Row, table: Tokens, font: QFont) -> None:
        if row.completion is None or row.kind is FormKind.SUMMARY:
            return
        width, height = theme.px(font, BAR_WIDTH), theme.px(font, BAR_HEIGHT)
        top = room.top() + (room.height() - height) // 2
        empty = table.hover if table.mode is theme.Mode.HIGH else table.line  # there lines are as black as what is done
        painter.fillRect(room.left(), top, width, height, theme.qcolor(empty))
        done = int(width * row.completion)
        painter.fillRect(room.left(), top, done, height, theme.qcolor(table.g1))

    def _paint_focus(self, painter: QPainter, box: QRect, column: Column, table: Tokens) -> None:
        """Frame the row that has the keyboard, across its cells."""
        frame = box.adjusted(0, 1, 0, -1)
        painter.setPen(QPen(theme.qcolor(table.accent), theme.FRAME))
        painter.drawLine(frame.topLeft(), frame.topRight())
        painter.drawLine(frame.bottomLeft(), frame.bottomRight())
        if column is Column.VERDICT:
            painter.drawLine(frame.left() + 1, frame.top(), frame.left() + 1, frame.bottom())
        if column is Column.CHANGED:
            painter.drawLine(frame.topRight(), frame.bottomRight())


def _ink(row: Row, column: Column, table: Tokens) -> str:
    """Return the colour of the words of a cell: those of how it stands, red where a total is above 100, else ink."""
    if column is Column.VERDICT:
        tone: str = getattr(table, _LOOKS[standing(row)][1])
        return tone
    if column is Column.SCORE and row.figures is not None and (row.figures.score or Decimal(0)) > FULL:
        return table.err
    return table.ink2 if column in {Column.KIND, Column.CHANGED} else table.ink
