"""替换 (replace): what to look for, what to put in its place, and every cell that would change, before it does.

It changes nothing itself; ``confirmed`` carries the changes that are still ticked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
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

from perfdesk.replacing import Change, Piece, Rule
from ui import theme
from ui.dialogs.frame import Foot, foot_button, lay_out, named_line
from ui.theme import qcolor
from ui.widgets.items import Index, cell_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WIDTH: Final = 760
_HEIGHT: Final = 480
_PIECES: Final = Qt.ItemDataRole.UserRole
_BESIDE: Final = 10  # characters shown beside a hit far inside a text
_WHERE, _TEXT = 0, 1


class ReplaceDialog(QDialog):
    """Two lines and the preview. ``find`` gives what a rule would change in the open form."""

    confirmed = Signal(object)

    def __init__(self, find: Callable[[Rule], tuple[Change, ...]], *, wanted: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("替换")
        self.setModal(True)
        self._find = find
        self._changes: tuple[Change, ...] = ()
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
            line.textChanged.connect(self._look)
        self.exact.toggled.connect(self._look)
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

    def changes(self) -> tuple[Change, ...]:
        """Return the changes that are ticked."""
        ticked = (self._item(row).checkState(_WHERE) is Qt.CheckState.Checked for row in range(len(self._changes)))
        return tuple(change for change, on in zip(self._changes, ticked, strict=True) if on)

    def lines(self) -> tuple[str, ...]:
        """Return the preview as it can be read: 「格：改动」."""
        items = (self._item(row) for row in range(len(self._changes)))
        return tuple(f"{item.text(_WHERE)}：{item.text(_TEXT)}" for item in items)

    def untick(self, row: int) -> None:
        """Leave a cell as it is."""
        self._item(row).setCheckState(_WHERE, Qt.CheckState.Unchecked)

    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def accept(self) -> None:
        """Hand over what is ticked; without anything the dialog stays."""
        chosen = self.changes()
        if chosen:
            super().accept()
            self.confirmed.emit(chosen)

    def _item(self, row: int) -> QTreeWidgetItem:
        item = self._list.topLevelItem(row)
        if item is None:
            raise IndexError(row)
        return item

    def _look(self) -> None:
        """Something else is looked for: show what would change now."""
        rule = Rule(self.wanted.text(), self.by.text(), exact=self.exact.isChecked())
        self._changes = self._find(rule)
        self._list.blockSignals(True)
        self._list.clear()
        self._list.addTopLevelItems([_item_of(change) for change in self._changes])
        self._list.blockSignals(False)
        self._count()

    def _count(self) -> None:
        """Say on the button and in the foot how much would change."""
        chosen = self.changes()
        hits = sum(change.hits for change in chosen)
        self._replace.setText(f"替换 {hits} 处" if hits else "替换")
        self._replace.setEnabled(bool(hits))
        nothing = f"没有要换的“{self.wanted.text()}”" if self.wanted.text() and not self._changes else ""
        self._foot.show_hint(f"{len(chosen)} 格里有 {hits} 处。换好以后可以撤销。" if hits else nothing)


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
