"""页面设置: what becomes of the page of a form, and that its lines break where they broke before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from itertools import groupby

import openpyxl
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.arranging import adjustable, arrange
from perfdesk.derive import derive
from perfdesk.exchange import pdf, xlsx
from perfdesk.layout import Layout, lay_out
from perfdesk.pagesetup import (
    AS_DRAWN,
    LEAST_BELOW,
    LEAST_MARGIN,
    LEAST_PERCENT,
    MOST_MARGIN,
    MOST_PERCENT,
    Margins,
    Numbers,
    PageSetup,
    Size,
    read,
    write,
)
from perfdesk.sheet import Sheet
from perfdesk.template import Template
from tests.filled_forms import filled

MM = 72 / 25.4
LYING, UPRIGHT, REPORT = "qiannan-2024-project-self", "hubei-2020-project-self", "chenxi-2021-report"
NARROW = Margins(12, 12, 12, 12)
Templates = Mapping[str, Template]


def sheet_of(templates: Templates, name: str) -> Sheet:
    template = templates[name]
    return derive(template, filled(template)).sheet


def paper(layout: Layout) -> tuple[int, int]:
    """Width and height of the paper in mm."""
    return round(layout.width * layout.scale / MM), round(layout.height * layout.scale / MM)


def texts(layout: Layout) -> dict[tuple[int, int], list[str]]:
    """The lines of every cell, whatever page they stand on; headers that stand again are left out."""
    found = sorted(
        (one.cell.row, one.cell.column, number, [line.text for line in one.lines])
        for number, page in enumerate(layout.pages)
        for one in page.fragments
        if not one.continued
    )
    return {key: next(group)[3] for key, group in groupby(found, key=lambda one: (one[0], one[1]))}


def test_with_nothing_chosen_every_form_is_printed_as_its_template_draws_it(templates: Templates) -> None:
    for name in (LYING, UPRIGHT, REPORT):
        sheet = sheet_of(templates, name)
        assert arrange(sheet, AS_DRAWN) == lay_out(sheet)


PAGES = (
    (LYING, PageSetup(landscape=False, margins=NARROW), (210, 297), 186),
    (LYING, PageSetup(paper="A3"), (420, 297), None),
    (UPRIGHT, PageSetup(landscape=True), (297, 210), None),
    (UPRIGHT, PageSetup(paper="A3", size=Size.WIDTH, margins=NARROW), (297, 420), 273),
    (UPRIGHT, PageSetup(size=Size.PERCENT, percent=80), (210, 297), None),
    (UPRIGHT, PageSetup(size=Size.PERCENT, percent=150, margins=NARROW), (210, 297), 186),
    (UPRIGHT, PageSetup(margins=Margins(20, 30, 20, 30)), (210, 297), 150),
)


@pytest.mark.parametrize(("name", "setup", "size", "width"), PAGES)
def test_the_page_is_the_chosen_one_and_the_lines_stay(
    templates: Templates, name: str, setup: PageSetup, size: tuple[int, int], width: float | None
) -> None:
    """A form of 273 mm on upright A4 with margins of 12 mm is 186 mm wide, 68 % of its size."""
    sheet = sheet_of(templates, name)
    laid, drawn = arrange(sheet, setup), lay_out(sheet)
    assert paper(laid) == size
    columns = sum(sheet.column_widths) / MM
    assert laid.scale * columns == pytest.approx(columns * setup.percent / 100 if width is None else width, abs=0.1)
    assert texts(laid) == texts(drawn)
    margins = setup.margins or NARROW
    lowest = max(row.y + row.height for page in laid.pages for row in page.rows) * laid.scale
    assert lowest <= (size[1] - margins.bottom) * MM + 0.1
    assert laid.left * laid.scale >= margins.left * MM - 0.1


def test_on_one_page_a_form_is_as_large_as_it_can_be(templates: Templates) -> None:
    sheet = sheet_of(templates, LYING)
    assert len(lay_out(sheet).pages) > 1
    laid = arrange(sheet, PageSetup(size=Size.ONE_PAGE))
    assert len(laid.pages) == 1
    assert 0.5 <= laid.scale < 1
    larger = PageSetup(size=Size.PERCENT, percent=round(laid.scale * 100) + 1)
    assert len(arrange(sheet, larger).pages) > 1


def test_what_no_page_holds_stays_readable(templates: Templates) -> None:
    template = templates[UPRIGHT]
    form = filled(template)
    long = replace(form, indicators=tuple(row for row in form.indicators for _copy in range(20)))
    sheet = derive(template, long).sheet
    assert arrange(sheet, PageSetup(size=Size.ONE_PAGE)).scale == 1
    assert arrange(sheet_of(templates, UPRIGHT), PageSetup(size=Size.ONE_PAGE, paper="A3")).scale == 1


def test_a_report_keeps_the_page_of_the_standard(templates: Templates) -> None:
    sheet = sheet_of(templates, REPORT)
    assert not adjustable(sheet)
    assert adjustable(sheet_of(templates, LYING))
    assert arrange(sheet, PageSetup(paper="A3", landscape=True)) == lay_out(sheet)


def words(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize(
    ("numbers", "one", "several"),
    [(Numbers.SEVERAL, False, True), (Numbers.ALWAYS, True, True), (Numbers.NEVER, False, False)],
)
def test_page_numbers_as_chosen(
    templates: Templates, made: datetime, *, numbers: Numbers, one: bool, several: bool
) -> None:
    sheet = sheet_of(templates, LYING)
    for size, wanted in ((Size.ONE_PAGE, one), (Size.DRAWN, several)):
        laid = arrange(sheet, PageSetup(numbers=numbers, size=size))
        for page in words(pdf.render((laid,), title="表", made=made)):
            assert (f"共{len(laid.pages)}页" in "".join(page.split())) is wanted
        book = openpyxl.load_workbook(BytesIO(xlsx.render((laid,), title="表", made=made).data))
        assert (book.worksheets[0].oddFooter.center.text is not None) is wanted


def test_the_pdf_and_excel_have_the_chosen_paper(templates: Templates, made: datetime) -> None:
    laid = arrange(sheet_of(templates, LYING), PageSetup(landscape=False, margins=Margins(20, 15, 20, 15)))
    with pypdfium2.PdfDocument(pdf.render((laid,), title="表", made=made)) as document:
        page = document[0]
        assert [round(side / MM) for side in page.get_size()] == [210, 297]
        text = page.get_textpage()
        lefts = [text.get_rect(index)[0] for index in range(text.count_rects())]
    assert min(lefts) >= 15 * MM - 1
    sheet = openpyxl.load_workbook(BytesIO(xlsx.render((laid,), title="表", made=made).data)).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert sheet.page_setup.scale == int(laid.scale * 100)
    assert sheet.page_margins.left == pytest.approx(15 / 25.4, abs=0.01)


def whole(least: int, most: int) -> st.SearchStrategy[int]:
    return st.integers(min_value=least, max_value=most)


SETUPS = st.builds(
    PageSetup,
    paper=st.sampled_from(["", "A4", "A3"]),
    landscape=st.sampled_from([None, True, False]),
    margins=st.none()
    | st.builds(
        Margins,
        whole(LEAST_MARGIN, MOST_MARGIN),
        whole(LEAST_MARGIN, MOST_MARGIN),
        whole(LEAST_BELOW, MOST_MARGIN),
        whole(LEAST_MARGIN, MOST_MARGIN),
    ),
    size=st.sampled_from(Size),
    percent=whole(LEAST_PERCENT, MOST_PERCENT),
    numbers=st.sampled_from(Numbers),
    name=st.booleans(),
    date=st.booleans(),
)


@given(SETUPS)
def test_what_is_kept_comes_back(setup: PageSetup) -> None:
    assert read(write(setup)) == setup
    assert (write(setup) == "") is (setup == AS_DRAWN)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"paper":"B7","landscape":1,"margins":[1,2,3,4],"size":"huge","percent":5,"numbers":7,"name":"yes","new":1}',
        '{"margins":[20,20,20],"percent":true,"paper":3}',
        '{"margins":[20,20,5,20]}',
    ],
)
def test_what_is_not_known_is_as_drawn(text: str) -> None:
    assert read(text) == AS_DRAWN
