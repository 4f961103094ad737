"""导出列表 (lists): asks which list of which year is wanted. It writes nothing; ``confirmed`` carries the answer."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out
from ui.widgets.combo import StillCombo

if TYPE_CHECKING:
    from collections.abc import Sequence

ALL_YEARS: Final = 0
_HINT: Final = "下一步选文件名，Excel 或 CSV"


class Kind(Enum):
    """The lists there are. ``words`` name one; ``about`` says what a row is."""

    FORMS = ("年度总览", "每张表一行：审核、预算数、执行数、执行率、总分、等级")
    INDICATORS = ("全部指标", "每项指标一行，带着它的表、单位、得分和得分率，便于统计")
    FINDINGS = ("审核提示", "每处一行：在哪里、什么情况、怎么说明的")
    ROWS = ("汇总表和公开目录", "只要各行，不带表头和签章")
    LIBRARY = ("指标库", "用过的和常用的指标，不分年度")

    def __init__(self, words: str, about: str) -> None:
        self.words, self.about = words, about


class ListChoice(NamedTuple):
    """The list, and the year (:data:`ALL_YEARS`: all of them)."""

    kind: Kind
    year: int


class ListsDialog(QDialog):
    """The questions."""

    confirmed = Signal(object)

    def __init__(self, years: Sequence[int], year: int, *, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("导出列表")
        self.setModal(True)
        self.years = StillCombo(self)
        self.years.setAccessibleName("年度")
        for one in years:
            self.years.addItem(f"{one} 年度", one)
        self.years.addItem("所有年度", ALL_YEARS)
        self.years.setCurrentIndex(self.years.findData(year))
        self.kinds = {one: QRadioButton(one.words, self) for one in Kind}
        self._build()
        self.kinds[kind].setChecked(True)
        self.kinds[kind].setFocus()

    def choice(self) -> ListChoice:
        """Return what is answered so far."""
        kind = next(one for one, button in self.kinds.items() if button.isChecked())
        return ListChoice(kind, ALL_YEARS if kind is Kind.LIBRARY else int(self.years.currentData()))

    def accept(self) -> None:
        """Hand the answer over."""
        super().accept()
        self.confirmed.emit(self.choice())

    def _build(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 14))
        column.addWidget(heading(self, "把列表写成 Excel 或 CSV"))
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 12))
        form.addRow(QLabel("年度", body), self.years)
        form.addRow(QLabel("列表", body), self._build_kinds())
        column.addLayout(form)
        cancel, go_on = foot_button("取消"), foot_button("选文件名…", primary=True)
        cancel.clicked.connect(self.reject)
        go_on.clicked.connect(self.accept)
        foot = Foot(self, (cancel, go_on))
        foot.show_hint(_HINT)
        lay_out(self, body, foot)
        self.setMinimumWidth(theme.px(self.font(), WIDTH + 60))

    def _build_kinds(self) -> QVBoxLayout:
        """Each list with a line below it that says what a row is; a click on the line chooses nothing, a reader hears both."""
        column = QVBoxLayout()
        column.setSpacing(theme.px(self.font(), 2))
        for kind, button in self.kinds.items():
            about = QLabel(kind.about, self)
            about.setProperty("ink", "2")
            about.setIndent(theme.px(self.font(), 24))
            button.setAccessibleDescription(kind.about)
            button.toggled.connect(self._tell)
            column.addWidget(button)
            column.addWidget(about)
            column.addSpacing(theme.px(self.font(), 6))
        return column

    def _tell(self, *_checked: bool) -> None:
        """The library belongs to no year."""
        self.years.setEnabled(not self.kinds[Kind.LIBRARY].isChecked())
