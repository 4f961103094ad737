"""制图 (charting): has the charts of 年度总览 drawn off the UI thread, and remembers whether they are folded away.

The budgets of earlier years are read from the store once and kept while their forms stay as they are. The drawing itself is
``perfdesk.exchange.drawing``.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from perfdesk.model import FormKind
from ui import tasks, theme
from ui.home.charts import GAP, PAD, Picture, tip_of

if TYPE_CHECKING:
    from decimal import Decimal

    from PySide6.QtWidgets import QWidget

    from perfdesk.charts import Chart
    from perfdesk.errors import UserError
    from perfdesk.exchange.drawing import Look
    from perfdesk.store import Store
    from perfdesk.template import Template
    from ui.forms import Forms
    from ui.home.charts import ChartRow, Wanted
    from ui.marking import Pace
    from ui.settings import Settings
    from ui.tasks import Task
    from ui.theme import Tokens

_FLAG = "charts"
Stamp = frozenset[tuple[str, object]]
"""The forms of a year that count, each with the moment it was last saved: while it is the same, so is their budget."""


class Charting(QObject):
    """The work behind the charts of one window."""

    def __init__(self, window: QWidget, forms: Forms, settings: Settings) -> None:
        super().__init__(window)
        self._forms, self._settings = forms, settings
        self._kept: dict[int, tuple[Stamp, Decimal | None]] = {}
        self._row: ChartRow | None = None
        self._task: Task | None = None

    def serve(self, row: ChartRow) -> None:
        """Draw for this row from now on."""
        self._row = row
        row.set_open(on=self._settings.flag(_FLAG, default=True))
        row.open_changed.connect(self._remember)
        row.wanted.connect(self._draw)

    def _remember(self, on: bool) -> None:
        self._settings.set_flag(_FLAG, on=on)

    def _draw(self, wanted: Wanted) -> None:
        """Begin to draw; what is being drawn still is given up."""
        if not self._forms.ready:
            return
        if self._task is not None:
            self._task.stop()
        stamps = self._stamps(wanted.year)
        known = {year: kept for year, (stamp, kept) in self._kept.items() if stamps.get(year) == stamp}
        unread = tuple(year for year in stamps if year not in known)
        work = Drawing(wanted, known, unread, self._forms.store, self._forms.templates, self._forms.pace)
        task = self._task = tasks.run(self, work, lambda drawn: self._take(task, stamps, drawn), failed=self._fail)

    def _stamps(self, year: int) -> dict[int, Stamp]:
        """Return what the budgets of the years before depend on; the year itself is in the rows."""
        from perfdesk.charts import MOST_YEARS

        forms: dict[int, list[tuple[str, object]]] = {}
        for line in self._forms.lines:
            if line.kind is FormKind.PROJECT_SELF and line.year < year:
                forms.setdefault(line.year, []).append((line.id, line.changed))
        return {one: frozenset(forms[one]) for one in sorted(forms)[1 - MOST_YEARS :]}

    def _take(self, task: Task, stamps: Mapping[int, Stamp], drawn: Drawn) -> None:
        """Show the drawings, unless others are wanted by now."""
        self._kept |= {year: (stamps[year], budget) for year, budget in drawn.read.items()}
        if task is not self._task:
            return
        self._task = None
        if self._row is not None and not task.stopped:
            self._row.show_pictures(drawn.pictures)

    def _fail(self, error: UserError) -> None:
        """The store could not be read in the background: no charts; opening a form says why."""
        self._task = None
        logging.getLogger(__name__).warning("no charts", exc_info=error)


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of the work: the drawings, and the budgets that were read for them, in 元 by year."""

    pictures: tuple[Picture, ...]
    read: Mapping[int, Decimal | None]


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """The work in the background: read the budgets that are not known, then draw."""

    wanted: Wanted
    known: Mapping[int, Decimal | None]
    unread: tuple[int, ...]
    store: Store
    templates: Mapping[str, Template]
    pace: Pace

    def __call__(self, task: Task) -> Drawn:
        """Return the drawings; none when it was stopped before the end."""
        read: dict[int, Decimal | None] = {}
        for year in self.unread:
            self.pace.wait()
            if task.stopped:
                return Drawn((), read)
            read[year] = self._budget(year)
        self.pace.wait()
        return Drawn(() if task.stopped else self._pictures({**self.known, **read}), read)

    def _budget(self, year: int) -> Decimal | None:
        from perfdesk.charts import year_budget
        from perfdesk.template import Filled

        found = self.store.load_year(year)
        return year_budget(
            Filled(self.templates[one.template_id], one) for one in found if one.template_id in self.templates
        )

    def _pictures(self, budgets: Mapping[int, Decimal | None]) -> tuple[Picture, ...]:
        from perfdesk.charts import of_rows, year_charts

        wanted = self.wanted
        known = {year: budget for year, budget in {**budgets, **self._own()}.items() if budget is not None}
        charts = year_charts(of_rows(wanted.rows), known, year=wanted.year)
        if not charts:
            return ()
        scale = wanted.size / theme.BODY
        gaps = (len(charts) - 1) * round(GAP * scale)
        width = (wanted.width - gaps) // len(charts) - 2 * round(PAD[0] * scale)
        return tuple(map(partial(_picture, wanted, width), charts))

    def _own(self) -> Mapping[int, Decimal | None]:
        """Return the budget of the year itself, once every form of it is computed."""
        from perfdesk.overview import year_sum

        own = [one for one in self.wanted.rows if one.kind is FormKind.PROJECT_SELF]
        return {self.wanted.year: year_sum(own).budget} if all(one.figures is not None for one in own) else {}


def _picture(wanted: Wanted, width: int, chart: Chart) -> Picture:
    from perfdesk.charts import kept, spoken
    from perfdesk.exchange.drawing import height_of, svg

    drawn = svg(
        kept(chart, wanted.bars), width=width, rows=wanted.bars, size=wanted.size, look=look_of(wanted.table, chart)
    )
    words = spoken(chart)
    height = round(height_of(wanted.bars, wanted.size))
    return Picture(drawn.encode(), width, height, chart.title, words, tip_of(words))


def look_of(table: Tokens, chart: Chart) -> Look:
    """Return the colours of a chart: 执行率 is green, the rest blue, as in the meter."""
    from perfdesk.charts import BarChart
    from perfdesk.exchange.drawing import Look

    is_rate = isinstance(chart, BarChart) and chart.mark < chart.full
    bar = table.g3 if is_rate else table.g2
    return Look(table.ink, table.ink2, table.chrome, table.line2, bar, table.warn_fill, table.err)
