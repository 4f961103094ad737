"""A text through its binding: read, written, and where two versions of a record differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from itertools import zip_longest

from perfdesk.editing.patterns import decompose, show
from perfdesk.editing.sections import HEADING, section_difference, section_text, with_section_text
from perfdesk.model import Binding, Block, FundRow, Indicator, ListRow, Record, Section
from perfdesk.template.types import FIELD

Row = FundRow | Indicator | ListRow | Section


def _rows(record: Record, block: Block) -> tuple[Row, ...]:
    if block is Block.INDICATORS:
        return record.indicators
    if block is Block.FUNDS:
        return record.funds
    return record.rows if block is Block.ROWS else record.sections


def get_text(record: Record, binding: Binding) -> str:
    """Return the text a binding holds, as typed (several fields are shown in their pattern)."""
    if binding.block is Block.VALUES or binding.block is Block.STATED:
        values = record.values if binding.block is Block.VALUES else record.stated
        return show(binding.pattern, values) if binding.pattern else values.get(binding.key, "")
    rows = _rows(record, binding.block)
    return row_text(rows[binding.row], binding) if 0 <= binding.row < len(rows) else ""


def row_text(row: Row, binding: Binding) -> str:
    """Return the text of a binding in its row."""
    if not binding.pattern:
        return _field(row, binding.key)
    return show(binding.pattern, {key: _field(row, key) for key in FIELD.findall(binding.pattern)})


def _field(row: Row, key: str) -> str:
    if isinstance(row, ListRow):
        return row.text(key)
    return section_text(row, key) if isinstance(row, Section) else str(getattr(row, key))


def set_text(record: Record, binding: Binding, text: str) -> Record:
    """Return the record with ``text`` at the binding. An unchanged text, or a row that is not there, gives the record itself.

    The row after the last one of a list begins a new one: a blank list prints one row to type in.
    """
    if get_text(record, binding) == text:
        return record
    new = decompose(binding.pattern, text, main=binding.key) if binding.pattern else {binding.key: text}
    if binding.block is Block.VALUES:
        return replace(record, values=_without_blanks(record.values, new))
    if binding.block is Block.STATED:
        return replace(record, stated=_without_blanks(record.stated, new))
    return _set_in_rows(record, binding, new)


def _set_in_rows(record: Record, binding: Binding, new: Mapping[str, str]) -> Record:
    span = range(max(binding.row, 0), binding.row + binding.count) if binding.row >= 0 else range(0)
    block = binding.block
    if block is Block.FUNDS:
        changed = replace(
            record, funds=tuple(replace(r, **new) if i in span else r for i, r in enumerate(record.funds))
        )
    elif block is Block.INDICATORS:
        rows = tuple(replace(r, **new) if i in span else r for i, r in enumerate(record.indicators))
        changed = replace(record, indicators=rows)
    elif block is Block.ROWS:
        begun = (*record.rows, ListRow()) if binding.row == len(record.rows) else record.rows
        changed = replace(record, rows=tuple(r.with_texts(new) if i in span else r for i, r in enumerate(begun)))
    else:
        text = new[binding.key]
        parts = (with_section_text(s, binding.key, text) if i in span else s for i, s in enumerate(record.sections))
        changed = replace(record, sections=tuple(parts))
    return record if changed == record else changed


def _without_blanks(values: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the values with the new ones; a cleared one goes: typing and clearing leaves no trace."""
    return {key: one for key, one in {**values, **new}.items() if one or key not in new}


def first_difference(before: Record, after: Record) -> Binding | None:
    """Return where two versions of a record first differ, as a place of ``after``: where to look after an undo.

    Rows that came or went are found at the first row that is another one; ``None`` when no text differs.
    """
    for key in after.values.keys() | before.values.keys():
        if after.value(key) != before.value(key):
            return Binding(Block.VALUES, key)
    for block in (Block.FUNDS, Block.INDICATORS, Block.ROWS, Block.SECTIONS):
        found = _row_difference(block, _rows(before, block), _rows(after, block))
        if found is not None:
            return found
    changed = sorted(key for key in {*after.stated, *before.stated} if after.stated.get(key) != before.stated.get(key))
    return Binding(Block.STATED, changed[0]) if changed else None


def _row_difference(block: Block, before: tuple[Row, ...], after: tuple[Row, ...]) -> Binding | None:
    for row, (old, new) in enumerate(zip_longest(before, after)):
        if old == new:
            continue
        if old is None or new is None or len(before) != len(after):
            place = max(min(row, len(after) - 1), 0)
            return Binding(block, _first_key(block, new or old), row=place)
        return Binding(block, _changed_key(old, new), row=row)
    return None


def _first_key(block: Block, row: Row | None) -> str:
    """Return the field to show of a row that came or went."""
    if isinstance(row, ListRow):
        return row.cells[0][0] if row.cells else ""
    return {Block.INDICATORS: "name", Block.FUNDS: "annual_budget"}.get(block, HEADING)


def _changed_key(old: Row, new: Row) -> str:
    """Return the first field in which two versions of a row differ."""
    if isinstance(old, Section) and isinstance(new, Section):
        return section_difference(old, new)
    if isinstance(old, ListRow) and isinstance(new, ListRow):
        return min(key for key, _ in set(old.cells) ^ set(new.cells))
    return next(one.name for one in fields(new) if getattr(old, one.name) != getattr(new, one.name))
