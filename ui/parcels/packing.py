"""写出数据包 (packing): asks for the years, the office and the folder. ``confirmed`` carries the answer; it writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out, named_line, with_chooser

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.dialogs.service import Dialogs

_YEAR: Final = Qt.ItemDataRole.UserRole
_HEIGHT: Final = 150  # px of the list of years
_ADVICE: Final = "把几年的表、版本和自己的表样、计分办法装进一个文件，用 U 盘带到别的电脑，或交上级汇总。"


class PackChoice(NamedTuple):
    """The years, whose forms they are, and the folder to put the package in."""

    years: tuple[int, ...]
    office: str
    folder: Path


class PackDialog(QDialog):
    """The questions. ``counts`` are the forms of each year; ``receive_asked``: a package is to be taken in instead."""

    confirmed = Signal(object)
    receive_asked = Signal()

    def __init__(
        self, counts: Mapping[int, int], year: int, *, office: str, folder: Path, dialogs: Dialogs, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("数据包")
        self.setModal(True)
        self.years = QListWidget(self)
        self.office = named_line("单位", office, self, placeholder="收的人靠它分清是谁的表")
        self.folder = named_line("存放到", str(folder), self)
        self._pack = foot_button("写出", primary=True)
        self._build(dialogs)
        self._fill(counts, year)
        self.years.itemChanged.connect(self._tell)
        self.folder.textChanged.connect(self._tell)
        self._tell()
        self.years.setFocus()

    def choice(self) -> PackChoice:
        """Return what is answered so far."""
        items = (self.years.item(row) for row in range(self.years.count()))
        years = sorted(int(one.data(_YEAR)) for one in items if one.checkState() is Qt.CheckState.Checked)
        return PackChoice(tuple(years), self.office.text().strip(), Path(self.folder.text()))

    def tick(self, year: int, *, on: bool) -> None:
        """Choose a year, or not."""
        for row in range(self.years.count()):
            if self.years.item(row).data(_YEAR) == year:
                self.years.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    def button_text(self) -> str:
        """Return what the button says it does."""
        return self._pack.text()

    def accept(self) -> None:
        """Hand the answer over."""
        if self._pack.isEnabled():
            super().accept()
            self.confirmed.emit(self.choice())

    def _build(self, dialogs: Dialogs) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 14))
        column.addWidget(heading(self, "写出数据包"))
        advice = QLabel(_ADVICE, body)
        advice.setProperty("ink", "2")
        advice.setWordWrap(True)
        column.addWidget(advice)
        self.years.setAccessibleName("年度")
        self.years.setMinimumHeight(theme.px(self.font(), _HEIGHT))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 10))
        form.addRow(QLabel("年度", body), self.years)
        form.addRow(QLabel("单位", body), self.office)
        form.addRow(QLabel("存放到", body), with_chooser(self.folder, dialogs))
        column.addLayout(form)
        receive, cancel = foot_button("收进数据包…"), foot_button("取消")
        receive.clicked.connect(self._ask_receive)
        cancel.clicked.connect(self.reject)
        self._pack.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (receive, cancel, self._pack)))
        self.setMinimumWidth(theme.px(self.font(), WIDTH + 60))

    def _fill(self, counts: Mapping[int, int], year: int) -> None:
        for one in sorted(counts, reverse=True):
            item = QListWidgetItem(f"{one} 年度，{counts[one]} 张表", self.years)
            item.setData(_YEAR, one)
            item.setCheckState(Qt.CheckState.Checked if one == year else Qt.CheckState.Unchecked)
        self.years.setCurrentRow(0)

    def _ask_receive(self) -> None:
        self.reject()
        self.receive_asked.emit()

    def _tell(self, *_changed: object) -> None:
        years = self.choice().years
        self._pack.setEnabled(bool(years) and bool(self.folder.text().strip()))
        self._pack.setText(f"写出 {len(years)} 年的表" if years else "写出")
