"""封 (seal): what a file carries so that it can be told later whether it still shows what was written, and reading it back.

One door to the readers of PDF, Word and Excel; the formats are imported when they are first asked for. What the code of a form is
stands in ``perfdesk.fingerprint``.
"""

from __future__ import annotations

import zlib
from typing import NamedTuple
from zipfile import BadZipFile

from perfdesk.errors import UserError
from perfdesk.fingerprint import Seal, Stamp, code_of_texts, keywords, read_seal

_BROKEN = (BadZipFile, zlib.error, KeyError, ValueError, TypeError, SyntaxError, OSError, EOFError, RuntimeError)
"""What the readers of openpyxl, python-docx and pypdfium2 (a RuntimeError) raise for a file that is none of theirs, or damaged."""


class Printed(NamedTuple):
    """What a file shows: its texts, the lines of its feet that are no part of them, and its keywords."""

    keywords: str
    texts: tuple[str, ...]
    feet: tuple[str, ...] = ()

    @property
    def seal(self) -> Seal | None:
        """What the file says of itself, ``None`` when nothing."""
        return read_seal(self.keywords, (*self.feet, *self.texts))

    @property
    def changed(self) -> bool:
        """Whether it shows something else than when it was written; ``False`` where it does not say what it showed."""
        seal = self.seal
        return seal is not None and bool(seal.texts) and seal.texts != code_of_texts(seal.code, self.texts)


def read_printed(data: bytes, *, name: str) -> Printed:
    """Read a PDF, Word or Excel file; ``name`` is its name, whose ending tells the format.

    Raises :class:`UserError` for another format and for a file that is damaged.
    """
    try:
        return _read(data, name)
    except _BROKEN as error:
        raise UserError(f"“{name}”读不出，可能已经损坏，或者有密码。请在原来的程序里打开看看。") from error


def _read(data: bytes, name: str) -> Printed:
    kind = name.rpartition(".")[2].lower()
    if kind == "pdf":
        from perfdesk.exchange import pdf_printed

        return Printed(*pdf_printed.read_printed(data))
    if kind == "docx":
        from perfdesk.exchange import docx

        return Printed(*docx.read_printed(data))
    if kind == "xlsx":
        from perfdesk.exchange import xlsx

        return Printed(*xlsx.read_printed(data))
    raise UserError(f"“{name}”不是 PDF、Excel（xlsx）、Word（docx）或填报数据（json），没有校验码可看。")


def keywords_of(stamp: Stamp, data: bytes, kind: str) -> str:
    """Return the keywords that seal a stamped file: they name its code and what ``data``, the file without them, shows."""
    return keywords(stamp, _read(data, f".{kind}").texts)
