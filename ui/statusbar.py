"""状态栏 (status bar): 执行率, 总分, 等级, the weight meter, whether everything is saved, and the zoom.

It shows an ``Assessment`` as it is and computes nothing. At most widths the words shorten, never the figures.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QToolButton, QWidget

from perfdesk.amounts import format_rate, format_score
from ui import icons, theme
from ui.widgets.figure import Figure
from ui.widgets.looks import set_look
from ui.widgets.meter import FULL, WIDTH_NARROW, WIDTH_NORMAL, WIDTH_WIDE, WeightMeter
from ui.widgets.rule import Rule
from ui.widgets.weights import WeightList
from ui.widgets.zoom import ZoomControl

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from perfdesk.derive import Derived
    from perfdesk.model import Assessment

NOTHING: Final = "—"
REPORT_FORMAT: Final = "A4 · 每页 22 行 · 每行 28 字"  # GB/T 9704-2012, 5.2.2
ZOOM_LEAST, ZOOM_MOST = 50, 200  # %, as the sheet allows


class StatusBar(QStatusBar):
    """The bar at the foot of the window. ``backups_asked``: what it says of the backups was clicked."""

    backups_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._rate, self._rate_score = Figure(), QLabel()
        self._total, self._grade = Figure(), Figure()
        self._whole, self._section, self._is_report = Figure(), Figure(), False
        self.meter = WeightMeter()
        self.meter.clicked.connect(self._list_weights)
        self.zoom = ZoomControl(least=ZOOM_LEAST, most=ZOOM_MOST)
        self._tick, self._saved = QLabel(), QLabel()
        self._backup = QToolButton()
        self._backup.clicked.connect(self.backups_asked)
        self._backup_tone = ""
        self._backup.hide()
        self._place = QLabel()
        self._place.setProperty("ink", "2")
        self._assessment: Assessment | None = None
        self._moment: datetime | None = None
        self._state = ""
        self._narrow, self._has_score = False, True
        self._score_word = _key("得")
        self._build()
        self.show_assessment(None)
        self.show_idle()

    def show_words(self, whole: int, section: int) -> None:
        """Show 字数 of a report (and of its section) instead of scores; ``show_kind`` ends it."""
        self._whole.show_text(f"{whole:,} 字".replace(",", " "))
        self._section.show_text(f"{section:,} 字".replace(",", " "))

    def show_kind(self, *, report: bool) -> None:
        """The open form is a report, which has words, or another, which has scores."""
        self._is_report = report
        self._words_part.setVisible(report)
        self._form.setVisible(self._assessment is not None and not report)

    def words(self) -> tuple[str, str]:
        """Return 字数 of the report and of the section as shown."""
        return self._whole.text(), self._section.text()

    def show_assessment(self, assessment: Assessment | None, *, has_rate: bool = True, has_total: bool = True) -> None:
        """Show the figures of a form, dashes where there are none; ``None`` when no form is open.

        ``has_rate`` and ``has_total`` tell whether the form has an execution rate and scores at all: a goal table has neither.
        """
        self._form.setVisible(assessment is not None and not self._is_report)
        for part in self._of_rate:
            part.setVisible(has_rate)
        for part in self._of_total:
            part.setVisible(has_total)
        self._has_score = has_rate and has_total
        self._between.setVisible(self._has_score)
        self._show_score()
        self._place.setVisible(assessment is None)
        for part in (self._line, self.zoom):
            part.setVisible(assessment is not None)
        self.meter.set_assessment(assessment)
        self._assessment = assessment
        self._show_backup()
        if assessment is None:
            return
        rate = assessment.execution_rate
        self._rate.show_text(NOTHING if rate is None else format_rate(rate))
        self._rate_score.setText(_score(assessment.budget.effective if assessment.budget else None))
        self._total.show_text(format_score(assessment.total) if assessment.is_scored else NOTHING)
        set_look(self._total, "tone", "err" if assessment.total > FULL else "")
        self._grade.show_text(assessment.grade or NOTHING)
        self._grade.setToolTip("" if assessment.grade else "总分在 0 至 100 之间、分值填齐以后才有等级")

    def show_form(self, derived: Derived) -> None:
        """Show the figures of a form, those it has: a rating knows no execution rate, a goal table and a list no scores."""
        if derived.assessment is self._assessment:  # a key in a report changes no score
            return
        template = derived.template
        slots = (slot for block in template.blocks for slot in block.slots)
        has_rate = any(slot.fund and slot.key == "execution_rate" for slot in slots)
        self.show_assessment(derived.assessment, has_rate=has_rate, has_total=template.is_scored)

    def show_place(self, path: Path) -> None:
        """Say where the data lie, while no form is open."""
        self._place.setText(f"数据在　{path}")
        self._tell_saved()

    def show_idle(self) -> None:
        """No form is open, so nothing can be unsaved."""
        self._state = "idle"
        self._tell_saved()

    def show_saved(self, moment: datetime | None) -> None:
        """Everything is on the disk since ``moment`` (``None``: since it was opened)."""
        self._moment = moment
        self._state = "saved"
        self._tell_saved()

    def show_pending(self) -> None:
        """Something was typed that the next moment will save. Said at every keystroke, so only the first one tells."""
        if self._state != "pending":
            self._state = "pending"
            self._tell_saved()

    def show_trouble(self, sentence: str) -> None:
        """The disk did not take it; ``sentence`` says why."""
        self._state = "trouble"
        self._tell_saved()
        self._saved.setToolTip(sentence)

    def show_read_only(self) -> None:
        """The form is only looked at."""
        self._state = "looking"
        self._tell_saved()

    def show_backup(self, words: str, tone: str, sentence: str) -> None:
        """Say how the backups stand; where there is nothing to worry about (no ``tone``) only while no form is open."""
        self._backup.setText(words)
        self._backup.setToolTip(sentence)
        self._backup.setAccessibleName(f"{words}。{sentence}")
        set_look(self._backup, "tone", tone)
        self._backup_tone = tone
        self._show_backup()

    def backup_text(self) -> str:
        """Return what the bar says about the backups, ``""`` where it says nothing."""
        return "" if self._backup.isHidden() else self._backup.text()

    def _show_backup(self) -> None:
        idle = self._assessment is None
        self._backup.setVisible(bool(self._backup.text()) and (idle or bool(self._backup_tone)))

    def saved_text(self) -> str:
        """Return what the bar says about saving."""
        return self._saved.text()

    def figures(self) -> tuple[str, str, str, str]:
        """Return 执行率, its 得分, 总分 and 等级 as shown."""
        return self._rate.text(), self._rate_score.text(), self._total.text(), self._grade.text()

    def set_room(self, *, narrow: bool, wide: bool) -> None:
        """Fit the words to the width of the window."""
        self._narrow = narrow
        self._show_score()
        width = WIDTH_NARROW if narrow else WIDTH_WIDE if wide else WIDTH_NORMAL
        self.meter.set_form(bar_width=width, legend=wide)
        for part in self._format_parts:
            part.setVisible(not narrow)
        self.zoom.set_narrow(narrow=narrow)
        self._tell_saved()

    def set_icons(self) -> None:
        """Draw the icons again after a change of theme."""
        self.zoom.set_icons()
        self._tell_saved()

    def _build(self) -> None:
        """Figures left, saved state and zoom right."""
        self._form = QWidget()
        row = QHBoxLayout(self._form)
        row.setContentsMargins(theme.px(self.font(), 12), 0, 0, 0)
        row.setSpacing(theme.px(self.font(), 7))
        self._of_rate: tuple[QWidget, ...] = (_key("执行率"), self._rate)
        self._between = Rule()
        totals: list[QWidget] = [_key("总分"), self._total, _key("等级"), self._grade, Rule(), _key("分值"), self.meter]
        self._of_total = tuple(totals)
        for part in (*self._of_rate, self._score_word, self._rate_score, self._between, *totals):
            row.addWidget(part)
        self.addWidget(self._form)
        self.addWidget(self._place)
        self._place.setContentsMargins(theme.px(self.font(), 12), 0, 0, 0)
        self._form.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._build_words()
        right = QWidget()
        end = QHBoxLayout(right)
        end.setContentsMargins(0, 0, theme.px(self.font(), 12), 0)
        end.setSpacing(theme.px(self.font(), 6))
        self._line = Rule()
        ends: list[QWidget] = [self._backup, self._tick, self._saved, self._line, self.zoom]
        for part in ends:
            end.addWidget(part)
        self.addPermanentWidget(right)

    def _show_score(self) -> None:
        """The score of the rate: where there is one, and room for it."""
        for part in (self._score_word, self._rate_score):
            part.setVisible(self._has_score and not self._narrow)

    def _build_words(self) -> None:
        """What the bar says of a report: 全文, 本节, 版式."""
        self._words_part = QWidget()
        row = QHBoxLayout(self._words_part)
        row.setContentsMargins(theme.px(self.font(), 12), 0, 0, 0)
        row.setSpacing(theme.px(self.font(), 7))
        self._format = QLabel(REPORT_FORMAT)
        self._format_parts: tuple[QWidget, ...] = (Rule(), _key("版式"), self._format)
        parts: list[QWidget] = [_key("全文"), self._whole, Rule(), _key("本节"), self._section, *self._format_parts]
        for part in parts:
            row.addWidget(part)
        self.addWidget(self._words_part)
        self._words_part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._words_part.hide()

    def _list_weights(self) -> None:
        """A click on the meter: the weights of the groups as figures."""
        if self._assessment is not None:
            WeightList(self._assessment, self).show_over(self.meter)

    def _tell_saved(self) -> None:
        """Write the words about saving with their sign."""
        words, tone, sign = self._words()
        self._saved.setText(words)
        self._saved.setToolTip("")
        self._saved.setAccessibleName(words)
        set_look(self._saved, "tone", tone)
        size = theme.px(self.font(), icons.ROW_SIZE)
        table = theme.tokens(self.palette())
        colour = getattr(table, tone or "ink3")
        self._tick.setPixmap(icons.pixmap(sign, colour, size, self.devicePixelRatioF()))
        self._tick.setVisible(bool(words))

    def _words(self) -> tuple[str, str, str]:
        """Choose words, tone and sign for the present state."""
        if self._state == "pending":
            return "待保存", "", "clock"
        if self._state == "trouble":
            return "没有存上", "err", "x"
        if self._state == "looking":
            return "只查看", "warn", "lock"
        if self._state == "idle":
            return ("全部已保存", "ok", "check") if self._place.text() else ("", "", "check")
        if self._narrow or self._moment is None:
            return "已保存", "ok", "check"
        return f"已自动保存 {self._moment:%H:%M}", "ok", "check"


def _key(word: str) -> QLabel:
    """Make the label of a word before a figure."""
    label = QLabel(word)
    label.setProperty("ink", "3")
    return label


def _score(value: Decimal | None) -> str:
    """Write a score, a dash where there is none."""
    return NOTHING if value is None else format_score(value)
