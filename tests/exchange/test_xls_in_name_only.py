"""Web pages and Excel's old XML under the name .xls, as the systems of many offices hand them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.exchange import opening, xls
from perfdesk.source import SourceKind, SourceTable, SourceText

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="{charset}"><style>td {{}}</style></head>
<body><h2>项目支出绩效自评表</h2><p>（2024年度）</p>
<table border=1>
 <thead><tr><th rowspan="2">一级指标</th><th colspan=2>年度
   指标</th></tr></thead>
 <tbody><tr><td>办结率<br>（件）</td><td><p>95%</p><p>以上&nbsp;</p></td></tr>
 <tr style="display: none"><td>隐藏</td><td><table><tr><td>内</td></tr></table></td></tr></tbody>
</table>填表人：<!-- 注 --><script>x</script></body></html>"""
XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/>
<Font ss:FontName="宋体" ss:Bold="1"/><Alignment ss:Horizontal="Center"/>
</Style><Style ss:ID="d"><NumberFormat ss:Format="Long Date"/></Style></Styles>
<Worksheet ss:Name="自评表"><Table><Column ss:Width="60"/><Column ss:Index="3" ss:Span="1" ss:Hidden="1" ss:Width="x"/>
<Row ss:Height="20"><Cell ss:MergeAcross="2"><Data ss:Type="String">项目支出绩效自评表</Data></Cell>
<Cell><Data ss:Type="String">右</Data></Cell></Row>
<Row ss:Index="3" ss:Hidden="1"><Cell ss:StyleID="p"><Data ss:Type="Number">0.99324</Data></Cell>
<Cell ss:Index="3" ss:StyleID="d"><Data ss:Type="DateTime">2020-12-31T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="DateTime">2020-12-31T12:00:00.000</Data></Cell><Cell><Data ss:Type="DateTime">去年</Data></Cell>
<Cell><Data ss:Type="Boolean">1</Data></Cell><Cell/></Row></Table></Worksheet>
<Worksheet ss:Name="说明"><x:WorksheetOptions xmlns:x="urn:x"><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


@pytest.mark.parametrize(("encoding", "charset"), [("utf-8", "utf-8"), ("gb18030", "gb2312"), ("utf-16", "utf-16")])
def test_a_web_page(tmp_path: Path, encoding: str, charset: str) -> None:
    path = tmp_path / "自评表.xls"
    path.write_bytes(PAGE.format(charset=charset).encode(encoding))
    source = opening.read(path)
    first, inner = source.tables
    assert [one for one in source.parts if isinstance(one, SourceText)] == [
        SourceText("项目支出绩效自评表", "第 1 段", 2),
        SourceText("（2024年度）", "第 2 段"),
        SourceText("填表人：", "第 3 段"),
    ]
    assert [(one.address, one.row_span, one.column_span, one.text, one.hidden) for one in first.cells] == [
        ("A1", 2, 1, "一级指标", False),
        ("B1", 1, 2, "年度 指标", False),
        ("B2", 1, 1, "办结率\n（件）", False),
        ("C2", 1, 1, "95%\n以上", False),
        ("A3", 1, 1, "隐藏", True),
    ]
    assert [one.text for one in inner.cells] == ["内"]
    assert (source.kind, source.notes) == (SourceKind.XLS, ("文件名像 Excel，其实是网页，按网页里的表格来读。",))


def test_a_damaged_page_in_gbk_is_read_and_one_of_no_encoding_refused() -> None:
    page = PAGE.format(charset="gb2312").encode("gb18030")
    damaged = page.replace("填".encode("gbk"), b"\xff\xff")
    assert isinstance(xls.read(damaged, "表.xls").parts[2], SourceTable)
    with pytest.raises(UserError, match="已经损坏"):
        xls.read(b"<table>\xff\xff</table>", "表.xls")
    with pytest.raises(UserError, match="多得不像"):
        xls.read(b"<table>" + b"<td>" * 700_000, "表.xls")


def test_too_many_cells_of_a_page() -> None:
    page = "<table>" + "<tr><td>甲</td></tr>" * 100_000 + "</table><table><tr><td>乙</td></tr></table>"
    source = xls.read(page.encode(), "表.xls")
    assert len(source.tables) == 1
    assert source.notes[1] == "内容太多，有 1 张表没有读。"


def test_excels_old_xml(tmp_path: Path) -> None:
    path = tmp_path / "自评表.xls"
    path.write_text(XML, encoding="utf-8")
    source = opening.read(path)
    first, second = source.tables
    assert [(one.address, one.column_span, one.text, one.raw, one.hidden) for one in first.cells] == [
        ("A1", 3, "项目支出绩效自评表", "", False),
        ("D1", 1, "右", "", True),
        ("A3", 1, "99.32%", "0.99324", True),
        ("C3", 1, "2020年12月31日", "", True),
        ("D3", 1, "2020/12/31", "", True),
        ("E3", 1, "去年", "", True),
        ("F3", 1, "TRUE", "", True),
    ]
    assert (first.cells[2].bold, first.cells[2].align, first.column_widths[0]) == (True, "center", 60)
    assert (second.name, second.hidden) == ("说明", True)
    assert source.notes == ("文件名像 .xls，其实是 Excel 2003 的 XML，按其中的表格来读。",)


def test_too_many_cells_of_old_xml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdesk.exchange.xls.xml2003.MAX_CELLS", 1)
    assert "“自评表”内容太多，只读了前 1 行。" in xls.read(XML.encode(), "表.xls").notes
