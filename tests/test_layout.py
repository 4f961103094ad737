"""排版: every row once, every line once, nothing beyond its box or its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from perfdesk.fonts import text_width
from perfdesk.layout import (
    CONTINUED,
    PADDING_X,
    PADDING_Y,
    STATED_NOTE,
    STYLES,
    Fragment,
    LaidPage,
    Layout,
    cell_lines,
    cell_width,
    lay_out,
)
from perfdesk.model import FundRow, Indicator, Record
from perfdesk.scoring import assess
from perfdesk.sheet import Cell, Role, Sheet, build
from perfdesk.template import Template

NATIONAL, QIANNAN = "national-2020-project-self", "qiannan-2024-project-self"
MARKS = ("（续）", "(续)", "︵续︶")
SENTENCE = "全面开展法律援助工作，受理案件≥200件；完成率99.32%。"
LEAST_LINES = 3


def long(characters: int) -> str:
    return (SENTENCE * (characters // len(SENTENCE) + 1))[:characters]


def lay(template: Template, record: Record) -> Layout:
    return lay_out(build(template, record, assess(template, record)))


def make(template: Template, *rows: Indicator, **values: str) -> Record:
    funds = tuple(FundRow(fund.label) for fund in template.funds)
    return Record("r", template.id, 2024, template.unit, values=values, funds=funds, indicators=rows)


def row(name: str = "案件数", *, level1: str = "产出指标", level2: str = "数量指标", **texts: str) -> Indicator:
    return Indicator(level1=level1, level2=level2, name=name, **texts)


# ------------------------------------------------------------------------------------------- what holds for every form


def body(layout: Layout) -> tuple[float, float]:
    """Top and bottom of what may be printed on."""
    bottom = layout.height - float(layout.sheet.page.bottom_mm) * 72 / 25.4
    return layout.top, bottom


def of_cell(layout: Layout, cell: Cell) -> list[Fragment]:
    return [one for page in layout.pages for one in page.fragments if one.cell is cell]


def shown(fragment: Fragment) -> list[str]:
    return [line.text for line in fragment.lines]


def check_rows(layout: Layout) -> None:
    """Every sheet row stands once; a row in several parts fills the end of one page and the beginning of the next."""
    repeat = layout.sheet.repeat
    seen: list[int] = []
    for page in layout.pages:
        heads = [one.sheet_row for one in page.rows if one.repeated]
        own = [one.sheet_row for one in page.rows if not one.repeated]
        assert [one.repeated for one in page.rows] == [True] * len(heads) + [False] * len(own)
        assert own == list(range(own[0], own[0] + len(own))), "no row twice on a page, none left out"
        begins_inside = repeat is not None and repeat.first + repeat.count <= own[0] <= repeat.last
        assert heads == (list(range(repeat.first, repeat.first + repeat.count)) if repeat and begins_inside else [])
        assert own[0] in (seen[-1:] or [-1]) or own[0] == len(set(seen))
        seen += own
    assert sorted(set(seen)) == list(range(layout.sheet.row_count))


def check_squares(page: LaidPage, columns: int) -> None:
    """The fragments tile the page."""
    owned = [
        (r, c)
        for one in page.fragments
        for r in range(one.row, one.row + one.row_span)
        for c in range(one.cell.column, one.cell.column + one.cell.column_span)
    ]
    assert sorted(owned) == [(r, c) for r in range(len(page.rows)) for c in range(columns)]


def check_places(layout: Layout) -> None:
    """Rows follow one another down to the foot of the page at most; every fragment lies on its rows."""
    top, bottom = body(layout)
    for page in layout.pages:
        assert page.rows[0].y == pytest.approx(top)
        for above, below in pairwise(page.rows):
            assert above.y + above.height == pytest.approx(below.y)
        assert page.rows[-1].y + page.rows[-1].height <= bottom + 0.05
        for one in page.fragments:
            rows = page.rows[one.row : one.row + one.row_span]
            assert one.y == pytest.approx(rows[0].y)
            assert one.height == pytest.approx(sum(r.height for r in rows))
            assert one.width == pytest.approx(cell_width(layout.sheet, one.cell))


def check_lines(layout: Layout) -> None:
    """Lines keep within their box, and all of a cell's lines are there, each once, in order."""
    for page in layout.pages:
        for one in page.fragments:
            style, inset = STYLES[one.cell.role], PADDING_X if one.cell.role.framed else 0.0
            for line in one.lines:
                assert line.y - style.baseline >= style.padding - 0.05
                assert line.y - style.baseline + style.leading <= one.height - style.padding + 0.05
                wide = text_width(line.text, size=style.size, face=style.face)
                if len(line.text) > 1:
                    assert line.x >= inset - 0.05
                    assert line.x + wide <= one.width - inset + 0.05
            if one.cell.computed and one.cell.row_span == 1 and len(of_cell(layout, one.cell)) == 1:
                assert one.height >= len(one.lines) * style.leading + STATED_NOTE
    for cell in layout.sheet.cells:
        parts, whole = of_cell(layout, cell), [text.rstrip() for text in cell_lines(layout.sheet, cell)]
        if cell.row_span == 1:
            own = [one for one in parts if not _repeated(layout, one)]
            assert [text for one in own for text in shown(one)] == whole
            continue
        assert shown(parts[0]) == whole
        for one in parts[1:]:
            text = "".join(shown(one))
            if _repeated(layout, one) and not one.continued:  # a header cell of two rows stands there again, whole
                assert shown(one) == whole
                continue
            assert one.continued
            assert not whole or text.endswith(MARKS)
            assert _without_mark(text).strip() == "".join(whole).strip()


