"""填入财政局的表 (filling dialog): what would go into which cell and what would not, before anything is written.

It shows results and asks; it fills nothing. ``again_asked`` wants other answers tried, ``confirmed`` wants the file.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.filling import Outcome
from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out
from ui.regions import largest_on
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from perfdesk.exchange.xlsx.filling import Filling
    from perfdesk.filling import Result

LEFT, ALL = "没有填的", "全部"
_COLUMNS: Final = ("格", "项", "本表的内容", "结果")
_CELL, _NAME, _TEXT, _RESULT = range(4)
_DONE: Final = (Outcome.FILLED, Outcome.SAME)
_SIZE: Final = QSize(940, 580)


class FillingDialog(QDialog):
    """The list of a filling. ``again_asked`` carries whether to overwrite and whether the file is one of the system's."""

    again_asked = Signal(bool, bool)
    confirmed = Signal()

    def __init__(self, name: str, form: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("填入财政局的表")
        self.setModal(True)
        self._results: tuple[Result, ...] = ()
        self.list = QTreeWidget(self)
        self.filter = Segments("看哪些格", (LEFT, ALL), self)
        self.overwrite = QCheckBox("表里已有的内容也换成本表的（公式不动）", self)
        self.system = QCheckBox("是系统导入用的表：指标里带 * _ - 的不填，列出来改", self)
        self._notes = QLabel(self)
        self._write = foot_button("写成文件…", primary=True)
        self._build(name, form)
        self.filter.chosen.connect(self._show_lines)
        for box in (self.overwrite, self.system):
            box.toggled.connect(self._ask_again)

    def show_filling(self, filling: Filling) -> None:
        """Show what would become of every text."""
        self._results = filling.results
        count = Counter(one.outcome for one in filling.results)
        left = sum(one.outcome not in _DONE for one in filling.results)
        self.filter.set_words(LEFT, f"{LEFT} {left}")
        self.filter.set_words(ALL, f"{ALL} {len(filling.results)}")
        self._notes.setText("\n".join(filling.notes))
        self._notes.setVisible(bool(filling.notes))
        same = f"，{count[Outcome.SAME]} 格原来就是" if count[Outcome.SAME] else ""
        self._foot.show_hint(f"能填 {count[Outcome.FILLED]} 格{same}，{left} 处填不进。财政局的原文件不动")
        self._write.setEnabled(count[Outcome.FILLED] > 0)
        if not left and self.filter.current() == LEFT:
            self.filter.choose(ALL)
        self._show_lines()

    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the lines that are shown."""
        items = (self.list.topLevelItem(at) for at in range(self.list.topLevelItemCount()))
        return tuple(tuple(item.text(column) for column in range(len(_COLUMNS))) for item in items)

    def accept(self) -> None:
        """Ask for the file; the dialog stays until it is written."""
        if self._write.isEnabled():
            self.confirmed.emit()

    def _build(self, name: str, form: str) -> None:
        self.list.setColumnCount(len(_COLUMNS))
        self.list.setHeaderLabels(_COLUMNS)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName("各格的结果")
        head = self.list.header()
        head.setStretchLastSection(True)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        for at, width in ((_CELL, 110), (_NAME, 250), (_TEXT, 220)):
            head.resizeSection(at, theme.px(self.font(), width))
        self._notes.setWordWrap(True)
        self._notes.setProperty("ink", "2")
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, f"把“{form}”填进“{name}”"))
        column.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.list, 1)
        for part in (self._notes, self.overwrite, self.system):
            column.addWidget(part)
        cancel = foot_button("取消")
        cancel.clicked.connect(self.reject)
        self._write.clicked.connect(self.accept)
        self._foot = Foot(self, (cancel, self._write))
        lay_out(self, body, self._foot)
        room = largest_on(self.screen())
        self.resize(QSize(*(theme.px(self.font(), one) for one in (_SIZE.width(), _SIZE.height()))).boundedTo(room))

    def _show_lines(self, *_key: str) -> None:
        only_left = self.filter.current() == LEFT
        self.list.clear()
        for one in self._results:
            if only_left and one.outcome in _DONE:
                continue
            said = f"{one.outcome.value}：{one.why}" if one.why else one.outcome.value
            item = QTreeWidgetItem((one.address or "—", one.name, one.text.replace("\n", " "), said))
            item.setSizeHint(_CELL, QSize(0, theme.px(self.font(), theme.BUTTON_CARD)))
            for column, text in enumerate((one.address, one.name, one.text, said)):
                item.setToolTip(column, text)
            self.list.addTopLevelItem(item)

    def _ask_again(self, *_checked: bool) -> None:
        self.again_asked.emit(self.overwrite.isChecked(), self.system.isChecked())
