"""年度总览 (page): what the desk shows while no form is open: years at the left, the table of a year's forms beside them.

It shows lines of ``ui.forms`` and asks; it neither opens, makes nor deletes a form. Which year is shown is its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.cycle import stages
from perfdesk.overview import Row, missing, standing, still_to_do, todo_list, years_of
from ui import icons, theme
from ui.home.band import TodoBand
from ui.home.model import VERDICTS
from ui.home.steps import StepStrip
from ui.home.table import OverviewTable
from ui.home.years import WIDTH, YearRail
from ui.widgets.search import SearchField
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from perfdesk.cycle import Cycle
    from perfdesk.model import Verdict
    from ui.lines import Line

ALL: Final = "全部"
PLACEHOLDER: Final = "名称、拼音或首字母，如 flyz"
_SEARCH_WIDTH: Final = 300  # px
_NARROW_SEARCH: Final = 220
_LAST_WIDTH: Final = 200  # px: the name of the form to go on with


def row_of(line: Line) -> Row:
    """Return the row of a line of the list."""
    state = line.state
    if state is None:
        return Row(line.id, line.name, line.year, line.kind, line.changed)
    return Row(line.id, line.name, line.year, line.kind, line.changed, state.verdict, state.completion, state.figures)


class HomePage(QWidget):
    """The page. ``chosen``: a form is to be opened; ``year_shown``: the marks of a year are wanted."""

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)
    year_shown = Signal(int)
    new_asked = Signal()
    import_asked = Signal()
    trash_asked = Signal()
    audit_asked = Signal(int)

    def __init__(self, today: Callable[[], date], cycle: Cycle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._cycle = today, cycle
        self._rows: tuple[Row, ...] = ()
        self._year = 0
        self._last = ""
        self._is_stale = False
        self.years, self.table = YearRail(self), OverviewTable(today, self)
        self.steps, self.band = StepStrip(self), TodoBand(self)
        self.search = SearchField(PLACEHOLDER, parent=self)
        self.filter = Segments("审核结论", (ALL, *(one.value for one in VERDICTS)), self)
        self._title, self._none = QLabel(self), QLabel(self)
        self._go_on, self._new, self._audit = QPushButton(self), QPushButton("新建表…"), QPushButton("全年审核…")
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._show_year)
        self._build()
        self._connect()

    # ------------------------------------------------------------ building
    def _build(self) -> None:
        self.setProperty("bar", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title.setProperty("role", "page")
        self._none.setProperty("ink", "2")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._go_on.setProperty("primary", "true")
        for button in (self._go_on, self._new, self._audit):
            button.setAutoDefault(True)  # outside of dialogs this is what makes Enter press a button
        self.body = QVBoxLayout()
        self.body.setContentsMargins(*(theme.px(self.font(), side) for side in (20, 14, 20, 14)))
        self.body.setSpacing(theme.px(self.font(), theme.SPACING[5]))
        self.body.addLayout(self._head())
        self.body.addWidget(self.band)
        self.body.addLayout(self._choices())
        self.body.addWidget(self._framed(), 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.years)
        whole.addLayout(self.body, 1)
        self.years.setFixedWidth(theme.px(self.font(), WIDTH))
        self.set_icons()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), theme.SPACING[6]))
        row.addWidget(self._title)
        row.addWidget(self.steps, 1)
        row.addWidget(self._go_on)
        return row

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(self.font(), theme.SPACING[3]))
        row.addWidget(self.search)
        row.addWidget(self.filter)
        row.addStretch(1)
        for button in (self._new, self._audit):
            row.addWidget(button)
        return row

    def _framed(self) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("box", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(*(theme.LINE for _side in range(4)))
        column.addWidget(self.table)
        column.addWidget(self._none)
        self._none.hide()
        return frame

    def _connect(self) -> None:
        self.years.chosen.connect(self.show_year)
        self.years.new_asked.connect(self.new_asked)
        self.years.import_asked.connect(self.import_asked)
        self.years.trash_asked.connect(self.trash_asked)
        self.table.chosen.connect(self.chosen)
        self.table.menu_asked.connect(self.menu_asked)
        self.table.typed.connect(self._search_for)
        self.band.chosen.connect(self.chosen)
        self.band.new_asked.connect(self.new_asked)
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self.table.open_current)
        self.filter.chosen.connect(self._look)
        self._go_on.clicked.connect(self._choose_last)
        self._new.clicked.connect(self.new_asked)
        self._audit.clicked.connect(self._ask_audit)

    # ------------------------------------------------------------- showing
    @property
    def year(self) -> int:
        """The year that is shown."""
        return self._year

    def show_lines(self, lines: Iterable[Line], *, last: Line | None, trashed: int, read_only: bool) -> None:
        """Show the forms there are; the year that was shown stays, at first it is that of the form opened last."""
        self._rows = tuple(map(row_of, lines))
        counts = Counter(one.year for one in self._rows)
        years = years_of(self._rows)
        if years and self._year not in counts:
            self._year = last.year if last is not None else years[0]
        self.years.show_years({year: counts[year] for year in years}, current=self._year)
        self.years.show_state(trashed=trashed, read_only=read_only)
        self.band.set_read_only(read_only=read_only)
        self._new.setEnabled(not read_only)
        self._offer(last, read_only=read_only)
        self._show_year()

    def show_line(self, line: Line) -> None:
        """Show one line anew; many at once are shown together, and those of a page nobody sees when it is shown again."""
        self._rows = tuple(row_of(line) if one.id == line.id else one for one in self._rows)
        self._is_stale = self._is_stale or line.year == self._year
        if self._is_stale and self.isVisible():
            self._later.start(0)

    def show_year(self, year: int) -> None:
        """Show another year."""
        self._year = year
        self._show_year()

    def prefer_year(self, year: int) -> None:
        """Show this year when the lines are shown next: a form of it was open."""
        self._year = year

    def take_focus(self) -> None:
        """Give the keyboard to the table; where a form was worked on last, to the button that goes on with it."""
        (self._go_on if self._last else self.table).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, *, narrow: bool) -> None:
        """Fit the parts to the width of the window."""
        self.table.set_narrow(narrow=narrow)
        self.years.setFixedWidth(theme.px(self.font(), WIDTH - 40 if narrow else WIDTH))
        self.search.setFixedWidth(theme.px(self.font(), _NARROW_SEARCH if narrow else _SEARCH_WIDTH))

    def set_icons(self) -> None:
        """Draw the icons again after a change of theme."""
        self.years.set_icons()
        table, dpr = theme.tokens(self.palette()), self.devicePixelRatioF()
        size = theme.px(self.font(), icons.ROW_SIZE)
        for button, name in ((self._new, "plus"), (self._audit, "list-checks")):
            button.setIcon(icons.icon(name, table, dpr=dpr, size=size))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search and goes back to the table; arrow down goes from the search into the table."""
        if event.key() == Qt.Key.Key_Escape and (self.search.text() or self.search.hasFocus()):
            self.search.clear()
            self.table.setFocus()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def sentence(self) -> str:
        """Return what stands in place of the table, ``""`` while there are lines."""
        return "" if self._none.isHidden() else self._none.text()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while the page was not seen."""
        super().showEvent(event)
        if self._is_stale:
            self._show_year()

    def _show_year(self) -> None:
        self._is_stale = False
        rows = tuple(one for one in self._rows if one.year == self._year)
        self._title.setText(f"{self._year} 年度")
        counts = Counter(map(standing, rows))
        self.filter.set_words(ALL, f"{ALL} {len(rows)}")
        for one in VERDICTS:
            self.filter.set_words(one.value, f"{one.value} {counts[one]}")
            self.filter.set_shown(one.value, shown=bool(counts[one]))
        lacking = missing(rows, self._cycle.hand_in)
        self.steps.show_stages(stages(self._cycle, self._year, rows, self._today()))
        self.band.show_todo(still_to_do(rows, lacking), todo_list(rows, lacking))
        self.table.show_rows(rows)
        self._look()
        self.year_shown.emit(self._year)

    def _look(self) -> None:
        wanted = self.search.text()
        self.table.look_for(wanted, self._verdict())
        nothing = not self.table.rows
        self.table.setVisible(not nothing)
        self._none.setVisible(nothing)
        if nothing:
            self._none.setText(
                f"没有找到“{wanted.strip()}”。试试项目名称的一部分。" if wanted.strip() else "没有这样的表。"
            )

    def _verdict(self) -> Verdict | None:
        key = self.filter.current()
        return next((one for one in VERDICTS if one.value == key), None)

    def _offer(self, last: Line | None, *, read_only: bool) -> None:
        self._last = last.id if last is not None else ""
        self._go_on.setVisible(last is not None)
        if last is not None:
            room = theme.px(self.font(), _LAST_WIDTH)
            name = self.fontMetrics().elidedText(last.name, Qt.TextElideMode.ElideRight, room)
            self._go_on.setText(f"{'查看' if read_only else '接着填'}“{name}”")

    # -------------------------------------------------------------- asking
    def _search_for(self, letters: str) -> None:
        """Letters typed in the table begin a search."""
        self.search.setFocus()
        self.search.setText(letters)

    def _choose_last(self) -> None:
        self.chosen.emit(self._last)

    def _ask_audit(self) -> None:
        self.audit_asked.emit(self._year)
