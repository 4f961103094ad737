"""A draft as the text of a template file, in the grammar of docs/template-format.md, drawn so that it looks like the form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from perfdesk.template import BlockRole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from perfdesk.drafting.types import Draft, DraftBlock, DraftField
    from perfdesk.model import Indicator
    from perfdesk.template import Field

_REPEATED = frozenset({BlockRole.INDICATORS, BlockRole.LIST})
_ROW_MM = 7
_MARGINS = "13, 13, 13, 13"  # mm


def write_template(draft: Draft) -> str:
    """Return the TOML of a draft; ``perfdesk.template.read_template`` reads it."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: Draft) -> Iterator[str]:
    yield f"# {draft.source}，请对着原表检查一遍"
    yield f"title = {_text(draft.title)}"
    yield f"kind = {_text(draft.kind.value)}"
    yield f"source = {_text(draft.source)}"
    yield f"unit = {_text(draft.unit.value)}"
    yield f"policy = {_text(draft.policy)}"
    yield f"rate_of = {_list(draft.rate_of)}"
    if draft.keep_level2:
        yield "keep_level2 = true"
    if draft.gathers is not None:
        yield f"gathers = {_text(draft.gathers.value)}"
    yield f"columns_mm = [{', '.join(map(str, draft.columns_mm))}]"
    yield from ("", "[page]", f"size = {_text(draft.size)}")
    yield f"orientation = {_text('landscape' if draft.landscape else 'portrait')}"
    yield f"margins_mm = [{_MARGINS}]"
    yield f"row_mm = {_ROW_MM}"
    yield from ("", "[fields]")
    yield from map(_field, draft.fields)
    if draft.columns:
        yield from ("", "[columns]")
        yield from map(_column, draft.columns)
    for one in draft.funds:
        yield from ("", "[[funds]]", f"key = {_text(one.key)}", f"label = {_text(one.label)}")
        if one.parts:
            yield f"sum_of = {_list(one.parts)}"
    for block in draft.blocks:
        yield from _block(block, len(draft.columns_mm))
    for row in draft.starter:
        yield from _starter(row)


def _text(words: str) -> str:
    """Write a text as TOML: its basic strings are those of JSON."""
    return json.dumps(words, ensure_ascii=False)


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, words))}]"


def _field(one: DraftField) -> str:
    parts = [f"label = {_text(one.label)}", *([f"kind = {_text(one.kind)}"] if one.kind != "text" else [])]
    parts += ["required = true"] if one.required else []
    parts += [f"choices = {_list(one.choices)}"] if one.choices else []
    parts += _more(one.known) if one.known is not None else []
    return f"{one.key} = {{ {', '.join(parts)} }}"


def _column(one: Field) -> str:
    kind = [f"kind = {_text(one.kind.value)}"] if one.kind.value != "text" else []
    required = ["required = true"] if one.required else []
    return f"{one.key} = {{ {', '.join((f'label = {_text(one.label)}', *kind, *required, *_more(one)))} }}"


def _more(known: Field) -> list[str]:
    """Write what else a field of a template says."""
    found = [f"align = {_text(known.align.value)}"] if known.align is not None else []
    found += [f"choices = {_list(known.choices)}"] if known.choices else []
    found += [f"group = {_text(known.group)}"] if known.group else []
    return [
        *found,
        *(["many = true"] if known.many else []),
        *(["signature = true"] if known.signature else []),
        *(["raw = true"] if known.raw else []),
    ]


def _block(block: DraftBlock, width: int) -> Iterator[str]:
    yield from ("", "[[blocks]]")
    if block.role is not BlockRole.GRID:
        yield f"role = {_text(block.role.value)}"
    squares = [[""] * width for _ in range(block.row_count)]
    for one in block.cells:
        for row in range(one.row, one.row + one.row_span):
            for column in range(one.column, one.column + one.column_span):
                squares[row][column] = "<" if column > one.column else "^" if row > one.row else one.drawn
    if block.role in _REPEATED:
        yield from ("header = [", *(f"  {_list(row)}," for row in squares[:-1]), "]")
        yield f"row = {_list(squares[-1])}"
        if block.merge:
            yield f"merge = {_list(block.merge)}"
    else:
        yield from ("rows = [", *(f"  {_list(row)}," for row in squares), "]")


def _starter(row: Indicator) -> Iterator[str]:
    yield from ("", "[[starter]]")
    for key in row.__slots__:
        if text := getattr(row, key):
            yield f"{key} = {_text(text)}"
