"""预算执行 (budget row): rate, its score, spending beyond the budget, figures left out, figures in the wrong unit.

Rules: 执行率 = 全年执行数 ÷ 全年预算数, score = weight × rate, at most the weight (domain rule of ``perfdesk.scoring``).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfdesk.amounts import (
    MoneyUnit,
    format_score,
    is_blank,
    parse_number,
    parse_percent,
    parse_score,
    plain,
    round_half_up,
)
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.money import AMOUNTS, Funds, fund_label, fund_place
from perfdesk.checks.repairs import Change, repair
from perfdesk.checks.wording import adopt, percent, put, quote
from perfdesk.model import Binding, Block, Finding, Fix
from perfdesk.scoring import agrees, rate_score
from perfdesk.scoring import execution_rate as rate_of_amounts
from perfdesk.template import TERMS

_RATE: Final = Binding(Block.FUNDS, "execution_rate", row=0)
_SCORE: Final = Binding(Block.FUNDS, "score", row=0)
_WAN: Final = MoneyUnit.WAN.factor


def execution_rate(funds: Funds) -> Iterator[Finding]:
    """execution-rate: the printed 执行率 is not 全年执行数 ÷ 全年预算数 (0.01 percentage points, or rounded as printed)."""
    stated, rate = funds.total.execution_rate.strip(), funds.rate
    if is_blank(stated) or rate is None or agrees(stated, rate, rounding=True):
        return
    shown = f"{rate}%"
    given = stated if stated.endswith(("%", "％")) or parse_percent(stated) is None else f"{stated}%"
    yield finding(
        "execution-rate",
        fund_place(funds, "execution_rate", "annual_budget", "executed"),
        title=f"执行率填 {given}，算得 {shown}" if parse_percent(stated) is not None else "执行率不是百分数",
        message=f"{funds.rate_explanation}，表上填的是{quote(given)}。",
        figures=Figures(stated, shown),
        fix=adopt(_RATE, shown),
        consequences=tuple(_score_finding(funds)) if _follows_rate(funds) else (),
    )


def _right_score(funds: Funds) -> Decimal | None:
    """Return the policy's score where another one is printed, else ``None``."""
    stated, computed = funds.total.score, funds.budget.computed
    return None if computed is None or is_blank(stated) or agrees(stated, computed) else computed


def _follows_rate(funds: Funds) -> bool:
    """Tell whether the printed score is the one of the printed, wrong rate."""
    printed, rate = funds.total.execution_rate, funds.rate
    stated, weight = parse_percent(printed), funds.budget.weight
    if stated is None or weight is None or rate is None or agrees(printed, rate, rounding=True):
        return False
    return agrees(funds.total.score, rate_score(stated, weight, capped=funds.policy.rate_capped))


def _is_of_policys_points(funds: Funds) -> bool:
    """Tell whether other points than the policy's are printed for the budget row, and the score is that of the policy's."""
    weight, points = funds.budget.weight, funds.policy.budget_weight
    if funds.rate is None or weight is None or weight <= points:
        return False
    return agrees(funds.total.score, rate_score(funds.rate, points, capped=funds.policy.rate_capped))


def _score_finding(funds: Funds) -> Iterator[Finding]:
    computed = _right_score(funds)
    if computed is None:
        return
    stated, shown = funds.total.score.strip(), format_score(computed)
    yield finding(
        "budget-score",
        fund_place(funds, "score", "execution_rate"),
        title=f"预算执行得分填 {stated}，算得 {shown}" if parse_score(stated) is not None else "预算执行得分不是数",
        message=f"{funds.budget.explanation}；得分栏填的是{quote(stated)}。",
        figures=Figures(stated, shown),
        fix=adopt(_SCORE, shown),
    )


def budget_score(funds: Funds) -> Iterator[Finding]:
    """budget-score: the budget row's printed score is not the policy's.

    One that only follows a misprinted rate is told there; one that is right for the policy's points, where others are printed
    (100 for 10), is told with them (``weight-sum``).
    """
    if not _follows_rate(funds) and not _is_of_policys_points(funds):
        yield from _score_finding(funds)


def over_budget(funds: Funds) -> Iterator[Finding]:
    """over-budget: 全年执行数 is more than 全年预算数."""
    annual, executed = funds.amount(0, "annual_budget"), funds.amount(0, "executed")
    if annual is None or executed is None or executed <= annual:
        return
    unit, place = funds.unit.value, fund_place(funds, "executed", "annual_budget")
    yield finding(
        "over-budget",
        Place(fund_label(funds, 0), place.binding, place.also),
        title="全年执行数大于全年预算数",
        message=f"全年执行数 {plain(executed)} 大于全年预算数 {plain(annual)}，多 {plain(executed - annual)} {unit}。"
        "预算有追加的，请改全年预算数。",
        figures=Figures(plain(executed), plain(annual)),
    )


