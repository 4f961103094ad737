"""Cutting a file into forms: at titles, at new sheets, where the first label of a form stands again below its last row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.heads import is_heading, is_title
from perfdesk.recognition.plan import plan_of
from perfdesk.recognition.sections import heading_level
from perfdesk.recognition.words import untorn
from perfdesk.source import SourceCell
from perfdesk.template import BlockRole, SlotKind, Template

_HEADINGS: Final = 6  # lines at the most that stand above a title and belong to it
_TWINS: Final = 2
_WIDEST: Final = 64  # columns of a cell that count when blank columns are looked for
_TABLE_HEAD: Final = frozenset({"一级指标", "二级指标", "三级指标"})


def cut(lines: Sequence[Line], templates: Mapping[str, Template]) -> tuple[tuple[Line, ...], ...]:
    """Cut the lines of a file into stretches, in reading order."""
    first_labels = frozenset(word for one in templates.values() for word in _first_labels(one))
    starts = [0]
    begun: set[str] = set()
    has_body, headings = False, 0
    for index, line in enumerate(lines):
        heads = _heads(line, first_labels)
        new_sheet = index > 0 and line.in_sheet and line.part != lines[index - 1].part
        again = bool(heads & begun) and has_body
        titled = has_body and _is_title_line(line)
        if index and (new_sheet or again or titled):
            starts.append(index if new_sheet else _above(lines, index, starts[-1]))
            begun, has_body, headings = set(), False, 0
        begun |= heads
        headings += line.is_text and heading_level(line.squares[0].text) == 1
        has_body = has_body or _is_body(line) or headings >= _TWINS
    ends = [*starts[1:], len(lines)]
    pieces = [tuple(lines[start:end]) for start, end in zip(starts, ends, strict=True) if start < end]
    return tuple(part for piece in pieces for part in _side_by_side(piece))


def _first_labels(template: Template) -> frozenset[str]:
    """Return the first label of a form's grid: what stands again where the next form begins."""
    for block in template.blocks:
        if block.role is BlockRole.GRID:
            first = next((one for one in block.slots if one.kind is SlotKind.LABEL and one.text), None)
            return frozenset() if first is None else frozenset(_known(template, first.text))
    return frozenset()


def _known(template: Template, text: str) -> tuple[str, ...]:
    plan = plan_of(template)
    return tuple(one for one in plan.singles if one == untorn(text))


def _heads(line: Line, labels: frozenset[str]) -> set[str]:
    """Return the first labels that a line begins with: in a cell of their own or before a colon."""
    first = next(iter(line.own), None)
    if first is None:
        return set()
    before = untorn(first.text[:40]).split("：")[0].split(":")[0]
    return {one for one in (*first.forms, before) if one in labels}


def _is_title_line(line: Line) -> bool:
    alone = line.alone
    return alone is not None and is_title(alone.text)


def _is_body(line: Line) -> bool:
    """Tell whether a line is far enough into a form that another title begins another one: the header of the indicators, a list."""
    return any(form in _TABLE_HEAD for one in line.own for form in one.forms) or len(line.own) >= 5


def _above(lines: Sequence[Line], index: int, start: int) -> int:
    """Return where the lines above a title begin: annex number, year, office."""
    at = index
    while at - 1 > start and index - at < _HEADINGS:
        alone = lines[at - 1].alone
        if alone is None or not (is_heading(alone.text) or is_title(alone.text)):
            break
        at -= 1
    return at


def _side_by_side(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    """Cut forms that stand beside each other: at blank columns with a form on each side of them."""
    squares = [one for line in lines for one in line.own if _is_start(one)]
    titles = {one.left for one in squares if is_title(one.text)}
    if max(len(titles), len({one.left for one in squares} - titles)) < _TWINS:
        return (lines,)
    edges = [0]
    for column in _gaps(lines):
        if _begins(lines, edges[-1], column) and _begins(lines, column, None):
            edges.append(column)
    if len(edges) == 1:
        return (lines,)
    bounds = [*edges[1:], None]
    return tuple(_columns(lines, low, high) for low, high in zip(edges, bounds, strict=True))


def _is_start(square: Square) -> bool:
    """Tell whether a square can only stand in one place of a form: its title, the heading 一级指标."""
    return is_title(square.text) or "一级指标" in square.forms


def _gaps(lines: tuple[Line, ...]) -> list[int]:
    """Return the columns that nothing stands in, but for lines of a single text; of neighbours the last."""
    taken: set[int] = set()
    for line in lines:
        if line.alone is None:
            for one in line.squares:
                taken.update(range(one.left, min(one.right, one.left + _WIDEST)))
    if not taken:
        return []
    return [one for one in range(min(taken), max(taken)) if one not in taken and one + 1 in taken]


def _begins(lines: tuple[Line, ...], low: int, high: int | None) -> bool:
    """Tell whether a form begins in these columns."""
    return any(_is_start(one) for line in lines for one in line.own if _within(one.cell, low, high))


def _columns(lines: tuple[Line, ...], low: int, high: int | None) -> tuple[Line, ...]:
    """Return the part of the lines that stands in the columns ``low`` … ``high - 1``; paragraphs go with the first form."""
    found = []
    for line in lines:
        here = tuple(one for one in line.squares if _within(one.cell, low, high) or (line.is_text and low == 0))
        if any(one.text for one in here):
            found.append(replace(line, squares=here))
    return tuple(found)


def _within(cell: SourceCell, low: int, high: int | None) -> bool:
    return low <= cell.column and (high is None or cell.column < high)
