"""表头 (header) of the repeated rows: which line it is, how deep, and which column of the source is which of the form.

Columns may stand in any order, may be missing and may be strangers: a stranger keeps its place and its name, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perfdesk.model import Block
from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.finding import find
from perfdesk.recognition.parts import part_columns
from perfdesk.recognition.plan import Column, Plan

_DEEPEST: Final = 3
_ENOUGH: Final = 3  # columns that a header has at least
_LEVELS: Final = frozenset({"level1", "level2", "name"})
_GUESSES: Final = tuple(
    (re.compile(words), key)
    for words, key in (
        ("一级|类别", "level1"),
        ("二级", "level2"),
        ("三级|指标名称|具体指标", "name"),
        ("自评得分|得分|评分$", "score"),
        ("分值|权重", "weight"),
        ("原因|改进|措施", "reason"),
        ("预计", "expected_actual"),
        ("完成|实际", "actual"),
        ("指标值|目标值|预期值|计划", "target"),
        ("指标值|目标值", "target_value"),
        ("类型|符号|性质", "indicator_type"),
        ("计量|单位", "measure_unit"),
        ("解释|内容|说明", "explanation"),
        ("评.*标准|计分|评分", "scoring_rule"),
        ("备注|说明", "remark"),
    )
)
_NUMBERS: Final = frozenset({"序号", "编号", "行次", "序"})


class Span(NamedTuple):
    """A column of the source: where it runs, its heading, the form's column (``None``: a stranger), whether it was guessed."""

    left: int
    right: int
    heading: Square
    column: Column | None
    guessed: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it holds the running numbers of the rows."""
        return any(one in _NUMBERS for one in self.heading.forms)


@dataclass(frozen=True, eq=False)
class Header:
    """The header's first line (as an index), its number of lines, its columns from left to right."""

    first: int
    height: int
    spans: tuple[Span, ...]
    _known: dict[tuple[int, int], Span | None] = field(default_factory=dict)

    def span_of(self, square: Square) -> Span | None:
        """Return the column a square stands in: the one it shares most with."""
        edges = square.left, square.right
        if edges not in self._known:
            self._known[edges] = max(self.spans, key=lambda one: _shared(one, edges), default=None)
        found = self._known[edges]
        return found if found is not None and _shared(found, edges) > 0 else None


def _shared(span: Span, edges: tuple[int, int]) -> int:
    """Return how many columns a span and a square have in common."""
    return min(span.right, edges[1]) - max(span.left, edges[0])


def find_header(plan: Plan, lines: Sequence[Line]) -> Header | None:
    """Return the first header of the repeated rows among the lines."""
    if plan.part is None:
        return None
    return next((found for index in range(len(lines)) if (found := header_at(plan, lines, index))), None)


def header_at(plan: Plan, lines: Sequence[Line], index: int) -> Header | None:
    """Return the header that begins in a line, ``None`` when none does."""
    line = lines[index]
    if line.is_text or len(line.texts) < _ENOUGH:
        return None
    if not _is_header(plan, line) and not _stands_over(plan, lines[index : index + 2]):
        return None
    count = 1
    while count < _DEEPEST and index + count < len(lines) and _goes_on(plan, line, lines[index + count]):
        count += 1
    spans = _spans(plan, lines[index : index + count])
    named = {one.column.key for one in spans if one.column}
    return Header(index, count, spans) if len(named) >= min(_ENOUGH, len(plan.columns)) else None


def _stands_over(plan: Plan, lines: Sequence[Line]) -> bool:
    """Tell whether a line is the upper part of a header whose levels stand below 「绩效指标」."""
    if plan.part is not Block.INDICATORS or len(lines) < 2 or lines[1].is_text:
        return False
    upper, lower = ({hit.thing.key for one in line.own if (hit := find(one.forms, plan.columns))} for line in lines)
    return len(upper - _LEVELS) >= 2 and len(lower & _LEVELS) >= 2 and _goes_on(plan, *lines)


