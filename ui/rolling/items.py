"""逐项处理 (items): the items of a form, one row each, with 保留, 清空 and 问我 side by side; painted, no widget in a row.

←/→ move the choice, a click makes it. The table holds no choice itself: it says which one is wanted.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen

from perfdesk.rolling import Treatment
from ui import theme
from ui.rolling.rows import ROLE_ROW, Group, RowDelegate, RowTable, paint_words, room_of
from ui.widgets.items import NO_PARENT, Index
from ui.widgets.marks import SIZE, Mark, paint_mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from perfdesk.rolling import Item, Plan, Source
    from ui.theme import Tokens
    from ui.widgets.items import Cell

_CHOICE, _NEW = 2, 3
_WIDTHS: Final = (190, 0, 170, 250)  # px
_SEGMENT: Final = (49, 28)  # px
_TREATMENTS: Final = tuple(Treatment)


class ItemModel(QAbstractTableModel):
    """The items of one form of a plan, with group rows between them."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._rows: tuple[Group | tuple[Item, Treatment], ...] = ()

    def set_plan(self, plan: Plan, source: Source) -> None:
        """Show the items of a form as the plan treats them."""
        rows: list[Group | tuple[Item, Treatment]] = []
        for name, members in groupby(plan.decided(source), key=lambda one: one[0].group):
            found = tuple(members)
            rows += (Group(name, f"{len(found)} 项"), *found)
        self.beginResetModel()
        self._plan, self._rows = plan, tuple(rows)
        self.endResetModel()

    @property
    def groups(self) -> frozenset[int]:
        """The rows that are group rows."""
        return frozenset(at for at, row in enumerate(self._rows) if isinstance(row, Group))

    def item(self, row: int) -> tuple[Item, Treatment] | None:
        """Return the item of a row with its treatment, ``None`` for a group row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return None if isinstance(found, Group) else found

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of rows, group rows included."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_WIDTHS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the heads: the two years above what they hold."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole and self._plan is not None:
            return ("项目", f"{self._plan.old_year} 年内容", "处理方式", f"{self._plan.year} 年")[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Items can be chosen, group rows not."""
        if self.item(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, the whole of a long one as its tip, and the row itself."""
        row = self._rows[index.row()]
        if role == ROLE_ROW:
            return row
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        return self._words(index.row(), index.column())

    def _words(self, row: int, column: int) -> str:
        found = self._rows[row]
        if isinstance(found, Group) or self._plan is None:
            return found.words if isinstance(found, Group) and column == 0 else ""
        item, treatment = found
        return (item.label, item.words, treatment.value, self._plan.outlook(item, treatment))[column]


class ItemTable(RowTable):
    """The table. ``treatment_chosen`` carries the key of an item and the :class:`Treatment` that is wanted for it."""

    treatment_chosen = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("各项的处理方式", parent)
        self._items = ItemModel()
        self.setModel(self._items)
        self.setItemDelegate(_ItemDelegate(self))
        self.setEditTriggers(RowTable.EditTrigger.NoEditTriggers)
        self.set_widths(_WIDTHS)

    def show_plan(self, plan: Plan, source: Source) -> None:
        """Show a form; the current row stays where it was."""
        row, place = max(self.currentIndex().row(), 1), self.verticalScrollBar().value()
        self._items.set_plan(plan, source)
        self.set_heights(self._items.groups, len(_WIDTHS))
        self.setCurrentIndex(self._items.index(min(row, self._items.rowCount() - 1), _CHOICE))
        self.verticalScrollBar().setValue(place)

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every row, group rows by their name alone."""
        rows = range(self._items.rowCount())
        cells = ((str(self._items.index(row, one).data()) for one in range(len(_WIDTHS))) for row in rows)
        return tuple(tuple(filter(None, row)) for row in cells)

    def make_current(self, label: str) -> None:
        """Make the row of an item current by its label."""
        for row in range(self._items.rowCount()):
            if self._items.index(row, 0).data() == label:
                self.setCurrentIndex(self._items.index(row, _CHOICE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """←/→ change how the current item is treated; the rest is Qt's."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        decided = self._items.item(self.currentIndex().row())
        if decided is not None:
            at = _TREATMENTS.index(decided[1]) + step
            self._choose(decided[0], at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a segment chooses it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        decided = self._items.item(index.row())
        if decided is None or index.column() != _CHOICE or event.button() is not Qt.MouseButton.LeftButton:
            return
        at = segment_at(self.visualRect(index), event.position().toPoint(), self)
        self._choose(decided[0], at)

    def segment(self, label: str, treatment: Treatment) -> QPoint:
        """Return the middle of a segment in the viewport."""
        self.make_current(label)
        boxes = _segments(self.visualRect(self.currentIndex()), self)
        return boxes[_TREATMENTS.index(treatment)].center()

    def _choose(self, item: Item, at: int) -> None:
        if 0 <= at < len(_TREATMENTS) and (item.askable or _TREATMENTS[at] is not Treatment.ASK):
            self.treatment_chosen.emit(item.key, _TREATMENTS[at])


def segment_at(box: QRect, point: QPoint, widget: QWidget) -> int:
    """Return the segment of a cell at a point, -1 beside them."""
    return next((at for at, one in enumerate(_segments(box, widget)) if one.contains(point)), -1)


def _segments(box: QRect, widget: QWidget) -> list[QRect]:
    """Return where the three words of a cell stand."""
    font = widget.font()
    width, height = (theme.px(font, side) for side in _SEGMENT)
    left, top = box.left() + theme.px(font, 4), box.top() + (box.height() - height) // 2
    return [QRect(left + at * width, top, width, height) for at in range(len(_TREATMENTS))]


class _ItemDelegate(RowDelegate):
    """Paints words, and the segments of a choice."""

    def paint_cell(self, painter: QPainter, cell: Cell, index: Index, table: Tokens) -> None:
        """Paint the choice, or the words of another column."""
        row = index.data(ROLE_ROW)
        if index.column() == _CHOICE:
            _paint_segments(painter, cell, row, table)
        else:
            self._paint_words(painter, cell, index, row[1], table)

    def _paint_words(self, painter: QPainter, cell: Cell, index: Index, treatment: Treatment, table: Tokens) -> None:
        room, font = room_of(cell), cell.widget.font()
        faint = index.column() == 1 or (index.column() == _NEW and treatment is Treatment.CLEAR)
        if index.column() == _NEW and treatment is Treatment.ASK:
            side = theme.px(font, SIZE)
            paint_mark(painter, QRectF(room.left(), room.center().y() - side / 2, side, side), Mark.WARNING, table)
            room.setLeft(room.left() + side + theme.px(font, 6))
        paint_words(painter, cell, room, str(index.data()), table.ink2 if faint else table.ink)


def _paint_segments(painter: QPainter, cell: Cell, row: tuple[Item, Treatment], table: Tokens) -> None:
    """Paint the three words: the chosen one on its ground, one that cannot be chosen pale."""
    item, treatment = row
    boxes = _segments(QRect(cell.rect), cell.widget)
    whole = QRectF(boxes[0].united(boxes[-1])).adjusted(0.5, 0.5, -0.5, -0.5)
    path = QPainterPath()
    path.addRoundedRect(whole, 4, 4)
    painter.fillPath(path, theme.qcolor(table.raised))
    painter.save()
    painter.setClipPath(path)
    chosen = boxes[_TREATMENTS.index(treatment)]
    asked = treatment is Treatment.ASK
    painter.fillRect(chosen, theme.qcolor(table.warn_weak if asked else table.sel))
    painter.restore()
    font = cell.widget.font()
    for one, box in zip(_TREATMENTS, boxes, strict=True):
        painter.setFont(theme.sized(font, theme.BODY, bold=one is treatment))
        painter.setPen(theme.qcolor(_ink(one, item, treatment, table)))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, one.value)
        if one is not _TREATMENTS[0]:
            painter.fillRect(box.left(), box.top() + 1, theme.LINE, box.height() - 2, theme.qcolor(table.line))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.qcolor(table.line2), theme.LINE))
    painter.drawPath(path)


def _ink(one: Treatment, item: Item, chosen: Treatment, table: Tokens) -> str:
    if one is chosen:
        return table.warn if one is Treatment.ASK else table.accent
    return table.line2 if one is Treatment.ASK and not item.askable else table.ink2
