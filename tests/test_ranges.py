"""Ranges on the clipboard: what Excel, WPS and Word put there is read with its merges, and what is written reads back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.ranges import Part, compressed, lines, read_html, read_tabs, write_html, write_tabs

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<style>td {mso-style-parent:style0;} <!--table {mso-displayed-decimal-separator:"\\.";}--></style></head>
<body><!--StartFragment--><table border=0 cellpadding=0>
 <col width=72 span=3>
 <tr height=19>
  <td rowspan=2 height=38 class=xl65>产出指标</td>
  <td class=xl65>办理法律援助<br style='mso-data-placement:same-cell;'>
    案件数量</td><td align=right x:num="1234.5">1,234.50</td></tr>
 <tr height=19>
  <td colspan=2>结案率&nbsp;&ge;95%</td>
 </tr>
 <![if supportMisalignedColumns]>
 <tr height=0 style='display:none'><td width=72></td><td width=72></td><td width=72></td></tr>
 <![endif]>
<!--EndFragment--></table></body></html>"""


def test_a_range_of_excel_with_its_merges() -> None:
    assert read_html(EXCEL) == (
        Part(0, 0, 2, 1, "产出指标"),
        Part(0, 1, 1, 1, "办理法律援助\n案件数量"),
        Part(0, 2, 1, 1, "1,234.50"),
        Part(1, 1, 1, 2, "结案率 ≥95%"),
    )


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>没有表</p>", []),
        ("", []),
        ("<table><tr><td><p>甲</p><p>乙</p></td></tr></table>", ["甲\n乙"]),  # Word
        ("<table><tr><th>头</th><td style='display: none'>藏</td><td>尾</td></table>", ["头", "尾"]),
        ("<table><tr><td>外<table><tr><td>内</td></tr></table></td></tr></table>", ["外内"]),
        ("<table><tr><td>甲<td>乙<tr><td>丙</table>", ["甲", "乙", "丙"]),
        ("<table><td>没有行</td></table>", []),
        ("<table><tr><td rowspan=x colspan=99999999>甲</td></tr></table>", ["甲"]),
        ("<table><tr><td>没有完", []),
        ("甲</table></td><td>乙", []),
        ("<script>if (a<b) c</script><table><tr><td>甲</td></tr></table>", ["甲"]),
    ],
)
def test_tables_of_other_programs(html: str, texts: list[str]) -> None:
    assert [part.text for part in read_html(html)] == texts


def test_two_tables_stand_below_each_other() -> None:
    one = "<table><tr><td rowspan=2>甲</td></tr></table>"
    assert [(part.row, part.text) for part in read_html(one + one)] == [(0, "甲"), (2, "甲")]


def test_rows_of_a_range() -> None:
    parts = read_html(EXCEL)
    assert [[part.text[:2] for part in line] for line in lines(parts)] == [["产出", "办理", "1,"], ["产出", "结案"]]
    assert [[part.text[:2] for part in line] for line in lines(parts, beginning=True)][1] == ["结案"]
    assert lines(()) == ()


def test_squares_without_a_cell_of_their_own_are_left_out() -> None:
    parts = (Part(3, 2, 4, 3, "甲"), Part(3, 5, 1, 2, "乙"), Part(5, 5, 2, 2, "丙"))
    assert compressed(parts) == (Part(0, 0, 2, 1, "甲"), Part(0, 1, 1, 1, "乙"), Part(1, 1, 1, 1, "丙"))


def test_a_merged_cell_as_text_stands_in_its_first_square() -> None:
    assert write_tabs(read_html(EXCEL)) == '产出指标\t"办理法律援助\n案件数量"\t1,234.50\n\t结案率 ≥95%\t'


def test_what_excel_would_change_is_marked_as_text() -> None:
    html = write_html((Part(0, 0, 1, 1, "2019-12"), Part(0, 1, 1, 1, "15.5"), Part(0, 2, 1, 1, "=100% <b>")))
    assert html.count("mso-number-format") == 2
    assert "<td>15.5</td>" in html
    assert "&lt;b&gt;" in html


def test_a_quote_without_an_end_is_a_quote() -> None:
    text = '"' + "甲" * 140_000
    assert read_tabs(text) == (Part(0, 0, 1, 1, text),)


_TEXTS = st.text(alphabet="甲乙1.≥%\"'<&\n\t", max_size=6).map(str.strip)


@given(st.lists(st.lists(_TEXTS, min_size=2, max_size=2), min_size=1, max_size=4))
def test_what_is_written_reads_back(rows: list[list[str]]) -> None:
    parts = tuple(Part(row, column, 1, 1, text) for row, line in enumerate(rows) for column, text in enumerate(line))
    assert read_tabs(write_tabs(parts)) == parts
    plain = tuple(
        part._replace(text="\n".join(" ".join(one.split()) for one in part.text.split("\n"))) for part in parts
    )
    assert read_html(write_html(parts)) == plain


@given(st.text(alphabet="<>/tdrablestyle =\"'甲3&;!-", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    assert all(part.row_span >= 1 for part in (*read_html(f"<table><tr>{text}"), *read_tabs(text)))
