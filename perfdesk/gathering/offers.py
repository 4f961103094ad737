"""表表相喂 (offers): the figures that other forms of the year have ready for the cells of this one. Nothing is forced.

    部门自评表    项目支出 is the sum of what the projects spent, 基本支出 the rest of 全年执行数
    部门评价表    raw figures that the department form, the projects and their forms know
    自评表、监控表  name, goal, budget and targets of the goal table

A blank cell is filled on request; a filled one that differs is a finding (``perfdesk.checks.between.across``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.amounts import MoneyUnit, is_blank, plain
from perfdesk.editing import get_text, set_text
from perfdesk.gathering.chain import VALUES, initial_budget, name_of, sources, targets_of
from perfdesk.gathering.facts import Facts, facts_of, money, of_kind, summed, year_of
from perfdesk.model import Binding, Block, FormKind, Record
from perfdesk.scoring import assess
from perfdesk.template import TERMS, Field, Filled, Template


class Offer(NamedTuple):
    """现成的数 (offer): ``text`` for the cell at ``binding``, named ``label``; ``source`` says where it comes from.

    ``yuan`` is the exact amount behind a text of money. ``firm``: the two should be the same, so that a difference is worth a word.
    """

    binding: Binding
    label: str
    text: str
    source: str
    firm: bool = True
    yuan: Decimal | None = None


def offers(template: Template, record: Record, others: tuple[Filled, ...]) -> tuple[Offer, ...]:
    """Return what the other forms of the year offer to a form, for filled cells and blank ones, in the order of the form."""
    year = year_of(record, others)
    return tuple(offered(facts_of(template, record, assess(template, record)), year)) if year else ()


def offered(form: Facts, year: tuple[Facts, ...]) -> Iterator[Offer]:
    """Yield the offers of the year's forms to one that is read already."""
    if form.kind is FormKind.DEPARTMENT_SELF:
        yield from _spending(form, year)
    if form.kind is FormKind.DEPARTMENT_RATING:
        yield from _raw(form, year)
    yield from _goals(form, year)


def fill(record: Record, found: tuple[Offer, ...]) -> tuple[Record, tuple[Offer, ...]]:
    """取本年各表的数: fill the blank cells; return the record and the offers that were taken."""
    used = []
    for one in found:
        if is_blank(get_text(record, one.binding)) and one.text:
            record = set_text(record, one.binding, one.text)
            used.append(one)
    return record, tuple(used)


def _spending(form: Facts, year: tuple[Facts, ...]) -> Iterator[Offer]:
    """项目支出 and 基本支出 of a department form."""
    chosen = of_kind(year, FormKind.PROJECT_SELF)
    spent, field = summed(chosen, "executed"), form.breakdown("项目支出")
    if spent is None or field is None:
        return
    source = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} 张{FormKind.PROJECT_SELF.words}"
    projects = form.yuan(form.record.value(field.key))
    yield _money(form, field, spent, f"{source} › 全年执行数")
    whole, basic = form.amount("executed"), form.breakdown("基本支出")
    rest = None if whole is None else whole - (spent if projects is None else projects)
    if basic is not None and rest is not None and rest >= 0:
        yield _money(form, basic, rest, "本表 › 全年执行数 − 项目支出")._replace(firm=False)


def _money(form: Facts, field: Field, yuan: Decimal, source: str) -> Offer:
    return Offer(Binding(Block.VALUES, field.key), field.label, money(yuan, form.unit), source, yuan=yuan)


