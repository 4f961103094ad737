"""What a file really is: told by its first bytes and the list of what it holds, never by its name."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

from perfdesk.encodings import decode
from perfdesk.errors import UserError, reason
from perfdesk.exchange.guard.archive import Archive
from perfdesk.exchange.guard.links import main_part
from perfdesk.source import SourceKind

MAX_FILE: Final = 50 << 20
"""Bytes of a file on the disk; photographs in a Word file make most of it."""
MAX_TEXT_FILE: Final = 20 << 20
"""Bytes of a file of text, as of a data file in JSON."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
"""How a workbook older than Excel 97, or one without its container, begins."""
_ENTRY: Final = 128  # bytes of an entry in the directory of an OLE file
_STREAMS: Final = {
    "EncryptedPackage": None,
    "Workbook": SourceKind.XLS,
    "Book": SourceKind.XLS,
    "WordDocument": SourceKind.DOC,
}
_MAIN: Final = {"word/": SourceKind.DOCX, "xl/": SourceKind.XLSX}
_SAVE_AS = "请用 WPS 或 Office 打开它，另存为{}，再导入。"
_WORKBOOK, _DOCUMENT = "“Excel 工作簿（.xlsx）”", "“Word 文档（.docx）”"
_FOREIGN_MEMBERS: Final = (
    ("xl/workbook.bin", "二进制的 Excel 工作簿（.xlsb）", _WORKBOOK),
    ("ppt/presentation.xml", "演示文稿", ""),
    ("content.xml", " OpenDocument 文件", _DOCUMENT + "或" + _WORKBOOK),
    ("ofd.xml", " OFD 版式文件", ""),
)
_FOREIGN_STARTS: Final = (
    (b"%PDF", " PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"Rar!", "压缩文件（RAR）"),
    (b"7z\xbc\xaf", "压缩文件（7z）"),
    (b"SQLite format 3", "数据库文件"),
    (b"MIME-Version:", "网页归档（MHT）"),
)
_MARKUP = re.compile(rb"^\s*<(?:\?xml|!doctype|html|table|head|body|meta|style|(?:ss:)?workbook)", re.IGNORECASE)


_UTF_16_MARKUP = (codecs.BOM_UTF16_LE + b"<\0", codecs.BOM_UTF16_BE + b"\0<")
_TABLES = re.compile(rb"<table[\s>]|urn:schemas-microsoft-com:office:spreadsheet", re.IGNORECASE)
_LOOKED_AT: Final = 1 << 20  # bytes in which a table begins


def read_bytes(path: Path) -> bytes:
    """Read a file whole. Raises :class:`UserError` where it cannot be read, is a folder, is empty or larger than 50 MB."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise UserError(f"“{path.name}”打不开（{reason(error)}），请检查文件是否还在、是否被别的程序占用。") from error
    if len(data) > MAX_FILE:
        raise UserError(
            f"“{path.name}”大于 {MAX_FILE >> 20} MB，不像填报用的表。请检查是否选错了文件，或删去里面的图片。"
        )
    if not data.strip(b"\0 \t\r\n"):
        raise UserError(f"“{path.name}”是空的，里面什么也没有。请重新取得这个文件。")
    return data


def kind_of(data: bytes, name: str) -> SourceKind:
    """Tell the kind of a file by its content.

    Raises :class:`UserError` for what cannot be taken in, with what it is and what to do: encrypted, a picture, a PDF, another
    program's format, no readable text.
    """
    if data.startswith(_ZIP):
        return _of_package(data, name)
    if data.startswith(_OLE):
        return _of_container(data, name)
    if data.startswith(_BIFF):
        return SourceKind.XLS
    if data.startswith(b"{\\rtf"):
        return SourceKind.DOC
    for start, words in _FOREIGN_STARTS:
        if data.startswith(start):
            raise UserError(f"“{name}”是{words}，读不出表。请选 Word 或 Excel 文件。")
    if _MARKUP.match(data.removeprefix(codecs.BOM_UTF8)) or data.startswith(_UTF_16_MARKUP):
        if _TABLES.search(data[:_LOOKED_AT].replace(b"\0", b"")):
            return SourceKind.XLS  # a page or Excel's old XML, as many systems hand out under that name
        raise UserError(f"“{name}”是网页或 XML，只是名字像 Office 文件。{_SAVE_AS.format(_WORKBOOK)}")
    return _of_text(data, name)


def _of_package(data: bytes, name: str) -> SourceKind:
    archive = Archive(data, name)
    main = main_part(archive, name)
    if main.startswith(tuple(_MAIN)) and main.endswith(".xml"):
        return _MAIN[main.split("/", maxsplit=1)[0] + "/"]
    if "manifest.json" in archive:
        return SourceKind.PACKAGE
    for member, words, target in _FOREIGN_MEMBERS:
        if member in archive:
            raise UserError(
                f"“{name}”是{words}，读不出表。" + (_SAVE_AS.format(target) if target else "请选 Word 或 Excel 文件。")
            )
    if any(one.lower().endswith((".docx", ".xlsx", ".xls", ".doc")) for one in archive.names):
        raise UserError(f"“{name}”是压缩文件，里面有 Word 或 Excel 文件。请先解压，再选解压后的文件。")
    raise UserError(f"“{name}”是压缩文件，里面没有认得的表。请选 Word 或 Excel 文件。")


def _of_container(data: bytes, name: str) -> SourceKind:
    """Look for the names of streams in the directory of an OLE file; its entries stand at multiples of their size."""
    for stream, kind in _STREAMS.items():
        if _has_entry(data, stream):
            if kind is None:
                raise UserError(
                    f"“{name}”设了打开密码，读不出来。请用 WPS 或 Office 输入密码打开，取消密码后另存一份。"
                )
            return kind
    if _has_entry(data, "PowerPoint Document"):
        raise UserError(f"“{name}”是演示文稿，读不出表。请选 Word 或 Excel 文件。")
    raise UserError(
        f"“{name}”是旧版 Office 的文件，但看不出是 Word 还是 Excel，可能已经损坏。请用 WPS 或 Office 打开后另存一份。"
    )


def _has_entry(data: bytes, stream: str) -> bool:
    wanted = (stream + "\0").encode("utf-16-le")
    at = data.find(wanted)
    while at >= 0:
        if at % _ENTRY == 0:
            return True
        at = data.find(wanted, at + 2)
    return False


def _of_text(data: bytes, name: str) -> SourceKind:
    """Tell JSON from other text; what no encoding reads is no text."""
    if len(data) > MAX_TEXT_FILE:
        raise UserError(f"“{name}”大于 {MAX_TEXT_FILE >> 20} MB，不像填报用的表。请检查是否选错了文件。")
    found = decode(data)
    if found is None:
        raise UserError(f"“{name}”既不是 Word、Excel 文件，也不是文字文件，或者已经损坏。请检查是否选错了文件。")
    return SourceKind.JSON if found.text.lstrip().startswith(("{", "[")) else SourceKind.CSV
