"""Draws the rows of the indicators in a bureau's order of columns, with its merges, headers and columns of its own."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final

from perfdesk.model import FormKind, Indicator
from tests.house_styles.content import Column, Content
from tests.house_styles.figures import plain, points
from tests.house_styles.pages import Box, Grid, Shown, box
from tests.house_styles.style import REVIEWED, Style

_GROUPS: Final = ("goal", "level1", "level2")
_WIDER: Final = {"name": 1, "explanation": 1, "scoring_rule": 1}
_TICKS: Final = {
    "causes": ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他"),
    "likelihood": ("确定能", "有可能", "完全不可能"),
}
_TARGET: Final = re.compile(r"([≥≤=><≧≦]?)(\d+(?:\.\d+)?)(\D*)")
_SPLIT: Final = (("sign", "指标性质"), ("value", "指标值"), ("unit", "度量单位"))
_UPPER: Final = frozenset({"level1", "level2", "name"})


def ordered(form: Content, style: Style) -> tuple[Column, ...]:
    """Return the columns as this bureau orders them."""
    columns = list(form.columns)
    keys = [one.key for one in columns]
    if style.weight_first:
        mover, before = ("weight", "target") if "weight" in keys else ("measure_unit", "target_value")
        if mover in keys and before in keys:
            moved = columns.pop(keys.index(mover))
            columns.insert([one.key for one in columns].index(before), moved)
    if style.extra_column[0]:
        columns.insert([one.key for one in columns].index("name") + 1, Column("", style.extra_column[0]))
    if style.reviewed and "score" in keys:
        columns.insert([one.key for one in columns].index("score") + 1, Column("+", REVIEWED[0]))
    if style.split_target and "target" in keys:
        at = [one.key for one in columns].index("target")
        columns[at : at + 1] = [Column(f"target.{key}", label) for key, label in _SPLIT]
    if style.gaps and "weight" in keys:
        columns.insert([one.key for one in columns].index("weight"), Column("~", ""))
    if style.bands:
        columns = [one for one in columns if one.key != "level1"]
    if style.index:
        columns.insert(0, Column("#", "序号"))
    return tuple(columns)


def spans_of(form: Content, style: Style) -> dict[str, int]:
    return {
        one.key: len(_TICKS[one.key]) if one.key in _TICKS else 1 + _WIDER.get(one.key, 0)
        for one in ordered(form, style)
    }


def width(form: Content, style: Style) -> int:
    """The grid's columns: one at the side, then those of the indicators; at least what the money needs."""
    return max(1 + sum(spans_of(form, style).values()), 3 + len(form.fund_columns) + style.reviewed)


def draw_indicators(grid: Grid, form: Content, style: Style) -> None:
    columns, rows = ordered(form, style), form.indicators
    spans = spans_of(form, style)
    spare = grid.columns - 1 - sum(spans.values())
    spans["name"] += spare
    ticked = any(one.key in _TICKS for one in columns)
    deep = ticked or style.deep
    every = style.header_every or len(rows)
    repeats = (len(rows) + every - 1) // every
    tall = (
        len(rows)
        + max(repeats, 1) * (2 if deep else 1)
        + (len(_bands(rows)) if style.bands else 0)
        + is_rated(form, style)
    )
    side = box(style.side("绩效指标"), 1, tall)
    for start in range(0, max(len(rows), 1), max(every, 1)):
        _draw_header(grid, columns, spans, style, (side,) if start == 0 else ())
        talls = _talls(rows[start : start + every], style)
        if start == 0 and is_rated(form, style):
            grid.row(*_rated(form, columns, spans, style))
        for place, row in enumerate(rows[start : start + every]):
            if style.bands and start + place in _bands(rows):
                grid.row(box(_levelled(row, "level1")))
            boxes = (_cell(form, row, one, start + place, talls[place].get(one.key, 1), style) for one in columns)
            grid.row(*(part for one, parts in zip(columns, boxes, strict=True) for part in _spread(parts, one, spans)))


def _draw_header(
    grid: Grid, columns: tuple[Column, ...], spans: dict[str, int], style: Style, side: tuple[Box, ...]
) -> None:
    if any(one.key in _TICKS for one in columns):
        upper = (box(style.label(one.label), spans[one.key], 1 if one.key in _TICKS else 2) for one in columns)
        grid.row(*side, *upper)
        grid.row(*(box(word, 1) for one in columns for word in _TICKS.get(one.key, ())))
    elif style.deep:
        below = [one for one in columns if one.key in _UPPER]
        over = box(style.label("绩效指标"), sum(spans[one.key] for one in below))
        first, last = columns.index(below[0]), columns.index(below[-1]) + 1
        lead, rest = columns[:first], columns[last:]
        around = [box(style.label(one.label), spans[one.key], 2) for one in (*lead, *rest)]
        grid.row(*side, *around[:first], over, *around[first:])
        grid.row(*(box(style.label(one.label), spans[one.key]) for one in below))
    else:
        grid.row(*side, *(box(style.label(one.label), spans[one.key]) for one in columns))


