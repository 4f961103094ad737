"""键盘一览 (keys): the list of all keys, in a dialog of its own."""

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
        self.setModal(True)
        close = foot_button("关闭", primary=True)
        close.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (close,)))
        self.resize(theme.px(self.font(), WIDTH), theme.px(self.font(), HEIGHT))
