"""图表 (charts): the scores, the execution rates and the budgets of a year as bars and points, ready to be drawn.

Nothing is drawn and nothing is scored here: the figures are those that the forms print. One chart is drawn alike on the screen
and on paper (``perfdesk.exchange.drawing``); :func:`spoken` says the same figures in words. Scores in points, rates in %, budgets
in 万元.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.amounts import (
    format_rate,
    format_score,
    parse_amount,
    parse_percent,
    parse_score,
    plain,
    round_half_up,
    to_yuan,
)
from perfdesk.gathering.facts import budget_of
from perfdesk.model import FormKind
from perfdesk.overview import in_wan

if TYPE_CHECKING:
    from perfdesk.model import Gathered
    from perfdesk.overview import Row
    from perfdesk.template import Filled

FULL: Final = Decimal(100)
EXPLAIN_BELOW: Final = Decimal(90)
"""说明线: an 执行率 below it is to be explained (四川 2022 填报要求; 全国办法无此数, 待核). The checks use the policy's own."""
MOST_YEARS: Final = 6
_TAIL: Final = re.compile(
    r"(工作|专项|业务|补助)*(经费|资金|项目)$"
)  # 法律援助工作经费 is 法律援助 where there is little room
_LEAST: Final = 2  # characters of a name that stay


class Tone(StrEnum):
    """How a bar stands to the line of its chart."""

    PLAIN = "plain"
    LOW = "low"  # ends before 说明线
    OVER = "over"  # goes beyond what there is to have


class Bar(NamedTuple):
    """One project: its name, the value its bar is long, and how that is printed."""

    name: str
    value: Decimal
    figure: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class BarChart:
    """A bar for each project. ``mark`` is where the line across the bars stands, ``full`` where a whole bar ends.

    ``note`` says what the line is. ``of`` is how many bars there are in all where only some are kept.
    """

    title: str
    note: str
    mark: Decimal
    bars: tuple[Bar, ...]
    of: int = 0
    full: Decimal = FULL

    @property
    def end(self) -> Decimal:
        """The end of the scale: 100, or the longest bar beyond it."""
        return max(self.full, *(bar.value for bar in self.bars))

    @property
    def head(self) -> str:
        """What stands at the right of the title: 「满分 100」, 「满分 100 · 12 个中的 5 个」."""
        return f"{self.note} · {self.of} 个中的 {len(self.bars)} 个" if self.of > len(self.bars) else self.note


class Point(NamedTuple):
    """One year: its budget in 万元, and how that is printed."""

    year: int
    value: Decimal
    figure: str


@dataclass(frozen=True, slots=True)
class PointChart:
    """A point for each year, joined by a line; the latest stands at the right."""

    title: str
    note: str
    points: tuple[Point, ...]

    @property
    def head(self) -> str:
        """What stands at the right of the title: the unit."""
        return self.note


Chart = BarChart | PointChart


class Project(NamedTuple):
    """What the charts need of a project: its name, 总分 (points) and 执行率 (%), ``None`` where there is none."""

    name: str
    score: Decimal | None
    rate: Decimal | None


def year_charts(projects: Iterable[Project], budgets: Mapping[int, Decimal], *, year: int) -> tuple[Chart, ...]:
    """Return the charts of a year, without those that have nothing to draw.

    ``budgets`` are those of all projects in 元, by year; years after ``year`` do not count, nor more than :data:`MOST_YEARS`.
    One year alone is no trend.
    """
    known = tuple(projects)
    found = (_scores(known), _rates(known), _budgets(budgets, year))
    return tuple(one for one in found if one is not None)


def of_rows(rows: Iterable[Row]) -> tuple[Project, ...]:
    """Return the projects of 年度总览: its 项目自评表, with the figures that are known by now."""
    own = (one for one in rows if one.kind is FormKind.PROJECT_SELF)
    return tuple(Project(one.name, one.figures.score, one.figures.rate) for one in own if one.figures is not None)


