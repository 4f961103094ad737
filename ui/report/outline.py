"""提纲 (outline): the headings of a report at the left edge, with their marks. It asks for changes; it makes none."""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model import Block, Finding, Section, Severity, flatten
from perfdesk.outline import end_of
from ui import theme
from ui.widgets.items import Index, cell_of
from ui.widgets.keys import menu_text
from ui.widgets.marks import Mark, mark_of, paint_mark
from ui.widgets.rule import hairline

_ROLE: Final = Qt.ItemDataRole.UserRole + 1
_INDENT: Final = {1: 14, 2: 32, 3: 50}
_EDGE: Final = 14
_NOT_WRITTEN: Final = "empty-section"
_GRAVITY: Final = (Severity.ERROR, Severity.WARNING)


class Head(NamedTuple):
    """One row: level and words of a heading, its mark, and whether anything stands below it."""

    level: int
    words: str
    mark: Mark
    filled: bool

    @property
    def spoken(self) -> str:
        """The row as a reader says it."""
        state = {Mark.OK: "已写", Mark.WORKING: "还没写"}.get(self.mark, f"有{self.mark.value}")
        return f"{self.words or '没有标题'}，{state}"


def heads_of(sections: tuple[Section, ...], findings: tuple[Finding, ...]) -> tuple[Head, ...]:
    """Return the rows of a report; a heading with sub-headings is as far as the least of them, and bears the gravest mark.

    That a section is not written yet is what its ring says; it is no mark of its own.
    """
    judged = tuple(one for one in flatten(findings) if one.code != _NOT_WRITTEN)
    marked: dict[Severity, set[int]] = {one: set() for one in Severity}
    for one in judged:
        if one.binding and one.binding.block is Block.SECTIONS:
            marked[one.severity].add(one.binding.row)
    ends = [end_of(sections, at) for at in range(len(sections))]
    blank = {at for at, end in enumerate(ends) if end == at + 1 and not _has_text(sections[at])}
    made = []
    for at, section in enumerate(sections):
        below = range(at, ends[at])
        filled = blank.isdisjoint(below)
        grave = next((one for one in _GRAVITY if not marked[one].isdisjoint(below)), None)
        mark = Mark.OK if filled else Mark.WORKING
        made.append(Head(section.level, section.heading, mark_of(grave) if grave else mark, filled))
    return tuple(made)


def _has_text(section: Section) -> bool:
    return any(text.strip() for text in section.paragraphs)


