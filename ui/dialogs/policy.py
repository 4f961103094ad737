"""计分办法 (policy): the figures that score and check a form, with their sources; one of them changed, or another policy chosen.

It writes nothing: ``changed``, ``restored`` and ``chosen`` say what is wanted, ``show_shelf`` shows what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfdesk.policy.parameters import BY_KEY
from ui import theme
from ui.dialogs.frame import Foot, foot_button, heading, lay_out, named_line
from ui.widgets.combo import StillCombo

if TYPE_CHECKING:
    from perfdesk.policy import Parameter, Policy
    from perfdesk.template import Shelf, Template

SIZE: Final = (940, 640)  # px
_AROUND: Final = (40, 20)  # px of the window that stay in sight
_LABEL, _WORDS, _DATE = 280, 240, 220  # px of the first two columns and of the date
_KEY: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Change:
    """A parameter as it was typed, with the source and the date of its rule."""

    policy: Policy
    key: str
    typed: str
    source: str
    date: str


class PolicyDialog(QDialog):
    """The figures of one template's policy.

    ``changed`` carries a :class:`Change`; ``restored`` the policy and the key that go back to what the program says; ``chosen`` the
    ids of a template and of the policy the office uses for it, blank for the one that the template names.
    """

    changed = Signal(object)
    restored = Signal(object, str)
    chosen = Signal(str, str)

    def __init__(self, shelf: Shelf, *, template_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("计分办法")
        self.setModal(True)
        self._shelf = shelf
        self.templates, self.policies = _combo("表样", self), _combo("用哪一份计分办法", self)
        self.list = QTreeWidget(self)
        self._source, self._advice = QLabel(self), QLabel(self)
        self._name = QLabel(self)
        self.value, self.choice = named_line("值", "", self), _combo("值", self)
        self._values = QStackedWidget(self)
        self.source = named_line("出处", "", self, placeholder="文号；没有见到原文的写“待核”，自己定的写“自定”")
        self.date = named_line("日期", "", self, placeholder="依据的日期，如 2024-03-15")
        self.change_button, self.restore_button = QPushButton("改成这个值", self), QPushButton("恢复自带的值", self)
        self._build(parent)
        for one in sorted(shelf.templates.values(), key=lambda one: (one.title, one.id)):
            self.templates.addItem(f"{one.title}（{one.source}）", one.id)
        self.templates.setCurrentIndex(max(self.templates.findData(template_id), 0))
        self._connect()
        self.show_shelf(shelf)
        self.list.setFocus()

    # ------------------------------------------------------------- showing
    @property
    def template(self) -> Template:
        """The template whose policy is shown."""
        return self._shelf.templates[str(self.templates.currentData())]

    @property
    def policy(self) -> Policy:
        """The policy that the office uses for it."""
        return self.template.policy

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the policies as they are now; the current parameter stays current."""
        self._shelf = shelf
        self.show_trouble("")
        self._show_template()

    def show_trouble(self, words: str) -> None:
        """Say why something cannot be done; blank says nothing."""
        self._advice.setText(words)
        self._advice.setVisible(bool(words))

    @property
    def trouble(self) -> str:
        """What is said to be in the way, blank when nothing is."""
        return self._advice.text()

    def turn_to(self, key: str) -> None:
        """Make a parameter current."""
        for row in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(row)
            if item.data(0, _KEY) == key:
                self.list.setCurrentItem(item)

    def _show_template(self) -> None:
        """Show which policies there are for the template, and the figures of its own."""
        template, named = self.template, self._shelf.named.get(self.template.id, self.policy.id)
        self.policies.blockSignals(True)
        self.policies.clear()
        self.policies.addItem(f"照表样：{self._shelf.policies[named].title}", "")
        for one in self._shelf.policies.values():
            if one.id != named:
                self.policies.addItem(one.title, one.id)
        self.policies.setCurrentIndex(max(self.policies.findData(self._shelf.choices.get(template.id, "")), 0))
        self.policies.blockSignals(False)
        self._source.setText(f"编号 {self.policy.id}。{self.policy.source}")
        count = sum(one.policy is self.policy for one in self._shelf.templates.values())
        self._foot.show_hint(f"照这一份的表样有 {count} 份，改了都按新的算，往年的表也一样")
        self._fill()

    def _fill(self) -> None:
        current = self._key()
        self.list.blockSignals(True)
        self.list.clear()
        for one in self.policy.parameters:
            item = QTreeWidgetItem([one.label, one.words, _told(one)])
            item.setData(0, _KEY, one.key)
            for column in range(3):
                item.setToolTip(column, item.text(column))
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, "，".join(item.text(column) for column in range(3)))
            self.list.addTopLevelItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentItem(self.list.topLevelItem(0))
        self.turn_to(current)
        self._show_parameter()

    def _key(self) -> str:
        return str(self.list.currentItem().data(0, _KEY)) if self.list.topLevelItemCount() else ""

    def _parameter(self) -> Parameter:
        return next(one for one in self.policy.parameters if one.key == self._key())

    def _show_parameter(self) -> None:
        """Put the current parameter into the fields below."""
        one, known = self._parameter(), BY_KEY[self._key()]
        self._name.setText(one.label)
        text = known.kind.text(getattr(self.policy, known.field))
        if known.kind.choices:
            self.choice.clear()
            self.choice.addItems(known.kind.choices)
            self.choice.setCurrentText(text)
            self._values.setCurrentWidget(self.choice)
        else:
            self.value.setText(text)
            self._values.setCurrentWidget(self.value)
        self.source.setText(one.source if one.own else "")
        self.date.setText(one.date if one.own else "")
        self.restore_button.setEnabled(one.own)
        self.show_trouble("")

    # -------------------------------------------------------------- asking
    def _change(self) -> None:
        typed = self.choice.currentText() if self._values.currentWidget() is self.choice else self.value.text()
        self.changed.emit(Change(self.policy, self._key(), typed, self.source.text(), self.date.text()))

    def _restore(self) -> None:
        self.restored.emit(self.policy, self._key())

    def _choose(self) -> None:
        self.chosen.emit(self.template.id, str(self.policies.currentData()))

    # ------------------------------------------------------------ building
    def _connect(self) -> None:
        self.templates.currentIndexChanged.connect(self._show_template)
        self.policies.currentIndexChanged.connect(self._choose)
        self.list.currentItemChanged.connect(self._show_parameter)
        self.change_button.clicked.connect(self._change)
        self.restore_button.clicked.connect(self._restore)

    def _build(self, parent: QWidget) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(self.font(), 10))
        column.addWidget(heading(self, "评分和审核用的数"))
        column.addLayout(self._build_top())
        self._build_list()
        column.addWidget(self.list, 1)
        column.addLayout(self._build_fields())
        close = foot_button("关闭", primary=True)
        close.setAutoDefault(False)
        close.setDefault(False)
        close.clicked.connect(self.reject)
        self._foot = Foot(self, (close,))
        lay_out(self, body, self._foot)
        wanted = QSize(theme.px(self.font(), SIZE[0]), theme.px(self.font(), SIZE[1]))
        self.resize(wanted.boundedTo(parent.window().size() - QSize(*_AROUND)))

    def _build_top(self) -> QFormLayout:
        form = self._rows((("表样(&T)", self.templates), ("计分办法(&P)", self.policies)))
        self._source.setWordWrap(True)
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        self._source.setProperty("ink", "2")
        form.addRow("", self._source)
        return form

    def _build_list(self) -> None:
        self.list.setAccessibleName("计分办法的各项")
        self.list.setHeaderLabels(["项", "值", "出处"])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate((_LABEL, _WORDS)):
            header.resizeSection(column, theme.px(self.font(), width))

    def _build_fields(self) -> QVBoxLayout:
        self._values.addWidget(self.value)
        self._values.addWidget(self.choice)
        self._values.setFixedHeight(self.choice.sizeHint().height())
        self._name.setProperty("role", "strong")
        self._advice.setProperty("tone", "err")
        self._advice.setTextFormat(Qt.TextFormat.PlainText)
        self._advice.setWordWrap(True)
        form = self._rows((("值(&V)", self._values),))
        self.date.setFixedWidth(theme.px(self.font(), _DATE))
        rule = QHBoxLayout()
        rule.setSpacing(theme.px(self.font(), 14))
        rule.addWidget(self.source, 1)
        rule.addWidget(self._label("日期(&D)", self.date))
        rule.addWidget(self.date)
        form.addRow(self._label("出处(&S)", self.source), rule)
        buttons = QHBoxLayout()
        buttons.addWidget(self._advice, 1)
        buttons.addStretch()
        for button in (self.restore_button, self.change_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(theme.px(self.font(), 8))
        column.addWidget(self._name)
        column.addLayout(form)
        column.addLayout(buttons)
        return column

    def _rows(self, fields: tuple[tuple[str, QWidget], ...]) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(self.font(), 14))
        form.setVerticalSpacing(theme.px(self.font(), 8))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in fields:
            form.addRow(self._label(words, field), field)
        return form

    def _label(self, words: str, field: QWidget) -> QLabel:
        label = QLabel(words, self)
        label.setBuddy(field)
        return label


def _combo(name: str, parent: QWidget) -> StillCombo:
    combo = StillCombo(parent)
    combo.setAccessibleName(name)
    combo.setSizeAdjustPolicy(StillCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo


def _told(one: Parameter) -> str:
    """Say where a parameter comes from: the office's own is told first."""
    rule = f"{one.source}（{one.date}）" if one.date else one.source
    return f"本单位：{rule}" if one.own else rule
