"""对比 (compare dialog): two years of a form in one window: which forms, what differs, how each stands.

It shows what was compared and asks for another form or a place; it compares nothing and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from ui import theme
from ui.compare.table import CompareTable
from ui.dialogs.frame import Foot, foot_button
from ui.regions import largest_on
from ui.widgets.combo import StillCombo
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from perfdesk.comparing import Comparison, Line, Standing

HEAD: Final = 52
DIFFERING, ALL = "只看不同", "整张表"
_SAME: Final = "两张表每一格都相同"


class CompareDialog(QDialog):
    """The window. ``other_chosen`` carries the number of another form, ``place_chosen`` a Binding of the open one.

    ``list_asked`` carries the lines that are shown and their two heads, to be written into a file.
    """

    list_asked = Signal(object, object)
    other_chosen = Signal(int)
    place_chosen = Signal(object)

    def __init__(self, name: str, others: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("对比")
        self.setModal(True)
        self._comparison: Comparison | None = None
        self._heads, self._own_is_new = ("", ""), True
        self.table, self.others, self.filter = (
            CompareTable(self),
            StillCombo(self),
            Segments("看哪些格", (DIFFERING, ALL), self),
        )
        self._count, self._empty = QLabel(self), QLabel(_SAME, self)
        self._build(name, others)
        self.others.activated.connect(self.other_chosen)
        self.filter.chosen.connect(self._show_lines)
        self.table.line_chosen.connect(self._choose)
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))

    def _build(self, name: str, others: tuple[str, ...]) -> None:
        for one in others:
            self.others.addItem(one)
        self.others.setAccessibleName("与哪张表对比")
        close, self._go = foot_button("关闭"), foot_button("打开这一格", primary=True)
        export = foot_button("导出列表…")
        export.clicked.connect(self._ask_list)
        close.clicked.connect(self.reject)
        self._go.clicked.connect(self._choose_current)
        self._foot = Foot(self, (export, close, self._go))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("ink", "2")
        self._body = QStackedWidget(self)
        self._body.addWidget(self.table)
        self._body.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head(name))
        column.addWidget(self._body, 1)
        column.addWidget(self._foot)
        self.table.setFocus()

    def _build_head(self, name: str) -> QWidget:
        head, title, against = QWidget(self), QLabel(f"对比：{name}", self), QLabel("与", self)
        head.setProperty("bar", "location")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.px(self.font(), HEAD))
        title.setProperty("role", "title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        self._count.setProperty("role", "key")
        row = QHBoxLayout(head)
        side = theme.px(self.font(), theme.SPACING[6])
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(theme.px(self.font(), theme.SPACING[5]))
        for part in (title, against, self.others, self._count):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.filter)
        return head

    def show_comparison(self, comparison: Comparison, heads: tuple[str, str], *, own_is_new: bool) -> None:
        """Show two forms; the open one is the new one of them or the old one."""
        self._comparison, self._heads, self._own_is_new = comparison, heads, own_is_new
        self._count.setText(f"{len(comparison.differing)} 格不同")
        self._foot.show_hint(standing_words(comparison.was, comparison.now))
        self._show_lines()

    def summary(self) -> tuple[str, str]:
        """Return how many fields differ, and how both forms stand."""
        return self._count.text(), standing_words(
            self._comparison.was, self._comparison.now
        ) if self._comparison else ""

    def _show_lines(self, *_key: str) -> None:
        if self._comparison is None:
            return
        lines = self._lines()
        self.table.show_lines(lines, self._heads)
        self._body.setCurrentWidget(self.table if lines else self._empty)
        self._go.setEnabled(bool(lines))

    def _lines(self) -> tuple[Line, ...]:
        """Return the fields that are shown."""
        if self._comparison is None:
            return ()
        return self._comparison.lines if self.filter.current() == ALL else self._comparison.differing

    def _ask_list(self) -> None:
        self.list_asked.emit(self._lines(), self._heads)

    def _choose_current(self) -> None:
        line = self.table.current_line()
        if line is not None:
            self._choose(line)

    def _choose(self, line: Line) -> None:
        """Open the place of a field; one that the open form does not have is only read."""
        place = line.new if self._own_is_new else line.old
        if place is None:
            self._foot.show_hint("这一格本表里没有，只能在这里看")
            return
        self.accept()
        self.place_chosen.emit(place)


def standing_words(was: Standing, now: Standing) -> str:
    """Say how both forms stand: 「总分 130.00 → 100.00　等级 无 → 优　错误 2 → 0」; what neither has is left out."""
    pairs = (
        ("总分", was.total, now.total),
        ("等级", was.grade, now.grade),
        ("执行率", was.rate, now.rate),
        ("错误", str(was.errors), str(now.errors)),
        ("警告", str(was.warnings), str(now.warnings)),
    )
    return "　".join(f"{word} {one or '无'} → {two or '无'}" for word, one, two in pairs if one or two)
