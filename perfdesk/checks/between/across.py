"""表间 (across): one figure in two forms of the same office and year that say it otherwise (cross-form).

Reports are compared in ``against_report``, whole forms and names in ``likeness``. Nobody knows which of two forms is right, so
everything here is a 警告 that names both figures and both places. The other forms are read once (``perfdesk.gathering``); a
keystroke pays only for its own form.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perfdesk.amounts import MoneyUnit, from_yuan, is_blank, parse_amount, parse_number, plain, same
from perfdesk.checks.between.against_goals import against_goals
from perfdesk.checks.between.against_report import with_report
from perfdesk.checks.between.goals_in_text import goals_in_report
from perfdesk.checks.between.likeness import likeness
from perfdesk.checks.between.overspent import against_overspending
from perfdesk.checks.between.results_in_text import results_in_goal, results_in_report
from perfdesk.checks.between.summary import not_gathered, typed_over
from perfdesk.checks.between.surveys import surveys
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.wording import put, quote
from perfdesk.gathering.facts import Facts, facts_of, money, of_kind, year_of
from perfdesk.gathering.offers import Offer, offered
from perfdesk.model import Binding, Block, Finding, FormKind
from perfdesk.targets import Comparator, Kind, number_like, read
from perfdesk.template import SlotKind, Template

_SCORED: Final = {
    FormKind.DEPARTMENT_SELF: FormKind.DEPARTMENT_RATING,
    FormKind.DEPARTMENT_RATING: FormKind.DEPARTMENT_SELF,
}
_TOTAL: Final = Binding(Block.STATED, "total_score")
_EXECUTED: Final = Binding(Block.FUNDS, "executed", row=0)
_WAYS: Final = {
    Comparator.GE: "up",
    Comparator.GT: "up",
    Comparator.LE: "down",
    Comparator.LT: "down",
    Comparator.EQ: "equal",
}
#: A wording where the other form has a number.
_WORDED: Final = ({Kind.COUNT, Kind.LEVEL}, {Kind.RATIO, Kind.LEVEL}, {Kind.MONEY, Kind.LEVEL})
#: So near, two amounts are meant to be the same one; further apart, some projects may simply not be entered yet.
_NEAR: Final = Decimal("0.05")


def across(context: Context) -> Iterator[Finding]:
    """Compare a form with the others of its year, and its 实际完成情况 with its own indicators."""
    yield from not_gathered(context)
    form = facts_of(context.template, context.record, context.assessment)
    yield from results_in_goal(form)
    year = year_of(context.record, context.others)
    if not year:
        return
    yield from _scores(form, year)
    yield from _project_money(form, year)
    yield from _offered(form, year)
    yield from with_report(form, year)
    yield from goals_in_report(form, year)
    yield from results_in_report(form, year)
    yield from against_overspending(form, year)
    yield from typed_over(context)
    yield from against_goals(context, year)
    yield from surveys(context, year)
    yield from likeness(form, year)


def _scores(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """总分 of the department's self-assessment and of its rating."""
    mine = form.score
    for other in of_kind(year, _SCORED[form.kind]) if form.kind in _SCORED and mine is not None else ():
        theirs = other.score
        if mine is None or theirs is None or same(mine, theirs):
            continue
        yield finding(
            "cross-form",
            Place(_total_label(form.template), _TOTAL),
            title="两张表的总分不一样",
            message=f"本表总分 {plain(mine)}，{quote(other.name)}的总分 {plain(theirs)}，相差 {plain(abs(mine - theirs))}。"
            "同一年同一单位，请核对是哪张表的分打错了。",
            figures=Figures(plain(mine), plain(theirs)),
        )


@lru_cache(maxsize=64)
def _total_label(template: Template) -> str:
    """Return the words printed before the total score: 总分, 合计, 评价结果 on a rating."""
    if template.kind is FormKind.DEPARTMENT_RATING:
        return "评价结果"
    for block in template.blocks:
        row = next((one.row for one in block.slots if one.kind is SlotKind.COMPUTED and one.key == "total_score"), None)
        label = next(
            (one.text for one in block.slots if one.row == row and one.kind is SlotKind.LABEL and one.text), ""
        )
        if row is not None and label:
            return "".join(label.split())
    return "总分"


