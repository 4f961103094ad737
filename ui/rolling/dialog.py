"""由上年建立 (dialog): four steps in a window of the main window's size: 选择来源, 逐项处理, 确认, 建立完成.

The dialog holds the plan that is being made; ``confirmed`` hands it over. What is made of it is told by :meth:`show_made`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from perfdesk.rolling import Treatment
from ui import theme
from ui.dialogs.frame import Foot, foot_button
from ui.regions import largest_on
from ui.rolling.pages import AnswerPage, ItemPage, MadePage
from ui.rolling.sources import SourcePage
from ui.rolling.steps import StepList
from ui.widgets.combo import StillCombo
from ui.widgets.progress import ProgressCard

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perfdesk.rolling import Plan, Source
    from perfdesk.template import Template

SOURCES, ITEMS, ANSWERS, MADE = range(4)
RAIL: Final = 220  # px
_HINTS: Final = ("空格勾选", "↑ ↓ 换行，← → 换处理方式", "直接打字，回车到下一处，Alt+↓ 照上年", "")


class RollingDialog(QDialog):
    """The wizard. ``years_chosen``: another plan is wanted (old and new year); ``confirmed`` carries the :class:`Plan`.

    ``undo_asked``: the forms just made are to go again; ``open_asked``: the first of them is to be opened.
    """

    years_chosen = Signal(int, int)
    confirmed = Signal(object)
    undo_asked = Signal()
    open_asked = Signal()

    def __init__(
        self, plan: Plan, years: Sequence[int], targets: Callable[[Source], tuple[Template, ...]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("由上年建立")
        self.setModal(True)
        self._plan, self._shown = plan, ""
        self._title, self._about = QLabel(self), QLabel(self)
        self.steps, self.forms, self._rest = StepList(self), StillCombo(self), QLabel(self)
        self.sources, self.items = SourcePage(years, targets, self), ItemPage(self)
        self.answers, self.made = AnswerPage(self), MadePage(self)
        self._pages = QStackedWidget(self)
        self._cancel, self._back = foot_button("取消"), foot_button("上一步")
        self._undo, self._next = foot_button("撤销建立"), foot_button("下一步", primary=True)
        self._foot = Foot(self, (self._undo, self._cancel, self._back, self._next))
        self.card = ProgressCard(self, lift=theme.px(self.font(), theme.DIALOG_FOOT))
        self._build()
        self._connect()
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))
        self.show_plan(plan)
        self._turn_to(SOURCES)

    # ------------------------------------------------------------ building
    def _build(self) -> None:
        for page in (self.sources, self.items, self.answers, self.made):
            self._pages.addWidget(page)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self._build_rail())
        middle.addWidget(self._pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addLayout(middle, 1)
        column.addWidget(self._foot)

    def _build_head(self) -> QWidget:
        head = QWidget(self)
        head.setProperty("bar", "location")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title.setProperty("role", "page")
        self._about.setProperty("ink", "2")
        self._about.setWordWrap(True)
        column = QVBoxLayout(head)
        column.setContentsMargins(*(theme.px(self.font(), side) for side in (22, 14, 22, 12)))
        column.setSpacing(theme.px(self.font(), 2))
        column.addWidget(self._title)
        column.addWidget(self._about)
        return head

    def _build_rail(self) -> QWidget:
        """The steps, and below them whose items are shown."""
        rail = QWidget(self)
        rail.setProperty("bar", "rail")
        rail.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        rail.setFixedWidth(theme.px(self.font(), RAIL))
        self.forms.setAccessibleName("看哪一张表")
        self.forms.setSizeAdjustPolicy(StillCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._rest.setProperty("ink", "2")
        self._rest.setWordWrap(True)
        self._source = QWidget(rail)
        inside = QVBoxLayout(self._source)
        side = theme.px(self.font(), 20)
        inside.setContentsMargins(side, side, side, 0)
        inside.setSpacing(theme.px(self.font(), 6))
        label = QLabel("看哪一张表(&S)", self._source)
        label.setProperty("ink", "2")
        label.setBuddy(self.forms)
        for part in (label, self.forms, self._rest):
            inside.addWidget(part)
        column = QVBoxLayout(rail)
        column.setContentsMargins(0, theme.px(self.font(), 18), 0, 0)
        column.addWidget(self.steps)
        column.addWidget(self._source)
        column.addStretch(1)
        return rail

    def _connect(self) -> None:
        self.sources.years_chosen.connect(self.years_chosen)
        self.sources.year.textChanged.connect(self._show_buttons)
        self.sources.chosen.connect(self._take_chosen)
        self.sources.target_chosen.connect(self._take_target)
        self.sources.freeze_chosen.connect(self._take_freeze)
        self.items.treatment_chosen.connect(self._take_treatment)
        self.items.all_chosen.connect(self._take_all)
        self.answers.typed.connect(self._take_answer)
        self.answers.same_asked.connect(self._take_same)
        self.answers.none_asked.connect(self._take_none)
        self.forms.activated.connect(self._show_form)
        self._cancel.clicked.connect(self.reject)
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        self._undo.clicked.connect(self.undo_asked)

    # ------------------------------------------------------------- showing
    @property
    def plan(self) -> Plan:
        """The plan as it stands."""
        return self._plan

    @property
    def step(self) -> int:
        """The page that is shown: ``SOURCES`` … ``MADE``."""
        return self._pages.currentIndex()

    def show_plan(self, plan: Plan) -> None:
        """Show a plan, of other years perhaps."""
        self._plan = plan
        self._title.setText(f"由 {plan.old_year} 年建立 {plan.year} 年度")
        self._about.setText(_about(plan))
        self.sources.show_plan(plan)
        self._show_buttons()

    def show_made(self, names: tuple[str, ...], backup: str) -> None:
        """The forms are made: say so; nothing of the plan can be changed any more."""
        self.card.finish()
        self.made.show_made(self._plan, names, backup)
        self._turn_to(MADE)

    def show_trouble(self, words: str) -> None:
        """Nothing was made; say why, at the step where the clerk stands."""
        self.card.finish()
        self._show_buttons()
        self._foot.show_hint(words)

    def hint(self) -> str:
        """Return what the foot says."""
        return self._foot.hint()

    def next_words(self) -> str:
        """Return the words of the primary button."""
        return self._next.text()

    def can_go_on(self) -> bool:
        """Tell whether the primary button can be pressed."""
        return self._next.isEnabled()

    def _turn_to(self, step: int) -> None:
        self._pages.setCurrentIndex(step)
        if step == ITEMS:
            self._fill_forms()
        if step == ANSWERS:
            self.answers.show_plan(self._plan)
        self._source.setVisible(step == ITEMS)
        self._show_buttons()
        self._foot.show_hint(_HINTS[step])
        (self.sources.list, self.items.table, self.answers.table, self.made)[step].setFocus()

    def _show_buttons(self, *_what: object) -> None:
        """Say on the buttons what comes next; a year that is none cannot be made, nor no form."""
        step, asked, forms = self.step, self._plan.asked_count, len(self._plan.forms)
        last = step == ANSWERS or (step == ITEMS and not asked)
        words = f"建立 {forms} 张表" if last else f"下一步：确认 {asked} 处" if step == ITEMS else "下一步"
        self._next.setText("打开第一张" if step == MADE else words)
        good = step != SOURCES or (self.sources.wanted_year() is not None and bool(forms))
        self._next.setEnabled(good)
        self._back.setVisible(step in {ITEMS, ANSWERS})
        self._undo.setVisible(step == MADE)
        self._cancel.setText("关闭" if step == MADE else "取消")
        self.steps.show_steps(("选择来源", "逐项处理", f"确认 {asked} 处" if asked else "确认", "建立完成"), step)
        if step == SOURCES:
            self._foot.show_hint(_HINTS[SOURCES] if good else self._why_not())

    def _why_not(self) -> str:
        if self.sources.wanted_year() is None:
            return "新年度填四位数字，要晚于来源年度"
        return "至少勾选一张表"

    def _fill_forms(self) -> None:
        """Offer the chosen forms to look at; the one that was looked at stays."""
        self.forms.clear()
        for one in self._plan.forms:
            self.forms.addItem(one.name, one.id)
        self.forms.setCurrentIndex(max(self.forms.findData(self._shown), 0))
        rest = len(self._plan.forms) - 1
        self._rest.setText(f"其余 {rest} 张表\n用同样的处理方式" if rest else "")
        self._show_form()

    def _show_form(self, *_index: int) -> None:
        self._shown = str(self.forms.currentData())
        self.forms.setToolTip(self.forms.currentText())
        self._show_items()

    def _show_items(self) -> None:
        source = next(one for one in self._plan.forms if one.id == self._shown)
        self.items.show_plan(self._plan, source)
        self._show_buttons()

    # ------------------------------------------------------------- deciding
    def go_on(self) -> None:
        """The primary button."""
        if not self.can_go_on():
            return
        if self.step == MADE:
            self.accept()
            self.open_asked.emit()
        elif self.step == SOURCES:
            self._turn_to(ITEMS)
        elif self.step == ITEMS and self._plan.asked_count:
            self._turn_to(ANSWERS)
        else:
            self._next.setEnabled(False)
            self._back.setVisible(False)
            self.card.begin("正在建立", 0)
            self.confirmed.emit(self._plan)

    def go_back(self) -> None:
        """上一步; what was chosen and answered stays."""
        if self.step in {ITEMS, ANSWERS}:
            self._turn_to(self.step - 1)

    def _take_chosen(self, chosen: frozenset[str]) -> None:
        self._plan = self._plan.take(chosen)
        self._show_buttons()

    def _take_target(self, source_id: str, target: Template) -> None:
        self.show_plan(self._plan.go_on_as(source_id, target))

    def _take_freeze(self, freezes: bool) -> None:
        self._plan = replace(self._plan, freezes=freezes)
        self._about.setText(_about(self._plan))

    def _take_treatment(self, key: str, treatment: Treatment) -> None:
        self._plan = self._plan.choose(key, treatment)
        self._show_items()

    def _take_all(self, treatment: Treatment | None) -> None:
        self._plan = self._plan.choose_all(treatment)
        self._show_items()

    def _take_answer(self, key: object, text: str) -> None:
        self._follow(self._plan.answer(key, text))  # type: ignore[arg-type]  # a signal carries it as an object

    def _take_same(self) -> None:
        """其余照上年: where nothing was typed yet."""
        same = {one.key: one.question.same for one in self._plan.asked}
        self._follow(replace(self._plan, answers={**same, **self._plan.answers}))

    def _take_none(self) -> None:
        self._follow(replace(self._plan, answers={}))

    def _follow(self, plan: Plan) -> None:
        self._plan = plan
        self.answers.follow(plan)


def _about(plan: Plan) -> str:
    """Say under the title what the wizard does."""
    locked = f"{plan.old_year} 年随后只供查看；" if plan.freezes else ""
    return f"每项选择带到新年度的方式。建立前先备份数据文件；{locked}建立后可一次撤销。"
