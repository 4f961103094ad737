"""铅字 (printed words): what the form prints itself, what has to be filled in, and totals of a form that nobody began."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from perfdesk.derive import derive
from perfdesk.editing import new_record, set_text
from perfdesk.model import Binding, Block, Record, Verdict
from perfdesk.sheet import Cell
from perfdesk.template import Filled, Template

RATING, GOALS, SUMMARY = "chenxi-2021-department-rating", "zhijiang-2024-project-goal", "summary-project-self"
DEPARTMENT, HUBEI, NATIONAL = "lingling-2022-department-self", "hubei-2020-project-self", "national-2020-project-self"


def blank(template: Template) -> Record:
    return new_record(template, record_id="r", year=2024)


def cell(template: Template, record: Record, binding: Binding, *, tick: str = "") -> Cell:
    found = derive(template, record).sheet.cells
    return next(one for one in found if one.binding and one.binding.covers(binding) and one.tick == tick)


def typed_letters(one: Cell) -> str:
    """The letters of a cell that somebody typed."""
    return one.text if one.inked is None else "".join(one.text[first:end] for first, end in one.inked)


@pytest.mark.parametrize(
    ("form", "key", "text"),
    [
        (RATING, "name", "职责明确\n（1分）"),
        (RATING, "level1", "投入\n（15分）"),
        (GOALS, "level2", "经济成本指标"),
        (DEPARTMENT, "level1", "产出指标\n（50分）"),
    ],
)
def test_the_words_a_form_begins_with_are_printed_and_nobody_has_to_fill_them(
    templates: Mapping[str, Template], form: str, key: str, text: str
) -> None:
    template, binding = templates[form], Binding(Block.INDICATORS, key, row=0)
    found = cell(template, blank(template), binding)
    assert (found.text.replace("\n", ""), typed_letters(found), found.required) == (text.replace("\n", ""), "", False)
    other = cell(template, set_text(blank(template), binding, "另一指标"), binding)
    assert other.text.startswith("另一指标")
    assert typed_letters(other) == other.text


def test_a_printed_name_that_was_cleared_has_to_be_filled_again(templates: Mapping[str, Template]) -> None:
    template, name = templates[RATING], Binding(Block.INDICATORS, "name", row=0)
    found = cell(
        template, replace(blank(template), indicators=(replace(template.starter[0], name="", weight=""),)), name
    )
    assert (found.required, found.blank) == (True, True)


@pytest.mark.parametrize("text", ["", "12", "12.50"])
def test_of_a_label_only_its_field_is_typed(templates: Mapping[str, Template], text: str) -> None:
    template = templates[DEPARTMENT]
    key = next(one.key for one in template.fields if one.label == "基本支出")
    binding = Binding(Block.VALUES, key)
    found = cell(template, set_text(blank(template), binding, text), binding)
    assert found.text == f"其中：基本支出：{text}"
    assert typed_letters(found) == text


def test_of_words_with_boxes_only_the_ticks_are_typed(templates: Mapping[str, Template]) -> None:
    template = templates[HUBEI]
    field = next(one for one in template.fields if one.choices)
    binding = Binding(Block.VALUES, field.key)
    assert typed_letters(cell(template, blank(template), binding)) == ""
    ticked = cell(template, set_text(blank(template), binding, field.choices[0]), binding)
    assert typed_letters(ticked) == "☑"


# ------------------------------------------------------------------------------------------------- what is still to fill


@pytest.mark.parametrize("form", [RATING, GOALS, DEPARTMENT, HUBEI, NATIONAL, "zhijiang-2024-department-goal"])
def test_a_form_that_nobody_began_is_not_ready(templates: Mapping[str, Template], form: str) -> None:
    derived = derive(templates[form], blank(templates[form]))
    assert derived.completion < Decimal("0.5")
    assert derived.verdict is Verdict.FILLING


def test_a_rating_is_filled_when_its_items_have_points(templates: Mapping[str, Template]) -> None:
    template = templates[RATING]
    rows = tuple(replace(one, score=one.weight) for one in template.starter)
    assert derive(template, replace(blank(template), indicators=rows)).completion == 1
    without = (*rows[:-1], replace(rows[-1], score=""))
    assert derive(template, replace(blank(template), indicators=without)).completion < 1


def test_a_summary_waits_for_the_points_of_its_projects(templates: Mapping[str, Template]) -> None:
    template, other = templates[SUMMARY], Filled(templates[NATIONAL], blank(templates[NATIONAL]))
    assert derive(template, blank(template), (other,)).verdict is Verdict.FILLING


def test_every_group_of_a_goal_table_wants_one_row(templates: Mapping[str, Template]) -> None:
    template = templates[GOALS]
    cells = derive(template, blank(template)).sheet.cells
    wanted = [one.binding.row for one in cells if one.required and one.binding and one.binding.key == "name"]
    assert [template.starter[row].level1 for row in wanted] == ["成本指标", "产出指标", "效益指标", "满意度指标"]


# ---------------------------------------------------------------------------------------------------------------- totals


def test_the_total_row_is_blank_until_there_is_something_to_add_up(templates: Mapping[str, Template]) -> None:
    template, record = templates[NATIONAL], blank(templates[NATIONAL])
    weight, score = Binding(Block.STATED, "total_weight"), Binding(Block.STATED, "total_score")
    assert (cell(template, record, weight).text, cell(template, record, score).text) == ("", "")
    record = set_text(record, Binding(Block.INDICATORS, "weight", row=0), "20")
    assert (cell(template, record, weight).text, cell(template, record, score).text) == ("30", "")
    record = set_text(record, Binding(Block.FUNDS, "annual_budget", row=0), "15")
    record = set_text(record, Binding(Block.FUNDS, "executed", row=0), "15")
    assert cell(template, record, score).text == "10.00"
