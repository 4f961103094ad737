"""资金行: the total and its 其中 rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.model import Binding, Block, FundRow, Record, Severity
from tests.checks.support import GOOD, NATIONAL, QIANNAN, codes, fixed, found, label, one, with_fund


def test_a_total_that_its_rows_do_not_make() -> None:
    record = with_fund(2, with_fund(1, annual_budget="10"), annual_budget="2")
    finding = one(record, "fund-rows")
    assert finding.title == "全年预算数各行相加不等于总额"
    assert finding.message == "当年财政拨款 10＋上年结转资金 2＋其他资金 0 ＝ 12，年度资金总额填的是 15，多 3 万元。"
    assert (finding.severity, finding.where) == (Severity.ERROR, "年度资金总额")
    assert finding.binding == Binding(Block.FUNDS, "annual_budget", row=0)


def test_rows_that_make_more_than_the_total() -> None:
    assert "填的是 15，少 1 万元" in one(with_fund(1, executed="16"), "fund-rows").message


@pytest.mark.parametrize(("unit", "count"), [(MoneyUnit.WAN, 0), (MoneyUnit.YUAN, 1)])
def test_rounded_parts_may_miss_a_total_in_wan(unit: MoneyUnit, count: int) -> None:
    assert len(found(replace(with_fund(1, executed="14.99"), unit=unit), "fund-rows")) == count


def test_a_total_that_is_not_divided_is_a_warning() -> None:
    record = with_fund(1, initial_budget="15", annual_budget="", executed="—")
    finding = one(record, "fund-rows")
    assert (finding.severity, finding.title) == (Severity.WARNING, "资金没有分行填写")
    assert finding.where == "其中：当年财政拨款、上年结转资金、其他资金"
    assert finding.message.startswith(
        "年度资金总额的全年预算数、全年执行数填了总额，当年财政拨款、上年结转资金、其他资金都是空的。"
    )
    assert len(finding.also) == 5


def test_a_total_left_blank_above_its_rows() -> None:
    finding = one(with_fund(0, annual_budget=""), "fund-rows")
    assert (finding.title, finding.computed) == ("全年预算数总额没有填", "15")
    assert finding.message.endswith("＝ 15，年度资金总额没有填。")


@pytest.mark.parametrize(
    "record",
    [
        with_fund(0, with_fund(1, annual_budget="0"), annual_budget="0", executed=""),
        with_fund(0, annual_budget="不详"),  # budget-missing is the root
        replace(GOOD, funds=()),
        with_fund(0, with_fund(1, initial_budget=""), initial_budget=""),
    ],
)
def test_nothing_to_add_up(record: Record) -> None:
    assert [each for each in found(record, "fund-rows") if "年初" in each.title or "预算数各行" in each.title] == []


def test_a_row_that_cannot_be_read_is_named() -> None:
    finding = one(with_fund(2, executed="若干"), "fund-rows")
    assert (finding.title, finding.message) == ("这一格不是金额", "上年结转资金的全年执行数填的是“若干”，读不出金额。")
    assert finding.binding == Binding(Block.FUNDS, "executed", row=2)


def test_parts_of_parts_are_added_too() -> None:
    labels = [fund.label for fund in QIANNAN.funds]
    amounts = ["100", "100", "60", "30", "0"]
    funds = tuple(FundRow(text, amount, amount, amount) for text, amount in zip(labels, amounts, strict=True))
    record = replace(GOOD, funds=funds, unit=MoneyUnit.YUAN)
    got = found(record, "fund-rows", QIANNAN)
    assert len(got) == 3
    assert got[0].message == "本级安排 60＋上级补助 30 ＝ 90，财政拨款填的是 100，多 10 元。"


def test_points_stand_only_on_the_total() -> None:
    record = with_fund(2, weight="10", execution_rate="100%", score="10")
    finding = one(record, "fund-weight-twice")
    assert (
        finding.message
        == "上年结转资金填了分值 10、执行率 100%、得分 10。分值和得分只在年度资金总额一行，这一行应为空。"
    )
    assert codes(fixed(record, finding.fix)) == set()
    assert label(finding.fix) == "这一行改为不计分"


@pytest.mark.parametrize("changes", [{"weight": "—", "score": "-"}, {"execution_rate": "100%"}, {"weight": "/"}])
def test_dashes_and_a_rate_alone_earn_nothing(changes: dict[str, str]) -> None:
    assert found(with_fund(1, **changes), "fund-weight-twice") == []


def test_a_record_with_more_rows_than_its_form_is_still_read() -> None:
    record = replace(GOOD, funds=(*GOOD.funds, FundRow("其他：捐赠", weight="5")))
    assert one(record, "fund-weight-twice", NATIONAL).message.startswith("其他：捐赠填了分值 5")
