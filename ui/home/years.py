"""年度 (years): the list of years at the left of 年度总览, and below it 新建, 导入 and 回收站. It asks; others do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import icons, theme
from ui.home.rail import FootRow, Hairline
from ui.widgets.items import Cell, Index, cell_of
from ui.widgets.marks import SIZE, Mark, paint_mark

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDTH: Final = 190  # px
_ROW: Final = 46
_ROLE_YEAR: Final = Qt.ItemDataRole.UserRole
_ROLE_COUNT: Final = Qt.ItemDataRole.UserRole + 1
_ROLE_STATE: Final = Qt.ItemDataRole.UserRole + 2
_ROLE_LOCKED: Final = Qt.ItemDataRole.UserRole + 3


class YearLine(NamedTuple):
    """A line of the list: the year, how many forms it has, what there is to say of it (已上报), and whether it has a padlock."""

    year: int
    forms: int
    words: str = ""
    is_locked: bool = False


class YearRail(QWidget):
    """The years. ``chosen`` carries the year that is to be shown."""

    chosen = Signal(int)
    new_asked = Signal()
    import_asked = Signal()
    trash_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bar", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._quiet = False
        self._model = QStandardItemModel(self)
        self.list = QListView(self)
        self._new, self._import, self._trash = FootRow("新建表…"), FootRow("导入…"), FootRow("回收站")
        self._build()
        self.set_icons()

    def _build(self) -> None:
        self.list.setModel(self._model)
        self.list.setItemDelegate(_YearDelegate(self.list))
        self.list.setProperty("bar", "rail")
        self.list.setAccessibleName("年度")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setMouseTracking(True)
        self.list.selectionModel().currentChanged.connect(self._choose)
        head = QLabel("年度", self)
        head.setProperty("role", "strong")
        head.setProperty("ink", "2")
        head.setContentsMargins(theme.px(self.font(), 14), 0, 0, 0)
        head.setFixedHeight(theme.px(self.font(), theme.LOCATION_BAR))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.LINE, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(Hairline(self))
        column.addWidget(self.list, 1)
        column.addWidget(Hairline(self))
        for row in (self._new, self._import, self._trash):
            column.addWidget(row)
        self._new.clicked.connect(self.new_asked)
        self._import.clicked.connect(self.import_asked)
        self._trash.clicked.connect(self.trash_asked)

    def show_years(self, lines: Iterable[YearLine], *, current: int) -> None:
        """Show the years in the order given."""
        self._quiet = True
        self._model.clear()
        for one in lines:
            item = QStandardItem(str(one.year))
            item.setData(one.year, _ROLE_YEAR)
            item.setData(f"{one.forms} 表" if one.forms else "", _ROLE_COUNT)
            item.setData(one.words, _ROLE_STATE)
            item.setData(one.is_locked, _ROLE_LOCKED)
            spoken = "，".join(filter(None, (f"{one.year} 年度", f"{one.forms} 张表" if one.forms else "", one.words)))
            item.setAccessibleText(spoken)
            item.setToolTip(spoken)
            self._model.appendRow(item)
            if one.year == current:
                self.list.setCurrentIndex(item.index())
        self._quiet = False

    def years(self) -> tuple[int, ...]:
        """Return the years shown, top to bottom."""
        return tuple(self._model.item(row).data(_ROLE_YEAR) for row in range(self._model.rowCount()))

    def show_state(self, *, trashed: int, read_only: bool) -> None:
        """Show how many forms lie in the 回收站; nothing new where nothing can be saved."""
        self._trash.set_count(trashed)
        for row in (self._new, self._import, self._trash):
            row.setEnabled(not read_only)

    def set_icons(self) -> None:
        """Draw the icons again after a change of theme."""
        table, dpr = theme.tokens(self.palette()), self.devicePixelRatioF()
        size = theme.px(self.font(), icons.ROW_SIZE)
        for button, name in ((self._new, "plus"), (self._import, "file-input"), (self._trash, "trash-2")):
            button.setIcon(icons.icon(name, table, dpr=dpr, size=size, ink="ink2"))

    def _choose(self, index: Index) -> None:
        year = index.data(_ROLE_YEAR)
        if year is not None and not self._quiet:
            self.chosen.emit(year)


class _YearDelegate(QStyledItemDelegate):
    """Paints a year: its figure large, the number of its forms at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a row."""
        del index
        return QSize(80, theme.px(cell_of(option).widget.font(), _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        cell = cell_of(option)
        table, font, box = theme.tokens(cell.palette), cell.widget.font(), QRect(cell.rect)
        selected = bool(cell.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or cell.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.qcolor(table.sel if selected else table.hover))
        if selected:
            painter.fillRect(box.left(), box.top(), theme.CURRENT_BAR, box.height(), theme.qcolor(table.accent))
        room = box.adjusted(theme.px(font, 10), 0, -theme.px(font, 12), 0)
        painter.setPen(theme.qcolor(table.ink))
        painter.setFont(theme.sized(font, theme.DIALOG_TITLE, bold=selected))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, str(index.data()))
        painter.setFont(font)
        painter.setPen(theme.qcolor(table.ink2))
        count = str(index.data(_ROLE_COUNT))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, count)
        self._paint_state(painter, room, index, cell)
        if selected and cell.widget.hasFocus():
            painter.setPen(QPen(theme.qcolor(table.accent), theme.FRAME))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_state(self, painter: QPainter, room: QRect, index: Index, cell: Cell) -> None:
        """Paint between year and count how the year stands: the padlock, and its words where they fit."""
        font, table = cell.widget.font(), theme.tokens(cell.palette)
        gap, side, metrics = theme.px(font, theme.SPACING[3]), theme.px(font, SIZE), painter.fontMetrics()
        year = QFontMetrics(theme.sized(font, theme.DIALOG_TITLE, bold=True)).horizontalAdvance(str(index.data()))
        count = metrics.horizontalAdvance(str(index.data(_ROLE_COUNT)))
        left, right = room.left() + year + 2 * gap, room.right() - count - gap
        if index.data(_ROLE_LOCKED):
            square = QRectF(left, room.top() + (room.height() - side) / 2, side, side)
            paint_mark(painter, square, Mark.LOCKED, table)
            left += side + gap
        words = str(index.data(_ROLE_STATE))
        if left + metrics.horizontalAdvance(words) <= right:
            painter.drawText(QRect(left, room.top(), right - left, room.height()), Qt.AlignmentFlag.AlignVCenter, words)
