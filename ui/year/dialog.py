"""全年审核 (year dialog): how the forms of a year stand, and everything there is to do, in one window.

It shows judged forms and asks: for another year, a form, a place, the files. It judges nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSplitter, QTabBar, QVBoxLayout, QWidget

from perfdesk.checks.catalogue import CATALOGUE
from perfdesk.overview import Standing
from ui import theme
from ui.dialogs.frame import Foot, foot_button
from ui.findings.wording import TABS
from ui.regions import largest_on
from ui.widgets.combo import StillCombo
from ui.widgets.progress import ProgressCard
from ui.year.hits import HitsView
from ui.year.judging import Hit, Judged
from ui.year.table import YearTable

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD: Final = 52
_STANDS: Final = (Standing.BLOCKED, Standing.TO_EXPLAIN, Standing.READY, Standing.FILLING, Standing.SUBMITTED)
_HINT: Final = "双击一处，打开那张表的那一格"
_ALL_CODES: Final = "各种问题"
_SHORTEST: Final = 9  # characters in the choice of a kind


class YearDialog(QDialog):
    """The window-sized list of a year. ``place_chosen`` carries the id of a form and a Binding (or ``None``).

    ``year_chosen`` carries another year to judge, ``stop_asked`` ends the judging, ``again_asked`` begins it anew,
    ``sheets_asked`` wants the 审核单 of all forms in a file, ``list_asked`` all findings as a list.
    """

    place_chosen = Signal(str, object)
    year_chosen = Signal(int)
    stop_asked = Signal()
    again_asked = Signal()
    sheets_asked = Signal()
    list_asked = Signal()

    def __init__(self, years: Sequence[int], year: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("全年审核")
        self.setModal(True)
        self._forms: tuple[Judged, ...] = ()
        self._summary, self._total = QLabel(self), 0
        self.table, self.hits = YearTable(self), HitsView(self)
        self.tabs, self.codes, self._years = QTabBar(self), StillCombo(self), StillCombo(self)
        self.card = ProgressCard(self, lift=theme.px(self.font(), theme.DIALOG_FOOT))
        self._build(years, year)
        self._connect()
        self.resize(parent.window().size().boundedTo(largest_on(parent.screen())))

    # ------------------------------------------------------------ building
    def _build(self, years: Sequence[int], year: int) -> None:
        for one in years:
            self._years.addItem(f"{one} 年度", one)
        self._years.setCurrentIndex(self._years.findData(year))
        self._years.setAccessibleName("年度")
        self._close, self._again = foot_button("关闭"), foot_button("重新审核")
        self._sheets, self._go = foot_button("导出审核单…"), foot_button("打开这一处", primary=True)
        self._list = foot_button("导出列表…")
        foot = self._foot = Foot(self, (self._close, self._again, self._list, self._sheets, self._go))
        foot.show_hint(_HINT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_head())
        column.addWidget(self._build_body(), 1)
        column.addWidget(foot)
        for before, after in ((self._years, self.table), (self.table, self.tabs), (self.tabs, self.codes)):
            self.setTabOrder(before, after)
        self.setTabOrder(self.codes, self.hits)

    def _build_head(self) -> QWidget:
        head, title = QWidget(self), QLabel("全年审核", self)
        head.setProperty("bar", "location")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head.setFixedHeight(theme.px(self.font(), HEAD))
        title.setProperty("role", "title")
        self._summary.setProperty("ink", "2")
        row = QHBoxLayout(head)
        side = theme.px(self.font(), theme.SPACING[6])
        row.setContentsMargins(side, 0, side, 0)
        row.setSpacing(theme.px(self.font(), theme.SPACING[5]))
        row.addWidget(title)
        row.addWidget(self._years)
        row.addWidget(self._summary, 1)
        return head

    def _build_body(self) -> QWidget:
        """The forms at the left, what there is to do at the right."""
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setHandleWidth(theme.LINE)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self._build_list(split))
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 6)
        return split

    def _build_list(self, parent: QWidget) -> QWidget:
        side = QWidget(parent)
        side.setProperty("bar", "panel")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setAccessibleName("轻重")
        for words, _ in TABS:
            self.tabs.addTab(words)
        self.codes.setAccessibleName("哪一种问题")
        self.codes.setSizeAdjustPolicy(StillCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.codes.setMinimumContentsLength(_SHORTEST)
        bar = QHBoxLayout()
        gap = theme.px(self.font(), theme.SPACING[3])
        bar.setContentsMargins(gap, gap, theme.px(self.font(), theme.SPACING[5]), gap)
        bar.addWidget(self.tabs)
        bar.addStretch(1)
        bar.addWidget(self.codes, 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.hits, 1)
        return side

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_hits)
        self.codes.activated.connect(self._show_hits)
        self._years.activated.connect(self._choose_year)
        self.table.form_shown.connect(self._follow_table)
        self.hits.form_shown.connect(self.table.make_current)
        self.table.form_chosen.connect(self._choose_form)
        self.hits.place_chosen.connect(self._choose_place)
        self.card.stop_asked.connect(self.stop_asked)
        self._close.clicked.connect(self.reject)
        self._again.clicked.connect(self.again_asked)
        self._sheets.clicked.connect(self.sheets_asked)
        self._list.clicked.connect(self.list_asked)
        self._go.clicked.connect(self._choose_current)

    # ------------------------------------------------------------- showing
    def begin(self, total: int) -> None:
        """``total`` forms are being judged; what was shown goes."""
        self._total = total
        self.show_forms(())
        self._summary.setText(f"共 {total} 张表，正在审核")
        self._again.setEnabled(False)
        self.card.begin("正在审核", total)

    def finish(self, forms: tuple[Judged, ...]) -> None:
        """Show what was judged; fewer forms than there are, where it was stopped."""
        self.card.finish()
        self._again.setEnabled(True)
        self.show_forms(forms)
        self.table.setFocus()

    def say(self, words: str) -> None:
        """Say something at the foot; ``""`` brings the usual hint back."""
        self._foot.show_hint(words or _HINT)

    def show_forms(self, forms: tuple[Judged, ...]) -> None:
        """Show judged forms and all their findings."""
        self._forms = forms
        self.table.show_forms(forms)
        self._summary.setText(self._sentence())
        for button in (self._sheets, self._list, self._go):
            button.setEnabled(bool(forms))
        self._fill_codes()
        self._show_hits()

    def summary(self) -> str:
        """Return the sentence of the head."""
        return self._summary.text()

    def year(self) -> int:
        """Return the chosen year."""
        return int(self._years.currentData())

    def forms(self) -> tuple[Judged, ...]:
        """Return the forms that are shown."""
        return self._forms

    def choose_year(self, year: int) -> None:
        """Choose a year as a click on it would."""
        self._years.setCurrentIndex(self._years.findData(year))
        self._choose_year()

    def choose_code(self, code: str) -> None:
        """Show one kind of findings, ``""`` for all."""
        self.codes.setCurrentIndex(max(self.codes.findData(code), 0))
        self._show_hits()

    def _sentence(self) -> str:
        count = Counter(one.standing for one in self._forms)
        stand = "，".join(f"{one.value} {count[one]}" for one in _STANDS if count[one])
        if len(self._forms) < self._total:
            return f"已停止，{self._total} 张表审核了 {len(self._forms)} 张" + (f"：{stand}" if stand else "")
        return f"共 {self._total} 张表：{stand}" if stand else "这一年还没有表"

    def _fill_codes(self) -> None:
        """Offer the kinds of findings that there are, the most frequent first; the chosen one stays chosen."""
        chosen = self.codes.currentData() or ""
        count = Counter(one.code for form in self._forms for one in form.derived.findings)
        self.codes.clear()
        self.codes.addItem(_ALL_CODES, "")
        for code, number in count.most_common():
            self.codes.addItem(f"{CATALOGUE[code].name}　{number}", code)
        self.codes.setCurrentIndex(max(self.codes.findData(chosen), 0))

    def _show_hits(self, *_index: int) -> None:
        """Show the findings of the chosen kind and severity, and say on the tabs how many there are."""
        code, severity = self.codes.currentData() or "", TABS[self.tabs.currentIndex()][1]
        hits = [Hit(form, one) for form in self._forms for one in form.derived.findings if code in {"", one.code}]
        count = Counter(one.finding.severity for one in hits)
        for index, (words, own) in enumerate(TABS):
            number = len(hits) if own is None else count[own]
            self.tabs.setTabText(index, f"{words} {number}" if number else words)
        shown = [one for one in hits if severity in {None, one.finding.severity}]
        self.hits.show_hits(shown, empty_text="没有要改的地方" if self._forms else "")

    # -------------------------------------------------------------- asking
    def _follow_table(self, record_id: str) -> None:
        self.hits.turn_to(record_id)

    def _choose_year(self, *_index: int) -> None:
        self.year_chosen.emit(self.year())

    def _choose_form(self, record_id: str) -> None:
        self.place_chosen.emit(record_id, None)

    def _choose_place(self, hit: Hit) -> None:
        self.place_chosen.emit(hit.form.id, hit.finding.binding)

    def _choose_current(self) -> None:
        """Open the current finding's place, else the current form."""
        hit, form = self.hits.current_hit(), self.table.current_form()
        if hit is not None and (form is None or hit.form.id == form.id):
            self._choose_place(hit)
        elif form is not None:
            self._choose_form(form.id)
