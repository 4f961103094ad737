"""Opening a file from outside: what kind it is, and what it shows, as a source file. It knows no form and writes nothing."""

from __future__ import annotations

from pathlib import Path

from perfdesk.errors import UserError
from perfdesk.exchange import guard
from perfdesk.source import SourceFile, SourceKind


def kind_of(path: Path) -> SourceKind:
    """Tell what a file is by its content; raises :class:`UserError` for what cannot be taken in, see :func:`read`."""
    return guard.kind_of(guard.read_bytes(path), path.name)


def read(path: Path) -> SourceFile:
    """Read a Word or Excel file as the tables and paragraphs that a person sees.

    Raises :class:`UserError`, one sentence with the file's name, the reason and the next step: missing, held by another program,
    empty, too large, damaged, with a password, dangerous to unpack, of a kind that is not read.
    """
    data = guard.read_bytes(path)
    kind = guard.kind_of(data, path.name)
    if kind is SourceKind.DOCX:
        from perfdesk.exchange.docx.reading import read as read_docx

        return read_docx(data, path.name)
    if kind is SourceKind.XLSX:
        from perfdesk.exchange.xlsx.reading import read as read_xlsx

        return read_xlsx(data, path.name)
    if kind is SourceKind.XLS:
        from perfdesk.exchange.xls import read as read_xls

        return read_xls(data, path.name)
    if kind is SourceKind.DOC:
        raise UserError(
            f"“{path.name}”是旧版 Word 文件，读不出表。请用 WPS 或 Word 打开，另存为“Word 文档（.docx）”，再导入。"
        )
    raise UserError(f"“{path.name}”不是 Word 或 Excel 文件。数据文件、数据包请用“导入”直接选择。")
