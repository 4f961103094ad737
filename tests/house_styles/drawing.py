"""Draws a form with indicators in a house style: heading, fields, money, goals, indicators, total, signatures."""

from __future__ import annotations

from itertools import groupby
from typing import Final

from perfdesk.model import FormKind, Indicator
from tests.house_styles.content import Column, Content, Pair
from tests.house_styles.figures import plain, points
from tests.house_styles.money import draw_breakdown, draw_funds
from tests.house_styles.pages import Box, Grid, Line, Page, Shown, box
from tests.house_styles.style import AFTER, BEFORE, HIDDEN, Style

_GROUPS: Final = ("goal", "level1", "level2")
_WIDER: Final = {"name": 1, "explanation": 1, "scoring_rule": 1}
_TICKS: Final = {
    "causes": ("经费保障", "制度保障", "人员保障", "硬件条件保障", "其他"),
    "likelihood": ("确定能", "有可能", "完全不可能"),
}


def draw(page: Page, form: Content, style: Style) -> None:
    """Draw one form onto a page."""
    draw_heading(page, form, style)
    grid = Grid(_width(form, style))
    for part in (_draw_heads, _draw_money, _draw_goals, _draw_indicators, _draw_foot):
        part(grid, form, style)
        if style.pieces and grid.squares and part is not _draw_indicators:  # the total stays with its rows
            grid = _put(page, grid, style)
    if style.signs_inside and form.signs:
        grid.row(box("    ".join(_said(one, style) for one in form.signs)))
    if grid.squares:
        _put(page, grid, style)
    draw_end(page, form, style)


def _put(page: Page, grid: Grid, style: Style) -> Grid:
    """Lay a finished grid on the page and return a new one of the same width."""
    if not style.merge_wide or style.levels == "repeat":
        grid.taken_apart(wide=not style.merge_wide, repeat=style.levels == "repeat")
    page.parts += [grid, Line("")] if style.pieces else [grid]
    return Grid(grid.columns)


def _draw_money(grid: Grid, form: Content, style: Style) -> None:
    draw_funds(grid, form, style)
    draw_breakdown(grid, form, style)


def draw_heading(page: Page, form: Content, style: Style) -> None:
    """Draw what stands above the table: annex number, title, year, further fields."""
    if style.notes:
        page.parts.append(Line(BEFORE))
    annex = style.annex or form.annex
    if annex:
        page.parts.append(Line(annex))
    title, office = form.title, form.bureau if "局" not in form.title else ""
    if style.title == "office above" and office:
        page.parts.append(Line(office, -1))
    shown = (office if style.title == "office before" else "") + title
    if style.title == "torn":
        shown = " ".join(shown) if len(shown) < 12 else f"{shown[:4]} {shown[4:]}"
    page.parts.append(Line(f"{form.year}年度{shown}" if style.year == "title" else shown, -1))
    if style.year == "line":
        page.parts.append(Line(f"（{form.year}年度）", -1))
    for one in form.tops:
        page.parts.append(Line(_said(one, style)))
    if style.unit_line and form.funds:
        page.parts.append(Line(f"单位：{form.unit}"))


def draw_end(page: Page, form: Content, style: Style) -> None:
    """Draw what stands below the table."""
    if form.signs and not style.signs_inside:
        page.parts.append(Line("　　　".join(_said(one, style) for one in form.signs)))
    if style.notes:
        page.parts.append(Line(AFTER))


def _said(one: Pair, style: Style) -> str:
    colon = ":" if style.label("：") == ":" else "："
    return f"{one.label}{colon}{one.text}"


def boxed(one: Pair) -> str:
    """Draw the words a field may hold with a box at each."""
    return "　".join(("☑" if word == one.text else "□") + word for word in one.choices)


# ------------------------------------------------------------------------------------------------- above the indicators


def _draw_heads(grid: Grid, form: Content, style: Style) -> None:
    pairs = [*form.heads]
    if style.year == "cell":
        pairs.append(Pair("填报年度", f"{form.year}年", ""))
    if style.hidden_row:
        grid.hidden(box(HIDDEN))
    two = [one for one in pairs if one.key in {"department", "agency"}]
    for one in pairs:
        if len(two) == 2 and one in two:
            if one is two[0]:
                grid.row(*(part for each in two for part in _field(each, style)))
        else:
            grid.row(*_field(one, style, wide=2 if grid.columns > 4 else 1))


def _field(one: Pair, style: Style, *, wide: int = 2) -> tuple[Box, ...]:
    text = boxed(one) if one.choices else one.text
    if style.inline:
        return (box(f"{one.label}：{text}"),)
    return (box(style.label(one.label), wide), box(text))


def _draw_goals(grid: Grid, form: Content, style: Style) -> None:
    if not form.goals:
        return
    side = style.side("年度总体目标")
    if len(form.goals) == 1:
        grid.row(box(style.label(form.goals[0].label), 2), box(form.goals[0].text))
    elif style.goals == "rows":
        first, second = form.goals
        grid.row(box(side, 1, 2), box(style.label(first.label), 1), box(first.text))
        grid.row(box(style.label(second.label), 1), box(second.text))
    else:
        left = (grid.columns - 1) // 2
        grid.row(
            box(side, 1, 2),
            *(box(style.label(one.label), wide) for one, wide in zip(form.goals, (left, 0), strict=True)),
        )
        grid.row(*(box(one.text, wide) for one, wide in zip(form.goals, (left, 0), strict=True)))


