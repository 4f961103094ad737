"""插入数据 (figures): the data items of the year, to be searched and put into the text; below them what the section's 审核 says."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model import Figure
from ui import theme
from ui.widgets.items import Index, cell_of
from ui.widgets.rule import hairline
from ui.widgets.search import SearchField, plain_text

_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_ROW: Final = 50
_EDGE: Final = 14
_NOWHERE: Final = QModelIndex()
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
NOTHING: Final = "本年还没有别的表。先填自评表，这里就有数可用。"


def value_of(figure: Figure) -> str:
    """Return text and unit of a figure: 「2318.14 万元」, 「96.31%」."""
    if not figure.unit or figure.text.endswith(figure.unit):
        return figure.text
    return f"{figure.text}{'' if figure.unit == '%' else ' '}{figure.unit}"


class FiguresPanel(QWidget):
    """The panel. ``chosen`` carries the figure that is to be put in at the caret."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        self._writable = True
        self.search = SearchField("查数据项，如 执行数", parent=self)
        self.list = _FigureList(self)
        self._nothing = QLabel(NOTHING, self)
        self._insert = QPushButton("插入", self)
        self._below = QVBoxLayout()
        self._build()
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._choose)
        self.search.installEventFilter(self.list)
        self.list.doubleClicked.connect(self._choose)
        self.list.enter_pressed.connect(self._choose)
        self._insert.clicked.connect(self._choose)

    def _build(self) -> None:
        self.setProperty("bar", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("插入数据")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(*(theme.px(self.font(), side) for side in (12, 10, 12, 10)))
        top.addWidget(self.search)
        self._nothing.setWordWrap(True)
        self._nothing.setProperty("ink", "2")
        self._nothing.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 14, 14, 14)))
        foot = QHBoxLayout()
        foot.setContentsMargins(*(theme.px(self.font(), side) for side in (12, 8, 12, 8)))
        words = QLabel("双击或回车插入到光标处", self)
        words.setProperty("ink", "2")
        words.setMinimumWidth(0)
        self._insert.setProperty("fit", "card")
        foot.addWidget(words, 1)
        foot.addWidget(self._insert)
        column.addLayout(top)
        column.addWidget(hairline(self))
        column.addWidget(self._nothing)
        column.addWidget(self.list, 3)
        column.addWidget(hairline(self))
        column.addLayout(foot)
        column.addWidget(hairline(self))
        column.addLayout(self._below, 2)

    def put_below(self, widget: QWidget) -> None:
        """Show something under the list: what 审核 says of the section."""
        self._below.addWidget(widget)

    def show_figures(self, figures: tuple[Figure, ...], *, writable: bool) -> None:
        """Show the figures there are; the current one stays current."""
        self._writable = writable
        if figures != self._figures:
            self._figures = figures
            self._fill()
        self._insert.setEnabled(writable and bool(self.shown()))

    def shown(self) -> tuple[Figure, ...]:
        """Return the figures in the list, those that were looked for."""
        return self.list.rows.figures

    def take_focus(self) -> None:
        """Take the keyboard (F6, 插入数据)."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _fill(self) -> None:
        wanted, current = plain_text(self.search.text()), self.list.current()
        found = self._figures
        if wanted:
            found = tuple(one for one in found if wanted in plain_text(f"{one.label}{one.place}{one.text}"))
        self.list.rows.show(found)
        key = current.key if current is not None else ""
        self.list.choose(next((row for row, one in enumerate(found) if one.key == key), 0))
        self._nothing.setText(NOTHING if not self._figures else f"没有找到“{self.search.text()}”。试试名称的一部分。")
        self._nothing.setVisible(not found)
        self.list.setVisible(bool(found))
        self._insert.setEnabled(self._writable and bool(found))

    def _choose(self) -> None:
        figure = self.list.current()
        if figure is not None:
            self.chosen.emit(figure)


class _Rows(QAbstractListModel):
    """The figures that are listed: hundreds of them in a year, and none costs anything until it is seen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.figures: tuple[Figure, ...] = ()

    def show(self, figures: tuple[Figure, ...]) -> None:
        """List these figures."""
        self.beginResetModel()
        self.figures = figures
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """One row for each figure."""
        return 0 if parent.isValid() else len(self.figures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the label, the figure itself, or what is spoken of it."""
        figure = self.figures[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return figure.label
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return f"{figure.label}，{value_of(figure)}，{figure.place}"
        return figure if role == _ROLE else None


class _FigureList(QListView):
    """The rows. ``enter_pressed`` is Enter; arrows in the search field walk here."""

    enter_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bar", "panel")
        self.rows = _Rows(self)
        self.setModel(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_FigureDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("数据项")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter puts the figure in."""
        if event.key() in _ENTER:
            self.enter_pressed.emit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: object) -> bool:
        """Up and down in the search field choose a row."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.choose(min(max(self.currentIndex().row() + step, 0), len(self.rows.figures) - 1))
                return True
        return False

    def choose(self, row: int) -> None:
        """Make a row the current one."""
        self.setCurrentIndex(self.rows.index(row))

    def current(self) -> Figure | None:
        """Return the current figure."""
        row = self.currentIndex().row()
        return self.rows.figures[row] if row >= 0 else None


class _FigureDelegate(QStyledItemDelegate):
    """Paints a figure: label over place, the value at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(100, theme.px(cell_of(option).widget.font(), _ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        figure: Figure = index.data(_ROLE)
        cell = cell_of(option)
        rect, state = QRect(cell.rect), cell.state
        table, font = theme.tokens(cell.widget.palette()), cell.widget.font()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.qcolor(table.sel if selected else table.hover))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), theme.LINE, theme.qcolor(table.line))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.qcolor(table.accent), theme.FRAME))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        edge, line = theme.px(font, _EDGE), theme.px(font, theme.BODY_LINE)
        room = rect.adjusted(edge, 0, -edge, 0)
        bold = theme.sized(font, theme.BODY, bold=True)
        value = QFontMetrics(bold).elidedText(value_of(figure), Qt.TextElideMode.ElideRight, room.width() * 3 // 5)
        _write(painter, room, value, bold, table.ink, Qt.AlignmentFlag.AlignRight)
        room.setRight(room.right() - QFontMetrics(bold).horizontalAdvance(value) - theme.px(font, 8))
        upper = QRect(room.left(), rect.center().y() - line + 1, room.width(), line)
        _write(painter, upper, figure.label, font, table.ink, Qt.AlignmentFlag.AlignLeft)
        lower = upper.translated(0, line)
        place = QFontMetrics(font).elidedText(
            figure.place, Qt.TextElideMode.ElideMiddle, lower.width()
        )  # both ends tell
        _write(painter, lower, place, font, table.ink2, Qt.AlignmentFlag.AlignLeft)
        painter.restore()


def _write(painter: QPainter, room: QRect, words: str, font: QFont, ink: str, align: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(theme.qcolor(ink))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | align, shown)
