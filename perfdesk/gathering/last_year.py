"""上年 (last year): what a cell of this form held the year before, and how what stands in it now has changed.

The form of the year before is that of the same office, kind and project; a goal table and a self-assessment stand in for each other
where one of them is missing. An indicator is the one of the same name (``matching``). Nothing is printed and nothing is written
from here: the window shows it beside the cell, and the clerk takes it over by a key.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.amounts import (
    MoneyUnit,
    format_score,
    narrow,
    parse_amount,
    parse_percent,
    parse_score,
    plain,
    round_half_up,
)
from perfdesk.editing import get_text, row_text
from perfdesk.gathering.chain import target_of
from perfdesk.gathering.facts import Facts, money, year_before
from perfdesk.gathering.matching import nearest_forms, project_key, rows_by_name, same_form
from perfdesk.model import Binding, Block, Indicator, Record
from perfdesk.scoring import is_reverse
from perfdesk.targets import Comparator, Family, Value, number_like, read
from perfdesk.template import FieldKind, Filled, Template

_AMOUNTS: Final = frozenset({"initial_budget", "annual_budget", "executed", "interim_executed", "expected_executed"})
_POINTS: Final = frozenset(
    {"weight", "level1_weight", "level2_weight", "goal_weight", "score", "deduction", "total_weight", "total_score"}
)
_RESULTS: Final = frozenset({"actual", "interim_actual", "expected_actual"})
_MEASURED: Final = _RESULTS | {"target", "target_value"}
_GROUPS: Final = frozenset({"level1", "level2", "goal"})  # every row of a group has them: no news


class Past(NamedTuple):
    """上年值: the text of last year, amounts in the unit of this year's form, and the form it stands in."""

    text: str
    source: str


class Change(NamedTuple):
    """变化: ``sign`` 1 ▲, -1 ▼, 0 ＝; ``words`` 「9.5%」, 「2 个百分点」, 「10 分」 or ``""``; and ``better``, if known."""

    sign: int
    words: str = ""
    better: bool | None = None


def past(template: Template, record: Record, others: tuple[Filled, ...], binding: Binding) -> Past | None:
    """Return what the cell of a binding held the year before; ``None`` where nobody knows, or it held nothing.

    ``others`` are the forms handed round, those of the year before among them. Dates are no use a year later and are left out, the
    names of groups too. Example: 231 in the row 「年内完成200件法律援助案件」 of last year for the one of 「年内完成220件…」.
    """
    before = year_before(record, others)
    if not before or not _is_asked(template, binding):
        return None
    project = record.value("project_name").strip()
    if binding.block is Block.INDICATORS:
        return _of_indicator(record, binding, nearest_forms(template.kind, project, before))
    form = same_form(template.kind, project, before)
    if form is None:
        return None
    if binding.block is Block.FUNDS:
        return _of_fund(record, binding, form)
    return _made(_of_office(template, record, binding, form), form)


def change(record: Record, binding: Binding, was: str, now: str) -> Change | None:
    """Return how a text has changed against last year's; ``None`` where the two cannot be compared, or nothing is typed yet.

    231 -> 253 is 22 ÷ 231 ＝ ▲ 9.5%; 95% -> 97% is ▲ 2 个百分点 (a share of a share would mislead); 分值 30 -> 20 is ▼ 10 分.
    Whether more is better follows from the target of the indicator; ``=`` and words know neither.
    """
    if not now.strip() or not was.strip():
        return None
    if " ".join(now.split()) == " ".join(was.split()):
        return Change(0)
    figures = _figures(record, binding, was, now)
    if figures is None:
        return None
    old, new, is_share = figures
    sign = (new > old) - (new < old)
    if not sign:
        return Change(0)
    return Change(sign, _words(old, new, key=binding.key, is_share=is_share), _better(record, binding, sign))


def _is_asked(template: Template, binding: Binding) -> bool:
    if binding.block in {Block.ROWS, Block.SECTIONS} or binding.key in _GROUPS:
        return False
    field = template.field(binding.key) if binding.block is Block.VALUES else template.column(binding.key)
    return field is None or field.kind is not FieldKind.DATE


# -------------------------------------------------------------------------------------------------------------- places


