"""对比表 (compare table): a line for each field, the old text struck out, the new one bold on green, and what has changed.

It serves two years of a form and two versions of one alike; it compares nothing itself.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ui import theme
from ui.widgets.items import NO_PARENT, Cell, Index, cell_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfdesk.comparing import Line
    from ui.theme import Tokens

PLACE, WAS, NOW, CHANGE = range(4)
ROLE_ROW: Final = Qt.ItemDataRole.UserRole
_SIGNS: Final = {1: "▲", -1: "▼", 0: "＝"}
_BLANK: Final = "（空）"
_MOST_LINES: Final = 10  # of a long text; the tool tip has all of it
_CHANGE_WIDTH: Final = 120  # px
_SHARES: Final = (34, 33)  # % of the rest for the place and the old text
_NARROWEST: Final = 3  # px: no letter is narrower
_NEVER_FIRST: Final = frozenset("，。；：、？！）》”％%")


class Row(NamedTuple):
    """A row of the table: the head of a group, or one of its fields."""

    words: str
    line: Line | None = None


def change_words(line: Line) -> str:
    """Say what has changed: 「▲ 9.5%」, 「新填」, 「清空」, 「文字」; ``""`` where nothing has."""
    if not line.differs:
        return ""
    if line.change is not None and line.change.sign:
        return " ".join(filter(None, (_SIGNS[line.change.sign], line.change.words)))
    return "新填" if not line.was else "清空" if not line.now else "文字"


class CompareModel(QAbstractTableModel):
    """The fields by group."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self.heads: tuple[str, str] = ("", "")

    def set_lines(self, lines: Iterable[Line], heads: tuple[str, str]) -> None:
        """Show other fields under other heads."""
        self.beginResetModel()
        self.heads = heads
        groups = ((group, tuple(found)) for group, found in groupby(lines, key=lambda line: line.group))
        self.rows = tuple(
            row for group, found in groups for row in (Row(group), *(Row(one.name, one) for one in found))
        )
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows, heads of groups included."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else CHANGE + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the heads."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("位置", *self.heads, "变化")[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads of groups cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self.rows[index.row()]
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags if row.line is None else chosen

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, or its row."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROLE_ROW:
            return row
        words = _words(row, index.column())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = str(self.headerData(index.column(), Qt.Orientation.Horizontal))
            return f"{head} {words or _BLANK}" if index.column() else words
        return None


def _words(row: Row, column: int) -> str:
    if row.line is None:
        return row.words if column == PLACE else ""
    return (row.words, row.line.was, row.line.now, change_words(row.line))[column]


class CompareTable(QTreeView):
    """The table. ``line_chosen`` carries the line that was double-clicked, or on which Enter was pressed."""

    line_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = CompareModel()
        self.setModel(self._lines)
        self.setItemDelegate(_LineDelegate(self))
        self.setAccessibleName("逐格对比")
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionsMovable(False)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._choose)

    def show_lines(self, lines: Iterable[Line], heads: tuple[str, str]) -> None:
        """Show fields; ``heads`` say which form is left and which right."""
        self._lines.set_lines(lines, heads)
        for row, one in enumerate(self._lines.rows):
            if one.line is None:
                self.setFirstColumnSpanned(row, NO_PARENT, True)
        first = next((row for row, one in enumerate(self._lines.rows) if one.line is not None), None)
        if first is not None:
            self.setCurrentIndex(self._lines.index(first, PLACE))
            self.scrollToTop()

    def current_row(self) -> int:
        """Return the number of the current row, -1 where there is none."""
        return self.currentIndex().row()

    def choose_row(self, row: int) -> None:
        """Make a row current, or the nearest one above it that is no head of a group."""
        rows = [at for at, one in enumerate(self._lines.rows[: row + 1]) if one.line is not None]
        if rows:
            self.setCurrentIndex(self._lines.index(rows[-1], PLACE))

    def current_line(self) -> Line | None:
        """Return the field of the current row."""
        row: Row | None = self.currentIndex().data(ROLE_ROW)
        return row.line if row is not None else None

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every row, top to bottom."""
        return tuple(tuple(_words(row, column) for column in range(CHANGE + 1)) for row in self._lines.rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width; long texts are wrapped anew."""
        super().resizeEvent(event)
        change = theme.px(self.font(), _CHANGE_WIDTH)
        rest = self.viewport().width() - change
        place, was = (rest * share // 100 for share in _SHARES)
        for section, width in enumerate((place, was, rest - place - was, change)):
            self.header().resizeSection(section, max(width, 1))
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses the line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _choose(self, index: Index) -> None:
        row: Row | None = index.data(ROLE_ROW)
        if row is not None and row.line is not None:
            self.line_chosen.emit(row.line)


class _LineDelegate(QStyledItemDelegate):
    """Paints a cell of the table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the room of a row: as many lines as its texts need, up to a few."""
        view, row = cell_of(option).widget, index.data(ROLE_ROW)
        if not isinstance(view, QTreeView) or row.line is None:
            return QSize(40, theme.px(self._font(view), theme.ROW_GROUP))
        air = 2 * theme.px(view.font(), theme.SPACING[4])
        width = max(view.header().sectionSize(index.column()) - air, 1)
        font = _face(view.font(), row.line, index.column())
        lines = _line_count(_words(row, index.column()), font, width)
        metrics = QFontMetrics(font)
        least = theme.px(view.font(), theme.ROW_TABLE)
        return QSize(40, max(least, lines * metrics.lineSpacing() + theme.px(view.font(), theme.SPACING[5])))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell: ground, text, hairline."""
        cell, row = cell_of(option), index.data(ROLE_ROW)
        table, font, box = theme.tokens(cell.palette), cell.widget.font(), QRect(cell.rect)
        painter.save()
        painter.fillRect(box, theme.qcolor(_ground(cell, row, index.column(), table)))
        painter.fillRect(box.left(), box.bottom(), box.width(), theme.LINE, theme.qcolor(table.line))
        air = theme.px(font, theme.SPACING[4])
        room = box.adjusted(air, 0, -air, -theme.LINE)
        words = _words(row, index.column())
        if row.line is None:
            painter.setFont(theme.sized(font, theme.BODY, bold=True))
            painter.setPen(theme.qcolor(table.ink2))
        else:
            painter.setFont(_face(font, row.line, index.column()))
            painter.setPen(theme.qcolor(_ink(row.line, index.column(), table)))
            words = words or (_BLANK if index.column() in {WAS, NOW} and row.line.differs else "")
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, _cut(words, painter, room))
        if cell.state & QStyle.StateFlag.State_Selected and cell.widget.hasFocus() and row.line is not None:
            _paint_focus(painter, box, index.column(), table)
        painter.restore()

    def _font(self, view: object) -> QFont:
        return view.font() if isinstance(view, QWidget) else QFont()


def _ground(cell: Cell, row: Row, column: int, table: Tokens) -> str:
    if row.line is None:
        return table.chrome
    if column == NOW and row.line.differs and row.line.now:
        return table.ok_weak
    if cell.state & QStyle.StateFlag.State_Selected:
        return table.sel
    return table.hover if cell.state & QStyle.StateFlag.State_MouseOver else table.raised


def _ink(line: Line, column: int, table: Tokens) -> str:
    better = line.change.better if line.change is not None else None
    if column == CHANGE and better is not None:
        return table.ok if better else table.warn
    return table.ink if column in {PLACE, NOW} else table.ink2


def _face(font: QFont, line: Line, column: int) -> QFont:
    """Return the face of a cell: what is gone is struck out, what is new is bold."""
    made = theme.sized(font, theme.BODY, bold=column == NOW and line.differs and bool(line.now))
    made.setStrikeOut(column == WAS and line.differs and bool(line.was))
    return made


def _line_count(words: str, font: QFont, width: int) -> int:
    """Return how many lines a text takes in a width, at most the most there are."""
    return max(len(tuple(islice(_lines(words, QFontMetrics(font), width), _MOST_LINES))), 1)


def _cut(words: str, painter: QPainter, room: QRect) -> str:
    """Break a text into lines that fit, the last one with three dots where there is more."""
    metrics = painter.fontMetrics()
    most = max(min(room.height() // metrics.lineSpacing(), _MOST_LINES), 1)
    lines = tuple(islice(_lines(words, metrics, room.width()), most + 1))
    if len(lines) <= most:
        return "\n".join(lines)
    last = metrics.elidedText(f"{lines[most - 1]}{lines[most]}…", Qt.TextElideMode.ElideRight, room.width())
    return "\n".join((*lines[: most - 1], last))


def _lines(words: str, metrics: QFontMetrics, width: int) -> Iterator[str]:
    """Yield a text line by line; no line begins with a sign that closes."""
    for part in words.split("\n"):
        rest = part
        while rest:
            most = range(1, min(len(rest), width // _NARROWEST + 1) + 1)
            fits = max(bisect_right(most, width, key=partial(_advance, rest, metrics)), 1)
            fits -= fits > 1 and rest[fits : fits + 1] in _NEVER_FIRST
            yield rest[:fits]
            rest = rest[fits:]
        if not part:
            yield ""


def _advance(text: str, metrics: QFontMetrics, letters: int) -> int:
    return metrics.horizontalAdvance(text[:letters])


def _paint_focus(painter: QPainter, box: QRect, column: int, table: Tokens) -> None:
    """Frame the row that has the keyboard, across its cells."""
    painter.setPen(QPen(theme.qcolor(table.accent), theme.FRAME))
    frame = box.adjusted(1, 1, 0, -1)
    painter.drawLine(frame.topLeft(), frame.topRight())
    painter.drawLine(frame.bottomLeft(), frame.bottomRight())
    if column == PLACE:
        painter.drawLine(frame.topLeft(), frame.bottomLeft())
    if column == CHANGE:
        painter.drawLine(frame.topRight(), frame.bottomRight())
