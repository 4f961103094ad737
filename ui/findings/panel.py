"""审核 panel: verdict, tabs by severity, the cards, and the way from one to the next.

It shows what ``derive`` found and asks the window to go to a place or to apply a fix; it decides nothing. Findings come in the
order in which they are to be worked off: errors with root cause first, then paper order.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from perfdesk.model import Binding, Finding, Severity, Verdict, flatten
from ui import icons, theme
from ui.findings.view import CardsView
from ui.findings.wording import TABS
from ui.theme import qcolor
from ui.widgets.looks import set_look
from ui.widgets.marks import SIZE, SIZE_VERDICT, Mark, MarkLabel, mark_of, paint_mark
from ui.widgets.speech import announce

WIDTH, WIDTH_NARROW, WIDTH_WIDE, WIDTH_LEAST = 318, 290, 372, 280  # px
STRIP: Final = 40  # px, the collapsed panel
_KEY_FITS_FROM: Final = 300  # px: below that 下一处 does without its key
_LOOKS: Final = {
    Mark.ERROR: ("blocked", "err"),
    Mark.WARNING: ("explain", "warn"),
    Mark.OK: ("ready", "ok"),
    Mark.WORKING: ("filling", ""),
    Mark.LOCKED: ("filling", ""),
}
"""Ground and ink of the verdict by its mark."""


class FindingsPanel(QWidget):
    """The panel. ``place_chosen`` carries a Binding, ``fix_chosen`` a Finding; ``expand_chosen`` is a click on the strip.

    ``counted`` carries how many findings there are, consequences included.
    ``answer_typed`` carries a Finding and the text of its 说明 at every key, ``answer_left`` that the typing came to an end.
    ``sheet_asked`` is the button 审核单. ``step_asked`` (+1, -1) are the buttons 下一处 and 上一处: where there is no finding to go
    to, the window knows of blanks.
    """

    place_chosen = Signal(object)
    fix_chosen = Signal(object)
    answer_typed = Signal(object, str)
    answer_left = Signal()
    sheet_asked = Signal()
    step_asked = Signal(int)
    expand_chosen = Signal()
    counted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._findings: tuple[Finding, ...] = ()
        self._verdict: Verdict | None = None
        self._sentence = ""
        self._blanks = False
        self._submitted = False
        self._full = QWidget(self)
        self._strip = _Strip(self)
        self._strip.clicked.connect(self.expand_chosen)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._build_full()
        self._stack.addWidget(self._full)
        self._stack.addWidget(self._strip)
        self.setMinimumWidth(theme.px(self.font(), WIDTH_LEAST))
        self.setAccessibleName("审核")
        self._show_verdict()
        self._show_counts()
        self._show_cards()

    def clear(self) -> None:
        """Show nothing, not even a verdict: no form is open, or another one is about to be shown from its beginning."""
        self._verdict, self._sentence, self._findings, self._blanks, self._submitted = None, "", (), False, False
        self._show_verdict()
        self._show_counts()
        self._cards.begin()
        self._show_cards()

    def show_findings(
        self,
        findings: tuple[Finding, ...],
        verdict: Verdict,
        sentence: str,
        *,
        blanks: bool = False,
        submitted: bool = False,
    ) -> None:
        """Show the state of the form. Equal values change nothing; otherwise cards, scroll position and focus keep their place.

        ``blanks``: required cells are still empty, so that 下一处 has somewhere to go. ``submitted``: the form was handed in, so
        that it is 已上报 whatever its verdict is.
        """
        judged = (verdict, sentence, submitted) != (self._verdict, self._sentence, self._submitted)
        if judged:
            self._verdict, self._sentence, self._submitted = verdict, sentence, submitted
            self._show_verdict()
            announce(self, self.verdict_text())
        if not judged and (findings, blanks) == (self._findings, self._blanks):
            return
        self._findings, self._blanks = findings, blanks
        self._show_counts()
        self._show_cards()

    def set_current_binding(self, binding: Binding | None) -> None:
        """Follow the current cell of the sheet: its card becomes current, or none. The focus stays; nothing is signalled.

        A card that is being answered stays: a 说明 to the whole form is typed while some cell is current.
        """
        if self._cards.is_answered_now:
            return
        row = -1 if binding is None else self._cards.row_for(binding)
        self._cards.make_current(row, tell=False)

    def step(self, direction: int) -> None:
        """下一处 (+1) or 上一处 (-1): make that card current and say its place. An empty tab gives way to 全部."""
        if not self._cards.card_count() and self._findings:
            self._tabs.setCurrentIndex(0)
        self._cards.step(direction)

    def apply_fix(self) -> None:
        """Ask for the fix of the current card (Ctrl+.); a card without one asks for nothing."""
        finding = self.current_finding()
        if finding is not None and finding.fix is not None:
            self.fix_chosen.emit(finding)

    def current_finding(self) -> Finding | None:
        """Return the finding of the current card."""
        return self._cards.current_finding()

    def verdict_text(self) -> str:
        """Return the verdict and its sentence as a reader says them."""
        return f"{self._word_of(self._verdict)}：{self._sentence}" if self._verdict is not None else ""

    def tab_texts(self) -> tuple[str, ...]:
        """Return the words of the tabs with their counts."""
        return tuple(self._tabs.tabText(index) for index in range(self._tabs.count()))

    def choose_tab(self, severity: Severity | None) -> None:
        """Show one severity, or all with ``None``."""
        self._tabs.setCurrentIndex(next(at for at, (_, value) in enumerate(TABS) if value is severity))

    def set_collapsed(self, collapsed: bool) -> None:
        """Shrink to the strip of 40 px with mark and count, or open again."""
        self._stack.setCurrentWidget(self._strip if collapsed else self._full)
        if collapsed:
            self.setFixedWidth(theme.px(self.font(), STRIP))
            return
        self.setMinimumWidth(theme.px(self.font(), WIDTH_LEAST))
        self.setMaximumWidth(16777215)

    def is_collapsed(self) -> bool:
        """Tell whether only the strip is shown."""
        return self._stack.currentWidget() is self._strip

    def focus_list(self) -> None:
        """Take the keyboard focus (F6)."""
        (self._strip if self.is_collapsed() else self._cards).setFocus(Qt.FocusReason.TabFocusReason)

    def set_icons(self) -> None:
        """Draw the arrows again, after a change of theme or screen."""
        table, size = theme.tokens(self.palette()), theme.px(self.font(), icons.ROW_SIZE)
        for button, name in ((self._previous, "arrow-up"), (self._next, "arrow-down")):
            button.setIcon(icons.icon(name, table, dpr=self.devicePixelRatioF(), size=size))
            button.setIconSize(QSize(size, size))

    def sizeHint(self) -> QSize:
        """Return the usual width."""
        width = STRIP if self.is_collapsed() else WIDTH
        return QSize(theme.px(self.font(), width), super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Draw the arrows anew when theme, text size or screen change."""
        super().changeEvent(event)
        if event.type() in icons.REDRAW_ON:
            self.set_icons()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow panel names no key on 下一处."""
        super().resizeEvent(event)
        roomy = self.width() >= theme.px(self.font(), _KEY_FITS_FROM)
        self._next.setText("下一处 F8" if roomy else "下一处")

    def _build_full(self) -> None:
        """Stack verdict, tabs, cards and foot. The ground is named first: a widget is polished when it is put away."""
        self._full.setProperty("bar", "panel")
        self._full.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self._full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_verdict())
        tabs = QHBoxLayout()
        tabs.setContentsMargins(theme.px(self.font(), theme.SPACING[3]), 0, 0, 0)
        tabs.addWidget(self._build_tabs())
        column.addLayout(tabs)
        column.addWidget(_line(self._full))
        self._cards = CardsView(self._full)
        self._cards.place_chosen.connect(self.place_chosen)
        self._cards.fix_chosen.connect(self.fix_chosen)
        self._cards.answer_typed.connect(self.answer_typed)
        self._cards.answer_left.connect(self.answer_left)
        column.addWidget(self._cards, 1)
        column.addWidget(_line(self._full))
        column.addWidget(self._build_foot())

    def _build_verdict(self) -> QFrame:
        """The block that says whether the form may go."""
        self._block = QFrame(self._full)
        self._block.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._mark = MarkLabel(Mark.WORKING, size=SIZE_VERDICT, parent=self._block)
        self._word, self._counts = QLabel(self._block), QLabel(self._block)
        self._word.setProperty("role", "verdict")
        self._word.setFixedHeight(theme.px(self.font(), theme.VERDICT_LINE))
        self._counts.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(theme.px(self.font(), 9))
        head.addWidget(self._mark)
        head.addWidget(self._word, 1)
        column = QVBoxLayout(self._block)
        column.setContentsMargins(*(theme.px(self.font(), side) for side in (14, 10, 14, 9)))
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self._counts)
        return self._block

    def _build_tabs(self) -> QTabBar:
        """The tabs by severity."""
        self._tabs = QTabBar(self._full)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.setUsesScrollButtons(False)
        self._tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._tabs.setAccessibleName("按轻重查看")
        for word, _ in TABS:
            self._tabs.addTab(word)
        self._tabs.currentChanged.connect(self._show_cards)
        return self._tabs

    def _build_foot(self) -> QWidget:
        """上一处 and 下一处, on the right 审核单."""
        foot = QWidget(self._full)
        self._previous, self._next = QPushButton("上一处", foot), QPushButton("下一处 F8", foot)
        self._previous.setToolTip("上一处提示（Shift+F8）")
        self._next.setToolTip("下一处提示（F8）")
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        row = QHBoxLayout(foot)
        row.setContentsMargins(*(theme.px(self.font(), side) for side in (10, 7, 10, 7)))
        row.setSpacing(theme.px(self.font(), 8))
        for button in (self._previous, self._next):
            button.setProperty("fit", "card")
            row.addWidget(button)
        row.addStretch(1)
        self._sheet = QPushButton("审核单…", foot)
        self._sheet.setProperty("fit", "card")
        self._sheet.setToolTip("预览、打印或导出审核单")
        self._sheet.clicked.connect(self.sheet_asked)
        row.addWidget(self._sheet)
        self.set_icons()
        return foot

    def _go_back(self) -> None:
        """上一处."""
        self.step_asked.emit(-1)

    def _go_on(self) -> None:
        """下一处."""
        self.step_asked.emit(+1)

    def _show_verdict(self) -> None:
        """Colour the block and write its words; without a verdict there is no block."""
        self._block.setVisible(self._verdict is not None)
        self._block.setAccessibleName(self.verdict_text())
        if self._verdict is None:
            return
        mark = Mark.LOCKED if self._submitted else mark_of(self._verdict)
        look, tone = _LOOKS[mark]
        self._mark.set_kind(mark)
        self._word.setText(self._word_of(self._verdict))
        self._counts.setText(self._sentence)
        set_look(self._block, "verdict", look)
        set_look(self._word, "tone", tone)

    def _word_of(self, verdict: Verdict) -> str:
        return Mark.LOCKED.value if self._submitted else verdict.value

    def _show_counts(self) -> None:
        """Write the counts, consequences included, and whether there is anywhere to go."""
        count = Counter(finding.severity for finding in flatten(self._findings))
        for at, (word, severity) in enumerate(TABS):
            text = f"{word} {count.total() if severity is None else count[severity]}"
            if self._tabs.tabText(at) != text:
                self._tabs.setTabText(at, text)
        for button in (self._previous, self._next):
            button.setEnabled(bool(self._findings) or self._blanks)
        judged = self._verdict is not None
        self._sheet.setEnabled(judged)
        self._strip.show_count(self._mark.kind() if judged else None, count.total(), self.verdict_text())
        self.counted.emit(count.total())

    def _show_cards(self) -> None:
        """Show the cards of the chosen tab."""
        word, severity = TABS[self._tabs.currentIndex()]
        cards = tuple(one for one in self._findings if severity is None or _holds(one, severity))
        self._cards.show_cards(cards, empty_text=self._nothing(word if severity else ""))

    def _nothing(self, word: str) -> str:
        """Say that there are no cards: none of a severity (``word``), or none at all."""
        if self._verdict is None:
            return ""
        if word:
            return f"没有{word}"
        return "还没填完" if self._verdict is Verdict.FILLING else "没有要改的地方"


class _Strip(QAbstractButton):
    """The collapsed panel: mark, count and name, one under the other."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self._count = 0
        self.setToolTip("打开审核（Ctrl+2）")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_count(self, mark: Mark | None, count: int, spoken: str) -> None:
        """Show another mark and count."""
        self._mark, self._count = mark, count
        self.setAccessibleName(f"审核，{spoken}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of the strip."""
        return QSize(theme.px(self.font(), STRIP), theme.px(self.font(), 120))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens as space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint mark, count and the word 审核 from top to bottom."""
        del event
        painter = QPainter(self)
        table = theme.tokens(self.palette())
        painter.fillRect(self.rect(), qcolor(table.hover if self.underMouse() else table.panel))
        side, line = theme.px(self.font(), SIZE), theme.px(self.font(), theme.BODY_LINE)
        if self._mark is not None:
            box = QRectF((self.width() - side) // 2, theme.px(self.font(), 14), side, side)
            paint_mark(painter, box, self._mark, table)
        painter.setPen(qcolor(table.ink2))
        top = theme.px(self.font(), 36)
        for word in (str(self._count), "审", "核"):
            painter.drawText(QRectF(0, top, self.width(), line), Qt.AlignmentFlag.AlignCenter, word)
            top += line
        if self.hasFocus():
            painter.setPen(QPen(qcolor(table.accent), theme.FRAME))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


def _holds(finding: Finding, severity: Severity) -> bool:
    """Tell whether a card, or one of its 连带 lines, is of a severity."""
    return any(one.severity is severity for one in flatten((finding,)))


def _line(parent: QWidget) -> QWidget:
    """Return a hairline across the panel."""
    line = QWidget(parent)
    line.setProperty("bar", "line")
    line.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    line.setFixedHeight(theme.LINE)
    return line
