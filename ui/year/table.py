"""各表 (table): the forms of the year with verdict and counts, one line each; a click on a head sorts them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QRect,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from perfdesk.model import Severity, Verdict
from perfdesk.overview import Standing
from ui import theme
from ui.widgets.items import NO_PARENT, Cell, Index, cell_of
from ui.widgets.marks import Mark, mark_of, paint_mark

if TYPE_CHECKING:
    from ui.year.judging import Judged


ROLE_FORM: Final = Qt.ItemDataRole.UserRole
_ROLE_ORDER: Final = Qt.ItemDataRole.UserRole + 1
_COUNTED: Final = tuple(Severity)
_HEADS: Final = ("表", "结论", *(one.words for one in _COUNTED))
_STANDS: Final = tuple(Standing)
_NAME, _VERDICT = 0, 1
_LEAST_WIDTH: Final = 450  # px
_WIDTHS: Final = (0, 80, 64, 64, 64)  # px; the name takes what is left


def mark_for(form: Judged) -> Mark:
    """Return the mark of a judged form."""
    if form.submitted:
        return Mark.LOCKED
    verdict = form.derived.verdict
    return Mark.WORKING if verdict is Verdict.FILLING else mark_of(verdict)


class YearModel(QAbstractTableModel):
    """The judged forms, a row each."""

    def __init__(self) -> None:
        super().__init__()
        self._forms: tuple[Judged, ...] = ()

    def set_forms(self, forms: tuple[Judged, ...]) -> None:
        """Show other forms."""
        self.beginResetModel()
        self._forms = forms
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of forms."""
        return 0 if parent.isValid() else len(self._forms)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the heads, figures at the right."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignRight if section > _VERDICT else Qt.AlignmentFlag.AlignLeft
            )
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, what it is sorted by, or the form."""
        form, column = self._forms[index.row()], index.column()
        if role == ROLE_FORM:
            return form
        if role == _ROLE_ORDER:
            return self._order(form, column, index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(form, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            why = "" if form.submitted else f"：{form.derived.sentence}"
            return f"{form.name}\n{form.kind}\n{form.standing}{why}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_HEADS[column]} {self._words(form, column) or '0'}" if column else f"{form.name}，{form.kind}"
        return None

    def _words(self, form: Judged, column: int) -> str:
        if column == _NAME:
            return form.name
        if column == _VERDICT:
            return form.standing.value
        count = form.count(_COUNTED[column - _VERDICT - 1])
        return str(count) if count else ""

    def _order(self, form: Judged, column: int, row: int) -> int:
        if column == _NAME:
            return row
        if column == _VERDICT:
            return _STANDS.index(form.standing)
        return -form.count(_COUNTED[column - _VERDICT - 1])


class YearTable(QTreeView):
    """The table. ``form_chosen`` carries the id of a form that is to be opened, ``form_shown`` of the one that is current."""

    form_chosen = Signal(str)
    form_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms = YearModel()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._forms)
        self._sorted.setSortRole(_ROLE_ORDER)
        self._quiet = False
        self.setModel(self._sorted)
        self._build()

    def _build(self) -> None:
        """Set the table up: rows of one height, heads that sort, no lines of Qt's own."""
        self.setItemDelegate(_RowDelegate(self))
        self.setAccessibleName("各表的结论")
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(theme.px(self.font(), _LEAST_WIDTH))
        head = self.header()
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setSectionsClickable(True)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for section, width in enumerate(_WIDTHS):
            if width:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(section, theme.px(self.font(), width))
        self.setSortingEnabled(True)
        self.sortByColumn(_NAME, Qt.SortOrder.AscendingOrder)
        self.doubleClicked.connect(self._choose)

    def show_forms(self, forms: tuple[Judged, ...]) -> None:
        """Show the judged forms; the form that was current stays so."""
        current = self.current_form()
        self._forms.set_forms(forms)
        self.make_current(current.id if current is not None else "")

    def current_form(self) -> Judged | None:
        """Return the form of the current line."""
        found: Judged | None = self.currentIndex().data(ROLE_FORM)
        return found

    def make_current(self, record_id: str) -> None:
        """Make the line of a form the current one, without telling."""
        self._quiet = True
        rows = (self._sorted.index(row, _NAME) for row in range(self._sorted.rowCount()))
        found = next((one for one in rows if one.data(ROLE_FORM).id == record_id), QModelIndex())
        self.setCurrentIndex(found)
        self._quiet = False

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every line, top to bottom."""
        rows, columns = range(self._sorted.rowCount()), range(len(_HEADS))
        return tuple(tuple(str(self._sorted.index(row, one).data()) for one in columns) for row in rows)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which form is current now."""
        super().currentChanged(current, previous)
        form: Judged | None = current.data(ROLE_FORM)
        if form is not None and not self._quiet:
            self.form_shown.emit(form.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the form."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus; the first line becomes current where none is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._sorted.rowCount():
            self.setCurrentIndex(self._sorted.index(0, _NAME))

    def _choose(self, index: Index) -> None:
        form: Judged | None = index.data(ROLE_FORM)
        if form is not None:
            self.form_chosen.emit(form.id)


class _RowDelegate(QStyledItemDelegate):
    """Paints a cell: the mark before the name, a hairline below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a line."""
        del index
        return QSize(40, theme.px(cell_of(option).widget.font(), theme.ROW_LIST))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell, form = cell_of(option), cast("Judged", index.data(ROLE_FORM))
        table, font, box = theme.tokens(cell.palette), cell.widget.font(), QRect(cell.rect)
        selected = bool(cell.state & QStyle.StateFlag.State_Selected)
        hovered = bool(cell.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        if selected or hovered:
            painter.fillRect(box, theme.qcolor(table.sel if selected else table.hover))
        painter.fillRect(box.left(), box.bottom(), box.width(), theme.LINE, theme.qcolor(table.line))
        room = box.adjusted(theme.px(font, theme.SPACING[4]), 0, -theme.px(font, theme.SPACING[4]), 0)
        align = Qt.AlignmentFlag.AlignRight if index.column() > _VERDICT else Qt.AlignmentFlag.AlignLeft
        if index.column() == _NAME:
            if selected:
                painter.fillRect(box.left(), box.top(), theme.CURRENT_BAR, box.height(), theme.qcolor(table.accent))
            side = theme.px(font, 16)
            square = QRectF(room.left(), box.top() + (box.height() - side) / 2, side, side)
            paint_mark(painter, square, mark_for(form), table)
            room.setLeft(room.left() + side + theme.px(font, theme.SPACING[3]))
        painter.setFont(theme.sized(font, theme.BODY, bold=selected and index.column() == _NAME))
        painter.setPen(theme.qcolor(table.ink if index.column() == _NAME else table.ink2))
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | align, words)
        if selected and cell.widget.hasFocus():
            self._paint_focus(painter, cell, index.column())
        painter.restore()

    def _paint_focus(self, painter: QPainter, cell: Cell, column: int) -> None:
        """Frame the line that has the keyboard, across its cells."""
        box = QRect(cell.rect).adjusted(1, 1, 0, -1)
        painter.setPen(QPen(theme.qcolor(theme.tokens(cell.palette).accent), theme.FRAME))
        painter.drawLine(box.topLeft(), box.topRight())
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if column == _NAME:
            painter.drawLine(box.topLeft(), box.bottomLeft())
        if column == len(_HEADS) - 1:
            painter.drawLine(box.topRight(), box.bottomRight())
