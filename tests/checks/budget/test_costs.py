"""成本指标 against the funds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.amounts import MoneyUnit
from perfdesk.model import FundRow, Record
from tests.checks.support import GOOD, found, one, with_fund, with_row


def form(unit: MoneyUnit, annual: str, executed: str, **cost: str) -> Record:
    funds = (FundRow("年度资金总额", annual, annual, executed),)
    return with_row(3, replace(GOOD, unit=unit, funds=funds), **cost)


WAN, YUAN = MoneyUnit.WAN, MoneyUnit.YUAN
BUDGET = "严格控制预算（万元）"


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (
            form(WAN, "8", "8", name=BUDGET, target="10万", actual="10万"),
            "指标值“10万”超过全年预算数 8 万元，多 2 万元；完成值“10万”是全年执行数 8 万元的 125%。请核对成本或资金。",
        ),
        (
            form(WAN, "8", "8", name=BUDGET, target="10", actual="8"),
            "指标值“10”超过全年预算数 8 万元，多 2 万元。请核对成本或资金。",
        ),
        (
            form(YUAN, "100000", "80000", target="≤10万元", actual="10万元"),
            "完成值“10万元”是全年执行数 80000 元的 125%。请核对成本或资金。",
        ),
        (  # the whole budget is the target: what was spent must be the cost
            form(WAN, "15", "14", target="≤15万元", actual="12.5万元"),
            "完成值“12.5万元”是全年执行数 14 万元的 89.29%。请核对成本或资金。",
        ),
        (
            form(WAN, "15", "15", target="≤20000元", actual="16"),
            "",
        ),  # a bare figure takes the unit of the target: 16 元
        (
            form(WAN, "15", "15", target="≤14万元", actual="16"),
            "完成值“16”是全年执行数 15 万元的 106.67%。请核对成本或资金。",
        ),
        (form(WAN, "15", "15", target="4.8万元", actual="4.8万元"), ""),  # a part of the budget
        (form(YUAN, "30000", "29539", target="≤3万元", actual="2.95万元"), ""),  # rounded as written
        (form(YUAN, "29539", "29539", target="≤3万元", actual="2.95万元"), ""),
        (form(WAN, "26.5", "20", target="≤26.5万元", actual="≤26.5万元"), ""),  # not measured
        (form(WAN, "8", "8", name="每案补贴", target="10万元", actual="10万元"), ""),
        (form(WAN, "8", "8", target="4000元/月", actual="4000元/月"), ""),
        (form(WAN, "8", "8", target="100%", actual="100%"), ""),
        (form(WAN, "8", "8", target="20", actual="20"), ""),  # no unit anywhere
        (form(WAN, "", "8", target="≤10万元", actual="10万元"), ""),
        (form(WAN, "8", "0", target="≤10万元", actual="10万元"), ""),
        (form(WAN, "15205000", "15205000", target="≤1520.5万元", actual="1520.5万元"), ""),  # unit-header is the root
    ],
)
def test_cost_vs_funds(record: Record, message: str) -> None:
    assert [each.message for each in found(record, "cost-vs-funds")] == ([message] if message else [])


def test_only_costs_are_held_against_the_funds() -> None:
    assert found(with_row(0, name="争取资金", target="50万元", actual="50万元"), "cost-vs-funds") == []


def test_it_points_at_the_cell_that_is_off() -> None:
    above = one(with_fund(0, with_row(3, target="≤20万元", actual="15万元")), "cost-vs-funds")
    assert above.binding is not None
    assert above.binding.key == "target"
    spent = one(with_row(3, target="≤14万元", actual="16万元"), "cost-vs-funds")
    assert spent.binding is not None
    assert spent.binding.key == "actual"
