"""Changes of a record as pure functions: a text through its binding, indicator rows in and out.

Every function takes a record and returns another one; whoever holds "the current record" decides what to do with it. Text is kept
exactly as typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import lru_cache
from itertools import zip_longest

from perfdesk.model import Binding, Block, FundRow, Indicator, Record
from perfdesk.template import Template
from perfdesk.template.types import BRACKETS, FIELD


def new_record(template: Template, *, record_id: str, year: int, bureau: str = "") -> Record:
    """新建空表: a blank record of the template, with its fund rows and the indicator rows it starts with."""
    return Record(
        id=record_id,
        template_id=template.id,
        year=year,
        unit=template.unit,
        bureau=bureau,
        values={"title": template.title} if template.field("title") else {},
        funds=tuple(FundRow(label=fund.label) for fund in template.funds),
        indicators=template.starter,
    )


def compose(pattern: str, values: Mapping[str, str]) -> str:
    """Fill the fields of a pattern; a bracket whose fields are all blank is left out.

    ``compose("{level1}（{level1_weight}分）", {"level1": "产出指标", "level1_weight": "50"})`` gives
    「产出指标（50分）」, and 「产出指标」
    when no weight was typed.
    """

    def bracket(match: re.Match[str]) -> str:
        keys = FIELD.findall(match.group())
        return match.group() if any(values.get(key) for key in keys) else ""

    return FIELD.sub(lambda match: values.get(match.group(1), ""), BRACKETS.sub(bracket, pattern))


@lru_cache(maxsize=256)
def _reader(pattern: str) -> re.Pattern[str]:
    """Turn a pattern into the expression that reads a typed text back into its fields."""
    parts: list[str] = []
    position = 0
    for match in BRACKETS.finditer(pattern):
        parts += [_expression(pattern[position : match.start()]), f"(?:{_expression(match.group())})?"]
        position = match.end()
    return re.compile("".join((*parts, _expression(pattern[position:]))), re.DOTALL)


def _expression(piece: str) -> str:
    cut = FIELD.split(piece)
    return "".join(f"(?P<{text}>.*?)" if index % 2 else re.escape(text) for index, text in enumerate(cut))


def decompose(pattern: str, text: str, *, main: str) -> dict[str, str]:
    """Read a text typed into a cell of several fields; what does not fit the pattern goes whole into the ``main`` field.

    「产出指标（50分）」 fits ``{level1}（{level1_weight}分）``. 「产出指标（分）」 does not: an empty bracket would not be shown
    again, and nothing that was typed may vanish.
    """
    keys = FIELD.findall(pattern)
    match = _reader(pattern).fullmatch(text)
    fields = {key: match.group(key) or "" for key in keys} if match else {}
    if match is None or compose(pattern, fields) != text:
        return {key: text if key == main else "" for key in keys}
    return fields


def get_text(record: Record, binding: Binding) -> str:
    """Return the text a binding holds, as typed (several fields are shown in their pattern)."""
    if binding.block is Block.VALUES or binding.block is Block.STATED:
        values = record.values if binding.block is Block.VALUES else record.stated
        return compose(binding.pattern, values) if binding.pattern else values.get(binding.key, "")
    rows: tuple[FundRow | Indicator, ...] = record.funds if binding.block is Block.FUNDS else record.indicators
    return row_text(rows[binding.row], binding) if 0 <= binding.row < len(rows) else ""


def row_text(row: FundRow | Indicator, binding: Binding) -> str:
    """Return the text of a binding in its fund or indicator row."""
    if not binding.pattern:
        return str(getattr(row, binding.key))
    return compose(binding.pattern, {key: getattr(row, key) for key in FIELD.findall(binding.pattern)})


def set_text(record: Record, binding: Binding, text: str) -> Record:
    """Return the record with ``text`` at the binding. An unchanged text, or a row that is not there, gives the record itself."""
    if get_text(record, binding) == text:
        return record
    new = decompose(binding.pattern, text, main=binding.key) if binding.pattern else {binding.key: text}
    if binding.block is Block.VALUES:
        return replace(record, values=_without_blanks(record.values, new))
    if binding.block is Block.STATED:
        return replace(record, stated=_without_blanks(record.stated, new))
    span = range(binding.row, binding.row + binding.count)
    if binding.block is Block.FUNDS:
        funds = tuple(replace(r, **new) if i in span else r for i, r in enumerate(record.funds))
        return record if funds == record.funds else replace(record, funds=funds)
    rows = tuple(replace(r, **new) if i in span else r for i, r in enumerate(record.indicators))
    return record if rows == record.indicators else replace(record, indicators=rows)


def _without_blanks(values: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """Return the values with the new ones; a cleared one goes: typing and clearing leaves no trace."""
    return {key: one for key, one in {**values, **new}.items() if one or key not in new}


def insert_indicator(record: Record, index: int) -> Record:
    """插入指标: a blank row at ``index``, in the 一级 and 二级 group of the row above (of the row below at the top).

    An index beyond the rows stands for the nearest end.
    """
    rows = record.indicators
    index = min(max(index, 0), len(rows))
    near = rows[max(index - 1, 0)] if rows else Indicator()
    blank = Indicator(
        level1=near.level1, level1_weight=near.level1_weight, level2=near.level2, level2_weight=near.level2_weight
    )
    return replace(record, indicators=(*rows[:index], blank, *rows[index:]))


def duplicate_indicator(record: Record, index: int) -> Record:
    """复制行: the same row once more, below. Out of range gives the record itself."""
    rows = record.indicators
    if not 0 <= index < len(rows):
        return record
    return replace(record, indicators=(*rows[: index + 1], *rows[index : index + 1], *rows[index + 1 :]))


def delete_indicators(record: Record, index: int, count: int = 1) -> Record:
    """删除行: ``count`` rows from ``index`` on. Out of range gives the record itself."""
    if not 0 <= index < len(record.indicators) or count < 1:
        return record
    return replace(record, indicators=record.indicators[:index] + record.indicators[index + count :])


def move_indicator(record: Record, index: int, to: int) -> Record:
    """移动行: the row at ``index`` stands at ``to`` afterwards. Out of range gives the record itself."""
    rows = list(record.indicators)
    if not (0 <= index < len(rows) and 0 <= to < len(rows)) or index == to:
        return record
    rows.insert(to, rows.pop(index))
    return replace(record, indicators=tuple(rows))


def first_difference(before: Record, after: Record) -> Binding | None:
    """Return where two versions of a record first differ, as a place of ``after``: where to look after an undo.

    Rows that came or went are found at the first row that is another one; ``None`` when no text differs.
    """
    for key in after.values.keys() | before.values.keys():
        if after.value(key) != before.value(key):
            return Binding(Block.VALUES, key)
    found = _row_difference(Block.FUNDS, before.funds, after.funds)
    found = found or _row_difference(Block.INDICATORS, before.indicators, after.indicators)
    if found is not None:
        return found
    changed = sorted(key for key in {*after.stated, *before.stated} if after.stated.get(key) != before.stated.get(key))
    return Binding(Block.STATED, changed[0]) if changed else None


def _row_difference(
    block: Block, before: tuple[FundRow | Indicator, ...], after: tuple[FundRow | Indicator, ...]
) -> Binding | None:
    for row, (old, new) in enumerate(zip_longest(before, after)):
        if old == new:
            continue
        if old is None or new is None or len(before) != len(after):
            return Binding(
                block, "name" if block is Block.INDICATORS else "annual_budget", row=max(min(row, len(after) - 1), 0)
            )
        keys = [one.name for one in fields(new) if getattr(old, one.name) != getattr(new, one.name)]
        return Binding(block, keys[0], row=row)
    return None
