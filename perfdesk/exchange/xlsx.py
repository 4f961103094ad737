"""Excel: the same grid as on paper, with values and never a formula; heights come from ``perfdesk.layout``.

What a person typed is text (type ``s``, format ``@``, quotePrefix), so that ``=100%`` stays ``=100%``; amounts, weights, rates and
scores that are plain numbers become numbers whose format shows exactly what was typed. It reads no clock and writes no file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple
from xml.sax.saxutils import escape  # writes only; nothing is parsed
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import SheetDimension
from openpyxl.writer.excel import ExcelWriter

from perfdesk.amounts import plain
from perfdesk.errors import PerfdeskError
from perfdesk.layout import STYLES, Layout, cell_lines
from perfdesk.model import Block
from perfdesk.sheet import Cell, Role, Sheet
from perfdesk.template import Align, Page

FONT = "宋体"
DEFAULT_SIZE = 11
PT_PER_CHARACTER = 6.0
"""Column widths count digits of the default font: 宋体 11 has digits of 8 px at 96 dpi, that is 6 pt."""
MOST_HEIGHT = 409.0
MOST_CHARACTERS = 32_767
MOST_NAME = 31
CREATOR = "绩效填报台 perfdesk"
_INCH = Decimal("25.4")
_PAPER = {Decimal(297): 9, Decimal(420): 8}  # long side in mm -> Excel's number of the paper: A4, A3

_NUMERIC = {
    Block.FUNDS: frozenset({"initial_budget", "annual_budget", "executed", "weight", "execution_rate", "score"}),
    Block.INDICATORS: frozenset({"weight", "score"}),
    Block.STATED: frozenset({"total_weight", "total_score"}),
}
_NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|0|[1-9][0-9]*)(?:\.([0-9]+))?(%?)", re.ASCII)
_MOST_DIGITS = 15  # what a spreadsheet keeps of a number
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x000D_ as a character
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of a workbook, and in Chinese sentences what of the forms it could not take over whole."""

    data: bytes
    notes: tuple[str, ...]


class _Value(NamedTuple):
    """What goes into one spreadsheet cell: type ``n`` or ``s``, text of the value, number format, quotePrefix."""

    kind: str
    text: str | None
    format: str
    quote: bool


class _Sides(NamedTuple):
    """Styles of the four borders of one square."""

    left: str | None
    top: str | None
    right: str | None
    bottom: str | None


_LETTERS = tuple(get_column_letter(number) for number in range(1, 257))
_NO_ROWS = re.compile(r"<sheetData\s*/>|<sheetData>\s*</sheetData>")
_BLANK = _Value("n", None, "General", quote=False)
_BARE = _Sides(None, None, None, None)


def number(text: str) -> tuple[str, str] | None:
    """Read a text as a number of Excel: its value and the format that shows exactly the text; ``None`` when there is none.

    ``29539`` -> ``("29539", "0")``, ``100.00`` -> ``("100.00", "0.00")``, ``98.46%`` -> ``("0.9846", "0.00%")``. Leading zeros,
    more than 15 digits, full-width digits, signs and units stay text.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    sign, whole, decimals, percent = match.groups(default="")
    digits = whole.replace(",", "")
    if len(digits + decimals) > _MOST_DIGITS or (sign and not (digits + decimals).strip("0")):
        return None
    shown = ("#,##0" if "," in whole else "0") + ("." + "0" * len(decimals) if decimals else "") + percent
    value = sign + digits + ("." + decimals if decimals else "")
    return (plain(Decimal(value) / 100) if percent else value), shown


class _Styles:
    """The styles of one workbook, each made once and known by its number in the workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[Role, Align, _Sides, str, bool], int] = {}

    def number(self, cell: Cell, sides: _Sides, value: _Value) -> int:
        """Return the number of the style of one square."""
        key = (cell.role, cell.align, sides, value.format, value.quote)
        if key not in self._known:
            self._known[key] = self._make(*key)
        return self._known[key]

    def _make(self, role: Role, align: Align, sides: _Sides, shown: str, quote: bool) -> int:  # noqa: FBT001 - the key
        one = XlsxCell(self._book.worksheets[0], row=1, column=1)
        one.font = Font(name=FONT, size=STYLES[role].size, bold=STYLES[role].face.bold)
        one.alignment = Alignment(horizontal=align.value, vertical="center", wrap_text=True)
        one.border = Border(*(Side(style=side) for side in (sides.left, sides.right, sides.top, sides.bottom)))
        one.number_format = shown
        one.quotePrefix = quote
        return int(one.style_id)


