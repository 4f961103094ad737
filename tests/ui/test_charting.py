"""制图: the work behind the charts, as it runs off the UI thread."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from perfdesk.charts import Project, year_charts
from perfdesk.model import FormKind
from perfdesk.overview import Figures, Row
from perfdesk.template import Filled, Template
from tests.gathering.support import filled, money
from ui import theme
from ui.charting import Drawing, look_of
from ui.home.charts import GAP, PAD, Wanted
from ui.marking import Pace

if TYPE_CHECKING:
    from perfdesk.store import Store
    from ui.tasks import Task

YEAR = 2024
AID, LAW = "法律援助工作经费", "普法宣传工作经费"


def row(name: str, score: str = "", budget: str = "") -> Row:
    figures = Figures(Decimal(budget), Decimal(budget), Decimal(100), Decimal(score)) if score else None
    return Row(name, name, YEAR, FormKind.PROJECT_SELF, figures=figures)


def wanted(*rows: Row) -> Wanted:
    return Wanted(YEAR, rows, width=1000, bars=4, size=14, table=theme.LIGHT)


class OneYear:
    """A store that has one form in every year, and says which years were asked for; ``task`` is stopped after ``stops``."""

    def __init__(self, task: SimpleNamespace, stops: int = 99) -> None:
        self.asked: list[int] = []
        self._task, self._stops = task, stops

    def load_year(self, year: int) -> tuple[object, ...]:
        self.asked.append(year)
        self._task.stopped = len(self.asked) >= self._stops
        return (FORM.record,)


FORM = filled(FormKind.PROJECT_SELF, AID, funds=money("15", "16", "15"))
TEMPLATES: Mapping[str, Template] = {FORM.record.template_id: FORM.template}


def draw(
    *rows: Row, known: Mapping[int, Decimal | None], unread: tuple[int, ...] = (), stops: int = 99
) -> tuple[list[str], Mapping[int, Decimal | None]]:
    task = SimpleNamespace(stopped=False)
    store = cast("Store", OneYear(task, stops))
    work = Drawing(wanted(*rows), known, unread, store, TEMPLATES, Pace())
    drawn = work(cast("Task", task))
    return [one.words for one in drawn.pictures], drawn.read


def test_budgets_that_are_not_known_are_read_and_drawn() -> None:
    words, read = draw(row(AID, "98", "200000"), known={2022: Decimal(10000), 2021: None}, unread=(2023,))
    assert words[2] == "历年预算，万元：2022 年 1；2023 年 16；2024 年 20"
    assert read == {2023: Decimal(160000)}


def test_the_year_has_no_point_before_all_its_forms_are_computed() -> None:
    words, _ = draw(row(AID, "98", "200000"), row(LAW), known={2022: Decimal(10000), 2023: Decimal(20000)})
    assert words[2] == "历年预算，万元：2022 年 1；2023 年 2"
    assert words[0] == "总分，满分 100：法律援助 98.00"


def test_nothing_to_draw_gives_no_drawing() -> None:
    assert draw(row(AID), known={}) == ([], {})


@pytest.mark.parametrize(("stops", "read"), [(1, [2021]), (2, [2021, 2022]), (3, [2021, 2022, 2023])])
def test_work_that_is_stopped_keeps_what_it_has_read(stops: int, read: list[int]) -> None:
    words, found = draw(row(AID, "98", "1"), known={}, unread=(2021, 2022, 2023), stops=stops)
    assert words == []
    assert list(found) == read


def test_the_charts_share_the_width() -> None:
    task = cast("Task", SimpleNamespace(stopped=False))
    store = cast("Store", OneYear(SimpleNamespace(stopped=False)))
    work = Drawing(wanted(row(AID, "98", "1")), {}, (2023,), store, TEMPLATES, Pace())
    pictures = work(task).pictures
    assert len(pictures) == 3
    taken = sum(one.width + 2 * PAD[0] for one in pictures) + 2 * GAP
    assert 1000 - len(pictures) < taken <= 1000
    assert len({one.height for one in pictures}) == 1


@pytest.mark.parametrize("table", [theme.LIGHT, theme.DARK, theme.HIGH])
def test_rates_are_green_and_what_is_low_is_amber(table: theme.Tokens) -> None:
    scores, rates = year_charts((Project(AID, Decimal(98), Decimal(80)),), {}, year=YEAR)
    assert look_of(table, scores).bar == table.g2
    assert look_of(table, rates).bar == table.g3
    assert {look_of(table, one).low for one in (scores, rates)} == {table.warn_fill}


def test_a_form_whose_template_is_not_there_is_left_out() -> None:
    task = cast("Task", SimpleNamespace(stopped=False))
    store = cast("Store", OneYear(SimpleNamespace(stopped=False)))
    work = Drawing(wanted(row(AID, "98", "1")), {}, (2023,), store, {}, Pace())
    assert work(task).read == {2023: None}
    assert isinstance(FORM, Filled)
