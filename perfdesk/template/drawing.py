"""The drawing of a form: rows of texts, one for each square, become slots with their spans.

Knows how squares are merged and repeated; what one square says is read by ``perfdesk.template.squares``. It opens no file.
"""

from __future__ import annotations

from typing import NamedTuple

from perfdesk.template.squares import Names, check_key, read_square
from perfdesk.template.types import Block, BlockRole, Slot
from perfdesk.toml_file import Table


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
            slots.append(read_square(drawn, line.names, table, at=line.spot))
    return _tile(owners, slots, table, spots=[line.spot for line in lines])


def repeating_block(role: BlockRole, table: Table, outer: Names, inner: Names, *, width: int) -> Block:
    """Read the repeating block: ``header`` rows, one ``row`` per indicator or list row.

    ``^`` in the row continues a header cell downwards. ``outer`` are the names of the header, ``inner`` those of the row.
    """
    above = outer._replace(computed=())
    header = tuple(_Line(row, above, f"header[{i}]") for i, row in enumerate(table.rows("header")))
    drawn = _draw((*header, _Line(table.texts("row"), inner, "row")), table, width=width)
    last = len(header)
    head = tuple(_stretched(slot, last) for slot in drawn if slot.row < last)
    body = tuple(slot._replace(row=0) for slot in drawn if slot.row == last)
    merge = table.texts("merge", ())
    for key in merge:
        check_key(key, inner.inputs, table, at="merge")
    return Block(role, last, head, body, merge)


def _stretched(slot: Slot, last: int) -> Slot:
    """Let a header cell that reaches into the repeated row ``last`` run down beside all of them."""
    if slot.row + slot.row_span <= last:
        return slot
    return slot._replace(row_span=last - slot.row, stretches=True)


def grid_block(role: BlockRole, table: Table, names: Names, width: int) -> Block:
    """Read a block that is drawn once."""
    lines = tuple(_Line(row, names, f"rows[{i}]") for i, row in enumerate(table.rows("rows")))
    return Block(role, len(lines), _draw(lines, table, width=width))
