"""年度总览 (page): what the desk shows while no form is open: years at the left, the table of a year's forms beside them.

It shows lines of ``ui.forms`` and asks; it neither opens, makes nor deletes a form. Which year is shown is its own.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfdesk.cycle import stages
from perfdesk.overview import Row, missing, standing, still_to_do, todo_list, year_ahead
from ui import icons, theme
from ui.home.band import TodoBand
from ui.home.charts import ChartRow
from ui.home.empty import EmptyYear
from ui.home.model import STANDS
from ui.home.steps import StepStrip
from ui.home.table import OverviewTable
from ui.home.years import WIDTH, YearLine, YearRail
from ui.widgets.search import SearchField
from ui.widgets.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

    from perfdesk.cycle import Cycle
    from perfdesk.model import FormKind
    from perfdesk.overview import Standing
    from ui.lines import Line

ALL: Final = "全部"
PLACEHOLDER: Final = "名称、拼音或首字母，如 flyz"
SHORT_PLACEHOLDER: Final = "名称、拼音、首字母"
_SEARCH_WIDTH: Final = 300  # px
_NARROW_SEARCH: Final = 170
_LAST_WIDTH: Final = 200  # px: the name of the form to go on with


def row_of(line: Line) -> Row:
    """Return the row of a line of the list."""
    state, head = line.state, (line.id, line.name, line.year, line.kind, line.changed)
    if state is None:
        return Row(*head, submitted=line.submitted)
    return Row(*head, state.verdict, state.completion, state.figures, submitted=line.submitted)


def year_lines(lines: Iterable[Line], today: date) -> tuple[YearLine, ...]:
    """Return the years there are forms of, the latest first; before them the one whose work begins, which has none yet."""
    years: dict[int, list[Line]] = {}
    for one in lines:
        years.setdefault(one.year, []).append(one)
    ahead = year_ahead(years, today)
    first = () if ahead is None else (YearLine(ahead, 0, "还没有表"),)
    return (*first, *(_year_line(year, years[year]) for year in sorted(years, reverse=True)))


def _year_line(year: int, lines: list[Line]) -> YearLine:
    if all(one.submitted for one in lines):
        return YearLine(year, len(lines), "已上报", is_locked=True)
    frozen = any(one.frozen for one in lines)
    return YearLine(year, len(lines), "只供查看" if frozen else "", is_locked=frozen)


class HomePage(QWidget):
    """The page. ``chosen``: a form is to be opened; ``year_shown``: the marks of a year are wanted.

    ``new_asked``: a form is to be made, of this year, kind (``None``: any) and project. ``roll_asked``: a year is to be made from
    the one it carries.
    """

    chosen = Signal(str)
    menu_asked = Signal(str, QPoint)
    year_shown = Signal(int)
    new_asked = Signal(int, object, str)
    roll_asked = Signal(int)
    import_asked = Signal()
    trash_asked = Signal()
    audit_asked = Signal(int)

    def __init__(self, today: Callable[[], date], cycle: Cycle, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._cycle = today, cycle
        self._rows: tuple[Row, ...] = ()
        self._read_only = False
        self._year = 0
        self._last = ""
        self._is_stale = False
        self._title, self._none, self._tools = QLabel(self), QLabel(self), QWidget(self)
        # in the order in which they are read: Tab follows it
        self.years, self.steps, self.charts = YearRail(self), StepStrip(self), ChartRow(self)
        self._go_on, self.band = QPushButton(self), TodoBand(self)
        self.search = SearchField(PLACEHOLDER, parent=self)
        self.filter = Segments("审核结论", (ALL, *(one.value for one in STANDS)), self)
        self._new, self._audit = QPushButton("新建表…", self), QPushButton("全年审核…", self)
        self.table, self.empty = OverviewTable(today, self), EmptyYear(self)
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
        self.body.addWidget(self.charts)
        self.body.addWidget(self.band)
        self.body.addWidget(self._choices())
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
        row.addWidget(self.charts.fold)
        row.addWidget(self._go_on)
        return row

    def _choices(self) -> QWidget:
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(self.font(), theme.SPACING[3]))
        row.addWidget(self.search)
        row.addWidget(self.filter)
        row.addStretch(1)
        for button in (self._new, self._audit):
            row.addWidget(button)
        return self._tools

    def _framed(self) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("box", "card")
        column = QVBoxLayout(frame)
        column.setContentsMargins(*(theme.LINE for _side in range(4)))
        column.addWidget(self.table)
        column.addWidget(self._none)
        column.addWidget(self.empty)
        self._none.hide()
        return frame

    def _connect(self) -> None:
        self.years.chosen.connect(self.show_year)
        self.years.new_asked.connect(self._ask_new)
        self.years.import_asked.connect(self.import_asked)
        self.years.trash_asked.connect(self.trash_asked)
        self.table.chosen.connect(self.chosen)
        self.table.menu_asked.connect(self.menu_asked)
        self.table.typed.connect(self._search_for)
        self.band.chosen.connect(self.chosen)
        self.band.new_asked.connect(self._ask_new)
        self.empty.roll_asked.connect(self.roll_asked)
        self.empty.import_asked.connect(self.import_asked)
        self.empty.new_asked.connect(self._ask_new)
        self.search.textChanged.connect(self._look)
        self.search.returnPressed.connect(self.table.open_current)
        self.filter.chosen.connect(self._look)
        self._go_on.clicked.connect(self._choose_last)
        self._new.clicked.connect(self._ask_any)
        self._audit.clicked.connect(self._ask_audit)

    # ------------------------------------------------------------- showing
    @property
    def year(self) -> int:
        """The year that is shown."""
        return self._year

    def show_lines(self, lines: tuple[Line, ...], *, last: Line | None, trashed: int, read_only: bool) -> None:
        """Show the forms there are; the year that was shown stays, at first it is that of the form opened last."""
        self._rows, self._read_only = tuple(map(row_of, lines)), read_only
        shown = year_lines(lines, self._today())
        if shown and self._year not in {one.year for one in shown}:
            self._year = last.year if last is not None else next(one.year for one in shown if one.forms)
        self.years.show_years(shown, current=self._year)
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
        if self._last:
            self._go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.empty.isHidden():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.take_focus()

    def set_narrow(self, *, narrow: bool) -> None:
        """Fit the parts to the width of the window; the list of years has a 新建表… of its own."""
        self.table.set_narrow(narrow=narrow)
        self.years.setFixedWidth(theme.px(self.font(), WIDTH - 40 if narrow else WIDTH))
        self.search.setFixedWidth(theme.px(self.font(), _NARROW_SEARCH if narrow else _SEARCH_WIDTH))
        self.search.setPlaceholderText(SHORT_PLACEHOLDER if narrow else PLACEHOLDER)
        self._new.setHidden(narrow)

    def set_icons(self) -> None:
        """Draw the icons again after a change of theme."""
        self.years.set_icons()
        table, dpr = theme.tokens(self.palette()), self.devicePixelRatioF()
        size = theme.px(self.font(), icons.ROW_SIZE)
        for button, name in ((self._new, "plus"), (self._audit, "list-checks")):
            button.setIcon(icons.icon(name, table, dpr=dpr, size=size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the charts take less room."""
        super().resizeEvent(event)
        self.charts.fit_height(event.size().height())

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
        for one in STANDS:
            self.filter.set_words(one.value, f"{one.value} {counts[one]}")
            self.filter.set_shown(one.value, shown=bool(counts[one]))
        lacking = missing(rows, self._cycle.hand_in)
        self.steps.show_stages(stages(self._cycle, self._year, rows, self._today()))
        done = all(one.submitted for one in rows)
        self.band.show_todo(still_to_do(rows, lacking), todo_list(rows, lacking), done=done)
        self.table.show_rows(rows)
        self.charts.show_rows(self._year, rows)
        self._show_empty(nothing=not rows)
        self._look()
        self.year_shown.emit(self._year)

    def _show_empty(self, *, nothing: bool) -> None:
        """A year without forms shows how to begin, and nothing that looks for forms or counts what they lack."""
        self.empty.setVisible(nothing)
        for part in (self.band, self._tools):
            part.setVisible(not nothing)
        if nothing:
            before = max((one.year for one in self._rows if one.year < self._year), default=0)
            count = sum(one.year == before for one in self._rows)
            self.empty.show_year(self._year, before=before, forms=count, read_only=self._read_only)

    def _look(self) -> None:
        wanted = self.search.text()
        self.table.look_for(wanted, self._stand())
        nothing = not self.table.rows
        self.table.setVisible(not nothing)
        self._none.setVisible(nothing and self.empty.isHidden())
        if nothing:
            self._none.setText(
                f"没有找到“{wanted.strip()}”。试试项目名称的一部分。" if wanted.strip() else "没有这样的表。"
            )

    def _stand(self) -> Standing | None:
        key = self.filter.current()
        return next((one for one in STANDS if one.value == key), None)

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

    def _ask_any(self) -> None:
        self._ask_new()

    def _ask_new(self, kind: FormKind | None = None, project: str = "") -> None:
        self.new_asked.emit(self._year, kind, project)

    def _ask_audit(self) -> None:
        self.audit_asked.emit(self._year)
