"""二级指标 without a 三级指标: rows a form prints all the same (``empty_level2_rows``), between the rows that are filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from perfdesk.labels import match_label
from perfdesk.model import Indicator
from perfdesk.template import Template

Rows = tuple[Indicator, ...]


class Split(NamedTuple):
    """The rows of a form as the file holds them: the filled ones, and the labels of the empty ones."""

    filled: Rows
    labels: tuple[str, ...]


def with_empty_rows(template: Template, filled: Rows, labels: Iterable[str]) -> tuple[Rows, tuple[str, ...]]:
    """Put a blank row for each label where the template's starter rows have it; also return the labels it does not have.

    A blank row stands behind the filled rows of its 二级指标, else before those of the next one. It takes the weight that its
    一级指标 has in the filled rows, else the starter's.
    """
    rows = list(filled)
    taken: set[int] = set()
    strangers: list[str] = []
    for label in labels:
        place = _place(template, rows, label, taken)
        if place is None:
            strangers.append(label)
            continue
        taken.add(place)
        ranks = _ranks(template, rows)
        mine = _rank(template, template.starter[place])
        at = next((index for index, rank in enumerate(ranks) if mine is not None and rank > mine), len(rows))
        rows.insert(at, _blank(template.starter[place], filled))
    return tuple(rows), tuple(strangers)


def split(template: Template, rows: Rows) -> Split:
    """Take the blank rows out, if their labels alone bring the same rows back; else all rows are filled ones."""
    if not template.keep_level2:
        return Split(rows, ())
    blank = tuple(row for row in rows if row.level2 and row == _levels(row))
    filled = tuple(row for row in rows if row not in blank)
    labels = tuple(row.level2 for row in blank)
    return Split(filled, labels) if with_empty_rows(template, filled, labels) == (rows, ()) else Split(rows, ())


def _levels(row: Indicator) -> Indicator:
    """Return the row with nothing but its levels."""
    return Indicator(
        level1=row.level1, level1_weight=row.level1_weight, level2=row.level2, level2_weight=row.level2_weight
    )


def _blank(starter: Indicator, filled: Rows) -> Indicator:
    """Return the blank row of a starter row, its 一级指标 written as the filled rows write it."""
    group = match_label(starter.level1)
    near = next((row for row in filled if match_label(row.level1) == group), starter)
    return replace(_levels(starter), level1=near.level1, level1_weight=near.level1_weight)


def _place(template: Template, rows: list[Indicator], label: str, taken: set[int]) -> int | None:
    """Return the starter row of a label: one that is not used yet, first of a 二级指标 without rows."""
    wanted = match_label(label)
    found = [
        index for index, one in enumerate(template.starter) if index not in taken and match_label(one.level2) == wanted
    ]
    there = {_pair(row) for row in rows}
    return next((index for index in found if _pair(template.starter[index]) not in there), next(iter(found), None))


def _pair(row: Indicator) -> tuple[str, str]:
    return match_label(row.level1), match_label(row.level2)


def _rank(template: Template, row: Indicator) -> int | None:
    """Return where a row's 二级指标 first stands among the starter rows, ``None`` when it does not."""
    pairs = [_pair(one) for one in template.starter]
    return pairs.index(_pair(row)) if _pair(row) in pairs else None


def _ranks(template: Template, rows: Iterable[Indicator]) -> list[int]:
    """Return the ranks of rows; a 二级指标 the starter does not have goes with the row above it."""
    found: list[int] = []
    for row in rows:
        rank = _rank(template, row)
        found.append(rank if rank is not None else (found[-1] if found else -1))
    return found
