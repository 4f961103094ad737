"""预算执行: rate, score, over the budget, blank, in the wrong unit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.model import Binding, Block, FundRow, Record
from tests.checks.support import GOOD, codes, fixed, found, label, one, with_fund


@pytest.mark.parametrize(
    ("rate", "title"),
    [
        ("100%", "执行率填 100%，算得 98.46%"),
        ("100", "执行率填 100%，算得 98.46%"),
        ("９９．５％", "执行率填 ９９．５％，算得 98.46%"),
        ("98.48", "执行率填 98.48%，算得 98.46%"),
        ("全部", "执行率不是百分数"),
        ("98.46", None),
        ("98.46%", None),
        ("98.47", None),  # tolerance 0.01
        ("98.5", None),  # rounded as printed
        ("98%", None),
        ("", None),
        ("—", None),
    ],
)
def test_execution_rate(rate: str, title: str | None) -> None:
    record = with_fund(0, annual_budget="30000", executed="29539", execution_rate=rate)
    assert [each.title for each in found(record, "execution-rate")] == ([title] if title else [])


def test_the_rate_is_said_with_its_sum_and_the_computed_one_adopted() -> None:
    record = with_fund(0, annual_budget="318.4", executed="442.92", execution_rate="100%", score="10")
    finding = one(record, "execution-rate")
    assert finding.message == "442.92 ÷ 318.4 ＝ 139.11%，表上填的是“100%”。"
    assert (finding.stated, finding.computed, label(finding.fix)) == ("100%", "139.11%", "采用 139.11%")
    assert finding.binding == Binding(Block.FUNDS, "execution_rate", row=0)
    assert "execution-rate" not in codes(fixed(record, finding.fix))
    assert finding.consequences == ()


@pytest.mark.parametrize(
    ("score", "title"),
    [
        ("9", "预算执行得分填 9，算得 9.63"),
        ("９.7", "预算执行得分填 ９.7，算得 9.63"),
        ("满分", "预算执行得分不是数"),
        ("9.63", None),
        ("9.63分", None),
        ("9.64", None),
        ("", None),
        ("-", None),
    ],
)
def test_budget_score(score: str, title: str | None) -> None:
    record = with_fund(0, annual_budget="2406.98", executed="2318.14", score=score)
    assert [each.title for each in found(record, "budget-score")] == ([title] if title else [])


def test_the_budget_score_says_its_sum() -> None:
    finding = one(with_fund(0, annual_budget="2406.98", executed="2318.14", score="9"), "budget-score")
    assert finding.message == "2318.14 ÷ 2406.98 ＝ 96.31%，10 × 96.31%，记 9.63 分；得分栏填的是“9”。"
    assert label(finding.fix) == "采用 9.63"


def test_a_score_that_is_right_for_the_policys_points_is_not_told_beside_a_wrong_weight() -> None:
    assert found(with_fund(0, weight="100", score="10"), "budget-score") == []
    assert len(found(with_fund(0, weight="100", score="9"), "budget-score")) == 1


def test_a_score_that_follows_a_misprinted_rate_is_told_there() -> None:
    record = with_fund(0, annual_budget="20", executed="15", execution_rate="90%", score="9")
    (consequence,) = one(record, "execution-rate").consequences
    assert (consequence.code, consequence.computed) == ("budget-score", "7.50")
    assert len(found(record, "budget-score")) == 1


@pytest.mark.parametrize(("rate", "score"), [("90%", "8"), ("全部", "8"), ("75%", "8")])
def test_a_score_wrong_for_its_own_reason_stands_alone(rate: str, score: str) -> None:
    record = with_fund(0, annual_budget="20", executed="15", execution_rate=rate, score=score)
    assert all(each.consequences == () for each in found(record, "execution-rate"))
    assert len(found(record, "budget-score")) == 1


def test_over_budget() -> None:
    finding = one(with_fund(0, annual_budget="318.4", executed="442.92"), "over-budget")
    assert finding.message == "全年执行数 442.92 大于全年预算数 318.4，多 124.52 万元。预算有追加的，请改全年预算数。"
    assert finding.where == "年度资金总额"
    assert finding.also == (Binding(Block.FUNDS, "annual_budget", row=0),)
    assert found(GOOD, "over-budget") == []
    assert found(with_fund(0, annual_budget=""), "over-budget") == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"annual_budget": "", "execution_rate": "96%", "score": "9"}, ["没有填全年预算数"]),
        ({"annual_budget": "/", "score": "9"}, ["没有填全年预算数"]),
        ({"executed": "", "execution_rate": "96%"}, ["没有填全年执行数"]),
        ({"annual_budget": "十五"}, ["全年预算数不是金额"]),
        ({"initial_budget": "同上", "executed": "1,5"}, ["年初预算数不是金额", "全年执行数不是金额"]),
        ({"annual_budget": "", "executed": ""}, []),
        ({"initial_budget": "", "score": "10"}, []),
    ],
)
def test_budget_missing(changes: dict[str, str], expected: list[str]) -> None:
    assert [each.title for each in found(with_fund(0, **changes), "budget-missing")] == expected


def test_a_blank_budget_is_shown_what_the_initial_one_would_give() -> None:
    record = with_fund(
        0, initial_budget="2406.98", annual_budget="", executed="2318.14", execution_rate="96%", score="9"
    )
    finding = one(record, "budget-missing")
    assert finding.message == (
        "填了执行率和得分，全年预算数是空的，执行率算不出。"
        "按年初预算数是 2318.14 ÷ 2406.98 ＝ 96.31%；年中没有调整的，全年预算数与年初预算数相同。"
    )
    assert finding.where == "全年预算数"
    blank = with_fund(0, initial_budget="", annual_budget="", execution_rate="96%")
    assert one(blank, "budget-missing").message == "填了执行率，全年预算数是空的，执行率算不出。"
    both = with_fund(0, annual_budget="", executed="", score="9")
    assert [each.message for each in found(both, "budget-missing")] == [
        "填了得分，全年预算数是空的，执行率算不出。",
        "填了得分，全年执行数是空的，执行率算不出。",
    ]


def form(unit: MoneyUnit, *rows: tuple[str, str, str]) -> Record:
    return replace(GOOD, unit=unit, funds=tuple(FundRow("年度资金总额", *texts) for texts in rows))


def test_yuan_under_a_wan_header() -> None:
    record = form(MoneyUnit.WAN, ("15205000.00", "16905537.09", "16905537.09"), ("15205000", "16905537.09元", ""))
    finding = one(record, "unit-header")
    assert finding.message == "表头是万元，这里填了 15205000.00，像是元。按元换算是 1520.50 万元。"
    assert (finding.where, label(finding.fix)) == ("年初预算数（万元）", "改为 1520.50 等 4 格")
    after = fixed(record, finding.fix)
    assert after.funds[0].annual_budget == "1690.553709"  # exact, so that rates and sums stay what they were
    assert after.funds[1].annual_budget == "16905537.09元"
    assert "unit-header" not in codes(after)


def test_wan_under_a_yuan_header() -> None:
    record = form(MoneyUnit.YUAN, ("0", "15.5", "15.5"))
    finding = one(record, "unit-header")
    assert finding.message == "表头是元，这里填了 15.5，像是万元。按万元换算是 155000 元。"
    assert fixed(record, finding.fix).funds[0].executed == "155000"


def test_one_cell_is_called_by_its_figure() -> None:
    assert label(one(form(MoneyUnit.WAN, ("15205000.00", "1690", "1690")), "unit-header").fix) == "改为 1520.50"


def test_no_fix_where_budget_and_spending_would_part() -> None:
    assert one(form(MoneyUnit.WAN, ("15", "16905537.09", "1690")), "unit-header").fix is None


@pytest.mark.parametrize(
    "record",
    [
        form(MoneyUnit.WAN, ("15205000元", "999999.99", "442.92")),
        form(MoneyUnit.YUAN, ("0", "1000", "0")),
        form(MoneyUnit.YUAN, ("0", "0", "")),
        form(MoneyUnit.YUAN, ("15万元", "150000", "150000")),
    ],
)
def test_amounts_that_fit_their_header(record: Record) -> None:
    assert found(record, "unit-header") == []