def _of_indicator(record: Record, binding: Binding, forms: tuple[Facts, ...]) -> Past | None:
    """Return the text of the same indicator in the nearest form that has one."""
    if not 0 <= binding.row < len(record.indicators):
        return None
    key = project_key(record.indicators[binding.row].name)
    found = ((form, rows_by_name(form).get(key)) for form in forms)
    texts = ((form, _in_row(form, row, binding)) for form, row in found if row is not None)
    return next((Past(text, form.name) for form, text in texts if text), None)


def _in_row(form: Facts, place: int, binding: Binding) -> str:
    row: Indicator = form.record.indicators[place]
    if binding.key == "score" and not row.score.strip():
        points = form.assessment.scores[place].effective if place < len(form.assessment.scores) else None
        return "" if points is None else format_score(points)
    text = row_text(row, binding).strip()
    return text or (target_of(row) if binding.key == "target" else "")


def _of_fund(record: Record, binding: Binding, form: Facts) -> Past | None:
    """Return the amount of the fund row of that label; it is converted where the forms are in different units."""
    if not 0 <= binding.row < len(record.funds):
        return None
    label = project_key(record.funds[binding.row].label)
    row = next((one for one in form.record.funds if project_key(one.label) == label), None)
    if row is None:
        return None
    text = row_text(row, binding).strip()
    return _made(_in_unit(text, record.unit, form) if binding.key in _AMOUNTS else text, form)


def _of_office(template: Template, record: Record, binding: Binding, form: Facts) -> str:
    """Return a single field, or a total that was computed where nobody typed one."""
    if binding.block is Block.STATED and binding.key == "total_score":
        return form.score_text
    if binding.block is Block.STATED and binding.key == "grade":
        return form.grade
    text = get_text(form.record, binding).strip()
    field = template.field(binding.key)
    return _in_unit(text, record.unit, form) if field is not None and field.group else text


def _in_unit(text: str, unit: MoneyUnit, form: Facts) -> str:
    yuan = form.yuan(text) if unit is not form.unit else None
    return text if yuan is None else money(yuan, unit)


def _made(text: str, form: Facts) -> Past | None:
    return Past(text, form.name) if text else None


# ------------------------------------------------------------------------------------------------------------- changes


def _figures(record: Record, binding: Binding, was: str, now: str) -> tuple[Decimal, Decimal, bool] | None:
    """Return both figures in the terms of the new one, and whether they are percentages."""
    if binding.key in _POINTS:
        return _both(parse_score(was), parse_score(now))
    if binding.block is Block.FUNDS and binding.key in _AMOUNTS:
        return _both(parse_amount(was, record.unit), parse_amount(now, record.unit))
    if binding.key not in _MEASURED:  # a sentence with a figure in it is no figure
        return _both(parse_percent(was), parse_percent(now), is_share="%" in narrow(was + now))
    old, new = _read(was, record.year - 1), _read(now, record.year)
    return _both(number_like(old, new), new.number, is_share=new.family is Family.RATIO)


def _both(old: Decimal | None, new: Decimal | None, *, is_share: bool = False) -> tuple[Decimal, Decimal, bool] | None:
    return None if old is None or new is None else (old, new, is_share)


@lru_cache(maxsize=256)
def _read(text: str, year: int) -> Value:
    return read(text, year=year)


def _words(old: Decimal, new: Decimal, *, key: str, is_share: bool) -> str:
    """Say how far two different figures lie apart; ``""`` where nothing was there to be a share of."""
    apart = abs(new - old)
    if key in _POINTS:
        return f"{plain(round_half_up(apart, 2))} 分"
    if is_share:
        return f"{plain(round_half_up(apart, 2))} 个百分点"
    return f"{plain(round_half_up(apart * 100 / abs(old), 1))}%" if old else ""


def _better(record: Record, binding: Binding, sign: int) -> bool | None:
    """Tell whether a result has become better, where the target of its indicator says which way that is."""
    if binding.block is not Block.INDICATORS or binding.key not in _RESULTS:
        return None
    row = record.indicators[binding.row]
    target = _read(target_of(row), record.year)
    if target.number is None or (target.comparator is Comparator.EQ and target.number):
        return None
    return (sign > 0) is not is_reverse(target, row)
