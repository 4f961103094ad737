"""这一格是… (field chooser): the fields of the form with what stands in them, to be chosen for a cell of the source file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from perfdesk.errors import excerpt
from perfdesk.pinyin import finds
from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out, named_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from perfdesk.sheet import Cell

NOTHING: Final = "不导入这一格"
_BINDING: Final = Qt.ItemDataRole.UserRole + 1
_WIDTH, _HEIGHT = 520, 520


class FieldDialog(QDialog):
    """The chooser. ``confirmed`` carries the Binding of a field, ``None`` where the cell is not to be imported."""

    confirmed = Signal(object)

    def __init__(self, address: str, text: str, cells: Iterable[Cell], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("这一格是…")
        self.setModal(True)
        self.search = named_line("找格", "", self, placeholder="找格：名称或拼音首字母")
        self.list = QListWidget(self)
        self.list.setAccessibleName("表上的格")
        self._add(NOTHING, None)
        for cell in cells:
            if cell.binding is not None:
                there = f"（现在：{excerpt(cell.text, 16)}）" if cell.text.strip() else ""
                self._add(f"{cell.where}{there}", cell.binding)
        self.list.setCurrentRow(0)
        words = f"{address}　“{excerpt(text, 40)}”" if text.strip() else f"{address}　空白"
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), theme.SPACING[4]))
        column.addWidget(heading(self, "这一格是表上的哪一格？"))
        label = QLabel(words, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("ink", "2")
        column.addWidget(label)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        cancel, choose = foot_button("取消"), foot_button("就是这一格", primary=True)
        cancel.clicked.connect(self.reject)
        choose.clicked.connect(self.accept)
        foot = Foot(self, (cancel, choose))
        foot.show_hint("同样版式的文件以后照此办理")
        lay_out(self, body, foot)
        self.search.textChanged.connect(self._filter)
        self.list.itemDoubleClicked.connect(self._take)
        self.resize(theme.px(self.font(), _WIDTH), theme.px(self.font(), _HEIGHT))
        self.search.setFocus()

    def _add(self, words: str, binding: object) -> None:
        item = QListWidgetItem(words, self.list)
        item.setData(_BINDING, binding)

    def _filter(self, wanted: str) -> None:
        """Keep what contains the words or their initials; the first one that is left becomes current."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(not finds(item.text(), wanted))
        rows = (row for row in range(self.list.count()) if not self.list.item(row).isHidden())
        self.list.setCurrentRow(next(rows, -1))

    def _take(self, _item: QListWidgetItem) -> None:
        self.accept()

    def choose(self, words: str) -> None:
        """Make the first field current whose words begin so."""
        self.search.setText(words)

    def accept(self) -> None:
        """Hand the field over; nothing while none is current."""
        item = self.list.currentItem()
        if self.list.currentRow() >= 0 and not item.isHidden():
            super().accept()
            self.confirmed.emit(item.data(_BINDING))
