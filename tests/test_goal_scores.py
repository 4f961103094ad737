"""Forms without a 分值 column, without scores, or with another 执行率."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.model import FundRow, Indicator, Record, ScoreMethod
from perfdesk.scoring import assess, rate_of, share_weights
from perfdesk.template import BlockRole, Template
from tests.checks.support import GOOD, NATIONAL

D = Decimal
TOTAL = FundRow("年度资金总额", initial_budget="200", annual_budget="100", executed="90", interim_executed="150")


def without(template: Template, *keys: str) -> Template:
    """Return the template with these columns of its indicators and its budget score taken out."""
    blocks = []
    for block in template.blocks:
        body = tuple(slot for slot in block.body if slot.key not in keys)
        slots = tuple(slot for slot in block.slots if not (slot.fund and slot.key == "score"))
        blocks.append(replace(block, body=body, slots=slots))
    return replace(template, blocks=tuple(blocks))


UNSCORED = without(NATIONAL, "score")


def goal(name: str, label: str = "", points: str = "") -> Indicator:
    return Indicator(goal=label, goal_weight=points, name=name, target="≥10件", actual="5件", weight="99")


@pytest.mark.parametrize(
    ("rows", "weights"),
    [
        (
            (goal("甲", "目标1", "40"), goal("乙", "目标1", "40"), goal("丙", "目标1", "40")),
            ["13.33", "13.33", "13.34"],
        ),
        ((goal("甲", "目标1", "40分"), goal("乙"), goal("丙", "目标2", "60")), ["20", "20", "60"]),
        ((goal("甲", "目标1", "40"), goal("")), ["40", ""]),
        ((goal("", "目标1", "40"), goal("乙")), ["", "40"]),
        ((goal("甲", "目标1"), goal("", "目标2", "60")), ["", ""]),
        ((), []),
    ],
)
def test_the_points_of_a_goal_are_shared_by_its_rows(rows: tuple[Indicator, ...], weights: list[str]) -> None:
    assert [one.weight for one in share_weights(rows)] == weights


@given(st.integers(1, 12), st.decimals(min_value=0, max_value=100, places=2))
def test_the_shares_add_up_to_the_points(count: int, points: Decimal) -> None:
    rows = tuple(goal(f"指标{index}", "目标1", str(points)) for index in range(count))
    assert sum(D(one.weight) for one in share_weights(rows)) == points


def test_a_form_of_goals_scores_by_the_shares() -> None:
    rows = (goal("甲", "目标1", "40"), goal("乙"), goal("丙", "目标2", "60"))
    record = Record(id="r", template_id="t", year=2024, indicators=rows)
    result = assess(replace(without(NATIONAL), weight_by_goal=True), record)
    assert [one.computed for one in result.scores] == [10, 10, 30]
    assert result.weight_total == 100


def test_a_form_that_prints_no_scores_is_not_scored() -> None:
    result = assess(UNSCORED, GOOD)
    assert {one.method for one in result.scores} == {ScoreMethod.BLANK}
    assert (result.total, result.weight_total, result.grade, result.is_scored) == (D(0), D(0), None, False)
    assert len(result.scores) == len(GOOD.indicators)


@pytest.mark.parametrize(
    ("columns", "fund", "rate", "how"),
    [
        (("interim_executed", "initial_budget"), TOTAL, "75.00", "150 ÷ 200 ＝ 75.00%"),
        (("executed", "annual_budget"), TOTAL, "90.00", "90 ÷ 100 ＝ 90.00%"),
        (
            ("executed", "initial_budget"),
            FundRow("", initial_budget="0", executed="1"),
            "0.00",
            "年初预算数为 0，执行率记 0",
        ),
        (("interim_executed", "initial_budget"), FundRow(""), None, "还没有填年初预算数和1—N月执行数"),
    ],
)
def test_the_rate_of_a_form_without_a_budget_score(
    columns: tuple[str, str], fund: FundRow, rate: str | None, how: str
) -> None:
    template = replace(UNSCORED, rate_of=columns)
    found, words = rate_of(template, fund, MoneyUnit.WAN)
    assert (None if found is None else str(found), words) == (rate, how)
    result = assess(template, replace(GOOD, funds=(fund,)))
    assert (result.execution_rate, result.budget) == (found, None)


def test_the_template_taken_apart_still_has_its_rows() -> None:
    assert any(block.role is BlockRole.INDICATORS and block.body for block in UNSCORED.blocks)
