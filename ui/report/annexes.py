"""附表 (annexes): the year's forms, to be ticked as annexes of the report. It shows and asks; the record keeps the choice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.widgets.items import Index, cell_of
from ui.widgets.rule import hairline

_KEY: Final = Qt.ItemDataRole.UserRole + 1
NOTHING: Final = "本年还没有别的表可以附在报告后面。"
_ADVICE: Final = "勾选的表按这里的次序附在报告后面，随报告一起打印和导出。"


class Annex(NamedTuple):
    """A form that can be an annex: the name the record keeps, and the words for people."""

    key: str
    words: str


class _Boxes(QStyledItemDelegate):
    """Rows as high as those of other lists, with boxes that are seen on a dark ground."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a row."""
        return QSize(super().sizeHint(option, index).width(), theme.px(cell_of(option).font, theme.ROW_LIST))

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Have Fusion draw the frame of the box, and the current row, in the colours of other lists."""
        super().initStyleOption(option, index)
        palette = theme.framed(cell_of(option).palette)
        table = theme.tokens(palette)
        palette.setColor(QPalette.ColorRole.Highlight, theme.qcolor(table.sel))
        palette.setColor(QPalette.ColorRole.HighlightedText, theme.qcolor(table.ink))
        cell_of(option).palette = palette


class AnnexPanel(QWidget):
    """The panel. ``ticked`` carries the names of the chosen forms in their order."""

    ticked = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget(self)
        self._advice = QLabel(_ADVICE, self)
        self.setProperty("bar", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("附表")
        self._build()
        self.list.itemChanged.connect(self._tell)

    def _build(self) -> None:
        self._advice.setWordWrap(True)
        self._advice.setProperty("ink", "2")
        self._advice.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 10, 14, 10)))
        self.list.setProperty("bar", "panel")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(_Boxes(self.list))
        self.list.setAccessibleName("可附的表")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._advice)
        column.addWidget(hairline(self))
        inset = QVBoxLayout()
        inset.setContentsMargins(theme.px(self.font(), 10), theme.px(self.font(), 4), 0, 0)
        inset.addWidget(self.list)
        column.addLayout(inset, 1)

    def show_annexes(self, there: Sequence[Annex], chosen: Sequence[str], *, writable: bool) -> None:
        """Show the forms of the year; those of ``chosen`` that are not there any more are kept by their names."""
        known = {one.key for one in there}
        rows = (*there, *(Annex(key, f"{key}（本年没有这张表）") for key in chosen if key not in known))
        with QSignalBlocker(self.list):
            self.list.clear()
            for one in rows:
                item = QListWidgetItem(one.words)
                item.setData(_KEY, one.key)
                item.setToolTip(one.words)
                flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
                item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if writable else flags)
                item.setCheckState(Qt.CheckState.Checked if one.key in chosen else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        self._advice.setText(_ADVICE if rows else NOTHING)

    def chosen(self) -> tuple[str, ...]:
        """Return the names of the ticked forms."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(str(one.data(_KEY)) for one in items if one.checkState() is Qt.CheckState.Checked)

    def take_focus(self) -> None:
        """Take the keyboard (F6, 插入附表)."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _tell(self) -> None:
        self.ticked.emit(self.chosen())
