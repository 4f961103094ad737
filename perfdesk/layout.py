"""排版 (layout): lines, row heights and pages of a sheet, measured once for screen, PDF, Excel and Word.

A row is as high as its fullest cell; what a row-spanning cell needs beyond its rows goes to its last row. Pages are cut between
rows; the indicator header stands again on top of the next page; a span cut by the break stands on both pages, with （续） on the
second. A row taller than a page is cut between its lines. All lengths in pt, y downwards. Nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from perfdesk.fonts import text_width
from perfdesk.linebreak import wrap
from perfdesk.sheet import PT_PER_MM, Cell, Role, Sheet
from perfdesk.template import Align

_MM = float(PT_PER_MM)
PADDING_X = 0.95 * _MM
PADDING_Y = 0.55 * _MM
STATED_NOTE = 13.5
"""Room in pt under a stated figure that differs, where the screen shows the computed one."""
CONTINUED = "（续）"
_CONTINUED_NARROW = "(续)"
_LEAST_LINES = 3
_EPSILON = 0.01


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Type of a role: ``size`` and ``leading`` (line height) in pt, ``baseline`` below the top of a line."""

    size: float
    bold: bool
    leading: float

    @property
    def baseline(self) -> float:
        """Distance from the top of a line to its baseline: the em box sits in the middle of the leading."""
        return (self.leading - self.size) / 2 + 0.86 * self.size


