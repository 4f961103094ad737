"""替换 (replace): what to look for, what to put in its place, and every cell that would change, before it does.

In the open form, or in all forms of its year, each with its cells below it and those that stay as they are named with the reason.
It changes nothing itself; ``confirmed`` carries the changes that are still ticked, by form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.replacing import Change, FormChanges, Piece, Rule
from ui import theme
from ui.dialogs.frame import Foot, foot_button, lay_out, named_line
from ui.theme import qcolor
from ui.widgets.items import Index, cell_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Find = Callable[[Rule], tuple[FormChanges, ...]]

_WIDTH: Final = 760
_HEIGHT: Final = 480
_PIECES: Final = Qt.ItemDataRole.UserRole
_BESIDE: Final = 10  # characters shown beside a hit far inside a text
_WHERE, _TEXT = 0, 1
_PAUSE_MS: Final = 200  # after a key, before a whole year is searched


class ReplaceDialog(QDialog):
    """Two lines and the preview. ``find`` gives what a rule would change in the open form.

    ``year`` is the year whose forms can be searched too, 0 where there is only one; ``year_asked`` asks for them to be read, and
    :meth:`take_year` brings them.
    """

    confirmed = Signal(object)
    year_asked = Signal()

    def __init__(self, find: Find, *, wanted: str, year: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("替换")
        self.setModal(True)
        self._find_here = find
        self._find_in_year: Find | None = None
        self._found: tuple[FormChanges, ...] = ()
        self._heads: list[QTreeWidgetItem] = []
        self._rows: list[tuple[FormChanges, Change, QTreeWidgetItem]] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        self.in_year = QCheckBox(f"{year} 年所有的表(&L)", self)
        self.in_year.setVisible(bool(year))
        self.wanted = named_line("查找", wanted, self, placeholder="要找的字")
        self.by = named_line("换成", "", self, placeholder="空着就是删去")
        self.exact = QCheckBox("区分全角半角和大小写(&W)", self)
        self._list = self._build_list()
        self._replace = foot_button("替换", primary=True)
        cancel = foot_button("取消")
        self._foot = Foot(self, (cancel, self._replace))
        self._build()
        self._replace.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        for line in (self.wanted, self.by):
            line.textChanged.connect(self._look_soon)
        self.exact.toggled.connect(self._look)
        self.in_year.toggled.connect(self._ask_year)
        self._list.itemChanged.connect(self._count)
        self.wanted.selectAll()
        self._look()

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 8))
        form.addRow("查找(&N)", self.wanted)
        form.addRow("换成(&P)", self.by)
        form.addRow("", self.exact)
        form.addRow("", self.in_year)
        column.addLayout(form)
        column.addWidget(self._list, 1)
        lay_out(self, body, self._foot)
        self.resize(theme.px(self.font(), _WIDTH), theme.px(self.font(), _HEIGHT))

    def _build_list(self) -> QTreeWidget:
        found = QTreeWidget(self)
        found.setAccessibleName("要改的格，空格勾选")
        found.setHeaderLabels(["格", "改动"])
        found.setRootIsDecorated(False)
        found.setUniformRowHeights(True)
        found.setItemDelegateForColumn(_TEXT, PieceDelegate(found))
        header = found.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(_WHERE, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_WHERE, theme.px(self.font(), 260))
        return found

    def changes(self) -> tuple[FormChanges, ...]:
        """Return the changes that are ticked, by form; without the forms that stay as they are."""
        ticked: dict[str, tuple[Change, ...]] = {}
        for form, change, item in self._rows:
            if item.checkState(_WHERE) is Qt.CheckState.Checked:
                ticked[form.record_id] = (*ticked.get(form.record_id, ()), change)
        forms = (form._replace(changes=ticked.get(form.record_id, ())) for form in self._found)
        return tuple(form for form in forms if form.changes)

    def lines(self) -> tuple[str, ...]:
        """Return the preview as it can be read: 「格：改动」."""
        return tuple(f"{item.text(_WHERE)}：{item.text(_TEXT)}" for _, _, item in self._rows)

    def heads(self) -> tuple[str, ...]:
        """Return the lines of the forms, in all forms of the year: 「普法经费：3 格」."""
        return tuple(f"{head.text(_WHERE)}：{head.text(_TEXT)}" for head in self._heads)

    def untick(self, row: int) -> None:
        """Leave a cell as it is."""
        self._rows[row][2].setCheckState(_WHERE, Qt.CheckState.Unchecked)

    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def take_year(self, find: Find) -> None:
        """The forms of the year were read: look through them from now on."""
        self._find_in_year = find
        self._look()

    def wait(self) -> None:
        """What was confirmed is being done: nothing can be typed until the window is closed."""
        self.setEnabled(False)
        self._foot.show_hint("正在备份数据文件并替换…")

    def resume(self) -> None:
        """It was not done; the window stands as it stood."""
        self.setEnabled(True)
        self._count()

    def accept(self) -> None:
        """Hand over what is ticked; without anything the dialog stays, and of a whole year until all of it is done."""
        if self._pause.isActive():
            self._look()
        chosen = self.changes()
        if chosen and not self.in_year.isChecked():
            super().accept()
        if chosen:
            self.confirmed.emit(chosen)

    def _ask_year(self, on: bool) -> None:
        if on and self._find_in_year is None:
            self.year_asked.emit()
        self._look()

    def _look_soon(self) -> None:
        """A key: the open form is searched at once, a whole year once the fingers rest."""
        if self.in_year.isChecked():
            self._pause.start()
        else:
            self._look()

    def _look(self) -> None:
        """Something else is looked for: show what would change now."""
        self._pause.stop()
        rule = Rule(self.wanted.text(), self.by.text(), exact=self.exact.isChecked())
        in_year = self.in_year.isChecked()
        find = self._find_in_year if in_year else self._find_here
        self._found = find(rule) if find is not None else ()
        self._list.blockSignals(True)
        self._list.clear()
        self._heads = []
        self._rows = [row for form in self._found for row in self._rows_of(form, below_head=in_year)]
        self._list.setRootIsDecorated(in_year)
        self._list.expandAll()
        self._list.blockSignals(False)
        self._count()

    def _rows_of(self, form: FormChanges, *, below_head: bool) -> Iterator[tuple[FormChanges, Change, QTreeWidgetItem]]:
        """Put a form into the list, below its own line where there are several; yield the rows that can be ticked."""
        head = QTreeWidgetItem([form.name, f"{len(form.changes)} 格" if not form.why_left else form.why_left])
        head.setData(_TEXT, _PIECES, (Piece(head.text(_TEXT)),))
        head.setFont(_WHERE, theme.sized(self.font(), theme.BODY, bold=True))
        head.setToolTip(_WHERE, form.name)
        if below_head:
            self._heads.append(head)
            self._list.addTopLevelItem(head)
        for change in form.changes if not form.why_left else ():
            item = _item_of(change)
            if below_head:
                head.addChild(item)
            else:
                self._list.addTopLevelItem(item)
            yield form, change, item

    def _count(self) -> None:
        """Say on the button and in the foot how much would change."""
        chosen = self.changes()
        hits, cells = sum(form.hits for form in chosen), sum(len(form.changes) for form in chosen)
        self._replace.setText(f"替换 {hits} 处" if hits else "替换")
        self._replace.setEnabled(bool(hits))
        self._foot.show_hint(self._words(len(chosen), cells, hits))

    def _words(self, forms: int, cells: int, hits: int) -> str:
        """Return what the foot says of so many hits in so many cells of so many forms."""
        if self.in_year.isChecked() and self._find_in_year is None:
            return "正在读各表…"
        if not hits:
            return f"没有要换的“{self.wanted.text()}”" if self.wanted.text() and not self._found else ""
        if not self.in_year.isChecked():
            return f"{cells} 格里有 {hits} 处。换好以后可以撤销。"
        return f"{forms} 张表的 {cells} 格里有 {hits} 处。先备份再换，换好以后可以一次撤销。"


class PieceDelegate(QStyledItemDelegate):
    """Draws a change in one line: the old letters struck out, the new ones bold on green."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the row, then the pieces from left to right as far as they fit."""
        cell = cell_of(option)
        pieces: tuple[Piece, ...] = index.data(_PIECES) or ()
        table = theme.tokens(cell.palette)
        painter.save()
        if cell.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(cell.rect, qcolor(table.sel))
        painter.setClipRect(cell.rect)
        left = cell.rect.left() + 6
        for text, kind in _runs(pieces):
            font = QFont(cell.font)
            font.setStrikeOut(kind == "old")
            font.setBold(kind == "new")
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(cell.rect.right() - left, 0))
            width = metrics.horizontalAdvance(shown)
            box = QRect(left, cell.rect.top(), width, cell.rect.height())
            if kind == "new":
                painter.fillRect(box.adjusted(0, 4, 0, -4), qcolor(table.ok_weak))
            painter.setFont(font)
            painter.setPen(qcolor(table.ink2 if kind == "old" else table.ink))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
            left += width
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are as high as those of a list."""
        del index
        return QSize(100, theme.px(cell_of(option).font, theme.ROW_LIST))


def _item_of(change: Change) -> QTreeWidgetItem:
    item = QTreeWidgetItem([change.where, "".join(_words(change.pieces))])
    item.setCheckState(_WHERE, Qt.CheckState.Checked)
    item.setData(_TEXT, _PIECES, change.pieces)
    old = "".join(piece.text for piece in change.pieces)
    new = "".join(piece.text if piece.new is None else piece.new for piece in change.pieces)
    item.setToolTip(_TEXT, f"现在：{old}\n换成：{new}")
    item.setToolTip(_WHERE, change.where)
    return item


def _words(pieces: tuple[Piece, ...]) -> Iterator[str]:
    """Yield a change for readers: 「年内完成【200→300】件」."""
    for text, new in _shortened(pieces):
        yield text if new is None else f"【{text}→{new}】"


def _runs(pieces: tuple[Piece, ...]) -> Iterator[tuple[str, str]]:
    """Yield the stretches to draw: text and kind, ``same``, ``old`` or ``new``."""
    for text, new in _shortened(pieces):
        yield text, "same" if new is None else "old"
        if new:
            yield new, "new"


def _shortened(pieces: tuple[Piece, ...]) -> Iterator[Piece]:
    """Yield the pieces in one line; of a long text beside a hit only what stands next to it."""
    last = len(pieces) - 1
    for number, piece in enumerate(pieces):
        text = " ".join(piece.text.split("\n"))
        if piece.new is None and len(text) > 2 * _BESIDE:
            head = text[:_BESIDE] if number else ""
            tail = text[-_BESIDE:] if number < last else text[_BESIDE : 3 * _BESIDE]
            text = f"{head}…{tail}" if number < last else f"{head}{tail}…"
        yield piece._replace(text=text)
