"""List rows and the sections of a report: texts through their bindings, rows in and out, what an undo goes back to."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.editing import (
    delete_rows,
    duplicate_row,
    first_difference,
    get_text,
    insert_row,
    move_row,
    rows_of,
    set_text,
    show,
)
from perfdesk.model import Binding, Block, FundRow, Indicator, ListRow, Record, Section

OFFICES = tuple(ListRow.of({"agency": name, "remark": "是"}) for name in ("司法局", "法律援助中心", "公证处"))
REPORT = (
    Section(1, "一、基本情况"),
    Section(2, "（一）单位基本情况", ("内设机构 10 个。", "编制 40 人。")),
    Section(1, "二、存在的问题", ("无",)),
)
FORM = Record("r", "t", 2022, rows=OFFICES, sections=REPORT)


def row(key: str, number: int) -> Binding:
    return Binding(Block.ROWS, key, row=number)


def section(key: str, number: int) -> Binding:
    return Binding(Block.SECTIONS, key, row=number)


@pytest.mark.parametrize(
    ("binding", "old", "new"),
    [
        (row("agency", 1), "法律援助中心", "仲裁委"),
        (row("phone", 0), "", "0746-6222222"),
        (row("agency", 3), "", "监狱"),  # the row after the last begins a new one
        (section("heading", 0), "一、基本情况", "一、概况"),
        (section("0", 1), "内设机构 10 个。", "内设机构 9 个。"),
        (section("1", 1), "编制 40 人。", ""),
        (section("2", 1), "", "在职 38 人。"),
        (section("0", 0), "", "本单位为行政单位。"),
        (section("text", 1), "内设机构 10 个。\n编制 40 人。", "甲\n\n乙"),
        (section("text", 2), "无", ""),
    ],
)
def test_a_text_goes_through_its_binding(binding: Binding, old: str, new: str) -> None:
    assert get_text(FORM, binding) == old
    changed = set_text(FORM, binding, new)
    assert get_text(changed, binding) == new
    assert changed != FORM
    assert set_text(FORM, binding, old) is FORM


@pytest.mark.parametrize(
    "binding",
    [
        row("agency", 4),
        row("agency", -1),
        section("heading", 3),
        section("heading", -1),
        section("3", 1),
        section("x", 1),
        section("²", 1),
    ],
)
def test_a_place_that_is_not_there_is_blank_and_takes_nothing(binding: Binding) -> None:
    assert get_text(FORM, binding) == ""
    assert set_text(FORM, binding, "5") is FORM


def test_the_last_paragraph_goes_when_it_is_cleared_and_others_stay_blank() -> None:
    assert set_text(FORM, section("1", 1), "").sections[1].paragraphs == ("内设机构 10 个。",)
    assert set_text(FORM, section("0", 1), "").sections[1].paragraphs == ("", "编制 40 人。")
    assert set_text(FORM, section("text", 1), "").sections[1].paragraphs == ()


@given(st.sampled_from([section(key, 1) for key in ("heading", "text", "0", "1", "2")] + [row("a", 0)]), st.text())
def test_what_was_set_is_got(binding: Binding, text: str) -> None:
    assert get_text(set_text(FORM, binding, text), binding) == text


@pytest.mark.parametrize("block", [Block.ROWS, Block.SECTIONS])
def test_rows_in_and_out(block: Block) -> None:
    first, second, third = rows_of(FORM, block)
    assert rows_of(duplicate_row(FORM, block, 1), block) == (first, second, second, third)
    assert rows_of(delete_rows(FORM, block, 0, 2), block) == (third,)
    assert rows_of(move_row(FORM, block, 0, 2), block) == (second, third, first)
    inserted = rows_of(insert_row(FORM, block, 2), block)
    assert (inserted[:2], inserted[3:]) == ((first, second), (third,))
    for out in (-1, 3):
        assert duplicate_row(FORM, block, out) is FORM
        assert delete_rows(FORM, block, out) is FORM
        assert move_row(FORM, block, out, 0) is FORM


def test_an_inserted_row_is_blank_and_an_inserted_section_of_the_level_above() -> None:
    assert insert_row(FORM, Block.ROWS, 99).rows[3] == ListRow()
    assert insert_row(FORM, Block.SECTIONS, 2).sections[2] == Section(2, "")
    assert insert_row(replace(FORM, sections=()), Block.SECTIONS, 0).sections == (Section(1, ""),)


@pytest.mark.parametrize("block", [Block.VALUES, Block.FUNDS, Block.STATED])
def test_what_the_template_prints_has_no_rows_to_change(block: Block) -> None:
    form = replace(FORM, funds=(FundRow("年度资金总额"),))
    assert rows_of(form, block) == ()
    for changed in (insert_row(form, block, 0), duplicate_row(form, block, 0), delete_rows(form, block, 0)):
        assert changed is form


COUNT = Indicator(level1="产出指标", level1_weight="50", level2="数量指标")
QUALITY = replace(COUNT, level2="质量指标")


@pytest.mark.parametrize(
    ("names", "index", "count", "left"),
    [
        (("甲", "乙", "丙"), 0, 1, ("乙", "丙")),  # another 数量指标 is left
        (("甲", "乙", "丙"), 2, 1, ("甲", "乙", "")),  # the only 质量指标 is emptied
        (("甲", "乙", "丙"), 0, 2, ("", "丙")),
        (("甲", "乙", "丙"), 0, 3, ("", "")),
        (("甲", "乙", ""), 2, 1, ("甲", "乙", "")),
    ],
)
def test_the_last_row_of_a_kept_group_is_emptied(
    names: tuple[str, ...], index: int, count: int, left: tuple[str, ...]
) -> None:
    groups = (COUNT, COUNT, QUALITY)
    rows = tuple(replace(group, name=name, target="1") for group, name in zip(groups, names, strict=True))
    form = replace(FORM, indicators=rows)
    changed = delete_rows(form, Block.INDICATORS, index, count, kept=(COUNT, QUALITY))
    assert tuple(one.name for one in changed.indicators) == left
    assert all(one.level2 and one.level1_weight for one in changed.indicators)
    assert len(delete_rows(form, Block.INDICATORS, index, count).indicators) == 3 - count


@pytest.mark.parametrize(
    ("after", "where"),
    [
        (replace(FORM, rows=(*OFFICES[:2], OFFICES[2].with_texts({"remark": "否"}))), row("remark", 2)),
        (replace(FORM, rows=OFFICES[1:]), row("agency", 0)),
        (replace(FORM, rows=(*OFFICES, ListRow())), row("", 3)),
        (replace(FORM, sections=REPORT[:2]), section("heading", 1)),
        (set_text(FORM, section("heading", 2), "二、问题"), section("heading", 2)),
        (replace(FORM, sections=(replace(REPORT[0], level=2), *REPORT[1:])), section("heading", 0)),
        (set_text(FORM, section("1", 1), "编制 41 人。"), section("1", 1)),
        (set_text(FORM, section("2", 1), "又一段"), section("2", 1)),
        (FORM, None),
    ],
)
def test_where_to_look_after_an_undo(after: Record, where: Binding | None) -> None:
    assert first_difference(FORM, after) == where


@pytest.mark.parametrize(
    ("pattern", "values", "text"),
    [
        ("{weight}分", {"weight": "10"}, "10分"),
        ("{weight}分", {"weight": ""}, ""),
        ("{weight}分", {}, ""),
        ("{weight}分", {"weight": "10分"}, "10分"),  # as a file held it
        ("{weight}分", {"weight": "分"}, "分分"),
        ("共{weight}分", {"weight": "共10分"}, "共10分"),
        ("{name}（{weight}分）", {"weight": "5"}, "（5分）"),
    ],
)
def test_a_cell_with_blank_fields_prints_nothing(pattern: str, values: dict[str, str], text: str) -> None:
    assert show(pattern, values) == text


@pytest.mark.parametrize(
    ("typed", "shown"), [("9", "9分"), ("9分", "9分"), ("", ""), ("九", "九分"), (" 9 分", " 9 分")]
)
def test_points_are_typed_with_or_without_their_word(typed: str, shown: str) -> None:
    cell = Binding(Block.INDICATORS, "weight", row=0, pattern="{weight}分")
    changed = set_text(replace(FORM, indicators=(COUNT,)), cell, typed)
    assert get_text(changed, cell) == shown
    assert changed.indicators[0].weight == typed.removesuffix("分")
