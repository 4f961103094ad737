"""A list as a workbook: heads that stay and filter, figures as numbers, all else as text; to be sorted, filtered and summed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from openpyxl.cell import Cell as XlsxCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from perfdesk.exchange.xlsx.values import BLANK, MOST_CHARACTERS, UNWRITABLE, Value, content, cut, number, writable
from perfdesk.exchange.xlsx.workbook import Rendered, new_book, pack, sheet_names
from perfdesk.exchange.xlsx.worksheet import FONT

if TYPE_CHECKING:
    from openpyxl import Workbook

    from perfdesk.listing import Head, Listing

_SIZE: Final = 11
_HEAD_GROUND: Final = "FFF0F0F0"
_MOST_ROWS: Final = 1_048_575  # below the heads


class _Looks:
    """The styles of one workbook, each made once: heads, texts and figures, plain or in the last row."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._known: dict[tuple[str, bool, bool], int] = {}

    def number(self, shown: str, *, bold: bool = False, head: bool = False) -> int:
        """Return the number of a style; ``shown`` is its number format, ``@`` for a text of a person."""
        key = (shown, bold, head)
        if key not in self._known:
            self._known[key] = self._make(shown, bold=bold, head=head)
        return self._known[key]

    def _make(self, shown: str, *, bold: bool, head: bool) -> int:
        one = XlsxCell(self._book.worksheets[0], row=1, column=1)
        one.font = Font(name=FONT, size=_SIZE, bold=bold)
        one.alignment = Alignment(vertical="center" if head else "top", wrap_text=True)
        one.number_format, one.quotePrefix = shown, shown == "@"
        if head:
            one.fill = PatternFill("solid", fgColor=_HEAD_GROUND)
            one.border = Border(bottom=Side(style="thin"))
        return int(one.style_id)


def render_list(listing: Listing, *, made: datetime, author: str = "") -> Rendered:
    """Return a list as a workbook of one sheet. ``made`` (with time zone) is the date of the file, ``author`` the office.

    A plain number in a column of figures becomes a number that shows exactly what the list says (98.46% is 0.9846), everything
    else stays text, so that ``=1+1`` or ``2019-12`` is what was typed. The same list gives the same bytes. Rows beyond what a
    sheet can hold are left out and counted in ``notes``; cut texts are counted there too.
    """
    book = new_book(title=UNWRITABLE.sub("", listing.name), author=UNWRITABLE.sub("", author), made=made)
    (name,) = sheet_names(iter([listing.name]))
    sheet = book.create_sheet(name)
    looks, cuts = _Looks(book), [0]
    kept = listing.rows[: _MOST_ROWS - bool(listing.total)]
    last = len(kept) + 1
    body = [_row(1, (_head(head, looks) for head in listing.heads))]
    for at, row in enumerate(kept, start=2):
        body.append(_row(at, _cells(listing.heads, row, looks, cuts)))
    if listing.total:
        body.append(_row(last + 1, _cells(listing.heads, listing.total, looks, cuts, bold=True)))
    _set_up(sheet, listing, last)
    area = f"A1:{get_column_letter(len(listing.heads))}{last + bool(listing.total)}"
    data = pack(book, {name: (area, f"<sheetData>{''.join(body)}</sheetData>")})
    return Rendered(data, tuple(_notes(len(listing.rows) - len(kept), cuts[0])))


def _notes(left_out: int, cuts: int) -> Iterable[str]:
    if left_out:
        yield f"一张工作表放不下全部行，最后 {left_out} 行没有写进去。请导出为 CSV。"
    if cuts:
        yield f"有 {cuts} 格超过 {MOST_CHARACTERS} 字，Excel 放不下，只写了前面的。"


def _row(at: int, cells: Iterable[str]) -> str:
    """Write a row from its cells, each without its place: `` s="1"/>``."""
    return (
        f'<row r="{at}">'
        + "".join(f'<c r="{get_column_letter(column)}{at}"{cell}' for column, cell in enumerate(cells, start=1))
        + "</row>"
    )


def _head(head: Head, looks: _Looks) -> str:
    words, _ = writable(head.words)
    return f' s="{looks.number("General", bold=True, head=True)}"' + content(Value("s", words, "General", quote=False))


def _cells(
    heads: tuple[Head, ...], row: tuple[str, ...], looks: _Looks, cuts: list[int], *, bold: bool = False
) -> Iterable[str]:
    for head, text in zip(heads, row, strict=True):
        value = _value(head, text, cuts)
        style = looks.number(value.format, bold=bold)
        yield f' s="{style}"/>' if value.text is None else f' s="{style}"' + content(value)


def _value(head: Head, text: str, cuts: list[int]) -> Value:
    found = number(text) if head.figures else None
    if found is not None:
        return Value("n", *found, quote=False)
    clean, _ = writable(text)
    whole = cut(clean, MOST_CHARACTERS)
    cuts[0] += whole != clean
    return Value("s", whole, "@", quote=True) if whole else BLANK


def _set_up(sheet: Any, listing: Listing, last: int) -> None:  # noqa: ANN401 - openpyxl ships no types
    """The heads stay when the rows scroll, filter the rows, and stand again on every printed page."""
    for at, head in enumerate(listing.heads, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = head.width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(listing.heads))}{last}"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