def _project_money(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """全年执行数 of the only project of the year, and 项目支出 of the department form."""
    if form.kind is not FormKind.PROJECT_SELF or of_kind(year, FormKind.PROJECT_SELF):
        return
    spent = form.amount("executed")
    for other in of_kind(year, FormKind.DEPARTMENT_SELF) if spent is not None else ():
        field = other.breakdown("项目支出")
        theirs = None if field is None else other.yuan(other.record.value(field.key))
        if spent is None or field is None or theirs is None or not _differ(spent, theirs, form.unit):
            continue
        mine, text = money(spent, form.unit), other.record.value(field.key).strip()
        unit, own = form.unit.value, other.unit.value
        same_unit = f"，即 {money(theirs, form.unit)} {unit}" if other.unit is not form.unit else ""
        yield finding(
            "cross-form",
            Place("全年执行数", _EXECUTED),
            title="与部门自评表的项目支出不一样",
            message=f"本表全年执行数 {mine} {unit}，{quote(other.name)}的项目支出是 {text} {own}{same_unit}，"
            f"相差 {money(abs(spent - theirs), MoneyUnit.YUAN)} 元。请核对后两张表填同一个数。",
            figures=Figures(mine, money(theirs, form.unit)),
            fix=put(f"改为 {money(theirs, form.unit)}", _EXECUTED, money(theirs, form.unit)),
        )


def _differ(mine: Decimal, theirs: Decimal, unit: MoneyUnit) -> bool:
    """Tell whether two amounts in 元 are meant to be one and are printed otherwise (two decimals of the form's unit)."""
    if same(from_yuan(mine, unit), from_yuan(theirs, unit)):
        return False
    return mine > theirs or theirs - mine <= theirs * _NEAR


def _offered(form: Facts, year: tuple[Facts, ...]) -> Iterator[Finding]:
    """Cells whose figure another form has ready, and that say otherwise."""
    for one in offered(form, year):
        text = _text_at(form, one.binding)
        if not one.firm or is_blank(text) or not _says_otherwise(form, one, text):
            continue
        yield finding(
            "cross-form",
            Place(one.label, one.binding),
            title="与别的表填的不一样",
            message=f"{one.label}填的是{quote(text)}，{one.source}是{quote(one.text)}。请核对后填同一个数。",
            figures=Figures(text, one.text),
            fix=put(f"改为 {one.text}", one.binding, one.text),
        )


def _text_at(form: Facts, binding: Binding) -> str:
    record = form.record
    if binding.block is Block.VALUES:
        return record.value(binding.key).strip()
    rows = record.funds if binding.block is Block.FUNDS else record.indicators
    return str(getattr(rows[binding.row], binding.key)).strip()


def _says_otherwise(form: Facts, offer: Offer, text: str) -> bool:
    """Tell whether a typed text and an offered one are two figures; 98 and 98.0 are one, so are ≥300件 and ≥ 300 件."""
    if offer.binding.block is Block.INDICATORS:
        return _targets_differ(text, offer.text, form.record.year)
    if offer.yuan is None:
        mine, theirs = parse_number(text), parse_number(offer.text)
        return mine is not None and theirs is not None and mine != theirs
    field = form.template.field(offer.binding.key)
    unit = MoneyUnit(field.unit) if field is not None and field.unit in set(MoneyUnit) else form.unit
    mine = parse_amount(text, unit)
    if mine is None:
        return False
    spent = offer.yuan
    return _differ(spent, mine * unit.factor, unit)


@lru_cache(maxsize=4096)
def _targets_differ(first: str, second: str, year: int) -> bool:
    """Tell whether two 年度指标值 promise otherwise: another number, unit or direction, or a wording for a number.

    ≥300件 and 300 件 are one, 10万元 and 100000元 too; ≥5 and ≤5 are not, nor 300 and 300件. Two wordings are nobody's arithmetic.
    """
    one, two = read(first, year=year), read(second, year=year)
    if one.number is None or two.number is None:
        return {one.kind, two.kind} in _WORDED
    ways = {_WAYS.get(one.comparator), _WAYS.get(two.comparator)} - {None}
    unit_is_missing = bool(one.unit) is not bool(two.unit)
    return len(ways) > 1 or unit_is_missing or number_like(one, two) != two.number
