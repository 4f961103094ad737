"""Draws a form with indicators in a house style: heading, fields, money, goals, indicators, total, signatures."""

from __future__ import annotations

from itertools import zip_longest

from tests.house_styles.content import Content, Pair
from tests.house_styles.figures import day, points
from tests.house_styles.indicators import draw_indicators, ordered, spans_of, width
from tests.house_styles.money import draw_breakdown, draw_funds
from tests.house_styles.pages import Box, Grid, Line, Page, box
from tests.house_styles.style import AFTER, BEFORE, DOCUMENT, EXTENDED, HIDDEN, Style
from tests.house_styles.words import spelt


def draw(page: Page, form: Content, style: Style) -> None:
    """Draw one form onto a page."""
    draw_heading(page, form, style)
    grid = Grid(width(form, style))
    above = (_draw_goals, _draw_money, _draw_heads) if style.shuffled else (_draw_heads, _draw_money, _draw_goals)
    for part in (*above, draw_indicators, _draw_foot):
        part(grid, form, style)
        if style.gaps and grid.squares and part is not draw_indicators:
            grid.row(box(""))
        if style.pieces and grid.squares and part is not draw_indicators:  # the total stays with its rows
            grid = _put(page, grid, style)
    draw_signs(grid, form, style)
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
    above = (BEFORE if style.notes else "", style.annex or form.annex, DOCUMENT if style.document else "")
    page.parts += [Line(text) for text in above if text]
    title, office = form.title, form.bureau if "局" not in form.title else ""
    if style.title == "office above" and office:
        page.parts.append(Line(office, -1))
    shown = (office if style.title == "office before" else "") + title
    if style.title == "torn":
        shown = " ".join(shown) if len(shown) < 12 else f"{shown[:4]} {shown[4:]}"
    page.parts.append(Line(f"{form.year}年度{shown}" if style.year == "title" else shown, -1))
    years = {"line": f"（{form.year}年度）", "torn": f"（ {form.year} 年 度 ）", "spelt": f"（{spelt(form.year)}年度）"}
    if style.year in years:
        page.parts.append(Line(years[style.year], -1))
    for one in form.tops:
        page.parts.append(Line(_said(one, style)))
    if style.unit_line and form.funds:
        page.parts.append(Line(f"单位：{form.unit}"))


def draw_end(page: Page, form: Content, style: Style) -> None:
    """Draw what stands below the table."""
    if form.signs and not (style.signs_inside or style.sign_cells):
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
    if style.extended:
        for label, text in EXTENDED:
            grid.row(box(style.label(label), 2), box(text))
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


def draw_signs(grid: Grid, form: Content, style: Style) -> None:
    """Draw the signatures as rows of the table, where the bureau has them there: in one cell, or beside their labels."""
    if style.signs_inside and form.signs:
        grid.row(box("    ".join(_said(one, style) for one in form.signs)))
    elif style.sign_cells:
        for first, second in zip_longest(form.signs[::2], form.signs[1::2]):
            pairs = [one for one in (first, second) if one is not None]
            grid.row(*(part for one in pairs for part in (box(one.label, 2), Box(day(one.text, style)))))


def _draw_total(grid: Grid, form: Content, style: Style) -> None:
    """Draw the total under the columns of the points."""
    assert form.total is not None
    spans = spans_of(form, style)
    spans["name"] += grid.columns - 1 - sum(spans.values())
    ends = {}
    at = 1
    for one in ordered(form, style):
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
