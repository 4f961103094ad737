"""What is printed, as the bytes of a PDF, Word or Excel file: one door for the command line and the window.

The formats are imported when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.layout import Layout

PDF, XLSX, DOCX = "pdf", "xlsx", "docx"
PRINTED: Final = (PDF, XLSX, DOCX)
"""The formats of what is printed; they are the endings of their files."""


class Rendered(NamedTuple):
    """The bytes of a file, and in Chinese sentences what of the form the format could not take over."""

    data: bytes
    notes: tuple[str, ...] = ()


def render(layouts: tuple[Layout, ...], kind: str, *, title: str, made: datetime, author: str = "") -> Rendered:
    """Render layouts one behind the other into one file of a :data:`PRINTED` format.

    Raises :class:`UserError` for what the format cannot hold, for instance a character that no face can draw.
    """
    if kind == PDF:
        from perfdesk.exchange import pdf

        return Rendered(pdf.render(layouts, title=title, made=made, author=author))
    if kind == DOCX:
        from perfdesk.exchange import docx

        word = docx.render(layouts, title=title, made=made, author=author)
        return Rendered(word.data, word.notes)
    from perfdesk.exchange import xlsx

    sheets = xlsx.render(layouts, title=title, made=made, author=author)
    return Rendered(sheets.data, sheets.notes)
