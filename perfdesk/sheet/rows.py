"""The rows that repeat: indicators and list rows, equal neighbours merged downwards where the template says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from perfdesk.editing import row_text
from perfdesk.model import Assessment, Binding, Gathered, Indicator, ListRow, Record
from perfdesk.model import Block as Part
from perfdesk.sheet.figures import Computed, points, worded
from perfdesk.sheet.making import (
    Drawing,
    Look,
    Spot,
    computed_cell,
    input_cell,
    label_cell,
    look_of,
    number_cell,
)
from perfdesk.sheet.types import Cell
from perfdesk.template import NUMBER_KEY, TERMS, Block, BlockRole, FieldKind, Slot, SlotKind, Template

_NOTHING = Computed(None, "")
Figures = tuple[tuple[str, Computed], ...]


class _Place(NamedTuple):
    """Where a repeated row stands: its row of the sheet, its place in the record, its number; ``waits``: not to be filled."""

    top: int
    at: int
    number: str
    waits: bool = False


def row_count(block: Block, record: Record) -> int:
    """Return how many rows a repeating block has: a list prints one row to type in when it has none."""
    if block.role is BlockRole.LIST:
        return max(len(record.rows), 1)
    return len(record.indicators) if block.role is BlockRole.INDICATORS else 0


def repeated_cells(
    drawing: Drawing, record: Record, assessment: Assessment, gathered: Gathered, top: int
) -> Iterator[Cell]:
    """Yield the cells of the indicator or list rows."""
    if drawing.block.role is BlockRole.LIST:
        yield from _list_cells(drawing, record, gathered, top)
        return
    runs = _runs(tuple(map(_merged_texts(drawing.block.merge), record.indicators)))
    waits = _waiting(drawing.template, record.indicators)
    for index, (indicator, counts) in enumerate(zip(record.indicators, runs, strict=True)):
        figures = (("score", points(assessment.scores[index].computed)),)
        place = _Place(top + index, index, str(index + 1), waits[index])
        yield from _row(drawing, place, indicator, counts, figures)


@lru_cache(maxsize=64)
def _merged_texts(keys: tuple[str, ...]) -> Callable[[Indicator], tuple[str, ...]]:
    """Return what reads the merged columns of a row: at every keystroke, of every row."""
    if len(keys) > 1:
        return attrgetter(*keys)
    return lambda row: tuple(getattr(row, key) for key in keys)


def _list_cells(drawing: Drawing, record: Record, gathered: Gathered, top: int) -> Iterator[Cell]:
    rows = record.rows or (ListRow(),)
    found = (*gathered.rows, *(ListRow() for _ in rows[len(gathered.rows) :]))
    both = tuple(ListRow.of({**dict(given.cells), **dict(row.cells)}) for row, given in zip(rows, found, strict=False))
    runs = _runs(tuple(tuple(one.text(key) for key in drawing.block.merge) for one in both))
    for index, (row, counts) in enumerate(zip(rows, runs, strict=True)):
        figures = tuple((key, _gathered(drawing.template, key, text)) for key, text in found[index].cells)
        number = str(index + 1) if record.rows else ""
        yield from _row(drawing, _Place(top + index, index, number), row, counts, figures)


def _gathered(template: Template, key: str, text: str) -> Computed:
    """Return a gathered text; one that runs long is aligned as its column says."""
    column = template.column(key)
    return worded(text) if column is None or column.align is None else worded(text, align=column.align)


@lru_cache(maxsize=4096)
def _row(
    drawing: Drawing, place: _Place, row: Indicator | ListRow, counts: tuple[int, ...], figures: Figures
) -> tuple[Cell, ...]:
    """Make the cells that begin in one repeated row; kept, because a keystroke changes one row of many."""
    spans = dict(zip(drawing.block.merge, counts, strict=True))
    computed = dict(figures)
    top, index, number, waits = place
    name, is_awaited = _row_name(drawing.template, row, computed, index), _is_awaited(drawing.template)
    cells = []
    for slot, label, look in _columns(drawing.template, drawing.block):
        span = spans.get(slot.key, 1)
        if not span:
            continue
        if look is None:
            is_number = slot.kind is SlotKind.COMPUTED
            cells.append(number_cell(drawing, slot, top, number) if is_number else label_cell(drawing, slot, top, 1))
            continue
        binding = _row_binding(_part(drawing.block), slot.key, _pattern(slot), index, span)
        spot = Spot(top, span, binding, label, name)
        typed = row_text(row, binding)
        if slot.kind is SlotKind.COMPUTED:
            cell = computed_cell(slot, spot, typed, computed.get(slot.key, _NOTHING))
            cells.append(cell._replace(required=is_awaited and slot.key == "score"))
        else:
            cells.append(input_cell(drawing, slot, spot, typed, look._replace(required=False) if waits else look))
    return tuple(cells)


def _part(block: Block) -> Part:
    return Part.ROWS if block.role is BlockRole.LIST else Part.INDICATORS


@lru_cache(maxsize=64)
def _columns(template: Template, block: Block) -> tuple[tuple[Slot, str, Look | None], ...]:
    """Return the slots of the repeated row with what all rows share: the word over the column and the look.

    Labels and running numbers have no look: nothing is typed there.
    """
    found: list[tuple[Slot, str, Look | None]] = []
    for slot in block.body:
        if slot.kind is SlotKind.LABEL or slot.key == NUMBER_KEY:
            found.append((slot, "", None))
        else:
            look = look_of(template, block, slot, _row_binding(_part(block), slot.key, _pattern(slot), 0, 1))
            found.append((slot, _column_label(template, block, slot), look))
    return tuple(found)


def _column_label(template: Template, block: Block, slot: Slot) -> str:
    """The form's own word over the column, the lowest of several: 年度指标值(A)."""
    over = [one for one in block.slots if one.column <= slot.column < one.column + one.column_span and one.text]
    head = max(over, key=lambda one: one.row).text.replace("\n", "") if over else ""
    column = template.column(slot.key)
    return head or (column.label if column else TERMS.get(slot.key, slot.key))


