"""关于 (about): name and version, where the data lie, and whose work the program builds on, each with the text of its licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out
from ui.regions import largest_on
from ui.widgets.words import copyable_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ui.licences import Part

WIDTH, HEIGHT = 820, 600
_LICENCE: Final = 3  # its column
_HEADS: Final = ("组成", "用处", "版本", "许可")


class AboutDialog(QDialog):
    """``lines`` are the sentences under the name; ``parts`` is what the program brings along."""

    def __init__(self, lines: Iterable[str], parts: tuple[Part, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        self.setModal(True)
        self._parts = parts
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setSpacing(theme.px(self.font(), 8))
        column.addWidget(heading(self, "绩效填报台"))
        for words in lines:
            column.addWidget(copyable_words(body, words))
        self.list, self.text = self._build_list(), self._build_text()
        column.addWidget(self.list, 2)
        column.addWidget(self.text, 3)  # below: the texts are set in long lines
        close = foot_button("关闭", primary=True)
        close.clicked.connect(self.accept)
        foot = Foot(self, (close,))
        foot.show_hint("点一项，下面是它的许可全文")
        lay_out(self, body, foot)
        wanted = QSize(theme.px(self.font(), WIDTH), theme.px(self.font(), HEIGHT))
        self.resize(wanted.boundedTo(largest_on(parent.screen())))
        self.list.setCurrentItem(self.list.topLevelItem(0))

    def _build_list(self) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName("本程序的组成和许可")
        tree.setProperty("box", "float")
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setHeaderLabels(_HEADS)
        tree.addTopLevelItems([_line(one) for one in self._parts])
        tree.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(
            _LICENCE, QHeaderView.ResizeMode.Stretch
        )  # a long one is cut short, never scrolled
        tree.currentItemChanged.connect(self._show_text)
        return tree

    def _build_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setAccessibleName("许可全文")
        return text

    def _show_text(self, item: QTreeWidgetItem) -> None:
        self.text.setPlainText(self._parts[self.list.indexOfTopLevelItem(item)].text())


def _line(part: Part) -> QTreeWidgetItem:
    """Return the line of one part; the whole of its licence is its hint."""
    item = QTreeWidgetItem([part.name, part.use, part.version, part.licence])
    item.setToolTip(_LICENCE, part.licence)
    return item
