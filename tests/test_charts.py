"""图表: which figures of a year are drawn, which stay where there is little room, and how they are said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from perfdesk.charts import (
    BarChart,
    Chart,
    PointChart,
    Project,
    Tone,
    kept,
    of_rows,
    of_summary,
    spoken,
    year_budget,
    year_charts,
)
from perfdesk.derive import derive
from perfdesk.model import FormKind, ListRow
from perfdesk.overview import Figures, Row
from perfdesk.template import Filled
from tests.gathering.support import filled, money

AID, LAW, CARE = "法律援助工作经费", "普法宣传工作经费", "安置帮教经费"
SELF = FormKind.PROJECT_SELF


def project(name: str, score: str = "", rate: str = "") -> Project:
    return Project(name, Decimal(score) if score else None, Decimal(rate) if rate else None)


def charts(*projects: Project, budgets: dict[int, str] | None = None, year: int = 2020) -> dict[str, Chart]:
    known = {one: Decimal(amount) for one, amount in (budgets or {}).items()}
    return {one.title: one for one in year_charts(projects, known, year=year)}


def bars(chart: Chart) -> list[tuple[str, str, Tone]]:
    assert isinstance(chart, BarChart)
    return [(one.name, one.figure, one.tone) for one in chart.bars]


def test_a_year_has_scores_rates_and_a_trend() -> None:
    found = charts(
        project(AID, "110", "100"),
        project(LAW, "100", "139.11"),
        project(CARE, "98.625", "86.25"),
        budgets={2018: "520000", 2019: "552000", 2020: "675000", 2021: "1"},
    )
    assert list(found) == ["总分", "执行率", "历年预算"]
    assert bars(found["总分"]) == [
        ("法律援助", "110.00", Tone.OVER),
        ("普法宣传", "100.00", Tone.PLAIN),
        ("安置帮教", "98.63", Tone.PLAIN),
    ]
    assert bars(found["执行率"]) == [
        ("法律援助", "100.00%", Tone.PLAIN),
        ("普法宣传", "139.11%", Tone.OVER),
        ("安置帮教", "86.25%", Tone.LOW),
    ]
    trend = found["历年预算"]
    assert isinstance(trend, PointChart)
    assert [(one.year, one.figure) for one in trend.points] == [(2018, "52"), (2019, "55.2"), (2020, "67.5")]


def test_every_figure_is_said() -> None:
    found = charts(
        project(AID, "110", "100"), project(CARE, "98.63", "86.25"), budgets={2019: "552000", 2020: "675000"}
    )
    assert [spoken(one) for one in found.values()] == [
        "总分，满分 100：法律援助 110.00，多 10；安置帮教 98.63",
        "执行率，说明线 90%：法律援助 100.00%；安置帮教 86.25%，不到 90%",
        "历年预算，万元：2019 年 55.2；2020 年 67.5",
    ]


def test_what_has_no_figure_is_not_drawn() -> None:
    assert charts() == {}
    assert charts(project(AID)) == {}
    assert list(charts(project(AID, rate="86"))) == ["执行率"]
    assert list(charts(project(AID, "97"))) == ["总分"]


@pytest.mark.parametrize(
    ("budgets", "years"),
    [
        ({2020: "1"}, []),
        ({2020: "1", 2021: "2"}, []),
        ({2019: "1", 2020: "1"}, [2019, 2020]),
        (dict.fromkeys(range(2010, 2021), "1"), [2015, 2016, 2017, 2018, 2019, 2020]),
    ],
)
def test_the_trend_ends_with_the_year_that_is_shown(budgets: dict[int, str], years: list[int]) -> None:
    found = charts(budgets=budgets).get("历年预算")
    assert [one.year for one in found.points] == years if isinstance(found, PointChart) else years == []


def test_the_scale_ends_with_the_longest_bar() -> None:
    found = charts(project(AID, "130"), project(LAW, "0", "-5"))
    scores, rates = found["总分"], found["执行率"]
    assert isinstance(scores, BarChart)
    assert isinstance(rates, BarChart)
    assert (scores.end, rates.end) == (Decimal(130), Decimal(100))
    assert rates.bars[0].value == 0, "no bar to the left"
    assert rates.bars[0].figure == "-5.00%"


@pytest.mark.parametrize(
    ("names", "short"),
    [
        (("法律援助工作经费", "依法行政专项经费"), ["法律援助", "依法行政"]),
        (("普法工作经费", "普法专项经费"), ["普法工作经费", "普法专项经费"]),
        (("法律 援助 经费",), ["法律援助"]),
        (("经费",), ["经费"]),
        (("人民调解以奖代补",), ["人民调解以奖代补"]),
    ],
)
def test_names_are_short_while_they_tell_projects_apart(names: tuple[str, ...], short: list[str]) -> None:
    assert [name for name, _, _ in bars(charts(*(project(name, "90") for name in names))["总分"])] == short


def test_where_there_is_little_room_what_is_to_be_looked_at_stays() -> None:
    scores = ("97", "110", "88", "130", "100", "92")
    chart = charts(*(project(f"项目{at}", score) for at, score in enumerate(scores)))["总分"]
    few = kept(chart, 4)
    assert [figure for _, figure, _ in bars(few)] == ["130.00", "110.00", "88.00", "92.00"]
    assert few.head == "满分 100 · 6 个中的 4 个"
    assert kept(chart, 6) is chart
    trend = charts(budgets={2019: "1", 2020: "2"})["历年预算"]
    assert kept(trend, 1) is trend


def test_rows_of_the_overview_that_are_computed_are_drawn() -> None:
    known = Figures(Decimal(1), Decimal(1), Decimal(100), Decimal(98), "优")
    rows = (
        Row("a", AID, 2020, SELF, figures=known),
        Row("b", LAW, 2020, SELF),
        Row("c", CARE, 2020, FormKind.PROJECT_GOAL, figures=known),
    )
    assert of_rows(rows) == (Project(AID, Decimal(98), Decimal(100)),)


def test_the_budget_of_a_year_is_that_of_its_self_assessments() -> None:
    forms = (
        filled(SELF, AID, funds=money("15", "16", "")),
        filled(SELF, LAW, funds=money("5", "5", "4")),
        filled(SELF, CARE),
        filled(FormKind.PROJECT_GOAL, CARE, funds=money("9", "9", "9")),
    )
    assert year_budget(forms) == Decimal(210000)
    assert year_budget(forms[2:]) is None


def summary_charts(*others: Filled, rows: tuple[ListRow, ...] = ()) -> dict[str, Chart]:
    own = filled(FormKind.SUMMARY, rows=rows)
    derived = derive(own.template, own.record, others)
    form = Filled(derived.template, derived.record)
    return {one.title: one for one in of_summary(form, derived.gathered, others)}


def test_a_summary_is_drawn_with_the_figures_it_prints() -> None:
    forms = (filled(SELF, AID, funds=money("15", "15", "12")), filled(SELF, LAW, funds=money("5", "5", "5")))
    before = Filled(forms[0].template, replace(forms[0].record, id="before", year=forms[0].record.year - 1))
    found = summary_charts(*forms, before)
    assert bars(found["执行率"]) == [("法律援助", "80.00%", Tone.LOW), ("普法宣传", "100.00%", Tone.PLAIN)]
    trend = found["历年预算"]
    assert isinstance(trend, PointChart)
    assert [(one.year - trend.points[1].year, one.figure) for one in trend.points] == [(-1, "15"), (0, "20")]
    assert "历年预算" not in summary_charts(*forms)
    typed = summary_charts(rows=(ListRow.of({"project_name": CARE, "score": "96"}),))
    assert bars(typed["总分"]) == [("安置帮教", "96.00", Tone.PLAIN)]


def test_only_a_summary_is_drawn() -> None:
    form = filled(SELF, AID, funds=money("15", "15", "12"))
    derived = derive(form.template, form.record)
    assert of_summary(form, derived.gathered, ()) == ()
    assert summary_charts() == {}
