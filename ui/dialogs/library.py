"""指标库, 常用说明 (library): lists to choose from. They change nothing; ``confirmed`` carries what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHeaderView,
    QLabel,
    QListWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs.frame import WIDTH, Foot, foot_button, heading, lay_out
from ui.widgets.search import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from perfdesk.library import Entry, Reason

_WIDTH, _HEIGHT = 860, 560
_COLUMNS: Final = ("三级指标", "二级指标", "指标值", "用过")
_NAME, _LEVEL2, _TARGET, _USED = range(4)
_ENTRY: Final = Qt.ItemDataRole.UserRole


class LibraryDialog(QDialog):
    """The indicators by group, with a search and a tick before each. ``confirmed`` carries the entries and whether with targets.

    ``list_asked`` carries the entries that are found, to be written into a file.
    """

    confirmed = Signal(object, bool)
    list_asked = Signal(object)

    def __init__(
        self,
        entries: tuple[Entry, ...],
        *,
        found: Callable[[str], tuple[Entry, ...]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("指标库")
        self.setModal(True)
        self._found, self._ticked = found, dict.fromkeys(entries, False)
        self.search = SearchField("查指标，可用拼音，如 援助 myd", parent=self)
        self.tree = QTreeWidget(self)
        self.targets = QCheckBox("带上上次的指标值", self)
        self.targets.setChecked(True)
        self._put = foot_button("插入", primary=True)
        self._build()
        self.search.textChanged.connect(self._fill)
        self.tree.itemChanged.connect(self._tick)
        self._fill("")
        self.search.setFocus()

    def chosen(self) -> tuple[Entry, ...]:
        """Return the ticked entries, in the order of the library."""
        return tuple(entry for entry, ticked in self._ticked.items() if ticked)

    def accept(self) -> None:
        """Hand the ticked entries over."""
        if self.chosen():
            super().accept()
            self.confirmed.emit(self.chosen(), self.targets.isChecked())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow down leads from the search into the list."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.tree.setFocus()
            if self.tree.topLevelItemCount():
                self.tree.setCurrentItem(self.tree.topLevelItem(0).child(0))
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        self.tree.setColumnCount(len(_COLUMNS))
        self.tree.setHeaderLabels(_COLUMNS)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName("指标")
        head = self.tree.header()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for at, width in ((_LEVEL2, 170), (_TARGET, 130), (_USED, 150)):
            head.resizeSection(at, theme.px(self.font(), width))
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, "从指标库插入"))
        column.addWidget(self.search)
        column.addWidget(self.tree, 1)
        column.addWidget(self.targets)
        export, cancel = foot_button("导出列表…"), foot_button("取消")
        export.clicked.connect(self._ask_list)
        cancel.clicked.connect(self.reject)
        self._put.clicked.connect(self.accept)
        self._foot = Foot(self, (export, cancel, self._put))
        lay_out(self, body, self._foot)
        self.resize(theme.px(self.font(), _WIDTH), theme.px(self.font(), _HEIGHT))

    def _fill(self, words: str) -> None:
        """Show what the search finds, by group; ticks stay."""
        room = QSize(0, theme.px(self.font(), theme.BUTTON_CARD))
        self.tree.blockSignals(True)
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for entry in self._found(words):
            if entry.group not in groups:
                groups[entry.group] = _group(entry.group)
                groups[entry.group].setSizeHint(_NAME, room)
                self.tree.addTopLevelItem(groups[entry.group])
            line = _line(entry, ticked=self._ticked[entry])
            line.setSizeHint(_NAME, room)
            groups[entry.group].addChild(line)
        for at, item in enumerate(groups.values()):
            item.setText(_NAME, f"{item.text(_NAME)}（{item.childCount()}）")
            item.setExpanded(at == 0 or bool(words.strip()))
        self.tree.blockSignals(False)
        self._tell()

    def _ask_list(self) -> None:
        self.list_asked.emit(self._found(self.search.text()))

    def _tick(self, item: QTreeWidgetItem) -> None:
        entry = item.data(_NAME, _ENTRY)
        if entry is not None:
            self._ticked[entry] = item.checkState(_NAME) is Qt.CheckState.Checked
            self._tell()

    def _tell(self) -> None:
        count = len(self.chosen())
        self._put.setEnabled(bool(count))
        self._put.setText(f"插入 {count} 项" if count else "插入")
        self._foot.show_hint(
            "本表已有的不重复插入；分值由填报人定" if self.tree.topLevelItemCount() else "没有这样的指标"
        )


def _group(name: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem((name,))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    item.setFirstColumnSpanned(True)
    return item


def _line(entry: Entry, *, ticked: bool) -> QTreeWidgetItem:
    used = f"{entry.uses} 次，{entry.year} 年" if entry.uses else ""
    item = QTreeWidgetItem((entry.indicator.name, entry.indicator.level2, entry.usual, used))
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(_NAME, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    item.setData(_NAME, _ENTRY, entry)
    item.setToolTip(_NAME, f"{entry.indicator.name}\n{entry.project}".strip())
    return item


class ReasonsDialog(QDialog):
    """The wordings of a 偏差原因. ``confirmed`` carries the chosen text."""

    confirmed = Signal(str)

    def __init__(self, reasons: tuple[Reason, ...], *, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("常用说明")
        self.setModal(True)
        self._reasons = reasons
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(self.font(), 4))
        self.list.setAccessibleName("说明")
        self.list.addItems([f"{one.group}：{one.text}" for one in reasons])
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(self.accept)
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, "插入一段说明"))
        advice = QLabel("写进当前的格，接在原有的字后面；写进去以后请照实情改。", body)
        advice.setProperty("ink", "2")
        column.addWidget(advice)
        column.addWidget(self.list, 1)
        cancel, put = foot_button("取消"), foot_button("插入", primary=True)
        cancel.clicked.connect(self.reject)
        put.clicked.connect(self.accept)
        lay_out(self, body, Foot(self, (cancel, put)))
        self.resize(theme.px(self.font(), WIDTH + 120), theme.px(self.font(), 420))

    def accept(self) -> None:
        """Hand the chosen text over."""
        row = self.list.currentRow()
        if row >= 0:
            super().accept()
            self.confirmed.emit(self._reasons[row].text)
