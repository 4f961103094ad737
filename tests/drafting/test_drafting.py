"""起草表样: drafts of our own blank forms are drawn as these are, with the same cells to fill in; strange ones are usable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from perfdesk.derive import derive
from perfdesk.drafting import Use
from perfdesk.editing import new_record
from perfdesk.errors import UserError
from perfdesk.exchange.drafting import checked, draft_file, save_draft, suggested_name
from perfdesk.exchange.rendering import render
from perfdesk.model import FormKind, Record
from perfdesk.policy import Policy, load_policies
from perfdesk.sheet import Sheet
from perfdesk.template import BlockRole, Template
from tests.conftest import ROOT
from tests.exchange.blank_books import MADE, blank_record
from tests.filled_forms import filled

FORMS = tuple(
    sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml") if "report" not in path.stem)
)
LISTS = {"lingling-2022-publication-list", "summary-project-self"}
PRINTED = ("title", "annex", "month")
WEIGHTED_GROUPS = "chenxi-2021-department-rating"  # the points of its 二级指标 stand in one cell with them
THIN = Border(*(Side(style="thin") for _side in range(4)))


@pytest.fixture(scope="module")
def policies() -> Mapping[str, Policy]:
    return load_policies(ROOT / "resources" / "policies")


def blank_form(template: Template) -> Record:
    """Return a blank form with what a bureau prints into it."""
    ours = filled(template)
    values = {key: ours.values[key] for key in PRINTED if key in ours.values}
    return replace(blank_record(template, ours), values=values)


def file_of(template: Template, folder: Path, kind: str) -> Path:
    path = folder / f"{template.title}.{kind}"
    layout = derive(template, blank_form(template)).layout
    path.write_bytes(render((layout,), kind, title=template.title, made=MADE).data)
    return path


def sheet_of(template: Template, like: Record) -> Sheet:
    """Return a new form of a template, with what the bureau prints, as it is drawn."""
    fresh = new_record(template, record_id="new", year=like.year)
    return derive(template, replace(fresh, unit=like.unit, values=like.values)).sheet


def drawn(sheet: Sheet) -> set[tuple[int, int, int, int, str]]:
    return {(one.row, one.column, one.row_span, one.column_span, one.text.strip()) for one in sheet.cells}


def open_cells(sheet: Sheet) -> set[tuple[int, int]]:
    return {(one.row, one.column) for one in sheet.cells if one.binding is not None}


@pytest.mark.parametrize("name", [name for name in FORMS if name not in LISTS])
def test_a_draft_of_a_blank_form_is_drawn_as_the_form(
    name: str, templates: Mapping[str, Template], policies: Mapping[str, Policy], tmp_path: Path
) -> None:
    template = templates[name]
    found = draft_file(file_of(template, tmp_path, "xlsx"), templates)
    made = checked(found.draft, policies)
    like = blank_form(template)
    ours, theirs = derive(template, like).sheet, sheet_of(made, like)
    assert (made.kind, made.unit, made.title) == (template.kind, template.unit, template.title)
    differing = drawn(ours) ^ drawn(theirs)
    assert len(differing) <= (24 if name == WEIGHTED_GROUPS else 0), differing
    missing = open_cells(ours) - open_cells(theirs)
    assert len(missing) <= _FEW, missing
    assert all(abs(one - two) < 1 for one, two in zip(made.columns_mm, template.columns_mm, strict=True))


_FEW = 3
"""Cells that the form fills only with a label in them (政府性基金拨款：) or from its heading."""


@pytest.mark.parametrize("name", sorted(LISTS))
def test_a_draft_of_a_list_has_its_columns(
    name: str, templates: Mapping[str, Template], policies: Mapping[str, Policy], tmp_path: Path
) -> None:
    template = templates[name]
    made = checked(draft_file(file_of(template, tmp_path, "xlsx"), templates).draft, policies)
    assert made.repeated is not None
    assert made.repeated.role is BlockRole.LIST
    assert template.repeated is not None
    assert [one.key for one in made.repeated.body] == [one.key for one in template.repeated.body]
    assert [(one.key, one.label) for one in made.columns] == [(one.key, one.label) for one in template.columns]


@pytest.mark.parametrize("name", ["national-2020-project-self", "zhijiang-2024-project-goal"])
def test_a_draft_is_made_of_a_word_file_too(
    name: str, templates: Mapping[str, Template], policies: Mapping[str, Policy], tmp_path: Path
) -> None:
    template = templates[name]
    found = draft_file(file_of(template, tmp_path, "docx"), templates)
    made = checked(found.draft, policies)
    like = blank_form(template)
    ours = {one[4] for one in drawn(derive(template, like).sheet)}
    theirs = {one[4] for one in drawn(sheet_of(made, like))}
    assert len(ours - theirs) <= _FEW, ours - theirs
    assert made.indicator_columns == template.indicator_columns


def test_the_fields_keep_what_the_nearest_template_knows_of_them(
    templates: Mapping[str, Template], policies: Mapping[str, Policy], tmp_path: Path
) -> None:
    made = checked(
        draft_file(file_of(templates["hubei-2020-project-self"], tmp_path, "xlsx"), templates).draft, policies
    )
    ours = templates["hubei-2020-project-self"]
    for key in ("project_name", "category", "agency"):
        assert made.field(key) == ours.field(key)
    assert [one.key for one in made.funds] == [one.key for one in ours.funds]
    assert made.has_budget_score == ours.has_budget_score


# -------------------------------------------------------------------------------------------------- strange forms
def _strange(folder: Path, change: Any = None) -> Path:  # noqa: ANN401 - what openpyxl gives
    """Write a form that no template resembles."""
    book = Workbook()
    sheet = book.active
    rows = [
        ["矛盾纠纷调解“以奖代补”资金绩效情况表", "", "", ""],
        ["填报单位：", "", "金额单位：元", ""],
        ["调委会名称", "", "负责人", ""],
        ["辖区人口", "", "专职调解员", ""],
        ["调解方式", "□上门　□电话　□网络", "", ""],
        ["工作小结", "", "", ""],
        ["一级指标", "二级指标", "三级指标", "佐证材料"],
        ["产出指标", "数量指标", "", ""],
        ["效益指标", "社会效益指标", "", ""],
        ["注：本表一式两份。", "", "", ""],
    ]
    for row in rows:
        sheet.append(row)
    for line in sheet["A3:D9"]:
        for cell in line:
            cell.border = THIN
    for area in ("A1:D1", "B5:D5", "B6:D6", "A10:D10"):
        sheet.merge_cells(area)
    if change is not None:
        change(sheet)
    out = BytesIO()
    book.save(out)
    path = folder / "以奖代补：情况表.xlsx".replace("：", "-")
    path.write_bytes(out.getvalue())
    return path


def test_a_strange_form_gets_fields_of_its_own(
    templates: Mapping[str, Template], policies: Mapping[str, Policy], tmp_path: Path
) -> None:
    found = draft_file(_strange(tmp_path), templates, FormKind.PROJECT_SELF)
    made = checked(found.draft, policies)
    labels = {one.label: one for one in made.fields}
    assert {"调委会名称", "负责人", "辖区人口", "专职调解员", "工作小结"} <= set(labels)
    assert labels["调解方式"].choices == ("上门", "电话", "网络")
    texts = {one.text.strip() for one in sheet_of(made, filled(made)).cells}
    assert "注：本表一式两份。" in texts
    assert made.repeated is not None
    assert "“佐证材料”一列按“备注”填。" in found.draft.notes
    assert {(one.level1, one.level2) for one in made.starter} == {
        ("产出指标", "数量指标"),
        ("效益指标", "社会效益指标"),
    }


def test_what_each_cell_is_for_can_be_told(templates: Mapping[str, Template], tmp_path: Path) -> None:
    draft = draft_file(_strange(tmp_path), templates, FormKind.PROJECT_SELF).draft
    grid = next(at for at, block in enumerate(draft.blocks) if block.role is BlockRole.GRID)
    first, second = draft.cell_at(grid, 0, 0), draft.cell_at(grid, 0, 1)
    assert first is not None
    assert second is not None
    assert (first.use, second.use) == (Use.LABEL, Use.INPUT)
    assert draft.cell_at(grid, 99, 0) is None
    other = draft.with_cell(grid, second, second._replace(drawn="="))
    found = other.cell_at(grid, 0, 1)
    assert found is not None
    assert found.use is Use.BLANK


def test_texts_that_the_grammar_would_take_for_its_own_stay_texts(
    templates: Mapping[str, Template], policies: Mapping[str, Policy], tmp_path: Path
) -> None:
    def change(sheet: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        sheet["A3"], sheet["C3"], sheet["A4"] = "{危险}", "<8分", '引号"和\\'

    made = checked(draft_file(_strange(tmp_path, change), templates, FormKind.PROJECT_SELF).draft, policies)
    texts = {one.text.strip() for one in sheet_of(made, filled(made)).cells}
    assert {"｛危险｝", "＜8分", '引号"和\\'} <= texts


def test_a_draft_is_saved_once(
    templates: Mapping[str, Template], policies: Mapping[str, Policy], tmp_path: Path
) -> None:
    source = _strange(tmp_path)
    draft = draft_file(source, templates, FormKind.PROJECT_SELF).draft
    target = save_draft(draft, tmp_path / "表样" / suggested_name(source), policies)
    assert target == tmp_path / "表样" / "以奖代补-情况表.toml"
    with pytest.raises(UserError, match="已经有了，没有动它"):
        save_draft(draft, target, policies)
    broken = replace(draft, policy="没有这个办法")
    with pytest.raises(UserError):
        save_draft(broken, tmp_path / "别的", policies)
    assert not (tmp_path / "别的.toml").exists()


def test_a_letter_has_no_form(templates: Mapping[str, Template], tmp_path: Path) -> None:
    from docx import Document

    path = tmp_path / "通知.docx"
    document = Document()
    document.add_paragraph("请于本月底前报送。")
    document.save(str(path))
    with pytest.raises(UserError, match="里没有表，起草不了表样"):
        draft_file(path, templates)
