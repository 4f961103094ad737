"""帮助 (help): the list of keys, and what this program is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out

WIDTH, HEIGHT = 620, 560
SHEET_KEYS: Final = (
    ("Tab / Shift+Tab", "下一个、上一个要填的格"),
    ("Enter / Shift+Enter", "同一列的下一格、上一格"),
    ("方向键 Home End", "在表上移动；Ctrl+Home、Ctrl+End 到头、到尾"),
    ("直接打字", "重新填这一格（中文输入法从第一个键起都有效）"),
    ("F2", "改这一格；在算得的格上是改填"),
    ("Backspace / Del", "清空再填 / 清空"),
    ("Esc", "放弃这一格的修改"),
    ("Alt+Enter", "格内换行"),
    ("Ctrl+;", "填今天的日期"),
    ("Alt+↓", "取上年同一格的值；有可选的词、日历时打开它们"),
    ("Ctrl+D", "向下填充"),
    ("Ctrl+C X V", "复制、剪切、粘贴（可与 Excel、WPS 互贴）"),
    ("Ctrl+Shift+V", "只贴文字"),
    ("Ctrl+滚轮", "缩放"),
    ("Shift+F10", "这一格的菜单"),
)


class KeysDialog(QDialog):
    """All keys, those of the sheet first."""

    def __init__(self, commands: Iterable[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("键盘一览")
        page = QWidget()
        grid = QGridLayout(page)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(theme.px(self.font(), 20))
        for row, (keys, words) in enumerate((*SHEET_KEYS, *commands)):
            key = QLabel(keys, page)
            key.setProperty("role", "key")
            grid.addWidget(key, row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(QLabel(words, page), row, 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.addWidget(heading(self, "不用鼠标也能填完一张表"))
        column.addWidget(area, 1)
        _finish(self, body)
        self.resize(theme.px(self.font(), WIDTH), theme.px(self.font(), HEIGHT))


class AboutDialog(QDialog):
    """Name, version, where the data lie, and whose work the program builds on."""

    def __init__(self, lines: Iterable[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, "绩效填报台"))
        for words in lines:
            label = QLabel(words, body)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        column.addStretch(1)  # what is left over goes below, not between the lines
        _finish(self, body)
        self.setMinimumWidth(theme.px(self.font(), 460))


def _finish(dialog: QDialog, body: QWidget) -> None:
    """Put the one button below."""
    dialog.setModal(True)
    close = foot_button("关闭", primary=True)
    close.clicked.connect(dialog.accept)
    lay_out(dialog, body, Foot(dialog, (close,)))
