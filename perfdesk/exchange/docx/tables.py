"""A run of framed rows as a Word table: merged cells, widths, least heights, lines of 0.5 and 1 pt. It knows no pages."""

from __future__ import annotations

from itertools import pairwise

from perfdesk.exchange.docx.styles import LOOKS, style_id
from perfdesk.exchange.docx.texts import ALIGNED, paragraph, run
from perfdesk.layout import PADDING_X, PADDING_Y, Layout
from perfdesk.sheet import Cell, Role

_STYLE = style_id(LOOKS[Role.LABEL])
_THIN, _FRAME = 4, 8  # eighths of a point
_TALL = 0.4  # of the page: a row higher than this may be cut by Word
_EDGES = ("top", "left", "bottom", "right")


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def table(layout: Layout, first: int, stop: int, *, goes_on: bool = False) -> str:
    """Write the sheet rows ``first`` … ``stop - 1`` as one table; one that ``goes_on`` leaves the line below to the next."""
    sheet = layout.sheet
    owners = _owners(sheet.cells, first, stop)
    edges = [twips(sum(sheet.column_widths[:column])) for column in range(len(sheet.column_widths) + 1)]
    widths = [right - left for left, right in pairwise(edges)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head_end = _head_end(layout, first)
    rows = "".join(_row(layout, owners, row, edges, head_end=head_end) for row in range(first, stop))
    return f"<w:tbl>{_properties(edges[-1], goes_on=goes_on)}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _properties(width: int, *, goes_on: bool) -> str:
    drawn = {edge: "nil" if goes_on and edge == "bottom" else "single" for edge in _EDGES}
    lines = "".join(
        f'<w:{edge} w:val="{line}" w:sz="{_FRAME}" w:space="0" w:color="000000"/>' for edge, line in drawn.items()
    )
    lines += "".join(
        f'<w:{edge} w:val="single" w:sz="{_THIN}" w:space="0" w:color="000000"/>' for edge in ("insideH", "insideV")
    )
    room = {"top": PADDING_Y, "left": PADDING_X, "bottom": PADDING_Y, "right": PADDING_X}
    margins = "".join(f'<w:{edge} w:w="{twips(points)}" w:type="dxa"/>' for edge, points in room.items())
    return (
        f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{lines}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
    )


def _owners(cells: tuple[Cell, ...], first: int, stop: int) -> dict[tuple[int, int], Cell]:
    """The cell that each square of the rows belongs to."""
    return {
        (row, column): cell
        for cell in cells
        for row in range(max(cell.row, first), min(cell.row + cell.row_span, stop))
        for column in range(cell.column, cell.column + cell.column_span)
    }


def _head_end(layout: Layout, first: int) -> int:
    """Return the row below the header that Word repeats, ``first`` for none: it must begin the table."""
    repeat = layout.sheet.repeat
    return repeat.first + repeat.count if repeat is not None and repeat.first == first else first


def _row(layout: Layout, owners: dict[tuple[int, int], Cell], row: int, edges: list[int], *, head_end: int) -> str:
    height = layout.row_heights[row]
    whole = "<w:cantSplit/>" if height < _TALL * layout.height else ""
    head = "<w:tblHeader/>" if row < head_end else ""
    squares = []
    column = 0
    while column < len(edges) - 1:
        cell = owners[row, column]
        squares.append(_square(cell, edges, row, head_end=head_end))
        column = cell.column + cell.column_span
    least = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{whole}{least}{head}</w:trPr>{''.join(squares)}</w:tr>"


def _square(cell: Cell, edges: list[int], row: int, *, head_end: int) -> str:
    """Write a cell, or where it only goes on from above, its empty continuation.

    A label that hangs out of the header (绩效指标 beside all rows) is cut there, as Word wants it: its text stands below.
    """
    width = edges[cell.column + cell.column_span] - edges[cell.column]
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    end = cell.row + cell.row_span
    hangs = cell.row < head_end < end
    first, last = (cell.row, end) if not hangs else (cell.row, head_end) if row < head_end else (head_end, end)
    begins = row == first
    merge = "" if last - first == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    open_below = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>' if hangs and row < head_end else ""
    open_above = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>' if hangs and row >= head_end else ""
    aligned = f'<w:jc w:val="{ALIGNED[cell.align]}"/>'
    text = run(cell.text) if begins and (row >= head_end or not hangs) else ""
    about = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{open_below}{open_above}<w:vAlign w:val="center"/>'
    return f"<w:tc><w:tcPr>{about}</w:tcPr>{paragraph(_STYLE, text, (aligned,))}</w:tc>"
