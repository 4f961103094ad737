"""Draws the money of a form: a table, the table turned, or lines of text; and 资金明细 by its groups."""

from __future__ import annotations

from itertools import zip_longest

from perfdesk.model import FormKind, FundRow
from tests.house_styles.content import Column, Content
from tests.house_styles.figures import amount, points, rate
from tests.house_styles.indicators import is_rated
from tests.house_styles.pages import Box, Grid, Shown, box
from tests.house_styles.style import ADDED, Style

_POINTS = frozenset({"weight", "score"})


def draw_funds(grid: Grid, form: Content, style: Style) -> None:
    """Draw 项目资金 in the bureau's way."""
    rows = _rows(form, style)
    if not rows:
        return
    if form.kind is FormKind.PROJECT_GOAL:
        _draw_amounts(grid, rows, form, style)
    elif style.funds == "turned":
        _draw_turned(grid, rows, form, style)
    else:
        _draw_table(grid, rows, form, style)


def _rows(form: Content, style: Style) -> tuple[FundRow, ...]:
    def blank(row: FundRow) -> bool:
        return row == FundRow(row.label)

    return tuple(row for row in form.funds if not (style.drop_blank_rows and blank(row)))


def _side(form: Content, style: Style) -> str:
    name = "年度预算申请" if form.breakdown else "项目资金"
    return style.label(name) if style.unit_line else style.label(f"{name}（{form.unit}）")


def _shown(row: FundRow, key: str, *, is_first: bool, style: Style) -> Shown:
    text = getattr(row, key)
    if key == "execution_rate":
        return rate(text, style)
    if key in _POINTS:
        return points(text, style) if text or is_first else Shown(style.dash)
    return amount(text, style)


def _columns(form: Content, style: Style) -> list[Column]:
    """Return the columns of the money; its points may stand among the indicators."""
    elsewhere = {*_POINTS, "execution_rate"} if is_rated(form, style) else set()
    return [one for one in form.fund_columns if one.key not in elsewhere]


def _draw_table(grid: Grid, rows: tuple[FundRow, ...], form: Content, style: Style) -> None:
    columns = _columns(form, style)
    if style.reviewed:  # what was added in the year, between both budgets
        columns.insert(1, Column("", ADDED[0]))
    wide = grid.columns - 1 - len(columns)
    grid.row(
        box(_side(form, style), 1, len(rows) + 1), box("", wide), *(box(style.label(one.label), 1) for one in columns)
    )
    for place, row in enumerate(rows):
        own = Shown("" if place else ADDED[1])
        shown = (_shown(row, one.key, is_first=place == 0, style=style) if one.key else own for one in columns)
        grid.row(box(style.label(row.label), wide), *(Box(one, 1) for one in shown))


def _draw_turned(grid: Grid, rows: tuple[FundRow, ...], form: Content, style: Style) -> None:
    """Draw the rows as columns: 「年初预算数 | 15 | 15 | … 」 under 「年度资金总额 | 其中：当年财政拨款 | …」."""
    columns = _columns(form, style)
    side = box(_side(form, style), 1, len(columns) + 1)
    grid.row(side, box("", 2), *(box(style.label(row.label)) for row in rows))
    for one in columns:
        shown = (_shown(row, one.key, is_first=place == 0, style=style) for place, row in enumerate(rows))
        grid.row(box(style.label(one.label), 2), *(Box(each) for each in shown))


def _draw_amounts(grid: Grid, rows: tuple[FundRow, ...], form: Content, style: Style) -> None:
    """Draw the money of a goal table: the whole at the left, its parts one below the other."""
    whole, *parts = rows
    if style.funds == "lines":
        grid.row(
            box(_side(form, style), 2, len(parts)),
            Box(amount(whole.initial_budget, style), 1, len(parts)),
            box(_line(parts[0], style)),
        )
        for row in parts[1:]:
            grid.row(box(_line(row, style)))
        return
    first = True
    for row in parts:
        lead = (
            (box(_side(form, style), 2, len(parts)), Box(amount(whole.initial_budget, style), 1, len(parts)))
            if first
            else ()
        )
        grid.row(*lead, box(style.label(row.label), 2), Box(amount(row.initial_budget, style)))
        first = False


def _line(row: FundRow, style: Style) -> str:
    return f"{row.label}：{amount(row.initial_budget, style).text}"


def draw_breakdown(grid: Grid, form: Content, style: Style) -> None:
    """Draw 资金明细: the groups side by side, a cell for each line as the county prints it."""
    if not form.breakdown:
        return
    half = grid.columns // 2
    widths = (half, 0)
    grid.row(*(box(f"{name}：", wide) for (name, _), wide in zip(form.breakdown, widths, strict=True)))
    lines = zip_longest(*(pairs for _, pairs in form.breakdown))
    for number, line in enumerate(lines):
        lead = "其中：" if number == 0 else ""
        texts = ("" if one is None else f"{lead}{one.label}：{amount(one.text, style).text}" for one in line)
        grid.row(*(box(text, wide) for text, wide in zip(texts, widths, strict=True)))
