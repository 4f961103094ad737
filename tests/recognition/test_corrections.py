"""What a person says of a cell counts, for all cells of its column, and again in next year's file of the same layout."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from perfdesk.model import Binding, Block
from perfdesk.recognition import Corrections, Place, RecognisedForm, Spot, again, recognise, spot_of
from perfdesk.source import SourceFile
from perfdesk.template import Template
from tests.recognition.sheets import address, drawn, source_of
from tests.recognition.test_foreign_layouts import FUNDS, GOALS, TOP

Templates = Mapping[str, Template]
REASON = Binding(Block.INDICATORS, "reason", row=0)


def source(year: str = "2023", first: str = "台账", names: tuple[str, str] = ("案件数", "受援人权益")) -> SourceFile:
    """Return a form with a column and a field that nobody knows."""
    heads = (
        TOP[0],
        (f"（{year}年度）", *["<"] * 7),
        ("项目名称", "普法经费", "<", "<", "经办人员", "王某", "<", "<"),
        TOP[3],
    )
    rows = (
        ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "佐证材料"),
        ("产出指标", "数量指标", names[0], "≥300件", "312件", "50", "50", first),
        ("效益指标", "社会效益指标", names[1], "有效维护", "达成", "40", "38", "回访记录"),
        ("总分", "<", "<", "<", "<", "100", "88", ""),
    )
    return source_of(drawn((*heads, *FUNDS, *GOALS, *rows)))


def only(found: tuple[RecognisedForm, ...]) -> RecognisedForm:
    (form,) = found
    return form


def place(row: int, column: int) -> Place:
    return Place(0, row, column, address(row, column))


@pytest.fixture
def form(templates: Templates) -> RecognisedForm:
    return only(recognise(source(), templates).forms)


def corrected(form: RecognisedForm, corrections: Corrections) -> RecognisedForm:
    return again(source(), form, form.template, corrections)


def test_strangers_are_left_over_with_their_labels(form: RecognisedForm) -> None:
    found = {one.text: one.why for one in form.leftovers}
    assert found["台账"] == "在“佐证材料”处，表样没有这一格"
    assert found["王某"] == "在“经办人员”处，表样没有这一格"


def test_a_cell_is_known_by_its_labels(form: RecognisedForm) -> None:
    assert spot_of(source(), form, place(10, 7)) == Spot("", "佐证材料", 0)
    assert spot_of(source(), form, place(2, 5)) == Spot("经办人员", "", 0)
    assert spot_of(source(), form, place(90, 1)) is None


@pytest.mark.parametrize("row", [10, 11])
def test_a_column_is_a_field_whichever_of_its_cells_was_shown(form: RecognisedForm, row: int) -> None:
    spot = spot_of(source(), form, place(row, 7))
    assert spot is not None
    new = corrected(form, {spot: REASON})
    assert [one.reason for one in new.record.indicators] == ["台账", "回访记录"]
    assert not {"台账", "回访记录"} & {one.text for one in new.leftovers}


def test_a_cell_is_a_field_and_takes_the_place_of_what_was_read_there(form: RecognisedForm) -> None:
    new = corrected(form, {Spot("经办人员", ""): Binding(Block.VALUES, "agency")})
    assert new.record.value("agency") == "王某"
    reading = next(one for one in new.readings if one.binding.key == "agency")
    assert reading.places == (place(2, 5),)


def test_what_is_not_to_be_taken_is_not_left_over_either(form: RecognisedForm) -> None:
    new = corrected(form, {Spot("", "佐证材料"): None, Spot("项目名称", ""): None})
    assert new.record.value("project_name") == ""
    assert not {"台账", "回访记录", "普法经费"} & {one.text for one in new.leftovers}


def test_one_cell_of_a_known_column_can_be_left_out_alone(form: RecognisedForm) -> None:
    spot = spot_of(source(), form, place(11, 6))
    assert spot is not None
    new = corrected(form, {spot: None})
    assert [one.score for one in new.record.indicators] == ["50", ""]


@pytest.mark.parametrize(
    "strange",
    [
        Binding(Block.INDICATORS, "name", row=900_000),
        Binding(Block.INDICATORS, "no_such_column", row=0),
        Binding(Block.FUNDS, "executed", row=90),
        Binding(Block.FUNDS, "no_such_column", row=0),
        Binding(Block.ROWS, "website", row=0),
        Binding(Block.SECTIONS, "text", row=0),
    ],
)
def test_a_field_the_form_does_not_have_takes_nothing(form: RecognisedForm, strange: Binding) -> None:
    """Such a word comes from another template's form of the same layout."""
    new = corrected(form, {Spot("经办人员", ""): strange})
    assert new.record.indicators == form.record.indicators
    assert "王某" in {one.text for one in new.leftovers}


def test_a_column_keeps_the_pattern_of_its_field(form: RecognisedForm) -> None:
    whole = Binding(Block.INDICATORS, "reason", row=0, count=2, pattern="{reason}（{remark}）")
    new = corrected(form, {Spot("", "佐证材料"): whole})
    assert [one.reason for one in new.record.indicators] == ["台账", "回访记录"]


def test_corrections_are_remembered_by_the_layout(form: RecognisedForm, templates: Templates) -> None:
    next_year = source("2024", "验收单", ("培训场次", "知晓率"))
    known = {form.layout: {Spot("", "佐证材料"): REASON}}
    new = only(recognise(next_year, templates, known=known).forms)
    assert (new.record.year, new.layout) == (2024, form.layout)
    assert [one.reason for one in new.record.indicators] == ["验收单", "回访记录"]


def test_other_labels_are_another_layout(form: RecognisedForm, templates: Templates) -> None:
    plain = source_of(
        drawn(
            (*TOP, *GOALS, ("一级指标", "二级指标", "三级指标", "年度指标值"), ("产出指标", "数量指标", "案件数", "3"))
        )
    )
    assert only(recognise(plain, templates).forms).layout != form.layout


def test_another_template_reads_the_same_cells(form: RecognisedForm, templates: Templates) -> None:
    other = templates["qiannan-2024-project-self"]
    new = again(source(), form, other, {})
    assert new.template is other
    assert new.record.template_id == other.id
    assert [one.name for one in new.record.indicators] == ["案件数", "受援人权益"]
    assert [one for one, _ in new.candidates] == [one for one, _ in form.candidates]