def _without_mark(text: str) -> str:
    return text.removesuffix(next((mark for mark in MARKS if text.endswith(mark)), ""))


def _repeated(layout: Layout, fragment: Fragment) -> bool:
    page = next(page for page in layout.pages if any(one is fragment for one in page.fragments))
    return page.rows[fragment.row].repeated


def check_ends(layout: Layout) -> None:
    """No page ends with a header whose rows would have found room below it."""
    headers = {cell.row for cell in layout.sheet.cells if cell.role is Role.LABEL}
    headers -= {cell.row for cell in layout.sheet.cells if cell.role is not Role.LABEL}
    for page in layout.pages[:-1]:
        last = page.rows[-1].sheet_row
        if len({one.sheet_row for one in page.rows if not one.repeated}) > 1:
            assert last not in headers


def check(layout: Layout) -> Layout:
    check_rows(layout)
    for page in layout.pages:
        check_squares(page, len(layout.sheet.column_widths))
    check_places(layout)
    check_lines(layout)
    check_ends(layout)
    return layout


texts = st.one_of(
    st.text(alphabet="法律援助，。（》0123456789.%A \n", max_size=40),
    st.integers(0, 3000).map(long),
    st.text(max_size=20).filter(lambda text: not any(0xD800 <= ord(one) < 0xE000 for one in text)),
)
short_texts = st.text(alphabet="产出效益指标0123456789", max_size=8)
indicators = st.builds(
    Indicator,
    level1=st.sampled_from(["", "产出指标", "效益指标"]) | texts,
    level1_weight=st.sampled_from(["", "50"]),
    level2=st.sampled_from(["", "数量指标", "质量指标"]) | texts,
    name=short_texts | texts,
    target=short_texts,
    actual=short_texts | texts,
    weight=st.sampled_from(["", "5", "十"]),
    score=st.sampled_from(["", "4", "无"]),
    reason=texts,
)
funds = st.builds(FundRow, label=st.just("资金"), annual_budget=short_texts, executed=short_texts, score=st.just("9"))
values = st.dictionaries(st.sampled_from(["title", "annex", "project_name", "goal_expected", "conclusion"]), texts)
records = st.builds(
    Record,
    id=st.just("r"),
    template_id=st.just("t"),
    year=st.just(2024),
    values=values,
    funds=st.lists(funds, max_size=5).map(tuple),
    indicators=st.lists(indicators, max_size=12).map(tuple),
    stated=st.dictionaries(st.sampled_from(["total_weight", "total_score"]), short_texts),
)


