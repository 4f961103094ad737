"""金额格 (cells for figures): which they are, the sums typed into them, their 大写金额. The core does both; no widget here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.amounts import MoneyUnit, parse_amount, to_yuan
from perfdesk.calculator import calculate
from perfdesk.model import Block
from perfdesk.spelling import spell_out

if TYPE_CHECKING:
    from perfdesk.sheet import Cell

_AMOUNTS: Final = frozenset({"initial_budget", "annual_budget", "executed", "interim_executed", "expected_executed"})
_POINTS: Final = frozenset({"level1_weight", "level2_weight", "goal_weight", "weight", "score", "deduction"})
_FIGURES: Final = {
    Block.FUNDS: _AMOUNTS | {"weight", "score"},
    Block.ROWS: _AMOUNTS,
    Block.INDICATORS: _POINTS,
    Block.STATED: frozenset({"total_weight", "total_score"}),
}
_DECIMALS: Final = {MoneyUnit.YUAN: 2, MoneyUnit.WAN: 6}  # to the 分


def is_amount(cell: Cell) -> bool:
    """Tell whether a cell holds an amount of money."""
    binding = cell.binding
    return binding is not None and binding.block in {Block.FUNDS, Block.ROWS} and binding.key in _AMOUNTS


def is_figure(cell: Cell) -> bool:
    """Tell whether a cell holds a figure: an amount, points, or what the template calls a number."""
    binding = cell.binding
    return binding is not None and (cell.numeric or binding.key in _FIGURES.get(binding.block, ()))


def entered(cell: Cell, text: str, unit: MoneyUnit) -> str:
    """Return what is kept of a text typed into a cell: of a sum in a cell for figures its result, else the text as typed."""
    if not is_figure(cell):
        return text
    return calculate(text, places=_DECIMALS[unit] if is_amount(cell) or cell.numeric else 2) or text


def spelt(cell: Cell, text: str, unit: MoneyUnit) -> str:
    """Return the 大写金额 of the amount in a cell; ``""`` where there is none."""
    value = parse_amount(text, unit) if is_amount(cell) else None
    return spell_out(to_yuan(value, unit)) if value is not None else ""
