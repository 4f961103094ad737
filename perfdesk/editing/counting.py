"""How much two versions of a record differ, in cells (格): what a sentence after a crash or before a restore says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from difflib import SequenceMatcher
from itertools import zip_longest

from perfdesk.model import Answer, FundRow, Indicator, ListRow, Record, Section

Row = FundRow | Indicator | ListRow | Section | Answer


def changed_cells(before: Record, after: Record) -> int:
    """Return in how many cells two versions of a form differ; a row that came or went counts with all it holds, at least once.

    Worked example: one 实际完成值 typed, and a new row with name and 分值: 1 + 2 = 3.
    """
    values, stated = _keys_that_differ(before.values, after.values), _keys_that_differ(before.stated, after.stated)
    head = (before.bureau != after.bureau) + (before.unit is not after.unit)
    blocks: tuple[tuple[Sequence[Row], Sequence[Row]], ...] = (
        (before.funds, after.funds),
        (before.indicators, after.indicators),
        (before.rows, after.rows),
        (before.sections, after.sections),
        (before.answers, after.answers),
    )
    return values + stated + head + sum(_cells_that_differ(old, new) for old, new in blocks)


def _keys_that_differ(before: Mapping[str, str], after: Mapping[str, str]) -> int:
    return sum(before.get(key, "") != after.get(key, "") for key in {*before, *after})


def _cells_that_differ(before: Sequence[Row], after: Sequence[Row]) -> int:
    """Count in rows: those that are the same are found wherever they stand, the others are compared in their order."""
    if before == after:
        return 0
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    pairs = (pair for tag, a, b, c, d in steps if tag != "equal" for pair in zip_longest(before[a:b], after[c:d]))
    return sum(_differences(old, new) for old, new in pairs)


def _differences(old: Row | None, new: Row | None) -> int:
    if old is None or new is None:
        return max(sum(bool(text) for text in _texts(old or new).values()), 1)
    return _keys_that_differ(_texts(old), _texts(new))


def _texts(row: Row | None) -> dict[str, str]:
    return dict(_named_texts(row))


def _named_texts(row: Row | None) -> Iterator[tuple[str, str]]:
    """Yield the texts of a row by what tells them apart; the paragraphs of a section are one text."""
    if isinstance(row, ListRow):
        yield from row.cells
    elif isinstance(row, Section):
        yield from (("heading", row.heading), ("text", "\n".join(row.paragraphs)), ("level", str(row.level)))
    elif row is not None:
        yield from ((str(place), text) for place, text in enumerate(astuple(row)))