@settings(
    max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(record=records)
@example(record=Record("r", "t", 2024))
@example(record=Record("r", "t", 2024, indicators=(row(reason=long(3000)),) * 3, values={"conclusion": long(3000)}))
@example(record=Record("r", "t", 2024, indicators=(row(level1=long(900), level2=long(900)),) * 2))
def test_it_holds_for_any_record(templates: Mapping[str, Template], record: Record) -> None:
    for template in templates.values():
        check(lay(template, record))


def test_it_holds_for_the_sample_forms(templates: Mapping[str, Template], sample: Record) -> None:
    assert 1 <= len(check(lay(templates[sample.template_id], sample)).pages) <= 2


@pytest.mark.parametrize("name", [NATIONAL, QIANNAN])
def test_a_blank_form_is_one_page(templates: Mapping[str, Template], name: str) -> None:
    template = templates[name]
    layout = check(lay(template, make(template, *template.starter, title=template.title)))
    assert len(layout.pages) == 1
    assert layout.pages[0].rows[-1].sheet_row == layout.sheet.row_count - 1


# --------------------------------------------------------------------------------------------------- rows and columns


def test_a_row_is_as_high_as_its_fullest_cell(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    layout = lay(template, make(template, row(reason=long(100)), row("", level2="质量指标")))
    sheet = layout.sheet
    reason = next(cell for cell in sheet.cells if cell.text == long(100))
    lines = len(cell_lines(sheet, reason))
    assert layout.row_heights[reason.row] == pytest.approx(lines * 10.5 * 1.36 + 2 * PADDING_Y)
    assert layout.row_heights[reason.row + 1] == pytest.approx(7 * 72 / 25.4)


def test_what_a_span_needs_beyond_its_rows_goes_to_its_last_row(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    layout = check(lay(template, make(template, *[row(str(i), level2="服务对象满意度指标" * 3) for i in range(3)])))
    span = next(cell for cell in layout.sheet.cells if cell.text.startswith("服务对象"))
    assert span.row_span == 3
    first, second, third = layout.row_heights[span.row : span.row + 3]
    least = 7 * 72 / 25.4
    assert (first, second) == pytest.approx((least, least))
    assert first + second + third == pytest.approx(
        len(cell_lines(layout.sheet, span)) * STYLES[span.role].leading + 2 * PADDING_Y
    )


def test_a_differing_score_gets_room_for_its_note(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    texts = {"target": "≥70件", "actual": "35件", "weight": "10"}
    rows = (
        row("甲", **texts),
        row("乙", level2="质量", score="9", **texts),
        row("丙", level2="时效", score="5", **texts),
    )
    layout = check(lay(template, make(template, *rows)))
    computed = {cell.text: cell for cell in layout.sheet.cells if cell.role is Role.COMPUTED and cell.place}
    assert (computed["9"].computed, computed["5"].computed) == ("5.00", "")
    heights = [layout.row_heights[computed[text].row] for text in ("9", "5")]
    assert heights[0] == pytest.approx(10.5 * 1.36 + 2 * PADDING_Y + STATED_NOTE)
    assert heights[1] == pytest.approx(7 * 72 / 25.4)


def test_heights_for_excel_are_those_of_the_uncut_sheet(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    layout = check(lay(template, make(template, row(reason=long(3000)))))
    assert len(layout.pages) > 1
    assert len(layout.row_heights) == layout.sheet.row_count
    reason = next(cell for cell in layout.sheet.cells if cell.text == long(3000))
    assert layout.row_heights[reason.row] > body(layout)[1] - body(layout)[0]


def test_the_form_stands_in_the_middle_of_the_paper(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    layout = lay(template, make(template))
    right = layout.width - layout.left - sum(layout.sheet.column_widths)
    margins = float(template.page.left_mm), float(template.page.right_mm)
    assert layout.left - margins[0] * 72 / 25.4 == pytest.approx(right - margins[1] * 72 / 25.4)


@pytest.mark.parametrize(("align", "place"), [("left", "left"), ("center", "middle"), ("right", "right")])
def test_lines_stand_as_their_cell_is_aligned(templates: Mapping[str, Template], align: str, place: str) -> None:
    template = templates[QIANNAN]
    layout = lay(template, make(template, title="某县", seal="县局", report_date="3月1日"))
    text = {"left": "单位(盖章)：县局", "center": "某县", "right": "填报日期：3月1日"}[align]
    part = next(one for one in layout.pages[0].fragments if shown(one) == [text])
    style = STYLES[part.cell.role]
    free = part.width - text_width(text, size=style.size, face=style.face)
    assert part.lines[0].x == pytest.approx({"left": 0, "middle": free / 2, "right": free}[place])


# ------------------------------------------------------------------------------------------------------------- pages


def test_the_header_stands_again_and_spans_are_continued(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    rows = [row(f"第{i}项", level1="产出指标" if i < 50 else "效益指标", level2="数量指标") for i in range(60)]
    layout = check(lay(template, make(template, *rows)))
    assert len(layout.pages) >= 3
    for page in layout.pages[1:]:
        assert page.rows[0].repeated
        texts = ["".join(shown(one)) for one in page.fragments if one.row == 0]
        assert texts == [
            "绩效指标(续)",
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "分值",
            "得分",
            "偏差原因分析及改进措施",
        ]
    second = layout.pages[1]
    side = next(one for one in second.fragments if one.cell.text == "绩\n效\n指\n标")
    assert (side.row, side.row_span, side.continued) == (0, len(second.rows), True)
    level1 = next(one for one in second.fragments if one.cell.text == "产出指标")
    assert (level1.row, level1.continued) == (1, True)
    assert shown(level1) == ["产出指标", CONTINUED]
    header = next(one for one in second.fragments if one.cell.text == "一级指标")
    assert not header.continued


def test_a_label_of_single_letters_is_continued_upright(templates: Mapping[str, Template]) -> None:
    """In a column of 8 mm (续) had its last bracket on a line of its own."""
    template = templates["national-2019-project-monitoring"]
    rows = [row(f"第{i}项", level2=f"第{i // 9}类") for i in range(60)]
    layout = check(lay(template, make(template, *rows)))
    sides = [one for page in layout.pages[1:] for one in page.fragments if one.cell.text == "绩\n效\n指\n标"]
    assert [shown(one) for one in sides] == [["绩", "效", "指", "标", "︵", "续", "︶"]] * (len(layout.pages) - 1)


def test_sixty_indicators_and_texts_of_three_thousand_characters(templates: Mapping[str, Template]) -> None:
    for template in (templates[NATIONAL], templates[QIANNAN]):
        rows = [row(f"第{i}项", level2=f"二级{i // 4}", reason=long(3000 if i % 20 == 0 else 30)) for i in range(60)]
        goals = dict.fromkeys(("goal_expected", "goal_actual"), long(3000))
        layout = check(lay(template, make(template, *rows, **goals)))
        assert len(layout.pages) > 10


def test_a_long_qiannan_form_takes_two_pages(templates: Mapping[str, Template]) -> None:
    template = templates[QIANNAN]
    rows = [row(f"第{i}项", level2=f"二级{i}") for i in range(18)]
    layout = check(lay(template, make(template, *rows, conclusion=long(200))))
    assert len(layout.pages) == 2


@pytest.mark.parametrize("name", [NATIONAL, QIANNAN])
@pytest.mark.parametrize("count", range(14, 40))
def test_no_total_and_no_signature_stands_alone(templates: Mapping[str, Template], name: str, count: int) -> None:
    template = templates[name]
    layout = check(lay(template, make(template, *[row(str(i), level2=f"二级{i}") for i in range(count)])))
    last = layout.pages[-1]
    own = [one.sheet_row for one in last.rows if not one.repeated]
    total = next(cell.row for cell in layout.sheet.cells if cell.text == "总分")
    assert own[0] != total
    assert own[0] <= max(cell.row for cell in layout.sheet.cells if cell.role.framed)


@pytest.mark.parametrize("length", range(200, 1700, 100))
def test_no_header_stands_alone_at_the_foot_of_a_page(templates: Mapping[str, Template], length: int) -> None:
    for template in filter(lambda one: one.is_scored, templates.values()):
        texts = {"goal_expected": long(length), "goal_actual": long(length)}
        check(lay(template, make(template, row("一", reason=long(300)), row("二"), **texts)))


def test_the_words_over_the_goals_stay_with_them(templates: Mapping[str, Template]) -> None:
    """预期目标 / 实际完成情况 at the foot and the texts overleaf: nobody prints that."""
    template = templates[NATIONAL]
    for lines in range(20, 40):
        layout = check(lay(template, make(template, project_name="\n".join("甲" * lines), goal_expected=long(700))))
        heads = next(cell.row for cell in layout.sheet.cells if cell.text == "预期目标")
        assert all(page.rows[-1].sheet_row != heads for page in layout.pages)


# ---------------------------------------------------------------------------------------------- rows taller than pages


def parts(layout: Layout, text: str) -> list[list[str]]:
    cell = next(cell for cell in layout.sheet.cells if cell.text == text)
    return [shown(one) for one in of_cell(layout, cell)]


def test_a_row_taller_than_a_page_is_cut_between_its_lines(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    text = long(3000)
    layout = check(lay(template, make(template, row("甲", reason=text, target="≥70件"), row("乙", level2="质量指标"))))
    pieces = parts(layout, text)
    assert len(pieces) > 3
    assert [line for piece in pieces for line in piece] == list(
        cell_lines(layout.sheet, next(cell for cell in layout.sheet.cells if cell.text == text))
    )
    assert all(len(piece) >= LEAST_LINES for piece in pieces[:-1])
    assert parts(layout, "≥70件")[1:] == [[]] * (len(pieces) - 1)
    top, bottom = body(layout)
    for page in layout.pages[1:-2]:
        assert bottom - page.rows[-1].y - page.rows[-1].height < 15, "a cut row fills its page"
    assert top > 0


def test_a_tall_row_begins_where_there_is_room_for_three_lines(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    for count in range(20, 36):
        rows = [row(str(i), level2=f"二级{i}") for i in range(count)]
        layout = check(lay(template, make(template, *rows, row("甲", level2="末", reason=long(2000)))))
        assert len(parts(layout, long(2000))[0]) >= LEAST_LINES


def test_a_row_that_fits_a_page_but_not_under_the_header_is_cut(templates: Mapping[str, Template]) -> None:
    """Such a row used to run over the foot of the page by the height of the header."""
    template = templates[NATIONAL]
    for lines in range(44, 56):
        text = "\n".join("一" * lines)
        layout = check(lay(template, make(template, row("甲"), row("乙", reason=text), row("丙"))))
        assert ["一"] * lines == [line for piece in parts(layout, text) for line in piece]


def test_a_tall_row_in_a_span_carries_its_label(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    layout = check(lay(template, make(template, row("甲", reason=long(1500)), row("乙"), row("丙"))))
    label = next(cell for cell in layout.sheet.cells if cell.text == "产出指标" and cell.row_span == 3)
    pieces = of_cell(layout, label)
    assert len(pieces) == len(layout.pages) or len(pieces) == len(layout.pages) - 1
    assert [one.continued for one in pieces] == [False] + [True] * (len(pieces) - 1)


def test_two_tall_rows_on_one_page_leave_room_for_the_label_beside_them(templates: Mapping[str, Template]) -> None:
    """The rest of one tall row and the beginning of the next: the label of the span beside must fit there as well."""
    template = templates[NATIONAL]
    for length in range(800, 1100, 10):
        rows = [row("甲", reason=long(length)), row("乙", reason=long(2000)), row("丙")]
        check(lay(template, make(template, *rows, goal_expected=long(1500))))


@pytest.mark.parametrize("length", [60, 900, 3000])
def test_a_group_label_longer_than_a_third_of_a_page_keeps_to_its_first_row(
    templates: Mapping[str, Template], length: int
) -> None:
    template = templates[NATIONAL]
    text = long(length)
    layout = check(lay(template, make(template, *[row(str(i), level2=text) for i in range(5)])))
    label = next(cell for cell in layout.sheet.cells if cell.text == text)
    assert label.row_span == (5 if length == 60 else 1)
    assert label.binding is not None
    assert label.binding.count == 5
    assert [line for piece in parts(layout, text) for line in piece][: len(cell_lines(layout.sheet, label))] == list(
        cell_lines(layout.sheet, label)
    )


def test_a_single_tall_indicator_does_not_leave_its_header_alone(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    for lines in range(38, 56):
        text = "\n".join("一" * lines)
        layout = check(lay(template, make(template, row("甲", reason=text), goal_expected=long(1300))))
        for page in layout.pages[:-1]:
            own = [one.sheet_row for one in page.rows if not one.repeated]
            assert layout.sheet.repeat is not None
            assert own != [layout.sheet.repeat.first]


def test_a_sheet_of_nothing_has_one_bare_page(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    bare = Sheet("", template.page, (100.0,), 0, (), None)
    layout = lay_out(bare)
    assert layout.pages == (LaidPage((), ()),)
    assert layout.row_heights == ()


def test_paper_with_room_for_less_than_a_line_still_shows_every_row(templates: Mapping[str, Template]) -> None:
    template = templates[NATIONAL]
    record = make(template, row(reason=long(50)))
    sheet = build(template, record, assess(template, record))
    tiny = sheet._replace(page=sheet.page._replace(height_mm=sheet.page.top_mm + sheet.page.bottom_mm + 4))
    layout = lay_out(tiny)
    assert {one.sheet_row for page in layout.pages for one in page.rows} == set(range(sheet.row_count))


def test_the_layout_is_pure(templates: Mapping[str, Template], lay: Callable[[Record], Layout]) -> None:
    template = templates[NATIONAL]
    record = make(template, *template.starter, goal_expected=long(500))
    assert lay(record) == lay(record)
