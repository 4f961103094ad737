"""Word files: every text, real styles, whole tables, the page of the standard; LibreOffice shows the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from perfdesk.amounts import MoneyUnit
from perfdesk.derive import derive
from perfdesk.exchange import docx
from perfdesk.exchange.exchange import read_records
from perfdesk.layout import Layout
from perfdesk.model import Record, Section
from perfdesk.policy import load_policies
from perfdesk.release import MAKER
from perfdesk.sheet import Role
from perfdesk.template import load_templates
from tests.exchange.office import convert, writer

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table

ROOT = Path(__file__).parents[2]
CASES = ROOT.parent / "shared" / "cases"
SAMPLES = sorted((ROOT / "tests" / "samples").glob("*.json"))
TEMPLATES = load_templates((ROOT / "resources" / "templates",), load_policies(ROOT / "resources" / "policies"))
REPORT = TEMPLATES["lingling-2022-report"]
MADE = datetime(2025, 2, 5, 8, tzinfo=UTC)
SECTIONS = (
    Section(1, "一、基本情况"),
    Section(2, "（一）单位基本情况", ("实有 120 人。", "", "在职 {{自评表·在职|95}} 人，退休 25 人。")),
    Section(3, "1.说明", ("无",)),
    Section(1, "二、其他", ("支出<1>&“万元”",)),
)
VALUES = {"annex": "附件3", "title": "2022年度某某市某某区司法局整体支出绩效自评报告", "agency": "某县司法局"}


def make(**values: str) -> Record:
    return Record("r", REPORT.id, 2022, MoneyUnit.WAN, values=VALUES | values, sections=SECTIONS)


def lay(record: Record) -> Layout:
    return derive(TEMPLATES[record.template_id], record).layout


def render(*layouts: Layout) -> docx.Rendered:
    return docx.render(layouts, title="自评报告", made=MADE, author="某县司法局")


def word(*layouts: Layout) -> WordDocument:
    return Document(io.BytesIO(render(*layouts).data))


def sample(name: str) -> Layout:
    return lay(read_records(ROOT / "tests" / "samples" / f"{name}.json", TEMPLATES).records[0])


PORTRAIT, LANDSCAPE = "changji-2020-legal-aid", "qiannan-2024-legal-aid"


def texts(document: WordDocument) -> str:
    return "".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u3000]", "", text)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_text_of_a_form_is_there_once(path: Path) -> None:
    layout = sample(path.stem)
    printed = [squeezed(one.text) for one in layout.sheet.cells if one.text.strip()]
    found = squeezed(texts(word(layout)))
    assert all(one in found for one in printed)
    assert sorted(found) == sorted("".join(printed))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_tables_tile_and_are_as_wide_as_on_paper(path: Path) -> None:
    layout = sample(path.stem)
    document = word(layout)
    columns = len(layout.sheet.column_widths)
    for table in document.tables:
        grid = [int(one.get(qn("w:w"))) for one in table._tbl.tblGrid]  # noqa: SLF001 - python-docx shows no widths
        assert sum(grid) == pytest.approx(sum(layout.sheet.column_widths) * 20, abs=1)
        assert all(_width(row) == columns for row in table._tbl.tr_lst)  # noqa: SLF001 - as above
        assert _merges_begin(table)


def _width(row: object) -> int:
    squares = row.tc_lst  # type: ignore[attr-defined]  # an lxml element
    return sum(square.grid_span for square in squares)


def _merges_begin(table: Table) -> bool:
    """Every continued merge has a square of its width above it."""
    open_at: dict[int, int] = {}
    for row in table._tbl.tr_lst:  # noqa: SLF001 - python-docx hides merges
        now: dict[int, int] = {}
        at = 0
        for square in row.tc_lst:
            if square.vMerge == "continue" and open_at.get(at) != square.grid_span:
                return False
            if square.vMerge:
                now[at] = square.grid_span
            at += square.grid_span
        open_at = now
    return True


def test_a_report_has_real_headings_and_no_blank_paragraph() -> None:
    document = word(lay(make()))
    found = [(one.style.name if one.style else "", one.text) for one in document.paragraphs]
    assert found == [
        ("封面", "附件3"),
        ("Title", "2022年度某某市某某区\n司法局整体支出绩效自评报告"),
        ("封面", "单位（盖章）：某县司法局"),
        ("Heading 1", "一、基本情况"),
        ("Heading 2", "（一）单位基本情况"),
        ("Body Text", "实有 120 人。"),
        ("Body Text", "在职 95 人，退休 25 人。"),
        ("Heading 3", "1.说明"),
        ("Body Text", "无"),
        ("Heading 1", "二、其他"),
        ("Body Text", "支出<1>&“万元”"),
    ]


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Body Text", "仿宋_GB2312", 16),
        ("表格文字", "宋体", 10.5),
    ],
)
def test_styles_name_the_fonts_of_the_standard(style: str, font: str, size: float) -> None:
    look = word(lay(make())).styles[style]
    fonts = look.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == font
    assert fonts.get(qn("w:ascii")) == "Times New Roman"
    assert not [key for key in fonts.attrib if key.endswith("Theme")]
    assert look.font.size.pt == size
    assert look.paragraph_format.line_spacing.pt == (
        28 if size == 16 else pytest.approx(look.font.size.pt * 1.5, rel=0.2)
    )


def test_the_page_is_that_of_the_standard_and_the_cover_bears_no_number() -> None:
    cover, text = word(lay(make())).sections
    margins = (text.top_margin, text.right_margin, text.bottom_margin, text.left_margin)
    assert [round(side.mm) for side in margins if side is not None] == [37, 26, 35, 28]
    assert cover.footer.paragraphs[0].text == cover.even_page_footer.paragraphs[0].text == ""
    odd, even = text.footer.paragraphs[0], text.even_page_footer.paragraphs[0]
    assert re.findall(r'instr=" (\w+) "', odd._p.xml) == ["PAGE"]  # noqa: SLF001 - python-docx has no fields
    assert ("right" in odd._p.xml, "left" in even._p.xml) == (True, True)  # noqa: SLF001 - as above
    assert 'w:pgNumType w:start="1"' in text._sectPr.xml  # noqa: SLF001 - python-docx has no page numbering


def test_annexes_follow_in_sections_of_their_own_paper() -> None:
    sections = word(lay(make()), sample(PORTRAIT), sample(LANDSCAPE)).sections
    assert [one.orientation for one in sections] == [WD_ORIENT.PORTRAIT] * 3 + [WD_ORIENT.LANDSCAPE]
    assert (sections[3].page_width or 0) > (sections[3].page_height or 0)
    assert [one.footer.is_linked_to_previous for one in sections] == [False] * 4


def test_long_forms_are_numbered_and_short_ones_are_not() -> None:
    short, long = word(sample(PORTRAIT), sample(LANDSCAPE)).sections
    assert "PAGE" not in short.footer.paragraphs[0]._p.xml  # noqa: SLF001 - python-docx has no fields
    assert "PAGE" in long.footer.paragraphs[0]._p.xml  # noqa: SLF001 - as above


def test_on_a_form_of_several_pages_the_header_begins_a_table_of_its_own_and_is_repeated() -> None:
    layout = sample(LANDSCAPE)
    repeat = layout.sheet.repeat
    assert repeat is not None
    assert len(layout.pages) > 1
    above, below = word(layout).tables
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in below.rows]  # noqa: SLF001 - not in python-docx
    assert heads == [True] * repeat.count + [False] * (len(below.rows) - repeat.count)
    assert "w:tblHeader" not in above._tbl.xml  # noqa: SLF001 - as above
    assert len(above.rows) + len(below.rows) == sum(
        any(one.role.framed and one.row <= row < one.row + one.row_span for one in layout.sheet.cells)
        for row in range(layout.sheet.row_count)
    )


def test_a_label_that_hangs_out_of_the_header_stands_below_it() -> None:
    below = word(sample(LANDSCAPE)).tables[1]
    assert [squeezed(row.cells[0].text) for row in below.rows][:2] == ["", "绩效指标"]


def test_a_form_of_one_page_is_one_table() -> None:
    layout = sample(PORTRAIT)
    assert len(layout.pages) == 1
    assert len(word(layout).tables) == 1


def test_the_same_input_gives_the_same_bytes() -> None:
    layouts = (lay(make()), sample(LANDSCAPE))
    assert render(*layouts).data == render(*layouts).data
    with zipfile.ZipFile(io.BytesIO(render(*layouts).data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_control_characters_go_and_are_named() -> None:
    rendered = render(lay(make(agency="某县\x0b司法局\ud800")))
    assert rendered.notes == (
        "“2022年度某某市某某区司法局整体支出绩效自评报告”的“单位（盖章）”有 2 个控制字符，Word 存不下，已去掉。",
    )
    assert "某县司法局" in texts(Document(io.BytesIO(rendered.data)))


def test_properties() -> None:
    properties = word(lay(make())).core_properties
    assert (properties.title, properties.author) == ("自评报告", "某县司法局")
    assert properties.created == properties.modified == MADE
    assert properties.comments == MAKER


def test_a_typed_line_break_stays() -> None:
    document = word(lay(make(agency="某县\n司法局")))
    assert any(one.text == "单位（盖章）：某县\n司法局" for one in document.paragraphs)


def shown(folder: Path, data: bytes) -> str:
    """Let LibreOffice open a Word file and write its words in reading order."""
    return convert(folder, data, "txt:Text (encoded):UTF8", source_kind="docx").decode("utf-8-sig")


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], str]:
    return lambda data: shown(tmp_path_factory.mktemp("word"), data)


@writer
@pytest.mark.slow
@pytest.mark.libreoffice
def test_libreoffice_shows_the_same_texts(opened: Callable[[bytes], str]) -> None:
    layouts = (lay(make()), sample(PORTRAIT), sample(LANDSCAPE))
    words = squeezed(opened(render(*layouts).data))
    for layout in layouts:
        for cell in layout.sheet.cells:
            for line in cell.text.split("\n"):
                if cell.role in {Role.BODY, Role.HEADING1, Role.COVER, Role.LABEL}:
                    assert squeezed(line) in words


@writer
@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(not CASES.exists(), reason="the published forms are not here")
@pytest.mark.parametrize("case", ["lingling-2022-report", "chenxi-2021-report"])
def test_a_published_report_comes_through_whole(case: str, opened: Callable[[bytes], str]) -> None:
    record = read_records(CASES / f"{case}.json", TEMPLATES).records[0]
    words = squeezed(opened(render(lay(record)).data))
    for section in record.sections:
        for text in (section.heading, *section.paragraphs):
            assert squeezed(text) in words
