"""Files that nobody should open: bombs, traversal, passwords, wrong endings, damage. Each is one sentence with name and reason."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.exchange import guard, opening
from perfdesk.exchange.guard.texts import MAX_TEXT
from perfdesk.source import SourceKind, SourceText
from tests.handmade_files import cell, data, docx, line, packed, row, table, xlsx

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
CUT = xlsx(data("A1=甲"))[:-30]


def stream(name: str) -> bytes:
    """An OLE file whose directory has an entry of that name."""
    return OLE + (name + "\0").encode("utf-16-le").ljust(128, b"\0") + bytes(384)


def bomb() -> bytes:
    """A workbook whose sheet unpacks to a thousand times its size."""
    return xlsx("<sheetData>" + " " * (40 << 20) + "</sheetData>")


def lying_bomb() -> bytes:
    """The same, its directory and headers promising ten bytes."""
    raw = bytearray(bomb())
    at = 0
    while (at := raw.find(b"PK\x01\x02", at)) >= 0:
        if struct.unpack_from("<I", raw, at + 24)[0] > 40 << 20:
            struct.pack_into("<I", raw, at + 24, 10)
        at += 4
    return bytes(raw)


def doubled() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/workbook.xmk", "<b/>")
    return target.getvalue().replace(b"workbook.xmk", b"workbook.xml")


def locked() -> bytes:
    raw = bytearray(packed({"xl/workbook.xml": "<a/>"}))
    raw[raw.find(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


def overlapping() -> bytes:
    """Many members that share one packed body, as the better bombs do."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed_body = body.compress(b"\0" * 5_000_000) + body.flush()
    head = b"PK\x03\x04" + struct.pack(
        "<5H3L2H", 20, 0, 8, 0, 0, zlib.crc32(bytes(5_000_000)), len(packed_body), 5_000_000, 1, 0
    )
    entries = b"".join(
        b"PK\x01\x02"
        + struct.pack("<6H3L5H2L", 20, 20, 0, 8, 0, 0, 0, len(packed_body), 5_000_000, 4, 0, 0, 0, 0, 0, 0)
        + f"{number:04d}".encode()
        for number in range(400)
    )
    start = head + b"a" + packed_body
    return start + entries + b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, 400, 400, len(entries), len(start), 0)