class Outline(QWidget):
    """The outline. All signals carry the index of a section; ``move_asked`` also -1 or +1."""

    chosen = Signal(int)
    insert_asked = Signal(int)
    delete_asked = Signal(int)
    move_asked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads: tuple[Head, ...] = ()
        self._writable = True
        self.list = _Headings(self)
        self._count = QLabel(self)
        self.setProperty("bar", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self.list.itemClicked.connect(self._choose)
        self.list.menu_asked.connect(self._open_menu)
        self.list.delete_pressed.connect(self._delete)
        self.list.enter_pressed.connect(self._enter)

    def _build(self) -> None:
        head = QWidget(self)
        head.setFixedHeight(theme.px(self.font(), theme.LOCATION_BAR))
        title = QLabel("报告提纲", head)
        title.setProperty("role", "strong")
        for label in (title, self._count):
            label.setProperty("ink", "2")
        row = QHBoxLayout(head)
        row.setContentsMargins(theme.px(self.font(), 14), 0, theme.px(self.font(), _EDGE), 0)
        row.addWidget(title, 1)
        row.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, theme.LINE, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(hairline(self))
        column.addWidget(self.list, 1)

    def show_heads(self, heads: tuple[Head, ...], *, writable: bool) -> None:
        """Show the headings with their marks; the current one stays."""
        self._writable = writable
        if heads == self._heads:
            return
        self._heads = heads
        done = sum(one.filled for one in heads)
        self._count.setText(f"{done}/{len(heads)} 节")
        self._count.setAccessibleName(f"共 {len(heads)} 节，写了 {done} 节")
        while self.list.count() > len(heads):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(heads):
            self.list.addItem(QListWidgetItem())
        for number, head in enumerate(heads):
            item = self.list.item(number)
            if item.data(_ROLE) != head:
                item.setData(_ROLE, head)
                item.setText(head.words)
                item.setToolTip(head.spoken)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, head.spoken)

    def heads(self) -> tuple[Head, ...]:
        """Return the rows shown."""
        return self._heads

    def count_text(self) -> str:
        """Return how many sections are written, as shown."""
        return self._count.text()

    def set_current(self, section: int) -> None:
        """Follow the caret."""
        if section != self.list.currentRow():
            self.list.setCurrentRow(section)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line towards the desk."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.fillRect(
            self.width() - theme.LINE, 0, theme.LINE, self.height(), theme.qcolor(theme.tokens(self.palette()).line)
        )
        painter.end()

    def menu(self) -> QMenu:
        """Return what can be done with the current section."""
        row, menu = self.list.currentRow(), QMenu(self)
        entries = (
            (menu_text("插入小节", "Ctrl+Shift++"), lambda: self.insert_asked.emit(row)),
            (menu_text("上移", "Alt+Shift+Up"), lambda: self.move_asked.emit(row, -1)),
            (menu_text("下移", "Alt+Shift+Down"), lambda: self.move_asked.emit(row, 1)),
            (menu_text("删除小节", "Del"), lambda: self.delete_asked.emit(row)),
        )
        for words, act in entries:
            action = menu.addAction(words)
            action.setEnabled(self._writable and row >= 0)
            action.triggered.connect(act)
        return menu

    def _open_menu(self, place: QPoint) -> None:
        self.menu().popup(place)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(self.list.row(item))

    def _enter(self) -> None:
        if self.list.currentRow() >= 0:
            self.chosen.emit(self.list.currentRow())

    def _delete(self) -> None:
        if self._writable and self.list.currentRow() >= 0:
            self.delete_asked.emit(self.list.currentRow())


class _Headings(QListWidget):
    """The rows. ``enter_pressed`` is Enter on the current one."""

    menu_asked = Signal(QPoint)
    delete_pressed = Signal()
    enter_pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bar", "rail")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(_HeadDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("报告提纲")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the section, Del asks to delete it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter_pressed.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row."""
        if event.reason() is not QContextMenuEvent.Reason.Keyboard and self.itemAt(event.pos()) is None:
            return
        self.menu_asked.emit(event.globalPos())


class _HeadDelegate(QStyledItemDelegate):
    """Paints words and mark of a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All rows are of one height."""
        return QSize(100, theme.px(cell_of(option).widget.font(), theme.ROW_LIST))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        head: Head = index.data(_ROLE)
        cell = cell_of(option)
        rect, state = QRect(cell.rect), cell.state
        table, font = theme.tokens(cell.widget.palette()), cell.widget.font()
        selected, flag = bool(state & QStyle.StateFlag.State_Selected), QStyle.StateFlag
        painter.save()
        if selected or state & flag.State_MouseOver:
            painter.fillRect(rect, theme.qcolor(table.sel if selected else table.hover))
        if selected:
            painter.fillRect(rect.left(), rect.top(), theme.CURRENT_BAR, rect.height(), theme.qcolor(table.accent))
        if state & flag.State_HasFocus:
            painter.setPen(QPen(theme.qcolor(table.accent), theme.FRAME))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        side, left = theme.px(font, 16), theme.px(font, _INDENT[head.level])
        right = rect.right() - theme.px(font, _EDGE) - side + 1
        paint_mark(painter, QRectF(right, rect.top() + (rect.height() - side) / 2, side, side), head.mark, table)
        painter.setFont(theme.sized(font, theme.BODY, bold=head.level == 1 or selected))
        painter.setPen(theme.qcolor(table.ink))
        room = QRect(left, rect.top(), right - left - theme.px(font, 8), rect.height())
        words = painter.fontMetrics().elidedText(head.words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()
