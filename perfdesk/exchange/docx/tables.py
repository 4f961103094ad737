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


def table(layout: Layout, first: int, stop: int) -> str:
    """Write the sheet rows ``first`` … ``stop - 1`` as one table."""
    sheet = layout.sheet
    owners = _owners(sheet.cells, first, stop)
    edges = [twips(sum(sheet.column_widths[:column])) for column in range(len(sheet.column_widths) + 1)]
    widths = [right - left for left, right in pairwise(edges)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row(layout, owners, row, edges, repeated=_is_head(layout, first, row)) for row in range(first, stop)
    )
    return f"<w:tbl>{_properties(edges[-1])}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _properties(width: int) -> str:
    lines = "".join(f'<w:{edge} w:val="single" w:sz="{_FRAME}" w:space="0" w:color="000000"/>' for edge in _EDGES)
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


def _is_head(layout: Layout, first: int, row: int) -> bool:
    """Tell whether Word is to repeat a row: it can where the header begins the table and nothing hangs out of it."""
    repeat = layout.sheet.repeat
    if repeat is None or repeat.first != first or row >= repeat.first + repeat.count:
        return False
    below = repeat.first + repeat.count
    return not any(cell.row < below < cell.row + cell.row_span for cell in layout.sheet.cells if cell.row >= first)


def _row(layout: Layout, owners: dict[tuple[int, int], Cell], row: int, edges: list[int], *, repeated: bool) -> str:
    height = layout.row_heights[row]
    whole = "<w:cantSplit/>" if height < _TALL * layout.height else ""
    head = "<w:tblHeader/>" if repeated else ""
    squares = []
    column = 0
    while column < len(edges) - 1:
        cell = owners[row, column]
        squares.append(_square(cell, edges, begins=cell.row == row))
        column = cell.column + cell.column_span
    least = f'<w:trHeight w:val="{twips(height)}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{whole}{least}{head}</w:trPr>{''.join(squares)}</w:tr>"


def _square(cell: Cell, edges: list[int], *, begins: bool) -> str:
    """Write a cell, or where it only goes on from above, its empty continuation."""
    width = edges[cell.column + cell.column_span] - edges[cell.column]
    span = f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    merge = "" if cell.row_span == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    aligned = f'<w:jc w:val="{ALIGNED[cell.align]}"/>'
    text = paragraph(_STYLE, run(cell.text) if begins else "", (aligned,))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