# ----------------------------------------------------------------------------------------------------------- indicators


def _ordered(form: Content, style: Style) -> tuple[Column, ...]:
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
    if style.index:
        columns.insert(0, Column("#", "序号"))
    return tuple(columns)


def _spans(form: Content, style: Style) -> dict[str, int]:
    return {
        one.key: len(_TICKS[one.key]) if one.key in _TICKS else 1 + _WIDER.get(one.key, 0)
        for one in _ordered(form, style)
    }


def _width(form: Content, style: Style) -> int:
    """The grid's columns: one at the side, then those of the indicators; at least what the money needs."""
    return max(1 + sum(_spans(form, style).values()), 3 + len(form.fund_columns))


def _draw_indicators(grid: Grid, form: Content, style: Style) -> None:
    columns, rows = _ordered(form, style), form.indicators
    spans = _spans(form, style)
    spare = grid.columns - 1 - sum(spans.values())
    spans["name"] += spare
    ticked = any(one.key in _TICKS for one in columns)
    every = style.header_every or len(rows)
    repeats = (len(rows) + every - 1) // every
    tall = len(rows) + max(repeats, 1) * (2 if ticked else 1)
    side = box(style.side("绩效指标"), 1, tall)
    for start in range(0, max(len(rows), 1), max(every, 1)):
        _draw_header(grid, columns, spans, style, (side,) if start == 0 else ())
        talls = _talls(rows[start : start + every], style)
        for place, row in enumerate(rows[start : start + every]):
            boxes = (_cell(form, row, one, start + place, talls[place].get(one.key, 1), style) for one in columns)
            grid.row(*(part for one, parts in zip(columns, boxes, strict=True) for part in _spread(parts, one, spans)))


def _draw_header(
    grid: Grid, columns: tuple[Column, ...], spans: dict[str, int], style: Style, side: tuple[Box, ...]
) -> None:
    if not any(one.key in _TICKS for one in columns):
        grid.row(*side, *(box(style.label(one.label), spans[one.key]) for one in columns))
        return
    grid.row(*side, *(box(style.label(one.label), spans[one.key], 1 if one.key in _TICKS else 2) for one in columns))
    grid.row(*(box(word, 1) for one in columns for word in _TICKS.get(one.key, ())))


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
    if not key:
        return (box(style.extra_column[1] if row.name else ""),)
    return (Box(_text(form, row, key, style)),)


def _text(form: Content, row: Indicator, key: str, style: Style) -> Shown:
    text: str = getattr(row, key)
    if key == "name" and form.kind is FormKind.DEPARTMENT_RATING and row.weight:
        return Shown(f"{text}（{row.weight}分）")
    return points(text, style) if key in {"weight", "score"} else plain(text, style)


def _group(row: Indicator, key: str, tall: int) -> tuple[Box, ...]:
    """Draw 一级 or 二级 with its points in brackets; nothing where the cell above hangs down, blank where it is not merged."""
    if tall == 0:
        return ()
    if tall < 0:
        return (box(""),)
    weight: str = getattr(row, f"{key}_weight")
    words = getattr(row, key) + (f"（{weight}分）" if weight else "")
    return (Box(Shown(words), 1, tall, group=True),)


# --------------------------------------------------------------------------------------------------------------- below


def _draw_foot(grid: Grid, form: Content, style: Style) -> None:
    if form.total is not None:
        _draw_total(grid, form, style)
    if form.grade is not None:
        bands, ticked = form.grade
        shown = bands.replace(f"□{ticked} ", f"☑{ticked} ") if ticked else bands
        grid.row(box(style.label("评价结果"), 2), box(shown))
    for one in form.tails:
        if one.key == "principal":
            grid.row(box(f"签字：{one.text}"))
        else:
            grid.row(*_field(one, style))


def _draw_total(grid: Grid, form: Content, style: Style) -> None:
    """Draw the total under the columns of the points."""
    assert form.total is not None
    spans = _spans(form, style)
    spans["name"] += grid.columns - 1 - sum(spans.values())
    ends = {}
    at = 1
    for one in _ordered(form, style):
        ends[one.key] = at
        at += spans[one.key]
    boxes = [box(style.label(form.total.label))]
    stops: list[tuple[int, str]] = sorted((ends[key], key) for key in ("weight", "score") if key in ends)
    texts = {"weight": form.total.weight or "", "score": form.total.score}
    if "weight" not in ends and form.total.weight is not None:  # the points ride with the names
        stops = sorted((ends[key], key) for key in ("explanation", "score"))
        texts["explanation"] = form.total.weight
    boxes[0] = boxes[0]._replace(wide=stops[0][0])
    for index, (start, key) in enumerate(stops):
        last = index == len(stops) - 1
        boxes.append(Box(points(texts[key], style), 1 if last else stops[index + 1][0] - start))
    rest = grid.columns - stops[-1][0] - 1
    grid.row(*boxes, *((box("", rest),) if rest else ()))
