"""版面 (sheet): a template and a record become one grid of cells with texts, spans, roles and bindings.

Screen, PDF and Excel all start here, so a text is decided once. No measuring (``perfdesk.layout``), no colours (the renderers).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from perfdesk.amounts import format_rate, format_score, plain
from perfdesk.editing import compose, get_text
from perfdesk.model import Assessment, Binding, Indicator, Record
from perfdesk.model import Block as Part
from perfdesk.scoring import agrees
from perfdesk.template import TERMS, Align, Block, BlockRole, FieldKind, Page, Slot, SlotKind, Template

PT_PER_MM = Decimal(72) / Decimal("25.4")


class Role(StrEnum):
    """The part a cell plays; every renderer has one small table Role -> look."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    NOTE = "note"
    LABEL = "label"
    INPUT = "input"
    COMPUTED = "computed"

    @property
    def framed(self) -> bool:
        """Tell whether the cell has the grid's lines around it."""
        return self in {Role.LABEL, Role.INPUT, Role.COMPUTED}


@dataclass(frozen=True, slots=True)
class Cell:
    """格 (cell). ``row``/``column`` and spans are in sheet rows and columns.

    ``binding`` is where its text lives (``None`` for labels). ``stated`` tells that a computed cell shows a typed-over text;
    ``computed`` is then the computed figure where the two differ. ``default`` marks a text that is only printed because nothing
    was typed (— or the policy's 10). ``keep`` are words that are not torn over two lines. ``label`` names the cell for people:
    「实际完成值」, ``place`` is the indicator or row it belongs to.
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


@dataclass(frozen=True, slots=True)
class Repeat:
    """Header rows ``first`` … ``first + count - 1`` that stand again on top of a page which begins in rows up to ``last``."""

    first: int
    count: int
    last: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """版面 (sheet): column widths in pt, cells that tile the grid exactly, the header that repeats."""

    title: str
    page: Page
    column_widths: tuple[float, ...]
    row_count: int
    cells: tuple[Cell, ...]
    repeat: Repeat | None


_ROLES = {BlockRole.TITLE: Role.TITLE, BlockRole.SUBTITLE: Role.SUBTITLE, BlockRole.NOTE: Role.NOTE}
_LEFT_KEYS = frozenset({"name", "reason", "remark"})
_REQUIRED_INDICATOR = frozenset({"name", "target", "actual", "weight"})
_REQUIRED_FUND = frozenset({"initial_budget", "annual_budget", "executed"})
_GROUP_KEYS = frozenset({"level1", "level2"})


def build(template: Template, record: Record, assessment: Assessment) -> Sheet:
    """Build the sheet of a record. Pure; the cells tile the grid: every square belongs to exactly one cell."""
    cells: list[Cell] = []
    row = 0
    repeat = None
    for block in template.blocks:
        maker = _Maker(template, record, assessment, block, row)
        cells.extend(maker.cells())
        if block.role is BlockRole.INDICATORS:
            repeat = Repeat(first=row, count=block.row_count, last=row + block.row_count + len(record.indicators) - 1)
        row += maker.height
    widths = tuple(float(width * PT_PER_MM) for width in template.columns_mm)
    title = record.value("title") or template.title
    return Sheet(
        title=title, page=template.page, column_widths=widths, row_count=row, cells=tuple(cells), repeat=repeat
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the cells of one block that starts at sheet row ``top``."""

    template: Template
    record: Record
    assessment: Assessment
    block: Block
    top: int

    @property
    def height(self) -> int:
        """Rows of the block in the sheet."""
        repeated = len(self.record.indicators) if self.block.role is BlockRole.INDICATORS else 0
        return self.block.row_count + repeated

    def cells(self) -> Iterator[Cell]:
        """Yield the cells of the block."""
        for slot in self.block.slots:
            span = self.height - slot.row if slot.stretches else slot.row_span
            yield self._cell(slot, self.top + slot.row, row_span=span)
        if self.block.role is BlockRole.INDICATORS:
            for slot in self.block.body:
                yield from self._column(slot)

    def _column(self, slot: Slot) -> Iterator[Cell]:
        """Yield one indicator column downwards, equal neighbours merged where the template says so."""
        index = 0
        while index < len(self.record.indicators):
            count = self._run(slot.key, index) if slot.key in self.block.merge else 1
            yield self._cell(slot, self.top + self.block.row_count + index, row_span=count, index=index)
            index += count

    def _run(self, key: str, start: int) -> int:
        """Count the rows from ``start`` that carry the same text in ``key`` and in every merge column left of it."""
        columns = self.block.merge[: self.block.merge.index(key) + 1]
        rows = self.record.indicators
        wanted = tuple(getattr(rows[start], column) for column in columns)
        stop = start + 1
        while stop < len(rows) and tuple(getattr(rows[stop], column) for column in columns) == wanted:
            stop += 1
        return stop - start

    def _cell(self, slot: Slot, row: int, *, row_span: int, index: int = -1) -> Cell:
        place = (row, slot.column, row_span, slot.column_span)
        if slot.kind is SlotKind.LABEL:
            text = compose(slot.pattern, self._system()) if slot.pattern else slot.text
            return Cell(*place, text, _ROLES.get(self.block.role, Role.LABEL), slot.align or self._align())
        binding = _binding(slot, self.template, index=index, count=row_span)
        if slot.kind is SlotKind.COMPUTED:
            return self._computed(slot, binding, place)
        return self._input(slot, binding, place)

    def _align(self) -> Align:
        return Align.LEFT if self.block.role is BlockRole.NOTE else Align.CENTER

    def _system(self) -> dict[str, str]:
        return {"year": str(self.record.year), "unit": self.record.unit.value}

    def _input(self, slot: Slot, binding: Binding, place: tuple[int, int, int, int]) -> Cell:
        typed = get_text(self.record, binding)
        label, row_name = self._names(slot, binding)
        in_label = slot.kind is SlotKind.FIELD
        text = compose(slot.pattern, {**self._system(), slot.key: typed}) if in_label else typed or slot.text
        field = self.template.field(slot.key) if binding.block is Part.VALUES else None
        left = slot.key in _LEFT_KEYS or (field is not None and field.kind is FieldKind.LONG)
        align = slot.align or (field.align if field else None) or (Align.LEFT if left else self._align())
        return Cell(
            *place,
            text,
            _ROLES.get(self.block.role, Role.INPUT),
            align,
            binding,
            label,
            row_name,
            required=self._required(slot, binding),
            default=not typed and bool(slot.text),
            keep=self.template.keep_words if slot.key in _GROUP_KEYS else (),
        )

    def _required(self, slot: Slot, binding: Binding) -> bool:
        if binding.block is Part.VALUES:
            field = self.template.field(slot.key)
            return field is not None and field.required
        if binding.block is Part.FUNDS:
            return binding.row == 0 and slot.key in _REQUIRED_FUND
        return slot.key in _REQUIRED_INDICATOR

    def _computed(self, slot: Slot, binding: Binding, place: tuple[int, int, int, int]) -> Cell:
        stated = get_text(self.record, binding)
        value, shown = self._figure(slot, binding)
        differs = (
            bool(stated) and value is not None and not agrees(stated, value, rounding=slot.key == "execution_rate")
        )
        label, row_name = self._names(slot, binding)
        return Cell(
            *place,
            stated or shown,
            Role.COMPUTED,
            Align.CENTER,
            binding,
            label,
            row_name,
            stated=bool(stated),
            computed=shown if differs else "",
        )

    def _figure(self, slot: Slot, binding: Binding) -> tuple[Decimal | None, str]:
        """Return the computed figure of a cell and how it is printed."""
        result = self.assessment
        if slot.key == "execution_rate":
            rate = result.execution_rate
            return rate, "" if rate is None else format_rate(rate, sign=self.template.rate_sign)
        if slot.key == "total_weight":
            return result.weight_total, plain(result.weight_total)
        if slot.key == "total_score":
            return result.total, format_score(result.total)
        score = result.budget if slot.fund else result.scores[binding.row]
        return score.computed, "" if score.computed is None else format_score(score.computed)

    def _names(self, slot: Slot, binding: Binding) -> tuple[str, str]:
        """Name the cell for people: its own label and the row it stands in."""
        if binding.block is Part.VALUES:
            field = self.template.field(slot.key)
            return (field.label if field else slot.key), ""
        if binding.block is Part.FUNDS:
            return TERMS[slot.key], self.template.funds[binding.row].label
        if binding.block is Part.STATED:
            return ("分值" if slot.key == "total_weight" else "得分"), TERMS[slot.key]
        return self._column_label(slot), _row_name(self.record.indicators[binding.row])

    def _column_label(self, slot: Slot) -> str:
        """The form's own word over the column: 年度指标值(A)."""
        head = next((one.text for one in self.block.slots if one.column == slot.column and one.text), "")
        return head.replace("\n", "") or TERMS[slot.key]


def _row_name(indicator: Indicator) -> str:
    return indicator.name or indicator.level2 or indicator.level1


def _binding(slot: Slot, template: Template, *, index: int, count: int) -> Binding:
    """Return where the slot's text lives."""
    if slot.fund:
        return Binding(Part.FUNDS, slot.key, row=template.fund_index(slot.fund))
    if slot.key in {"total_weight", "total_score"}:
        return Binding(Part.STATED, slot.key)
    pattern = "" if slot.kind is SlotKind.FIELD else slot.pattern
    if index >= 0:
        return Binding(Part.INDICATORS, slot.key, row=index, count=count, pattern=pattern)
    return Binding(Part.VALUES, slot.key, pattern=pattern)


def editable_cells(sheet: Sheet) -> tuple[Cell, ...]:
    """Return the cells to fill, in reading order (top to bottom, left to right); computed cells are not among them."""
    found = (one for one in sheet.cells if one.binding is not None and one.role is not Role.COMPUTED)
    return tuple(sorted(found, key=lambda cell: (cell.row, cell.column)))
