"""选择来源 (sources): the year that goes on, the year that is made, and which of its forms go along, each as what.

It says what was chosen; it reads no forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.dialogs.frame import named_line
from ui.dialogs.new_form import read_year
from ui.rolling.rows import framed, soften
from ui.widgets.combo import StillCombo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perfdesk.rolling import Plan, Source
    from perfdesk.template import Template

_ID: Final = Qt.ItemDataRole.UserRole
_HEADS: Final = ("表", "表种", "建成")
_KIND, _TARGET = 170, 330  # px
_YEAR: Final = 90


class SourcePage(QWidget):
    """The first page. ``years_chosen``: the old and the new year; ``chosen``: the ids; ``target_chosen``: id and template.

    ``freeze_chosen``: whether the old year is only looked at afterwards.
    """

    years_chosen = Signal(int, int)
    chosen = Signal(object)
    target_chosen = Signal(str, object)
    freeze_chosen = Signal(bool)

    def __init__(
        self, years: Sequence[int], targets: Callable[[Source], tuple[Template, ...]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._targets = targets
        self._plan: Plan | None = None
        self._quiet = False
        self.years, self.target = StillCombo(self), StillCombo(self)
        self.year = named_line("建立哪一年", "", self)
        self.list = QTreeWidget(self)
        self.freeze = QCheckBox(self)
        self._all, self._none = QPushButton("全选", self), QPushButton("全不选", self)
        for one in years:
            self.years.addItem(f"{one} 年", one)
        self._build()
        self._connect()

    def show_plan(self, plan: Plan) -> None:
        """Show the forms of the old year and which of them are chosen."""
        self._plan, self._quiet = plan, True
        current = self._current_id()
        self.years.setCurrentIndex(self.years.findData(plan.old_year))
        if read_year(self.year.text()) != plan.year:
            self.year.setText(str(plan.year))
        self.freeze.setText(f"建立后，{plan.old_year} 年的表只供查看(&L)")
        self.freeze.setChecked(plan.freezes)
        self.list.clear()
        for source in plan.sources:
            item = QTreeWidgetItem(self.list, list(self._words(source, plan)))
            item.setData(0, _ID, source.id)
            item.setSizeHint(0, QSize(0, theme.px(self.font(), theme.ROW_LIST)))
            item.setToolTip(0, source.name)
            item.setToolTip(2, item.text(2))
            on = source.id in plan.chosen
            item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            if source.id == current or not self.list.currentIndex().isValid():
                self.list.setCurrentItem(item)
        self._quiet = False
        self._show_target()

    def wanted_year(self) -> int | None:
        """Return the year that is typed, ``None`` when it is none or not a later one."""
        year = read_year(self.year.text())
        old = self.years.currentData()
        return year if year is not None and old is not None and year > int(old) else None

    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of every line."""
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return tuple(tuple(one.text(column) for column in range(len(_HEADS))) for one in items)

    def set_chosen(self, row: int, *, on: bool) -> None:
        """Tick a line or not, as a click does."""
        self.list.topLevelItem(row).setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)

    # ------------------------------------------------------------ building
    def _build(self) -> None:
        gap = theme.px(self.font(), theme.SPACING[3])
        self.years.setAccessibleName("由哪一年")
        self.year.setFixedWidth(theme.px(self.font(), _YEAR))
        top = QHBoxLayout()
        top.setSpacing(gap)
        for words, field in (("由(&F)", self.years), ("建立(&T)", self.year)):
            label = QLabel(words, self)
            label.setBuddy(field)
            top.addWidget(label)
            top.addWidget(field)
        top.addWidget(QLabel("年度", self))
        top.addStretch(1)
        for button in (self._all, self._none):
            button.setProperty("fit", "card")
            button.setAutoDefault(False)
            top.addWidget(button)
        below = QHBoxLayout()
        below.setSpacing(gap)
        label = QLabel("当前这张建成(&M)", self)
        label.setBuddy(self.target)
        self.target.setAccessibleName("当前这张建成哪种表样")
        self.target.setSizeAdjustPolicy(StillCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        below.addWidget(label)
        below.addWidget(self.target, 1)
        column = QVBoxLayout(self)
        side = theme.px(self.font(), 20)
        column.setContentsMargins(side, theme.px(self.font(), 14), side, theme.px(self.font(), 14))
        column.setSpacing(theme.px(self.font(), 10))
        column.addLayout(top)
        column.addWidget(framed(self.list, self), 1)
        column.addLayout(below)
        column.addWidget(self.freeze)
        self._build_list()

    def _build_list(self) -> None:
        self.list.setAccessibleName("上年的表")
        self.list.setHeaderLabels(list(_HEADS))
        soften(self.list)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.list.header()
        head.setStretchLastSection(False)
        head.setSectionsMovable(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section, width in ((1, _KIND), (2, _TARGET)):
            head.setSectionResizeMode(section, QHeaderView.ResizeMode.Fixed)
            head.resizeSection(section, theme.px(self.font(), width))

    def _connect(self) -> None:
        self.years.activated.connect(self._choose_old)
        self.year.textChanged.connect(self._choose_new)
        self.list.itemChanged.connect(self._choose)
        self.list.currentItemChanged.connect(self._show_target)
        self.target.activated.connect(self._choose_target)
        self.freeze.toggled.connect(self.freeze_chosen)
        self._all.clicked.connect(self._choose_all)
        self._none.clicked.connect(self._choose_none)

    # ------------------------------------------------------------- showing
    def _words(self, source: Source, plan: Plan) -> tuple[str, str, str]:
        name = f"{source.name}（{plan.year} 年已有）" if source.there else source.name
        return name, source.form.template.kind.words, _described(source.target)

    def _show_target(self, *_items: object) -> None:
        """Offer the templates that the current form can go on with."""
        source = self._current()
        self.target.clear()
        if source is not None:
            for template in self._targets(source):
                self.target.addItem(_described(template), template)
            self.target.setCurrentIndex(self.target.findData(source.target))
        self.target.setEnabled(self.target.count() > 1)

    # -------------------------------------------------------------- asking
    def _choose_old(self, *_index: int) -> None:
        old = int(self.years.currentData())
        self.years_chosen.emit(old, old + 1)

    def _choose_new(self, *_text: str) -> None:
        year = self.wanted_year()
        if year is not None and not self._quiet:
            self.years_chosen.emit(int(self.years.currentData()), year)

    def _choose(self, *_what: object) -> None:
        if self._quiet:
            return
        items = [self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount())]
        checked = [one for one in items if one.checkState(0) is Qt.CheckState.Checked]
        self.chosen.emit(frozenset(str(one.data(0, _ID)) for one in checked))

    def _choose_all(self) -> None:
        self._tick(on=True)

    def _choose_none(self) -> None:
        self._tick(on=False)

    def _tick(self, *, on: bool) -> None:
        self._quiet = True
        for row in range(self.list.topLevelItemCount()):
            self.set_chosen(row, on=on)
        self._quiet = False
        self._choose()

    def _choose_target(self, *_index: int) -> None:
        source, template = self._current(), self.target.currentData()
        if source is not None and template is not None and template is not source.target:
            self.target_chosen.emit(source.id, template)

    def _current_id(self) -> str:
        return str(self.list.currentIndex().siblingAtColumn(0).data(_ID) or "")

    def _current(self) -> Source | None:
        wanted = self._current_id()
        return None if self._plan is None else next((one for one in self._plan.sources if one.id == wanted), None)


def _described(template: Template) -> str:
    return f"{template.title}（{template.source}）"
