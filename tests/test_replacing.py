"""Finding and replacing: what would change, cell by cell, and what stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.derive import derive
from perfdesk.editing import new_record
from perfdesk.model import Binding, Block, Indicator, Record, Section
from perfdesk.replacing import Change, Piece, Rule, find_changes, replace_all

if TYPE_CHECKING:
    from perfdesk.template import Template

SELF = "national-2020-project-self"
REPORT = "lingling-2022-report"


@pytest.fixture(scope="module")
def template(templates: Mapping[str, Template]) -> Template:
    return templates[SELF]


@pytest.fixture(scope="module")
def form(template: Template) -> Record:
    rows = (
        Indicator("产出指标", "", "数量指标", "", "办理法律援助案件数量", "≥200件", "２００件", "10"),
        Indicator("产出指标", "", "数量指标", "", "法律援助宣传场次", "20场次", "20场次", "10"),
        Indicator("产出指标", "", "质量指标", "", "结案率", "≥95%", "96%", "10"),
    )
    blank = new_record(template, record_id="r", year=2020)
    return replace(blank, indicators=rows, values={**blank.values, "project_name": "法律援助经费 ABC"})


def changes(template: Template, record: Record, wanted: str, by: str, *, exact: bool = False) -> tuple[Change, ...]:
    return find_changes(derive(template, record).sheet, record, Rule(wanted, by, exact=exact))


def test_the_preview_names_each_cell_and_what_stands_in_it(template: Template, form: Record) -> None:
    found = changes(template, form, "200", "300")
    assert [one.where for one in found] == ["办理法律援助案件数量，年度指标值", "办理法律援助案件数量，实际完成值"]
    assert found[0].pieces == (Piece("≥"), Piece("200", "300"), Piece("件"))
    assert found[1].pieces == (Piece("２００", "300"), Piece("件"))
    changed = replace_all(form, found)
    assert (changed.indicators[0].target, changed.indicators[0].actual) == ("≥300件", "300件")
    assert changed.indicators[1:] == form.indicators[1:]


def test_only_what_was_ticked_is_replaced(template: Template, form: Record) -> None:
    found = changes(template, form, "法律援助", "公共法律服务")
    assert sum(one.hits for one in found) == 3
    assert replace_all(form, found[1:]).value("project_name") == form.value("project_name")


@pytest.mark.parametrize(
    ("wanted", "exact", "hits"),
    [
        ("200", True, 1),
        ("２００", False, 2),
        ("abc", False, 1),
        ("abc", True, 0),
        ("", False, 0),
        ("没有的字", False, 0),
    ],
)
def test_width_and_case_count_only_on_demand(
    template: Template, form: Record, wanted: str, *, exact: bool, hits: int
) -> None:
    assert sum(one.hits for one in changes(template, form, wanted, "甲", exact=exact)) == hits


def test_a_merged_cell_is_one_change_of_all_its_rows(template: Template, form: Record) -> None:
    found = changes(template, form, "产出指标", "产出")
    assert len(found) == 1
    assert [place.row for place, _ in found[0].edits] == [0, 1, 2]
    assert {one.level1 for one in replace_all(form, found).indicators} == {"产出"}


def test_hits_do_not_lie_over_each_other_and_may_go(template: Template, form: Record) -> None:
    record = replace(form, values={**form.values, "project_name": "aaaa甲aa"})
    found = changes(template, record, "aa", "")
    assert found[0].pieces == (Piece("aa", ""), Piece("aa", ""), Piece("甲"), Piece("aa", ""))
    assert replace_all(record, found).value("project_name") == "甲"


def test_the_same_again_is_no_change(template: Template, form: Record) -> None:
    assert changes(template, form, "20场次", "20场次") == ()


def test_printed_words_and_computed_figures_stay(template: Template, form: Record) -> None:
    assert changes(template, form, "年度指标值", "x") == ()
    record = replace(form, indicators=(replace(form.indicators[0], score=""),))
    assert all(one.edits[0][0].key != "score" for one in changes(template, record, "0", "9"))


def test_data_items_of_a_report_stay(templates: Mapping[str, Template]) -> None:
    template = templates[REPORT]
    text = "全年支出{{自评表·执行数|200}}万元，办案200件"
    sections = (Section(1, "一、基本情况", (text,)),)
    record = replace(new_record(template, record_id="r", year=2022), sections=sections)
    found = changes(template, record, "200", "300")
    assert [one.hits for one in found] == [1]
    assert replace_all(record, found).sections[0].paragraphs == ("全年支出{{自评表·执行数|200}}万元，办案300件",)


@given(text=st.text(alphabet="aAａ甲0０ ", max_size=12), wanted=st.text(alphabet="aＡ甲0", min_size=1, max_size=3))
def test_afterwards_nothing_is_left_to_replace(template: Template, form: Record, text: str, wanted: str) -> None:
    record = replace(form, values={"project_name": text}, indicators=(), funds=())
    changed = replace_all(record, changes(template, record, wanted, "乙"))
    assert changes(template, changed, wanted, "乙") == ()
    pieces = [one.pieces for one in changes(template, record, wanted, "乙")]
    assert all("".join(piece.text for piece in one) == text for one in pieces)


def test_a_field_in_a_pattern_keeps_its_printed_words(templates: Mapping[str, Template]) -> None:
    kept = Binding(Block.INDICATORS, "weight", row=0)
    for template in templates.values():
        patterns = [
            c.binding for c in derive(template, new_record(template, record_id="r", year=2022)).sheet.cells if c.binding
        ]
        if any(one.pattern == "{weight}分" for one in patterns):
            record = replace(
                new_record(template, record_id="r", year=2022), indicators=(Indicator(name="甲", weight="10"),)
            )
            found = changes(template, record, "分", "x")
            assert kept not in [place for one in found for place, _ in one.edits]
