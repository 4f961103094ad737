"""The drawing of a form: rows of texts, one for each square, become slots with their spans.

Knows the signs of a square and the mistakes that can be made with them; it opens no file.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from perfdesk.template.types import (
    BRACKETS,
    FIELD,
    INDICATOR_KEYS,
    SYSTEM_KEYS,
    Align,
    Block,
    BlockRole,
    Slot,
    SlotKind,
)
from perfdesk.toml_file import Table, did_you_mean


class Names(NamedTuple):
    """The keys a block may use."""

    inputs: tuple[str, ...]
    computed: tuple[str, ...]
    funds: tuple[str, ...]


def _split_fund(key: str, names: Names) -> tuple[str, str]:
    """Split ``total.executed`` into the fund row's key and the field."""
    fund, dot, field = key.partition(".")
    return (fund, field) if dot and fund in names.funds else ("", key)


def check_key(key: str, known: tuple[str, ...], table: Table, *, at: str) -> None:
    """Refuse a key nobody knows, with the nearest one that is known."""
    if key not in known:
        raise table.fail(f'未知字段 "{key}"{did_you_mean(key, known)}', at=at)


def _fields_of(text: str, table: Table, *, at: str) -> list[str]:
    """Return the keys in braces; a brace that holds no key would be printed as it stands."""
    if re.search(r"[{}]", FIELD.sub("", text)):
        raise table.fail(f'"{text}" 的花括号里应是一个字段的名字，如 {{preparer}}。', at=at)
    return FIELD.findall(text)


def _label(text: str, names: Names, table: Table, *, at: str) -> Slot:
    align = {"<": Align.LEFT, ">": Align.RIGHT}.get(text[:1])
    text = text[1:] if align else text
    inputs = [key for key in _fields_of(text, table, at=at) if key not in SYSTEM_KEYS]
    for key in inputs:
        check_key(key, names.inputs, table, at=at)
    if len(inputs) > 1:
        raise table.fail("一个标签格里只能有一个要填的字段，请分成几格。", at=at)
    if not inputs:
        return Slot(SlotKind.LABEL, 0, 0, text=text, pattern=text if "{" in text else "", align=align)
    return Slot(SlotKind.FIELD, 0, 0, key=inputs[0], pattern=text, align=align)


def _square(drawn: str, names: Names, table: Table, *, at: str) -> Slot:
    """Read one drawn square that is not merged."""
    if drawn.startswith("="):
        return _label(drawn[1:], names, table, at=at)
    if drawn.startswith("@"):
        check_key(drawn[1:], names.computed, table, at=at)
        fund, key = _split_fund(drawn[1:], names)
        return Slot(SlotKind.COMPUTED, 0, 0, key=key, fund=fund)
    drawn, _, blank = drawn.partition("|")
    keys = _fields_of(drawn, table, at=at)
    for key in keys or [drawn]:
        check_key(key, names.inputs, table, at=at)
    fund, key = _split_fund(_main_key(drawn) if keys else drawn, names)
    return Slot(SlotKind.INPUT, 0, 0, key=key, fund=fund, pattern=drawn if keys else "", text=blank)


def _main_key(pattern: str) -> str:
    """Return the field of a pattern that stands outside brackets: ``name`` in ``[{code}]{name}``."""
    outside: list[str] = FIELD.findall(BRACKETS.sub("", pattern))
    return outside[0] if outside else str(FIELD.findall(pattern)[0])


def _owner(owners: list[list[int]], row: int, column: int, drawn: str, table: Table, *, at: str) -> int:
    """Return the slot a ``<`` or ``^`` square belongs to."""
    if drawn == "<" and column:
        return owners[row][column - 1]
    if drawn == "^" and row:
        return owners[row - 1][column]
    raise table.fail(f'"{drawn}" 的{"左" if drawn == "<" else "上"}边没有格可以合并。', at=at)


def _tile(owners: list[list[int]], slots: list[Slot], table: Table, *, spots: list[str]) -> tuple[Slot, ...]:
    """Give every slot its spans; refuse a merge that is not a rectangle."""
    placed: list[Slot] = []
    for index, slot in enumerate(slots):
        squares = [(r, c) for r, line in enumerate(owners) for c, owner in enumerate(line) if owner == index]
        rows, columns = [r for r, _ in squares], [c for _, c in squares]
        height, width = max(rows) - min(rows) + 1, max(columns) - min(columns) + 1
        if height * width != len(squares):
            raise table.fail('合并的格不是长方形，请检查 "<" 和 "^"。', at=spots[min(rows)])
        placed.append(slot._replace(row=min(rows), column=min(columns), row_span=height, column_span=width))
    return tuple(placed)


class _Line(NamedTuple):
    """A drawn row, the keys it may use, and where it stands in the file."""

    squares: tuple[str, ...]
    names: Names
    spot: str


def _draw(lines: tuple[_Line, ...], table: Table, *, width: int) -> tuple[Slot, ...]:
    """Turn drawn rows into slots."""
    owners: list[list[int]] = []
    slots: list[Slot] = []
    for r, line in enumerate(lines):
        if len(line.squares) != width:
            found = len(line.squares)
            raise table.fail(f"这一行有 {found} 格，应与 columns_mm 一样是 {width} 格。", at=line.spot)
        owners.append([])
        for c, drawn in enumerate(line.squares):
            if drawn in {"<", "^"}:
                owners[r].append(_owner(owners, r, c, drawn, table, at=line.spot))
                continue
            owners[r].append(len(slots))
            slots.append(_square(drawn, line.names, table, at=line.spot))
    return _tile(owners, slots, table, spots=[line.spot for line in lines])


def indicator_block(table: Table, names: Names, width: int) -> Block:
    """Read the repeating block: ``header`` rows, one ``row`` per indicator; ``^`` in the row continues a header cell downwards."""
    outer, inner = Names(names.inputs, (), names.funds), Names(INDICATOR_KEYS, ("score",), ())
    header = tuple(_Line(row, outer, f"header[{i}]") for i, row in enumerate(table.rows("header")))
    drawn = _draw((*header, _Line(table.texts("row"), inner, "row")), table, width=width)
    last = len(header)
    head = tuple(_stretched(slot, last) for slot in drawn if slot.row < last)
    body = tuple(slot._replace(row=0) for slot in drawn if slot.row == last)
    merge = table.texts("merge", ())
    for key in merge:
        check_key(key, INDICATOR_KEYS, table, at="merge")
    return Block(BlockRole.INDICATORS, last, head, body, merge)


def _stretched(slot: Slot, last: int) -> Slot:
    """Let a header cell that reaches into the repeated row ``last`` run down beside all of them."""
    if slot.row + slot.row_span <= last:
        return slot
    return slot._replace(row_span=last - slot.row, stretches=True)


def grid_block(role: BlockRole, table: Table, names: Names, width: int) -> Block:
    """Read a block that is drawn once."""
    lines = tuple(_Line(row, names, f"rows[{i}]") for i, row in enumerate(table.rows("rows")))
    return Block(role, len(lines), _draw(lines, table, width=width))
