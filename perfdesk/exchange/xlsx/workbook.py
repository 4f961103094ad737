"""The workbook round the worksheets: its properties, its names, and a zip that is the same for the same forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.writer.excel import ExcelWriter

from perfdesk.errors import PerfdeskError
from perfdesk.exchange.xlsx.values import UNWRITABLE, cut
from perfdesk.exchange.xlsx.worksheet import FONT, SheetWriter, Styles, whole
from perfdesk.fingerprint import Stamp
from perfdesk.layout import Layout
from perfdesk.model import Block
from perfdesk.release import MAKER, NAME

DEFAULT_SIZE = 11
MOST_NAME = 31
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NO_ROWS = re.compile(r"<sheetData\s*/>|<sheetData>\s*</sheetData>")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a workbook, and in Chinese sentences what of the forms it could not take over whole."""

    data: bytes
    notes: tuple[str, ...]


def sheet_names(titles: Iterator[str]) -> Iterator[str]:
    """Yield a legal, unique sheet name for each title: at most 31 units, no brackets, slashes, ``: * ?``."""
    taken = {"history"}  # Excel keeps this name for itself
    for title in titles:
        name = _NOT_IN_NAME.sub("", unicodedata.normalize("NFC", title)).strip("' ") or "表"
        candidate, count = cut(name, MOST_NAME).rstrip("' "), 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{cut(name, MOST_NAME - len(f'（{count}）'))}（{count}）"
        taken.add(candidate.casefold())
        yield candidate


def _name_of(layout: Layout) -> str:
    """The project's name where the form has one, else its title."""
    bound = ((one.text, one.binding) for one in layout.sheet.cells if one.binding is not None and one.text.strip())
    names = (text for text, where in bound if (where.block, where.key) == (Block.VALUES, "project_name"))
    return next(names, layout.sheet.title)


class _FixedZip(ZipFile):
    """A zip whose entries carry a fixed date: the same forms give the same bytes, even with a clock before 1980."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_args: Any, **_options: Any) -> None:  # noqa: ANN401 - as zipfile
        """Write an entry."""
        info = ZipInfo(str(zinfo_or_arcname), date_time=(1980, 1, 1, 0, 0, 0))
        info.compress_type = ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        super().writestr(info, data)


class _RowlessWriter(WorksheetWriter):  # type: ignore[misc]  # openpyxl ships no types
    """Writes all of a worksheet but its rows; they take their place afterwards."""

    def __init__(self, sheet: Any, out: BytesIO, area: str) -> None:  # noqa: ANN401 - as openpyxl
        super().__init__(sheet, out)
        self._area = area

    def write_dimensions(self) -> None:
        """Write the area that is used; openpyxl would look for its own cells."""
        self.xf.send(SheetDimension(self._area).to_tree())


class _FastWriter(ExcelWriter):  # type: ignore[misc]  # openpyxl ships no types
    """Puts the rows, written as text, into the worksheets that openpyxl writes round them.

    openpyxl 3.1.5 makes an object and an XML element of every square, four to five times slower than writing the text, and keeps
    worksheets in the system's temporary folder, which may be full.
    """

    def __init__(self, book: Workbook, archive: ZipFile, bodies: dict[str, tuple[str, str]]) -> None:
        super().__init__(book, archive)
        self._bodies = bodies

    def write_worksheet(self, ws: Any) -> None:  # noqa: ANN401 - as openpyxl
        """Write one worksheet into the archive."""
        ws._drawing = None  # noqa: SLF001 - there are none; the base method sets it
        area, body = self._bodies[ws.title]
        buffer = BytesIO()
        writer = _RowlessWriter(ws, buffer, area)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 - as the base method does
        xml, places = _NO_ROWS.subn(lambda _: body, buffer.getvalue().decode())
        if places != 1:
            raise PerfdeskError(f"openpyxl wrote {places} places for the rows")
        self._archive.writestr(ws.path[1:], xml)


def new_book(*, title: str, author: str, made: datetime) -> Workbook:
    """Return a workbook without sheets, with the program's type and the properties of a file; ``made`` has a time zone."""
    book = Workbook()
    book.remove(book.active)
    normal = Font(name=FONT, size=DEFAULT_SIZE)
    book._fonts = IndexedList([normal])  # noqa: SLF001 - column widths are counted in digits of the first font
    book._named_styles["Normal"].font = normal  # noqa: SLF001 - and the Normal style must name the same
    stamp = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = book.properties
    properties.title, properties.creator, properties.lastModifiedBy = title, author or NAME, author or NAME
    properties.description = MAKER
    properties.created = properties.modified = stamp
    properties.language = "zh-CN"
    return book


def pack(book: Workbook, bodies: dict[str, tuple[str, str]]) -> bytes:
    """Return the bytes of a workbook; ``bodies`` are the area and the rows (XML) of each sheet by its name."""
    target = BytesIO()
    with _FixedZip(target, "w", ZIP_DEFLATED) as archive:
        _FastWriter(book, archive, bodies).write_data()
    return target.getvalue()


def render(
    layouts: tuple[Layout, ...],
    *,
    title: str,
    made: datetime,
    author: str = "",
    stamp: Stamp | None = None,
    keywords: str = "",
) -> Rendered:
    """Return a workbook with one sheet for each form, named after its project.

    ``title``, ``author`` (the office) and ``keywords`` go into the file's properties, ``made`` (with time zone) is its date; a
    ``stamp`` stands in the last row and in the foot of every page. The same input gives the same bytes. Texts that Excel cannot
    hold whole are cut or cleaned, and every such cell is named in ``notes``.
    """
    book = new_book(title=UNWRITABLE.sub("", title), author=UNWRITABLE.sub("", author), made=made)
    book.properties.keywords = keywords or None
    names = tuple(sheet_names(map(_name_of, layouts)))
    sheets = [book.create_sheet(name) for name in names]
    styles = Styles(book)
    writers = [SheetWriter(sheet, layout, styles, stamp) for sheet, layout in zip(sheets, layouts, strict=True)]
    bodies = {
        name: (whole(one.sheet, stamp), writer.write())
        for name, one, writer in zip(names, layouts, writers, strict=True)
    }
    return Rendered(pack(book, bodies), tuple(note for writer in writers for note in writer.notes))
