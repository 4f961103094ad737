"""What the two tables of the wizard share: group rows across all columns, hairlines, the ground of the current row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.items import cell_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QStyleOptionViewItem

    from ui.theme import Tokens
    from ui.widgets.items import Cell, Index

ROLE_ROW: Final = Qt.ItemDataRole.UserRole
"""The row of a model: a group, or what the table is about."""
EDGE: Final = 10  # px at the left and right of a cell


class Group(NamedTuple):
    """A group row: its name, and how many rows follow (「8 项」)."""

    name: str
    more: str

    @property
    def words(self) -> str:
        """Both of it."""
        return f"{self.name} · {self.more}"


class RowTable(QTableView):
    """A table of whole rows with a fixed head; what its cells look like is up to its delegate."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setFixedHeight(theme.px(self.font(), theme.ROW_HEAD))

    def set_widths(self, widths: tuple[int, ...]) -> None:
        """Give the columns their widths in px at 100 %; 0 takes what is left."""
        head = self.horizontalHeader()
        head.setMinimumSectionSize(theme.px(self.font(), 60))
        for section, width in enumerate(widths):
            if width:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(section, theme.px(self.font(), width))
            else:
                head.setSectionResizeMode(section, QHeaderView.ResizeMode.Stretch)

    def set_heights(self, groups: frozenset[int], columns: int) -> None:
        """Let group rows reach across; every row gets its height."""
        self.clearSpans()
        for row in range(self.model().rowCount()):
            self.setRowHeight(row, theme.px(self.font(), theme.ROW_GROUP if row in groups else theme.ROW_TABLE))
            if row in groups:
                self.setSpan(row, 0, 1, columns)


class RowDelegate(QStyledItemDelegate):
    """Paints group rows and the ground of the others; what stands in their cells is up to ``paint_cell``."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The table gives the sizes."""
        del index
        return QSize(60, theme.px(cell_of(option).widget.font(), theme.ROW_TABLE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell, row = cell_of(option), index.data(ROLE_ROW)
        table = theme.tokens(cell.palette)
        painter.save()
        if isinstance(row, Group):
            paint_group(painter, cell, row, table)
        else:
            paint_ground(painter, cell, table)
            self.paint_cell(painter, cell, index, table)
        painter.restore()

    def paint_cell(self, painter: QPainter, cell: Cell, index: Index, table: Tokens) -> None:
        """Paint what stands in a cell of a row that is no group."""
        raise NotImplementedError


def framed(view: QWidget, parent: QWidget) -> QFrame:
    """Put a list or a table into a frame with a hairline."""
    frame = QFrame(parent)
    frame.setProperty("box", "card")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(theme.LINE, theme.LINE, theme.LINE, theme.LINE)
    inside.addWidget(view)
    return frame


def soften(view: QAbstractItemView) -> None:
    """Let Qt's own rows be selected on the ground of all our rows."""
    table, palette = theme.tokens(view.palette()), view.palette()
    palette.setColor(QPalette.ColorRole.Highlight, theme.qcolor(table.sel))
    palette.setColor(QPalette.ColorRole.HighlightedText, theme.qcolor(table.ink))
    view.setPalette(palette)


def paint_ground(painter: QPainter, cell: Cell, table: Tokens) -> None:
    """Paint the ground of a row and the hairline below it."""
    box = QRect(cell.rect)
    if cell.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(box, theme.qcolor(table.sel))
    elif cell.state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(box, theme.qcolor(table.hover))
    painter.fillRect(box.left(), box.bottom(), box.width(), theme.LINE, theme.qcolor(table.line))


def paint_group(painter: QPainter, cell: Cell, group: Group, table: Tokens) -> None:
    """Paint a group row: its name bold, the rest of it lighter."""
    font, box = cell.widget.font(), QRect(cell.rect)
    painter.fillRect(box, theme.qcolor(table.chrome))
    painter.fillRect(box.left(), box.bottom(), box.width(), theme.LINE, theme.qcolor(table.line))
    room = room_of(cell)
    painter.setFont(theme.sized(font, theme.BODY, bold=True))
    painter.setPen(theme.qcolor(table.ink))
    words = painter.fontMetrics().elidedText(group.name, Qt.TextElideMode.ElideRight, room.width() - theme.px(font, 80))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
    room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(words) + theme.px(font, 8))
    painter.setFont(font)
    painter.setPen(theme.qcolor(table.ink2))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"· {group.more}")


def paint_words(painter: QPainter, cell: Cell, room: QRect, words: str, colour: str) -> None:
    """Paint one line of words, its end left out where it is too long."""
    painter.setFont(cell.widget.font())
    painter.setPen(theme.qcolor(colour))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)


def room_of(cell: Cell) -> QRect:
    """Return where the words of a cell stand."""
    edge = theme.px(cell.widget.font(), EDGE)
    return QRect(cell.rect).adjusted(edge, 0, -edge, 0)
