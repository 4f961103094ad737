"""年度指标值 as written: its comparator, its agreement with the indicator's name, vague wordings, the same indicator twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from perfdesk.amounts import plain
from perfdesk.checks.catalogue import Figures, Place, finding, mild
from perfdesk.checks.context import Context
from perfdesk.checks.row import Row
from perfdesk.checks.wording import percent, put, quote, typed
from perfdesk.model import Finding, Fix
from perfdesk.scoring import comparable, counts_unwanted, magnitude
from perfdesk.targets import Comparator, Family, Kind, Level, Value, family_of, format_value, read
from perfdesk.targets.units import factor_of

_FORWARD: Final = frozenset({Comparator.GE, Comparator.GT})
_REVERSE: Final = frozenset({Comparator.LE, Comparator.LT})
_SATISFACTION: Final = re.compile(r"(?<!不)满意")
_SAVING: Final = re.compile(r"节约|节省|降低|压减|减少|下降|节支|收入|筹集|争取")
_COUNTED: Final = frozenset(
    {
        *(Family.CASE, Family.CASE_TIMES, Family.PERSON, Family.PERSON_TIMES, Family.TIMES, Family.COPY),
        *(Family.HOUSEHOLD, Family.RATIO, Family.MONEY, Family.TIME, Family.WORKDAY),
    }
)
_EACH: Final = re.compile(r"每|均|/|标准")
_VAGUE: Final = re.compile(r"不断|显著|长期|持续|逐步|进一步|有所|明显|有效")


def comparator(row: Row) -> Iterator[Finding]:
    """comparator: a malformed sign or the wrong direction (错误); a satisfaction written with 「=」 (警告)."""
    target = row.target
    if target.comparator is Comparator.NONE:
        return
    turned, exact = wrong_way(row), is_exact_satisfaction(row)
    if turned is None and not exact and not target.malformed_sign:
        return
    meant = replace(target, comparator=turned or (Comparator.GE if exact else target.comparator))
    if turned is not None:
        message = f"年度指标值{quote(target.text)}的方向反了：这项指标是{_direction(turned)}，应为 {turned.value}。"
        yield _comparator(row, meant, "比较符方向反了", message)
    elif target.malformed_sign:
        message = f"年度指标值{quote(target.text)}的比较符写法不对，应为 {meant.comparator.value}。"
        yield _comparator(row, meant, "比较符写法不对", message)
    else:
        message = f"满意度写成{quote(target.text)}，恰好等于才算完成。意思是不低于的，应为 ≥。"
        yield mild(_comparator(row, meant, "满意度的比较符写成“=”", message))


def _direction(meant: Comparator) -> str:
    return "越高越好" if meant is Comparator.GE else "越低越好"


def _comparator(row: Row, meant: Value, title: str, message: str) -> Finding:
    text = format_value(meant)
    figures = Figures(row.target.text.strip(), text)
    return finding(
        "comparator",
        row.place("target"),
        title=title,
        message=message,
        figures=figures,
        fix=_retarget(row, text, f"改为 {text}"),
    )


def wrong_way(row: Row) -> Comparator | None:
    """Return the comparator that was meant where the written one points the wrong way: 成本 ≥65万元, 投诉率 ≥5%, 满意度 ≤95%."""
    target, name = row.target, row.indicator.name
    if target.kind not in {Kind.MONEY, Kind.RATIO, Kind.COUNT} or target.rest:
        return None
    if target.comparator in _FORWARD and not _SAVING.search(name):
        is_cost = row.reading.is_cost and target.family in {Family.MONEY, Family.PRICE}
        return Comparator.LE if is_cost or counts_unwanted(name) else None
    wanted_high = target.comparator in _REVERSE and target.kind is Kind.RATIO and _SATISFACTION.search(name)
    return Comparator.GE if wanted_high and not counts_unwanted(name) else None


def is_exact_satisfaction(row: Row) -> bool:
    """Tell whether a satisfaction below 100 is written with 「=」, where a minimum is meant."""
    target = row.target
    exact = target.comparator is Comparator.EQ and target.number is not None and target.number < 100
    return exact and target.kind in {Kind.RATIO, Kind.COUNT} and bool(_SATISFACTION.search(row.indicator.name))


def _retarget(row: Row, text: str, label: str) -> Fix | None:
    """Put another target, unless that would lose points nobody has explained."""
    changed = replace(row.indicator, target=text)
    return put(label, row.bind("target"), text) if row.keeps_points(changed) else None


def target_name_mismatch(row: Row) -> Iterator[Finding]:
    """target-name-mismatch: the indicator's name promises one number (200件), the target cell says another (100)."""
    promised = _promised(row)
    if promised is None:
        return
    yield finding(
        "target-name-mismatch",
        row.place("target", "name"),
        title=f"指标名写 {_spaced(promised)}，指标值写 {row.target.text.strip()}",
        message=_both_ways(row, promised),
        figures=Figures(row.target.text.strip(), promised.text),
        fix=_take_promised(row, promised),
    )


