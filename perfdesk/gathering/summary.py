"""汇总表 (summary): one row for each form it gathers, its computed texts, and the total row.

A row belongs to the form of its 项目名称; of several forms of one name the first row belongs to the first. What was typed into a
row stays typed: a remark, and a figure typed over the computed one. A row whose form is not in the year (an imported summary, a
project that was done on paper) stays as it is, below the others.

The total row adds what the rows above it print, so that an auditor gets the same sum from the paper. 执行率 is the quotient of
the sums, and 自评得分 the mean of the scores weighted by 全年预算数: absolute figures add, relative ones are weighted by money
(domain.md §2, 汇总多单位). 等级 stays blank: it is given to a project, not to a list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from perfdesk.amounts import MoneyUnit, format_rate, format_score, parse_amount, parse_score, plain
from perfdesk.gathering.facts import Facts, money, of_kind, year_of
from perfdesk.model import ListRow, Record
from perfdesk.scoring import execution_rate
from perfdesk.template import Filled, Template

MONEY = ("initial_budget", "annual_budget", "executed")
_KEY = "project_name"


def renew(template: Template, record: Record, others: tuple[Filled, ...]) -> Record:
    """Return the record with one list row for each form of the kind its template gathers, in their order.

    Nothing typed is lost: a row without a form stays, and the row of a project that was given another name goes with it where
    that is the only one of both. Rows that hold nothing go. A template that gathers nothing gives the record itself.
    """
    forms = gathered_forms(template, record, others)
    if not forms:
        return record
    owned = _pairs(record.rows, forms)
    rows = {form: row for row, form in owned.items()}
    lonely = [row for row in range(len(record.rows)) if row not in owned]
    missing = [form for form in range(len(forms)) if form not in rows]
    if len(lonely) == len(missing) == 1 and not _states_figures(record.rows[lonely[0]]):
        rows[missing[0]] = lonely.pop()
    kept = (_named(record.rows[rows[at]] if at in rows else ListRow(), one) for at, one in enumerate(forms))
    result = (*kept, *(record.rows[row] for row in lonely if record.rows[row].cells))
    return record if result == record.rows else replace(record, rows=result)


def gathered_forms(template: Template, record: Record, others: tuple[Filled, ...]) -> tuple[Facts, ...]:
    """Return the forms that a template gathers, in the order of the year."""
    return () if template.gathers is None else of_kind(year_of(record, others), template.gathers)


def _named(row: ListRow, form: Facts) -> ListRow:
    return row if _plain(row.text(_KEY)) == _plain(form.project) else row.with_texts({_KEY: form.project})


def _states_figures(row: ListRow) -> bool:
    return any(row.text(key) for key in (*MONEY, "score"))


def _pairs(rows: tuple[ListRow, ...], forms: tuple[Facts, ...]) -> Mapping[int, int]:
    """Match rows with forms by name and running number: row -> form."""
    places = {key: at for at, key in enumerate(_numbered(form.project for form in forms))}
    keys = _numbered(row.text(_KEY) for row in rows)
    return {row: places[key] for row, key in enumerate(keys) if key in places}


def _numbered(names: Iterable[str]) -> list[tuple[str, int]]:
    seen: Counter[str] = Counter()
    keys = []
    for name in map(_plain, names):
        seen[name] += 1
        keys.append((name, seen[name]))
    return keys


def _plain(name: str) -> str:
    return "".join(name.split())


def computed_rows(record: Record, forms: tuple[Facts, ...]) -> tuple[ListRow, ...]:
    """Return the computed texts of each row of the record; a row without a form has at most its 执行率."""
    owned = _pairs(record.rows, forms)
    return tuple(
        _computed(row, forms[owned[at]] if at in owned else None, record.unit) for at, row in enumerate(record.rows)
    )


def _computed(row: ListRow, form: Facts | None, unit: MoneyUnit) -> ListRow:
    texts = {} if form is None else _texts_of(form, unit)
    annual, executed = (
        parse_amount(row.text(key) or texts.get(key, ""), unit) for key in ("annual_budget", "executed")
    )
    rate = execution_rate(annual, executed)
    return ListRow.of({**texts, "execution_rate": "" if rate is None else format_rate(rate)})


def _texts_of(form: Facts, unit: MoneyUnit) -> dict[str, str]:
    amounts = {key: form.amount(key) for key in MONEY}
    return {
        _KEY: form.project,
        "department": form.record.value("department").strip(),
        **{key: "" if value is None else money(value, unit) for key, value in amounts.items()},
        "score": form.score_text.removesuffix("分"),
        "grade": form.grade,
        "reason": _reasons(form),
    }


def _reasons(form: Facts) -> str:
    """主要偏差原因: those of the rows that lost points, each once."""
    pairs = zip(form.record.indicators, form.assessment.scores, strict=False)
    lost = (
        row.reason.strip().rstrip("。；;")
        for row, score in pairs
        if score.weight is not None and score.effective is not None and score.effective < score.weight
    )
    return "；".join(dict.fromkeys(reason for reason in lost if reason))


def total_row(record: Record, computed: tuple[ListRow, ...]) -> ListRow:
    """Return the total row of what the rows print; a figure of which no row has any stays blank."""
    printed = [
        {key: row.text(key) or own.text(key) for key in (*MONEY, "score")}
        for row, own in zip(record.rows, computed, strict=True)
    ]
    amounts = {key: [parse_amount(one[key], record.unit) for one in printed] for key in MONEY}
    sums = {key: _sum(values) for key, values in amounts.items()}
    rate = execution_rate(sums["annual_budget"], sums["executed"])
    mean = _weighted([parse_score(one["score"]) for one in printed], amounts["annual_budget"])
    return ListRow.of(
        {
            **{key: "" if value is None else plain(value) for key, value in sums.items()},
            "execution_rate": "" if rate is None else format_rate(rate),
            "score": "" if mean is None else format_score(mean),
        }
    )


def _sum(values: list[Decimal | None]) -> Decimal | None:
    known = [one for one in values if one is not None]
    return sum(known, Decimal(0)) if known else None


def _weighted(scores: list[Decimal | None], budgets: list[Decimal | None]) -> Decimal | None:
    """Mean of the scores weighted by 全年预算数: 90 of 100 万元 and 80 of 300 万元 are 82.50; ``None`` while one is missing."""
    pairs = [(score, budget) for score, budget in zip(scores, budgets, strict=True) if score is not None or budget]
    known = [(score, budget) for score, budget in pairs if score is not None and budget is not None]
    money_ = sum((budget for _, budget in known), Decimal(0))
    if len(known) < len(pairs) or money_ <= 0:
        return None
    return sum((score * budget for score, budget in known), Decimal(0)) / money_
