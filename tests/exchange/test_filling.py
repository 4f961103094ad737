"""填入财政局的表: values go into the right cells of a foreign workbook, everything else stays, and nothing is lost in silence."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.styles import numbers
from openpyxl.worksheet.datavalidation import DataValidation

from perfdesk.amounts import MoneyUnit
from perfdesk.derive import Derived, derive
from perfdesk.errors import UserError
from perfdesk.exchange.filling import fill_form, read_blank
from perfdesk.exchange.xlsx.filling import Blank, Filling, open_blank
from perfdesk.exchange.xlsx.reading import read
from perfdesk.filling import Outcome, Result
from perfdesk.model import FormKind, Record
from perfdesk.recognition import recognise
from perfdesk.template import Template
from tests.conftest import ROOT
from tests.exchange.blank_books import SELF, aid, blank_of, blank_record, book_of, changed, row, system_book
from tests.filled_forms import filled

FORMS = tuple(
    sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml") if "report" not in path.stem)
)
_RULE = (
    rb'<dataValidations count="1"><dataValidation type="list" showErrorMessage="1" sqref="A1:ZZZ9 E4 x">'
    rb"<formula1>'a'!$A$1:$A$1048576</formula1></dataValidation></dataValidations></worksheet>"
)
GOAL_POINTS = "hubei-2020-project-self"  # its goals print their points in one cell with their names


def recognised(data: bytes, templates: Mapping[str, Template]) -> Record:
    return recognise(read(data, "表.xlsx"), templates).forms[0].record


def sheet_of(data: bytes) -> Any:  # noqa: ANN401 - openpyxl ships no types
    return load_workbook(BytesIO(data)).active


def line(filling: Filling, name: str) -> Result:
    return next(one for one in filling.results if name in one.name)


def member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def shorter(texts: Mapping[str, str]) -> dict[str, str]:
    """Leave out what a bureau prints itself."""
    return {key: text for key, text in texts.items() if key not in {"annex", "title"}}


@pytest.mark.parametrize("name", FORMS)
def test_a_blank_form_of_each_kind_reads_as_ours_when_it_is_filled(
    name: str, templates: Mapping[str, Template]
) -> None:
    template = templates[name]
    assert template.kind is not FormKind.REPORT
    ours = derive(template, filled(template))
    filling = fill_form(blank_of(template, ours.record), ours, templates)
    assert {one.outcome for one in filling.results} <= {Outcome.FILLED, Outcome.SAME}
    got, wanted = recognised(filling.data, templates), recognised(book_of(ours), templates)
    assert shorter(got.values) == shorter(wanted.values)
    assert got.rows == wanted.rows
    assert [_figures(one) for one in got.funds] == [_figures(one) for one in wanted.funds]
    assert [_row(one, name) for one in got.indicators] == [_row(one, name) for one in wanted.indicators]


def _figures(fund: Any) -> tuple[str, ...]:  # noqa: ANN401 - any row of a record
    return tuple(_plain(getattr(fund, key)) for key in fund.__slots__)


def _row(indicator: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401 - any row of a record
    keys = [key for key in indicator.__slots__ if not (name == GOAL_POINTS and key == "goal_weight")]
    return tuple(_plain("".join(getattr(indicator, key).split())) for key in keys)


def _plain(text: str) -> str:
    """10.00 is 10 in a cell that shows figures as they come."""
    return text.rstrip("0").rstrip(".") if "." in text and text.replace(".", "").isdigit() else text


# -------------------------------------------------------------------------------------------------------------- rows
def test_rows_go_to_the_name_that_the_file_prints(templates: Mapping[str, Template]) -> None:
    blank = open_blank(system_book(("宣传场次", "办理法律援助案件", "培训人次")), "导入.xlsx")
    ours = aid(templates, row("办理法律援助案件", actual="85件"), row("宣传 场次", actual="12场"), row("调解案件"))
    filling = fill_form(blank, ours, templates)
    sheet = sheet_of(filling.data)
    assert [sheet.cell(at, 5).value for at in (4, 5, 6)] == ["12场", "85件", None]
    assert sheet["C4"].value == "宣传场次"  # what the file prints stays
    lost = line(filling, "调解案件")
    assert (lost.outcome, lost.why) == (Outcome.NO_PLACE, "表里没有这个名称的三级指标")
    assert "“宣传 场次”与表里的“宣传场次”写法略有不同，按同一项填；表里的名称没有动。" in filling.notes


def test_a_target_that_stands_there_is_kept_unless_asked(templates: Mapping[str, Template]) -> None:
    blank = open_blank(system_book(("办理案件", "培训人次")), "导入.xlsx")
    ours = aid(templates, row("办理案件"))
    kept = fill_form(blank, ours, templates)
    assert line(kept, "办理案件，年度指标值")[3:] == (Outcome.KEPT, "原有“≥10件”")
    assert sheet_of(kept.data)["D4"].value == "≥10件"
    put = fill_form(blank, ours, templates, overwrite=True)
    assert line(put, "办理案件，年度指标值").why == "原有“≥10件”已换掉"
    assert sheet_of(put.data)["D4"].value == "≥70件"


def test_free_rows_are_filled_below_their_group_and_the_rest_is_named(templates: Mapping[str, Template]) -> None:
    template = templates[SELF]
    rows = (row("办理案件"), row("结案率", level2="质量指标"), row("回访率", level2="质量指标"))
    ours = aid(templates, *rows)
    room = replace(blank_record(template, ours.record), indicators=blank_record(template, ours.record).indicators[:2])
    filling = fill_form(open_blank(book_of(derive(template, room)), "空表.xlsx"), ours, templates)
    got = recognised(filling.data, templates)
    assert [one.name for one in got.indicators] == ["办理案件", "结案率"]
    assert line(filling, "回访率").outcome is Outcome.NO_PLACE


def test_signs_that_the_system_refuses_are_named(templates: Mapping[str, Template]) -> None:
    blank = open_blank(system_book(("办理案件", "培训人次")), "导入.xlsx")
    ours = aid(templates, row("办理案件", actual="2024-12"))
    filling = fill_form(blank, ours, templates, system=True)
    refused = line(filling, "办理案件，实际完成值")
    assert (refused.outcome, refused.address, refused.why) == (Outcome.REFUSED, "E4", "系统不收“-”，请换个写法")
    assert sheet_of(filling.data)["E4"].value is None
    assert line(fill_form(blank, ours, templates), "办理案件，实际完成值").outcome is Outcome.FILLED


def test_amounts_are_converted_to_the_unit_of_the_file(templates: Mapping[str, Template]) -> None:
    ours = aid(templates, row("办理案件"))
    in_yuan = replace(ours.record, unit=MoneyUnit.YUAN, funds=tuple(_in_yuan(one) for one in ours.record.funds))
    filling = fill_form(blank_of(templates[SELF], ours.record), derive(templates[SELF], in_yuan), templates)
    got = recognised(filling.data, templates)
    assert (got.unit, got.funds[0].executed) == (MoneyUnit.WAN, "9.846")
    assert any("已换算" in note for note in filling.notes)


def _in_yuan(fund: Any) -> Any:  # noqa: ANN401 - a fund row
    keys = ("initial_budget", "annual_budget", "executed")
    return replace(
        fund, **{key: text and str(int(float(text) * 10000)) for key in keys if (text := getattr(fund, key))}
    )


# ------------------------------------------------------------------------------------------------- what the file says
def _book(templates: Mapping[str, Template], change: object) -> tuple[Blank, Derived]:
    """Return the blank workbook of a form with something done to it, and the form."""
    ours = aid(templates, row("办理案件", actual="=100%"))
    data = book_of(derive(templates[SELF], blank_record(templates[SELF], ours.record)))
    return open_blank(changed(data, change), "空表.xlsx"), ours  # type: ignore[arg-type]  # each test has a lambda of its own


def _where(blank: Blank, ours: Derived, templates: Mapping[str, Template], name: str) -> str:
    """Return the address of a field in the blank workbook."""
    return line(fill_form(blank, ours, templates), name).address


def test_only_what_is_written_into_changes(templates: Mapping[str, Template]) -> None:
    ours = aid(templates, row("办理案件"))
    blank = blank_of(templates[SELF], ours.record)
    filling = fill_form(blank, ours, templates)
    with zipfile.ZipFile(BytesIO(blank.data)) as before, zipfile.ZipFile(BytesIO(filling.data)) as after:
        names = [one.filename for one in before.infolist()]
        assert [one.filename for one in after.infolist()] == names
        differing = [name for name in names if before.read(name) != after.read(name)]
    assert differing == ["xl/worksheets/sheet1.xml"]
    old, new = sheet_of(blank.data), sheet_of(filling.data)
    assert old.merged_cells.ranges == new.merged_cells.ranges
    assert {key: one.width for key, one in old.column_dimensions.items()} == {
        key: one.width for key, one in new.column_dimensions.items()
    }
    assert all(
        one.style_id == new[one.coordinate].style_id for line_ in old.iter_rows() for one in line_ if not one.value
    )


def test_filling_nothing_gives_the_same_bytes(templates: Mapping[str, Template]) -> None:
    ours = aid(templates, row("办理案件"))
    full = open_blank(fill_form(blank_of(templates[SELF], ours.record), ours, templates).data, "已填.xlsx")
    again = fill_form(full, ours, templates)
    assert again.data == full.data
    assert {one.outcome for one in again.results} == {Outcome.SAME}


def test_a_formula_is_left_alone_and_the_file_asks_to_be_computed(templates: Mapping[str, Template]) -> None:
    blank, ours = _book(templates, lambda sheet: None)
    address = _where(blank, ours, templates, "总分，得分")
    blank, ours = _book(templates, lambda sheet: sheet.__setitem__(address, "=SUM(A1:A2)"))
    filling = fill_form(blank, ours, templates)
    assert line(filling, "总分，得分").outcome is Outcome.FORMULA
    assert sheet_of(filling.data)[address].value == "=SUM(A1:A2)"
    assert b'fullCalcOnLoad="1"' in member(filling.data, "xl/workbook.xml")
    assert any("重新计算" in note for note in filling.notes)


def test_numbers_take_the_format_of_the_cell_and_texts_stay_texts(templates: Mapping[str, Template]) -> None:
    plain, ours = _book(templates, lambda sheet: None)
    rate, spent = (_where(plain, ours, templates, f"年度资金总额，{name}") for name in ("执行率", "全年执行数"))
    weight, actual = (_where(plain, ours, templates, f"办理案件，{name}") for name in ("分值", "实际完成值"))

    def change(sheet: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        sheet[rate].number_format = numbers.FORMAT_PERCENTAGE_00
        sheet[spent].number_format = "#,##0.0"
        sheet[weight].number_format = numbers.FORMAT_TEXT

    blank, ours = _book(templates, change)
    filling = fill_form(blank, ours, templates)
    sheet = sheet_of(filling.data)
    assert (sheet[rate].value, sheet[rate].number_format) == (0.9846, "0.00%")
    assert (sheet[spent].value, sheet[spent].number_format) == (9.846, "#,##0.0")
    assert any(spent in note and "显示得短一些" in note for note in filling.notes)
    assert (sheet[weight].value, sheet[weight].data_type) == ("10", "s")
    assert (sheet[actual].value, sheet[actual].data_type) == ("=100%", "s")
    assert sheet[actual].quotePrefix
    assert sheet_of(fill_form(plain, ours, templates).data)[rate].value == "98.46%"  # no per cent shown there: as text


@pytest.mark.parametrize(
    ("validation", "why"),
    [
        (DataValidation("list", formula1='"达成,部分达成,未达成"'), "这一格只能从“达成、部分达成、未达成”里选"),
        (DataValidation("list", formula1="$Z$1:$Z$2"), "这一格只能从“优、良”里选"),
        (DataValidation("whole", operator="between", formula1="0", formula2="100"), "这一格只收数字"),
        (DataValidation("textLength", operator="lessThanOrEqual", formula1="3"), "字数应 ≤ 3，现有 5 字"),
    ],
)
def test_what_a_cell_does_not_take_is_not_written(
    validation: DataValidation, why: str, templates: Mapping[str, Template]
) -> None:
    plain, ours = _book(templates, lambda sheet: None)
    address = _where(plain, ours, templates, "办理案件，实际完成值")

    def change(sheet: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        sheet["Z1"], sheet["Z2"] = "优", "良"
        validation.showErrorMessage = True
        validation.add(address)
        sheet.add_data_validation(validation)

    blank, ours = _book(templates, change)
    filling = fill_form(blank, ours, templates)
    refused = line(filling, "办理案件，实际完成值")
    assert (refused.outcome, refused.why) == (Outcome.REFUSED, why)
    assert sheet_of(filling.data)[address].value is None
    assert sheet_of(filling.data).data_validations.count == 1


@pytest.mark.parametrize(
    ("kind", "operator", "first", "second", "taken"),
    [
        ("decimal", "between", "0", "100", True),
        ("decimal", "notBetween", "0", "100", False),
        ("whole", "greaterThan", "9", None, True),
        ("whole", "lessThan", "10", None, False),
        ("decimal", "equal", "10", None, True),
        ("decimal", "notEqual", "10", None, False),
        ("decimal", "greaterThanOrEqual", "10.5", None, False),
        ("custom", None, "LEN(A1)>3", None, True),
        ("list", None, "OFFSET(A1,0,0)", None, True),
        ("decimal", "between", "A1", "B1", True),
    ],
)
def test_bounds_of_figures_are_kept(
    kind: str, operator: str, first: str, second: str | None, taken: bool, templates: Mapping[str, Template]
) -> None:
    plain, ours = _book(templates, lambda sheet: None)
    address = _where(plain, ours, templates, "办理案件，分值")

    def change(sheet: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        rule = DataValidation(kind, operator=operator, formula1=first, formula2=second, showErrorMessage=True)
        rule.add(address)
        sheet.add_data_validation(rule)

    blank, ours = _book(templates, change)
    outcome = line(fill_form(blank, ours, templates), "办理案件，分值").outcome
    assert outcome is (Outcome.FILLED if taken else Outcome.REFUSED)


def test_a_validation_that_only_warns_refuses_nothing(templates: Mapping[str, Template]) -> None:
    plain, ours = _book(templates, lambda sheet: None)
    address = _where(plain, ours, templates, "办理案件，实际完成值")

    def change(sheet: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        rule = DataValidation("list", formula1='"优,良"', errorStyle="warning", showErrorMessage=True)
        rule.add(address)
        sheet.add_data_validation(rule)

    blank, ours = _book(templates, change)
    assert line(fill_form(blank, ours, templates), "办理案件，实际完成值").outcome is Outcome.FILLED


def test_hidden_sheets_protection_and_names_stay(templates: Mapping[str, Template]) -> None:
    def change(sheet: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        sheet.protection.sheet = True
        hidden = sheet.parent.create_sheet("字典")
        hidden["A1"], hidden.sheet_state = "优", "hidden"

    blank, ours = _book(templates, change)
    filling = fill_form(blank, ours, templates)
    book = load_workbook(BytesIO(filling.data))
    assert [(one.title, one.sheet_state) for one in book.worksheets][1] == ("字典", "hidden")
    assert book.worksheets[0].protection.sheet
    assert member(blank.data, "xl/worksheets/sheet2.xml") == member(filling.data, "xl/worksheets/sheet2.xml")


def test_a_label_in_one_cell_with_its_blank_stays(templates: Mapping[str, Template]) -> None:
    template = templates["qiannan-2024-project-self"]
    ours = filled(template)
    filling = fill_form(blank_of(template, ours), derive(template, ours), templates)
    shown = next(one for one in filling.results if one.name.startswith("填报日期"))
    assert sheet_of(filling.data)[shown.address].value == f"填报日期：{shown.text}"


# --------------------------------------------------------------------------------------------------------- what is not
def test_files_that_cannot_be_filled_say_so(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    word = tmp_path / "表.docx"
    ours = aid(templates, row("办理案件"))
    from perfdesk.exchange.rendering import render
    from tests.exchange.blank_books import MADE

    word.write_bytes(render((ours.layout,), "docx", title="表", made=MADE).data)
    with pytest.raises(UserError, match="不是 Excel 文件，没有填"):
        read_blank(word)
    empty = open_blank(changed(system_book(()), lambda sheet: sheet.delete_rows(1, 9)), "空白.xlsx")
    with pytest.raises(UserError, match="没有认出“空白"):
        fill_form(empty, ours, templates)


def test_a_file_on_disk_is_read(tmp_path: Path, templates: Mapping[str, Template]) -> None:
    path = tmp_path / "导入.xlsx"
    path.write_bytes(system_book(("办理案件", "培训人次")))
    filling = fill_form(read_blank(path), aid(templates, row("办理案件")), templates)
    assert line(filling, "办理案件，实际完成值").address == "E4"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", rb'<row r="5"', rb'<row r="abc"'),
        ("xl/worksheets/sheet1.xml", rb'<row r="5"', rb'<row r="99999999999"'),
        ("xl/worksheets/sheet1.xml", rb'<c r="E4"[^>]*/>', rb'<c t="n"><f t="array" ref="A1:XFD1048576">1</f></c>'),
        ("xl/worksheets/sheet1.xml", rb' s="\d+"', rb' s="-7"'),
        ("xl/styles.xml", rb'numFmtId="\d+"', rb'numFmtId="x"'),
        ("xl/worksheets/sheet1.xml", rb"</worksheet>", _RULE),
    ],
)
def test_odd_markup_neither_breaks_nor_hangs(
    name: str, old: bytes, new: bytes, templates: Mapping[str, Template]
) -> None:
    data = system_book(("办理案件", "培训人次"))
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.namelist():
            text = before.read(one)
            after.writestr(one, re.sub(old, new, text) if one == name else text)
    assert "怪.xlsx" in _tried(out.getvalue(), aid(templates, row("办理案件")), templates)


def _tried(data: bytes, ours: Derived, templates: Mapping[str, Template]) -> str:
    """Fill a file, and return its name when that came to something, else what was said."""
    try:
        filling = fill_form(open_blank(data, "怪.xlsx"), ours, templates)
        return open_blank(filling.data, "怪.xlsx").name
    except UserError as error:
        return str(error)
