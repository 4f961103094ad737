"""What a person changes in a draft: what one cell is for. Every change is another draft; fields that nothing names any more go."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.drafting.naming import label
from perfdesk.drafting.types import BLANK, Draft, DraftBlock, DraftCell, DraftField, Use
from perfdesk.model import FormKind
from perfdesk.pinyin import reduce
from perfdesk.template import INDICATOR_KEYS, TERMS, BlockRole

if TYPE_CHECKING:
    from perfdesk.template import Template

_REPEATED: Final = frozenset({BlockRole.INDICATORS, BlockRole.LIST})
_NAMES: Final = re.compile(r"\w+")
_OF_TOTAL: Final = (("execution_rate", "执行率"), ("score", "得分"))
_TOTALS: Final = (("@total_weight", "总分的分值"), ("@total_score", "总分的得分"), ("@grade", "等级"))


class Spot(NamedTuple):
    """A cell of a draft: the number of its block, and the cell."""

    block: int
    cell: DraftCell


def spot_of_source(draft: Draft, square: tuple[int, int, int]) -> Spot | None:
    """Return the cell that a cell of the source (part, row, column) became; of the repeated rows the one of its column."""
    for at, block in enumerate(draft.blocks):
        for cell in block.cells:
            if cell.source == square:
                return Spot(at, cell)
    part, row, column = square
    for at, block in enumerate(draft.blocks):
        above = [one for one in block.cells if one.source is not None and one.source[0] == part]
        if (
            block.role not in _REPEATED
            or not above
            or row <= max(one.source[1] for one in above if one.source is not None)
        ):
            continue
        first = next(one.source for one in above if one.source is not None)
        left = first[2] - next(one.column for one in above if one.source == first)
        below = draft.cell_at(at, block.row_count - 1, column - left)
        if below is not None and not _is_below(draft, at, part, row):
            return Spot(at, below)
    return None


def _is_below(draft: Draft, at: int, part: int, row: int) -> bool:
    """Tell whether a source row belongs to a block behind another one."""
    behind = (one.source for block in draft.blocks[at + 1 :] for one in block.cells if one.source is not None)
    return any(source[0] == part and row >= source[1] for source in behind)


def spot_on_sheet(draft: Draft, row: int, column: int, repeated: int) -> Spot | None:
    """Return the cell at a row and column of the drawn form, which shows ``repeated`` of the repeated rows (at least one)."""
    top = 0
    for at, block in enumerate(draft.blocks):
        head = block.row_count - 1 if block.role in _REPEATED else block.row_count
        high = head + max(repeated, 1) if block.role in _REPEATED else head
        if row < top + high:
            cell = draft.cell_at(at, min(row - top, block.row_count - 1), column)
            return Spot(at, cell) if cell is not None else None
        top += high
    return None


def is_repeated(draft: Draft, spot: Spot) -> bool:
    """Tell whether a cell stands for a column of the repeated rows."""
    block = draft.blocks[spot.block]
    return block.role in _REPEATED and spot.cell.row == block.row_count - 1


def choices_of(draft: Draft, spot: Spot, template: Template) -> tuple[tuple[str, str], ...]:
    """Return the fields a cell may take, each with its words: columns of the indicators, else fields of the nearest template."""
    if is_repeated(draft, spot):
        if draft.blocks[spot.block].role is BlockRole.LIST:
            return tuple((one.key, one.label) for one in draft.columns)
        return tuple((key, TERMS.get(key, key)) for key in INDICATOR_KEYS)
    funds = tuple(
        (f"{fund.key}.{key}", f"{fund.label}：{TERMS[key]}")
        for fund in template.funds
        for key in ("initial_budget", "annual_budget", "executed", "weight")
    )
    return (*((one.key, one.label) for one in template.fields if not one.raw), *funds)


def computed_of(draft: Draft, spot: Spot) -> tuple[tuple[str, str], ...]:
    """Return what a cell may compute, each with its words."""
    if is_repeated(draft, spot):
        own = (("@number", "序号"),)
        return own if draft.blocks[spot.block].role is BlockRole.LIST else (("@score", "得分"), *own)
    total = draft.funds[:1]
    return (*((f"@{fund.key}.{key}", f"{fund.label}：{words}") for fund in total for key, words in _OF_TOTAL), *_TOTALS)


def as_label(draft: Draft, spot: Spot, text: str) -> Draft:
    """Let a cell print a text; nothing is typed there."""
    return _pruned(_with(draft, spot, label(text)))


def as_blank(draft: Draft, spot: Spot) -> Draft:
    """Let a cell print and take nothing."""
    return _pruned(_with(draft, spot, BLANK))


def as_computed(draft: Draft, spot: Spot, drawn: str) -> Draft:
    """Let a cell show a computed figure: one of :func:`computed_of`."""
    return _pruned(_with(draft, spot, drawn))


def as_field(draft: Draft, spot: Spot, key: str, template: Template) -> Draft:
    """Let a cell take a field: one of :func:`choices_of`. A field of the template or a fund row comes in with its description."""
    if is_repeated(draft, spot):
        found = _with(draft, spot, key)
        known = template.column(key)
        columns = (*draft.columns, known) if known is not None and known not in draft.columns else draft.columns
        return _pruned(replace(found, columns=columns))
    fund, dot, _ = key.partition(".")
    if dot:
        keys = {one.key for one in draft.funds} | {fund}
        funds = tuple(one for at, one in enumerate(template.funds) if one.key in keys or at == 0)
        return _pruned(replace(_with(draft, spot, key), funds=funds))
    known_field = template.field(key)
    if known_field is None or any(one.key == key for one in draft.fields):
        return _pruned(_with(draft, spot, key))
    described = DraftField(key, known_field.label, known_field.kind.value, known_field.required, known=known_field)
    return _pruned(replace(_with(draft, spot, key), fields=(*draft.fields, described)))


def as_own_field(draft: Draft, spot: Spot, words: str, kind: str) -> Draft:
    """Let a cell take a field of its own, called ``words``; one that it takes already is called so from now on."""
    name = " ".join(words.split()) or "格"
    own = next((one for one in draft.fields if one.key == spot.cell.drawn and one.known is None), None)
    taken = {reduce(one.label) for one in draft.fields if one is not own}
    number, free = 1, name
    while reduce(free) in taken:
        number += 1
        free = f"{name}{number}"
    if own is not None:
        renamed = own._replace(label=free, kind=kind)
        return replace(draft, fields=tuple(renamed if one is own else one for one in draft.fields))
    keys = {one.key for one in draft.fields}
    key = next(one for at in range(1, len(keys) + 2) if (one := f"cell_{at}") not in keys)
    return _pruned(replace(_with(draft, spot, key), fields=(*draft.fields, DraftField(key, free, kind))))


def named(draft: Draft, title: str) -> Draft:
    """Call the template otherwise."""
    return replace(draft, title=" ".join(title.split()) or draft.title)


def label_of(draft: Draft, spot: Spot) -> str:
    """Return what a cell prints or what its field is called."""
    drawn = spot.cell.drawn
    if spot.cell.use in {Use.LABEL, Use.BLANK}:
        return drawn.lstrip("=").lstrip("<>")
    key = drawn.partition("|")[0]
    return next((one.label for one in draft.fields if one.key == key), TERMS.get(key.strip("@"), key))


def _with(draft: Draft, spot: Spot, drawn: str) -> Draft:
    return draft.with_cell(spot.block, spot.cell, spot.cell._replace(drawn=drawn))


def _pruned(draft: Draft) -> Draft:
    """Return a draft without fields and merged columns that no cell names any more."""
    used = {name for block in draft.blocks for cell in block.cells for name in _keys_in(cell.drawn)}
    blocks = tuple(_merging(block) for block in draft.blocks)
    kept = tuple(one for one in draft.fields if one.key in used or (one.known is not None and one.known.raw))
    columns = draft.columns
    if draft.kind in {FormKind.SUMMARY, FormKind.PUBLICATION_LIST} or any(b.role is BlockRole.LIST for b in blocks):
        columns = tuple(one for one in draft.columns if one.key in used) or draft.columns
    return replace(draft, blocks=blocks, fields=kept, columns=columns)


def _merging(block: DraftBlock) -> DraftBlock:
    drawn = {name for cell in block.cells if cell.row == block.row_count - 1 for name in _keys_in(cell.drawn)}
    return block._replace(merge=tuple(key for key in block.merge if key in drawn))


def _keys_in(drawn: str) -> tuple[str, ...]:
    """Return the keys that a square names: those in braces of a label, all of any other."""
    if drawn.startswith("="):
        return tuple(name for braced in re.findall(r"\{([\w.]+)\}", drawn) for name in _NAMES.findall(braced))
    return tuple(_NAMES.findall(drawn.partition("|")[0].partition("=")[0]))
