"""Files to damage: our own exports in every format, old workbooks, and files written by hand with what forms seldom have."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from io import BytesIO
from typing import NamedTuple

import xlwt

from perfdesk.derive import derive
from perfdesk.exchange import docx, xlsx
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.exchange.package import write_package
from perfdesk.layout import Layout
from perfdesk.merging.types import Kept, Package, Parcel, state
from perfdesk.model import Record, VersionKind
from perfdesk.policy import load_policies
from perfdesk.template import Template, load_templates
from tests.conftest import ROOT, SAMPLES
from tests.handmade_files import R, cell, data, line, row, run, table
from tests.handmade_files import docx as word
from tests.handmade_files import xlsx as workbook

MADE = datetime(2025, 2, 5, 9, 30, tzinfo=UTC)


class Seed(NamedTuple):
    """A file that is whole: its name with ending, its bytes."""

    name: str
    data: bytes


@cache
def templates() -> Mapping[str, Template]:
    """Every form of the program."""
    return load_templates((ROOT / "resources" / "templates",), load_policies(ROOT / "resources" / "policies"))


@cache
def records() -> tuple[Record, ...]:
    """The sample forms."""
    return tuple(read_records(path, templates(), new_id=partial(str, path.stem)).records[0] for path in SAMPLES)


@cache
def seeds() -> tuple[Seed, ...]:
    """All the files, always the same."""
    found = [_by_hand_word(), _by_hand_workbook(), *_texts()]
    for record in records():
        found += _exports(record.id, record, derive(templates()[record.template_id], record).layout)
    return (*found, _package())


def _package() -> Seed:
    forms = tuple(Parcel(one, (state(one),), (Kept(VersionKind.KEPT, "送审稿", "", MADE, one),)) for one in records())
    package = Package("青山县司法局", MADE, (2020, 2024), forms, {"本县": 'title = "本县"\n'}, choices={"本县": "本县"})
    return Seed("包.perfdesk.zip", write_package(package))


def _exports(stem: str, record: Record, layout: Layout) -> list[Seed]:
    return [
        Seed(f"{stem}.docx", docx.render((layout,), title=stem, made=MADE).data),
        Seed(f"{stem}.xlsx", xlsx.render((layout,), title=stem, made=MADE).data),
        Seed(f"{stem}.xls", _old(layout)),
        Seed(f"{stem}.json", write_records((record,), templates()).encode()),
    ]


def _old(layout: Layout) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    style = xlwt.easyxf(num_format_str="0.00%")
    for one in layout.sheet.cells:
        last = (one.row + one.row_span - 1, one.column + one.column_span - 1)
        plain = one.text.isascii() and one.text.isdigit()
        value = int(one.text) if plain and len(one.text) < 9 else one.text
        if last != (one.row, one.column):
            sheet.write_merge(one.row, last[0], one.column, last[1], value)
        elif plain:
            sheet.write(one.row, one.column, value, style)
        else:
            sheet.write(one.row, one.column, value)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _by_hand_word() -> Seed:
    box = f"<w:txbxContent>{line('附件2')}</w:txbxContent>"
    body = (
        line("一、基本情况", properties='<w:pStyle w:val="1"/>')
        + line(
            f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice></mc:AlternateContent></w:r>"
        )
        + table(
            row(cell("项目名称", width=2000), cell("法律援助工作经费", width=6000)),
            row(
                cell("主管部门", width=2010),
                cell("局", width=1990),
                cell("实施单位", width=2000),
                cell("所", width=2000),
            ),
            row(cell("绩效", down="restart"), cell("产出", span=3), properties='<w:gridBefore w:val="1"/><w:hidden/>'),
            row(cell("", down="continue"), cell(line("甲") + table(row(cell("内"))) + line(""))),
        )
        + line('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', run("R", '<w:rFonts w:ascii="Wingdings 2"/>'))
        + line("<w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "<w:ins><w:r><w:t>新</w:t></w:r></w:ins>")
        + line("<w:sdt><w:sdtContent><w:r><w:t>局</w:t></w:r></w:sdtContent></w:sdt>")
        + line("<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val='1'/></w:ddList></w:ffData></w:fldChar></w:r>")
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    )
    styles = (
        '<w:style w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="2"/></w:style><w:style w:styleId="2"/>'
    )
    return Seed("手写.docx", word(body, styles=styles))


def _by_hand_workbook() -> Seed:
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="[&gt;=90]&quot;优&quot;;0.00_ ;@"/></numFmts>'
        '<fonts><font><b/><name val="Wingdings 2"/></font></fonts>'
        '<cellXfs><xf numFmtId="164"/><xf numFmtId="31"/><xf numFmtId="10"><alignment horizontal="center"/></xf></cellXfs>'
    )
    before = '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="3" width="9.5" hidden="1"/></cols>'
    behind = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A3:A5"/></mergeCells><pageSetup paperSize="9"/>'
    sheet = data(
        *("A1=项目支出绩效自评表", '<c r="B2" s="0"><v>95.5</v></c>', '<c r="C2" s="1"><v>44196</v></c>'),
        *(
            '<c r="D2" t="s" s="2"><v>0</v></c>',
            '<c r="E2" s="2"><f>A1</f><v>0.99324</v></c>',
            '<c r="F2"><f>B2</f></c>',
        ),
        *("A3=绩效指标", "B3=甲_x000D_乙"),
        before=before,
        behind=behind,
    )
    more: dict[str, str | bytes] = {
        "xl/worksheets/_rels/sheet1.xml.rels": (
            f'<Relationships><Relationship Id="d" Type="{R}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
        ),
        "xl/drawings/drawing1.xml": '<x xmlns:a="urn:a"><a:txBody><a:p><a:t>附件</a:t></a:p></a:txBody></x>',
    }
    strings = ("<r><t>数量</t></r><rPh><t>shu</t></rPh>", "<t>乙</t>")
    return Seed(
        "手写.xlsx", workbook(sheet, data("A1=说明"), styles=styles, strings=strings, states=("", "hidden"), more=more)
    )


def _texts() -> list[Seed]:
    rows = '一级指标,二级指标,指标值\r\n产出指标,数量指标,"≥5,000人次"\r\n,\'=1+1,\r\n'
    page = (
        '<html><meta charset="gb2312"><h1>自评表</h1><table><tr><td rowspan=2>产出指标</td><td colspan="2">办结<br>率</td></tr>'
        "<tr style='display:none'><td>95%<td><table><tr><td>内</table></table>填表人："
    )
    space = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    sheet = (
        f'<?xml version="1.0"?><Workbook {space}><Styles><Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style></Styles>'
        '<Worksheet ss:Name="表"><Table><Column ss:Width="60" ss:Span="2"/><Row ss:Index="2" ss:Hidden="1">'
        '<Cell ss:MergeAcross="2" ss:MergeDown="1" ss:StyleID="p"><Data ss:Type="Number">0.99324</Data></Cell>'
        '<Cell ss:Index="9"><Data ss:Type="DateTime">2020-12-31T00:00:00.000</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    return [
        Seed("列表.csv", rows.encode("utf-8-sig")),
        Seed("国标.csv", rows.encode("gb18030")),
        Seed("报告.txt", "一、基本情况\n全年办理案件一百件。\n".encode("utf-16")),
        Seed("国标.json", '{"format": "perfdesk-record/1", "项目名称": "法律援助"}'.encode("gb18030")),
        Seed("网页.xls", page.encode("gb18030")),
        Seed("旧表.xls", sheet.encode()),
    ]
