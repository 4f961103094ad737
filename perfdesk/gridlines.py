"""表格线 (grid lines) of a laid-out page: every line once, however the cells are merged.

A line stands where two neighbouring squares belong to different cells: a thin one inside the form, a thick one along its frame.
Screen and PDF draw the same list, so no merge has doubled lines. Pure geometry in pt; widths and colours are the painters'.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate, groupby
from typing import NamedTuple

from perfdesk.layout import LaidPage, Layout

_Owners = list[list[int]]
_Square = tuple[int, int, int, int]
"""A framed cell on its page: row, rows, column, columns."""
_Border = tuple[int, int, int, bool]
"""A straight border: its index, first and last edge, and whether it is the frame."""


class Rule(NamedTuple):
    """A straight line from (``x0``, ``y0``) to (``x1``, ``y1``), y downwards from the paper's top; ``frame``: the outer one."""

    x0: float
    y0: float
    x1: float
    y1: float
    frame: bool


def rules(layout: Layout, page: LaidPage) -> tuple[Rule, ...]:
    """Return the lines of a page, as long as they run straight: first those across, then those down."""
    framed = tuple(
        (one.row, one.row_span, one.cell.column, one.cell.column_span) for one in page.fragments if one.cell.role.framed
    )
    borders_across, borders_down = _edges(framed, len(page.rows), len(layout.sheet.column_widths))
    xs = tuple(accumulate(layout.sheet.column_widths, initial=layout.left))
    ys = (*(row.y for row in page.rows), *(row.y + row.height for row in page.rows[-1:]))
    across = (Rule(xs[a], ys[i], xs[b], ys[i], frame) for i, a, b, frame in borders_across)
    down = (Rule(xs[i], ys[a], xs[i], ys[b], frame) for i, a, b, frame in borders_down)
    return (*across, *down)


@lru_cache(maxsize=256)
def _edges(framed: tuple[_Square, ...], rows: int, columns: int) -> tuple[tuple[_Border, ...], tuple[_Border, ...]]:
    """Return the borders across and down of a page's framed cells; kept, because many forms are merged alike."""
    owners = _owners(framed, rows, columns)
    return tuple(_borders(owners)), tuple(_borders(list(map(list, zip(*owners, strict=True)))))


def _owners(framed: tuple[_Square, ...], rows: int, columns: int) -> _Owners:
    """For each square of the page the number of the framed cell it belongs to, -1 where there is no frame."""
    owners = [[-1] * columns for _ in range(rows)]
    for number, (top, row_span, left, column_span) in enumerate(framed):
        for row in range(top, top + row_span):
            owners[row][left : left + column_span] = [number] * column_span
    return owners


def _borders(owners: _Owners) -> Iterator[_Border]:
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
