"""帮助 (help): the list of keys, and what this program is."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out

WIDTH, HEIGHT = 620, 560


class KeysDialog(QDialog):
    """All keys, those of the sheet first."""

    def __init__(self, keys: Iterable[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("键盘一览")
        page = QWidget()
        grid = QGridLayout(page)
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(theme.px(self.font(), 20))
        for row, (stroke, words) in enumerate(keys):
            key = QLabel(stroke, page)
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
