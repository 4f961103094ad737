"""From filled forms and a house style to a drawn file. What kind of form it is decides who draws it."""

from __future__ import annotations

from collections.abc import Sequence

from perfdesk.model import FormKind
from perfdesk.template import BlockRole, Filled
from tests.house_styles.content import Content, content
from tests.house_styles.drawing import draw
from tests.house_styles.drawing_others import draw_list, draw_report
from tests.house_styles.equality import expected
from tests.house_styles.pages import Drawn, Grid, Line, Page, box
from tests.house_styles.style import ADDED, AFTER, BEFORE, DOCUMENT, EXTENDED, GUIDE, HIDDEN, REVIEWED, Style


def fits(form: Filled, style: Style, kind: str) -> bool:
    """Tell whether a bureau would make such a file of this form."""
    if kind not in style.kinds:
        return False
    if form.template.kind is FormKind.REPORT:
        return kind == "docx" and style.together == "alone"
    if style.funds != "table" and not form.template.funds:
        return False
    if style.bands and "goal" in form.template.indicator_columns:
        return False  # what hangs down beside the bands is no longer a table
    return style.together != "beside" or form.template.repeated is not None


def make(forms: Sequence[Filled], style: Style, name: str) -> Drawn:
    """Draw forms into one file: alone, below each other, beside each other or a sheet each."""
    taken = [content(Filled(form.template, expected(form, style))) for form in forms]
    if style.together == "sheets":
        pages = [Page(_sheet_name(one, number), []) for number, one in enumerate(taken)]
    else:
        pages = [Page("Sheet1", [])]
    if style.together == "beside":
        _draw_beside(pages[0], taken, style)
    else:
        for number, one in enumerate(taken):
            page = pages[number] if style.together == "sheets" else pages[0]
            if page.parts:
                page.parts.append(Line(""))
            _draw(page, one, style)
    pages = [_finished(page, style) for page in pages]
    if style.guide:
        pages.append(_guide(hidden=style.together == "sheets"))
    return Drawn(name, pages, _strangers(taken, style), _tolerated(style), style.trailing_columns)


def _finished(page: Page, style: Style) -> Page:
    """Put lines into the table and move it, where the bureau has it so; blanks around texts."""
    if style.inside:
        page = page.with_lines_in_grids(merged=style.merge_lines).moved(*style.offset)
    return page.padded() if style.padded else page


def _draw(page: Page, form: Content, style: Style) -> None:
    if form.kind is FormKind.REPORT:
        draw_report(page, form, style)
    elif form.template.repeated is not None and form.template.repeated.role is BlockRole.LIST:
        draw_list(page, form, style)
    else:
        draw(page, form, style)


def _draw_beside(page: Page, forms: Sequence[Content], style: Style) -> None:
    """Draw two forms as grids of their own and set them next to each other, lines and all."""
    grids = []
    for one in forms:
        alone = Page("", [])
        _draw(alone, one, style)
        whole = alone.with_lines_in_grids().parts[0]
        assert isinstance(whole, Grid)
        grids.append(whole)
    first, *others = grids
    for other in others:
        first = first.beside(other)
    page.parts.append(first)


def _guide(*, hidden: bool) -> Page:
    grid = Grid(1)
    for line in GUIDE:
        grid.row(box(line))
    return Page("填报说明", [grid], hidden)


def _sheet_name(form: Content, number: int) -> str:
    return f"附表{number + 1}"


def _strangers(forms: Sequence[Content], style: Style) -> tuple[str, ...]:
    """Return the texts that belong to no form; whoever reads the file must name them."""
    tables = any(one.kind is not FormKind.REPORT for one in forms)
    told = [*(GUIDE[1:] if style.guide else ()), *((BEFORE, AFTER) if style.notes and tables else ())]
    rows = [one for one in forms if one.indicators]
    if style.hidden_row and rows:
        told.append(HIDDEN)
    if style.extra_column[1] and (rows or any(one.rows for one in forms)):
        told.append(style.extra_column[1])
    if style.document and tables:
        told.append(DOCUMENT)
    if rows and style.extended:
        told += [text for _, text in EXTENDED]
    if style.reviewed and any(one.key == "score" for form in rows for one in form.columns):
        told.append(REVIEWED[1])
    if style.reviewed and style.funds != "turned" and any(_is_table(form) for form in rows):
        told.append(ADDED[1])
    return tuple(told)


def _is_table(form: Content) -> bool:
    """Tell whether the money of a form is a table with columns."""
    return bool(form.funds) and form.kind is not FormKind.PROJECT_GOAL


def _tolerated(style: Style) -> tuple[str, ...]:
    """Return labels that bureaus add, or that only some forms print."""
    added = (GUIDE[0], style.extra_column[0], style.annex, "填报年度", "序号", "绩效指标", "年度总体目标", "项目资金")
    own = (*(label for label, _ in EXTENDED), REVIEWED[0], ADDED[0]) if style.extended or style.reviewed else ()
    return tuple(one for one in (*added, *own) if one)
