"""Old workbooks (.xls): the same texts, merges and formats as .xlsx, and damaged ones refused in one sentence."""

from __future__ import annotations

from io import BytesIO
from random import Random

import pytest
import xlwt

from perfdesk.errors import UserError
from perfdesk.exchange import xls
from perfdesk.source import SourceCell, SourceKind, SourceTable


def form() -> bytes:
    """Write an old workbook with all that a form has."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("自评表")
    bold = xlwt.easyxf("font: bold on; align: horiz center")
    sheet.write_merge(0, 0, 0, 3, "项目支出绩效自评表", bold)
    sheet.write(1, 0, "执行率")
    sheet.write(1, 1, 0.99324, xlwt.easyxf(num_format_str="0.00%"))
    sheet.write(1, 2, 1234567.5, xlwt.easyxf(num_format_str="#,##0.00"))
    sheet.write(1, 3, 44196, xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
    sheet.write(2, 0, 10, xlwt.easyxf(num_format_str='0"分"'))
    sheet.write(2, 1, True)
    sheet.write(2, 2, "R", xlwt.easyxf("font: name Wingdings 2"))
    sheet.write(2, 3, 95)
    sheet.write_merge(3, 5, 0, 0, "")
    sheet.write(3, 1, "隐藏行里的话")
    sheet.row(3).hidden = True
    sheet.col(0).width = 20 * 256
    book.add_sheet("填报说明").visibility = 1
    target = BytesIO()
    book.save(target)
    return target.getvalue()


FORM = form()


def table() -> SourceTable:
    return xls.read(FORM, "表.xls").tables[0]


def test_cells_read_as_a_person_sees_them() -> None:
    found = {one.address: one for one in table().cells}
    assert found["A1"] == SourceCell(0, 0, 1, 4, "项目支出绩效自评表", "A1", bold=True, align="center")
    texts = {address: (one.text, one.raw) for address, one in found.items()}
    assert texts["B2"] == ("99.32%", "0.99324")
    assert texts["C2"] == ("1,234,567.50", "")
    assert [texts[one][0] for one in ("D2", "A3", "B3", "C3", "D3")] == ["2020年12月31日", "10分", "TRUE", "☑", "95"]


def test_merges_hidden_rows_and_sheets() -> None:
    source = xls.read(FORM, "表.xls")
    found = {one.address: one for one in source.tables[0].cells}
    assert (found["A4"].row_span, found["A4"].text, found["B4"].hidden) == (3, "", True)
    assert [(one.name, one.hidden) for one in source.tables] == [("自评表", False), ("填报说明", True)]
    assert source.tables[0].column_widths[0] == 120
    assert (source.kind, source.notes, source.tables[0].row_count) == (SourceKind.XLS, (), 6)


def test_too_much_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdesk.exchange.xls.records.MAX_CELLS", 2)
    source = xls.read(FORM, "表.xls")
    assert source.notes == ("“自评表”内容太多，只读了前 2 行。", "内容太多，“填报说明”没有读。")
    monkeypatch.setattr("perfdesk.exchange.xls.records.MAX_FILE", 100)
    with pytest.raises(UserError, match=r"“表\.xls”大于"):
        xls.read(FORM, "表.xls")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_file_that_was_cut_off_is_refused_or_read(share: float) -> None:
    try:
        source = xls.read(FORM[: int(len(FORM) * share)], "表.xls")
    except UserError as error:
        assert "已经损坏" in str(error)  # noqa: PT017 - reading a part of it is right too
    else:
        assert source.tables


def test_damaged_bytes_never_raise_anything_else() -> None:
    random = Random(7)  # noqa: S311 - the same damage every time
    for _ in range(60):
        raw = bytearray(FORM)
        for _ in range(random.randint(1, 12)):
            raw[random.randrange(len(raw))] = random.randrange(256)
        try:
            xls.read(bytes(raw), "表.xls")
        except UserError as error:
            assert str(error).startswith("“表.xls”")  # noqa: PT017 - most are read all the same


def test_a_password_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import xlrd

    def refuse(**_: object) -> None:
        raise xlrd.XLRDError("Workbook is encrypted")

    monkeypatch.setattr(xlrd, "open_workbook", refuse)
    with pytest.raises(UserError, match="打开密码"):
        xls.read(FORM, "表.xls")
