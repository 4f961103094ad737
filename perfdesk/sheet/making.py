"""Making of one cell: labels, cells to fill, computed cells, ticks and boxes. Knows slots and texts, no record."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from perfdesk.editing import chosen, compose, row_text, show
from perfdesk.model import Binding
from perfdesk.model import Block as Part
from perfdesk.sheet.figures import Computed, differs
from perfdesk.sheet.types import Cell, Role
from perfdesk.template import TICKED, Align, Block, BlockRole, Field, FieldKind, Slot, SlotKind, Template, tick_boxes

TICK = "√"
_ROLES = {
    BlockRole.TITLE: Role.TITLE,
    BlockRole.SUBTITLE: Role.SUBTITLE,
    BlockRole.NOTE: Role.NOTE,
    BlockRole.COVER: Role.COVER,
}
_LEFT_KEYS = frozenset({"name", "reason", "remark", "explanation", "scoring_rule"})
_REQUIRED_INDICATOR = frozenset(
    {"name", "target", "actual", "weight", "indicator_type", "target_value", "interim_actual"}
)
_REQUIRED_FUND = frozenset({"initial_budget", "annual_budget", "executed", "interim_executed"})
_GROUP_KEYS = frozenset({"level1", "level2", "goal"})


class Drawing(NamedTuple):
    """What the making of a cell needs besides its own texts."""

    template: Template
    block: Block
    year: int
    unit: str

    @property
    def system(self) -> dict[str, str]:
        """The fields every form has."""
        return {"year": str(self.year), "unit": self.unit}


class Look(NamedTuple):
    """What a cell to fill is before anything is typed; ``printed`` are the texts that the template itself puts there."""

    role: Role
    align: Align
    required: bool
    keep: tuple[str, ...]
    choices: tuple[str, ...]
    many: bool
    numeric: bool
    printed: frozenset[str]


class Spot(NamedTuple):
    """Where a cell stands and what it is called."""

    row: int
    row_span: int
    binding: Binding
    label: str = ""
    place: str = ""


def label_cell(drawing: Drawing, slot: Slot, row: int, span: int) -> Cell:
    """Make a cell of printed words."""
    text = compose(slot.pattern, drawing.system) if slot.pattern else slot.text
    role = _ROLES.get(drawing.block.role, Role.LABEL)
    return Cell(row, slot.column, span, slot.column_span, text, role, slot.align or _align(drawing.block))


def number_cell(drawing: Drawing, slot: Slot, row: int, text: str) -> Cell:
    """Make the cell of a row's running number (序号)."""
    return label_cell(drawing, slot._replace(text=text, pattern=""), row, 1)


def _align(block: Block) -> Align:
    """How a cell of the block is aligned unless it says otherwise."""
    return Align.LEFT if block.role is BlockRole.NOTE else Align.CENTER


def look_of(template: Template, block: Block, slot: Slot, binding: Binding) -> Look:
    """Return what a cell to fill is, whatever is typed in it."""
    field = _field(template, binding)
    left = slot.key in _LEFT_KEYS or (field is not None and field.kind is FieldKind.LONG)
    usual = Align.LEFT if left and slot.kind is not SlotKind.TICK else _align(block)
    role = _ROLES.get(block.role, Role.INPUT)
    return Look(
        role=Role.COVER_TITLE if role is Role.COVER and slot.key == "title" else role,
        align=slot.align or (field.align if field and slot.kind is not SlotKind.TICK else None) or usual,
        required=_required(slot, binding, field),
        keep=template.keep_words if slot.key in _GROUP_KEYS else (),
        choices=field.choices if field else (),
        many=field.many if field else False,
        numeric=field is not None and field.kind is FieldKind.NUMBER,
        printed=_starter_texts(template, binding),
    )


@lru_cache(maxsize=1024)
def _starter_texts(template: Template, binding: Binding) -> frozenset[str]:
    """What the starter rows print in a column of the indicators."""
    if binding.block is not Part.INDICATORS:
        return frozenset()
    return frozenset(filter(None, (row_text(one, binding) for one in template.starter)))


