"""年度绩效目标分值 (points of a goal): forms without a 分值 column give points to a goal, and its rows share them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from perfdesk.amounts import parse_score, plain, round_half_up
from perfdesk.model import Indicator


def share_weights(indicators: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Return the rows with their 分值: the points of a 年度绩效目标 shared evenly by its named rows, the last one takes the rest.

    40 points and 3 rows: 13.33, 13.33, 13.34. A row without a goal belongs to the goal above, as it does on paper; a row without
    a name gets none. Source: layout of the Hubei forms (湖北: several 年度绩效目标N（分）, no 分值 column), 待核.
    """
    return tuple(row for goal in goals_of(indicators) for row in _shared(indicators[goal.start : goal.stop]))


def goals_of(indicators: tuple[Indicator, ...]) -> Iterator[range]:
    """Yield the rows of every 年度绩效目标; a row without one belongs to the goal above."""
    marks, current = [], ""
    for one in indicators:
        current = one.goal.strip() or current
        marks.append(current)
    for _, run in groupby(range(len(marks)), key=marks.__getitem__):
        rows = tuple(run)
        yield range(rows[0], rows[-1] + 1)


def _shared(rows: tuple[Indicator, ...]) -> Iterator[Indicator]:
    points = next((found for found in (parse_score(one.goal_weight) for one in rows) if found is not None), None)
    named = [index for index, one in enumerate(rows) if one.name.strip()]
    if points is None or not named:
        yield from (replace(one, weight="") for one in rows)
        return
    share = round_half_up(points / len(named), 2)
    rest = points - share * (len(named) - 1)
    for index, one in enumerate(rows):
        weight: Decimal | None = None
        if index in named:
            weight = rest if index == named[-1] else share
        yield replace(one, weight="" if weight is None else plain(weight))
