"""Forms of many pages on paper: the head of the table stands on every page, a group that goes on carries （续）, no row is lost.

What is asked of the page is read out of the PDF; what should stand there is reckoned from the rows of the form alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
import pytest

from perfdesk.derive import derive
from perfdesk.exchange.pdf import render
from perfdesk.layout import Layout
from perfdesk.sheet import Sheet
from perfdesk.template import Template
from tests.long_forms import long_form, projects
from tests.test_layout import check


class Long(NamedTuple):
    """A form of many rows and the number of pages it takes at the least."""

    name: str
    rows: int
    pages: int


TABLES = (
    Long("zhijiang-2024-project-goal", 40, 2),
    Long("zhijiang-2024-department-goal", 40, 2),
    Long("national-2020-project-self", 60, 3),
    Long("national-2021-project-self", 60, 3),
    Long("lingling-2022-project-self", 60, 3),
    Long("qiannan-2024-project-self", 60, 3),
    Long("national-2019-project-monitoring", 60, 3),
    Long("hubei-2020-project-self", 60, 3),
    Long("chenxi-2021-department-self", 60, 3),
    Long("lingling-2022-department-self", 60, 3),
    Long("chenxi-2021-department-rating", 60, 3),
    Long("lingling-2022-publication-list", 200, 5),
    Long("summary-project-self", 80, 3),
)
every_table = pytest.mark.parametrize("form", TABLES, ids=lambda one: one.name)


def lay(templates: Mapping[str, Template], form: Long) -> Layout:
    template = templates[form.name]
    others = projects(templates, form.rows) if template.gathers else ()
    return derive(template, long_form(template, form.rows), others).layout


def letters(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def printed(layout: Layout, made: datetime) -> list[str]:
    """The letters of every page of the PDF."""
    with pypdfium2.PdfDocument(render((layout,), title="长表", made=made)) as document:
        return [letters(page.get_textpage().get_text_bounded()) for page in document]


def head_words(sheet: Sheet) -> list[str]:
    """What is printed in the rows that stand again on every page, row by row."""
    assert sheet.repeat is not None
    below = sheet.repeat.first + sheet.repeat.count
    heads = (cell for cell in sheet.cells if sheet.repeat.first <= cell.row and cell.row + cell.row_span <= below)
    return [letters(cell.text) for cell in sorted(heads, key=lambda one: (one.row, one.column)) if cell.text]


def words_over(document: pypdfium2.PdfDocument, layout: Layout, number: int) -> list[str]:
    """What the PDF shows in the boxes of the repeated rows of a page, row by row."""
    page, text = layout.pages[number], document[number].get_textpage()
    again = [one for one in page.fragments if all(row.repeated for row in page.rows[one.row : one.row + one.row_span])]
    found = []
    for one in sorted(again, key=lambda one: (one.row, one.cell.column)):
        top, bottom = layout.height - one.y, layout.height - one.y - one.height
        found.append(letters(text.get_text_bounded(one.x, bottom, one.x + one.width, top)))
    return [words for words in found if words]


def cut_groups(layout: Layout) -> list[tuple[int, str]]:
    """The texts of the merged cells that a page break cuts, with the number of the page (from 0) on which they go on."""
    starts = [next(row.sheet_row for row in page.rows if not row.repeated) for page in layout.pages]
    merged = [cell for cell in layout.sheet.cells if cell.row_span > 1 and cell.text]
    return [
        (number, letters(cell.text))
        for number, start in enumerate(starts)
        for cell in merged
        if cell.row < start < cell.row + cell.row_span
    ]


@every_table
def test_the_head_stands_on_every_page_of_the_table(
    templates: Mapping[str, Template], made: datetime, form: Long
) -> None:
    layout = check(lay(templates, form))
    repeat = layout.sheet.repeat
    assert repeat is not None
    heads = head_words(layout.sheet)
    assert len(heads) > 2
    with pypdfium2.PdfDocument(render((layout,), title="长表", made=made)) as document:
        assert len(document) == len(layout.pages) >= form.pages
        for number, page in enumerate(layout.pages[1:], start=1):
            first = next(row.sheet_row for row in page.rows if not row.repeated)
            inside = repeat.first + repeat.count <= first <= repeat.last
            assert words_over(document, layout, number) == (heads if inside else [])
    assert any(page.rows[0].repeated for page in layout.pages)


@every_table
def test_a_group_that_goes_on_overleaf_carries_its_mark(
    templates: Mapping[str, Template], made: datetime, form: Long
) -> None:
    layout = lay(templates, form)
    pages = printed(layout, made)
    cut = cut_groups(layout)
    assert bool(cut) == any(block.merge for block in templates[form.name].blocks)
    for number, text in cut:
        assert f"{text}(续)" in pages[number]
    assert sum(page.count("(续)") for page in pages) == len(cut) + _heads_that_run_on(layout)


def _heads_that_run_on(layout: Layout) -> int:
    """Cells of the repeated head that run on into the rows below (绩效指标) are continued on every page that begins there."""
    repeat = layout.sheet.repeat
    assert repeat is not None
    below = repeat.first + repeat.count
    counted = {
        id(cell): len([page for page in layout.pages if page.rows[0].repeated])
        for cell in layout.sheet.cells
        if cell.text and repeat.first <= cell.row < below < cell.row + cell.row_span
    }
    already = [cell for cell in layout.sheet.cells if id(cell) in counted]
    return sum(counted.values()) - sum(text == letters(cell.text) for cell in already for _, text in cut_groups(layout))


@every_table
def test_every_row_is_printed_once(templates: Mapping[str, Template], made: datetime, form: Long) -> None:
    layout = lay(templates, form)
    whole = "".join(printed(layout, made))
    template = templates[form.name]
    pattern = "第{}项任务" if template.indicator_columns else "第{}项经费" if template.gathers else "{}号"
    names = [letters(pattern.format(place + 1)) for place in range(form.rows)]
    places = [whole.find(name) for name in names]
    assert -1 not in places
    assert all(above < below for above, below in pairwise(places))


def test_sixty_goals_go_on_overleaf_each_under_its_name(templates: Mapping[str, Template], made: datetime) -> None:
    template = templates["hubei-2020-project-self"]
    record = long_form(template, 180)
    goals = (f"年度绩效目标{place // 3 + 1}" for place in range(180))
    rows = tuple(replace(row, goal=goal) for row, goal in zip(record.indicators, goals, strict=True))
    layout = check(derive(template, replace(record, indicators=rows)).layout)
    whole = "".join(printed(layout, made))
    assert [f"年度绩效目标{number}" in whole for number in range(1, 61)] == [True] * 60
    cut = cut_groups(layout)
    assert cut
    assert all(f"{text}(续)" in whole for _, text in cut)


def test_a_report_of_a_hundred_pages_is_cut_between_its_lines(
    templates: Mapping[str, Template], made: datetime
) -> None:
    for name in ("lingling-2022-report", "chenxi-2021-report"):
        template = templates[name]
        record = long_form(template, 30)
        layout = check(derive(template, record).layout)
        pages = printed(layout, made)
        assert len(pages) == len(layout.pages) > 100
        whole = "".join(pages)
        for section in record.sections:
            assert letters(section.heading) in whole
        assert whole.count("段。") == sum(len(one.paragraphs) for one in record.sections)