def _field(template: Template, binding: Binding) -> Field | None:
    """Return the description of the field a cell is bound to."""
    if binding.block is Part.VALUES:
        return template.field(binding.key)
    return template.column(binding.key) if binding.block in {Part.INDICATORS, Part.ROWS} else None


def _required(slot: Slot, binding: Binding, field: Field | None) -> bool:
    if slot.kind in {SlotKind.TICK, SlotKind.BOXES}:
        return False
    if binding.block in {Part.VALUES, Part.ROWS}:
        return field is not None and field.required
    if binding.block is Part.FUNDS:
        return binding.row == 0 and slot.key in _REQUIRED_FUND
    return slot.key in _REQUIRED_INDICATOR


def input_cell(drawing: Drawing, slot: Slot, spot: Spot, typed: str, look: Look) -> Cell:
    """Make a cell to fill; ``typed`` is what its binding holds."""
    text = _printed(drawing, slot, typed, look)
    return Cell(
        spot.row,
        slot.column,
        spot.row_span,
        slot.column_span,
        text,
        look.role,
        look.align,
        spot.binding,
        spot.label,
        spot.place,
        required=look.required and typed not in look.printed,
        default=not typed and bool(slot.text) and slot.kind is SlotKind.INPUT,
        keep=look.keep,
        blank=not typed.strip(),
        choices=look.choices,
        many=look.many,
        tick=slot.text if slot.kind is SlotKind.TICK else "",
        boxed=slot.kind is SlotKind.BOXES,
        numeric=look.numeric,
        inked=_inked(drawing, slot, typed, text, look),
    )


def _inked(drawing: Drawing, slot: Slot, typed: str, text: str, look: Look) -> tuple[tuple[int, int], ...] | None:
    """Return which letters were typed: of a label its field, of words with boxes the ticks, nothing of the template's own words."""
    if slot.kind is SlotKind.BOXES:
        return tuple((at, at + 1) for at, letter in enumerate(text) if letter == TICKED)
    if slot.kind is SlotKind.FIELD:
        start = len(compose(slot.pattern.split(f"{{{slot.key}}}")[0], drawing.system)) if typed else 0
        return ((start, start + len(typed)),) if typed else ()
    return () if typed in look.printed else None


def _printed(drawing: Drawing, slot: Slot, typed: str, look: Look) -> str:
    """Return what is printed of a typed text: itself, its tick, its boxes, or the label it stands in."""
    if slot.kind is SlotKind.FIELD:
        return compose(slot.pattern, {**drawing.system, slot.key: typed})
    if slot.kind is SlotKind.TICK:
        return TICK if slot.text in chosen(typed, look.choices) else ""
    if slot.kind is SlotKind.BOXES:
        return tick_boxes(slot.pattern, chosen(typed, look.choices))
    return typed or slot.text


def computed_cell(slot: Slot, spot: Spot, stated: str, figure: Computed, choices: tuple[str, ...] = ()) -> Cell:
    """Make a computed cell: the stated text where one was typed, with the computed figure where the two differ."""
    computed = _worded(slot, figure.shown)
    boxed = slot.kind is SlotKind.BOXES
    return Cell(
        spot.row,
        slot.column,
        spot.row_span,
        slot.column_span,
        tick_boxes(slot.pattern, (stated.strip() or computed,)) if boxed else stated or computed,
        Role.COMPUTED,
        slot.align or figure.align,
        spot.binding,
        spot.label,
        spot.place,
        stated=bool(stated),
        blank=not (stated or computed).strip(),
        computed=computed if differs(stated, figure, rounding=slot.key == "execution_rate") else "",
        choices=choices,
        boxed=boxed,
    )


def _worded(slot: Slot, shown: str) -> str:
    """Return a computed figure with the words printed around it: 9.50 -> 9.50分."""
    if not slot.pattern or slot.kind is SlotKind.BOXES:
        return shown
    return show(slot.pattern, {slot.key: shown})