class _SheetWriter:
    """Writes one worksheet. ``notes`` fill up on the way."""

    def __init__(self, target: Any, layout: Layout, styles: _Styles) -> None:  # noqa: ANN401 - openpyxl ships no types
        self.notes: list[str] = []
        self._target = target
        self._layout = layout
        self._styles = styles

    def write(self) -> str:
        """Do sizes and print set-up, and return the rows and merges as XML."""
        sheet = self._layout.sheet
        self._size()
        self._set_up(sheet.page)
        owners = _owners(sheet)
        grid = [[""] * len(sheet.column_widths) for _ in range(sheet.row_count)]
        for index, cell in enumerate(sheet.cells):
            self._put(cell, index, owners, grid)
        rows = "".join(
            f'<row r="{number}" ht="{min(height, MOST_HEIGHT):.2f}" customHeight="1">{"".join(squares)}</row>'
            for number, (height, squares) in enumerate(zip(self._layout.row_heights, grid, strict=True), start=1)
        )
        merged = [_area(cell) for cell in sheet.cells if cell.row_span > 1 or cell.column_span > 1]
        merges = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
        return f"<sheetData>{rows}</sheetData>" + (
            f'<mergeCells count="{len(merged)}">{merges}</mergeCells>' if merged else ""
        )

    def _put(self, cell: Cell, index: int, owners: list[list[int]], grid: list[list[str]]) -> None:
        """Write a cell: its value into the first square, its borders round all of them."""
        value = self._value(cell)
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                sides = _sides(owners, row, column, index) if cell.role.framed else _BARE
                style = self._styles.number(cell, sides, value)
                grid[row][column] = f'<c r="{_LETTERS[column]}{row + 1}" s="{style}"/>'
        if value.text is not None:
            first = grid[cell.row][cell.column].removesuffix("/>")
            grid[cell.row][cell.column] = first + _content(value)

    def _value(self, cell: Cell) -> _Value:
        text = self._writable(cell)
        if not text:
            return _BLANK
        binding = cell.binding
        if binding is None:
            return _Value("s", text, "General", quote=False)
        found = number(text) if binding.key in _NUMERIC.get(binding.block, ()) else None
        if found is not None:
            return _Value("n", *found, quote=False)
        return _Value("s", text, "@", quote=True)

    def _writable(self, cell: Cell) -> str:
        """Return the text as Excel can hold it; what had to go is noted."""
        text = cell.text
        if (
            cell.binding is not None and cell.binding.pattern
        ):  # 产出指标（50分） is put together here: it breaks as on paper
            text = "\n".join(cell_lines(self._layout.sheet, cell))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        text, removed = _UNWRITABLE.subn("", text)
        text = _ESCAPE_LIKE.sub("_x005F_", text)
        if removed:
            self._note(cell, f"有 {removed} 个控制字符，Excel 存不下，已去掉")
        short = _cut(text, MOST_CHARACTERS)
        if short != text:
            self._note(
                cell, f"有 {len(text)} 个字，Excel 一格最多 {MOST_CHARACTERS} 个，后面的没有写进去，全文以 PDF 为准"
            )
        return short

    def _note(self, cell: Cell, what: str) -> None:
        place = "，".join(part for part in (cell.place, cell.label or cell.text[:12]) if part)
        self.notes.append(f"“{self._layout.sheet.title}”的“{place}”{what}。")

    def _size(self) -> None:
        for letter, width in zip(_LETTERS, self._layout.sheet.column_widths, strict=False):
            self._target.column_dimensions[letter].width = round(width / PT_PER_CHARACTER, 2)
        self.notes += (
            f"“{self._layout.sheet.title}”第 {index} 行高 {height:.0f} 磅，Excel 最高 {MOST_HEIGHT:.0f} 磅，"
            f"这一行在 Excel 里显示不全，打印以 PDF 为准。"
            for index, height in enumerate(self._layout.row_heights, start=1)
            if height > MOST_HEIGHT
        )

    def _set_up(self, page: Page) -> None:
        """Make the printed page the paper form: A4, as wide as the page at the most, the header rows on each page."""
        target, repeat = self._target, self._layout.sheet.repeat
        target.sheet_view.showGridLines = False
        target.page_setup.paperSize = _PAPER[max(page.width_mm, page.height_mm)]
        target.page_setup.orientation = "landscape" if page.landscape else "portrait"
        target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
        target.sheet_properties.pageSetUpPr.fitToPage = True
        target.print_options.horizontalCentered = True
        for side in ("top", "right", "bottom", "left"):
            setattr(target.page_margins, side, round(float(getattr(page, f"{side}_mm") / _INCH), 3))
        target.page_margins.header = target.page_margins.footer = 0.3
        target.print_area = (
            f"A1:{get_column_letter(len(self._layout.sheet.column_widths))}{self._layout.sheet.row_count}"
        )
        if repeat is not None:
            target.print_title_rows = f"{repeat.first + 1}:{repeat.first + repeat.count}"
        if len(self._layout.pages) > 1:
            target.oddFooter.center.text = "第 &P 页 共 &N 页"
            target.oddFooter.center.size = 8


