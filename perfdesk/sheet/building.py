"""Building of a sheet: block after block, from the top of the form to its end."""

from __future__ import annotations

from perfdesk.model import Assessment, Gathered, Record
from perfdesk.sheet.drawn import drawn_cells
from perfdesk.sheet.making import Drawing
from perfdesk.sheet.rows import repeated_cells, row_count
from perfdesk.sheet.sections import section_cells
from perfdesk.sheet.types import PT_PER_MM, Cell, Repeat, Role, Sheet
from perfdesk.template import BlockRole, Template

_REPEATED = frozenset({BlockRole.INDICATORS, BlockRole.LIST})
_NOTHING = Gathered()


def build(template: Template, record: Record, assessment: Assessment, gathered: Gathered = _NOTHING) -> Sheet:
    """Build the sheet of a record. Pure; the cells tile the grid: every square belongs to exactly one cell.

    ``gathered`` is what a 汇总表 or a report takes from the other forms of the year.
    """
    cells: list[Cell] = []
    breaks: list[int] = []
    row = 0
    repeat = None
    for block in template.blocks:
        if block.role is BlockRole.SECTIONS:
            found = tuple(section_cells(record, gathered, row))
            cells.extend(found)
            row += len(found)
            continue
        drawing = Drawing(template, block, record.year, record.unit.value)
        height = block.row_count + row_count(block, record)
        cells.extend(drawn_cells(drawing, record, assessment, gathered, top=row, height=height))
        if block.role in _REPEATED:
            cells.extend(repeated_cells(drawing, record, assessment, gathered, row + block.row_count))
            repeat = Repeat(first=row, count=block.row_count, last=row + height - 1)
        row += height
        if block.role is BlockRole.COVER:
            breaks.append(row)
    return Sheet(
        title=record.value("title") or template.title,
        page=template.page,
        column_widths=tuple(float(width * PT_PER_MM) for width in template.columns_mm),
        row_count=row,
        cells=tuple(cells),
        repeat=repeat,
        breaks=tuple(one for one in breaks if one < row),
    )


def editable_cells(sheet: Sheet) -> tuple[Cell, ...]:
    """Return the cells to fill, in reading order (top to bottom, left to right); computed cells are not among them."""
    found = (one for one in sheet.cells if one.binding is not None and one.role is not Role.COMPUTED)
    return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))
