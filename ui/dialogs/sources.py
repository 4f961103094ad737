"""选一张表 (sources): from which goal table a form takes over. It takes nothing itself; ``chosen`` carries the row."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLabel, QListWidget, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out

_HEIGHT = 320


class SourcesDialog(QDialog):
    """The list of forms to take over from. ``names`` are shown as they are; the first one is current."""

    chosen = Signal(int)

    def __init__(self, names: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("取目标表")
        self.setModal(True)
        self._list = QListWidget(self)
        self._list.setAccessibleName("可取的表")
        self._list.addItems(list(names))
        take = foot_button("取来", primary=True)
        take.clicked.connect(self.accept)
        close = foot_button("取消")
        close.clicked.connect(self.reject)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.addWidget(heading(self, "取哪一张表的目标"))
        advice = QLabel("只填本表的空格和没动过的行，填过的不动。", body)
        advice.setProperty("ink", "2")
        column.addWidget(advice)
        column.addWidget(self._list, 1)
        lay_out(self, body, Foot(self, (close, take)))
        self._list.setCurrentRow(0)
        self._list.itemActivated.connect(self.accept)
        self.resize(theme.px(self.font(), WIDTH), theme.px(self.font(), _HEIGHT))

    def accept(self) -> None:
        """Name the chosen form."""
        super().accept()
        self.chosen.emit(self._list.currentRow())
