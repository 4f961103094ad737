"""Measuring of a sheet: the lines of its cells, the heights of its rows, the place of lines in a box. Knows no pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial

from perfdesk.fonts import text_width
from perfdesk.layout.types import MM, STATED_NOTE, STYLES, Line
from perfdesk.linebreak import wrap
from perfdesk.sheet import Cell, Role, Sheet
from perfdesk.template import Align

CONTINUED = "（续）"
_MOST_SPREAD = 4  # characters; a line that lacks more was ended by its writer
_TAB = "  "  # a tab has no width in the faces: two spaces keep the words apart
_CONTINUED_NARROW = "(续)"
_CONTINUED_UPRIGHT = "︵\n续\n︶"  # under a column of single letters
_TITLE_WORDS = (
    "年度",
    "司法局",
    "部门",
    "单位",
    "整体支出",
    "项目支出",
    "绩效自评报告",
    "绩效评价报告",
    "绩效",
    "自评",
    "报告",
)
_thousandth = lru_cache(maxsize=4096)(partial(round, ndigits=3))  # rounding a float costs more than placing its line


def cell_width(sheet: Sheet, cell: Cell) -> float:
    """Width of a cell in pt."""
    return sum(sheet.column_widths[cell.column : cell.column + cell.column_span])


def cell_lines(sheet: Sheet, cell: Cell, *, continued: bool = False) -> tuple[str, ...]:
    """Break a cell's text into its lines; a continued span carries （续）, narrow or upright where the cell is too narrow."""
    if not cell.text:
        return ()
    style = STYLES[cell.role]
    room = cell_width(sheet, cell) - 2 * style.inset
    text = cell.text
    if continued:
        marks = (one for one in (CONTINUED, _CONTINUED_NARROW) if text_width(one, size=style.size) <= room)
        mark = next(marks, _CONTINUED_UPRIGHT)
        text = f"{text}\n{mark}" if "\n" in text or mark is _CONTINUED_UPRIGHT else text + mark
    return _lines(text, cell.role, room, cell.keep)


def title_lines(text: str, room: float) -> tuple[str, ...]:
    """Return the lines of a title on a cover ``room`` pt wide, as they are printed.

    「某县司法局2024年部门整体支出绩效评价报告」 on 442 pt is 「某县司法局2024年部门」, 「整体支出绩效评价报告」.
    """
    return _lines(text, Role.COVER_TITLE, room, ())


@lru_cache(maxsize=8192)
def _lines(text: str, role: Role, room: float, keep: tuple[str, ...]) -> tuple[str, ...]:
    """Break a text of a role into lines; kept here, because most cells are asked again at once."""
    style = STYLES[role]
    lines = wrap(text.replace("\t", _TAB), room, size=style.size, face=style.face, keep=keep)
    if role is Role.COVER_TITLE and len(lines) > 1:
        return _balanced(lines, text, room)
    return lines


def _balanced(lines: tuple[str, ...], text: str, room: float) -> tuple[str, ...]:
    """Break a title into the same number of lines, none much shorter than the others, between its words where it can."""
    style = STYLES[Role.COVER_TITLE]
    for keep in (_TITLE_WORDS, ()):
        shares = (room * (share / 40) for share in range(40 // len(lines), 41))
        tried = (wrap(text, share, size=style.size, face=style.face, keep=keep) for share in shares)
        found = next((one for one in tried if len(one) == len(lines)), None)
        if found:
            return found
    return lines


def needed(lines: int, role: Role) -> float:
    """Height in pt of a cell that holds so many lines."""
    style = STYLES[role]
    return style.above + lines * style.leading + 2 * style.padding


def row_heights(sheet: Sheet, lines: Mapping[int, tuple[str, ...]]) -> list[float]:
    """Heights of the uncut rows; ``lines`` are those of each cell, by its number."""
    least = float(sheet.page.row_mm) * MM
    heights = [0.0] * sheet.row_count
    for index, cell in enumerate(sheet.cells):
        if cell.row_span == 1:
            floor = least if cell.role.framed else needed(1, cell.role)
            extra = STATED_NOTE if cell.computed else 0.0
            heights[cell.row] = max(heights[cell.row], floor, needed(len(lines[index]), cell.role) + extra)
    heights = [height or least for height in heights]
    spans = sorted((i for i, c in enumerate(sheet.cells) if c.row_span > 1), key=lambda i: sheet.cells[i].row_span)
    for index in spans:
        cell = sheet.cells[index]
        last = cell.row + cell.row_span
        missing = needed(len(lines[index]), cell.role) - sum(heights[cell.row : last])
        heights[last - 1] += max(missing, 0.0)
    return heights


def place(texts: tuple[str, ...], cell: Cell, *, width: float, height: float, ends: bool = True) -> tuple[Line, ...]:
    """Place the lines: vertically in the middle of what is below the room above, horizontally as the cell is aligned.

    The lines of a report's text are spread to the full width, all but the last of the paragraph; ``ends`` tells whether it is
    among them.
    """
    if not texts:
        return ()
    if cell.role.flowing:
        return _flowing(texts, cell.role, width, ends=ends)
    return _placed(texts, cell.role, cell.align, _thousandth(width), _thousandth(height))


def _flowing(texts: tuple[str, ...], role: Role, width: float, *, ends: bool) -> tuple[Line, ...]:
    """Place the lines of a heading or a paragraph from edge to edge."""
    style, lines = STYLES[role], []
    for number, text in enumerate(texts):
        shown = text.rstrip()
        free = width - text_width(shown, size=style.size, face=style.face)
        full = len(shown) > 1 and (number + 1 < len(texts) or not ends) and 0 < free < _MOST_SPREAD * style.size
        spread = free / (len(shown) - 1) if full else 0.0
        lines.append(Line(shown, 0.0, style.baseline + number * style.leading, spread))
    return tuple(lines)


@lru_cache(maxsize=8192)
def _placed(texts: tuple[str, ...], role: Role, align: Align, width: float, height: float) -> tuple[Line, ...]:
    """Place lines in a box; kept, because a keystroke moves few of them."""
    style = STYLES[role]
    y = style.above + (height - style.above - len(texts) * style.leading) / 2 + style.baseline
    inset = style.inset if role.framed else 0.0
    lines = []
    for number, text in enumerate(texts):
        shown = text.rstrip()
        x = inset
        if align is not Align.LEFT:
            free = width - text_width(shown, size=style.size, face=style.face)
            x = free / 2 if align is Align.CENTER else free - inset
        lines.append(Line(shown, x, y + number * style.leading))
    return tuple(lines)
