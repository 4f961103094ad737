"""表格线 (grid lines) of a laid-out page: every line once, however the cells are merged.

A line stands where two neighbouring squares belong to different cells: a thin one inside the form, a thick one along its frame.
Screen and PDF draw the same list, so no merge has doubled lines. Pure geometry in pt; widths and colours are the painters'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby
from typing import NamedTuple

from perfdesk.layout import LaidPage, Layout

_Owners = list[list[int]]


class Rule(NamedTuple):
    """A straight line from (``x0``, ``y0``) to (``x1``, ``y1``), y downwards from the paper's top; ``frame``: the outer one."""

    x0: float
    y0: float
    x1: float
    y1: float
    frame: bool


def rules(layout: Layout, page: LaidPage) -> tuple[Rule, ...]:
    """Return the lines of a page, as long as they run straight: first those across, then those down."""
    owners = _owners(page, len(layout.sheet.column_widths))
    xs = tuple(accumulate(layout.sheet.column_widths, initial=layout.left))
    ys = (*(row.y for row in page.rows), *(row.y + row.height for row in page.rows[-1:]))
    across = (Rule(xs[a], ys[i], xs[b], ys[i], frame) for i, a, b, frame in _borders(owners))
    down = (
        Rule(xs[i], ys[a], xs[i], ys[b], frame)
        for i, a, b, frame in _borders(list(map(list, zip(*owners, strict=True))))
    )
    return (*across, *down)


def _owners(page: LaidPage, columns: int) -> _Owners:
    """For each square of the page the number of the framed cell it belongs to, -1 where there is no frame."""
    owners = [[-1] * columns for _ in page.rows]
    for number, fragment in enumerate(page.fragments):
        if fragment.cell.role.framed:
            first, last = fragment.cell.column, fragment.cell.column + fragment.cell.column_span
            for row in range(fragment.row, fragment.row + fragment.row_span):
                owners[row][first:last] = [number] * (last - first)
    return owners


def _borders(owners: _Owners) -> Iterator[tuple[int, int, int, bool]]:
    """Yield the borders between the rows of squares: their index, first and last edge, and whether they are the frame."""
    if not owners:
        return
    blank = [-1] * len(owners[0])
    for index, (above, below) in enumerate(zip([blank, *owners], [*owners, blank], strict=True)):
        kinds = (None if a == b else -1 in {a, b} for a, b in zip(above, below, strict=True))
        for first, last, frame in _runs(kinds):
            yield index, first, last, frame


def _runs(kinds: Iterable[bool | None]) -> Iterator[tuple[int, int, bool]]:
    """Join equal neighbours: (first, last + 1, kind), without the empty ones."""
    position = 0
    for kind, group in groupby(kinds):
        start, position = position, position + sum(1 for _ in group)
        if kind is not None:
            yield start, position, kind
