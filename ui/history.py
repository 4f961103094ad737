"""版本 (history): the versions of a form in a window: a list by time, one of them beside another field by field, and 恢复.

It shows and asks; what is compared and restored is decided by whoever made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.compare.dialog import ALL, DIFFERING, standing_words
from ui.compare.table import CompareTable
from ui.dialogs.frame import Foot, foot_button, head_bar
from ui.regions import largest_on
from ui.widgets.combo import StillCombo
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from perfdesk.comparing import Comparison
    from perfdesk.model import Version

_LIST: Final = 288  # px
NOW: Final = "当前内容"
_ADVICE: Final = "选一个版本，与现在的内容或另一个版本逐格对照；恢复不会丢掉现在的内容。"
_SAME: Final = "两边每一格都相同"


class HistoryDialog(QDialog):
    """The window. ``chosen`` carries the places of two versions in the list, the second -1 for the present content.

    ``restore_asked`` carries the place of a version; ``keep_asked``: the present content is to be kept. ``take_asked`` carries the
    place of a version and a line of its comparison with the present content, whose left side is wanted. The last ``foreign``
    versions are those of the form of the year before: they are compared and taken from, not restored.
    """

    chosen = Signal(int, int)
    restore_asked = Signal(int)
    keep_asked = Signal()
    take_asked = Signal(int, object)

    def __init__(
        self, name: str, versions: tuple[Version, ...], *, foreign: int = 0, locked: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("版本")
        self.setModal(True)
        self._versions, self._locked, self._own = versions, locked, len(versions) - foreign
        self._comparison: Comparison | None = None
        self.list, self.table = QListWidget(self), CompareTable(self)
        self.against, self.filter = StillCombo(self), Segments("看哪些格", (DIFFERING, ALL), self)
        self._title, self._count = QLabel(self), QLabel(self)
        self._body, self._empty = QStackedWidget(self), QLabel(_SAME, self)
        self.restore_button, self.take_button = foot_button("恢复"), foot_button("取左边(&L)")
        self._fill()
        self._build(name)
        self.list.currentRowChanged.connect(self._choose)
        self.against.activated.connect(self._choose)
        self.filter.chosen.connect(self._show_lines)
        self.restore_button.clicked.connect(self._restore)
        self.take_button.clicked.connect(self._take)
        self.table.selectionModel().currentChanged.connect(self._show_take)
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))

    def begin(self) -> None:
        """Choose the latest version."""
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def entries(self) -> tuple[str, ...]:
        """Return the versions as the list names them."""
        return tuple(self.list.item(row).text() for row in range(self.list.count()))

    def hint(self) -> str:
        """Return what the foot says will happen."""
        return self._foot.hint()

    def show_comparison(self, comparison: Comparison) -> None:
        """Show the chosen version beside the other one."""
        self._comparison = comparison
        self._title.setText(f"{self._name()} → {self.against.currentText()}")
        self._count.setText(f"{len(comparison.differing)} 格不同")
        self._show_lines()
        self._show_foot()

    def _name(self) -> str:
        return self._versions[self.list.currentRow()].name

    def _fill(self) -> None:
        self.list.setAccessibleName("版本，新的在上")
        self.list.setFixedWidth(theme.px(self.font(), _LIST))
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(self.font(), 6))
        self.list.setProperty("bar", "rail")
        self.against.setAccessibleName("与哪个版本对照")
        self.against.addItem(NOW)
        for one in self._versions:
            lines = (f"{one.name}　{one.code}", f"{one.kept:%Y-%m-%d %H:%M}", one.note)
            self.list.addItem("\n".join(filter(None, lines)))
        for one in self._versions[: self._own]:
            self.against.addItem(f"{one.name} {one.kept:%Y-%m-%d %H:%M}")

    def _build(self, name: str) -> None:
        close = foot_button("关闭", primary=True)
        close.clicked.connect(self.reject)
        self._foot = Foot(self, (self.take_button, self.restore_button, close))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("ink", "2")
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty)
        right = QVBoxLayout()
        right.setContentsMargins(*(theme.px(self.font(), side) for side in (20, 14, 20, 14)))
        right.addLayout(self._build_bar())
        right.addWidget(self._body, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head(name))
        column.addLayout(middle, 1)
        column.addWidget(self._foot)

    def _build_head(self, name: str) -> QWidget:
        keep = QPushButton("给当前内容留个版本…", self)
        keep.clicked.connect(self.keep_asked)
        keep.setEnabled(not self._locked)
        return head_bar(self, f"版本：{name}", _ADVICE, keep)

    def _build_bar(self) -> QHBoxLayout:
        self._title.setProperty("role", "strong")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("role", "key")
        bar = QHBoxLayout()
        bar.setSpacing(theme.px(self.font(), 10))
        for part in (self._title, self._count):
            bar.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        bar.addStretch(1)
        bar.addWidget(QLabel("对照", self))
        bar.addWidget(self.against)
        bar.addWidget(self.filter)
        return bar

    def _show_lines(self, *_key: str) -> None:
        if self._comparison is None:
            return
        lines = self._comparison.lines if self.filter.current() == ALL else self._comparison.differing
        at = self.table.current_row()
        self.table.show_lines(lines, (self._name(), self.against.currentText()))
        self.table.choose_row(at)
        self._body.setCurrentWidget(self.table if lines else self._empty)
        self._show_take()

    def _show_foot(self) -> None:
        """Say what 恢复 would do, or how both stand where two kept versions are compared."""
        found = self._comparison
        if found is None:
            return
        with_now, name = self.against.currentIndex() == 0, self._name()
        count = len(found.differing)
        self.restore_button.setText(f"恢复“{name}”")
        own = self.list.currentRow() < self._own
        self.restore_button.setVisible(own)
        self.restore_button.setEnabled(with_now and bool(count) and not self._locked)
        if not with_now:
            self._foot.show_hint(standing_words(found.was, found.now))
        elif self._locked:
            self._foot.show_hint(self._locked)
        elif not own:
            self._foot.show_hint("上年的上报版只对照，不恢复；要用哪一格，选中后取左边。")
        elif not count:
            self._foot.show_hint("与现在的内容相同，不用恢复。")
        else:
            self._foot.show_hint(f"恢复“{name}”会改回 {count} 格。当前内容先自动存为一个版本，随时可撤销。")

    def _choose(self, _place: int) -> None:
        if self.list.currentRow() >= 0:
            self.chosen.emit(self.list.currentRow(), self.against.currentIndex() - 1)

    def _show_take(self, *_places: object) -> None:
        """取左边 is for a field that differs, beside the present content."""
        line = self.table.current_line()
        with_now = self.against.currentIndex() == 0 and not self._locked
        self.take_button.setEnabled(with_now and line is not None and line.differs)

    def _take(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self.take_asked.emit(self.list.currentRow(), line)

    def say(self, words: str) -> None:
        """Say in the foot what came of it."""
        self._foot.show_hint(words)

    def _restore(self) -> None:
        at = self.list.currentRow()
        self.accept()
        self.restore_asked.emit(at)
