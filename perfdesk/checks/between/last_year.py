"""与上年 (last year): targets lowered, targets below what last year achieved, weights that moved, names changed by a character.

The form of the year before is the one of the same kind and project (years and numbers in a name do not count); for a goal table
also last year's self-assessment, which knows the results. Nobody knows the reasons from outside: everything here wants a word,
nothing is wrong by itself. What a goal table of this year says already is not said again at its self-assessment. Texts that were
copied are another family (``copied``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Final

from perfdesk.amounts import parse_number, plain
from perfdesk.checks.between.copied import copied
from perfdesk.checks.catalogue import Figures, Place, finding
from perfdesk.checks.context import Context
from perfdesk.checks.row import Row, is_explained
from perfdesk.checks.wording import in_unit_of, near_name, percent, put, quote
from perfdesk.gathering.chain import sources, target_of
from perfdesk.gathering.facts import OF_PROJECTS, Facts, facts_of, year_before, year_of
from perfdesk.gathering.matching import NEAREST, nearest_forms, project_key, rows_by_name, same_form
from perfdesk.model import Binding, Block, Finding, FormKind, Indicator
from perfdesk.scoring import is_reverse
from perfdesk.targets import Kind, Value, number_like, read

_RESULTS: Final = frozenset({FormKind.PROJECT_SELF, FormKind.DEPARTMENT_SELF})
_SET: Final = frozenset({Kind.COUNT, Kind.RATIO, Kind.DURATION})
_SHOWN: Final = 3
_BUDGET: Final = "initial_budget"


@dataclass(frozen=True, slots=True, eq=False)  # made once per form of the year before, cached by identity
class _Old:
    """An indicator of the year before, read; ``result`` is its 实际完成值 where that form has one."""

    row: Indicator
    target: Value
    result: Value
    weight: Decimal | None
    form: Facts


def last_year(context: Context) -> Iterator[Finding]:
    """Compare a form with those of the year before; nothing where there are none."""
    before = year_before(context.record, context.others)
    if not before:
        return
    form = facts_of(context.template, context.record, context.assessment)
    same = same_form(form.kind, form.project, before)
    if same is not None:
        yield from copied(context, same)
        yield from _moved_weights(context, same)
        yield from _renamed_rows(context, same)
    else:
        yield from _renamed_project(form, before)
    if not sources(context.template, context.record, year_of(context.record, context.others)):
        yield from _targets(context, form, before)


# ------------------------------------------------------------------------------------------------------------- targets


def _targets(context: Context, form: Facts, before: tuple[Facts, ...]) -> Iterator[Finding]:
    """target-lowered and target-too-easy, row by row."""
    forms = nearest_forms(form.kind, form.project, before) if form.kind in NEAREST else ()
    known, budget = [_old_rows(one) for one in forms], form.amount(_BUDGET) if forms else None
    for row in context.rows if known else ():
        key = project_key(row.indicator.name)
        found = tuple([old for rows in known if (old := rows.get(key)) is not None])
        if found:
            yield from _eased(row, found, budget)


@lru_cache(maxsize=4096)  # a keystroke changes one row of many
def _eased(row: Row, found: tuple[_Old, ...], budget: Decimal | None) -> tuple[Finding, ...]:
    """Set the target of a row against the same one of last year; ``budget`` is 年初预算数 of the form in 元."""
    if not row.named or any(map(is_explained, (row.indicator.reason, row.indicator.remark))):
        return ()
    target = read(target_of(row.indicator), year=row.year)
    if target.kind not in _SET or row.reading.is_cost:
        return ()
    result = next((one for one in found if one.result.number is not None), None)
    lowered = tuple(_lowered(row, target, found[0], budget=budget, result=result))
    return lowered or (() if result is None else tuple(_too_easy(row, target, result)))


@lru_cache(maxsize=512)
def _old_rows(form: Facts) -> Mapping[str, _Old]:
    """Return the indicators of a form by their compared names; a name that stands there twice means nobody."""
    found: dict[str, _Old] = {}
    for key, place in rows_by_name(form).items():
        row, year = form.record.indicators[place], form.record.year
        result = read(row.actual if form.kind in _RESULTS else "", year=year)
        found[key] = _Old(row, read(target_of(row), year=year), result, parse_number(row.weight), form)
    return found


def _lowered(row: Row, target: Value, old: _Old, *, budget: Decimal | None, result: _Old | None) -> Iterator[Finding]:
    """target-lowered: an easier target than last year's, beyond the policy's share, with no word about it."""
    was, now = number_like(old.target, target), target.number
    reverse = is_reverse(target, row.indicator)
    if was is None or now is None or was < 0 or reverse is not is_reverse(old.target, old.row):
        return
    change = now - was if reverse else was - now
    limit = row.policy.target_lowered
    if change <= 0 or change * 100 <= was * limit or (not reverse and _paid_less(budget, old.form, share=now / was)):
        return
    by = f"，{'放宽' if reverse else '降低'} {percent(change / was)}，超过 {plain(limit)}%" if was else ""
    reached = "" if result is None else f"上年实际完成 {quote(result.row.actual)}。"
    yield finding(
        "target-lowered",
        _target_place(row),
        title="指标值比上年低" if not reverse else "指标值比上年宽",
        message=f"上年 {quote(old.target.text)}，本年 {quote(target.text)}{by}，没有写原因。{reached}",
        figures=Figures(target.text.strip(), old.target.text.strip()),
    )


def _paid_less(now: Decimal | None, old: Facts, *, share: Decimal) -> bool:
    """Tell whether the budget fell at least as much as a target did: 60 % of the money, 60 % of the cases."""
    was = old.amount(_BUDGET)
    return now is not None and was is not None and was > 0 and now / was <= share


def _too_easy(row: Row, target: Value, old: _Old) -> Iterator[Finding]:
    """target-too-easy: last year's result lies beyond this year's target by more than the policy's share."""
    reached, limit = number_like(old.result, target), row.policy.last_result_over
    if reached is None or not target.number or target.number < 0 or is_reverse(target, row.indicator):
        return
    share = (reached - target.number) / target.number
    if share * 100 <= limit:
        return
    was, wanted = (in_unit_of(one, target, old.result) for one in (reached, target.number))
    yield finding(
        "target-too-easy",
        _target_place(row),
        title="指标值远低于上年完成数",
        message=f"上年实际完成 {quote(old.row.actual)}，本年指标值 {quote(target.text)}，({was} − {wanted}) ÷ {wanted} ＝ "
        f"＋{percent(share)}，超过 {plain(limit)}%，没有写原因。",
        figures=Figures(target.text.strip(), old.row.actual.strip()),
    )