def _area(cell: Cell) -> str:
    """Name the squares of a cell: ``B3:D4``."""
    last = f"{_LETTERS[cell.column + cell.column_span - 1]}{cell.row + cell.row_span}"
    return f"{_LETTERS[cell.column]}{cell.row + 1}:{last}"


def _whole(sheet: Sheet) -> str:
    return f"A1:{_LETTERS[len(sheet.column_widths) - 1]}{sheet.row_count}"


def _content(value: _Value) -> str:
    """Write what stands in a cell; the text of a person is never a formula."""
    text = escape(value.text or "")
    if value.kind == "n":
        return f"><v>{text}</v></c>"
    return f' t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _owners(sheet: Sheet) -> list[list[int]]:
    """For each square, with a blank margin of one all round, the number of its framed cell; -1 where there is no frame."""
    owners = [[-1] * (len(sheet.column_widths) + 2) for _ in range(sheet.row_count + 2)]
    for index, cell in enumerate(sheet.cells):
        if cell.role.framed:
            for row in range(cell.row + 1, cell.row + cell.row_span + 1):
                for column in range(cell.column + 1, cell.column + cell.column_span + 1):
                    owners[row][column] = index
    return owners


def _sides(owners: list[list[int]], row: int, column: int, index: int) -> _Sides:
    """Borders of one square: none inside its own cell, thin towards another, medium along the frame."""
    near = (owners[row + 1][column], owners[row][column + 1], owners[row + 1][column + 2], owners[row + 2][column + 1])
    return _Sides(*(None if one == index else "medium" if one < 0 else "thin" for one in near))


def _cut(text: str, most: int) -> str:
    """Cut a text to ``most`` UTF-16 units, never inside a character."""
    if len(text.encode("utf-16-le")) <= 2 * most:
        return text
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


def sheet_names(titles: Iterator[str]) -> Iterator[str]:
    """Yield a legal, unique sheet name for each title: at most 31 units, no brackets, slashes, ``: * ?``."""
    taken = {"history"}  # Excel keeps this name for itself
    for title in titles:
        name = _NOT_IN_NAME.sub("", unicodedata.normalize("NFC", title)).strip("' ") or "表"
        candidate, count = _cut(name, MOST_NAME).rstrip("' "), 1
        while candidate.casefold() in taken:
            count += 1
            candidate = f"{_cut(name, MOST_NAME - len(f'（{count}）'))}（{count}）"
        taken.add(candidate.casefold())
        yield candidate


def _name_of(layout: Layout) -> str:
    """The project's name where the form has one, else its title."""
    cells = (one for one in layout.sheet.cells if one.binding is not None and one.binding.key == "project_name")
    return next((one.text for one in cells if one.text.strip()), layout.sheet.title)


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


def _new_book(*, title: str, author: str, made: datetime) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    normal = Font(name=FONT, size=DEFAULT_SIZE)
    book._fonts = IndexedList([normal])  # noqa: SLF001 - column widths are counted in digits of the first font
    book._named_styles["Normal"].font = normal  # noqa: SLF001 - and the Normal style must name the same
    stamp = made.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties = book.properties
    properties.title, properties.creator, properties.lastModifiedBy = title, author or CREATOR, author or CREATOR
    properties.created = properties.modified = stamp
    properties.language = "zh-CN"
    return book


def render(layouts: tuple[Layout, ...], *, title: str, made: datetime, author: str = "") -> Rendered:
    """Return a workbook with one sheet for each form, named after its project.

    ``title`` and ``author`` (the office) go into the file's properties, ``made`` (with time zone) is its date. The same input gives
    the same bytes. Texts that Excel cannot hold whole are cut or cleaned, and every such cell is named in ``notes``.
    """
    book = _new_book(title=_UNWRITABLE.sub("", title), author=_UNWRITABLE.sub("", author), made=made)
    names = tuple(sheet_names(map(_name_of, layouts)))
    sheets = [book.create_sheet(name) for name in names]
    styles = _Styles(book)
    writers = [_SheetWriter(sheet, layout, styles) for sheet, layout in zip(sheets, layouts, strict=True)]
    bodies = {
        name: (_whole(one.sheet), writer.write()) for name, one, writer in zip(names, layouts, writers, strict=True)
    }
    target = BytesIO()
    with _FixedZip(target, "w", ZIP_DEFLATED) as archive:
        _FastWriter(book, archive, bodies).write_data()
    return Rendered(target.getvalue(), tuple(note for writer in writers for note in writer.notes))
