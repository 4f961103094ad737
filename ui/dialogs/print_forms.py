"""打印多张表 (print forms): asks which forms of a year are printed, in which order. ``confirmed`` says them; it prints nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out
from ui.widgets.combo import StillCombo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ID: Final = Qt.ItemDataRole.UserRole
_HEIGHT: Final = 300  # px of the list


class PrintFormsDialog(QDialog):
    """The questions. ``confirmed`` carries the year and the ids of the forms in their order.

    ``forms`` returns id and words of the forms of a year; ``ticked`` are the ids to begin with, all of them without.
    """

    confirmed = Signal(int, object)

    def __init__(
        self,
        years: Sequence[int],
        year: int,
        *,
        forms: Callable[[int], tuple[tuple[str, str], ...]],
        ticked: frozenset[str] | None,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("打印多张表")
        self.setModal(True)
        self._forms = forms
        self.years, self.list = StillCombo(self), QListWidget(self)
        self.years.setAccessibleName("年度")
        for one in years:
            self.years.addItem(f"{one} 年度", one)
        self.years.setCurrentIndex(self.years.findData(year))
        self._print = foot_button("预览", primary=True)
        self._build()
        self._fill(ticked)
        self.years.activated.connect(self._take_year)
        self.list.itemChanged.connect(self._tell)
        self.list.setFocus()

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the forms that are ticked, in their order."""
        return tuple(str(one.data(_ID)) for one in self._items() if one.checkState() is Qt.CheckState.Checked)

    def texts(self) -> tuple[str, ...]:
        """Return the words of the forms, top to bottom."""
        return tuple(one.text() for one in self._items())

    def button_text(self) -> str:
        """Return what the button says it does."""
        return self._print.text()

    def tick(self, *, on: bool) -> None:
        """全选, 全不选."""
        for one in self._items():
            one.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def shift(self, step: int) -> None:
        """Move the current form up (-1) or down (1)."""
        at = self.list.currentRow()
        if 0 <= at + step < self.list.count() and at >= 0:
            self.list.insertItem(at + step, self.list.takeItem(at))
            self.list.setCurrentRow(at + step)

    def accept(self) -> None:
        """Hand the answer over."""
        chosen = self.chosen()
        if chosen:
            super().accept()
            self.confirmed.emit(int(self.years.currentData()), chosen)

    def _tick_all(self) -> None:
        self.tick(on=True)

    def _tick_none(self) -> None:
        self.tick(on=False)

    def _shift_up(self) -> None:
        self.shift(-1)

    def _shift_down(self) -> None:
        self.shift(1)

    def _items(self) -> tuple[QListWidgetItem, ...]:
        return tuple(self.list.item(row) for row in range(self.list.count()))

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, "打印一年里的几张表"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), 8))
        row.addWidget(self.years)
        row.addStretch(1)
        for words, slot in (
            ("全选", self._tick_all),
            ("全不选", self._tick_none),
            ("上移", self._shift_up),
            ("下移", self._shift_down),
        ):
            button = QPushButton(words, body)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        column.addLayout(row)
        self.list.setAccessibleName("要打印的表，按次序")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.list.setSpacing(theme.px(self.font(), 3))
        self.list.setMinimumHeight(theme.px(self.font(), _HEIGHT))
        column.addWidget(self.list, 1)
        note = QLabel("各表照自己的页面设置，一次预览、一次打印。拖动可以换次序。", body)
        note.setProperty("ink", "2")
        column.addWidget(note)
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._print.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (cancel, self._print)))
        self.setMinimumWidth(theme.px(self.font(), WIDTH + 60))

    def _take_year(self, _index: int) -> None:
        self._fill(None)

    def _fill(self, ticked: frozenset[str] | None) -> None:
        self.list.clear()
        for record_id, words in self._forms(int(self.years.currentData())):
            item = QListWidgetItem(words, self.list)
            item.setData(_ID, record_id)
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            on = ticked is None or record_id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self._tell()

    def _tell(self, *_changed: object) -> None:
        count = len(self.chosen())
        self._print.setEnabled(bool(count))
        self._print.setText(f"预览 {count} 张表" if count else "预览")
