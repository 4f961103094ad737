"""Writes a drawn file as Word, table cells as raw XML: python-docx merges them too slowly."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.house_styles.pages import Drawn, Grid, Line, Square

_MM = 1440 / 25.4


def write(drawn: Drawn, folder: Path) -> Path:
    """Write the file and return where it lies."""
    document = docx.Document()
    body = document.element.body
    end = body.sectPr
    for number, page in enumerate(drawn.pages):
        if number:
            end.addprevious(parse_xml(f'<w:p {nsdecls("w")}><w:r><w:br w:type="page"/></w:r></w:p>'))
        for part in page.parts:
            if isinstance(part, Line):
                end.addprevious(parse_xml(_paragraph(part)))
            else:
                end.addprevious(parse_xml(_table(part)))
                end.addprevious(parse_xml(f"<w:p {nsdecls('w')}/>"))
    path = folder / f"{drawn.name}.docx"
    document.save(str(path))
    return path


def _paragraph(line: Line) -> str:
    style = f'<w:pStyle w:val="Heading{line.level}"/>' if line.level > 0 else ""
    middle = '<w:jc w:val="center"/>' if line.level < 0 else ""
    return f"<w:p {nsdecls('w')}><w:pPr>{style}{middle}</w:pPr>{_runs(line.text)}</w:p>"


def _runs(text: str) -> str:
    """Write a text in several runs, as Word leaves it behind after some editing; line breaks as such."""
    pieces = []
    for number, line in enumerate(text.split("\n")):
        if number:
            pieces.append("<w:r><w:br/></w:r>")
        half = len(line) // 2
        pieces += [
            f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (line[:half], line[half:]) if part
        ]
    return "".join(pieces)


def _table(grid: Grid) -> str:
    by_place = {(one.row, one.column): one for one in grid.squares}
    rows = "".join(_row(grid, row, by_place) for row in range(grid.row_count))
    widths = f'<w:gridCol w:w="{round(170 / grid.columns * _MM)}"/>' * grid.columns
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/></w:tblPr>'
        f"<w:tblGrid>{widths}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(grid: Grid, row: int, by_place: dict[tuple[int, int], Square]) -> str:
    cells = []
    column = 0
    while column < grid.columns:
        one = by_place.get((row, column))
        above = None if one else _over(by_place, row, column)
        owner = one or above
        span = owner.columns if owner else 1
        merge = ""
        if owner and owner.rows > 1:
            merge = "<w:vMerge/>" if above else '<w:vMerge w:val="restart"/>'
        spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        cells.append(f"<w:tc><w:tcPr>{spans}{merge}</w:tcPr>{_content(one)}</w:tc>")
        column += span
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _over(by_place: dict[tuple[int, int], Square], row: int, column: int) -> Square | None:
    """Return the square above that hangs down into this place."""
    for up in range(row - 1, -1, -1):
        one = by_place.get((up, column))
        if one is not None:
            return one if one.row + one.rows > row else None
    return None


def _content(one: Square | None) -> str:
    if one is None:
        return "<w:p/>"
    return f"<w:p>{_runs(one.shown.text)}</w:p>"
