"""改正 of several cells: points moved proportionally, model text cleared, a blank budget taken from the initial one."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.checks.repairs import Change, repair, scale
from perfdesk.model import Binding, Block, Fix
from tests.checks.support import (
    GOOD,
    ROWS,
    codes,
    fixed,
    found,
    label,
    one,
    with_fund,
    with_row,
    with_totals,
    with_values,
)

WEIGHTS = st.lists(st.integers(0, 60).map(Decimal), min_size=1, max_size=20)


def points(*numbers: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, numbers))


@pytest.mark.parametrize(
    ("weights", "wanted", "shares"),
    [
        # a published form of 2020: ten points too many because 预算执行率 was forgotten
        (points("30", "10", "20", "10", "10", "5", "10", "5"), "90", points("27", "9", "18", "9", "9", "5", "9", "4")),
        (points("50", "30", "20"), "90", points("45", "27", "18")),
        (points("12.5", "87.5"), "90", points("11.3", "78.7")),
        (points("50", "50"), "90.5", points("45.3", "45.2")),
        (points("0", "100"), "90", points("0", "90")),
    ],
)
def test_points_are_shared_out_by_largest_remainder(
    weights: tuple[Decimal, ...], wanted: str, shares: tuple[Decimal, ...]
) -> None:
    assert scale(weights, Decimal(wanted)) == shares


@pytest.mark.parametrize(
    ("weights", "wanted"),
    [
        (points("0", "0"), "90"),
        (points("-10", "110"), "90"),
        (points("50", "50"), "0"),
        (points("50", "50"), "90.05"),  # finer than anybody scores
        (points("1", "1", "1"), "2"),  # somebody would be left without a point
    ],
)
def test_what_cannot_be_shared_out_is_not(weights: tuple[Decimal, ...], wanted: str) -> None:
    assert scale(weights, Decimal(wanted)) is None


@given(WEIGHTS, st.integers(1, 100).map(Decimal))
def test_shares_come_to_the_sum_and_keep_their_order(weights: list[Decimal], wanted: Decimal) -> None:
    shares = scale(weights, wanted)
    if shares is None:
        return
    assert sum(shares) == wanted
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - weight * wanted / sum(weights)) < 1
        assert bool(share) == bool(weight)


def test_a_surplus_moves_out_of_the_rows_and_every_change_is_shown() -> None:
    spoilt = with_row(5, weight="20")
    finding = one(spoilt, "weight-sum")
    assert label(finding.fix) == "各项按比例调到合计 90"
    assert finding.fix is not None
    assert finding.fix.preview == (
        "20 → 18　办理法律援助案件数量",
        "10 → 9　案卷合格率",
        "10 → 9　补贴发放时间",
        "10 → 9　办案成本",
        "30 → 27　群众法治获得感",
        "20 → 18　受援人满意度",
    )
    assert "weight-sum" not in codes(fixed(spoilt, finding.fix))


def test_a_shortfall_may_be_a_missing_row() -> None:
    assert one(with_row(5, weight="2"), "weight-sum").fix is None


def test_printed_sums_are_not_broken() -> None:
    spoilt = with_row(5, with_row(0, level1_weight="50"), weight="20")
    assert one(spoilt, "weight-sum").fix is None


def test_a_score_decided_by_hand_keeps_the_weights() -> None:
    spoilt = with_row(5, with_row(1, score="9.8"), weight="20")
    assert one(spoilt, "weight-sum").fix is None


def test_a_printed_sum_that_is_wrong_too_is_put_right_with_the_rows() -> None:
    spoilt = with_totals(with_row(5, weight="20"), total_weight="0")
    fix = one(spoilt, "weight-sum").fix
    assert fix is not None
    assert fix.preview[-1] == "0 → 100　总分"
    assert "weight-sum" not in codes(fixed(spoilt, fix))


def test_a_row_without_points_is_waited_for() -> None:
    spoilt = with_row(5, with_row(1, weight=""), weight="60")
    assert one(spoilt, "weight-sum").fix is None


def test_a_group_comes_to_the_sum_its_label_prints() -> None:
    spoilt = with_row(0, with_row(3, weight="20"), level1_weight="50")  # 60 of 50 points, 110 in all
    finding = one(spoilt, "weight-group")
    assert label(finding.fix) == "各项按比例调到合计 50"
    after = fixed(spoilt, finding.fix)
    assert [row.weight for row in after.indicators[:4]] == ["17", "8", "8", "17"]
    assert codes(after) == codes(GOOD)
    assert one(with_row(0, spoilt, level2_weight="20"), "weight-group").fix is None
    assert one(with_row(0, level1_weight="40"), "weight-group").fix is None  # the sum of 100 would be lost


def test_a_blank_budget_takes_the_initial_one_where_the_printed_rate_says_so() -> None:
    printed = {"initial_budget": "2406.98", "annual_budget": "", "executed": "2318.14", "execution_rate": "96.31%"}
    spoilt = with_fund(1, with_fund(0, **printed), initial_budget="2406.98", annual_budget="", executed="2318.14")
    finding = one(spoilt, "budget-missing")
    assert label(finding.fix) == "全年预算数填 2406.98"
    assert fixed(spoilt, finding.fix).funds[0].annual_budget == "2406.98"
    assert one(with_fund(0, spoilt, execution_rate="90%"), "budget-missing").fix is None
    assert one(with_fund(0, spoilt, initial_budget=""), "budget-missing").fix is None


def test_model_text_is_cleared_where_nothing_else_was_written() -> None:
    model = replace(ROWS[0], name="指标1：", target="（≥**%）", actual="", weight="")
    spoilt = replace(GOOD, indicators=(*ROWS, model))
    for finding in found(spoilt, "placeholder-text"):
        assert finding.fix is not None
        assert len(finding.fix.preview) == 2
        assert codes(fixed(spoilt, finding.fix)) == {"all-full-marks"} & codes(GOOD)
    begun = with_row(0, target="**")
    assert one(begun, "placeholder-text").fix is None


def test_model_lines_are_taken_out_of_a_long_text() -> None:
    spoilt = with_values(goal_expected="目标1：受理申请\n目标2：……\n……")
    finding = one(spoilt, "placeholder-text")
    assert label(finding.fix) == "删去提示文字"
    assert fixed(spoilt, finding.fix).value("goal_expected") == "目标1：受理申请"


def test_a_repair_that_would_change_nothing_is_not_offered() -> None:
    rate = Change("执行率", Binding(Block.VALUES, "execution_rate"), " 96.31% ", "96.31%")
    assert repair("改为 96.31%", (rate,)) is None
    assert repair("改为 96.31%", ()) is None
    score = Change("得分", Binding(Block.VALUES, "score"), "10", "9.63")
    assert repair("改为 9.63", (rate, score)) == Fix("改为 9.63", ((score.binding, "9.63"),))
