"""各处 (hits): the findings of the year, grouped by form: the name of the form, and its cards below."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui import theme
from ui.findings.card import Card, lay_out, paint_card
from ui.findings.wording import spoken
from ui.widgets.items import NO_PARENT, Index, cell_of
from ui.widgets.marks import paint_mark
from ui.year.judging import Hit, Judged
from ui.year.table import mark_for

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROLE_ROW: Final = Qt.ItemDataRole.UserRole
_BATCH: Final = 60  # cards laid out at a time: a year may have two thousand


class HitsModel(QAbstractListModel):
    """A row for every form that has something to show, and one for each of its findings."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Judged | Hit, ...] = ()

    def set_hits(self, hits: Sequence[Hit]) -> None:
        """Show other findings; they stand together by form."""
        self.beginResetModel()
        rows: list[Judged | Hit] = []
        for form, group in groupby(hits, key=_form_of):
            rows += (form, *group)
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The name of a form is no place to go to."""
        is_hit = index.isValid() and isinstance(self.rows[index.row()], Hit)
        return super().flags(index) if is_hit else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a row, the whole text for tool tips and readers, or the row itself."""
        row = self.rows[index.row()]
        if role == _ROLE_ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.finding.title if isinstance(row, Hit) else row.name
        if isinstance(row, Judged):
            return f"{row.name}，{row.kind}" if role == Qt.ItemDataRole.AccessibleTextRole else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{row.finding.title}。\n{row.finding.message}"
        return spoken(row.finding) if role == Qt.ItemDataRole.AccessibleTextRole else None


def _form_of(hit: Hit) -> Judged:
    return hit.form


class HitsView(QListView):
    """The list. ``place_chosen`` carries the :class:`Hit` to go to, ``form_shown`` the id of the form of the current card."""

    place_chosen = Signal(object)
    form_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = HitsModel()
        self._empty_text = ""
        self._quiet = False
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(self._hits)
        self.setProperty("bar", "panel")
        self.setAccessibleName("各表的审核提示")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(_BATCH)
        self.verticalScrollBar().setSingleStep(theme.ROW_LIST)
        self.doubleClicked.connect(self._choose)

    def show_hits(self, hits: Sequence[Hit], *, empty_text: str) -> None:
        """Show findings, or say why there are none; the list begins at its top."""
        self._empty_text = empty_text
        self._hits.set_hits(hits)
        self.scrollToTop()

    def texts(self) -> tuple[str, ...]:
        """Return the words of all rows: names of forms and titles of findings."""
        return tuple(str(self._hits.index(row).data()) for row in range(self._hits.rowCount()))

    def empty_text(self) -> str:
        """Return what is said in the place of cards, ``""`` where there are some."""
        return "" if self._hits.rowCount() else self._empty_text

    def current_hit(self) -> Hit | None:
        """Return the finding of the current card."""
        row = self.currentIndex().data(_ROLE_ROW)
        return row if isinstance(row, Hit) else None

    def turn_to(self, record_id: str) -> None:
        """Bring the findings of a form into sight, the first one current; without telling."""
        rows = self._hits.rows
        at = next((row for row, one in enumerate(rows) if isinstance(one, Judged) and one.id == record_id), -1)
        self._quiet = True
        self.setCurrentIndex(self._hits.index(at + 1) if at >= 0 else QModelIndex())
        self._quiet = False
        if at >= 0:
            self.scrollTo(self._hits.index(at), QAbstractItemView.ScrollHint.PositionAtTop)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell whose finding is current now."""
        super().currentChanged(current, previous)
        row = current.data(_ROLE_ROW)
        if isinstance(row, Hit) and not self._quiet:
            self.form_shown.emit(row.form.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the place."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus; the first card becomes current where none is."""
        super().focusInEvent(event)
        if self.current_hit() is None and self._hits.rowCount() > 1:
            self.setCurrentIndex(self._hits.index(1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines for another width."""
        self._delegate.forget()
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or the word that there are none."""
        super().paintEvent(event)
        if not self._hits.rowCount():
            painter, side = QPainter(self.viewport()), theme.px(self.font(), theme.SPACING[7])
            painter.setPen(theme.qcolor(theme.tokens(self.palette()).ink3))
            box = self.viewport().rect().adjusted(side, side, -side, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._empty_text)
            painter.end()

    def _choose(self, index: Index) -> None:
        row = index.data(_ROLE_ROW)
        if isinstance(row, Hit):
            self.place_chosen.emit(row)


class _Delegate(QStyledItemDelegate):
    """Paints names of forms and cards; a card shows no button, for nothing is changed from here."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._kept: dict[int, tuple[Hit, Card]] = {}

    def forget(self) -> None:
        """Lay everything out anew: the width changed."""
        self._kept = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        del option
        row = index.data(_ROLE_ROW)
        if isinstance(row, Hit):
            return QSize(1, self._card(row).height)
        return QSize(1, theme.px(self._view.font(), theme.ROW_LIST))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        cell, row = cell_of(option), index.data(_ROLE_ROW)
        table, box = theme.tokens(cell.palette), QRect(cell.rect)
        painter.save()
        if isinstance(row, Hit):
            current = index.row() == self._view.currentIndex().row()
            paint_card(painter, self._card(row), box, self._view.font(), table, current=current)
            if cell.state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(theme.qcolor(table.accent), theme.FRAME))
                painter.drawRect(box.adjusted(1, 1, -1, -1))
        else:
            self._paint_name(painter, row, box, table)
        painter.restore()

    def _paint_name(self, painter: QPainter, form: Judged, box: QRect, table: theme.Tokens) -> None:
        font = self._view.font()
        painter.fillRect(box, theme.qcolor(table.chrome))
        painter.fillRect(box.left(), box.bottom(), box.width(), theme.LINE, theme.qcolor(table.line))
        side, edge = theme.px(font, 16), theme.px(font, theme.SPACING[5])
        top = box.top() + (box.height() - side) / 2
        paint_mark(painter, QRectF(box.left() + edge, top, side, side), mark_for(form), table)
        room = box.adjusted(edge + side + theme.px(font, theme.SPACING[3]), 0, -edge, 0)
        painter.setFont(theme.sized(font, theme.BODY))
        kind = form.kind if form.kind != form.name else ""
        painter.setPen(theme.qcolor(table.ink3))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, kind)
        room.setRight(room.right() - painter.fontMetrics().horizontalAdvance(kind) - theme.px(font, theme.SPACING[3]))
        painter.setFont(theme.sized(font, theme.BODY, bold=True))
        painter.setPen(theme.qcolor(table.ink))
        words = painter.fontMetrics().elidedText(form.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)

    def _card(self, hit: Hit) -> Card:
        kept = self._kept.get(id(hit))
        if kept is None or kept[0] is not hit:
            bare = hit.finding if hit.finding.fix is None else replace(hit.finding, fix=None)
            width = self._view.viewport().width()
            kept = self._kept[id(hit)] = (hit, lay_out(bare, width, self._view.font(), current=False))
        return kept[1]