NASTY = {
    "空的": (b"\0" * 10, "是空的"),
    "截断": (CUT, "已经损坏，或没有下载、复制完整"),
    "炸弹": (bomb(), "大得不正常"),
    "说谎的炸弹": (lying_bomb(), "“表.xlsx”"),
    "重叠的炸弹": (overlapping(), "大得不正常"),
    "成员太多": (packed({str(one): "" for one in range(10_001)}), "里有 10001 个文件"),
    "穿越": (packed({"xl/workbook.xml": "<a/>", "../../evil.txt": "x"}), "指向文件之外"),
    "绝对": (packed({"xl/workbook.xml": "<a/>", "/etc/passwd": "x"}), "指向文件之外"),
    "盘符": (packed({"xl/workbook.xml": "<a/>", "C:evil": "x"}), "指向文件之外"),
    "重名": (doubled(), "同名"),
    "压缩密码": (locked(), "加了密码"),
    "打开密码": (stream("EncryptedPackage"), "打开密码"),
    "旧演示": (stream("PowerPoint Document"), "演示文稿"),
    "旧不明": (stream("Nothing"), "看不出是 Word 还是 Excel"),
    "演示": (packed({"ppt/presentation.xml": "<a/>"}), "演示文稿"),
    "二进制表": (packed({"xl/workbook.bin": "x"}), "另存为“Excel 工作簿（.xlsx）”"),
    "开放文档": (packed({"content.xml": "<a/>"}), "OpenDocument"),
    "压缩包": (packed({"甲/自评表.xlsx": "x"}), "请先解压"),
    "别的压缩包": (packed({"甲.txt": "x"}), "没有认得的表"),
    "PDF": (b"%PDF-1.7", "是 PDF 文件"),
    "图片": (b"\x89PNG\r\n\x1a\n", "是图片"),
    "RAR": (b"Rar!\x1a\x07", "RAR"),
    "网页": ("<html><p>项目名称</p>".encode(), "网页或 XML"),
    "乱码": (b"\x01\x02\xff\xff\0\0", "也不是文字文件"),
    "JSON": (b"  [{}]", "数据文件（JSON）"),
    "数据包": (packed({"manifest.json": "{}"}), "数据包"),
    "实体": (
        packed({"word/document.xml": '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>'}),
        "来历可疑",
    ),
    "表里的实体": (xlsx("<!DOCTYPE x []>"), "来历可疑"),
    "UTF-16 里的实体": (packed({"word/document.xml": "<!DOCTYPE d []><d/>".encode("utf-16")}), "来历可疑"),
    "UTF-16 半个": (packed({"word/document.xml": b"\xff\xfe<"}), "已经损坏"),
    "别的编码": (packed({"word/document.xml": b'<?xml version="1.0" encoding="utf-7"?><d/>'}), "已经损坏"),
    "没有记号的 UTF-16": (packed({"word/document.xml": "<d/>".encode("utf-16-le")}), "已经损坏"),
    "元素太多": (docx("<w:p/>" * 3_100_000), "多得不像填报用的表"),
    "套得太深": (docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), "多得不像填报用的表"),
    "一格十五兆": (docx(table(row(cell("长" * (5 << 20))))), "多得不像填报用的表"),
    "没有正文": (packed({"word/document.xml": "<d/>"}), "没有正文"),
    "缺成员": (xlsx(data("A1=甲")).replace(b"xl/_rels/workbook.xml.rels", b"xl/_rels/workbook.xml.rela"), "没有工作表"),
    "坏标记": (xlsx("<sheetData><row>"), "已经损坏"),
}


@pytest.mark.parametrize("case", NASTY)
def test_a_nasty_file_is_one_sentence(tmp_path: Path, case: str) -> None:
    content, says = NASTY[case]
    path = tmp_path / "表.xlsx"
    path.write_bytes(content)
    with pytest.raises(UserError) as error:
        opening.read(path)
    assert "“表.xlsx”" in str(error.value)
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (docx(line("甲")), SourceKind.DOCX),
        (xlsx(data("A1=甲")), SourceKind.XLSX),
        (stream("Workbook"), SourceKind.XLS),
        (stream("Book"), SourceKind.XLS),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", SourceKind.XLS),
        (stream("WordDocument"), SourceKind.DOC),
        (b"{\\rtf1 }", SourceKind.DOC),
        (b'\xef\xbb\xbf{"format": "perfdesk-record/1"}', SourceKind.JSON),
        ("项目名称,法律援助".encode("gb18030"), SourceKind.CSV),
        (packed({"manifest.json": "{}"}), SourceKind.PACKAGE),
    ],
)
def test_the_kind_is_told_by_the_content(tmp_path: Path, content: bytes, kind: SourceKind) -> None:
    path = tmp_path / "名不副实.pdf"
    path.write_bytes(content)
    assert opening.kind_of(path) is kind


def test_a_file_that_is_not_there_a_folder_and_one_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, says in ((tmp_path / "没有.docx", "文件不在那里"), (tmp_path, "那是一个文件夹")):
        with pytest.raises(UserError, match=says):
            opening.read(path)
    monkeypatch.setattr("perfdesk.exchange.guard.kinds.MAX_FILE", 3)
    (tmp_path / "大.docx").write_bytes(b"abcd")
    with pytest.raises(UserError, match="大于"):
        opening.read(tmp_path / "大.docx")