def _spaced(value: Value) -> str:
    """Write a number of a name as a sentence does: 200 件, 100%."""
    figure = plain(typed(value, value.number))
    return f"{figure}{value.unit}" if value.unit == "%" else f"{figure} {value.unit}"


def _take_promised(row: Row, promised: Value) -> Fix | None:
    """指标值改为 the number of the name, where the actual reaches that too; otherwise it is for the clerk to say which is right."""
    text = _same_style(row.target, promised)
    if not text or row.actual.is_condition:
        return None
    score = row.rescore(replace(row.indicator, target=text))
    return put(f"指标值改为 {text}", row.bind("target"), text) if score.computed == row.weight else None


def _promised(row: Row) -> Value | None:
    """Return the number in the name that the target should be, where it is the only one of its kind and differs."""
    target, name = row.target, row.indicator.name
    if not target.is_quantity or _EACH.search(name):
        return None
    family = family_of(row.reading.name_unit) if target.family is Family.NONE else target.family
    numbers = [one for one in row.reading.name_numbers if one.number is not None and one.family in _COUNTED]
    fitting = [one for one in numbers if family in {one.family, Family.NONE}]
    if len(fitting) != 1 or magnitude(fitting[0], target) == magnitude(target, fitting[0]):
        return None
    return fitting[0]


def _both_ways(row: Row, promised: Value) -> str:
    """Say what the actual achieves of either number; both numbers alone where no share of them can be told."""
    target, actual = row.target, row.actual
    by_name, by_cell = magnitude(promised, target), magnitude(target, promised)
    no_share = row.reading.reverse or actual.is_condition or not comparable(target, actual)
    if no_share or by_name <= 0 or by_cell <= 0:
        return f"指标名里是 {_spaced(promised)}，年度指标值是{quote(target.text)}。请核对以哪个为准。"
    done = magnitude(actual, target)
    return f"按 {_spaced(promised)}算完成 {percent(done / by_name)}，按 {target.text.strip()} 算完成 {percent(done / by_cell)}。"


def _same_style(target: Value, promised: Value) -> str:
    """Write the promised number as the target was written: 「100」 -> 「200」, 「≥100件」 -> 「≥200件」; ``""`` if it does not."""
    digits = plain(typed(target, target.number))
    wanted = magnitude(promised, target) / factor_of(target.unit or promised.unit)
    text = target.text.strip().replace(digits, plain(wanted), 1) if target.text.count(digits) == 1 else ""
    check = read(text)
    return (
        text if text and check.number is not None and magnitude(check, promised) == magnitude(promised, check) else ""
    )


def vague_targets(context: Context) -> Iterator[Finding]:
    """vague-targets: most of the qualitative targets say no more than 不断提升, 显著, 长期."""
    worded = [row for row in context.rows if row.target.level is Level.WORDING]
    vague = [row for row in worded if _VAGUE.search(row.target.text)]
    policy = context.policy
    if len(vague) < policy.vague_least or len(vague) * 100 <= policy.vague_share * len(worded):
        return
    shown = "、".join(dict.fromkeys(row.target.text.strip() for row in vague[:3]))
    cells = tuple(row.bind("target") for row in vague)
    yield finding(
        "vague-targets",
        Place(vague[0].where, cells[0], cells[1:]),
        title=f"{len(vague)} 项定性指标值较笼统",
        message=f"{len(worded)} 项定性指标值中有 {len(vague)} 项写的是{shown}一类的话。能量化的请量化，可不改。",
        figures=Figures(str(len(vague)), str(len(worded))),
    )


def duplicate_indicator(context: Context) -> Iterator[Finding]:
    """duplicate-indicator: the same 三级指标 twice under one 二级指标."""
    seen: dict[tuple[str, str], Row] = {}
    for row in context.rows:
        if not row.named:
            continue
        first, name = seen.setdefault(row.reading.identity, row), row.indicator.name
        if first is not row:
            yield finding(
                "duplicate-indicator",
                Place(row.where, row.bind("name"), (first.bind("name"),)),
                title="同一指标填了两行",
                message=f"{quote(name)}与第 {first.index + 1} 行相同。请删去一行，或改指标名。",
                figures=Figures(name.strip()),
            )