def _row_name(template: Template, row: Indicator | ListRow, computed: dict[str, Computed], index: int) -> str:
    """Name a row for people: the indicator, or the first words of a list row."""
    if isinstance(row, Indicator):
        return row.name or row.level2 or row.level1
    keys = [one.key for one in template.columns if one.kind is FieldKind.TEXT]
    words = (row.text(key) or computed.get(key, _NOTHING).shown for key in keys)
    return next((text for text in words if text), f"第 {index + 1} 行")


def _is_awaited(template: Template) -> bool:
    """Tell whether the scores of the rows are what has to be filled: those of a rating's items, those a 汇总表 gathers."""
    return bool(template.rules) or template.gathers is not None


@lru_cache(maxsize=64)
def _waiting(template: Template, rows: tuple[Indicator, ...]) -> tuple[bool, ...]:
    """Tell of every row whether it only stands for its 二级指标: printed, but not to be filled.

    A 一级指标 of which no row is filled yet wants one: its first does not wait.
    """
    if not template.keep_level2:
        return (False,) * len(rows)
    served = {(one.goal, one.level1) for one in rows if not _is_empty(one)}
    found = []
    for row in rows:
        group = row.goal, row.level1
        found.append(_is_empty(row) and group in served)
        served.add(group)
    return tuple(found)


def _is_empty(row: Indicator) -> bool:
    return not any((row.name, row.target, row.actual, row.weight, row.score, row.target_value, row.interim_actual))


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


def _pattern(slot: Slot) -> str:
    """The fields a cell shows beside its own; a field in a label and words with boxes stand alone."""
    return "" if slot.kind in {SlotKind.FIELD, SlotKind.BOXES} else slot.pattern


@lru_cache(maxsize=8192)
def _row_binding(part: Part, key: str, pattern: str, row: int, count: int) -> Binding:
    """Return where the text of a row's slot lives; kept, because all forms have the same."""
    return Binding(part, key, row, count, pattern)
