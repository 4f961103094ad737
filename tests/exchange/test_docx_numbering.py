"""Numbers that Word writes itself before headings and items."""

from __future__ import annotations

import pytest

from perfdesk.exchange.docx.reading import read
from perfdesk.exchange.docx.reading.numbering import numeral
from perfdesk.source import SourceText
from tests.handmade_files import W, cell, docx, line, row, table


def level(at: int, words: str, numerals: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{numerals}"/><w:lvlText w:val="{words}"/>{more}</w:lvl>'


LISTS = (
    f'<w:numbering xmlns:w="{W}">'
    f'<w:abstractNum w:abstractNumId="7">{level(0, "%1、", "chineseCounting")}{level(1, "（%2）", "chineseCounting")}'
    f"{level(2, '%1.%3', 'decimal', '<w:isLgl/>')}{level(3, '●', 'bullet')}</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    f'<w:num w:numId="4"><w:abstractNumId w:val="9"/><w:lvlOverride w:ilvl="0">{level(0, "%1.", "decimal")}</w:lvlOverride></w:num>'
    "</w:numbering>"
)
STYLES = (
    '<w:style w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
)


def item(text: str, number: str, depth: int = 0) -> str:
    return line(text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def texts(*paragraphs: str) -> list[str]:
    source = read(docx("".join(paragraphs), styles=STYLES, more={"word/numbering.xml": LISTS}), "报告.docx")
    return [one.text for one in source.parts if isinstance(one, SourceText)]


def test_headings_and_items_are_counted_as_word_counts_them() -> None:
    assert texts(
        item("基本情况", "1"),
        item("职能", "1", 1),
        item("机构", "1", 1),
        item("明细", "1", 2),
        item("要点", "1", 3),
        item("支出情况", "2"),
        item("分项", "2", 1),
    ) == ["一、基本情况", "（一）职能", "（二）机构", "1.1 明细", "要点", "二、支出情况", "（一）分项"]


def test_a_list_that_begins_elsewhere_and_one_of_its_own() -> None:
    assert texts(
        item("甲", "1"), item("乙", "3"), item("丙", "3"), item("丁", "4"), item("戊", "8"), item("己", "0")
    ) == [
        "一、甲",
        "五、乙",
        "六、丙",
        "1.丁",
        "戊",
        "己",
    ]


def test_a_style_counts_and_a_paragraph_may_refuse() -> None:
    refusing = '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    assert texts(line("甲", properties='<w:pStyle w:val="1"/>'), line("乙", properties=refusing)) == ["一、甲", "乙"]


def test_numbers_in_a_column_of_a_table() -> None:
    rows = (row(cell(item("", "4")), cell(name)) for name in ("办案", "培训"))
    source = read(docx(table(*rows), more={"word/numbering.xml": LISTS}), "表.docx")
    assert [one.text for one in source.tables[0].cells] == ["1.", "办案", "2.", "培训"]


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (3, "chineseCounting", "三"),
        (10, "chineseCountingThousand", "十"),
        (12, "chineseCounting", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCounting", "一百零五"),
        (110, "chineseCounting", "一百一十"),
        (1001, "chineseCounting", "一千零一"),
        (10_500, "chineseCounting", "一万零五百"),
        (20_000, "chineseCounting", "二万"),
        (0, "chineseCounting", "零"),
        (3, "chineseLegalSimplified", "叁"),
        (3, "decimalEnclosedCircle", "③"),
        (30, "decimalEnclosedCircle", "30"),
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
        (4, "upperRoman", "IV"),
        (9, "lowerRoman", "ix"),
        (5, "decimalZero", "05"),
        (5, "nothing we know", "5"),
    ],
)
def test_numerals(number: int, kind: str, words: str) -> None:
    assert numeral(number, kind) == words
