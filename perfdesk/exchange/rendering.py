"""What is printed, as the bytes of a PDF, Word or Excel file: one door for the command line and the window.

The formats are imported when they are first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.charts import Chart
    from perfdesk.fingerprint import Stamp
    from perfdesk.layout import Layout
    from perfdesk.listing import Listing

PDF, XLSX, DOCX, CSV = "pdf", "xlsx", "docx", "csv"
PRINTED: Final = (PDF, XLSX, DOCX)
"""The formats of what is printed; they are the endings of their files."""

OF_LISTS: Final = (XLSX, CSV)
"""The formats of a list."""


class Rendered(NamedTuple):
    """The bytes of a file, and in Chinese sentences what of the form the format could not take over."""

    data: bytes
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _About:
    """What a file carries beside its forms."""

    title: str
    made: datetime
    author: str
    stamp: Stamp | None = None
    charts: tuple[Chart, ...] = ()


def render(
    layouts: tuple[Layout, ...],
    kind: str,
    *,
    title: str,
    made: datetime,
    author: str = "",
    stamp: Stamp | None = None,
    charts: tuple[Chart, ...] = (),
) -> Rendered:
    """Render layouts one behind the other into one file of a :data:`PRINTED` format.

    A ``stamp`` (version and 校验码) stands in the foot of the pages, and the file keeps in its properties what it shows, so that
    a later change can be told (``perfdesk.exchange.sealing``). ``charts`` go behind the forms of a PDF, other formats leave
    them out. Raises :class:`UserError` for what the format cannot hold, for
    instance a character that no face can draw.
    """
    about = _About(title, made, author, stamp, charts)
    found = _render(layouts, kind, about)
    if stamp is None:
        return found
    from perfdesk.exchange.sealing import keywords_of

    return _render(layouts, kind, about, keywords_of(stamp, found.data, kind))


def _render(layouts: tuple[Layout, ...], kind: str, about: _About, keywords: str = "") -> Rendered:
    title, made, author, stamp = about.title, about.made, about.author, about.stamp
    if kind == PDF:
        from perfdesk.exchange import pdf
        from perfdesk.layout import Foot

        foot = None if stamp is None else Foot(stamp.label, stamp.words)
        data = pdf.render(
            layouts, title=title, made=made, author=author, foot=foot, keywords=keywords, charts=about.charts
        )
        return Rendered(data)
    if kind == DOCX:
        from perfdesk.exchange import docx

        word = docx.render(layouts, title=title, made=made, author=author, stamp=stamp, keywords=keywords)
        return Rendered(word.data, word.notes)
    from perfdesk.exchange import xlsx

    sheets = xlsx.render(layouts, title=title, made=made, author=author, stamp=stamp, keywords=keywords)
    return Rendered(sheets.data, sheets.notes)


def render_lists(lists: tuple[Listing, ...], kind: str, *, title: str, made: datetime, author: str = "") -> Rendered:
    """Render lists into one file of a format of :data:`OF_LISTS`: a workbook with a sheet for each, or one below the other as CSV.

    What was left out or cut is told.
    """
    if kind == CSV:
        from perfdesk.exchange.csv_file import write_csv

        return Rendered(write_csv(lists))
    from perfdesk.exchange import xlsx

    sheets = xlsx.render_lists(lists, title=title, made=made, author=author)
    return Rendered(sheets.data, sheets.notes)
