"""Draws what has no indicators: lists with any number of rows, and reports."""

from __future__ import annotations

from dataclasses import replace

from perfdesk.template import TERMS
from tests.house_styles.content import Content
from tests.house_styles.drawing import draw_end, draw_heading, draw_signs
from tests.house_styles.equality import formats_headings
from tests.house_styles.figures import plain
from tests.house_styles.pages import Box, Grid, Line, Page, box
from tests.house_styles.style import Style


def draw_list(page: Page, form: Content, style: Style) -> None:
    """Draw a list: its header, its rows, another column of the bureau's own."""
    draw_heading(page, form, replace(style, year="line") if style.year == "cell" else style)  # it has no cell for it
    extra = bool(style.extra_column[0])
    numbered = style.index and form.columns[0].key != "number"
    grid = Grid(len(form.columns) + extra + numbered)
    lead, tail = ((box("序号"),) if numbered else ()), ((box(style.extra_column[0]),) if extra else ())
    grid.row(*lead, *(box(style.label(one.label or TERMS.get(one.key, one.key))) for one in form.columns), *tail)
    for place, row in enumerate(form.rows):
        texts = (str(place + 1) if one.key == "number" else row.text(one.key) for one in form.columns)
        lead = (box(str(place + 1)),) if numbered else ()
        grid.row(*lead, *(Box(plain(text, style)) for text in texts), *((box(style.extra_column[1]),) if extra else ()))
    draw_signs(grid, form, style)
    page.parts.append(grid)
    draw_end(page, form, style)


def draw_report(page: Page, form: Content, style: Style) -> None:
    """Draw a report as a run of paragraphs; some bureaus format headings as such, others only type them."""
    formatted = formats_headings(style)
    if form.annex:
        page.parts.append(Line(form.annex))
    if style.title == "office above" and "局" in form.title[:-1]:
        cut = form.title.index("局") + 1
        page.parts += [Line(form.title[:cut], -1), Line(form.title[cut:], -1)]
    else:
        page.parts.append(Line(form.title, -1))
    page.parts += [Line(f"{one.label}：{one.text}") for one in form.cover]
    for level, heading, paragraphs in form.sections:
        page.parts.append(Line(heading, level if formatted else 0))
        page.parts += [Line(text) for text in paragraphs]
