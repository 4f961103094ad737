"""空年度 (empty year): what stands in place of the table of a year that has no forms yet. It asks; others do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme


class EmptyYear(QWidget):
    """Says that there is nothing, and the three ways to begin. ``roll_asked`` carries the year to begin from.

    It stands in the frame of the table and has none of its own.
    """

    roll_asked = Signal(int)
    import_asked = Signal()
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = 0
        self._fact, self._advice = QLabel(self), QLabel(self)
        self._roll, self._import, self._new = (QPushButton(word) for word in ("由上年建立…", "导入旧表…", "新建空表…"))
        self._build()

    def _build(self) -> None:
        self._fact.setProperty("role", "title")
        self._advice.setProperty("ink", "2")
        self._roll.setProperty("primary", "true")
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), theme.SPACING[4]))
        row.addStretch(1)
        for button, told in (
            (self._roll, self._ask_roll),
            (self._import, self.import_asked.emit),
            (self._new, self.new_asked.emit),
        ):
            button.setAutoDefault(True)  # outside of dialogs this is what makes Enter press a button
            button.clicked.connect(told)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(self.font(), theme.SPACING[4]))
        column.addStretch(1)
        for label in (self._fact, self._advice):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(row)
        column.addStretch(2)

    def show_year(self, year: int, *, before: int, forms: int, read_only: bool) -> None:
        """Say that ``year`` has no forms, and that it can be made of those of the year ``before``."""
        self._before = before
        self._fact.setText(f"{year} 年还没有表")
        way = f"可以由 {before} 年的 {forms} 张表建立，内容逐项选择。"
        self._advice.setText("现在只能查看，不能建立。" if read_only else way)
        for button in (self._roll, self._import, self._new):
            button.setEnabled(not read_only)

    def texts(self) -> tuple[str, str]:
        """Return the fact and the advice."""
        return self._fact.text(), self._advice.text()

    def take_focus(self) -> None:
        """Give the keyboard to the way that most take."""
        self._roll.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_roll(self) -> None:
        self.roll_asked.emit(self._before)
