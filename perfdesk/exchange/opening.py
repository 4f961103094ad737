"""Opening a file from outside: what kind it is, and what it shows, as a source file. It knows no form and writes nothing."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from perfdesk.errors import UserError
from perfdesk.exchange import guard
from perfdesk.source import SourceFile, SourceKind

_DATA = "“{}”是数据文件（JSON），不是 Word 或 Excel 文件，请用“导入”收进来。"
_PACKAGE = "“{}”是数据包，不是 Word 或 Excel 文件，请用“文件 › 数据包…”一个一个收进来。"


def kind_of(path: Path) -> SourceKind:
    """Tell what a file is by its content; raises :class:`UserError` for what cannot be taken in, see :func:`read`."""
    return guard.kind_of(guard.read_bytes(path), path.name)


def read(path: Path) -> SourceFile:
    """Read a Word, Excel, CSV or text file as the tables and paragraphs that a person sees.

    An old Word file is turned into .docx first, if LibreOffice is installed; that may take a minute, so never call this on the
    thread of the window. Raises :class:`UserError`, one sentence with the file's name, the reason and the next step: missing, held
    by another program, empty, too large, damaged, with a password, dangerous to unpack, of a kind that is not read.
    """
    data = guard.read_bytes(path)
    return read_bytes(data, path.name)


def read_bytes(data: bytes, name: str) -> SourceFile:
    """Read the bytes of a file; ``name`` is what the sentences call it. As :func:`read`."""
    kind = guard.kind_of(data, name)
    if kind is SourceKind.DOCX:
        from perfdesk.exchange.docx.reading import read as read_docx

        return read_docx(data, name)
    if kind is SourceKind.XLSX:
        from perfdesk.exchange.xlsx.reading import read as read_xlsx

        return read_xlsx(data, name)
    if kind is SourceKind.XLS:
        from perfdesk.exchange.xls import read as read_xls

        return read_xls(data, name)
    return _other(data, name, kind)


def _other(data: bytes, name: str, kind: SourceKind) -> SourceFile:
    if kind is SourceKind.CSV:
        from perfdesk.exchange.text_file import read as read_text

        return read_text(data, name)
    if kind is SourceKind.DOC:
        return _old_word(data, name)
    raise UserError((_PACKAGE if kind is SourceKind.PACKAGE else _DATA).format(name))


def _old_word(data: bytes, name: str) -> SourceFile:
    from perfdesk.exchange.converting import to_docx
    from perfdesk.exchange.docx.reading import read as read_docx

    converted = to_docx(data, ".rtf" if data.startswith(b"{\\rtf") else ".doc")
    if converted is None:
        raise UserError(
            f"“{name}”是旧版 Word 文件，不能直接读。请用 WPS 或 Word 打开它，按 F12 另存为“Word 文档（.docx）”，再导入。"
        )
    source = read_docx(converted, name)
    notes = ("旧版 Word 文件，已由电脑上的 LibreOffice 转成 .docx 来读，原文件没有动。", *source.notes)
    return replace(source, kind=SourceKind.DOC, digest=hashlib.sha256(data).hexdigest(), notes=notes)
