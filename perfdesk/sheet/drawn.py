"""The blocks that are drawn once: their cells, with the texts of single fields, fund rows and totals."""

from __future__ import annotations

from functools import lru_cache

from perfdesk.editing import get_text
from perfdesk.model import Assessment, Binding, Gathered, Record
from perfdesk.model import Block as Part
from perfdesk.sheet.figures import Computed, fixed_figure
from perfdesk.sheet.making import Drawing, Spot, computed_cell, input_cell, label_cell, look_of
from perfdesk.sheet.types import Cell
from perfdesk.template import GRADE_KEY, SUM_PREFIX, TERMS, Block, Slot, SlotKind, Template


def drawn_cells(
    drawing: Drawing, record: Record, assessment: Assessment, gathered: Gathered, *, top: int, height: int
) -> tuple[Cell, ...]:
    """Return the drawn cells of a block; a stretching one runs down to its end."""
    bindings = _bindings(drawing.template, drawing.block)
    texts = tuple(get_text(record, binding) if binding else "" for binding in bindings)
    computed = (slot for slot in drawing.block.slots if _computes(slot))
    figures = tuple(fixed_figure(slot, drawing.template, assessment, gathered) for slot in computed)
    return _cells(drawing, top, height, texts, figures)


def _computes(slot: Slot) -> bool:
    return slot.computes or slot.kind is SlotKind.COMPUTED


@lru_cache(maxsize=256)
def _bindings(template: Template, block: Block) -> tuple[Binding | None, ...]:
    """Where the texts of a block's slots live; a label has no place."""
    return tuple(None if slot.kind is SlotKind.LABEL else _binding(slot, template) for slot in block.slots)


@lru_cache(maxsize=1024)
def _cells(
    drawing: Drawing, top: int, height: int, texts: tuple[str, ...], figures: tuple[Computed, ...]
) -> tuple[Cell, ...]:
    """Make the drawn cells of a block; kept, because a keystroke changes one block of several."""
    template, block = drawing.template, drawing.block
    cells, figure = [], iter(figures)
    for slot, binding, typed in zip(block.slots, _bindings(template, block), texts, strict=True):
        row, span = top + slot.row, height - slot.row if slot.stretches else slot.row_span
        if binding is None:
            cells.append(label_cell(drawing, slot, row, span))
            continue
        spot = Spot(row, span, binding, *_names(slot, binding, template))
        if _computes(slot):
            cells.append(computed_cell(slot, spot, typed, next(figure), _grades(slot, template)))
        else:
            cells.append(input_cell(drawing, slot, spot, typed, look_of(template, block, slot, binding)))
    return tuple(cells)


def _grades(slot: Slot, template: Template) -> tuple[str, ...]:
    """The words a computed cell may be typed over with: those of the grades, for the grade."""
    return template.policy.grade_names if slot.key == GRADE_KEY else ()


def _names(slot: Slot, binding: Binding, template: Template) -> tuple[str, str]:
    """Name a fixed cell for people: its own label and the row it stands in."""
    if binding.block is Part.FUNDS:
        return TERMS[slot.key], template.funds[binding.row].label
    if binding.block is Part.STATED:
        return _stated_names(slot.key, template)
    field = template.field(slot.key)
    return (field.label if field else slot.key), ""


def _stated_names(key: str, template: Template) -> tuple[str, str]:
    if key.startswith(SUM_PREFIX):
        column = template.column(key.removeprefix(SUM_PREFIX))
        return (column.label if column else key), "合计"
    if key == GRADE_KEY:
        return TERMS[key], "评价结果"
    return ("分值" if key == "total_weight" else "得分"), TERMS[key]


def _binding(slot: Slot, template: Template) -> Binding:
    """Return where the text of a fixed slot lives."""
    pattern = "" if slot.kind in {SlotKind.FIELD, SlotKind.BOXES} else slot.pattern  # a field in a label stands alone
    if slot.fund:
        return Binding(Part.FUNDS, slot.key, row=template.fund_index(slot.fund), pattern=pattern)
    return Binding(Part.STATED if _computes(slot) else Part.VALUES, slot.key, pattern=pattern)
