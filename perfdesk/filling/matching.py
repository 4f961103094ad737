"""Rows of ours and rows of the foreign form: by the exact name where it prints names, else free rows from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfdesk.model import Block
from perfdesk.pinyin import reduce

if TYPE_CHECKING:
    from perfdesk.filling.probing import Field, Found
    from perfdesk.filling.texts import Text
    from perfdesk.model import Record


class Matched(NamedTuple):
    """Row numbers of ours with those of the foreign form; ours without a row there, each with the reason; notes."""

    rows: dict[int, int]
    homeless: dict[int, str]
    notes: tuple[str, ...] = ()


def match_indicators(record: Record, found: Found) -> Matched:
    """Match the indicators that have a name.

    A name that the form prints is matched letter by letter; one that differs by white space or marks alone is matched too, and
    said, because the system compares letters. The others go into rows without a name, below the same 二级指标 where the form prints
    those.
    """
    printed = {row: text for (block, key, row), (_, text) in found.texts.items() if (block, key) == _NAME}
    free = sorted(row for block, key, row in found.blanks if (block, key) == _NAME)
    rows: dict[int, int] = {}
    notes: list[str] = []
    left = [at for at, one in enumerate(record.indicators) if one.name.strip()]
    for same in (str.strip, reduce):
        taken = set(rows.values())
        for at in [one for one in left if one not in rows]:
            name = record.indicators[at].name
            there = next((row for row, text in printed.items() if row not in taken and same(text) == same(name)), None)
            if there is None:
                continue
            rows[at] = there
            taken.add(there)
            if same is reduce:
                notes.append(f"“{name}”与表里的“{printed[there]}”写法略有不同，按同一项填；表里的名称没有动。")
    homeless: dict[int, str] = {}
    for at in [one for one in left if one not in rows]:
        row = _free_row(record.indicators[at].level2, free, found)
        if row is None:
            homeless[at] = _why(record.indicators[at].level2, free, names=bool(printed))
        else:
            rows[at] = row
            free.remove(row)
    return Matched(rows, homeless, tuple(notes))


_NAME = (Block.INDICATORS, "name")


def _free_row(level2: str, free: list[int], found: Found) -> int | None:
    """Return the first free row below the 二级指标; where the form prints none, the first of all."""
    groups = {row: reduce(group_of(found, "level2", row)) for row in free}
    under = (row for row in free if level2.strip() and groups[row].startswith(reduce(level2)))  # 目标设定（5分）
    open_rows = (row for row in free if not groups[row])
    return next(under, next(open_rows, None))


def group_of(found: Found, level: str, row: int) -> str:
    """Return the group that the form prints for a row: in its own cell, or above blank ones; ``""`` where it prints none."""
    printed = ((at, text) for (block, key, at), (_, text) in found.texts.items() if (block, key) == (_NAME[0], level))
    above = [(at, text) for at, text in printed if at <= row]
    return max(above, default=(0, ""))[1]


def _why(level2: str, free: list[int], *, names: bool) -> str:
    if not free:
        return "表里没有这个名称的三级指标" if names else "表里没有空行了"
    return f"“{level2}”下没有空行了"


def match_rows(texts: dict[Field, Text], found: Found) -> Matched:
    """Match the rows of a list in order: ours from the first on into the rows of the form that are blank in every column."""
    ours = sorted({row for block, _, row in texts if block is Block.ROWS})
    held = {row for block, _, row in found.texts if block is Block.ROWS}
    free = sorted({row for block, _, row in found.blanks if block is Block.ROWS} - held)
    rows = dict(zip(ours, free, strict=False))
    return Matched(rows, dict.fromkeys(ours[len(free) :], "表里没有空行了"))
