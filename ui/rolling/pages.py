"""Pages of the wizard around their tables: 逐项处理, 确认, 建立完成. They say what is wanted and hold nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from perfdesk.rolling import Treatment
from ui import theme
from ui.rolling.answers import AnswerTable
from ui.rolling.items import ItemTable
from ui.rolling.rows import framed, soften

if TYPE_CHECKING:
    from perfdesk.rolling import Asked, Plan, Source


class ItemPage(QWidget):
    """逐项处理. ``treatment_chosen``: key and :class:`Treatment`; ``all_chosen``: a treatment for all, ``None`` as recommended."""

    treatment_chosen = Signal(str, object)
    all_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ItemTable(self)
        self.table.treatment_chosen.connect(self.treatment_chosen)
        self._counts = {one: QLabel(self) for one in Treatment}
        self._buttons = {word: _button(word, self) for word in ("按推荐", "全部保留", "全部清空")}
        self._buttons["按推荐"].clicked.connect(self._recommend)
        self._buttons["全部保留"].clicked.connect(self._keep)
        self._buttons["全部清空"].clicked.connect(self._clear)
        for one, label in self._counts.items():
            label.setProperty("role", "key")
            if one is Treatment.ASK:
                label.setProperty("tone", "warn")
        _lay_out(self, ("整表处理", *self._buttons.values()), tuple(self._counts.values()), self.table)

    def show_plan(self, plan: Plan, source: Source) -> None:
        """Show the items of a form, and how many are treated how."""
        self.table.show_plan(plan, source)
        counts = plan.count(source)
        for one, label in self._counts.items():
            label.setText(f"{one.value} {counts[one]}")

    def counts(self) -> tuple[str, ...]:
        """Return the words above the table."""
        return tuple(label.text() for label in self._counts.values())

    def press(self, word: str) -> None:
        """Do what a click on a button does."""
        self._buttons[word].click()

    def _recommend(self) -> None:
        self.all_chosen.emit(None)

    def _keep(self) -> None:
        self.all_chosen.emit(Treatment.KEEP)

    def _clear(self) -> None:
        self.all_chosen.emit(Treatment.CLEAR)


class AnswerPage(QWidget):
    """确认. ``typed``: key and text; ``same_asked``: all as last year where nothing is typed; ``none_asked``: all blank."""

    typed = Signal(object, str)
    same_asked = Signal()
    none_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = AnswerTable(self)
        self.table.typed.connect(self.typed)
        self._asked: tuple[Asked, ...] = ()
        self._count = QLabel(self)
        self._count.setProperty("ink", "2")
        self.one, self.all, self.none = (_button(word, self) for word in ("这一处照上年", "其余照上年", "全部留空"))
        self.one.clicked.connect(self.table.take_same)
        self.all.clicked.connect(self.same_asked)
        self.none.clicked.connect(self.none_asked)
        _lay_out(self, (self.one, self.all, self.none), (self._count,), self.table)

    def show_plan(self, plan: Plan) -> None:
        """Show the questions of a plan."""
        self._asked = plan.asked
        self.table.show_plan(plan, self._asked)
        self._show_count(plan)

    def follow(self, plan: Plan) -> None:
        """Show other answers."""
        self.table.follow(plan)
        self._show_count(plan)

    def count(self) -> str:
        """Return how many are answered, in words."""
        return self._count.text()

    def _show_count(self, plan: Plan) -> None:
        done = sum(one.key in plan.answers for one in self._asked)
        self._count.setText(f"共 {len(self._asked)} 处，已填 {done} 处；没有填的，在新表上是空格")


class MadePage(QWidget):
    """建立完成: what was made, and what can be done with it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fact, self._advice = QLabel(self), QLabel(self)
        self._list = QListWidget(self)
        self._list.setAccessibleName("建立的表")
        self._fact.setProperty("role", "title")
        self._advice.setProperty("ink", "2")
        for label in (self._fact, self._advice):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.setFocusProxy(self._list)
        column = QVBoxLayout(self)
        side = theme.px(self.font(), 20)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(self.font(), 10))
        for part in (self._fact, self._advice):
            column.addWidget(part)
        column.addWidget(framed(self._list, self), 1)
        soften(self._list)

    def show_made(self, plan: Plan, names: tuple[str, ...], backup: str) -> None:
        """Say what was made, and where the copy from before lies."""
        locked = f"{plan.old_year} 年现在只供查看，撤销时一起解除。" if plan.freezes else ""
        self._fact.setText(f"已建立 {plan.year} 年的 {len(names)} 张表")
        self._advice.setText(
            f"建立前的数据文件已备份到“{backup}”。“撤销建立”把这些表一次放进回收站，随时可以取回。{locked}"
        )
        self._list.clear()
        for name in names:
            item = QListWidgetItem(name, self._list)
            item.setSizeHint(QSize(0, theme.px(self.font(), theme.ROW_LIST)))
        self._list.setCurrentRow(0)

    def texts(self) -> tuple[str, str]:
        """Return the two sentences."""
        return self._fact.text(), self._advice.text()


def _button(words: str, parent: QWidget) -> QPushButton:
    button = QPushButton(words, parent)
    button.setProperty("fit", "card")
    button.setAutoDefault(False)
    return button


def _lay_out(page: QWidget, left: tuple[QWidget | str, ...], right: tuple[QWidget, ...], table: QWidget) -> None:
    """A bar above a table."""
    bar = QHBoxLayout()
    bar.setSpacing(theme.px(page.font(), 8))
    for part in left:
        if isinstance(part, str):
            label = QLabel(part, page)
            label.setProperty("ink", "2")
            bar.addWidget(label)
        else:
            bar.addWidget(part)
    bar.addStretch(1)
    for part in right:
        bar.addWidget(part)
    column = QVBoxLayout(page)
    side, above = theme.px(page.font(), 20), theme.px(page.font(), 14)
    column.setContentsMargins(side, above, side, above)
    column.setSpacing(theme.px(page.font(), 10))
    column.addLayout(bar)
    column.addWidget(framed(table, page), 1)
