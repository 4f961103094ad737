"""成本指标 against 项目资金: a cap above the budget, a cost above what was spent. Units are converted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perfdesk.amounts import plain, round_half_up, to_yuan
from perfdesk.checks.budget.execution import has_wrong_unit
from perfdesk.checks.catalogue import Figures, finding
from perfdesk.checks.context import Context
from perfdesk.checks.money import Funds
from perfdesk.checks.row import Row
from perfdesk.checks.wording import percent, quote
from perfdesk.model import Finding
from perfdesk.targets import Family, Value
from perfdesk.targets.units import factor_of

_PER_HEAD: Final = re.compile(r"每|均|/|标准|单价|单位成本")


@dataclass(frozen=True, slots=True)
class _Cost:
    """A cost: its number as typed, and 元 per typed unit."""

    number: Decimal
    factor: Decimal

    @property
    def yuan(self) -> Decimal:
        return self.number * self.factor

    def is_rounded(self, yuan: Decimal) -> bool:
        """Tell whether an amount gives this figure when rounded as it was written: 29539 元 and 2.95万元."""
        places = max(-int(self.number.normalize().as_tuple().exponent), 0)
        return round_half_up(yuan / self.factor, places) == self.number


def cost_vs_funds(context: Context) -> Iterator[Finding]:
    """cost-vs-funds: a 成本指标 whose target is above the budget or whose actual is more than was spent.

    A part of the budget is a cost too (4.8 of 15 万元), so spending less is asked about only where the target is the whole budget.
    """
    for row in context.rows:
        if row.reading.is_cost:
            yield from _judge(row, context.funds)


@lru_cache(maxsize=4096)
def _judge(row: Row, funds: Funds) -> tuple[Finding, ...]:
    """Set one cost against the funds; kept like the findings of a row."""
    annual, executed = funds.amount(0, "annual_budget"), funds.amount(0, "executed")
    if (
        not annual
        or not executed
        or row.weight is None
        or has_wrong_unit(funds)
        or _PER_HEAD.search(row.indicator.name)
    ):
        return ()
    target, actual = _cost(row, row.target), _cost(row, row.actual)
    if row.actual.is_condition:
        actual = None
    above, off = _above_budget(funds, target, annual), _not_spent(funds, target, actual, annual, executed)
    if not above and not off:
        return ()
    one = finding(
        "cost-vs-funds",
        row.place("target", "actual") if above else row.place("actual", "target"),
        title="成本与资金对不上",
        message=f"{'；'.join(_said(funds, row, above=above, off=off))}。请核对成本或资金。",
        figures=Figures(row.actual.text.strip() or row.target.text.strip(), plain(executed)),
    )
    return (one,)


def _cost(row: Row, value: Value) -> _Cost | None:
    """Read a cost; a bare number is in the unit of the other value or of the indicator's name."""
    if value.number is None or value.family not in {Family.MONEY, Family.NONE}:
        return None
    if value.family is Family.MONEY:
        factor = factor_of(value.unit)
        return _Cost(value.number / factor, factor)
    units = (*(one.unit for one in (row.target, row.actual) if one.family is Family.MONEY), row.reading.name_unit)
    factor = factor_of(units[0])
    return _Cost(value.number, factor) if "元" in units[0] or "万" in units[0] else None


def _above_budget(funds: Funds, target: _Cost | None, annual: Decimal) -> Decimal | None:
    """Return by how much a target is above the budget, in the form's unit."""
    budget = to_yuan(annual, funds.unit)
    if target is None or target.yuan <= budget or target.is_rounded(budget):
        return None
    return (target.yuan - budget) / funds.unit.factor


def _not_spent(
    funds: Funds, target: _Cost | None, actual: _Cost | None, annual: Decimal, executed: Decimal
) -> Decimal | None:
    """Return actual ÷ 全年执行数 where the two should agree and do not."""
    if actual is None:
        return None
    spent = to_yuan(executed, funds.unit)
    whole = target is not None and target.yuan == to_yuan(annual, funds.unit)
    if actual.is_rounded(spent) or (actual.yuan < spent and not whole):
        return None
    return actual.yuan / spent


def _said(funds: Funds, row: Row, *, above: Decimal | None, off: Decimal | None) -> Iterator[str]:
    unit = funds.unit.value
    if above:
        budget = plain(funds.amount(0, "annual_budget") or Decimal(0))
        yield f"指标值{quote(row.target.text)}超过全年预算数 {budget} {unit}，多 {plain(above)} {unit}"
    if off:
        spent = plain(funds.amount(0, "executed") or Decimal(0))
        yield f"完成值{quote(row.actual.text)}是全年执行数 {spent} {unit}的 {percent(off)}"
