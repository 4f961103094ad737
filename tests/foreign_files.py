"""Files of other programs as recognition hands them on, made of our own sheets: a cell of the sheet is a cell of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from perfdesk.arriving import Found
from perfdesk.derive import derive
from perfdesk.editing import get_text, set_text
from perfdesk.model import Binding, Record
from perfdesk.recognition import Leftover, Place, Query, Reading, RecognisedForm, Spot
from perfdesk.source import SourceCell, SourceFile, SourceKind, SourceTable, SourceText

if TYPE_CHECKING:
    from perfdesk.recognition import Corrections
    from perfdesk.sheet import Cell
    from perfdesk.template import Template

FILE = "昌吉州司法局2020年项目支出绩效自评表.docx"


def source_of(template: Template, record: Record, *, kind: SourceKind = SourceKind.DOCX) -> SourceFile:
    """Return a file with a title and the table of a form."""
    sheet = derive(template, record).sheet
    cells = tuple(_cell(one) for one in sheet.cells if one.role.framed)
    first = min(one.row for one in cells)
    cells = tuple(one._replace(row=one.row - first, address=_address(one.row - first, one.column)) for one in cells)
    rows = max(one.row + one.row_span for one in cells)
    widths = tuple(map(float, sheet.column_widths))
    table = SourceTable("第 1 张表", rows, len(widths), cells, widths)
    parts = (
        SourceText("项目支出绩效自评表", "第 1 段"),
        table,
        SourceText("填表说明：定量指标按比例计分。", "第 2 段"),
    )
    return SourceFile(FILE, kind, "ab" * 32, parts)


def _cell(one: Cell) -> SourceCell:
    return SourceCell(one.row, one.column, one.row_span, one.column_span, one.text, "", align=one.align.value)


def _address(row: int, column: int) -> str:
    return f"第{row + 1}行第{column + 1}列"


def recognised(
    template: Template, record: Record, source: SourceFile, *, queries: Sequence[Query] = (), at: int = 0
) -> RecognisedForm:
    """Return what recognition makes of :func:`source_of`; the text below the table belongs to nothing."""
    sheet = derive(template, record).sheet
    first = min(one.row for one in sheet.cells if one.role.framed)
    readings = tuple(
        Reading(
            binding,
            get_text(record, binding),
            (Place(at + 1, cell.row - first, cell.column, _address(cell.row - first, cell.column)),),
        )
        for cell in sheet.cells
        if cell.role.framed and cell.binding is not None and not cell.default
        for binding in _each(cell.binding)
        if get_text(record, binding)
    )
    text = source.parts[at + 2]
    assert isinstance(text, SourceText)
    left = (Leftover(text.text, Place(at + 2, -1, -1, text.address)),)
    candidates = ((template, 1.0),)
    return RecognisedForm(template, record, readings, left, tuple(queries), (at, at + 1), None, candidates, "layout-1")


def _each(binding: Binding) -> Iterator[Binding]:
    for row in range(binding.row, binding.row + binding.count):
        yield replace(binding, row=row, count=1)


def found_of(template: Template, record: Record, *, queries: Sequence[Query] = (), **more: object) -> Found:
    """Return a form found in a file of its own."""
    source = source_of(template, record)
    form = recognised(template, record, source, queries=queries)
    return replace(Found(source.name, source.kind, source.digest, source, form), **more)  # type: ignore[arg-type]


def spot_of(source: SourceFile, form: RecognisedForm, place: Place) -> Spot | None:
    """A stand-in for recognition: a cell is told by its column, a paragraph by nothing."""
    del source, form
    return Spot("", f"column {place.column}", place.row) if place.row >= 0 else None


def again(source: SourceFile, form: RecognisedForm, template: Template, corrections: Corrections) -> RecognisedForm:
    """A stand-in for recognition: another template, or the text of the cell that a person gave to a field."""
    record = replace(form.record, template_id=template.id)
    readings, left = form.readings, form.leftovers
    for spot, binding in corrections.items():
        column = int(spot.column_label.removeprefix("column "))
        place = Place(1, spot.number, column, _address(spot.number, column))
        text = next(cell.text for _, cell in source.cells() if (cell.row, cell.column) == (spot.number, column))
        if binding is not None:
            record = set_text(record, binding, text)
            readings = (*(one for one in readings if one.binding != binding), Reading(binding, text, (place,)))
        else:
            gone = [one.binding for one in readings if place in one.places]
            for one in gone:
                record = set_text(record, one, "")
            readings = tuple(one for one in readings if one.binding not in gone)
    return replace(form, template=template, record=record, readings=readings, leftovers=left)
