"""开始页 (start page): what the desk shows when no form is open: how to go on, or how to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.looks import set_look

if TYPE_CHECKING:
    from ui.lines import Line


class StartPage(QWidget):
    """The desk without a form: how to go on, or how to begin."""

    new_asked = Signal()
    import_asked = Signal()
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = ""
        self._ready = False
        self._build()
        self.show_state(ready=False, lines=(), last=None, read_only=False)

    def show_state(self, *, ready: bool, lines: tuple[Line, ...], last: Line | None, read_only: bool) -> None:
        """Say what there is: no store yet, no form yet, or a form to go on with."""
        self._last = last.id if last is not None else ""
        self._fact.setText(_fact(ready=ready, lines=lines, last=last))
        self._advice.setText(_advice(ready=ready, lines=lines, last=last, read_only=read_only))
        self._go_on.setVisible(last is not None)
        if last is not None:
            name = self.fontMetrics().elidedText(last.name, Qt.TextElideMode.ElideRight, theme.px(self.font(), 260))
            self._go_on.setText(f"{'查看' if read_only else '接着填'}“{name}”")
        for button in (self._new, self._import):
            button.setVisible(ready and not read_only)
        set_look(self._new, "primary", "true" if last is None else "false")
        if ready and not self._ready and self.isVisible():
            self.take_focus()
        self._ready = ready

    def take_focus(self) -> None:
        """Give the keyboard to the button that is most likely wanted; Enter presses it."""
        (self._go_on if self._last else self._new).setFocus(Qt.FocusReason.OtherFocusReason)

    def texts(self) -> tuple[str, str]:
        """Return the fact and the advice as shown."""
        return self._fact.text(), self._advice.text()

    def _build(self) -> None:
        card = QFrame(self)
        card.setProperty("box", "empty")
        card.setMaximumWidth(theme.px(self.font(), 560))
        self._fact, self._advice = QLabel(card), QLabel(card)
        self._fact.setProperty("role", "title")
        self._advice.setProperty("ink", "2")
        self._go_on, self._new, self._import = QPushButton(card), QPushButton("新建表…"), QPushButton("导入…")
        set_look(self._go_on, "primary", "true")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(self.font(), 10))
        for button in (self._go_on, self._new, self._import):
            button.setAutoDefault(True)  # outside of dialogs this is what makes Enter press a button
            buttons.addWidget(button)
        column = QVBoxLayout(card)
        column.setContentsMargins(*(theme.px(self.font(), 28) for _side in range(4)))
        column.setSpacing(theme.px(self.font(), 10))
        for label in (self._fact, self._advice):
            column.addWidget(label, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(buttons)
        column.setAlignment(buttons, Qt.AlignmentFlag.AlignHCenter)
        whole = QVBoxLayout(self)
        whole.addWidget(card, 0, Qt.AlignmentFlag.AlignCenter)
        self._go_on.clicked.connect(self._choose_last)
        self._new.clicked.connect(self.new_asked)
        self._import.clicked.connect(self.import_asked)

    def _choose_last(self) -> None:
        self.chosen.emit(self._last)


def _fact(*, ready: bool, lines: tuple[Line, ...], last: Line | None) -> str:
    if not ready:
        return "正在打开数据文件"
    if not lines:
        return "还没有表"
    year = last.year if last is not None else max(line.year for line in lines)
    return f"{year} 年度有 {sum(line.year == year for line in lines)} 张表"


def _advice(*, ready: bool, lines: tuple[Line, ...], last: Line | None, read_only: bool) -> str:
    if not ready:
        return "马上就好"
    if read_only:
        return "现在只查看，不能改。从左边的列表里选一张表"
    if not lines:
        return "可以按表样新建，也可以导入以前导出的表"
    return "接着上次的填，或者从左边的列表里另选一张" if last else "从左边的列表里选一张表"
