"""Word: a report as paragraphs with real heading styles, a form as a real table, one section after another.

The texts are those of the sheets, the sizes those of ``perfdesk.layout``; lines and pages are Word's own, so the file is for
working on and the PDF for the record. Fonts are only named (仿宋_GB2312, 方正小标宋简体 …): the office has them, the file does not
carry them. It reads no clock (the date is given) and writes no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document

from perfdesk.exchange.docx.printed import read_printed
from perfdesk.exchange.docx.sections import finish, parts_of
from perfdesk.exchange.docx.styles import set_styles
from perfdesk.exchange.docx.texts import clean
from perfdesk.fingerprint import Stamp
from perfdesk.layout import Layout
from perfdesk.release import MAKER, NAME

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

__all__ = ["Rendered", "read_printed", "render"]

_OLDEST = (1980, 1, 1, 0, 0, 0)


class Rendered(NamedTuple):
    """The bytes of a Word file, and in Chinese sentences what of the texts it could not take over."""

    data: bytes
    notes: tuple[str, ...]


def render(
    layouts: Iterable[Layout],
    *,
    title: str,
    made: datetime,
    author: str = "",
    stamp: Stamp | None = None,
    keywords: str = "",
) -> Rendered:
    """Return one Word file of reports and forms, each in its own section; the annexes of a report simply follow it.

    ``title``, ``author`` (the office) and ``keywords`` go into the file's properties, ``made`` (with time zone) is its date; a
    ``stamp`` stands in the foot of every page. The same input gives the same bytes. Control characters, which Word cannot hold,
    are taken out, and every such cell is named in ``notes``.
    """
    document = Document()
    set_styles(document)
    _set_properties(document, title=title, author=author, made=made)
    document.core_properties.keywords = keywords
    parts = tuple(part for layout in layouts for part in parts_of(layout, stamp))
    finish(document, parts)
    target = BytesIO()
    document.save(target)
    return Rendered(_repacked(target), tuple(note for part in parts for note in part.notes))


def _set_properties(document: WordDocument, *, title: str, author: str, made: datetime) -> None:
    properties = document.core_properties
    name = clean(author) or NAME
    properties.title, properties.author, properties.last_modified_by = clean(title)[:255], name[:255], name[:255]
    properties.comments, properties.subject = MAKER, ""
    properties.revision, properties.language = 1, "zh-CN"
    properties.created = properties.modified = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def _repacked(written: BytesIO) -> bytes:
    """Give all entries of the package the same old date: the same forms give the same bytes, whatever the clock says."""
    target = BytesIO()
    with ZipFile(written) as source, ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name in source.namelist():
            info = ZipInfo(name, date_time=_OLDEST)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, source.read(name))
    return target.getvalue()
