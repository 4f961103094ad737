"""CSV and text files, as other programs and this one write them."""

from __future__ import annotations

import pytest

from perfdesk.errors import UserError
from perfdesk.exchange.csv_file import write_csv
from perfdesk.exchange.text_file import read
from perfdesk.listing import Head, Listing
from perfdesk.source import SourceKind, SourceText


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_columns_are_a_table(encoding: str, separator: str) -> None:
    text = f'项目名称{separator}金额\r\n"法律{separator}援助"{separator}100.00\r\n{separator}200\r\n'
    source = read(text.encode(encoding), "年度.csv")
    assert [(one.address, one.text) for one in source.tables[0].cells] == [
        ("A1", "项目名称"),
        ("B1", "金额"),
        ("A2", f"法律{separator}援助"),
        ("B2", "100.00"),
        ("B3", "200"),
    ]
    assert (source.kind, source.tables[0].name, source.notes) == (SourceKind.CSV, "年度", ())


def test_running_text_is_paragraphs() -> None:
    source = read("一、基本情况\n\n  全年办理案件。\n".encode(), "报告.txt")
    assert source.parts == (SourceText("一、基本情况", "第 1 行"), SourceText("全年办理案件。", "第 3 行"))


def test_what_looks_like_a_formula_comes_back_as_it_was() -> None:
    listing = Listing("表", (Head("实际完成值"), Head("分值")), (("=100%", "-3.5"), ("'甲'", "@1")))
    texts = [one.text for one in read(write_csv((listing,)), "表.csv").tables[0].cells]
    assert texts == ["实际完成值", "分值", "=100%", "-3.5", "'甲'", "@1"]


def test_limits_and_what_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdesk.exchange.text_file.MAX_LINES", 2)
    assert read(b"a,b\nc,d\ne,f\n", "表").notes == ("内容太多，只读了前 2 行。",)
    assert len(read(b"a\nc\ne\n", "表").parts) == 2
    with pytest.raises(UserError, match="不是文字文件"):
        read(b"\0", "表")


def test_quotation_marks_that_never_close_and_a_doubtful_encoding() -> None:
    source = read(('甲,"' + "乙" * 200_000 + "\n丙,丁\n").encode(), "表")
    assert [one.address for one in source.tables[0].cells] == ["A1", "B1", "A2", "B2"]
    damaged = read(
        b"\xe6\x96\xbd\xe6\x8c\x87\xe7\xbb\xa9\xe9\x97\xa8\xe6\x8f\xe1\xe6\x9f\x90\xe5\x8a\xa9\xe5\x90\x8d", "表"
    )
    assert damaged.notes == ("文字的编码看不准，可能有乱码，请对照原件看一看。",)
