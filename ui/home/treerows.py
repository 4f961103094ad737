"""How the rows of the tree of forms are painted: years, group words, and forms with their marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui import icons, theme
from ui.home.tree import ROLE_COUNT, ROLE_LINE, completion_of, mark_for
from ui.widgets.items import Cell, Index, cell_of
from ui.widgets.marks import paint_mark

if TYPE_CHECKING:
    from ui.theme import Tokens

_INDENT: Final = 30
_EDGE: Final = 12


class RowDelegate(QStyledItemDelegate):
    """Paints years, group words and forms."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Years 34, group words 28, forms 32."""
        height = theme.ROW_LIST if index.data(ROLE_LINE) is not None else theme.ROW_YEAR
        if index.parent().isValid() and index.data(ROLE_LINE) is None:
            height = 28
        return QSize(100, theme.px(cell_of(option).widget.font(), height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        painter.save()
        row = cell_of(option)
        table = theme.tokens(row.palette)
        line = index.data(ROLE_LINE)
        if line is not None:
            self._paint_form(painter, row, index, table)
        elif index.parent().isValid():
            self._paint_group(painter, row, str(index.data()), table)
        else:
            self._paint_year(painter, row, index, table)
        painter.restore()

    def _paint_form(self, painter: QPainter, option: Cell, index: Index, table: Tokens) -> None:
        line, words = index.data(ROLE_LINE), str(index.data())
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        font, rect = option.widget.font(), QRect(option.rect)
        if selected or hovered:
            painter.fillRect(rect, theme.qcolor(table.sel if selected else table.hover))
        if selected:
            painter.fillRect(rect.left(), rect.top(), theme.CURRENT_BAR, rect.height(), theme.qcolor(table.accent))
            self._paint_focus(painter, option, table)
        side = theme.px(font, 16)
        left = rect.left() + theme.px(font, _INDENT)
        top = rect.top() + (rect.height() - side) / 2
        paint_mark(painter, QRectF(left, top, side, side), mark_for(line), table)
        share = completion_of(line)
        room = rect.adjusted(theme.px(font, _INDENT) + side + theme.px(font, 8), 0, -theme.px(font, _EDGE), 0)
        painter.setFont(font)
        painter.setPen(theme.qcolor(table.ink if selected else table.ink2))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, share)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(share) - theme.px(font, 8))
        painter.setFont(theme.sized(font, theme.BODY, bold=selected))
        painter.setPen(theme.qcolor(table.ink))
        name = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_group(self, painter: QPainter, option: Cell, name: str, table: Tokens) -> None:
        font = option.widget.font()
        painter.setFont(font)
        painter.setPen(theme.qcolor(table.ink3))
        room = QRect(option.rect).adjusted(theme.px(font, _INDENT), theme.px(font, 4), 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)

    def _paint_year(self, painter: QPainter, option: Cell, index: Index, table: Tokens) -> None:
        font, rect = option.widget.font(), QRect(option.rect)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.qcolor(table.hover))
        self._paint_focus(painter, option, table)
        side = theme.px(font, icons.ROW_SIZE)
        is_open = bool(option.state & QStyle.StateFlag.State_Open)
        dpr = option.widget.devicePixelRatioF()
        arrow = icons.pixmap("chevron-down" if is_open else "chevron-right", table.ink, side, dpr)
        left = rect.left() + theme.px(font, 8)
        painter.drawPixmap(left, rect.top() + (rect.height() - side) // 2, arrow)
        room = rect.adjusted(left + side + theme.px(font, 6), 0, -theme.px(font, 10), 0)
        painter.setPen(theme.qcolor(table.ink))
        painter.setFont(theme.sized(font, theme.FIGURE, bold=True))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        painter.setFont(font)
        painter.setPen(theme.qcolor(table.ink3))
        count = str(index.data(ROLE_COUNT))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)

    def _paint_focus(self, painter: QPainter, option: Cell, table: Tokens) -> None:
        """Frame the row that has the keyboard."""
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.qcolor(table.accent), theme.FRAME))
            painter.drawRect(QRect(option.rect).adjusted(1, 1, -1, -1))
