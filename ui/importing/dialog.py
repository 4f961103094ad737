"""核对导入内容 (import dialog): the source beside what was understood, the points below, the decision in the foot.

Its forms come from a :class:`Review`; it writes nothing. ``confirmed`` is told once all are decided; 取消 loses what was decided.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from perfdesk.arriving import Choice, Say
from ui import theme
from ui.dialogs.frame import foot_button
from ui.importing.head import Head
from ui.importing.linking import IS_FIELD, TAKE_FROM, Linking, sure_words
from ui.importing.panes import Pane
from ui.importing.points import PointList
from ui.importing.result import ResultView
from ui.importing.source import SourceView
from ui.regions import largest_on
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from perfdesk.model import Binding
    from perfdesk.recognition import Place
    from perfdesk.template import Template
    from ui.importing.review import Review

_LIST_HEAD: Final = 34  # px
_ROWS: Final = 3
"""So many points are in sight; of more the list scrolls."""
BUSY: Final = "正在导入：先备份，再收进来…"
NO_SPOT: Final = "这一格是空白，没有可以取的字。可以导入以后在表上填。"


class ImportDialog(QDialog):
    """The page. ``confirmed``: all forms are decided; ``leave_asked``: 取消 with decided forms; ``all_asked``: 全部导入.

    ``refused`` carries a sentence why nothing happened.
    """

    confirmed = Signal()
    leave_asked = Signal()
    all_asked = Signal()
    refused = Signal(str)

    def __init__(self, review: Review, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("核对导入内容")
        self.setModal(True)
        self.review = review
        self._busy = False
        self.source, self.stored = SourceView(self), ResultView(self)
        self.recognised, self.points = ResultView(self), PointList(self)
        self.head = Head(review.desk.templates, self)
        self.is_field, self.take_from = QPushButton(IS_FIELD, self), QPushButton(TAKE_FROM, self)
        self.choice = Segments("这张表怎么办", [one.value for one in Choice], self)
        self.cancel, self.back = foot_button("取消"), foot_button("上一张")
        self.everything, self.next = foot_button("全部导入"), foot_button("导入", primary=True)
        self._count, self._choice_words = QLabel(self), QLabel(self)
        self._build()
        self.linking = Linking(self.source, self.recognised, self.source_pane, self.take_from)
        self._connect()
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))
        self._show_case()

    # ------------------------------------------------------------ building
    def _build(self) -> None:
        self.source_pane = Pane("原文件", self.source, self.is_field, self)
        self.result_pane = Pane("识别结果", self.recognised, self.take_from, self)
        self.stored_pane = Pane("现有的表", self.stored, None, self)
        self._halves = QSplitter(Qt.Orientation.Horizontal, self)
        self._halves.setChildrenCollapsible(False)
        for pane in (self.source_pane, self.stored_pane, self.result_pane):
            self._halves.addWidget(pane)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._halves, 1)
        column.addWidget(self._build_list_head())
        column.addWidget(self.points)
        column.addWidget(self._build_foot())

    def _build_list_head(self) -> QWidget:
        bar, name, key = QWidget(self), QLabel("需要您看一眼", self), QLabel("F8 下一处", self)
        bar.setProperty("bar", "location")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(theme.px(self.font(), _LIST_HEAD))
        for label in (name, self._count):
            label.setProperty("role", "strong")
        key.setProperty("ink", "3")
        row = QHBoxLayout(bar)
        side = theme.px(self.font(), theme.SPACING[5])
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(side)
        for part in (name, self._count):
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(key)
        return bar

    def _build_foot(self) -> QWidget:
        foot = QWidget(self)
        foot.setProperty("bar", "foot")
        foot.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        foot.setFixedHeight(theme.px(self.font(), theme.DIALOG_FOOT))
        self._choice_words.setProperty("ink", "2")
        row = QHBoxLayout(foot)
        side = theme.px(self.font(), theme.SPACING[6])
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(theme.px(self.font(), theme.SPACING[4]))
        row.addWidget(self._choice_words)
        row.addWidget(self.choice)
        row.addStretch(1)
        for button in (self.cancel, self.back, self.everything, self.next):
            row.addWidget(button)
        return foot

    def _connect(self) -> None:
        self.head.template_chosen.connect(self._retake)
        self.head.year_chosen.connect(self._set_year)
        self.points.turned_to.connect(self._go_to_point)
        self.points.said.connect(self._say)
        self.choice.chosen.connect(self._choose)
        self.linking.mapped.connect(self._map)
        for view in (self.recognised, self.stored):
            view.refused.connect(self.refused)
        for button, slot in (
            (self.cancel, self.reject),
            (self.back, self._go_back),
            (self.next, self._go_on),
            (self.everything, self.all_asked.emit),
        ):
            button.clicked.connect(slot)
        for keys, step in (("F8", 1), ("Shift+F8", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self.points.step, step))
        for keys, step in (("F6", 1), ("Shift+F6", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(partial(self._step_part, step))

    def showEvent(self, event: QShowEvent) -> None:
        """The halves are equal, and the button that goes on has the keyboard."""
        super().showEvent(event)
        self._halves.setSizes([self.width() // 2] * self._halves.count())
        self.next.setFocus()

    def _step_part(self, step: int) -> None:
        """F6: from part to part of the page, as in the window."""
        parts = [one for one in (self.source, self.stored, self.recognised, self.points) if one.isVisible()]
        here = next((n for n, one in enumerate(parts) if one.hasFocus() or one.isAncestorOf(self.focusWidget())), -1)
        at = (here + step) % (len(parts) + 1) if here >= 0 else (0 if step > 0 else len(parts) - 1)
        (*parts, self.next)[at].setFocus(Qt.FocusReason.ShortcutFocusReason)

    # ------------------------------------------------------------- showing
    def _show_case(self) -> None:
        """Show the current form: source, result, points, decision."""
        case, is_file = self.review.case, self.review.case.found.source is not None
        self.head.show_case(case, self.review.year(self.review.at))
        self.source_pane.setVisible(is_file)
        self.result_pane.name("识别结果" if is_file else "文件里的表")
        self.result_pane.mark.setVisible(is_file)
        self.take_from.setVisible(is_file)
        sure, doubts = sure_words(case.form) if is_file else ("", "")
        self.result_pane.say(sure, doubts)
        self.linking.show(case, self.review.record())
        self._show_stored()
        self._show_points()
        self._show_decision()
        self.review.look()

    def _show_stored(self) -> None:
        """A file without a table (JSON) is laid beside the form that is there already."""
        same = self.review.same() if self.review.case.found.source is None else None
        template = self.review.desk.templates.get(same.record.template_id) if same is not None else None
        self.stored_pane.setVisible(template is not None)
        if same is not None and template is not None:
            self.stored.show_form(template, same.record)

    def _show_points(self) -> None:
        points = self.review.points()
        self.points.show_points(points, self.review.said())
        row = theme.px(self.font(), theme.ROW_TABLE)
        self.points.setFixedHeight(row * min(len(points), _ROWS))
        self._show_count()

    def _show_count(self) -> None:
        left = sum(one is None for one in self.review.said())
        self._count.setText(str(left) if left else "都看过了" if self.review.said() else "没有存疑的地方")

    def _show_decision(self) -> None:
        choices, chosen = self.review.choices(), self.review.chosen()
        self.choice.choose(chosen.value)
        for one in Choice:
            self.choice.set_shown(one.value, shown=one in choices)
        self._choice_words.setText(self.review.words())
        several = len(self.review.cases) > 1
        self.back.setVisible(several)
        self.back.setEnabled(self.review.at > 0)
        self.everything.setVisible(several and not self.review.is_last)
        verb = "跳过这张" if chosen is Choice.SKIP else "导入这张"
        self.next.setText(verb if not several else f"{verb}，{'完成' if self.review.is_last else '看下一张'}")

    # -------------------------------------------------------------- answers
    def _go_to_point(self, number: int) -> None:
        self.linking.go_to(self.review.points()[number])

    def _say(self, number: int, word: str) -> None:
        """An answer was given: what is 留空 leaves the form at once."""
        self.review.say(number, Say(word))
        case = self.review.case
        self.recognised.show_form(case.form.template, self.review.record(), case.form)
        self.linking.go_to(self.review.points()[number])
        self._show_count()
        self._show_decision()

    def _choose(self, word: str) -> None:
        self.review.choose(Choice(word))
        self._show_decision()

    def _retake(self, template: Template) -> None:
        self.review.retake(template)
        self._show_case()

    def _set_year(self, year: int) -> None:
        self.review.set_year(year)
        self._show_case()

    def _map(self, place: Place, binding: Binding | None) -> None:
        """A cell of the file was given to a field by hand."""
        if not self.review.map(place, binding):
            self.refused.emit(NO_SPOT)
            return
        self._show_case()
        self.source.show_places((place,))

    # ---------------------------------------------------------------- going
    def _go_back(self) -> None:
        self.review.at -= 1
        self._show_case()

    def _go_on(self) -> None:
        """This form is decided: the next one, or the end."""
        self.review.choose(self.review.chosen())
        if self.review.is_last:
            self.confirmed.emit()
            return
        self.review.at += 1
        self._show_case()
        self.next.setFocus()

    def set_busy(self, *, on: bool) -> None:
        """While it is saved nothing else can be done, closing included."""
        self._busy = on
        for part in (self.head, self._halves, self.points, self.choice, self.cancel, self.back, self.everything):
            part.setEnabled(not on)
        self.next.setEnabled(not on)
        if on:
            self._choice_words.setText(BUSY)
        else:
            self._show_decision()

    def reject(self) -> None:
        """Esc and 取消: first give up taking a cell; then leave, asked where forms are decided already."""
        if self._busy:
            return
        if self.linking.picking:
            self.linking.give_up()
        elif self.review.at or any(one.said or one.corrections for one in self.review.cases):
            self.leave_asked.emit()
        else:
            super().reject()

    def leave(self) -> None:
        """Close without a word."""
        self._busy = False
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The × of the window is 取消."""
        event.ignore()
        self.reject()
