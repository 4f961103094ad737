"""Lists as files: CSV and Excel hold the texts of the list, figures as numbers, and never a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from perfdesk.exchange.csv_file import write_csv
from perfdesk.exchange.rendering import Rendered, render_lists
from perfdesk.exchange.xlsx import listing as xlsx_listing
from perfdesk.listing import Head, Listing

FORMULAS = ("=1+1", "+86 855", "-", "@SUM(A1)", "\t=1", "  =1+1", "＝1+1", "=100%", "\r=1", "\n+1")


def of(*rows: tuple[str, str], total: tuple[str, ...] = ()) -> Listing:
    return Listing("2024 年各张表", (Head("项目名称", width=34), Head("全年执行数", figures=True)), rows, total)


def render_list(listing: Listing, kind: str, *, made: datetime) -> Rendered:
    return render_lists((listing,), kind, title="列表", made=made)


def read_back(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_holds_heads_rows_and_sums() -> None:
    data = write_csv((of(("普法，“七五”\n宣传", "8.5"), ("援助", "1,200.00"), total=("合计", "1208.5")),))
    assert read_back(data) == [
        ["项目名称", "全年执行数"],
        ["普法，“七五”\n宣传", "8.5"],
        ["援助", "1,200.00"],
        ["合计", "1208.5"],
    ]
    assert data.count(b"\r\n") == 4


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_has_no_text_that_a_spreadsheet_would_run(text: str) -> None:
    _, (name, figure) = read_back(write_csv((of((text, text)),)))
    assert name.startswith("'")
    assert figure.startswith("'")


def test_a_negative_figure_stays_one_and_a_negative_text_does_not() -> None:
    _, first = read_back(write_csv((of(("-3.5", "-3.5")),)))
    assert first == ["'-3.5", "-3.5"]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_csv_takes_any_text(rows: list[tuple[str, str]]) -> None:
    back = read_back(write_csv((of(*rows),)))
    assert len(back) == len(rows) + 1
    assert all(not one.startswith(("=", "+", "@", "\t", "\r")) for row in back for one in row)


def test_excel_has_numbers_where_the_list_has_figures(made: datetime) -> None:
    listing = of(("2019-12", "98.46%"), ("013", "1,200.00"), ("18", "约 3 万"), total=("合计", "1200"))
    data, notes = render_list(listing, "xlsx", made=made)
    sheet = load_workbook(io.BytesIO(data)).active
    shown = [[(one.value, one.number_format) for one in row] for row in sheet.iter_rows()]
    assert shown[1] == [("2019-12", "@"), (0.9846, "0.00%")]
    assert shown[2] == [("013", "@"), (1200, "#,##0.00")]
    assert shown[3] == [("18", "@"), ("约 3 万", "@")]
    assert shown[4] == [("合计", "@"), (1200, "0")]
    assert sheet["A5"].font.bold
    assert not sheet["A4"].font.bold
    assert sheet["A2"].quotePrefix
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:B4", "2024 年各张表")
    assert sheet.column_dimensions["A"].width == 34
    assert notes == ()


@pytest.mark.parametrize("text", FORMULAS)
def test_excel_has_no_formula(text: str, made: datetime) -> None:
    data = render_list(of((text, text)), "xlsx", made=made).data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    sheet = load_workbook(io.BytesIO(data)).active
    assert {sheet["A2"].data_type, sheet["B2"].data_type} == {"s"}


@given(st.text(), st.text())
def test_excel_takes_any_text(name: str, figure: str) -> None:
    made = datetime.fromisoformat("2025-02-05T09:30:00+08:00")
    data = render_list(of((name, figure)), "xlsx", made=made).data
    assert load_workbook(io.BytesIO(data)).active.max_row == 2


def test_the_same_list_gives_the_same_bytes(made: datetime) -> None:
    listing = of(("援助", "3"))
    for kind in ("xlsx", "csv"):
        assert render_list(listing, kind, made=made).data == render_list(listing, kind, made=made).data


def test_what_excel_cannot_hold_is_said(made: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    _, notes = render_list(of(("长" * 40_000, "")), "xlsx", made=made)
    assert notes == ("有 1 格超过 32767 字，Excel 放不下，只写了前面的。",)
    monkeypatch.setattr(xlsx_listing, "_MOST_ROWS", 3)
    data, notes = render_list(of(*[("援助", "1")] * 4, total=("合计", "4")), "xlsx", made=made)
    assert notes == ("一张工作表放不下全部行，最后 2 行没有写进去。请导出为 CSV。",)
    assert load_workbook(io.BytesIO(data)).active["A4"].value == "合计"


def test_an_empty_list_has_its_heads(made: datetime) -> None:
    assert load_workbook(io.BytesIO(render_list(of(), "xlsx", made=made).data)).active.max_row == 1
    assert read_back(write_csv((of(),))) == [["项目名称", "全年执行数"]]


def test_several_lists_stand_in_one_file(made: datetime) -> None:
    two = (of(("援助", "1")), of(("普法", "2")))
    assert read_back(write_csv(two)) == [
        ["2024 年各张表"],
        ["项目名称", "全年执行数"],
        ["援助", "1"],
        [],
        ["2024 年各张表"],
        ["项目名称", "全年执行数"],
        ["普法", "2"],
    ]
    book = load_workbook(io.BytesIO(render_lists(two, "xlsx", title="列表", made=made).data))
    assert [sheet["A2"].value for sheet in book.worksheets] == ["援助", "普法"]
    assert book.sheetnames == ["2024 年各张表", "2024 年各张表（2）"]