def _is_header(plan: Plan, line: Line) -> bool:
    named = [found.thing for one in line.own if (found := find(one.forms, plan.columns))]
    keys = {one.key for one in named}
    if plan.part is Block.ROWS:
        return len(keys) >= _ENOUGH and 2 * len(keys) >= len({one.key for one in plan.columns.values()})
    upper = {one for square in line.own for one in square.forms} & plan.words
    return bool(keys & _LEVELS) and len(keys) + len(upper) > _ENOUGH


def _goes_on(plan: Plan, head: Line, line: Line) -> bool:
    """Tell whether a line is the lower part of a header: nothing but headings, below a heading that is wider."""
    if line.part != head.part or not line.own:
        return False
    known = [
        find(one.forms, plan.columns) is not None
        or any(form in plan.words for form in one.forms)
        or ((over := head.at(one.left)) is not None and over.text == one.text)  # written again where others merge
        for one in line.own
    ]
    below = [over for one in line.own if (over := head.at(one.left)) and over.cell.row == head.row]
    return all(known) and all(one.cell.row_span == 1 or one.cell.row + one.cell.row_span > line.row for one in below)


def _spans(plan: Plan, lines: Sequence[Line]) -> tuple[Span, ...]:
    """Return the columns below the lowest headings; exact names are given out before those that only mean the same."""
    leaves = sorted(_leaves(lines), key=lambda one: one.left)
    order = _by_name(plan, leaves)
    named_left = {index for place, index in enumerate(order) if place and index < order[0]}
    meant_right = (
        {hit.thing for one in leaves[order[0] :] if (hit := find(one.forms, plan.columns))} if order else set()
    )
    given: dict[int, Column] = {}
    for exact in (True, False):
        for index in order:
            found = find(leaves[index].forms, plan.columns)
            if index in named_left and found and found.thing in meant_right:
                continue
            if index not in given and found and found.exact is exact and found.thing not in given.values():
                given[index] = found.thing
    given |= _level_points(plan, leaves, given)
    given |= part_columns(plan, leaves, given)
    guessed: set[int] = set()
    for index, leaf in enumerate(leaves):
        column = None if index in given else _guess(plan, leaf, tuple(given.values()))
        if column is not None:
            given[index] = column
            guessed.add(index)
    return tuple(
        Span(leaf.left, leaf.right, leaf, given.get(index), index in guessed) for index, leaf in enumerate(leaves)
    )


def _level_points(plan: Plan, leaves: Sequence[Square], given: Mapping[int, Column]) -> dict[int, Column]:
    """Return the columns of points right of 一级指标 and 二级指标: what those groups count."""
    found: dict[int, Column] = {}
    for index, leaf in enumerate(leaves):
        before = given.get(index - 1)
        hit = find(leaf.forms, plan.columns)
        if index not in given and before and before.key in {"level1", "level2"} and hit and hit.thing.key == "weight":
            found[index] = Column(f"{before.key}_weight")
    return found


def _by_name(plan: Plan, leaves: Sequence[Square]) -> list[int]:
    """Return the order in which headings choose: those right of 三级指标 first (分值 may also stand beside 一级指标)."""
    named = (
        index for index, one in enumerate(leaves) if (hit := find(one.forms, plan.columns)) and hit.thing.key == "name"
    )
    at = next(named, 0)
    return [*range(at, len(leaves)), *range(at)]


def _leaves(lines: Sequence[Line]) -> Iterator[Square]:
    """Yield the headings below which no other stands."""
    for depth, line in enumerate(lines):
        lower = lines[depth + 1 :]
        for one in line.own:
            under = (two for deeper in lower for two in deeper.own)
            if not any(two.left < one.right and one.left < two.right for two in under):
                yield one


def _guess(plan: Plan, leaf: Square, given: tuple[Column, ...]) -> Column | None:
    """Return the column whose usual words a strange heading bears; never one that has its heading already."""
    if plan.part is not Block.INDICATORS:
        return None
    free = {one.key: one for one in plan.columns.values() if one not in given and not one.word}
    label = leaf.forms[-1] if leaf.forms else ""
    if not label or any(one in plan.words for one in leaf.forms):
        return None
    return next((free[key] for words, key in _GUESSES if key in free and words.search(label)), None)
