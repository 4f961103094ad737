"""排版 of reports: 28 characters and 22 lines on a page, text cut anywhere, headings with what they head."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.fonts import text_width
from perfdesk.layout import STYLES, LaidPage, Layout, lay_out
from perfdesk.sheet import PT_PER_MM, Cell, Role, Sheet
from perfdesk.template import Align, Page

A4 = Page(*map(Decimal, (210, 297, 37, 26, 35, 28, 7)))
WIDTH = float(156 * PT_PER_MM)
LINES = 22
CHARACTERS = 28
INDENT = "　　"


def report(*rows: tuple[Role, str], breaks: tuple[int, ...] = ()) -> Layout:
    cells = tuple(Cell(i, 0, 1, 1, text, role, Align.LEFT) for i, (role, text) in enumerate(rows))
    return lay_out(Sheet("报告", A4, (WIDTH,), len(rows), cells, None, breaks))


def body(lines: int) -> tuple[Role, str]:
    """A paragraph of so many full lines."""
    return Role.BODY, INDENT + "字" * (CHARACTERS * lines - 2)


def on(page: LaidPage) -> list[int]:
    return [row.sheet_row for row in page.rows]


def count(page: LaidPage, row: int) -> int:
    """How many lines of a row stand on a page."""
    return sum(len(one.lines) for one in page.fragments if page.rows[one.row].sheet_row == row)


@pytest.mark.parametrize("role", [Role.BODY, Role.HEADING1, Role.HEADING2, Role.COVER])
def test_a_line_holds_28_characters(role: Role) -> None:
    (page,) = report((role, "字" * 29)).pages
    assert [line.text for line in page.fragments[0].lines] == ["字" * CHARACTERS, "字"]


def test_full_lines_end_under_each_other() -> None:
    text = INDENT + "支出9.5%，其中基本支出，" * 9 + "\n短行\n" + "末行"
    (page,) = report((Role.BODY, text)).pages
    style = STYLES[Role.BODY]
    *full, _, short, last = page.fragments[0].lines
    assert len(full) > 2
    for line in full:
        wide = text_width(line.text, size=style.size) + line.spread * (len(line.text) - 1)
        assert wide == pytest.approx(WIDTH)
    assert (short.spread, last.spread) == (0, 0)


def test_a_line_at_the_foot_of_a_page_is_full_where_its_paragraph_goes_on() -> None:
    first, second = report(body(20), (Role.BODY, "支出9.5%，" * 30)).pages
    assert first.fragments[1].lines[-1].spread > 0
    assert second.fragments[0].lines[-1].spread == 0


def test_a_page_holds_22_lines() -> None:
    assert [count(page, 0) for page in report(body(60)).pages] == [22, 22, 16]


@pytest.mark.parametrize("before", range(1, LINES))
@pytest.mark.parametrize("lines", [2, 3, 4, 9])
def test_text_is_cut_between_lines_two_on_either_side(before: int, lines: int) -> None:
    layout = report(body(before), body(lines))
    parts = [count(page, 1) for page in layout.pages if 1 in on(page)]
    assert sum(parts) == lines
    assert min(parts) >= 2
    room = LINES - before
    assert parts[0] == lines or room - 1 <= parts[0] <= room or room < 2 or lines < 4


def test_a_page_is_filled_where_the_text_allows() -> None:
    first, second = report(body(20), body(10)).pages
    assert (count(first, 1), count(second, 1)) == (2, 8)


@pytest.mark.parametrize("headings", [1, 2, 3])
def test_headings_stay_with_what_they_head(headings: int) -> None:
    roles = (Role.HEADING1, Role.HEADING2, Role.HEADING3)[:headings]
    first, second = report(body(LINES - headings), *((role, "一、标题") for role in roles), body(2)).pages
    assert on(first) == [0]
    assert on(second) == list(range(1, headings + 2))


def test_a_heading_takes_two_lines_of_its_text_along() -> None:
    first, _ = report(body(LINES - 3), (Role.HEADING1, "一、标题"), body(5)).pages
    assert on(first) == [0, 1, 2]
    assert count(first, 2) == 2


def test_more_headings_than_a_page_holds_are_no_trouble() -> None:
    layout = report(*((Role.HEADING1, f"{number}、标题") for number in range(50)))
    assert [row for page in layout.pages for row in on(page)] == list(range(50))


def test_the_cover_has_its_own_page() -> None:
    layout = report((Role.COVER, "附件3"), (Role.COVER_TITLE, "报告"), (Role.HEADING1, "一、"), body(1), breaks=(2,))
    assert [on(page) for page in layout.pages] == [[0, 1], [2, 3]]
    assert layout.cover_pages == 1


def test_a_break_in_the_first_row_makes_no_blank_page() -> None:
    assert [on(page) for page in report(body(1), body(1), breaks=(0,)).pages] == [[0, 1]]


def test_a_report_without_text_has_no_page_numbers() -> None:
    assert report((Role.COVER_TITLE, "报告")).cover_pages is None
    assert report(body(1)).cover_pages == 0


def test_the_title_stands_well_below_the_edge() -> None:
    (page,) = report((Role.COVER_TITLE, "报告")).pages
    style = STYLES[Role.COVER_TITLE]
    assert page.fragments[0].lines[0].y == pytest.approx(style.above + style.baseline, abs=0.01)


rows = st.lists(
    st.tuples(
        st.sampled_from([Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.BODY, Role.BODY, Role.COVER]),
        st.text(alphabet="支出万元，。（）“”1234567890.% \n", max_size=300),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None)
@given(rows, st.sets(st.integers(0, 12)))
def test_every_line_stands_once_inside_its_page(rows: list[tuple[Role, str]], breaks: set[int]) -> None:
    layout = report(*rows, breaks=tuple(sorted(breaks)))
    bottom = layout.top + float(225 * PT_PER_MM) + 0.01
    for page in layout.pages:
        assert page.rows[-1].y + page.rows[-1].height <= bottom
        assert not breaks & set(on(page)[1:])
    for row, (role, text) in enumerate(rows):
        lines = [line for page in layout.pages for one in page.fragments if one.cell.row == row for line in one.lines]
        shown = "".join(line.text for line in lines)
        assert shown.replace(" ", "") == text.replace("\n", "").replace(" ", "")
        style = STYLES[role]
        assert all(text_width(line.text, size=style.size, face=style.face) <= WIDTH + 0.01 for line in lines)
