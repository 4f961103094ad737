"""回收站 (bin): what was deleted, and taking it back. It restores nothing itself; ``wanted`` carries the id."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out

_ID: Final = Qt.ItemDataRole.UserRole


class BinDialog(QDialog):
    """The list. ``forms`` are id and name, the latest first."""

    wanted = Signal(str)

    def __init__(self, forms: tuple[tuple[str, str], ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("回收站")
        self.setModal(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName("回收站")
        for record_id, name in forms:
            item = QListWidgetItem(name, self._list)
            item.setData(_ID, record_id)
        self._back = foot_button("取回", primary=True)
        self._back.setEnabled(bool(forms))
        self._back.clicked.connect(self.accept)
        close = foot_button("关闭")
        close.clicked.connect(self.reject)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.addWidget(heading(self, f"回收站里有 {len(forms)} 张表" if forms else "回收站是空的"))
        self._advice = QLabel("删除的表会先放在这里，可以取回。", body)
        self._advice.setProperty("ink", "2")
        column.addWidget(self._advice)
        column.addWidget(self._list, 1)
        lay_out(self, body, Foot(self, (close, self._back)))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self.accept)
        self._show_room(any_there=bool(forms))

    def _show_room(self, *, any_there: bool) -> None:
        """An empty bin is a sentence, not a large white box."""
        for part in (self._list, self._back):
            part.setVisible(any_there)
        self._advice.setVisible(not any_there)
        width = theme.px(self.font(), WIDTH)
        if any_there:
            self.resize(width, theme.px(self.font(), 360))
        else:
            self.setFixedWidth(width)

    def accept(self) -> None:
        """Ask for the chosen form."""
        item = self._list.currentItem()
        super().accept()
        if item is not None:
            self.wanted.emit(str(item.data(_ID)))