STYLES: Mapping[Role, TextStyle] = MappingProxyType(
    {
        Role.TITLE: TextStyle(18, bold=True, leading=18 * 1.3),
        Role.SUBTITLE: TextStyle(12, bold=False, leading=12 * 1.5),
        Role.NOTE: TextStyle(10.5, bold=False, leading=10.5 * 1.5),
        Role.LABEL: TextStyle(10.5, bold=False, leading=10.5 * 1.36),
        Role.INPUT: TextStyle(10.5, bold=False, leading=10.5 * 1.36),
        Role.COMPUTED: TextStyle(10.5, bold=False, leading=10.5 * 1.36),
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: ``x`` of its start and ``y`` of its baseline, from the top left of the fragment."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a cell that stands on one page. ``row`` and ``row_span`` count the page's rows."""

    cell: Cell
    row: int
    row_span: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    continued: bool = False


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of a page: the sheet row it shows, and whether it is a repeated header row."""

    sheet_row: int
    y: float
    height: float
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class LaidPage:
    """One page: its rows and the cell fragments on it, x and y from the top left corner of the paper."""

    rows: tuple[PageRow, ...]
    fragments: tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """排版结果 (layout). ``row_heights`` are those of the uncut sheet, for Excel and Word."""

    sheet: Sheet
    width: float
    height: float
    left: float
    top: float
    row_heights: tuple[float, ...]
    pages: tuple[LaidPage, ...]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sheet row on a page: whole, or the lines ``start`` … ``stop`` of a row taller than a page."""

    row: int
    height: float
    repeated: bool = False
    start: int = 0
    stop: int | None = None


def cell_width(sheet: Sheet, cell: Cell) -> float:
    """Width of a cell in pt."""
    return sum(sheet.column_widths[cell.column : cell.column + cell.column_span])


def cell_lines(sheet: Sheet, cell: Cell, *, continued: bool = False) -> tuple[str, ...]:
    """Break a cell's text into its lines; a continued span carries （续）, half-width where the cell is too narrow."""
    style = STYLES[cell.role]
    room = cell_width(sheet, cell) - 2 * PADDING_X
    text = cell.text
    if continued and text:
        mark = CONTINUED if text_width(CONTINUED, size=style.size) <= room else _CONTINUED_NARROW
        text = f"{text}\n{mark}" if "\n" in text else text + mark
    return wrap(text, room, size=style.size, bold=style.bold, keep=cell.keep)


def _needed(lines: int, role: Role) -> float:
    return lines * STYLES[role].leading + 2 * PADDING_Y


def _row_heights(sheet: Sheet, lines: Mapping[int, tuple[str, ...]]) -> list[float]:
    """Heights of the uncut rows."""
    least = float(sheet.page.row_mm) * _MM
    heights = [0.0] * sheet.row_count
    for index, cell in enumerate(sheet.cells):
        if cell.row_span == 1:
            floor = least if cell.role.framed else _needed(1, cell.role)
            extra = STATED_NOTE if cell.computed else 0.0
            heights[cell.row] = max(heights[cell.row], floor, _needed(len(lines[index]), cell.role) + extra)
    heights = [height or least for height in heights]
    spans = sorted((i for i, c in enumerate(sheet.cells) if c.row_span > 1), key=lambda i: sheet.cells[i].row_span)
    for index in spans:
        cell = sheet.cells[index]
        last = cell.row + cell.row_span
        missing = _needed(len(lines[index]), cell.role) - sum(heights[cell.row : last])
        heights[last - 1] += max(missing, 0.0)
    return heights


def _is_continued(sheet: Sheet, cell: Cell, first: _Piece) -> bool:
    """Tell whether a cell began on an earlier page; ``first`` is the first piece of it on this one.

    A cell of the repeated header that runs on into the rows below it (绩效指标) stands there again, continued.
    """
    if first.row > cell.row or first.start > 0:
        return True
    repeat = sheet.repeat
    return first.repeated and repeat is not None and cell.row + cell.row_span > repeat.first + repeat.count


class _Paginator:
    """Cuts the rows of a sheet into pages. Lives only while one layout is made."""

    def __init__(self, sheet: Sheet, heights: list[float], lines: Mapping[int, tuple[str, ...]], room: float) -> None:
        self._sheet = sheet
        self._heights = heights
        self._lines = lines
        self._room = room
        self._spans = [cell for cell in sheet.cells if cell.row_span > 1]
        self._single = {row: [] for row in range(sheet.row_count)}
        for index, cell in enumerate(sheet.cells):
            if cell.row_span == 1:
                self._single[cell.row].append(index)

    _single: dict[int, list[int]]

    def pages(self) -> list[list[_Piece]]:
        """Return the pieces of every page."""
        pages: list[list[_Piece]] = []
        pending = [_Piece(row, height) for row, height in enumerate(self._heights)]
        while pending:
            page, pending = self._next_page(pending, first=not pages)
            pages.append(page)
        return pages or [[]]

    def _next_page(self, pending: list[_Piece], *, first: bool) -> tuple[list[_Piece], list[_Piece]]:
        head = [] if first else self._repeated(pending[0])
        room = self._room - sum(piece.height for piece in head)
        taken, used = 0, 0.0
        while taken < len(pending) and used + pending[taken].height <= room + _EPSILON:
            used += pending[taken].height
            taken += 1
        split = self._split(pending[taken], room - used, alone=taken == 0) if taken < len(pending) else None
        if split:
            return [*head, *pending[:taken], split[0]], [split[1], *pending[taken + 1 :]]
        taken = self._cut_back(head, pending, max(taken, 1))
        return self._grown([*head, *pending[:taken]]), pending[taken:]

    def _repeated(self, piece: _Piece) -> list[_Piece]:
        """Header rows to repeat above a page that begins with ``piece``."""
        repeat = self._sheet.repeat
        if repeat is None or not repeat.first + repeat.count <= piece.row <= repeat.last:
            return []
        rows = range(repeat.first, repeat.first + repeat.count)
        return [_Piece(row, self._heights[row], repeated=True) for row in rows]

    def _split(self, piece: _Piece, room: float, *, alone: bool) -> tuple[_Piece, _Piece] | None:
        """Cut a row that is taller than a whole page between its lines; ``None`` where it is to go to the next page whole."""
        if piece.height <= self._room or not self._single[piece.row]:
            return None
        role = self._sheet.cells[self._single[piece.row][0]].role
        count = int((room - 2 * PADDING_Y) / STYLES[role].leading)
        if count < (1 if alone else _LEAST_LINES):
            return None
        stop = piece.start + count
        rest = max(len(self._lines[index]) for index in self._single[piece.row]) - stop
        head = replace(piece, height=_needed(count, role), stop=stop)
        return head, replace(piece, height=max(_needed(rest, role), _needed(1, role)), start=stop)

    def _cut_back(self, head: list[_Piece], pending: list[_Piece], taken: int) -> int:
        """Take fewer rows while the cut spans would not fit or the cut stands in a bad place."""
        while taken > 1:
            grown = self._grown([*head, *pending[:taken]])
            fits = sum(piece.height for piece in grown) <= self._room + _EPSILON
            if fits and (taken == len(pending) or not self._bad_cut(pending[taken - 1].row)):
                break
            taken -= 1
        return taken

    def _bad_cut(self, last: int) -> bool:
        """Tell whether a page must not end with row ``last``.

        No header stands alone at its foot, neither 总分 nor the lines under the form (联系人) alone on the next page.
        """
        repeat = self._sheet.repeat
        if repeat is not None and (repeat.first <= last < repeat.first + repeat.count or last == repeat.last):
            return True
        framed = [cell.row + cell.row_span - 1 for cell in self._sheet.cells if cell.role.framed]
        return last == max(framed, default=-1)

    def _grown(self, page: list[_Piece]) -> list[_Piece]:
        """Give the last row of a span on this page what the span's label needs there."""
        page = list(page)
        for cell in self._spans:
            inside = [i for i, piece in enumerate(page) if cell.row <= piece.row < cell.row + cell.row_span]
            if not inside:
                continue
            continued = _is_continued(self._sheet, cell, page[inside[0]])
            need = _needed(len(cell_lines(self._sheet, cell, continued=continued)), cell.role)
            missing = need - sum(page[i].height for i in inside)
            if missing > _EPSILON:
                page[inside[-1]] = replace(page[inside[-1]], height=page[inside[-1]].height + missing)
        return page


class _PageMaker:
    """Places the cells of one page."""

    def __init__(
        self, sheet: Sheet, page: list[_Piece], lines: Mapping[int, tuple[str, ...]], *, left: float, top: float
    ) -> None:
        self._sheet = sheet
        self._page = page
        self._lines = lines
        self._tops = [top]
        for piece in page:
            self._tops.append(self._tops[-1] + piece.height)
        edges = [left]
        for width in sheet.column_widths:
            edges.append(edges[-1] + width)
        self._edges = edges
        self._at: dict[int, list[int]] = {}
        for position, piece in enumerate(page):
            self._at.setdefault(piece.row, []).append(position)

    def make(self) -> LaidPage:
        """Return the page."""
        rows = tuple(
            PageRow(piece.row, self._tops[i], piece.height, piece.repeated) for i, piece in enumerate(self._page)
        )
        cells = self._sheet.cells
        here = (i for i, cell in enumerate(cells) if cell.row_span > 1 or cell.row in self._at)
        fragments = (self._fragment(index, cells[index]) for index in here)
        return LaidPage(rows, tuple(one for one in fragments if one is not None))

    def _positions(self, cell: Cell) -> tuple[int, int]:
        """The first row of a cell on this page and how many rows it has here; none at all is (0, 0)."""
        if cell.row_span == 1:
            at = self._at.get(cell.row, ())
            return (at[0], len(at)) if at else (0, 0)
        rows = range(cell.row, cell.row + cell.row_span)
        found = [position for row in rows for position in self._at.get(row, ())]
        return (found[0], len(found)) if found else (0, 0)

    def _fragment(self, index: int, cell: Cell) -> Fragment | None:
        """Place the part of a cell that stands on this page."""
        row, span = self._positions(cell)
        if not span:
            return None
        x, y = self._edges[cell.column], self._tops[row]
        width = self._edges[cell.column + cell.column_span] - x
        height = self._tops[row + span] - y
        piece = self._page[row]
        continued = _is_continued(self._sheet, cell, piece)
        texts = self._lines[index]
        if cell.row_span == 1:
            texts = texts[piece.start : piece.stop]
        elif continued:
            texts = cell_lines(self._sheet, cell, continued=True)
        lines = place(texts, cell, width=width, height=height)
        return Fragment(cell, row, span, x, y, width, height, lines, continued)


def place(texts: tuple[str, ...], cell: Cell, *, width: float, height: float) -> tuple[Line, ...]:
    """Place the lines: vertically in the middle, horizontally as the cell is aligned."""
    return _placed(texts, cell.role, cell.align, round(width, 3), round(height, 3))


@lru_cache(maxsize=8192)
def _placed(texts: tuple[str, ...], role: Role, align: Align, width: float, height: float) -> tuple[Line, ...]:
    """Place lines in a box; kept, because a keystroke moves few of them."""
    style = STYLES[role]
    y = (height - len(texts) * style.leading) / 2 + style.baseline
    inset = PADDING_X if role.framed else 0.0
    lines = []
    for number, text in enumerate(texts):
        shown = text.rstrip()
        x = inset
        if align is not Align.LEFT:
            free = width - text_width(shown, size=style.size, bold=style.bold)
            x = free / 2 if align is Align.CENTER else free - inset
        lines.append(Line(shown, x, y + number * style.leading))
    return tuple(lines)


def lay_out(sheet: Sheet) -> Layout:
    """Lay out a sheet: the one measure for screen, PDF and Excel. Pure."""
    lines = {index: cell_lines(sheet, cell) for index, cell in enumerate(sheet.cells)}
    heights = _row_heights(sheet, lines)
    page = sheet.page
    width, height = float(page.width_mm) * _MM, float(page.height_mm) * _MM
    top = float(page.top_mm) * _MM
    room = height - top - float(page.bottom_mm) * _MM
    printable = width - float(page.left_mm + page.right_mm) * _MM
    left = float(page.left_mm) * _MM + (printable - sum(sheet.column_widths)) / 2
    cut = _Paginator(sheet, heights, lines, room).pages()
    pages = tuple(_PageMaker(sheet, pieces, lines, left=left, top=top).make() for pieces in cut)
    return Layout(sheet, width, height, left, top, tuple(heights), pages)
