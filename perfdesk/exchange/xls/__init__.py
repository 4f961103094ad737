"""Excel 97–2003 (.xls), read and never written: real ones by their records, and what only has the name.

Many systems of offices hand out a web page or Excel's old XML under the name .xls; Excel opens both, so both are read.
"""

from __future__ import annotations

from perfdesk.exchange.xls import page, records, xml2003
from perfdesk.source import SourceFile

__all__ = ["read"]


def read(data: bytes, name: str) -> SourceFile:
    """Read an old workbook, or the web page or XML that goes by its name; ``name`` is the file's.

    Raises :class:`~perfdesk.errors.UserError` where it is damaged, too large or has a password.
    """
    if xml2003.is_workbook(data):
        return xml2003.read(data, name)
    if page.is_page(data):
        return page.read(data, name)
    return records.read(data, name)
