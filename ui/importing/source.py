"""原文件 (source view): the table of the source file with its row and column numbers, doubtful cells marked with words.

It shows and tells which square is current; what the squares mean is not its business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from perfdesk.recognition import Place
from ui import theme
from ui.faces import Faces, load_fonts
from ui.importing.grid import GridCell, SourceGrid
from ui.widgets.items import Index, cell_of

_CELL: Final = Qt.ItemDataRole.UserRole + 1
_LEAST, _PAD, _ROW, _HEAD = 38, 4, 27, 26  # px
_MEASURED: Final = 600
"""Rows whose height follows their text; a sheet of thousands gets the usual height from there on."""
_LONG: Final = 14  # characters that make a text a long one, which stands left
_MOST_LETTERS: Final = 400
"""More of a text is not drawn: 5 MB may stand in a cell."""
_NO_PARENT: Final = QModelIndex()


class SourceModel(QAbstractTableModel):
    """The cells of a grid."""

    def __init__(self, grid: SourceGrid, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grid = grid

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.grid.lines)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.grid.shares)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the numbers of rows and columns; a hidden row says so."""
        if orientation is Qt.Orientation.Horizontal:
            return self.grid.columns[section] if role == Qt.ItemDataRole.DisplayRole else None
        line = self.grid.lines[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return "原文件里隐藏的行" if line.hidden else None
        return f"{line.name}*" if line.hidden else line.name if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text or the cell of a square."""
        cell = self.grid.cell_at(index.row(), index.column())
        if cell is None:
            return None
        if role == _CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return shown(cell.text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{cell.address} {shown(cell.text) or '空白'}"
        return None


class SourceView(QTableView):
    """The view. ``cell_chosen`` carries the :class:`GridCell` that became current, ``cell_taken`` one that Enter took."""

    cell_chosen = Signal(object)
    cell_taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.doubts: Mapping[tuple[int, int], str] = {}
        self.linked: frozenset[tuple[int, int]] = frozenset()
        self._grid: SourceGrid | None = None
        self.setItemDelegate(_SourceDelegate(self))
        self.setAccessibleName("原文件")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setProperty("fit", "source")
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("bar", "desk")
        self.horizontalHeader().setFixedHeight(theme.px(self.font(), _HEAD))
        self.doubleClicked.connect(self._take)

    # ------------------------------------------------------------- showing
    def show_grid(self, grid: SourceGrid) -> None:
        """Show the cells of a form from their top."""
        self._grid = grid
        self.doubts, self.linked = {}, frozenset()
        self.clearSpans()
        old = self.model()
        self.setModel(SourceModel(grid, self))
        if old is not None:
            old.deleteLater()
        for (line, column), cell in grid.cells.items():
            if cell.row_span > 1 or cell.column_span > 1:
                self.setSpan(line, column, cell.row_span, cell.column_span)
        names = max((len(one.name) for one in grid.lines), default=1)
        metrics = self.fontMetrics()
        self.verticalHeader().setFixedWidth(max(metrics.horizontalAdvance("汉" * min(names, 4)) + 10, 34))
        self._resize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width."""
        super().resizeEvent(event)
        self._resize()

    def _resize(self) -> None:
        """Give the columns their shares of the width, and the rows the height of their texts."""
        grid = self._grid
        if grid is None:
            return
        least = (
            theme.px(self.font(), _LEAST) if all(grid.columns) else 1
        )  # common columns of several tables may be slivers
        widths = fitted(grid.shares, self.viewport().width() - 1, least)
        for column, width in enumerate(widths):
            self.horizontalHeader().resizeSection(column, width)
        heights = self._heights(grid, widths)
        for line in range(len(grid.lines)):
            self.verticalHeader().resizeSection(line, heights.get(line, theme.px(self.font(), _ROW)))

    def _heights(self, grid: SourceGrid, widths: list[int]) -> dict[int, int]:
        metrics, usual = QFontMetrics(paper_font(self)), theme.px(self.font(), _ROW)
        found: dict[int, int] = {}
        for (line, column), cell in grid.cells.items():
            if line >= _MEASURED or not cell.text:
                continue
            width = sum(widths[column : column + cell.column_span]) - 2 * _PAD
            room = QRect(0, 0, max(width, 1), 10_000)
            high = metrics.boundingRect(room, _flags(cell), shown(cell.text)).height() + 2 * _PAD - 2
            last = line + cell.row_span - 1
            inside = sum(found.get(one, usual) for one in range(line, last))
            found[last] = max(found.get(last, usual), high - inside)
        return found

    def mark(self, doubts: Mapping[tuple[int, int], str]) -> None:
        """Mark the squares that are in doubt, each with a word."""
        self.doubts = doubts
        self.viewport().update()

    def show_places(self, places: tuple[Place, ...]) -> None:
        """Make the first of these places current and lay a ground under all of them."""
        grid = self._grid
        found = [at for place in places if grid is not None and (at := grid.find(place)) is not None]
        self.linked = frozenset(found)
        if found:
            model = self.model()
            self.blockSignals(True)
            self.setCurrentIndex(model.index(*found[0]))
            self.blockSignals(False)
            self.scrollTo(model.index(*found[0]))
        self.viewport().update()

    def current_cell(self) -> GridCell | None:
        """Return the current cell."""
        cell = self.currentIndex().data(_CELL)
        return cell if isinstance(cell, GridCell) else None

    def choose(self, line: int, column: int) -> None:
        """Make a square current, as a click does."""
        self.setCurrentIndex(self.model().index(line, column))

    # ------------------------------------------------------------- choosing
    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which cell is current."""
        super().currentChanged(current, previous)
        self.viewport().update()
        cell = self.current_cell()
        if cell is not None and not self.signalsBlocked():
            self.linked = frozenset()
            self.cell_chosen.emit(cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the cell."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _take(self, index: Index) -> None:
        cell = index.data(_CELL)
        if isinstance(cell, GridCell):
            self.cell_taken.emit(cell)


def fitted(shares: Sequence[float], room: int, least: int) -> list[int]:
    """Share ``room`` px out; no column gets less than ``least``, the wide ones give for it as long as they can."""
    lent = room - least * len(shares)
    if lent <= 0:
        return [least] * len(shares)
    spare = [max(share * room / sum(shares) - least, 0.0) for share in shares]
    return [least + int(lent * one / (sum(spare) or 1.0)) for one in spare]


def shown(text: str) -> str:
    """Return as much of a text as a cell can show."""
    return text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS]}…"


@cache
def faces() -> Faces:
    """Return the faces of the paper, registered once."""
    return load_fonts()


def paper_font(widget: QWidget) -> QFont:
    """Return the face of the source table: that of the paper, in the size of the window."""
    font = QFont(faces().song)
    font.setPixelSize(theme.px(widget.font(), theme.BODY))
    return font


def _flags(cell: GridCell) -> int:
    across = {"left": Qt.AlignmentFlag.AlignLeft, "right": Qt.AlignmentFlag.AlignRight}.get(cell.align)
    if across is None:
        long = len(cell.text) > _LONG and cell.align != "center"
        across = Qt.AlignmentFlag.AlignLeft if long else Qt.AlignmentFlag.AlignHCenter
    return int(across | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap)


class _SourceDelegate(QStyledItemDelegate):
    """Paints the squares: white paper, black letters, hairlines; doubts with ground, dashed frame and word."""

    def __init__(self, view: SourceView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell: GridCell | None = index.data(_CELL)
        if cell is None:
            return
        style, at = cell_of(option), (index.row(), index.column())
        table = theme.tokens(self._view.palette())
        paper, rect, doubt = table.paper, QRect(style.rect), self._view.doubts.get(at)
        painter.save()
        painter.fillRect(rect, QColor(paper.range if at in self._view.linked else paper.paper))
        if doubt is not None:
            paint_doubt(painter, rect)
        words = shown(cell.text) or (f"（空白）{doubt}" if doubt else "")
        painter.setFont(paper_font(self._view))
        painter.setPen(QColor(paper.ghost if cell.hidden or not cell.text else paper.print))
        painter.drawText(rect.adjusted(_PAD, 0, -_PAD, 0), _flags(cell), words)
        painter.setPen(QPen(QColor(paper.ghost), 0))
        painter.drawRect(rect.left() - 1, rect.top() - 1, rect.width(), rect.height())
        if style.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(QColor(paper.select), 2))
            painter.drawRect(rect.adjusted(0, 0, -2, -2))
        painter.restore()


def paint_doubt(painter: QPainter, rect: QRect) -> None:
    """Lay the ground of a doubtful cell and its dashed frame; the paper is white in every theme, so are its colours."""
    painter.fillRect(rect, QColor(theme.LIGHT.warn_weak))
    pen = QPen(QColor(theme.LIGHT.warn), 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.drawRect(rect.adjusted(3, 3, -4, -4))
