"""What a person changes in a draft: each change gives a draft that reads, and nothing is left behind that no cell names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from perfdesk.derive import derive
from perfdesk.drafting import (
    Draft,
    Spot,
    Use,
    as_blank,
    as_computed,
    as_field,
    as_label,
    as_own_field,
    choices_of,
    computed_of,
    is_repeated,
    label_of,
    named,
    spot_of_source,
    spot_on_sheet,
)
from perfdesk.exchange.drafting import Drafted, checked, draft_file
from perfdesk.exchange.rendering import render
from perfdesk.policy import Policy, load_policies
from perfdesk.template import Template
from tests.conftest import ROOT
from tests.exchange.blank_books import MADE, SELF, blank_record
from tests.filled_forms import filled

PUBLIC = "lingling-2022-publication-list"


@pytest.fixture(scope="module")
def policies() -> Mapping[str, Policy]:
    return load_policies(ROOT / "resources" / "policies")


def drafted(templates: Mapping[str, Template], folder: Path, name: str = SELF) -> Drafted:
    path = folder / "空表.xlsx"
    layout = derive(templates[name], blank_record(templates[name], filled(templates[name]))).layout
    path.write_bytes(render((layout,), "xlsx", title="表", made=MADE).data)
    return draft_file(path, templates)


@pytest.fixture
def found(templates: Mapping[str, Template], tmp_path: Path) -> Drafted:
    return drafted(templates, tmp_path)


def spot(draft: Draft, drawn: str) -> Spot:
    """Return the cell in which this is written."""
    return next(Spot(at, cell) for at, block in enumerate(draft.blocks) for cell in block.cells if cell.drawn == drawn)


def test_a_cell_of_the_file_leads_to_what_it_became(found: Drafted) -> None:
    draft = found.draft
    name = spot(draft, "project_name")
    assert name.cell.source is not None
    assert spot_of_source(draft, name.cell.source) == name
    part, row, _ = spot(draft, "=三级指标").cell.source or (0, 0, 0)
    target = next(cell.source for cell in draft.blocks[spot(draft, "target").block].cells if "指标值" in cell.drawn)
    assert target is not None
    assert spot_of_source(draft, (part, row + 2, target[2])) == spot(draft, "target")
    assert spot_of_source(draft, (part, 900, 900)) is None


def test_a_cell_of_the_drawn_form_leads_to_the_draft(found: Drafted, policies: Mapping[str, Policy]) -> None:
    template = checked(found.draft, policies)
    record = blank_record(template, filled(template))
    rows = len(record.indicators)
    for cell in derive(template, record).sheet.cells:
        if cell.binding is None:
            continue
        there = spot_on_sheet(found.draft, cell.row, cell.column, rows)
        assert there is not None
        assert cell.binding.key in there.cell.drawn, (cell, there)
    assert spot_on_sheet(found.draft, 900, 0, rows) is None


def test_a_field_becomes_a_printed_text_and_goes(found: Drafted, policies: Mapping[str, Policy]) -> None:
    draft = as_label(found.draft, spot(found.draft, "department"), "县司法局")
    made = checked(draft, policies)
    assert made.field("department") is None
    assert spot(draft, "=县司法局").cell.use is Use.LABEL


def test_a_cell_becomes_blank_and_a_field_again(
    found: Drafted, policies: Mapping[str, Policy], templates: Mapping[str, Template]
) -> None:
    place = spot(found.draft, "agency")
    blank = as_blank(found.draft, place)
    assert checked(blank, policies).field("agency") is None
    at = blank.blocks[place.block].cells.index(place.cell._replace(drawn="="))
    again = as_field(blank, Spot(place.block, blank.blocks[place.block].cells[at]), "agency", templates[SELF])
    assert checked(again, policies).field("agency") == templates[SELF].field("agency")


def test_a_field_of_its_own_gets_a_name_and_another(found: Drafted, policies: Mapping[str, Policy]) -> None:
    first = as_own_field(found.draft, spot(found.draft, "agency"), " 经办 股室 ", "text")
    key = next(one.key for one in first.fields if one.label == "经办 股室")
    assert checked(first, policies).field(key) is not None
    renamed = as_own_field(first, spot(first, key), "经办人", "long")
    assert [(one.label, one.kind) for one in renamed.fields if one.key == key] == [("经办人", "long")]
    twin = as_own_field(renamed, spot(renamed, "department"), "经办人", "text")
    assert {"经办人", "经办人2"} <= {one.label for one in twin.fields}
    checked(twin, policies)


def test_a_fund_cell_is_chosen_with_its_row(
    found: Drafted, policies: Mapping[str, Policy], templates: Mapping[str, Template]
) -> None:
    place = spot(found.draft, "fiscal.executed")
    choices = dict(choices_of(found.draft, place, templates[SELF]))
    assert choices["other.executed"] == "其他资金：全年执行数"
    made = checked(as_field(found.draft, place, "other.executed", templates[SELF]), policies)
    assert [one.key for one in made.funds] == [one.key for one in templates[SELF].funds]


def test_a_column_of_the_indicators_is_chosen_among_theirs(
    found: Drafted, policies: Mapping[str, Policy], templates: Mapping[str, Template]
) -> None:
    place = spot(found.draft, "reason")
    assert is_repeated(found.draft, place)
    assert dict(choices_of(found.draft, place, templates[SELF]))["remark"] == "备注"
    made = checked(as_field(found.draft, place, "remark", templates[SELF]), policies)
    assert "remark" in made.indicator_columns
    plain = as_label(found.draft, spot(found.draft, "level2"), "")
    assert checked(plain, policies).repeated is not None
    assert plain.blocks[place.block].merge == ("level1",)


def test_a_computed_cell_is_chosen_among_what_is_computed(
    found: Drafted, policies: Mapping[str, Policy], templates: Mapping[str, Template]
) -> None:
    place = spot(found.draft, "department")
    assert ("@total_score", "总分的得分") in computed_of(found.draft, place)
    draft = as_computed(found.draft, place, "@total_score")
    checked(draft, policies)
    score = spot(found.draft, "@score")
    assert computed_of(found.draft, score) == (("@score", "得分"), ("@number", "序号"))


def test_a_list_has_columns_of_its_own(
    templates: Mapping[str, Template], policies: Mapping[str, Policy], tmp_path: Path
) -> None:
    found = drafted(templates, tmp_path, PUBLIC)
    column = found.draft.columns[1]
    place = spot(found.draft, column.key)
    assert (column.key, column.label) in choices_of(found.draft, place, templates[PUBLIC])
    assert computed_of(found.draft, place) == (("@number", "序号"),)
    made = checked(as_blank(found.draft, place), policies)
    assert column.key not in {one.key for one in made.columns}


def test_what_a_cell_says_is_told(found: Drafted) -> None:
    draft = found.draft
    assert label_of(draft, spot(draft, "project_name")) == "项目名称"
    assert label_of(draft, spot(draft, "=项目名称")) == "项目名称"
    assert label_of(draft, spot(draft, "target")) == "年度指标值"
    assert label_of(draft, spot(draft, "=")) == ""


def test_a_template_is_called_otherwise(found: Drafted) -> None:
    assert named(found.draft, " 某县 自评表 ").title == "某县 自评表"
    assert named(found.draft, " ").title == found.draft.title
