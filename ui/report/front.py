"""封面 (front): what the drawn rows before the text of a report consist of: printed words, and fields to fill. Shows nothing.

A row of the cover is read from the template, so that every report's cover can be filled, whatever stands on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.editing import compose
from perfdesk.model import Binding, Block
from perfdesk.template import Align, BlockRole, SlotKind

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.sheet import Cell
    from perfdesk.template import Slot

TITLE = "title"
_FIELDS = frozenset({SlotKind.INPUT, SlotKind.FIELD})


class Part(NamedTuple):
    """A stretch of a row: printed words, or the field at ``binding``, called ``words``."""

    words: str
    binding: Binding | None = None


class FrontRow(NamedTuple):
    """One row: its parts from left to right; a blank row has none. ``is_title``: it stands in the large type."""

    parts: tuple[Part, ...]
    align: Align
    is_title: bool


def front_rows(derived: Derived) -> tuple[FrontRow, ...]:
    """Return the rows above the first section, without those of a report that has none."""
    blocks = takewhile(lambda block: block.role is not BlockRole.SECTIONS, derived.template.blocks)
    slots, top = [], 0
    for block in blocks:
        slots += [slot._replace(row=top + slot.row) for slot in block.slots]
        top += block.row_count
    cells = {(cell.row, cell.column): cell for cell in takewhile(lambda cell: cell.row < top, derived.sheet.cells)}
    ordered = sorted(slots, key=lambda slot: (slot.row, slot.column))
    return tuple(_row(tuple(group), cells, derived) for _row_number, group in groupby(ordered, key=lambda one: one.row))


def _row(slots: tuple[Slot, ...], cells: dict[tuple[int, int], Cell], derived: Derived) -> FrontRow:
    found = [(slot, cells[slot.row, slot.column]) for slot in slots]
    parts = tuple(part for slot, cell in found for part in _parts(slot, cell, derived))
    return FrontRow(parts, found[0][1].align, any(slot.key == TITLE for slot in slots))


def _parts(slot: Slot, cell: Cell, derived: Derived) -> Iterator[Part]:
    """Yield the parts of a cell: 「单位（盖章）：{agency}」 is its words and the field."""
    if slot.kind not in _FIELDS or cell.binding is None or cell.binding.block is not Block.VALUES:
        if cell.text:
            yield Part(cell.text)
        return
    record = derived.record
    system = {"year": str(record.year), "unit": record.unit.value}
    around = slot.pattern.partition(f"{{{slot.key}}}") if slot.kind is SlotKind.FIELD else ("", "", "")
    before, after = (compose(words, system) for words in (around[0], around[2]))
    if before:
        yield Part(before)
    yield Part(cell.label, cell.binding)
    if after:
        yield Part(after)
