"""找回清单 (salvage): after a damaged data file was put together again: which form came back from where, to read, copy and keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.store.salvagelist import further, headline, ordered, where_from, whole_text
from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out
from ui.widgets.words import copyable_words

if TYPE_CHECKING:
    from perfdesk.store.salvage import Salvaged

_WIDTH, _HEIGHT = 760, 460


class SalvageDialog(QDialog):
    """The list, what needs looking at first. ``form_chosen`` carries the id of a form to open, ``file_wanted`` the text to keep.

    ``print_wanted``: the list on paper.
    """

    form_chosen = Signal(str)
    file_wanted = Signal(str)
    print_wanted = Signal()

    def __init__(self, done: Salvaged, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("找回清单")
        self.setModal(True)
        self._text = whole_text(done)
        self._list = _table(done, self)
        self._list.itemActivated.connect(self._choose)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setSpacing(theme.px(self.font(), 8))
        column.addWidget(heading(self, headline(done)))
        column.addWidget(copyable_words(body, "\n".join(further(done)), ink="2"))
        column.addWidget(self._list, 1)
        copy, keep, close = foot_button("复制清单"), foot_button("存成文件…"), foot_button("知道了", primary=True)
        paper = foot_button("打印…")
        paper.clicked.connect(self.print_wanted)
        copy.clicked.connect(self.copy)
        keep.clicked.connect(self._keep)
        close.clicked.connect(self.accept)
        self._foot = Foot(self, (copy, keep, paper, close))
        self._foot.show_hint("双击一行，打开那张表")
        lay_out(self, body, self._foot)
        self.resize(theme.px(self.font(), _WIDTH), theme.px(self.font(), _HEIGHT))

    def lines(self) -> tuple[str, ...]:
        """Return the lines of the list as they can be read."""
        items = map(self._list.topLevelItem, range(self._list.topLevelItemCount()))
        return tuple("　".join(one.text(at) for at in range(3)) for one in items)

    def activate(self, row: int) -> None:
        """Do what Enter on a line does."""
        self._choose(self._list.topLevelItem(row))

    def copy(self) -> None:
        """复制清单."""
        QGuiApplication.clipboard().setText(self._text)
        self._foot.show_hint("清单已复制，可以粘贴到文档里")

    def _keep(self) -> None:
        self.file_wanted.emit(self._text)

    def _choose(self, item: QTreeWidgetItem) -> None:
        found = item.data(0, Qt.ItemDataRole.UserRole)
        if found:
            self.accept()
            self.form_chosen.emit(str(found))


def _table(done: Salvaged, parent: QWidget) -> QTreeWidget:
    table = QTreeWidget(parent)
    table.setAccessibleName("找回清单")
    table.setHeaderLabels(["年度", "表", "来自"])
    table.setRootIsDecorated(False)
    table.setUniformRowHeights(True)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    for one in ordered(done):
        item = QTreeWidgetItem(table, [str(one.year or "不明"), one.name or "名称不明", where_from(one)])
        item.setData(0, Qt.ItemDataRole.UserRole, one.record_id if one.name else "")
        for at in range(3):
            item.setToolTip(at, item.text(at))
    head = table.header()
    head.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
    head.setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
    head.resizeSection(1, theme.px(parent.font(), 260))
    table.setCurrentItem(table.topLevelItem(0))
    return table
