"""恢复 (time-line dialog): the moments on the left; the forms of the chosen one and what differs in one of them on the right.

It shows and asks; what is read, compared and restored is decided by whoever made it.
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
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.compare.table import CompareTable
from ui.dialogs.frame import Foot, foot_button, head_bar
from ui.regions import largest_on
from ui.timeline.forms import FormList
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent

    from perfdesk.comparing import Comparison
    from perfdesk.store.holding import Difference, Held

_LIST: Final = 288  # px
ALL, BACKUPS, VERSIONS = "全部", "备份", "版本"
DIFFERING, EVERY = "会变的", "所有的表"
_ADVICE: Final = "选一个时候，看恢复会改回什么、少掉什么；恢复以前先备份现在的内容，随时可以再恢复回来。"
READING: Final = "正在看里面有什么…"
RESTORING: Final = "正在恢复：先备份现在的内容，再换上…"
NO_CHANGE: Final = "没有会变的表"
_HEADS: Final = ("现在", "恢复后")


class TimelineDialog(QDialog):
    """The window. ``point_chosen`` carries the place of a moment, ``form_chosen`` the id of a form of it.

    ``form_wanted``: this form is to be restored; ``all_wanted``: all of it; ``file_wanted``: a backup from elsewhere is wanted.
    """

    point_chosen = Signal(int)
    form_chosen = Signal(str)
    form_wanted = Signal(str)
    all_wanted = Signal()
    file_wanted = Signal()

    def __init__(self, present: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复")
        self.setModal(True)
        self._found: tuple[Difference, ...] = ()
        self._name_of: Callable[[Held], str] | None = None
        self._busy = False
        self.list, self.forms, self.table = QListWidget(self), FormList(self), CompareTable(self)
        self.kinds = Segments("看哪些时候", (ALL, BACKUPS, VERSIONS), self)
        self.filter = Segments("看哪些表", (DIFFERING, EVERY), self)
        self._kinds: tuple[str, ...] = ()
        self._title, self._sum = QLabel(self), QLabel(self)
        self._form_title, self._count, self._message = QLabel(self), QLabel(self), QLabel(self)
        self._body, self._cells = QStackedWidget(self), QStackedWidget(self)
        self._no_cells = QLabel(self)
        self.form_button, self.all_button = foot_button("恢复这张表"), foot_button("全部恢复…")
        self._close = foot_button("关闭", primary=True)
        self._build(present)
        self._connect()
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))

    # ------------------------------------------------------------ building
    def _build(self, present: str) -> None:
        self._foot = Foot(self, (self.form_button, self.all_button, self._close))
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._build_left())
        middle.addWidget(self._build_right(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head(present))
        column.addLayout(middle, 1)
        column.addWidget(self._foot)

    def _build_head(self, present: str) -> QWidget:
        other = QPushButton("看别处的备份…", self)
        other.clicked.connect(self.file_wanted)
        return head_bar(self, f"恢复：{present}", _ADVICE, other)

    def _build_left(self) -> QWidget:
        self.list.setAccessibleName("可以恢复到的时候，新的在上")
        self.list.setSpacing(theme.px(self.font(), 4))
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setProperty("bar", "rail")
        left = QWidget(self)
        left.setFixedWidth(theme.px(self.font(), _LIST))
        column = QVBoxLayout(left)
        column.setContentsMargins(0, theme.px(self.font(), 10), 0, 0)
        column.addWidget(self.kinds, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.list, 1)
        return left

    def _build_right(self) -> QWidget:
        for label, role in ((self._title, "strong"), (self._form_title, "strong"), (self._count, "key")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._sum.setProperty("ink", "2")
        self._sum.setWordWrap(True)
        for label in (self._message, self._no_cells):
            label.setProperty("ink", "2")
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._cells.addWidget(self.table)
        self._cells.addWidget(self._no_cells)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._half((self._title,), (self.filter,), (self._sum, self.forms)))
        halves.addWidget(self._half((self._form_title, self._count), (), (self._cells,)))
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        self._body.addWidget(halves)
        self._body.addWidget(self._message)
        return self._body

    def _half(self, words: tuple[QLabel, ...], right: tuple[QWidget, ...], below: tuple[QWidget, ...]) -> QWidget:
        """A line of words, with what stands at its right, over a list."""
        half, bar = QWidget(self), QHBoxLayout()
        bar.setSpacing(theme.px(self.font(), 10))
        for label in words:
            bar.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        bar.addStretch(1)
        for part in right:
            bar.addWidget(part)
        column = QVBoxLayout(half)
        column.setContentsMargins(*(theme.px(self.font(), side) for side in (20, 10, 20, 10)))
        column.addLayout(bar)
        for part in below:
            column.addWidget(part, int(part is below[-1]))
        return half

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._choose)
        self.kinds.chosen.connect(self._show_kinds)
        self.filter.chosen.connect(self._show_forms)
        self.forms.chosen.connect(self.form_chosen)
        self.form_button.clicked.connect(self._want_form)
        self.all_button.clicked.connect(self.all_wanted)
        self._close.clicked.connect(self.reject)

    # ------------------------------------------------------------- moments
    def show_points(self, points: tuple[tuple[str, str], ...], *, choose: int = 0) -> None:
        """Show the moments, each with its kind and its lines, and choose one.

        Where there are backups, those alone come first: at the end of a season they stand among hundreds of versions.
        """
        self._kinds = tuple(kind for kind, _ in points)
        self.kinds.choose(BACKUPS if BACKUPS in self._kinds else ALL)
        self.list.blockSignals(True)
        self.list.clear()
        self.list.addItems([lines for _, lines in points])
        self.list.blockSignals(False)
        self.list.setCurrentRow(choose)
        self._show_kinds()
        self.list.setFocus()

    def entries(self) -> tuple[str, ...]:
        """Return the moments that are shown, as the list names them."""
        rows = range(self.list.count())
        return tuple(self.list.item(row).text() for row in rows if not self.list.isRowHidden(row))

    def _show_kinds(self, *_key: str) -> None:
        wanted = self.kinds.current()
        for row, kind in enumerate(self._kinds):
            self.list.setRowHidden(row, wanted not in {ALL, kind})
        here = self.list.currentRow()
        if here >= 0 and self.list.isRowHidden(here):
            rows = range(self.list.count())
            self.list.setCurrentRow(next((row for row in rows if not self.list.isRowHidden(row)), here))

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.point_chosen.emit(row)

    # -------------------------------------------------------------- showing
    def show_message(self, words: str) -> None:
        """There is nothing to compare: it is being read, or cannot be."""
        self._found = ()
        self._message.setText(words)
        self._body.setCurrentWidget(self._message)
        self.offer(form="", everything="", hint="")

    def message(self) -> str:
        """Return what is said in the place of forms, ``""`` where these are shown."""
        return self._message.text() if self._body.currentWidget() is self._message else ""

    def show_found(
        self, title: str, summary: str, found: tuple[Difference, ...], name_of: Callable[[Held], str]
    ) -> None:
        """Show the forms of the chosen moment."""
        self._found, self._name_of = found, name_of
        self._title.setText(title)
        self._sum.setText(summary)
        self._body.setCurrentIndex(0)
        self._show_forms()

    def summary(self) -> str:
        """Return what restoring all of it would do."""
        return self._sum.text()

    def _show_forms(self, *_key: str) -> None:
        every = self.filter.current() == EVERY
        shown = tuple(one for one in self._found if every or one.differs)
        if self._name_of is not None:
            self.forms.show_forms(shown, self._name_of)
        if not shown:
            self.show_cells("", None, NO_CHANGE)

    def show_cells(self, name: str, comparison: Comparison | None, words: str = "") -> None:
        """Show what differs in a form, or ``words`` where nothing can be shown."""
        lines = comparison.differing if comparison is not None else ()
        self._form_title.setText(name)
        self._count.setText(f"{len(lines)} 格不同")
        self._count.setVisible(bool(lines))
        self.table.show_lines(lines, _HEADS)
        self._no_cells.setText(words)
        self._cells.setCurrentWidget(self.table if lines else self._no_cells)

    def offer(self, *, form: str, everything: str, hint: str) -> None:
        """Offer what can be done, ``""`` what cannot; ``hint`` says why or what will happen."""
        for button, words in ((self.form_button, form), (self.all_button, everything)):
            button.setEnabled(bool(words) and not self._busy)
            if words:
                button.setText(words)
        self._foot.show_hint(hint)

    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def _want_form(self) -> None:
        self.form_wanted.emit(self.forms.current())

    # ----------------------------------------------------------------- busy
    def set_busy(self, words: str) -> None:
        """While the data file is being replaced nothing else can be done, closing included; ``""``: it is over."""
        self._busy = bool(words)
        for part in (self.list, self.kinds, self._close):
            part.setEnabled(not words)
        if words:
            self.show_message(words)

    def reject(self) -> None:
        """Esc and 关闭."""
        if not self._busy:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The × of the window."""
        if self._busy:
            event.ignore()
            return
        super().closeEvent(event)
