"""表样清单 (picker): the templates by kind of form, each with a small picture, its title and its source; unusable ones greyed.

It shows a shelf and tells which template is current. Pictures come from :mod:`ui.dialogs.thumbnails` when they are there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QImage, QPainter, QPen, QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from perfdesk.model import FormKind
from ui import theme
from ui.widgets.items import Cell, Index, cell_of

if TYPE_CHECKING:
    from perfdesk.template import Shelf, Template
    from ui.dialogs.thumbnails import Thumbnails
    from ui.theme import Tokens

_GROUPS: Final = (
    ("自评表", (FormKind.PROJECT_SELF,)),
    ("目标表", (FormKind.PROJECT_GOAL, FormKind.DEPARTMENT_GOAL)),
    ("监控表", (FormKind.PROJECT_MONITORING,)),
    ("部门表", (FormKind.DEPARTMENT_SELF,)),
    ("评分表", (FormKind.DEPARTMENT_RATING,)),
    ("报告", (FormKind.REPORT,)),
    ("汇总与公开", (FormKind.SUMMARY, FormKind.PUBLICATION_LIST)),
)
UNUSABLE: Final = "用不了的文件"
MINISTRY: Final = "财预"  # how the numbers of the ministry's documents on performance begin: 财预〔2020〕10号
ENTRY: Final = Qt.ItemDataRole.UserRole + 1
_ROW, _HEAD, _EDGE = 64, 28, 12  # px
_PICTURE: Final = 46  # px: the room for a small page, both ways


class Entry(NamedTuple):
    """One line: a template, or a file that cannot be used; neither for the head of a group."""

    words: str
    about: str = ""
    template: Template | None = None
    own: bool = False


def entries_of(shelf: Shelf, wanted: str = "") -> tuple[Entry, ...]:
    """Return the lines of a shelf: heads, templates by kind, unusable files last. ``wanted`` keeps what contains it.

    Of a kind the office's own come first, then those of the Ministry of Finance, which hold where a county prints none.
    """
    found: list[Entry] = []
    for head, kinds in _GROUPS:
        inside = sorted(
            (one for one in shelf.templates.values() if one.kind in kinds),
            key=lambda one: (one.id not in shelf.own, not one.source.startswith(MINISTRY), one.title, one.id),
        )
        lines = [Entry(one.title, one.source, one, one.id in shelf.own) for one in inside if _holds(one, wanted)]
        found += [Entry(head), *lines] if lines else []
    if shelf.refused and not wanted:
        found += [Entry(UNUSABLE), *(Entry(one.path.name, one.why) for one in shelf.refused)]
    return tuple(found)


def _holds(template: Template, wanted: str) -> bool:
    return wanted.strip() in f"{template.title} {template.source} {template.id} {template.kind.words}"


def paper_of(template: Template) -> str:
    """Say what a template is printed on: 「A4 横向，金额以万元计」."""
    lies = "横向" if template.page.landscape else "纵向"
    size = {297, 210} == {round(template.page.width_mm), round(template.page.height_mm)}
    paper = "A4" if size else f"{round(template.page.width_mm)}×{round(template.page.height_mm)} 毫米"
    return f"{paper} {lies}，金额以{template.unit.value}计"


class TemplateList(QListView):
    """The list. ``turned_to`` carries the current :class:`Entry`."""

    turned_to = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_RowDelegate(thumbnails, self))
        self.setAccessibleName("表样")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        thumbnails.arrived.connect(self.viewport().update)

    def show_entries(self, entries: tuple[Entry, ...], *, choose: str = "") -> None:
        """Show these lines; the template with the id ``choose`` becomes current, else the first one."""
        self._model.clear()
        for entry in entries:
            self._model.appendRow(_item(entry))
        self.choose(choose)
        if self.current() is None:
            self.choose(next((one.template.id for one in entries if one.template is not None), ""))
        if not self.currentIndex().isValid():
            self.turned_to.emit(None)

    def choose(self, template_id: str) -> None:
        """Make the template of an id current; one that is not listed changes nothing."""
        for row in range(self._model.rowCount()):
            entry: Entry = self._model.item(row).data(ENTRY)
            if entry.template is not None and entry.template.id == template_id:
                self.setCurrentIndex(self._model.index(row, 0))
                self._show_current()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now is it known how much of the list is in sight."""
        super().showEvent(event)
        self._show_current()

    def _show_current(self) -> None:
        """Scroll to the current line, with the head of its group where that stands right above it."""
        index = self.currentIndex()
        self.scrollTo(index.siblingAtRow(max(index.row() - 1, 0)))
        self.scrollTo(index)

    def current(self) -> Template | None:
        """Return the current template."""
        entry: Entry | None = self.currentIndex().data(ENTRY)
        return entry.template if entry is not None else None

    def entries(self) -> tuple[Entry, ...]:
        """Return the lines as they are shown."""
        return tuple(self._model.item(row).data(ENTRY) for row in range(self._model.rowCount()))

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say what is current."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.turned_to.emit(current.data(ENTRY))