def _target_place(row: Row) -> Place:
    return row.place("target_value" if "target_value" in row.columns else "target")


# ------------------------------------------------------------------------------------------------------------- weights


def _moved_weights(context: Context, old: Facts) -> Iterator[Finding]:
    """weight-moved: 分值 of the same indicators that are far from last year's; told once for the form."""
    known, limit = _old_rows(old), context.policy.weight_moved
    moved = []
    for row in context.weighted:
        one = known.get(project_key(row.indicator.name))
        was = None if one is None else one.weight
        if was is not None and row.weight is not None and abs(row.weight - was) > limit:
            moved.append((row, was, row.weight))
    if moved:
        told = "；".join(f"{quote(row.where)}{plain(was)} → {plain(now)}" for row, was, now in moved[:_SHOWN])
        first, *rest = (row.bind("weight") for row, *_ in moved)
        yield finding(
            "weight-moved",
            Place(moved[0][0].where, first, tuple(rest)),
            title=f"{len(moved)} 项分值与上年差得多",
            message=f"与上年相比，分值变动超过 {plain(limit)} 分：{told}{'等' if len(moved) > _SHOWN else ''}。请看是否有意调整。",
        )


# --------------------------------------------------------------------------------------------------------------- names


def _renamed_rows(context: Context, old: Facts) -> Iterator[Finding]:
    """renamed: an indicator whose name differs in a character or two from one of last year that is gone."""
    known = _old_rows(old)
    mine = {project_key(row.indicator.name) for row in context.rows}
    gone = {key: one.row.name.strip() for key, one in known.items() if key not in mine}
    for row in context.rows if gone else ():
        key = project_key(row.indicator.name)
        near = next((name for was, name in gone.items() if key not in known and near_name(key, was)), "")
        if near:
            own = row.indicator.name.strip()
            yield finding(
                "renamed",
                row.place("name"),
                title="指标名称与上年略有不同",
                message=f"上年叫{quote(near)}，本年写的是{quote(own)}。是同一项指标的，请用同一个名称，便于逐年比较。",
                figures=Figures(own, near),
                fix=put("改为上年的名称", row.bind("name"), near),
            )


def _renamed_project(form: Facts, before: tuple[Facts, ...]) -> Iterator[Finding]:
    """renamed: a project of a name that last year did not know, a character or two from one that it knew."""
    key = project_key(form.project)
    names = (one.project for one in before if one.kind is form.kind and form.kind in OF_PROJECTS)
    near = next((name for name in names if near_name(key, project_key(name))), "")
    if near:
        binding = Binding(Block.VALUES, "project_name")
        yield finding(
            "renamed",
            Place("项目名称", binding),
            title="项目名称与上年略有不同",
            message=f"上年叫{quote(near)}，本年写的是{quote(form.project)}。是同一个项目的，请用同一个名称，便于逐年比较。",
            figures=Figures(form.project, near),
            fix=put("改为上年的名称", binding, near),
        )
