"""What a check of the budget is given: the fund rows with rate and score, and small questions that several checks ask.

Nothing is judged here; amounts are read by ``perfdesk.amounts``, rate and score come from ``perfdesk.scoring``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perfdesk.amounts import MoneyUnit, parse_amount, parse_number
from perfdesk.checks.catalogue import Place
from perfdesk.model import Binding, Block, FundRow, Score
from perfdesk.policy import Policy
from perfdesk.scoring import score_budget
from perfdesk.template import TERMS, Template

AMOUNTS: Final = ("initial_budget", "annual_budget", "executed")
_NO_ROW: Final = FundRow("")


@dataclass(frozen=True, slots=True, eq=False)  # made once per change of the fund rows, compared and cached by identity
class Funds:
    """资金 (funds) of a form: its rows as typed, the unit of their amounts, and the budget row's rate and score.

    ``foreign``: the file it came from had rows with amounts that this form does not print, so that its rows are not all.
    """

    template: Template
    unit: MoneyUnit
    rows: tuple[FundRow, ...]
    budget: Score
    rate: Decimal | None
    rate_explanation: str
    foreign: bool = False

    @property
    def policy(self) -> Policy:
        """The parameters of the template's policy."""
        return self.template.policy

    @property
    def total(self) -> FundRow:
        """年度资金总额: the first fund row, blank when the form has none."""
        return self.row(0)

    def row(self, index: int) -> FundRow:
        """Return a fund row, blank when the record has fewer rows than its form."""
        return self.rows[index] if index < len(self.rows) else _NO_ROW

    def amount(self, index: int, key: str) -> Decimal | None:
        """Read an amount of a fund row, in the form's unit."""
        return parse_amount(getattr(self.row(index), key), self.unit)


@lru_cache(maxsize=1024)
def make_funds(template: Template, unit: MoneyUnit, rows: tuple[FundRow, ...], *, foreign: bool = False) -> Funds:
    """Read the fund rows of a record for the checks; kept, because few keystrokes change them."""
    budget, rate, how = score_budget(rows[0] if rows else _NO_ROW, unit, template.policy)
    return Funds(template, unit, rows, budget, rate, how, foreign)


@lru_cache(maxsize=256)
def has_foreign_rows(extra: str) -> bool:
    """Tell whether an imported file had fund rows with amounts beyond those of the form (``Record.extra``)."""
    rows = json.loads(extra).get("funds", []) if extra else []
    return any(parse_number(str(row.get(key) or "")) for row in rows for key in AMOUNTS)


def fund_place(funds: Funds, key: str, *also: str, index: int = 0) -> Place:
    """Return the place of a fund row's field: 「年度资金总额」, or the column's word for the total row."""
    where = fund_label(funds, index) if index or key in {"score", "weight"} else TERMS[key]
    cells = tuple(Binding(Block.FUNDS, one, row=index) for one in also)
    return Place(where, Binding(Block.FUNDS, key, row=index), cells)


def fund_label(funds: Funds, index: int) -> str:
    """Return a fund row's label as a word of a sentence: without 「其中」 and colons."""
    printed = funds.template.funds
    label = printed[index].label if index < len(printed) else funds.row(index).label
    return label.strip().removeprefix("其中").strip(":： ") or "年度资金总额"
