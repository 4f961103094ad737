"""回收站 (bin): what was deleted, for how many more days, and taking it back. It restores nothing; ``wanted`` carries the id."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out

if TYPE_CHECKING:
    from ui.lines import Thrown

_ID: Final = Qt.ItemDataRole.UserRole
_ADVICE: Final = "满 30 天的在启动时清除，清除前先备份数据文件。"
_EMPTY: Final = "删除的表会先放在这里，30 天内可以取回。"


class BinDialog(QDialog):
    """The list, the latest first."""

    wanted = Signal(str)

    def __init__(self, forms: tuple[Thrown, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("回收站")
        self.setModal(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName("回收站")
        self._list.setSpacing(theme.px(self.font(), 2))
        for one in forms:
            item = QListWidgetItem(f"{one.name}（{one.year}）\n{_days(one)}", self._list)
            item.setData(_ID, one.id)
        self._back = foot_button("取回", primary=True)
        self._back.setEnabled(bool(forms))
        self._back.clicked.connect(self.accept)
        close = foot_button("关闭")
        close.clicked.connect(self.reject)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.addWidget(heading(self, f"回收站里有 {len(forms)} 张表" if forms else "回收站是空的"))
        advice = QLabel(_ADVICE if forms else _EMPTY, body)
        advice.setProperty("ink", "2")
        column.addWidget(advice)
        column.addWidget(self._list, 1)
        lay_out(self, body, Foot(self, (close, self._back)))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self.accept)
        self._show_room(any_there=bool(forms))

    def entries(self) -> tuple[str, ...]:
        """Return the lines as they can be read."""
        return tuple(self._list.item(row).text() for row in range(self._list.count()))

    def _show_room(self, *, any_there: bool) -> None:
        """An empty bin is a sentence, not a large white box."""
        for part in (self._list, self._back):
            part.setVisible(any_there)
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


def _days(one: Thrown) -> str:
    """Say when a form was deleted and how long it can be taken back: 「3月18日删除，还剩 12 天」."""
    deleted = f"{one.deleted.month}月{one.deleted.day}日删除，" if one.deleted is not None else ""
    if one.days is None:
        return f"{deleted}{one.year} 年只供查看，先不清除"
    if one.days > 0:
        return f"{deleted}还剩 {one.days} 天"
    return f"{deleted}{'今天是最后一天' if one.days == 0 else '已满 30 天，下次启动时清除'}"