def _item(entry: Entry) -> QStandardItem:
    """Make the item of a line: heads and unusable files cannot be chosen, but an unusable one can be read."""
    item = QStandardItem(entry.words)
    item.setData(entry, ENTRY)
    spoken = "，".join(part for part in (entry.words, "自己的" if entry.own else "", entry.about) if part)
    item.setData(spoken, Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(entry.about)
    if not entry.about:
        item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    return item


class _RowDelegate(QStyledItemDelegate):
    """Paints heads and lines."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Heads are lower than lines."""
        row = cell_of(option)
        entry: Entry = index.data(ENTRY)
        return QSize(0, theme.px(row.widget.font(), _ROW if entry.about else _HEAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        row = cell_of(option)
        entry: Entry = index.data(ENTRY)
        table = theme.tokens(row.widget.palette())
        painter.save()
        if entry.about:
            self._paint_entry(painter, row, entry, table)
        else:
            _paint_head(painter, row, entry.words, table)
        painter.restore()

    def _paint_entry(self, painter: QPainter, row: Cell, entry: Entry, table: Tokens) -> None:
        font, rect = row.widget.font(), QRect(row.rect)
        selected = bool(row.state & QStyle.StateFlag.State_Selected)
        if selected or row.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.qcolor(table.sel if selected else table.hover))
        if selected:
            painter.fillRect(rect.left(), rect.top(), theme.CURRENT_BAR, rect.height(), theme.qcolor(table.accent))
        if row.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.qcolor(table.accent), theme.FRAME))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        edge, side = theme.px(font, _EDGE), theme.px(font, _PICTURE)
        box = QRect(rect.left() + edge, rect.top() + (rect.height() - side) // 2, side, side)
        if entry.template is not None:
            paint_page(painter, box, entry.template, self._thumbnails.picture(entry.template), table)
        room = rect.adjusted(edge + side + edge, 0, -edge, 0)
        line, top = theme.px(font, theme.BODY_LINE), rect.top() + rect.height() // 2
        upper, lower = QRect(room.left(), top - line, room.width(), line), QRect(room.left(), top, room.width(), line)
        if entry.own:
            _paint_words(painter, upper, "自己的", font, table.ink2, right=True)
            upper.setRight(upper.right() - theme.px(font, 52))
        usable = entry.template is not None
        _paint_words(
            painter, upper, entry.words, theme.sized(font, theme.BODY, bold=True), table.ink if usable else table.ink3
        )
        _paint_words(painter, lower, entry.about, font, table.ink2 if usable else table.ink3)


def _paint_words(painter: QPainter, room: QRect, words: str, font: QFont, ink: str, *, right: bool = False) -> None:
    painter.setFont(font)
    painter.setPen(theme.qcolor(ink))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, text)


def _paint_head(painter: QPainter, row: Cell, words: str, table: Tokens) -> None:
    rect = QRect(row.rect)
    painter.fillRect(rect, theme.qcolor(table.chrome))
    font = theme.sized(row.widget.font(), theme.BODY, bold=True)
    room = rect.adjusted(theme.px(row.widget.font(), _EDGE), 0, 0, 0)
    _paint_words(painter, room, words, font, table.ink2)


def paint_page(painter: QPainter, box: QRect, template: Template, picture: QImage | None, table: Tokens) -> None:
    """Paint the first page of a template into a box, white paper in its proportions; blank until the picture is there."""
    width, height = float(template.page.width_mm), float(template.page.height_mm)
    scale = min(box.width() / width, box.height() / height)
    page = QRect(0, 0, round(width * scale), round(height * scale))
    page.moveCenter(box.center())
    painter.fillRect(page.adjusted(-1, -1, 2, 3), theme.qcolor(table.paper.shade))
    painter.fillRect(page.adjusted(-1, -1, 1, 1), theme.qcolor(table.paper.edge))
    painter.fillRect(page, theme.qcolor(table.paper.paper))
    if picture is not None:
        ratio = painter.device().devicePixelRatioF()
        size = QSize(round(page.width() * ratio), round(page.height() * ratio))
        smooth = Qt.TransformationMode.SmoothTransformation
        painter.drawImage(page, picture.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth))