def _spread(parts: tuple[Box, ...], column: Column, spans: dict[str, int]) -> tuple[Box, ...]:
    return parts if len(parts) != 1 else (parts[0]._replace(wide=spans[column.key]),)


def _talls(rows: tuple[Indicator, ...], style: Style) -> list[dict[str, int]]:
    """Return how far each group's cell hangs down; 0 where the one above covers it."""
    found: list[dict[str, int]] = [{} for _ in rows]
    if style.levels == "blank":
        for key in _GROUPS:
            for place in range(1, len(rows)):
                if _same(rows[place - 1], rows[place], key):
                    found[place][key] = -1
        return found
    for key in _GROUPS:
        place = 0
        for _, same in groupby([_path(row, key) for row in rows]):
            count = len(list(same))
            found[place][key] = count
            for under in range(place + 1, place + count):
                found[under][key] = 0
            place += count
    return found


def _path(row: Indicator, key: str) -> tuple[str, ...]:
    """What a row shares with those it is merged with: its group and the groups above."""
    return tuple(getattr(row, one) for one in _GROUPS[: _GROUPS.index(key) + 1])


def _same(above: Indicator, row: Indicator, key: str) -> bool:
    return _path(above, key) == _path(row, key)


def _cell(form: Content, row: Indicator, column: Column, place: int, tall: int, style: Style) -> tuple[Box, ...]:
    key = column.key
    if key in _TICKS:
        return tuple(box("√" if word in getattr(row, key).split("、") else "", 1) for word in _TICKS[key])
    if key in _GROUPS:
        return _group(row, key, tall)
    if key == "#":
        return (box(str(place + 1)),)
    if key in {"", "+", "~"}:
        own = {"": style.extra_column[1], "+": REVIEWED[1], "~": ""}[key]
        return (box(own if row.name else ""),)
    return (Box(_text(form, row, key, style)),)


def _text(form: Content, row: Indicator, key: str, style: Style) -> Shown:
    if key.startswith("target."):
        return Shown(_piece(row.target, key.partition(".")[2]))
    text: str = getattr(row, key)
    if key == "name" and form.kind is FormKind.DEPARTMENT_RATING and row.weight:
        return Shown(f"{text}（{row.weight}分）")
    return points(text, style) if key in {"weight", "score"} else plain(text, style)


def _piece(target: str, part: str) -> str:
    """Take a 指标值 apart as the ministry's system does: sign, figure, unit; a text that is none stands under 指标值."""
    found = _TARGET.fullmatch(target)
    pieces = found.groups() if found else ("", target, "")
    return pieces[[key for key, _ in _SPLIT].index(part)]


def _group(row: Indicator, key: str, tall: int) -> tuple[Box, ...]:
    """Draw 一级 or 二级 with its points in brackets; nothing where the cell above hangs down, blank where it is not merged."""
    if tall == 0:
        return ()
    if tall < 0:
        return (box(""),)
    return (Box(Shown(_levelled(row, key)), 1, tall, group=True),)


def _levelled(row: Indicator, key: str) -> str:
    weight: str = getattr(row, f"{key}_weight")
    words: str = getattr(row, key)
    return words + (f"（{weight}分）" if weight else "")


def _bands(rows: tuple[Indicator, ...]) -> set[int]:
    """Return the rows above which another 一级指标 begins."""
    return {at for at, row in enumerate(rows) if at == 0 or rows[at - 1].level1 != row.level1}


def is_rated(form: Content, style: Style) -> bool:
    """Tell whether the points of the budget stand among the indicators."""
    keys = {one.key for one in form.columns}
    return (
        style.rated and {"weight", "score", "actual"} <= keys and any(one.key == "score" for one in form.fund_columns)
    )


def _rated(form: Content, columns: tuple[Column, ...], spans: dict[str, int], style: Style) -> tuple[Box, ...]:
    """Draw 预算执行率 over the columns of the levels, its rate as 实际完成值, its points in their columns."""
    fund = form.funds[0]
    texts = {"actual": fund.execution_rate, "weight": fund.weight, "score": fund.score}
    number = (box("", spans["#"]),) if style.index else ()
    lead = box(style.label("预算执行率"), sum(spans[one.key] for one in columns if one.key in _UPPER))
    rest = (one for one in columns if one.key not in {*_UPPER, "#"})
    return (*number, lead, *(box(texts.get(one.key, ""), spans[one.key]) for one in rest))
