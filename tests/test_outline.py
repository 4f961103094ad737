"""The outline of a report: sections as lines and back, texts over several paragraphs, sections in, out, up and down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.model import Binding, Block, Section
from perfdesk.outline import (
    BODY,
    Caret,
    Line,
    binding_of,
    cut,
    delete_section,
    duplicate_section,
    halves,
    insert_section,
    line_of,
    lines_of,
    move_section,
    number_of,
    parent_of,
    put,
    restyle,
    sections_of,
    shown_length,
)
from perfdesk.wordcount import count_words

REPORT = (
    Section(1, "一、部门基本情况"),
    Section(2, "（一）职能与机构设置", ("内设机构十个。", "派出机构二十三个。")),
    Section(2, "（二）人员情况"),
    Section(3, "1.编制", ("编制{{评分表·编制数|89}}个。",)),
    Section(1, "二、支出情况", ("无",)),
)
PARAGRAPHS = st.lists(st.text("甲乙 1", max_size=4), max_size=3).map(tuple)
SECTIONS = st.lists(
    st.builds(Section, st.integers(1, 3), st.text("甲一、（）1.", max_size=5), PARAGRAPHS), max_size=6
).map(tuple)


def _headings(sections: tuple[Section, ...]) -> list[str]:
    return [one.heading for one in sections]


def test_a_section_with_nothing_below_it_has_a_blank_line_to_type_into() -> None:
    assert [line.text for line in lines_of(REPORT)] == [
        *("一、部门基本情况", "（一）职能与机构设置", "内设机构十个。", "派出机构二十三个。"),
        *("（二）人员情况", "1.编制", "编制{{评分表·编制数|89}}个。", "二、支出情况", "无"),
    ]
    assert lines_of((Section(1, "五、存在的问题"),)) == (Line(1, "五、存在的问题"), Line(BODY, ""))


@given(SECTIONS)
def test_lines_lose_nothing_but_a_lone_blank_paragraph(sections: tuple[Section, ...]) -> None:
    tidy = tuple(Section(one.level, one.heading, () if one.paragraphs == ("",) else one.paragraphs) for one in sections)
    assert sections_of(lines_of(sections)) == tidy


def test_text_before_the_first_heading_is_kept() -> None:
    assert sections_of((Line(BODY, "引言"),)) == (Section(1, "", ("引言",)),)


@pytest.mark.parametrize(
    ("at", "binding"),
    [(0, ("heading", 0)), (1, ("heading", 1)), (3, ("1", 1)), (6, ("0", 3)), (8, ("0", 4))],
)
def test_a_line_and_its_place_in_the_record_find_each_other(at: int, binding: tuple[str, int]) -> None:
    lines = lines_of(REPORT)
    assert binding_of(lines, at) == Binding(Block.SECTIONS, *binding)
    assert line_of(lines, Binding(Block.SECTIONS, *binding)) == at


def test_a_strange_place_is_no_line_and_a_paragraph_that_is_gone_is_its_heading() -> None:
    lines = lines_of(REPORT)
    assert line_of(lines, Binding(Block.VALUES, "title")) == -1
    assert line_of(lines, Binding(Block.SECTIONS, "0", 9)) == -1
    assert line_of(lines, Binding(Block.SECTIONS, "7", 1)) == 1
    assert binding_of((Line(BODY, "引言"),), 0) == Binding(Block.SECTIONS, "0", 0)


@pytest.mark.parametrize(
    ("offset", "left", "right"),
    [
        (0, "", "编制{{a|89}}个"),
        (1, "编", "制{{a|89}}个"),
        (2, "编制", "{{a|89}}个"),
        (3, "编制{{a|89}}", "个"),
        (9, "编制{{a|89}}个", ""),
    ],
)
def test_a_data_item_is_never_cut(offset: int, left: str, right: str) -> None:
    assert halves("编制{{a|89}}个", offset) == (left, right)
    assert shown_length("编制{{a|89}}个") == 4


def test_a_cut_within_one_section_joins_the_paragraphs() -> None:
    made = cut(lines_of(REPORT), Caret(2, 2), Caret(3, 2))
    assert made[2] == Line(BODY, "内设机构二十三个。")
    assert len(made) == 8


def test_a_cut_over_headings_takes_the_text_and_leaves_the_headings() -> None:
    made = cut(lines_of(REPORT), Caret(2, 4), Caret(6, 2))
    assert sections_of(made) == (
        REPORT[0],
        Section(2, "（一）职能与机构设置", ("内设机构",)),
        REPORT[2],
        Section(3, "1.编制", ("{{评分表·编制数|89}}个。",)),
        REPORT[4],
    )


def test_a_cut_from_heading_to_heading_leaves_both_and_nothing_between() -> None:
    made = cut(lines_of(REPORT), Caret(1, 2), Caret(4, 1))
    assert sections_of(made)[1:3] == (Section(2, "（一）职能与机构设置"), REPORT[2])


def test_paragraphs_are_put_in_at_the_caret() -> None:
    made, caret = put((Line(1, "一、"), Line(BODY, "前后")), Caret(1, 1), ("甲", "乙", "丙"))
    assert [one.text for one in made] == ["一、", "前甲", "乙", "丙后"]
    assert caret == Caret(3, 1)


def test_a_heading_takes_pasted_paragraphs_as_one_line() -> None:
    made, caret = put((Line(1, "一、情况"),), Caret(0, 2), ("甲", "乙"))
    assert made == (Line(1, "一、甲乙情况"),)
    assert caret == Caret(0, 4)


def test_a_paragraph_becomes_a_heading_and_back_but_the_first_line_stays_one() -> None:
    lines = lines_of(REPORT)
    assert sections_of(restyle(lines, 3, 2))[2] == Section(2, "派出机构二十三个。")
    assert sections_of(restyle(lines, 4, BODY))[1].paragraphs[-1] == "（二）人员情况"
    assert restyle(lines, 0, BODY) == lines


@pytest.mark.parametrize(
    ("index", "at", "heading"), [(0, 4, "（三）"), (1, 2, "（二）"), (2, 4, "（三）"), (3, 4, "2."), (4, 5, "（一）")]
)
def test_a_new_section_comes_after_its_neighbour_with_the_next_number(index: int, at: int, heading: str) -> None:
    made, where = insert_section(REPORT, index)
    assert where == at
    assert made[at].heading == heading
    assert len(made) == len(REPORT) + 1


def test_the_siblings_after_a_new_section_count_on() -> None:
    made, _ = insert_section(REPORT, 1)
    assert _headings(made)[1:4] == ["（一）职能与机构设置", "（二）", "（三）人员情况"]
    assert insert_section((), 0) == ((Section(1, "一、"),), 0)


def test_a_section_goes_with_its_sub_sections_and_the_others_are_numbered_anew() -> None:
    assert _headings(delete_section(REPORT, 1)) == ["一、部门基本情况", "（一）人员情况", "1.编制", "二、支出情况"]
    assert _headings(delete_section(REPORT, 0)) == ["一、支出情况"]
    assert delete_section(REPORT[:1], 0) == ()


def test_a_section_is_copied_with_its_sub_sections() -> None:
    made, at = duplicate_section(REPORT, 2)
    assert at == 4
    assert _headings(made)[2:6] == ["（二）人员情况", "1.编制", "（三）人员情况", "1.编制"]


def test_a_section_moves_among_its_siblings() -> None:
    made, at = move_section(REPORT, 2, -1)
    assert at == 1
    assert _headings(made)[1:4] == ["（一）人员情况", "1.编制", "（二）职能与机构设置"]
    back, at = move_section(made, 1, 1)
    assert (back, at) == (REPORT, 2)


@pytest.mark.parametrize(("index", "step"), [(0, -1), (4, 1), (1, -1), (2, 1), (3, 1), (3, -1)])
def test_at_the_end_of_its_row_a_section_stays(index: int, step: int) -> None:
    assert move_section(REPORT, index, step) == (REPORT, index)


@given(SECTIONS.filter(bool), st.data())
def test_moving_there_and_back_is_no_change_of_the_text(sections: tuple[Section, ...], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(sections) - 1))
    moved, at = move_section(sections, index, 1)
    assert sorted(one.paragraphs for one in moved) == sorted(one.paragraphs for one in sections)
    if at != index:
        assert [one.paragraphs for one in move_section(moved, at, -1)[0]] == [one.paragraphs for one in sections]
    assert parent_of(sections, index) < index


def test_headings_keep_their_own_brackets_and_those_without_a_number_stay_without() -> None:
    odd = (Section(1, "一、甲"), Section(2, "(一)乙"), Section(2, "附"), Section(2, "(二)丙"))
    assert _headings(delete_section(odd, 1)) == ["一、甲", "附", "(一)丙"]


@pytest.mark.parametrize(
    ("level", "number", "words"),
    [(1, 3, "三、"), (1, 10, "十、"), (1, 21, "二十一、"), (2, 11, "（十一）"), (3, 2, "2.")],
)
def test_numbers_of_headings(level: int, number: int, words: str) -> None:
    assert number_of(level, number) == words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("决算1870.27万元，无。", 8),
        ("“三公”经费 10.16 万元", 9),
        ("GB/T 9704 版式", 4),
        ("　　缩进", 2),
        ("33.87%", 1),
        ("𬭎", 1),
    ],
)
def test_words_are_counted_as_word_does(text: str, count: int) -> None:
    assert count_words(text) == count