def of_summary(form: Filled, gathered: Gathered, others: Iterable[Filled]) -> tuple[Chart, ...]:
    """Return the charts that go behind a 汇总表, ``()`` for any other form.

    They show the figures its rows print, and the budgets of its own year and of the one before, where ``others`` has that.
    """
    template, record = form
    if template.kind is not FormKind.SUMMARY:
        return ()
    rows = zip(record.rows, gathered.rows, strict=False)
    texts = [{key: row.text(key) or own.text(key) for key in _PRINTED} for row, own in rows]
    projects = (
        Project(one["project_name"], parse_score(one["score"]), parse_percent(one["execution_rate"])) for one in texts
    )
    total = parse_amount(gathered.total.text("annual_budget"), record.unit)
    budgets = {} if total is None else {record.year: to_yuan(total, record.unit)}
    before = year_budget(one for one in others if one.record.year == record.year - 1)
    if before is not None:
        budgets[record.year - 1] = before
    return year_charts(projects, budgets, year=record.year)


_PRINTED: Final = ("project_name", "score", "execution_rate")


def year_budget(forms: Iterable[Filled]) -> Decimal | None:
    """Return 全年预算数 of the 项目自评表 among forms of one year, in 元; ``None`` where none of them says it."""
    read = (budget_of(one) for one in forms if one.template.kind is FormKind.PROJECT_SELF)
    known = [one for one in read if one is not None]
    return sum(known, Decimal(0)) if known else None


def kept(chart: Chart, most: int) -> Chart:
    """Return a chart with no more than ``most`` bars.

    Where there are more, those stay that somebody should look at: what goes beyond the full mark, the highest first, then the
    lowest.
    """
    if isinstance(chart, PointChart) or len(chart.bars) <= most:
        return chart
    urgent = sorted(chart.bars, key=lambda bar: -bar.value if bar.tone is Tone.OVER else bar.value)
    return replace(chart, bars=tuple(urgent[:most]), of=len(chart.bars))


def spoken(chart: Chart) -> str:
    """Say every figure of a chart: 「总分，满分 100：法律援助 110.00，多 10；安置帮教 98.63」."""
    if isinstance(chart, PointChart):
        return f"{chart.title}，{chart.note}：{'；'.join(f'{one.year} 年 {one.figure}' for one in chart.points)}"
    return f"{chart.title}，{chart.head}：{'；'.join(_said(bar, chart) for bar in chart.bars)}"


def _said(bar: Bar, chart: BarChart) -> str:
    more = {
        Tone.PLAIN: "",
        Tone.LOW: f"，不到 {plain(chart.mark)}%",
        Tone.OVER: f"，多 {plain(bar.value - chart.full)}",
    }
    return f"{bar.name} {bar.figure}{more[bar.tone]}"


def _scores(projects: tuple[Project, ...]) -> BarChart | None:
    known = [(one.name, one.score) for one in projects if one.score is not None]
    bars = tuple(Bar(name, max(score, Decimal(0)), format_score(score), _over(score)) for name, score in known)
    return BarChart("总分", f"满分 {FULL}", FULL, _named(bars)) if bars else None


def _rates(projects: tuple[Project, ...]) -> BarChart | None:
    known = [(one.name, one.rate) for one in projects if one.rate is not None]
    bars = tuple(
        Bar(name, max(rate, Decimal(0)), format_rate(rate), Tone.LOW if rate < EXPLAIN_BELOW else _over(rate))
        for name, rate in known
    )
    return BarChart("执行率", f"说明线 {EXPLAIN_BELOW}%", EXPLAIN_BELOW, _named(bars)) if bars else None


def _over(value: Decimal) -> Tone:
    return Tone.OVER if value > FULL else Tone.PLAIN


def _budgets(budgets: Mapping[int, Decimal], year: int) -> PointChart | None:
    years = sorted(one for one in budgets if one <= year)[-MOST_YEARS:]
    if len(years) < 2:
        return None
    amounts = ((one, round_half_up(in_wan(budgets[one]), 2)) for one in years)
    return PointChart("历年预算", "万元", tuple(Point(one, amount, plain(amount)) for one, amount in amounts))


def _named(bars: tuple[Bar, ...]) -> tuple[Bar, ...]:
    """Shorten the names where they can still be told apart."""
    short = [_short(bar.name) for bar in bars]
    count = Counter(short)
    return tuple(
        bar._replace(name=name if count[name] == 1 else bar.name) for bar, name in zip(bars, short, strict=True)
    )


def _short(name: str) -> str:
    words = "".join(name.split())
    cut = _TAIL.sub("", words)
    return cut if len(cut) >= _LEAST else words