def _goals(form: Facts, year: tuple[Facts, ...]) -> Iterator[Offer]:
    """What the one goal table (or monitoring form) of this project says."""
    found = sources(form.template, form.record, year)
    if len(found) != 1:
        return
    source, record = found[0], form.record
    for key in VALUES:
        field = form.template.field(key)
        if field is not None and source.record.value(key).strip():
            binding = Binding(Block.VALUES, key)
            yield Offer(binding, field.label, source.record.value(key), source.name, firm=False)
    for at, row in enumerate(record.funds):
        text = initial_budget(source, row.label, record)
        if text:
            binding = Binding(Block.FUNDS, "initial_budget", row=at)
            yield Offer(binding, f"{row.label.strip()} {TERMS['initial_budget']}", text, source.name)
    targets = targets_of(source)
    for at, indicator in enumerate(record.indicators):
        text = targets.get(name_of(indicator), "") if indicator.name.strip() else ""
        if text:
            yield Offer(Binding(Block.INDICATORS, "target", row=at), indicator.name.strip(), text, source.name)


def _of_department(key: str) -> Callable[[tuple[Facts, ...]], Decimal | None]:
    """Make the reader of an amount of the one department form."""

    def read(year: tuple[Facts, ...]) -> Decimal | None:
        found = of_kind(year, FormKind.DEPARTMENT_SELF)
        return found[0].amount(key) if len(found) == 1 else None

    return read


def _of_projects(kind: FormKind, key: str) -> Callable[[tuple[Facts, ...]], Decimal | None]:
    """Make the reader of the sum of an amount over the forms of a kind."""
    return lambda year: summed(of_kind(year, kind), key)


def _count(kind: FormKind) -> Callable[[tuple[Facts, ...]], Decimal | None]:
    """Make the reader of how many forms of a kind there are; none says nothing."""
    return lambda year: Decimal(len(of_kind(year, kind))) if of_kind(year, kind) else None


class _Source(NamedTuple):
    """Where a raw figure comes from: by the words its label holds.

    ``firm`` is false for what is counted over the forms that are entered: others may have been done on paper.
    """

    words: tuple[str, ...]
    read: Callable[[tuple[Facts, ...]], Decimal | None]
    place: str
    firm: bool = False


_SELVES: Final = FormKind.PROJECT_SELF.words
_RAW: Final = (
    _Source(("申报绩效目标", "资金"), _of_projects(FormKind.PROJECT_GOAL, "initial_budget"), "各项目目标表的资金"),
    _Source(("申报绩效目标", "项目数"), _count(FormKind.PROJECT_GOAL), "项目目标表的张数"),
    _Source(("绩效监控", "项目数"), _count(FormKind.PROJECT_MONITORING), "监控表的张数"),
    _Source(("绩效评价项目数",), _count(FormKind.PROJECT_SELF), f"{_SELVES}的张数"),
    _Source(("自评", "资金"), _of_projects(FormKind.PROJECT_SELF, "executed"), f"各张{_SELVES} › 全年执行数"),
    _Source(("本年部门预算安排",), _of_department("initial_budget"), "部门自评表 › 年初预算数", firm=True),
    _Source(("预算完成数",), _of_department("executed"), "部门自评表 › 全年执行数", firm=True),
    _Source(("全年实际支出",), _of_department("executed"), "部门自评表 › 全年执行数", firm=True),
    _Source(("支出预算数",), _of_department("annual_budget"), "部门自评表 › 全年预算数", firm=True),
)


def _raw(form: Facts, year: tuple[Facts, ...]) -> Iterator[Offer]:
    """The raw figures of a rating that other forms know."""
    for field in form.template.fields:
        source = _source_of(field)
        value = None if source is None else source.read(year)
        if source is None or value is None:
            continue
        binding = Binding(Block.VALUES, field.key)
        is_money = field.unit in set(MoneyUnit)
        text = money(value, MoneyUnit(field.unit)) if is_money else plain(value)
        yield Offer(binding, field.label, text, source.place, firm=source.firm, yuan=value if is_money else None)


@lru_cache(maxsize=256)
def _source_of(field: Field) -> _Source | None:
    """Find the source of a raw figure; money never comes from a count."""
    if not field.raw or field.choices:
        return None
    return next((one for one in _RAW if all(word in field.label for word in one.words)), None)
