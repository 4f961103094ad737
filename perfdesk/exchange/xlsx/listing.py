"""A list as a workbook: heads that stay and filter, figures as numbers, all else as text; to be sorted, filtered and summed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def render_lists(lists: tuple[Listing, ...], *, title: str, made: datetime, author: str = "") -> Rendered:
    """Return a workbook with a sheet for each list. ``made`` (with time zone) is the date of the file, ``author`` the office.

    A plain number in a column of figures becomes a number that shows exactly what the list says (98.46% is 0.9846), everything
    else stays text, so that ``=1+1`` or ``2019-12`` is what was typed. The same lists give the same bytes. Rows beyond what a
    sheet can hold are left out and counted in ``notes``; cut texts are counted there too.
    """
    book = new_book(title=UNWRITABLE.sub("", title), author=UNWRITABLE.sub("", author), made=made)
    names = tuple(sheet_names(one.name for one in lists))
    sheets = [book.create_sheet(name) for name in names]
    looks, bodies = _Looks(book), dict[str, tuple[str, str]]()
    notes: list[str] = []
    for name, sheet, listing in zip(names, sheets, lists, strict=True):
        writer = _ListWriter(listing, looks)
        bodies[name] = writer.write(sheet)
        notes += writer.notes()
    return Rendered(pack(book, bodies), tuple(notes))


class _ListWriter:
    """Writes one list into a sheet of its own, and knows afterwards what it could not take over."""

    def __init__(self, listing: Listing, looks: _Looks) -> None:
        self._listing, self._looks = listing, looks
        self._kept = listing.rows[: _MOST_ROWS - bool(listing.total)]
        self._cuts = 0

    def write(self, sheet: Any) -> tuple[str, str]:  # noqa: ANN401 - openpyxl ships no types
        """Set the sheet up and return its area and its rows as XML."""
        heads, total = self._listing.heads, self._listing.total
        last = len(self._kept) + 1
        body = [_row(1, (_head(head, self._looks) for head in heads))]
        body += [_row(at, self._cells(row)) for at, row in enumerate(self._kept, start=2)]
        body += [_row(last + 1, self._cells(total, bold=True))] if total else []
        _set_up(sheet, self._listing, last)
        return f"A1:{get_column_letter(len(heads))}{last + bool(total)}", f"<sheetData>{''.join(body)}</sheetData>"

    def notes(self) -> Iterator[str]:
        """Say what the sheet does not hold."""
        left_out = len(self._listing.rows) - len(self._kept)
        if left_out:
            yield f"一张工作表放不下全部行，最后 {left_out} 行没有写进去。请导出为 CSV。"
        if self._cuts:
            yield f"有 {self._cuts} 格超过 {MOST_CHARACTERS} 字，Excel 放不下，只写了前面的。"

    def _cells(self, row: tuple[str, ...], *, bold: bool = False) -> Iterator[str]:
        for head, text in zip(self._listing.heads, row, strict=True):
            value = self._value(head, text)
            style = self._looks.number(value.format, bold=bold)
            yield f' s="{style}"/>' if value.text is None else f' s="{style}"' + content(value)

    def _value(self, head: Head, text: str) -> Value:
        found = number(text) if head.figures else None
        if found is not None:
            return Value("n", *found, quote=False)
        clean, _ = writable(text)
        whole = cut(clean, MOST_CHARACTERS)
        self._cuts += whole != clean
        return Value("s", whole, "@", quote=True) if whole else BLANK


def _row(at: int, cells: Iterable[str]) -> str:
    """Write a row from its cells, each without its place: `` s="1"/>``."""
    named = (f'<c r="{get_column_letter(column)}{at}"{cell}' for column, cell in enumerate(cells, start=1))
    return f'<row r="{at}">{"".join(named)}</row>'


def _head(head: Head, looks: _Looks) -> str:
    words, _ = writable(head.words)
    style = looks.number("General", bold=True, head=True)
    return f' s="{style}"' + content(Value("s", words, "General", quote=False))


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
