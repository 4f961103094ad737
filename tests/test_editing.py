"""Changes of a record: a text through its binding, rows in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.amounts import MoneyUnit
from perfdesk.editing import (
    Office,
    compose,
    decompose,
    delete_rows,
    duplicate_row,
    for_office,
    get_text,
    insert_row,
    move_row,
    new_record,
    set_text,
    with_bureau,
)
from perfdesk.model import Binding, Block, FundRow, Indicator, Record
from perfdesk.template import FUND_KEYS, INDICATOR_KEYS, Template

DEPARTMENT = "[{department_code}]{department}"
GROUP = "{level1}（{level1_weight}分）"

PLAIN = (
    *(Binding(Block.VALUES, key) for key in ("project_name", "goal_expected", "not_in_any_template")),
    *(Binding(Block.STATED, key) for key in ("total_weight", "total_score")),
    *(Binding(Block.FUNDS, key, row=row) for row in range(2) for key in FUND_KEYS),
    *(Binding(Block.INDICATORS, key, row=row) for row in range(4) for key in INDICATOR_KEYS),
)


def form(*names: str) -> Record:
    rows = tuple(Indicator(level1="产出指标", level1_weight="50", level2="数量指标", name=name) for name in names)
    funds = (FundRow("年度资金总额", annual_budget="100"), FundRow("财政拨款"))
    return Record("r", "t", 2024, values={"project_name": "法律援助"}, funds=funds, indicators=rows)


FORM = form("甲", "乙", "丙", "丁")


def names(record: Record) -> str:
    return "".join(one.name or "_" for one in record.indicators)


@pytest.mark.parametrize(
    ("pattern", "values", "text"),
    [
        (DEPARTMENT, {"department_code": "144", "department": "州司法局"}, "[144]州司法局"),
        (DEPARTMENT, {"department": "州司法局"}, "州司法局"),
        (DEPARTMENT, {"department_code": "144"}, "[144]"),
        (DEPARTMENT, {}, ""),
        (GROUP, {"level1": "产出指标", "level1_weight": "50"}, "产出指标（50分）"),
        (GROUP, {"level1": "产出指标", "level1_weight": ""}, "产出指标"),
        (GROUP, {"level1": "产出（{level1_weight}）", "level1_weight": "5"}, "产出（{level1_weight}）（5分）"),
        ("单位（盖章）：{seal}", {"seal": "县局"}, "单位（盖章）：县局"),
        ("单位（盖章）：{seal}", {}, "单位（盖章）："),
        ("（一）{name}（{weight}分）", {"name": "甲"}, "（一）甲"),
        ("（一）{name}，二）", {}, "（一），二）"),  # a bracket closed before the field is not the field's
        ("（{year}年度）", {"year": "2024"}, "（2024年度）"),
        ("没有字段", {"x": "1"}, "没有字段"),
    ],
)
def test_a_pattern_is_filled_and_a_blank_bracket_left_out(pattern: str, values: dict[str, str], text: str) -> None:
    assert compose(pattern, values) == text


@pytest.mark.parametrize(
    ("pattern", "main", "typed", "fields"),
    [
        (DEPARTMENT, "department", "[144]州司法局", {"department_code": "144", "department": "州司法局"}),
        (DEPARTMENT, "department", "州司法局", {"department_code": "", "department": "州司法局"}),
        (DEPARTMENT, "department", "[144]", {"department_code": "144", "department": ""}),
        (DEPARTMENT, "department", "[144", {"department_code": "", "department": "[144"}),
        (DEPARTMENT, "department", "[]州司法局", {"department_code": "", "department": "[]州司法局"}),
        (DEPARTMENT, "department", "[1]2]局", {"department_code": "1", "department": "2]局"}),
        (DEPARTMENT, "department", "", {"department_code": "", "department": ""}),
        (GROUP, "level1", "产出指标（50分）", {"level1": "产出指标", "level1_weight": "50"}),
        (GROUP, "level1", "产出指标(50分)", {"level1": "产出指标(50分)", "level1_weight": ""}),
        (GROUP, "level1", "产出指标（分）", {"level1": "产出指标（分）", "level1_weight": ""}),
        (GROUP, "level1", "产出指标（50分）等", {"level1": "产出指标（50分）等", "level1_weight": ""}),
        (GROUP, "level1", "产出\n指标（50分）", {"level1": "产出\n指标", "level1_weight": "50"}),
        (GROUP, "level1", "（50分）", {"level1": "", "level1_weight": "50"}),
        ("{level1}({level1_weight}%)", "level1", "甲(5%)", {"level1": "甲", "level1_weight": "5"}),
    ],
)
def test_a_typed_text_is_read_back_or_goes_whole_into_the_main_field(
    pattern: str, main: str, typed: str, fields: dict[str, str]
) -> None:
    assert decompose(pattern, typed, main=main) == fields


plain_words = st.text(alphabet="产出指标数量0123456789. ，", max_size=12)


@given(first=plain_words, second=plain_words)
def test_what_was_composed_is_decomposed_again(first: str, second: str) -> None:
    for pattern, keys in ((DEPARTMENT, ("department", "department_code")), (GROUP, ("level1", "level1_weight"))):
        values = dict(zip(keys, (first, second), strict=True))
        assert decompose(pattern, compose(pattern, values), main=keys[0]) == values


@given(st.text(max_size=30), st.sampled_from([DEPARTMENT, GROUP]))
def test_nothing_typed_into_a_pattern_is_lost(typed: str, pattern: str) -> None:
    main = "department" if pattern is DEPARTMENT else "level1"
    assert compose(pattern, decompose(pattern, typed, main=main)) == typed


@pytest.mark.parametrize("binding", PLAIN, ids=lambda one: f"{one.block.value}.{one.key}.{one.row}")
def test_a_text_goes_through_its_binding_and_nowhere_else(binding: Binding) -> None:
    changed = set_text(FORM, binding, " １２\n%")
    assert get_text(changed, binding) == " １２\n%"
    for other in PLAIN:
        if other != binding:
            assert get_text(changed, other) == get_text(FORM, other)


@given(st.sampled_from(PLAIN), st.text())
def test_what_was_set_is_got(binding: Binding, text: str) -> None:
    assert get_text(set_text(FORM, binding, text), binding) == text


@given(st.sampled_from(PLAIN), st.text(min_size=1))
def test_setting_the_old_text_again_brings_the_old_record_back(binding: Binding, text: str) -> None:
    changed = set_text(FORM, binding, text)
    assert set_text(changed, binding, get_text(FORM, binding)) == FORM


def test_an_unchanged_text_gives_the_record_itself() -> None:
    assert set_text(FORM, Binding(Block.VALUES, "project_name"), "法律援助") is FORM
    assert set_text(FORM, Binding(Block.VALUES, "agency"), "") is FORM


@pytest.mark.parametrize("block", [Block.FUNDS, Block.INDICATORS])
@pytest.mark.parametrize("row", [-1, 4, 99])
def test_a_row_that_is_not_there_is_blank_and_takes_nothing(block: Block, row: int) -> None:
    binding = Binding(block, "weight", row=row)
    assert get_text(FORM, binding) == ""
    assert set_text(FORM, binding, "5") is FORM


def test_a_blank_that_a_file_held_stays_when_another_field_is_typed() -> None:
    record = replace(FORM, values={"annex": "", "project_name": "甲"})
    assert dict(set_text(record, Binding(Block.VALUES, "project_name"), "乙").values) == {
        "annex": "",
        "project_name": "乙",
    }


def test_a_cleared_total_is_no_longer_stated() -> None:
    binding = Binding(Block.STATED, "total_score")
    stated = set_text(FORM, binding, "98")
    assert stated.stated == {"total_score": "98"}
    assert set_text(stated, binding, "").stated == {}


def test_a_group_cell_writes_all_its_rows() -> None:
    cell = Binding(Block.INDICATORS, "level1", row=1, count=2, pattern=GROUP)
    changed = set_text(FORM, cell, "效益指标（30分）")
    assert [one.level1 for one in changed.indicators] == ["产出指标", "效益指标", "效益指标", "产出指标"]
    assert [one.level1_weight for one in changed.indicators] == ["50", "30", "30", "50"]
    assert names(changed) == "甲乙丙丁"
    assert get_text(changed, cell) == "效益指标（30分）"


def test_a_group_cell_that_reaches_beyond_the_rows_writes_those_there_are() -> None:
    cell = Binding(Block.INDICATORS, "level2", row=3, count=9)
    assert [one.level2 for one in set_text(FORM, cell, "质量").indicators] == ["数量指标"] * 3 + ["质量"]


def test_a_cell_of_several_single_fields() -> None:
    cell = Binding(Block.VALUES, "department", pattern=DEPARTMENT)
    changed = set_text(FORM, cell, "[144]州司法局")
    assert (changed.value("department_code"), changed.value("department")) == ("144", "州司法局")
    assert get_text(changed, cell) == "[144]州司法局"
    whole = set_text(changed, cell, "[144 州司法局")
    assert (whole.value("department_code"), whole.value("department")) == ("", "[144 州司法局")


@pytest.mark.parametrize(
    ("change", "after"),
    [
        (lambda r: insert_row(r, Block.INDICATORS, 0), "_甲乙丙丁"),
        (lambda r: insert_row(r, Block.INDICATORS, 2), "甲乙_丙丁"),
        (lambda r: insert_row(r, Block.INDICATORS, 4), "甲乙丙丁_"),
        (lambda r: insert_row(r, Block.INDICATORS, 99), "甲乙丙丁_"),
        (lambda r: insert_row(r, Block.INDICATORS, -3), "_甲乙丙丁"),
        (lambda r: duplicate_row(r, Block.INDICATORS, 1), "甲乙乙丙丁"),
        (lambda r: duplicate_row(r, Block.INDICATORS, 3), "甲乙丙丁丁"),
        (lambda r: duplicate_row(r, Block.INDICATORS, 4), "甲乙丙丁"),
        (lambda r: duplicate_row(r, Block.INDICATORS, -2), "甲乙丙丁"),
        (lambda r: delete_rows(r, Block.INDICATORS, 0), "乙丙丁"),
        (lambda r: delete_rows(r, Block.INDICATORS, 1, 2), "甲丁"),
        (lambda r: delete_rows(r, Block.INDICATORS, 2, 99), "甲乙"),
        (lambda r: delete_rows(r, Block.INDICATORS, 0, 4), ""),
        (lambda r: delete_rows(r, Block.INDICATORS, 4), "甲乙丙丁"),
        (lambda r: delete_rows(r, Block.INDICATORS, -1), "甲乙丙丁"),
        (lambda r: delete_rows(r, Block.INDICATORS, 1, 0), "甲乙丙丁"),
        (lambda r: move_row(r, Block.INDICATORS, 0, 3), "乙丙丁甲"),
        (lambda r: move_row(r, Block.INDICATORS, 3, 0), "丁甲乙丙"),
        (lambda r: move_row(r, Block.INDICATORS, 1, 1), "甲乙丙丁"),
        (lambda r: move_row(r, Block.INDICATORS, 1, 4), "甲乙丙丁"),
        (lambda r: move_row(r, Block.INDICATORS, -1, 0), "甲乙丙丁"),
    ],
)
def test_rows_in_and_out(change: Callable[[Record], Record], after: str) -> None:
    changed = change(FORM)
    assert names(changed) == after
    assert (changed is FORM) == (after == "甲乙丙丁")
    assert (changed.values, changed.funds) == (FORM.values, FORM.funds)


def test_an_inserted_row_joins_the_group_of_the_row_above() -> None:
    rows = (
        Indicator(level1="产出", level2="数量", name="甲"),
        Indicator(level1="效益", level2="社会", level1_weight="30"),
    )
    record = replace(FORM, indicators=rows)
    assert insert_row(record, Block.INDICATORS, 1).indicators[1] == Indicator(level1="产出", level2="数量")
    assert insert_row(record, Block.INDICATORS, 2).indicators[2] == Indicator(
        level1="效益", level2="社会", level1_weight="30"
    )
    assert insert_row(record, Block.INDICATORS, 0).indicators[0] == Indicator(level1="产出", level2="数量")
    assert insert_row(replace(FORM, indicators=()), Block.INDICATORS, 0).indicators == (Indicator(),)


row_changes = st.tuples(st.sampled_from([insert_row, duplicate_row, delete_rows]), st.integers(-3, 12))


@given(st.lists(row_changes, max_size=12))
def test_no_row_change_ever_raises_or_touches_another_row(changes: list[tuple[Callable[..., Record], int]]) -> None:
    record = FORM
    for change, index in changes:
        before = record.indicators
        record = change(record, Block.INDICATORS, index)
        assert abs(len(record.indicators) - len(before)) <= 1
        assert set(record.indicators) <= {*before, *(replace(one, name="") for one in FORM.indicators), Indicator()}


def test_a_new_form_is_blank_but_for_what_the_form_prints(templates: Mapping[str, Template]) -> None:
    for template in templates.values():
        record = new_record(template, record_id="1", year=2025, bureau="某县司法局")
        assert (record.id, record.template_id, record.year, record.bureau) == ("1", template.id, 2025, "某县司法局")
        assert record.unit is template.unit
        assert record.value("title") == template.title
        assert [row.label for row in record.funds] == [fund.label for fund in template.funds]
        assert record.indicators == template.starter
        assert not any(one.target or one.actual or one.score for one in record.indicators)
        assert [(one.level, one.text) for one in template.outline] == [
            (one.level, one.heading) for one in record.sections
        ]


def test_a_form_without_a_title_field_gets_none(templates: Mapping[str, Template]) -> None:
    template = templates["national-2020-project-self"]
    untitled = replace(template, fields=tuple(one for one in template.fields if one.key != "title"))
    assert new_record(untitled, record_id="1", year=2025).values == {}


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        (
            {"department": "青山司法局", "agency": "青山司法局"},
            "青山县司法局",
            {"department": "青山县司法局", "agency": "青山县司法局"},
        ),
        (
            {"department": "青山县人民政府", "agency": "青山司法局 "},
            "青山县司法局",
            {"department": "青山县人民政府", "agency": "青山县司法局"},
        ),
        ({"agency": "青山司法局"}, "", {}),
        ({"project_name": "法律援助"}, "青山县司法局", {"project_name": "法律援助"}),
    ],
)
def test_a_mended_office_is_mended_where_the_form_prints_it(
    before: dict[str, str], name: str, after: dict[str, str], templates: Mapping[str, Template]
) -> None:
    template = templates["national-2020-project-self"]
    record = Record("r", template.id, 2024, bureau="青山司法局", values=before)
    mended = with_bureau(template, record, f" {name}")
    assert (mended.bureau, dict(mended.values)) == (name, after)
    assert with_bureau(template, mended, name) is mended


def test_an_office_given_later_fills_the_blank_cells_of_a_form_and_no_others(templates: Mapping[str, Template]) -> None:
    goal = templates["zhijiang-2024-project-goal"]
    printed = {key for key in ("department", "agency") if goal.field(key)}
    given_late = with_bureau(goal, new_record(goal, record_id="r", year=2024), "青山县司法局")
    assert {key for key, text in given_late.values.items() if text == "青山县司法局"} == printed == {"department"}


@pytest.mark.parametrize(
    ("template_id", "code", "unit"),
    [
        ("qiannan-2024-project-self", "144", MoneyUnit.WAN),
        ("national-2020-project-self", "", MoneyUnit.WAN),
        ("chenxi-2021-department-rating", "", MoneyUnit.WAN),
    ],
)
def test_a_new_form_begins_with_what_it_has_room_for(
    templates: Mapping[str, Template], template_id: str, code: str, unit: MoneyUnit
) -> None:
    template = templates[template_id]
    blank = new_record(template, record_id="r", year=2024)
    begun = for_office(template, blank, Office("青山县司法局", "144", unit), project="法律援助")
    assert begun.value("project_name") == ("法律援助" if template.field("project_name") else "")
    assert (begun.bureau, begun.value("department_code"), begun.unit) == ("青山县司法局", code, unit)
    assert for_office(template, blank, Office("")) == blank


def test_the_raw_figures_of_a_rating_keep_their_unit(templates: Mapping[str, Template]) -> None:
    rating = templates["chenxi-2021-department-rating"]
    blank = new_record(rating, record_id="r", year=2024)
    assert for_office(rating, blank, Office("", unit=MoneyUnit.YUAN)).unit is MoneyUnit.WAN
