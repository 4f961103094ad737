"""年度总览: what the forms of a year come to, and what the year still lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.derive import derive
from perfdesk.model import FormKind, Indicator, Verdict
from perfdesk.overview import (
    Figures,
    Missing,
    Row,
    Standing,
    ToDo,
    YearSum,
    figures_of,
    found,
    in_wan,
    missing,
    standing,
    still_to_do,
    todo_list,
    year_ahead,
    year_sum,
    years_of,
)
from perfdesk.template import Filled
from tests.gathering.support import filled, money

MADE = datetime(2021, 3, 18, 9, 0, tzinfo=UTC)
AID, LAW = "法律援助工作经费", "普法宣传工作经费"
SELF, GOAL, MONITORING = FormKind.PROJECT_SELF, FormKind.PROJECT_GOAL, FormKind.PROJECT_MONITORING


def row(
    name: str, kind: FormKind | None = SELF, *, verdict: Verdict | None = None, budget: str = "", executed: str = ""
) -> Row:
    read = Figures(Decimal(budget) if budget else None, Decimal(executed) if executed else None)
    return Row(f"{kind}-{name}", name, 2020, kind, MADE, verdict, figures=read if budget or executed else None)


def figures(one: Filled, *others: Filled) -> Figures:
    return figures_of(derive(one.template, one.record, (one, *others)))


DONE = (Indicator(level1="产出指标", level2="数量指标", name="案件数", target="≥200件", actual="231件", weight="90"),)


def test_a_self_assessment_shows_amounts_rate_total_and_grade() -> None:
    form = filled(SELF, AID, funds=money("15", "15", "14.77"), indicators=DONE)
    assert figures(form) == Figures(
        Decimal(150000), Decimal(147700), Decimal("98.47"), Decimal("99.85"), figures(form).grade
    )
    assert figures(form).grade


def test_amounts_of_a_form_in_yuan_and_of_one_in_wan_are_the_same() -> None:
    wan = figures(filled(SELF, AID, funds=money("15", "15", "14.77")))
    yuan = figures(filled(SELF, AID, funds=money("150000", "150000", "147700"), unit=MoneyUnit.YUAN))
    assert wan.budget == yuan.budget == Decimal(150000)
    assert wan.executed == yuan.executed == Decimal(147700)


def test_a_goal_table_has_a_budget_and_nothing_else() -> None:
    assert figures(filled(GOAL, AID, funds=money("15", "", ""))) == Figures(budget=Decimal(150000))


def test_a_blank_form_has_no_figures() -> None:
    assert figures(filled(SELF, AID)) == Figures()
    assert figures(filled(GOAL, AID)) == Figures()
    assert figures(filled(FormKind.REPORT)) == Figures()


def test_a_summary_shows_its_total_row() -> None:
    forms = (filled(SELF, AID, funds=money("15", "15", "12")), filled(SELF, LAW, funds=money("5", "5", "4")))
    assert figures(filled(FormKind.SUMMARY), *forms) == Figures(Decimal(200000), Decimal(160000), Decimal("80.00"))
    assert figures(filled(FormKind.SUMMARY)) == Figures()


def test_the_sum_is_of_self_assessments_alone() -> None:
    rows = (
        row(AID, budget="600000", executed="500000"),
        row(LAW, budget="100000", executed="80000"),
        row(AID, GOAL, budget="900000"),
        row("整体", FormKind.DEPARTMENT_SELF, budget="9000000", executed="1"),
    )
    assert year_sum(rows) == YearSum(2, Decimal(700000), Decimal(580000), Decimal("82.86"))


def test_what_nobody_filled_in_counts_as_none() -> None:
    assert year_sum((row(AID, budget="600000"), row(LAW))) == YearSum(2, Decimal(600000), None, None)
    assert year_sum(()) == YearSum(0, None, None, None)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [("", [AID, LAW]), ("flyz", [AID]), ("普法", [LAW]), ("gzjf", [AID, LAW]), ("zpb", [AID, LAW]), ("qqq", [])],
)
def test_forms_are_found_by_name_and_kind(wanted: str, names: list[str]) -> None:
    assert [one.name for one in found((row(AID), row(LAW)), wanted)] == names


def test_forms_are_found_by_verdict() -> None:
    rows = (row(AID, verdict=Verdict.BLOCKED), row(LAW))
    assert found(rows, "", Standing.BLOCKED) == rows[:1]
    assert found(rows, "", Standing.FILLING) == rows[1:], "not yet computed"
    assert found(rows, "pf", Standing.BLOCKED) == ()
    assert [standing(row(AID, verdict=one)).value for one in Verdict] == [one.value for one in Verdict]


def test_what_was_handed_in_is_neither_to_do_nor_to_hand_in() -> None:
    gone = replace(row(AID, verdict=Verdict.TO_EXPLAIN), submitted=True)
    assert standing(gone) is Standing.SUBMITTED
    assert still_to_do((gone,), ()) == ()
    assert todo_list((gone,), ()) == ()
    assert found((gone, row(LAW, verdict=Verdict.TO_EXPLAIN)), "", Standing.SUBMITTED) == (gone,)


@pytest.mark.parametrize(
    ("years", "today", "ahead"),
    [
        ((2020, 2019), date(2020, 9, 30), None),
        ((2020, 2019), date(2020, 10, 1), 2021),
        ((2020,), date(2026, 1, 1), 2021),
        ((2020,), date(2019, 5, 1), None),
        ((), date(2020, 10, 1), None),
    ],
)
def test_the_year_ahead_begins_with_its_budget(years: tuple[int, ...], today: date, ahead: int | None) -> None:
    assert year_ahead(years, today) == ahead


def test_a_form_without_its_template_is_listed() -> None:
    assert row(AID, None).kind_words == "表样不在本机"
    assert [one.name for one in found((row(AID, None),), "ybzb")] == [AID]


def test_projects_that_lack_a_form_are_named() -> None:
    rows = (row(AID), row(LAW), row(f" {AID} ", GOAL), row("社区矫正经费", GOAL))
    assert missing(rows, (GOAL, MONITORING, SELF, FormKind.REPORT)) == (
        Missing(GOAL, (LAW,)),
        Missing(MONITORING, (AID, LAW, "社区矫正经费")),
        Missing(SELF, ("社区矫正经费",)),
        Missing(FormKind.REPORT),
    )


def test_a_year_without_projects_lacks_what_is_handed_in_once() -> None:
    rows = (row("部门整体", FormKind.DEPARTMENT_SELF), row("报告", FormKind.REPORT))
    assert [one.kind for one in missing(rows)] == [
        FormKind.DEPARTMENT_GOAL,
        FormKind.DEPARTMENT_RATING,
        FormKind.SUMMARY,
    ]


def test_what_is_still_to_do_is_said_gravest_first() -> None:
    rows = (row(AID, verdict=Verdict.TO_EXPLAIN), row(LAW, verdict=Verdict.BLOCKED), row("甲", verdict=Verdict.BLOCKED))
    assert still_to_do(rows, (Missing(GOAL, (AID, LAW)), Missing(FormKind.SUMMARY))) == (
        "2 张表不可上报",
        "1 张表有待说明",
        "项目支出绩效目标表缺 2 个项目",
        "没有汇总表",
    )
    assert still_to_do((row(AID, verdict=Verdict.READY),), ()) == ()
    assert still_to_do((row(AID),), ()) == ("1 张表没有填完",)


def test_what_is_to_do_leads_to_its_form() -> None:
    rows = (row(AID, verdict=Verdict.TO_EXPLAIN), row(LAW, verdict=Verdict.BLOCKED), row("甲", verdict=Verdict.READY))
    lacking = (Missing(GOAL, (AID,)), Missing(FormKind.SUMMARY))
    assert todo_list(rows, lacking) == (
        ToDo(f"{LAW}：不可上报", rows[1].id),
        ToDo(f"{AID}：有待说明", rows[0].id),
        ToDo(f"{AID}：没有项目支出绩效目标表", kind=GOAL, project=AID),
        ToDo("没有汇总表", kind=FormKind.SUMMARY),
    )


def test_years_are_listed_latest_first() -> None:
    assert years_of(()) == ()
    assert years_of((row(AID), Row("x", AID, 2021, SELF, MADE), row(LAW))) == (2021, 2020)


def test_amounts_in_ten_thousands() -> None:
    assert in_wan(Decimal(675000)) == Decimal("67.5")
