"""Excel files as they come: number formats, merges, hidden rows, formulas without a result, sheets of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from perfdesk.derive import derive
from perfdesk.errors import UserError
from perfdesk.exchange import xlsx as writing
from perfdesk.exchange.squares import address, area, column_number
from perfdesk.exchange.xlsx.reading import read
from perfdesk.model import Record
from perfdesk.source import SourceTable, SourceText
from perfdesk.template import Template
from tests.handmade_files import R, data, packed, xlsx

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0&quot;分&quot;"/></numFmts>'
    '<fonts><font><name val="宋体"/></font><font><b/><name val="黑体"/></font><font><name val="Wingdings 2"/></font></fonts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="4"/><xf numFmtId="164"/><xf numFmtId="31"/>'
    '<xf fontId="1"><alignment horizontal="center"/></xf><xf fontId="2"/><xf numFmtId="49"/></cellXfs>'
)


def only(raw: bytes) -> SourceTable:
    source = read(raw, "表.xlsx")
    assert len(source.tables) == 1
    return source.tables[0]


@pytest.mark.parametrize(
    ("cell", "text", "raw"),
    [
        ('<c r="A1" s="1"><v>0.9932</v></c>', "99.32%", ""),
        ('<c r="A1" s="1"><v>0.99324000000000001</v></c>', "99.32%", "0.99324"),
        ('<c r="A1" s="2"><v>1234567.5</v></c>', "1,234,567.50", ""),
        ('<c r="A1" s="3"><v>10</v></c>', "10分", ""),
        ('<c r="A1" s="4"><v>44196</v></c>', "2020年12月31日", ""),
        ('<c r="A1" s="7"><v>9</v></c>', "9", ""),
        ('<c r="A1" s="99"><v>9</v></c>', "9", ""),
        ('<c r="A1" t="s"><v>0</v></c>', "数量指标", ""),
        ('<c r="A1" t="s"><v>1</v></c>', "数量指标", ""),
        ('<c r="A1" t="s"><v>2</v></c>', "年度总\n体目标", ""),
        ('<c r="A1" t="s"><v>3</v></c>', "☑是", ""),
        ('<c r="A1" s="6" t="inlineStr"><is><t>R</t></is></c>', "☑", ""),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>乙</t></r></is></c>', "甲乙", ""),
        ('<c r="A1" t="str"><f>A2</f><v>合计</v></c>', "合计", ""),
        ('<c r="A1"><f>SUM(A2:A3)</f><v>100</v></c>', "100", ""),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE", ""),
        ('<c r="A1" t="b"><v>0</v></c>', "FALSE", ""),
        ('<c r="A1" t="e"><v>#DIV/0!</v></c>', "#DIV/0!", ""),
        ('<c r="A1" t="d"><v>2020-12-31</v></c>', "2020-12-31", ""),
        ("<c><v>7</v></c>", "7", ""),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(cell: str, text: str, raw: str) -> None:
    strings = (
        "<t>数量指标</t>",
        "<r><t>数量</t></r><rPh><t>shuliang</t></rPh><r><t>指标</t></r>",
        "<t>年度总_x000D_\n体目标</t>",
        '<r><rPr><rFont val="Wingdings 2"/></rPr><t>R</t></r><r><t>是</t></r>',
    )
    found = only(xlsx(f"<sheetData><row>{cell}</row></sheetData>", styles=STYLES, strings=strings)).cells[0]
    assert (found.text, found.raw, found.address) == (text, raw, "A1")


def test_looks_of_a_cell() -> None:
    found = only(xlsx(data('<c r="B2" s="5" t="inlineStr"><is><t>总分</t></is></c>'), styles=STYLES)).cells[0]
    assert (found.row, found.column, found.bold, found.align) == (1, 1, True, "center")


def test_merged_cells_are_one_and_what_they_cover_is_said() -> None:
    areas = ("A1:C1", "A2:A3", "B5:B5", "乱")
    merges = "".join(f'<mergeCell ref="{one}"/>' for one in areas)
    source = read(xlsx(data("A1=标题", "B1=盖住的", "B2=乙", "B3=丙", behind=merges)), "表.xlsx")
    found = source.tables[0]
    assert [(one.address, one.row_span, one.column_span, one.text) for one in found.cells] == [
        ("A1", 1, 3, "标题"),
        ("A2", 2, 1, ""),
        ("B2", 1, 1, "乙"),
        ("B3", 1, 1, "丙"),
    ]
    assert (found.row_count, found.column_count) == (3, 3)
    assert source.notes == ("“表1”的 B1 有内容，但被合并单元格盖住，看不见，没有读。",)


def test_merges_over_each_other_and_over_whole_columns_do_no_harm() -> None:
    merges = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/><mergeCell ref="D1:XFD1048576"/></mergeCells>'
    found = only(xlsx(data("A1=甲", "C3=乙", "D1=丙", behind=merges)))
    assert [(one.address, one.row_span) for one in found.cells] == [("A1", 2), ("D1", 63), ("C3", 1)]
    assert found.row_count == 63


def test_hidden_rows_columns_and_sheets_are_read_and_marked() -> None:
    sheet = (
        '<sheetFormatPr defaultColWidth="10" defaultRowHeight="15"/><cols><col min="2" max="2" width="5" hidden="1"/></cols>'
        '<sheetData><row r="1" ht="30"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2" hidden="1"><c r="A2"><v>3</v></c></row></sheetData><pageSetup paperSize="9" orientation="landscape"/>'
    )
    source = read(xlsx(sheet, data("A1=说明"), names=("自评表", "填报说明"), states=("", "hidden")), "表.xlsx")
    first, second = source.tables
    assert [(one.text, one.hidden) for one in first.cells] == [("1", False), ("2", True), ("3", True)]
    assert (first.column_widths, first.row_heights, first.paper) == ((60.0, 30.0), (30.0, 15.0), (297.0, 210.0))
    assert (first.hidden, second.hidden, second.name, second.paper) == (False, True, "填报说明", None)


def test_formulas_without_a_stored_result_are_said() -> None:
    source = read(xlsx(data('<c r="B3"><f>SUM(B1:B2)</f></c>', '<c r="B4"><f>B3</f><v></v></c>', "A1=甲")), "表.xlsx")
    assert source.notes == (
        "“表1”的 B3、B4 是公式，文件里没有存算好的结果，按空白读。请用 WPS 或 Excel 打开保存一次再导入。",
    )


def test_what_floats_over_a_sheet() -> None:
    more: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            f'<Relationships><Relationship Id="d" Type="{R}/drawing" Target="../drawings/drawing1.xml"/>'
            f'<Relationship Id="c" Type="{R}/comments" Target="/xl/comments1.xml"/></Relationships>'
        ),
        "xl/drawings/drawing1.xml": (
            '<x:d xmlns:x="urn:x" xmlns:a="urn:a"><x:txBody><a:p><a:r><a:t>附件</a:t></a:r><a:r><a:t>1</a:t></a:r></a:p>'
            "<a:p/></x:txBody><x:pic/></x:d>"
        ),
        "xl/comments1.xml": "<x/>",
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/externalLink1.xml": "<x/>",
    }
    source = read(xlsx(data("A1=甲"), more=more), "表.xlsx")
    assert source.parts[1] == SourceText("附件1", "表1的文本框 1")
    assert source.notes == (
        "“表1”里的 1 张图片没有读。",
        "“表1”里的批注没有读。",
        "文件里带有宏，没有运行，也没有保留。",
        "有引用其他文件的公式，按文件里存的结果读，没有打开那些文件。",
    )


def test_what_runs_along_the_pages_is_said() -> None:
    head, foot = '&amp;L&amp;"宋体"&amp;9内部资料', "&amp;C第 &amp;P 页 共 &amp;N 页"
    running = f"<headerFooter><oddHeader>{head}</oddHeader><oddFooter>{foot}</oddFooter></headerFooter>"
    assert read(xlsx(data("A1=甲", behind=running)), "表.xlsx").notes == ("“表1”页眉页脚里的“内部资料”没有读。",)


def test_tags_with_a_prefix_as_other_programs_write_them() -> None:
    sheet = '<x:sheetData xmlns:x="urn:x"><x:row r="2"><x:c r="B2"><x:f>1</x:f><x:v>5</x:v></x:c></x:row></x:sheetData>'
    assert [(one.address, one.text) for one in only(xlsx(sheet)).cells] == [("B2", "5")]


def test_a_sheet_beyond_the_limit_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdesk.exchange.xlsx.reading.MAX_CELLS", 2)
    source = read(xlsx(data("A1=甲", "A2=乙", "A3=丙"), data("A1=丁")), "表.xlsx")
    assert [one.text for one in source.tables[0].cells] == ["甲", "乙"]
    assert source.notes == ("“表1”内容太多，只读了前 2 行。", "内容太多，“表2”没有读。")


def test_a_chart_sheet_is_said_and_a_workbook_without_sheets_refused() -> None:
    listed = f'<workbook xmlns:r="{R}"><sheets><sheet name="图" r:id="r1"/></sheets></workbook>'
    link = f'<Relationships><Relationship Id="r1" Type="{R}/chartsheet" Target="chartsheets/c.xml"/></Relationships>'
    members = {"xl/workbook.xml": listed, "xl/_rels/workbook.xml.rels": link, "xl/chartsheets/c.xml": "<x/>"}
    assert read(packed(members), "表.xlsx").notes == ("“图”是图表或宏表，没有读。",)
    with pytest.raises(UserError, match="没有工作表"):
        read(packed({"xl/workbook.xml": "<workbook/>"}), "表.xlsx")


def test_addresses_and_areas() -> None:
    assert [address(0, 0), address(11, 2), address(0, 27), address(0, 16383)] == ["A1", "C12", "AB1", "XFD1"]
    assert [column_number("A"), column_number("AB"), column_number("XFD")] == [0, 27, 16383]
    assert area("$A$1:C3") == (0, 0, 2, 2)
    assert area("B2") == (1, 1, 1, 1)
    assert [area("C3:A1"), area("A0"), area("A1:XFE1"), area("Sheet!A1")] == [None] * 4


def test_our_own_forms_come_back_cell_by_cell(
    sample: Record, templates: Mapping[str, Template], made: datetime
) -> None:
    layout = derive(templates[sample.template_id], sample).layout
    rendered = writing.render((layout,), title="表", made=made)
    found = read(rendered.data, "表.xlsx").tables
    if not found[0].cells:
        pytest.skip("a report is no workbook")
    written = {(one.row, one.column): one for one in layout.sheet.cells if one.text.strip()}
    shown = {(one.row, one.column): one for one in found[0].cells}
    for place, one in written.items():
        other = shown[place]
        assert other.text.replace("\n", "") == one.text.replace("\n", "").strip("\n"), other
        assert (other.row_span, other.column_span) == (one.row_span, one.column_span)
    assert found[0].paper in {(297.0, 210.0), (210.0, 297.0), (297.0, 420.0), (420.0, 297.0)}
