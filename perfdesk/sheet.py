"""版面 (sheet): a template and a record become one grid of cells with texts, spans, roles and bindings.

Screen, PDF and Excel all start here, so a text is decided once. No measuring (``perfdesk.layout``), no colours (the renderers).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from perfdesk.amounts import format_rate, format_score, plain
from perfdesk.editing import compose, get_text, row_text
from perfdesk.model import Assessment, Binding, Gathered, Indicator, Record
from perfdesk.model import Block as Part
from perfdesk.scoring import agrees
from perfdesk.template import (
    TERMS,
    TOTAL_KEYS,
    Align,
    Block,
    BlockRole,
    Field,
    FieldKind,
    Page,
    Slot,
    SlotKind,
    Template,
)

PT_PER_MM = Decimal(72) / Decimal("25.4")


class Role(StrEnum):
    """The part a cell plays; every renderer has one small table Role -> look.

    ``framed`` cells have grid lines around them, ``flowing`` ones are the running text of a report.
    """

    TITLE = "title"
    SUBTITLE = "subtitle"
    NOTE = "note"
    LABEL = "label"
    INPUT = "input"
    COMPUTED = "computed"
    COVER = "cover"
    COVER_TITLE = "cover-title"
    HEADING1 = "heading-1"
    HEADING2 = "heading-2"
    HEADING3 = "heading-3"
    BODY = "body"

    framed: bool
    flowing: bool

    def __init__(self, value: str) -> None:
        self.framed = value in {"label", "input", "computed"}
        self.flowing = value in {"heading-1", "heading-2", "heading-3", "body"}


class Cell(NamedTuple):
    """格 (cell). ``row``/``column`` and spans are in sheet rows and columns.

    ``binding`` is where its text lives (``None`` for labels). ``stated`` tells that a computed cell shows a typed-over text;
    ``computed`` is then the computed figure where the two differ. ``default`` marks a text that is only printed because nothing
    was typed (— or the policy's 10), ``blank`` a cell to fill that holds nothing but white space. ``keep`` are words that are not
    torn over two lines. ``label`` names the cell for people: 「实际完成值」, ``place`` is the indicator or row it belongs to.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    role: Role
    align: Align
    binding: Binding | None = None
    label: str = ""
    place: str = ""
    stated: bool = False
    computed: str = ""
    required: bool = False
    default: bool = False
    keep: tuple[str, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Repeat:
    """Header rows ``first`` … ``first + count - 1`` that stand again on top of a page which begins in rows up to ``last``."""

    first: int
    count: int
    last: int


class Sheet(NamedTuple):
    """版面 (sheet): column widths in pt, cells that tile the grid exactly, the header that repeats.

    ``breaks`` are the rows that begin a page whatever stands above them, in ascending order.
    """

    title: str
    page: Page
    column_widths: tuple[float, ...]
    row_count: int
    cells: tuple[Cell, ...]
    repeat: Repeat | None
    breaks: tuple[int, ...] = ()


_ROLES = {BlockRole.TITLE: Role.TITLE, BlockRole.SUBTITLE: Role.SUBTITLE, BlockRole.NOTE: Role.NOTE}
_LEFT_KEYS = frozenset({"name", "reason", "remark"})
_REQUIRED_INDICATOR = frozenset({"name", "target", "actual", "weight"})
_REQUIRED_FUND = frozenset({"initial_budget", "annual_budget", "executed"})
_GROUP_KEYS = frozenset({"level1", "level2"})
_NOTHING = Gathered()


def build(template: Template, record: Record, assessment: Assessment, gathered: Gathered = _NOTHING) -> Sheet:  # noqa: ARG001
    """Build the sheet of a record. Pure; the cells tile the grid: every square belongs to exactly one cell.

    ``gathered`` is what a 汇总表 or a report takes from the other forms of the year.
    """
    cells: list[Cell] = []
    row = 0
    repeat = None
    for block in template.blocks:
        count = len(record.indicators) if block.role is BlockRole.INDICATORS else 0
        height = block.row_count + count
        cells.extend(_fixed_cells(template, block, record, assessment, row, height))
        if block.role is BlockRole.INDICATORS:
            cells.extend(_indicator_cells(template, block, record, assessment, row + block.row_count))
            repeat = Repeat(first=row, count=block.row_count, last=row + height - 1)
        row += height
    widths = tuple(float(width * PT_PER_MM) for width in template.columns_mm)
    title = record.value("title") or template.title
    return Sheet(
        title=title, page=template.page, column_widths=widths, row_count=row, cells=tuple(cells), repeat=repeat
    )


class _Drawing(NamedTuple):
    """What the making of a cell needs besides its own texts."""

    template: Template
    block: Block
    year: int
    unit: str

    @property
    def system(self) -> dict[str, str]:
        """The fields every form has."""
        return {"year": str(self.year), "unit": self.unit}


class _Look(NamedTuple):
    """What a cell to fill is before anything is typed."""

    role: Role
    align: Align
    required: bool
    keep: tuple[str, ...]


class _Spot(NamedTuple):
    """Where a cell stands and what it is called."""

    row: int
    row_span: int
    binding: Binding
    label: str = ""
    place: str = ""


def _fixed_cells(
    template: Template, block: Block, record: Record, assessment: Assessment, top: int, height: int
) -> tuple[Cell, ...]:
    """Return the drawn cells of a block; a stretching one runs down to its end."""
    bindings = _bindings(template, block)
    texts = tuple(get_text(record, binding) if binding else "" for binding in bindings)
    computed = (slot for slot in block.slots if slot.kind is SlotKind.COMPUTED)
    figures = tuple(_figure(slot, template, assessment) for slot in computed)
    drawing = (template, block, record.year, record.unit.value)
    return _block_cells(*drawing, top, height, texts, figures)


@lru_cache(maxsize=256)
def _bindings(template: Template, block: Block) -> tuple[Binding | None, ...]:
    """Where the texts of a block's slots live; a label has no place."""
    return tuple(None if slot.kind is SlotKind.LABEL else _binding(slot, template) for slot in block.slots)


@lru_cache(maxsize=1024)
def _block_cells(  # noqa: PLR0913, PLR0917 - everything a block's cells are made of: the key they are kept under
    template: Template,
    block: Block,
    year: int,
    unit: str,
    top: int,
    height: int,
    texts: tuple[str, ...],
    figures: tuple[tuple[Decimal | None, str], ...],
) -> tuple[Cell, ...]:
    """Make the drawn cells of a block; kept, because a keystroke changes one block of several."""
    drawing, cells, figure = _Drawing(template, block, year, unit), [], iter(figures)
    for slot, binding, typed in zip(block.slots, _bindings(template, block), texts, strict=True):
        row, span = top + slot.row, height - slot.row if slot.stretches else slot.row_span
        if binding is None:
            cells.append(_label(drawing, slot, row, span))
            continue
        spot = _Spot(row, span, binding, *_names(slot, binding, template))
        made = _computed(slot, spot, typed, *next(figure)) if slot.kind is SlotKind.COMPUTED else None
        cells.append(made or _input(drawing, slot, spot, typed, _look(template, block, slot, binding)))
    return tuple(cells)


def _label(drawing: _Drawing, slot: Slot, row: int, span: int) -> Cell:
    """Make a cell of printed words."""
    text = compose(slot.pattern, drawing.system) if slot.pattern else slot.text
    role = _ROLES.get(drawing.block.role, Role.LABEL)
    return Cell(row, slot.column, span, slot.column_span, text, role, slot.align or _align(drawing.block))


def _align(block: Block) -> Align:
    """How a cell of the block is aligned unless it says otherwise."""
    return Align.LEFT if block.role is BlockRole.NOTE else Align.CENTER


def _indicator_cells(
    template: Template, block: Block, record: Record, assessment: Assessment, top: int
) -> Iterator[Cell]:
    """Yield the cells of the indicator rows, equal neighbours merged downwards where the template says so."""
    drawing = _Drawing(template, block, record.year, record.unit.value)
    runs = _runs(tuple(tuple(getattr(one, key) for key in block.merge) for one in record.indicators))
    for index, (indicator, counts) in enumerate(zip(record.indicators, runs, strict=True)):
        yield from _indicator_row(drawing, top + index, index, indicator, counts, assessment.scores[index].computed)


@lru_cache(maxsize=4096)
def _indicator_row(
    drawing: _Drawing, row: int, index: int, indicator: Indicator, counts: tuple[int, ...], computed: Decimal | None
) -> tuple[Cell, ...]:
    """Make the cells that begin in one indicator row; kept, because a keystroke changes one row of many."""
    spans = dict(zip(drawing.block.merge, counts, strict=True))
    name = _row_name(indicator)
    cells = []
    for slot, label, look in _columns(drawing.template, drawing.block):
        span = spans.get(slot.key, 1)
        if not span:
            continue
        if look is None:
            cells.append(_label(drawing, slot, row, 1))
            continue
        binding = _row_binding(slot.key, _pattern(slot), index, span)
        spot = _Spot(row, span, binding, label, name)
        typed = row_text(indicator, binding)
        if slot.kind is SlotKind.COMPUTED:
            shown = "" if computed is None else format_score(computed)
            cells.append(_computed(slot, spot, typed, computed, shown))
        else:
            cells.append(_input(drawing, slot, spot, typed, look))
    return tuple(cells)


@lru_cache(maxsize=64)
def _columns(template: Template, block: Block) -> tuple[tuple[Slot, str, _Look | None], ...]:
    """Return the slots of the indicator row with what all rows share: the word over the column and, but for labels, the look."""
    found: list[tuple[Slot, str, _Look | None]] = []
    for slot in block.body:
        if slot.kind is SlotKind.LABEL:
            found.append((slot, "", None))
        else:
            look = _look(template, block, slot, _row_binding(slot.key, _pattern(slot), 0, 1))
            found.append((slot, _column_label(block, slot), look))
    return tuple(found)


@lru_cache(maxsize=256)
def _runs(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[int, ...], ...]:
    """Count for every row, given the texts of its merge columns, how many rows each merged cell that begins there spans.

    0 where the row belongs to a cell that began above. A cell of 二级指标 never reaches over two 一级指标: rows are merged while
    all merge columns up to it are equal. ``(("产出", "数量"), ("产出", "质量"))`` gives ``((2, 1), (0, 1))``.
    """
    counts = [[0] * len(row) for row in rows]
    for column in range(len(rows[0]) if rows else 0):
        first = 0
        for index, row in enumerate(rows):
            if row[: column + 1] != rows[first][: column + 1]:
                first = index
            counts[first][column] += 1
    return tuple(map(tuple, counts))


def _look(template: Template, block: Block, slot: Slot, binding: Binding) -> _Look:
    """Return what a cell to fill is, whatever is typed in it."""
    field = template.field(slot.key) if binding.block is Part.VALUES else None
    left = slot.key in _LEFT_KEYS or (field is not None and field.kind is FieldKind.LONG)
    usual = Align.LEFT if left else _align(block)
    return _Look(
        role=_ROLES.get(block.role, Role.INPUT),
        align=slot.align or (field.align if field else None) or usual,
        required=_required(slot, binding, field),
        keep=template.keep_words if slot.key in _GROUP_KEYS else (),
    )


def _input(drawing: _Drawing, slot: Slot, spot: _Spot, typed: str, look: _Look) -> Cell:
    """Make a cell to fill."""
    text = typed or slot.text
    if slot.kind is SlotKind.FIELD:
        text = compose(slot.pattern, {**drawing.system, slot.key: typed})
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
        required=look.required,
        default=not typed and bool(slot.text),
        keep=look.keep,
        blank=not typed.strip(),
    )


def _required(slot: Slot, binding: Binding, field: Field | None) -> bool:
    if binding.block is Part.VALUES:
        return field is not None and field.required
    if binding.block is Part.FUNDS:
        return binding.row == 0 and slot.key in _REQUIRED_FUND
    return slot.key in _REQUIRED_INDICATOR


def _computed(slot: Slot, spot: _Spot, stated: str, value: Decimal | None, shown: str) -> Cell:
    """Make a computed cell: the stated text where one was typed, with the computed figure where the two differ."""
    differs = bool(stated) and value is not None and not agrees(stated, value, rounding=slot.key == "execution_rate")
    return Cell(
        spot.row,
        slot.column,
        spot.row_span,
        slot.column_span,
        stated or shown,
        Role.COMPUTED,
        Align.CENTER,
        spot.binding,
        spot.label,
        spot.place,
        stated=bool(stated),
        computed=shown if differs else "",
    )


def _figure(slot: Slot, template: Template, result: Assessment) -> tuple[Decimal | None, str]:
    """Return the computed figure of a fixed cell and how it is printed."""
    if slot.key == "execution_rate":
        rate = result.execution_rate
        return rate, "" if rate is None else format_rate(rate, sign=template.rate_sign)
    if slot.key == "total_weight":
        return result.weight_total, plain(result.weight_total)
    if slot.key == "total_score":
        return result.total, format_score(result.total)
    points = result.budget.computed if result.budget else None
    return points, "" if points is None else format_score(points)


def _names(slot: Slot, binding: Binding, template: Template) -> tuple[str, str]:
    """Name a fixed cell for people: its own label and the row it stands in."""
    if binding.block is Part.FUNDS:
        return TERMS[slot.key], template.funds[binding.row].label
    if binding.block is Part.STATED:
        return ("分值" if slot.key == "total_weight" else "得分"), TERMS[slot.key]
    field = template.field(slot.key)
    return (field.label if field else slot.key), ""


def _column_label(block: Block, slot: Slot) -> str:
    """The form's own word over the column: 年度指标值(A)."""
    head = next((one.text for one in block.slots if one.column == slot.column and one.text), "")
    return head.replace("\n", "") or TERMS[slot.key]


def _row_name(indicator: Indicator) -> str:
    return indicator.name or indicator.level2 or indicator.level1


def _binding(slot: Slot, template: Template) -> Binding:
    """Return where the text of a fixed slot lives."""
    if slot.fund:
        return Binding(Part.FUNDS, slot.key, row=template.fund_index(slot.fund))
    if slot.key in TOTAL_KEYS:
        return Binding(Part.STATED, slot.key)
    return Binding(Part.VALUES, slot.key, pattern=_pattern(slot))


def _pattern(slot: Slot) -> str:
    """The fields a cell shows beside its own; a field in a label stands alone."""
    return "" if slot.kind is SlotKind.FIELD else slot.pattern


@lru_cache(maxsize=8192)
def _row_binding(key: str, pattern: str, row: int, count: int) -> Binding:
    """Return where the text of an indicator's slot lives; kept, because all forms have the same."""
    return Binding(Part.INDICATORS, key, row, count, pattern)


def editable_cells(sheet: Sheet) -> tuple[Cell, ...]:
    """Return the cells to fill, in reading order (top to bottom, left to right); computed cells are not among them."""
    found = (one for one in sheet.cells if one.binding is not None and one.role is not Role.COMPUTED)
    return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))