def test_five_megabytes_in_a_cell_are_cut_and_said() -> None:
    long = "长" * (5 << 19)
    for raw in (docx(table(row(cell(long), cell("乙")))), xlsx(data(f"A1={long}{long}"))):
        source = opening.read_bytes(raw, "表")
        assert len(source.tables[0].cells[0].text) == MAX_TEXT
        assert any("个字，只读了前 100000 个" in note for note in source.notes)


def test_what_nobody_can_see_is_taken_out_and_said() -> None:
    odd = "总\u202e分\u200f\u200b"
    source = opening.read_bytes(xlsx(data(f"A1={odd}", "B2=\u2066甲")), "表")
    assert [one.text for one in source.tables[0].cells] == ["总分", "甲"]
    assert source.notes == ("有 3 个看不见的控制字符，已去掉（A1、B2）。",)
    source = opening.read_bytes(docx(line(odd)), "表")
    assert source.parts == (SourceText("总分", "第 1 段"),)
    assert source.notes == ("有 2 个看不见的控制字符，已去掉（第 1 段）。",)


def test_control_characters_and_halves_that_excel_writes_by_their_numbers() -> None:
    source = opening.read_bytes(xlsx(data("A1=甲_x0001_乙_xD800_", "A2=一_x000D_\n二", "A3=_x005F_x0041_")), "表")
    assert [one.text for one in source.tables[0].cells] == ["甲乙\ufffd", "一\n二", "_x0041_"]
    assert source.notes == (
        "有 1 个看不见的控制字符，已去掉（A1）。",
        "有 1 个残缺的字符，已换成“\ufffd”（A1），请对照原件补上。",
    )


def test_notes_name_three_places_and_count_the_rest() -> None:
    texts = guard.Texts()
    for number in range(5):
        texts.clean("\x01" + "长" * MAX_TEXT, f"A{number}")
    assert list(texts.notes()) == [
        "有 5 个看不见的控制字符，已去掉（A0、A1、A2 等 5 处）。",
        *(f"A{number} 有 {MAX_TEXT + 1} 个字，只读了前 {MAX_TEXT} 个。" for number in range(3)),
        f"另有 2 处文字过长，也只读了前 {MAX_TEXT} 个字。",
    ]


@given(st.text())
def test_a_cleaned_text_is_clean(text: str) -> None:
    texts = guard.Texts()
    clean = texts.clean(text, "A1")
    assert texts.clean(clean, "A1") == clean
    assert all(one.isprintable() or one.isspace() or ord(one) >= 0xA0 for one in clean)
    clean.encode()


def test_an_archive_reads_no_more_than_it_may(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = guard.Archive(packed({"甲\\乙.xml": "x" * 90, "丙.xml": "y" * 90}), "包")
    assert archive.names == ("甲/乙.xml", "丙.xml")
    assert ("甲/乙.XML" in archive, archive.size("丙.xml"), archive.size("丁")) == (True, 90, 0)
    monkeypatch.setattr("perfdesk.exchange.guard.archive.MAX_MEMBER", 80)
    with pytest.raises(UserError, match="解开后超过"):
        archive.read("丙.xml")
    with pytest.raises(UserError, match="缺少 丁"):
        archive.read("丁")


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfdesk.exchange.guard.archive.MAX_READ", 100)
    archive = guard.Archive(packed({"甲": "x" * 90, "乙": "y" * 90}), "包")
    assert len(archive.read("甲")) == 90
    with pytest.raises(UserError, match="解开后超过"):
        archive.read("乙")


def test_a_member_with_damaged_bytes() -> None:
    raw = bytearray(packed({"甲": "一二三四五六七八九十" * 20}))
    raw[40:50] = bytes(10)
    with pytest.raises(UserError, match="已经损坏"):
        guard.Archive(bytes(raw), "包").read("甲")


def test_an_uncompressed_archive_is_read() -> None:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("甲", "乙")
    assert guard.Archive(target.getvalue(), "包").read("甲") == "乙".encode()