def budget_missing(funds: Funds) -> Iterator[Finding]:
    """budget-missing: an amount of the total row is blank while a rate or score is printed, or cannot be read at all."""
    total = funds.total
    printed = [name for name, text in (("执行率", total.execution_rate), ("得分", total.score)) if not is_blank(text)]
    for key in AMOUNTS:
        text = getattr(total, key).strip()
        if not is_blank(text) and funds.amount(0, key) is None:
            message = f"{TERMS[key]}填的是{quote(text)}，读不出金额。请填数字，单位是{funds.unit.value}。"
            yield finding("budget-missing", fund_place(funds, key), title=f"{TERMS[key]}不是金额", message=message)
        elif is_blank(text) and printed and key != "initial_budget":
            message = f"填了{'和'.join(printed)}，{TERMS[key]}是空的，执行率算不出。{_from_initial(funds, key)}"
            place = fund_place(funds, key)
            blank = finding("blank-field", place, title=f"{TERMS[key]}是空的", message=f"{TERMS[key]}是空的，请填上。")
            fix, title = _take_initial(funds, key), f"没有填{TERMS[key]}"
            yield finding("budget-missing", place, title=title, message=message, fix=fix, consequences=(blank,))


def _take_initial(funds: Funds, key: str) -> Fix | None:
    """Take 年初预算数 for a blank 全年预算数, where the printed rate is the one on it: the budget was then not adjusted."""
    initial, executed = funds.amount(0, "initial_budget"), funds.amount(0, "executed")
    if key != "annual_budget" or not initial or executed is None:
        return None
    rate = rate_of_amounts(initial, executed)
    if rate is None or not agrees(funds.total.execution_rate, rate, rounding=True):
        return None
    text = funds.total.initial_budget.strip()
    return put(f"全年预算数填 {text}", Binding(Block.FUNDS, key, row=0), text)


def _from_initial(funds: Funds, key: str) -> str:
    """Say what the rate would be on the initial budget, where it is the printed one: the budget was then not adjusted."""
    initial, executed = funds.amount(0, "initial_budget"), funds.amount(0, "executed")
    if key != "annual_budget" or not initial or executed is None:
        return ""
    sum_ = f"{plain(executed)} ÷ {plain(initial)} ＝ {percent(executed / initial)}"
    return f"按年初预算数是 {sum_}；年中没有调整的，全年预算数与年初预算数相同。"


def _in_wrong_unit(funds: Funds) -> list[tuple[str, Decimal]]:
    """Return the amounts of the total row that were typed in the other unit than the header's."""
    policy, found = funds.policy, []
    for key in AMOUNTS:
        value = parse_number(getattr(funds.total, key))
        if value is None:
            continue
        if value >= policy.most_in_wan if funds.unit is MoneyUnit.WAN else 0 < value < policy.least_in_yuan:
            found.append((key, value))
    return found


def has_wrong_unit(funds: Funds) -> bool:
    """Tell whether the amounts are in the wrong unit, so that nothing can be set against them."""
    return bool(_in_wrong_unit(funds))


def unit_header(funds: Funds) -> Iterator[Finding]:
    """unit-header: amounts in 元 under a 万元 header, or the reverse; judged by the total row, one finding for the form."""
    wan, columns = funds.unit is MoneyUnit.WAN, _in_wrong_unit(funds)
    if not columns:
        return
    (key, value), also = columns[0], [one for one, _ in columns[1:]]
    header, meant = (MoneyUnit.WAN, MoneyUnit.YUAN) if wan else (MoneyUnit.YUAN, MoneyUnit.WAN)
    text = getattr(funds.total, key).strip()
    place = fund_place(funds, key, *also)
    yield finding(
        "unit-header",
        Place(f"{TERMS[key]}（{header.value}）", place.binding, place.also),
        title=f"表头是{header.value}，像是按{meant.value}填的",
        message=f"表头是{header.value}，这里填了 {text}，像是{meant.value}。"
        f"按{meant.value}换算是 {_converted(value, wan=wan)} {header.value}。",
        figures=Figures(text, _converted(value, wan=wan)),
        fix=_conversion(funds, tuple(one for one, _ in columns), wan=wan),
    )


def _converted(value: Decimal, *, wan: bool) -> str:
    """Write an amount in the header's unit, exactly, with at least two decimals in 万元: 15205000.00 元 -> 1520.50."""
    if not wan:
        return plain(value * _WAN)
    exact = value / _WAN
    return format_score(exact) if exact == round_half_up(exact, 2) else plain(exact)


def _conversion(funds: Funds, columns: tuple[str, ...], *, wan: bool) -> Fix | None:
    """Convert whole columns, so that sums stay right; only where 预算 and 执行 keep their ratio."""
    if ("annual_budget" in columns) != ("executed" in columns):
        return None
    changes = []
    for index, fund in enumerate(funds.rows):
        for key in columns:
            value = parse_number(getattr(fund, key))
            if value:
                name = f"{fund_label(funds, index)}，{TERMS[key]}"
                place = Binding(Block.FUNDS, key, row=index)
                changes.append(Change(name, place, getattr(fund, key), _converted(value, wan=wan)))
    more = f" 等 {len(changes)} 格" if len(changes) > 1 else ""
    return repair(f"改为 {changes[0].new}{more}", changes)
