"""资金行 (fund rows): the total against its 其中 rows, and points printed on a row that carries none."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfdesk.amounts import MoneyUnit, is_blank, plain
from perfdesk.checks.catalogue import Figures, Place, finding, mild
from perfdesk.checks.money import AMOUNTS, Funds, fund_label, fund_place
from perfdesk.checks.repairs import Change, repair
from perfdesk.checks.wording import difference, quote
from perfdesk.errors import excerpt
from perfdesk.model import Binding, Block, Finding
from perfdesk.template import TERMS, Fund

_TOLERANCE: Final = {MoneyUnit.WAN: Decimal("0.01"), MoneyUnit.YUAN: Decimal(0)}
"""Parts rounded to two decimals of a 万元 may miss their total by so much; parts in 元 must not."""


def fund_rows(funds: Funds) -> Iterator[Finding]:
    """fund-rows: 总额 is not the sum of its 其中 rows in a column.

    Mild: the total is filled and all its rows are blank, or a row that only repeats the one below it is blank (项目资金).
    Not where the file had rows that the form does not print: nobody knows which of them is a part of which.
    """
    for index, fund in enumerate(funds.template.funds):
        if not fund.parts or funds.foreign:
            continue
        undivided = []
        for key in AMOUNTS:
            if _is_undivided(funds, index, fund, key):
                undivided.append(key)
            else:
                yield from _sum_of_parts(funds, index, fund, key)
        if undivided:
            yield _not_divided(funds, index, fund, undivided)


def _parts(funds: Funds, fund: Fund) -> tuple[int, ...]:
    return tuple(funds.template.fund_index(part) for part in fund.parts)


def _is_undivided(funds: Funds, index: int, fund: Fund, key: str) -> bool:
    """Tell whether a total is filled over blank rows; a blank row whose own rows are filled is told at that row."""
    blank = all(not _is_filled(funds, part, key) for part in _parts(funds, fund))
    return blank and bool(funds.amount(index, key))


def _is_filled(funds: Funds, index: int, key: str) -> bool:
    """Tell whether a row, or one of the rows it is made of, holds something."""
    parts = _parts(funds, funds.template.funds[index])
    return not is_blank(getattr(funds.row(index), key)) or any(_is_filled(funds, part, key) for part in parts)


def _not_divided(funds: Funds, index: int, fund: Fund, columns: list[str]) -> Finding:
    parts = _parts(funds, fund)
    names = "、".join(fund_label(funds, part) for part in parts)
    cells = tuple(Binding(Block.FUNDS, key, row=part) for part in parts for key in columns)
    return mild(
        finding(
            "fund-rows",
            Place("、".join(funds.template.funds[part].label for part in parts), cells[0], cells[1:]),
            title="资金没有分行填写",
            message=f"{fund_label(funds, index)}的{'、'.join(TERMS[key] for key in columns)}填了总额，{names}都是空的。"
            "请按来源填写，没有的填 0。",
        )
    )


def _sum_of_parts(funds: Funds, index: int, fund: Fund, key: str) -> Iterator[Finding]:
    parts = _parts(funds, fund)
    amounts = [funds.amount(part, key) for part in parts]
    for part, amount in zip(parts, amounts, strict=True):
        text = getattr(funds.row(part), key)
        if amount is None and not is_blank(text):
            message = f"{fund_label(funds, part)}的{TERMS[key]}填的是{quote(text)}，读不出金额。"
            yield finding("fund-rows", fund_place(funds, key, index=part), title="这一格不是金额", message=message)
            return
    total, sum_ = funds.amount(index, key), sum((one for one in amounts if one is not None), Decimal(0))
    if total is None and (not sum_ or not is_blank(getattr(funds.row(index), key))):
        return
    if total is not None and (abs(total - sum_) <= _TOLERANCE[funds.unit] or all(one is None for one in amounts)):
        return
    shown = "＋".join(
        f"{fund_label(funds, part)} {plain(one or Decimal(0))}" for part, one in zip(parts, amounts, strict=True)
    )
    label, unit = fund_label(funds, index), funds.unit.value
    stated = "没有填" if total is None else f"填的是 {plain(total)}，{difference(total, sum_)} {unit}"
    cells = tuple(Binding(Block.FUNDS, key, row=part) for part in parts)
    one = finding(
        "fund-rows",
        Place(label, Binding(Block.FUNDS, key, row=index), cells),
        title=f"{TERMS[key]}总额没有填" if total is None else f"{TERMS[key]}各行相加不等于总额",
        message=f"{shown} ＝ {plain(sum_)}，{label}{stated}。",
        figures=Figures("" if total is None else plain(total), plain(sum_)),
    )
    yield mild(one) if total is None and len(parts) == 1 else one


def fund_weight_twice(funds: Funds) -> Iterator[Finding]:
    """fund-weight-twice: 分值 or 得分 stands on a 其中 row as well as on the total; only the total earns points."""
    for index, fund in enumerate(funds.rows):
        if index == 0 or (is_blank(fund.weight) and is_blank(fund.score)):
            continue
        typed = [key for key in ("weight", "execution_rate", "score") if not is_blank(getattr(fund, key))]
        shown = "、".join(f"{TERMS[key]} {excerpt(getattr(fund, key).strip())}" for key in typed)
        place = fund_place(funds, typed[0], *typed[1:], index=index)
        yield finding(
            "fund-weight-twice",
            place,
            title="其中行不另计分",
            message=f"{fund_label(funds, index)}填了{shown}。分值和得分只在年度资金总额一行，这一行应为空。",
            figures=Figures(shown),
            fix=repair(
                "这一行改为不计分",
                (Change(TERMS[key], Binding(Block.FUNDS, key, row=index), getattr(fund, key), "") for key in typed),
            ),
        )
