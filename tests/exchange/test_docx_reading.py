"""Word files as they come: merged cells, torn labels, tracked changes, boxes, and tables that other programs wrote."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from perfdesk.derive import derive
from perfdesk.exchange import docx as writing
from perfdesk.exchange import opening
from perfdesk.exchange.docx.reading import read
from perfdesk.model import Record
from perfdesk.source import SourceTable, SourceText
from perfdesk.template import Template
from tests.handmade_files import R, W, cell, docx, line, packed, row, run, table


def only(data: bytes) -> SourceTable:
    source = read(data, "表.docx")
    assert len(source.tables) == 1
    return source.tables[0]


def grid(found: SourceTable) -> list[tuple[int, int, int, int, str]]:
    return [(one.row, one.column, one.row_span, one.column_span, one.text) for one in found.cells]


def test_paragraphs_and_tables_stand_in_reading_order() -> None:
    source = read(docx(line("附件1") + table(row(cell("项目名称"), cell("法律援助"))) + line("填表人：")), "表.docx")
    assert [one.text if isinstance(one, SourceText) else one.name for one in source.parts] == [
        "附件1",
        "第 1 张表",
        "填表人：",
    ]
    assert [one.address for one in source.parts if isinstance(one, SourceText)] == ["第 1 段", "第 2 段"]
    assert (source.name, source.notes, len(source.digest)) == ("表.docx", (), 64)


def test_cells_merged_across_and_down_are_one() -> None:
    found = only(
        docx(
            table(
                row(cell("一级指标"), cell("年度指标", span=2)),
                row(cell("产出指标", down="restart"), cell("办结率"), cell("95%")),
                row(cell("", down="continue"), cell("培训"), cell("3次")),
                widths=(1000, 2000, 3000),
            )
        )
    )
    assert (found.row_count, found.column_count, found.column_widths) == (3, 3, (50.0, 100.0, 150.0))
    assert grid(found) == [
        (0, 0, 1, 1, "一级指标"),
        (0, 1, 1, 2, "年度指标"),
        (1, 0, 2, 1, "产出指标"),
        (1, 1, 1, 1, "办结率"),
        (1, 2, 1, 1, "95%"),
        (2, 1, 1, 1, "培训"),
        (2, 2, 1, 1, "3次"),
    ]
    assert found.cells[2].address == "第2行第1列"


def test_a_merge_that_goes_on_from_nothing_is_a_cell_of_its_own() -> None:
    found = only(
        docx(table(row(cell("产出", down="continue"), cell("甲")), row(cell("效益", down="continue"), cell("乙"))))
    )
    assert grid(found) == [(0, 0, 2, 1, "产出"), (0, 1, 1, 1, "甲"), (1, 1, 1, 1, "乙")]


def test_old_marks_of_cells_merged_across() -> None:
    second = '<w:tc><w:tcPr><w:hMerge w:val="continue"/></w:tcPr><w:p/></w:tc>'
    assert grid(only(docx(table(row(cell("总分"), second, cell("100")))))) == [
        (0, 0, 1, 2, "总分"),
        (0, 2, 1, 1, "100"),
    ]


def test_rows_with_cells_of_their_own_widths_get_columns_by_their_edges() -> None:
    found = only(
        docx(
            table(
                row(cell("项目名称", width=2000), cell("法律援助工作经费", width=6000)),
                row(
                    cell("主管部门", width=2010),
                    cell("司法局", width=2000),
                    cell("实施单位", width=1990),
                    cell("局", width=2000),
                ),
            )
        )
    )
    assert grid(found) == [
        (0, 0, 1, 1, "项目名称"),
        (0, 1, 1, 3, "法律援助工作经费"),
        (1, 0, 1, 1, "主管部门"),
        (1, 1, 1, 1, "司法局"),
        (1, 2, 1, 1, "实施单位"),
        (1, 3, 1, 1, "局"),
    ]
    assert found.column_widths == (100.0, 100.5, 99.5, 100.0)


def test_rows_of_unlike_length_keep_their_columns_where_widths_say_nothing() -> None:
    first = row(cell("甲", width=1000, span=2), cell("乙", width=1000), cell("丙", width=1000))
    found = only(docx(table(first, row(cell("丁", width=1000), cell("戊", width=1000)))))
    assert [(one.column, one.column_span) for one in found.cells] == [(0, 2), (2, 1), (3, 1), (0, 1), (1, 1)]
    short = row(cell("丁", width=1000), properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')
    assert grid(only(docx(table(first, short))))[-1] == (1, 2, 1, 1, "丁")


def test_a_row_that_begins_further_right() -> None:
    found = only(docx(table(row(cell("甲"), cell("乙")), row(cell("丙"), properties='<w:gridBefore w:val="1"/>'))))
    assert grid(found)[-1] == (1, 1, 1, 1, "丙")


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        (line("绩 效", "指标"), "绩 效指标"),
        (line("<w:r><w:t>年度总</w:t><w:br/><w:t>体目标</w:t></w:r>"), "年度总\n体目标"),
        (line("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>"), "甲\t乙"),
        (line("<w:r><w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t></w:r>"), "甲乙"),
        (line("<w:r><w:t>2020</w:t><w:noBreakHyphen/><w:t>2021</w:t></w:r>"), "2020-2021"),
        (
            line("<w:del><w:r><w:delText>95%</w:delText></w:r></w:del>", "<w:ins><w:r><w:t>96%</w:t></w:r></w:ins>"),
            "96%",
        ),
        (
            line("<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>", "<w:moveTo><w:r><w:t>新</w:t></w:r></w:moveTo>"),
            "新",
        ),
        (line("<w:hyperlink><w:r><w:t>公开网址</w:t></w:r></w:hyperlink>"), "公开网址"),
        (line("<w:sdt><w:sdtContent><w:r><w:t>司法局</w:t></w:r></w:sdtContent></w:sdt>"), "司法局"),
        (
            line(
                "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
                "<w:r><w:t>单击此处输入文字</w:t></w:r></w:sdtContent></w:sdt>",
                "局",
            ),
            "局",
        ),
        (line('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "是"), "☑是"),
        (line('<w:r><w:sym w:font="Wingdings" w:char="00A8"/></w:r>', "否"), "□否"),
        (line('<w:r><w:sym w:font="Wingdings" w:char="无"/></w:r>', "否"), "否"),
        (line(run("R", '<w:rFonts w:ascii="Wingdings 2"/>'), "是"), "☑是"),
        (
            line(
                '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar>'
                "</w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>",
                "是",
            ),
            "☑是",
        ),
        (
            line(
                "<w:r><w:fldChar><w:ffData><w:checkBox><w:default w:val='0'/></w:checkBox></w:ffData></w:fldChar></w:r>"
            ),
            "□",
        ),
        (
            line(
                "<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='优'/><w:listEntry w:val='良'/>"
                "</w:ddList></w:ffData></w:fldChar></w:r>"
            ),
            "良",
        ),
        (line("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), "a+b"),
        (line("＝100%"), "＝100%"),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(paragraph: str, text: str) -> None:
    found = only(docx(table(row(cell("甲"), cell(paragraph), cell("丙")))))
    assert (found.cells[1].text if len(found.cells) == 3 else "") == text


def test_paragraphs_of_a_cell_are_lines() -> None:
    assert only(docx(table(row(cell(line("目标1") + line("目标2")), cell("乙"))))).cells[0].text == "目标1\n目标2"


def test_content_controls_round_rows_and_cells() -> None:
    first = f"<w:sdt><w:sdtContent>{cell('甲')}</w:sdtContent></w:sdt>"
    inner = f"<w:sdt><w:sdtContent>{row(first, cell('乙'))}</w:sdtContent></w:sdt>"
    assert [one.text for one in only(docx(f"<w:sdt><w:sdtContent>{table(inner)}</w:sdtContent></w:sdt>")).cells] == [
        "甲",
        "乙",
    ]


def test_a_deleted_row_is_not_there_and_hidden_rows_are_marked() -> None:
    rows = (
        row(cell("甲"), properties="<w:del/>"),
        row(cell("乙"), properties="<w:hidden/>"),
        row(cell("丙")),
    )
    source = read(docx(table(*rows)), "表.docx")
    assert [(one.text, one.hidden) for one in source.tables[0].cells] == [("乙", True), ("丙", False)]
    assert source.notes == ("有 1 处修订痕迹，按全部接受来读：删去的不算，添上的算。",)


def test_hidden_text_is_said_and_not_read() -> None:
    source = read(docx(line(run("内部口径", "<w:vanish/>"), "公开")), "表.docx")
    assert [one.text for one in source.parts if isinstance(one, SourceText)] == ["公开"]
    assert source.notes == ("有 1 处隐藏的文字没有读（“内部口径”）。",)


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    source = read(docx(table(row(cell(line("外") + table(row(cell("内"))) + line("")), cell("旁")))), "表.docx")
    assert [[one.text for one in found.cells] for found in source.tables] == [["外", "旁"], ["内"]]


def test_text_boxes_stand_behind_their_paragraph_once() -> None:
    box = f"<w:txbxContent>{line('附件2')}</w:txbxContent>"
    newer = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
    older = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    drawn = f"<w:r><mc:AlternateContent>{newer}{older}</mc:AlternateContent></w:r>"
    source = read(docx(line("标题", drawn)), "表.docx")
    assert [one.text for one in source.parts if isinstance(one, SourceText)] == ["标题", "附件2"]


def test_what_was_not_read_is_said() -> None:
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    more: dict[str, str | bytes] = {
        "word/comments.xml": "<x/>",
        "word/vbaProject.bin": b"\0",
        "word/embeddings/a.xlsx": b"\0",
    }
    source = read(docx(line("甲", picture), more=more), "表.docx")
    assert source.notes == (
        "有 1 张图片没有读，其中的文字要手工填。",
        "批注没有读。",
        "文件里带有宏，没有运行，也没有保留。",
        "嵌在文件里的其他文件（如 Excel 表）没有读。",
    )


def test_what_runs_along_the_pages_is_said() -> None:
    def aside(text: str) -> str:
        return f'<w:hdr xmlns:w="urn:w">{line(text)}</w:hdr>'

    more: dict[str, str | bytes] = {
        "word/header1.xml": aside("某县司法局内部资料"),
        "word/header2.xml": aside("某县司法局内部资料"),
        "word/footer1.xml": aside("第 1 页 共 3 页"),
        "word/footer2.xml": aside("2024年 第2稿 校验码 1234"),
        "word/footnotes.xml": aside("金额以批复为准"),
    }
    assert read(docx(line("甲"), more=more), "表.docx").notes == (
        "页眉页脚里的“某县司法局内部资料”没有读。",
        "脚注里的“金额以批复为准”没有读。",
    )


def test_a_document_of_office_on_the_web_stands_elsewhere() -> None:
    def links(*pairs: tuple[str, str]) -> str:
        inner = "".join(f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{target}"/>' for kind, target in pairs)
        return f"<Relationships>{inner}</Relationships>"

    heading = line("一、基本情况", properties='<w:pStyle w:val="1"/>')
    members = {
        "_rels/.rels": links(("officeDocument", "/word/document2.xml")),
        "word/_rels/document2.xml.rels": links(("styles", "styles2.xml")),
        "word/document2.xml": f'<w:document xmlns:w="{W}"><w:body>{heading}</w:body></w:document>',
        "word/styles2.xml": f'<w:styles xmlns:w="{W}">{STYLES}</w:styles>',
    }
    source = opening.read_bytes(packed(members), "报告.docx")
    assert source.parts == (SourceText("一、基本情况", "第 1 段", 1, "center"),)


STYLES = (
    '<w:style w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:styleId="a"><w:name w:val="我的标题"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:styleId="b"><w:name w:val="甲"/><w:basedOn w:val="b"/></w:style><w:style/>'
)


@pytest.mark.parametrize(
    ("properties", "level", "align"),
    [
        ('<w:pStyle w:val="1"/>', 1, "center"),
        ('<w:pStyle w:val="a"/>', 1, "center"),
        ('<w:pStyle w:val="a"/><w:jc w:val="left"/>', 1, "left"),
        ('<w:pStyle w:val="b"/>', 0, ""),
        ('<w:outlineLvl w:val="1"/>', 2, ""),
        ('<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>', 0, "center"),
        ('<w:jc w:val="end"/>', 0, "right"),
    ],
)
def test_headings_by_style_and_outline(properties: str, level: int, align: str) -> None:
    found = read(docx(line("一、基本情况", properties=properties), styles=STYLES), "表.docx").parts[0]
    assert isinstance(found, SourceText)
    assert (found.level, found.align) == (level, align)


def test_bold_of_a_cell_by_run_or_style() -> None:
    bold = line(run("甲", "<w:b/>"))
    styled = line("乙", properties='<w:pStyle w:val="1"/>')
    off = line(run("丙", '<w:b w:val="0"/>'), properties='<w:pStyle w:val="1"/>')
    found = only(docx(table(row(cell(bold), cell(styled), cell(off))), styles=STYLES))
    assert [one.bold for one in found.cells] == [True, True, False]


def test_the_paper_is_that_of_the_section() -> None:
    landscape = '<w:pgSz w:w="16838" w:h="11906"/>'
    body = (
        table(row(cell("甲"))) + f"<w:p><w:pPr><w:sectPr>{landscape}</w:sectPr></w:pPr></w:p>" + table(row(cell("乙")))
    )
    source = read(docx(body + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'), "表.docx")
    assert [one.paper for one in source.tables] == [(297.0, 210.0), (210.0, 297.0)]
    assert (
        read(docx(table(row(cell("甲"))) + '<w:sectPr><w:pgSz w:w="x"/></w:sectPr>'), "表.docx").tables[0].paper is None
    )


def test_our_own_forms_come_back_cell_by_cell(
    sample: Record, templates: Mapping[str, Template], made: datetime
) -> None:
    layout = derive(templates[sample.template_id], sample).layout
    source = read(writing.render((layout,), title="表", made=made).data, "表.docx")
    found = [one.text for part in source.parts for one in (part.cells if isinstance(part, SourceTable) else (part,))]
    for one in layout.sheet.cells:
        if one.text.strip():
            assert any(one.text in text for text in found), one.text
    widths = tuple(float(width) for width in layout.sheet.column_widths)
    assert all(one.column_count == len(widths) for one in source.tables)
