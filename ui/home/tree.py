"""年度与表单 (tree of forms): years, groups and forms with their marks. It shows lines and tells which one was chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QTreeView,
    QWidget,
)

from perfdesk.kinds import FormKind, Verdict
from ui.widgets.items import Index
from ui.widgets.marks import Mark, mark_of

if TYPE_CHECKING:
    from ui.lines import Line


ROLE_LINE: Final = Qt.ItemDataRole.UserRole + 1
ROLE_COUNT: Final = Qt.ItemDataRole.UserRole + 2
PROJECTS: Final = "项目支出绩效自评"
DEPARTMENT: Final = "部门整体与报告"
GOALS: Final = "绩效目标"
MONITORING: Final = "执行监控"
OTHERS: Final = "其他表"
_GROUPS: Final = {
    FormKind.PROJECT_SELF: PROJECTS,
    FormKind.DEPARTMENT_SELF: DEPARTMENT,
    FormKind.DEPARTMENT_RATING: DEPARTMENT,
    FormKind.REPORT: DEPARTMENT,
    FormKind.SUMMARY: DEPARTMENT,
    FormKind.PUBLICATION_LIST: DEPARTMENT,
    FormKind.PROJECT_GOAL: GOALS,
    FormKind.DEPARTMENT_GOAL: GOALS,
    FormKind.PROJECT_MONITORING: MONITORING,
}
#: How the forms that belong to no project are called in the list: their titles all begin alike and would be cut alike.
_SHORT: Final = {
    FormKind.DEPARTMENT_SELF: "部门整体自评表",
    FormKind.DEPARTMENT_GOAL: "部门整体目标表",
    FormKind.DEPARTMENT_RATING: "部门评价评分表",
    FormKind.REPORT: "整体自评报告",
    FormKind.SUMMARY: "自评汇总表",
    FormKind.PUBLICATION_LIST: "公开网址表",
}
AUTOMATIC: Final = "自动"


def percent(share: Decimal) -> str:
    """Write a share: 0.96 gives 「96%」."""
    return f"{int(share * 100)}%"


def completion_of(line: Line) -> str:
    """How far a form is filled, in words for the list: 「96%」, 「自动」 for the 汇总表 that fills itself."""
    if line.kind is FormKind.SUMMARY:
        return AUTOMATIC
    return percent(line.state.completion) if line.state else ""


def mark_for(line: Line) -> Mark:
    """Return the mark of a form; one that was handed in is 已上报, one not yet computed, or hardly filled, is 填写中."""
    if line.submitted:
        return Mark.LOCKED
    if line.state is None or line.state.verdict is Verdict.FILLING:
        return Mark.WORKING
    return mark_of(line.state.verdict)


class FormTree(QTreeView):
    """The tree of years and forms. ``chosen``: a form is to be opened; ``menu_asked``: its menu, at a point of the screen.

    ``year_shown``: a year was unfolded, its marks are wanted.
    """

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)
    year_shown = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, QStandardItem] = {}
        self._kinds: Counter[tuple[int, FormKind | None]] = Counter()
        self._current = ""
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setProperty("bar", "rail")
        self.setAccessibleName("年度与表单")
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.expanded.connect(self._tell_year)
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show the list; years that were folded stay folded."""
        folded = {self._model.item(row).text() for row in range(self._model.rowCount()) if not self._is_open(row)}
        first = not self._model.rowCount()
        self._model.clear()
        self._items.clear()
        shown = tuple(lines)
        if shown and first:
            self._dress()
        self._kinds = Counter((one.year, one.kind) for one in shown)
        for year, of_year in _by_year(shown).items():
            self._add_year(str(year), of_year)
        for row in range(self._model.rowCount()):
            name = self._model.item(row).text()
            self.setExpanded(self._model.index(row, 0), name not in folded and (row == 0 or not first))
        self.set_current(self._current)

    def _dress(self) -> None:
        """Have rows painted; an empty list needs none, and the window stands before it needs Qt's styles."""
        from ui.home.treerows import RowDelegate

        self.setItemDelegate(RowDelegate(self))

    def show_line(self, line: Line) -> None:
        """Show one line anew."""
        item = self._items.get(line.id)
        if item is not None:
            _fill(item, line, self._words(line))

    def set_current(self, record_id: str) -> None:
        """Mark the form that is open; its year unfolds."""
        self._current = record_id
        item = self._items.get(record_id)
        if item is None:
            self.clearSelection()
            return
        self.expand(item.parent().index())
        self.setCurrentIndex(item.index())

    def order(self) -> tuple[str, ...]:
        """Return the ids from top to bottom, folded years included."""
        return tuple(self._items)

    def viewportSizeHint(self) -> QSize:
        """Any width will do; the rail decides."""
        return QSize(100, 100)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, left and right fold; the rest is Qt's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The selected row is always the open form once the keyboard is elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.set_current(self._current)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the row."""
        at = event.pos()
        index = self.currentIndex() if event.reason() is QContextMenuEvent.Reason.Keyboard else self.indexAt(at)
        line = index.data(ROLE_LINE)
        if line is not None:
            self.menu_asked.emit(line.id, event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click is two clicks: years fold and unfold on each."""
        self.mousePressEvent(event)

    def _is_open(self, row: int) -> bool:
        return self.isExpanded(self._model.index(row, 0))

    def _add_year(self, name: str, lines: list[Line]) -> None:
        year = QStandardItem(name)
        year.setData(f"{len(lines)} 表", ROLE_COUNT)
        year.setAccessibleText(f"{name} 年度，{len(lines)} 张表")
        year.setSelectable(False)
        self._model.appendRow(year)
        for group, members in _by_group(lines).items():
            head = QStandardItem(group)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            year.appendRow(head)
            for line in members:
                item = QStandardItem()
                _fill(item, line, self._words(line))
                year.appendRow(item)
                self._items[line.id] = item

    def _words(self, line: Line) -> str:
        """What a line is called: a form of no project by its kind, while its year has no other one of that kind."""
        short = _SHORT.get(line.kind) if line.kind is not None else None
        return short if short and self._kinds[line.year, line.kind] == 1 else line.name

    def _tell_year(self, index: Index) -> None:
        self.year_shown.emit(int(index.data()))

    def _choose(self, index: Index) -> None:
        line = index.data(ROLE_LINE)
        if line is not None:
            self.chosen.emit(line.id)
        elif not index.parent().isValid():
            row = self._model.index(index.row(), 0)
            self.setExpanded(row, not self.isExpanded(row))


def _fill(item: QStandardItem, line: Line, words: str) -> None:
    """Write a line into its item; ``words`` is what it is called there."""
    item.setText(words)
    item.setData(line, ROLE_LINE)
    done = "" if line.state is None else f"，填了 {percent(line.state.completion)}"
    known = line.state is not None or line.submitted
    item.setToolTip(f"{line.name}：{mark_for(line).value if known else '正在审核'}{done}")
    state = mark_for(line).value if line.submitted else line.state.verdict.value if line.state else ""
    item.setAccessibleText(f"{words}，{state}{done}")


def _by_year(lines: Iterable[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(line.year, []).append(line)
    return found


def _by_group(lines: Iterable[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {name: [] for name in (PROJECTS, DEPARTMENT, GOALS, MONITORING, OTHERS)}
    for line in lines:
        found[OTHERS if line.kind is None else _GROUPS[line.kind]].append(line)
    return {name: members for name, members in found.items() if members}
