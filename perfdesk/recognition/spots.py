"""Kinds of cells by their labels (:class:`Spot`), the name of a layout, and the corrections that hang on them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from perfdesk.labels import match_label
from perfdesk.model import Binding, Block
from perfdesk.recognition.board import Key, Line, Square
from perfdesk.recognition.finding import find
from perfdesk.recognition.header import Header, find_header
from perfdesk.recognition.intake import Intake
from perfdesk.recognition.plan import Plan
from perfdesk.recognition.types import Certainty, Corrections, Reading, Spot
from perfdesk.recognition.words import is_figure
from perfdesk.template import FUND_KEYS, INDICATOR_KEYS

_LONGEST: Final = 30
_REPEATED: Final = frozenset({Block.INDICATORS, Block.ROWS})


def layout_of(plan: Plan, lines: Sequence[Line]) -> str:
    """Return the name of an arrangement of labels: the same labels in the same order give the same name, whatever is filled in."""
    header = find_header(plan, lines)
    heads = (
        {one.key for line in lines[header.first : header.first + header.height] for one in line.own}
        if header
        else set()
    )
    words = [
        match_label(one.text)
        for line in lines
        for one in line.own
        if one.key in heads or any(form in plan.words for form in one.forms)
    ]
    kept = "|".join(dict.fromkeys(words))
    return hashlib.sha256(kept.encode("utf-8", "replace")).hexdigest()[:16]


def spots_of(plan: Plan, lines: Sequence[Line]) -> Mapping[Key, Spot]:
    """Return the spot of every cell with a text; cells of the repeated rows go by their heading, the others by both labels."""
    header = find_header(plan, lines)
    count: Counter[tuple[str, str]] = Counter()
    above: dict[int, str] = {}
    found: dict[Key, Spot] = {}
    for index, line in enumerate(lines):
        in_rows = header is not None and index >= header.first + header.height and not line.is_text
        for square in line.own:
            row, column = _labels(plan, line, square, above, header if in_rows else None)
            found[square.key] = Spot(row, column, count[row, column])
            count[row, column] += 1
        for square in line.own:
            if not line.is_text and _is_label(plan, square):
                above[square.left] = match_label(square.text)
    return found


def _labels(plan: Plan, line: Line, square: Square, above: Mapping[int, str], header: Header | None) -> tuple[str, str]:
    if header is not None:
        span = header.span_of(square)
        if span is not None and not _is_label(plan, square):
            return "", match_label(span.heading.text)
    left = [one for one in line.texts if one.left < square.left and len(one.text) <= _LONGEST]
    return _row_label(plan, left), above.get(square.left, "")


def _row_label(plan: Plan, left: Sequence[Square]) -> str:
    """Return the label a cell stands by: the known one nearest to the left, or a strange one behind it with its text.

    项目名称 | 普法经费 | 经办人员 | 王某: the last cell stands by 经办人员.
    """
    known = [index for index, one in enumerate(left) if _is_label(plan, one)]
    at = known[-1] if known else 0
    between = len(left) - 1 - at
    if between > 1 and between % 2 == 0 and not is_figure(left[-1].text):
        return match_label(left[-1].text)
    return match_label(left[at].text) if left else ""


def _is_label(plan: Plan, square: Square) -> bool:
    if any(one in plan.words for one in square.forms):
        return True
    found = find(square.forms, plan.singles)
    return found is not None


def apply(intake: Intake, lines: Sequence[Line], corrections: Corrections) -> None:
    """Let what a person said count: a cell is this field, or nothing to be taken.

    What is said of a cell of the repeated rows holds for its whole column: each cell goes to its own row. A cell of a column that
    the form knows can be left out alone.
    """
    if not corrections:
        return
    spots = spots_of(intake.plan, lines)
    columns = {spot.column_label: one for spot, one in corrections.items() if one and one.block in _REPEATED}
    strange = {spot.column_label for spot, key in corrections.items() if key is None and not spot.row_label}
    for line in lines:
        row = intake.row_of.get((line.part, line.row))
        for square in line.own:
            spot = spots[square.key]
            in_column = row is not None and not spot.row_label
            if in_column and spot.column_label in columns:
                _correct(intake, square, replace(columns[spot.column_label], row=row or 0, count=1))
            elif spot in corrections:
                _correct(intake, square, corrections[spot])
            elif in_column and spot.column_label in strange and intake.is_free(square):
                _correct(intake, square, None)


def _fits(intake: Intake, binding: Binding) -> bool:
    """Tell whether a form has such a field: what was said of another template's form may not fit this one."""
    if binding.block in _REPEATED:
        known = (
            INDICATOR_KEYS if binding.block is Block.INDICATORS else [one.key for one in intake.plan.template.columns]
        )
        return binding.block is intake.plan.part and binding.key in known and 0 <= binding.row <= intake.row_count
    if binding.block is Block.FUNDS:
        return binding.key in FUND_KEYS and 0 <= binding.row < len(intake.plan.template.funds)
    return binding.block in {Block.VALUES, Block.STATED}


def _correct(intake: Intake, square: Square, binding: Binding | None) -> None:
    """Give a cell to a field, whatever either held before."""
    if binding is not None and not _fits(intake, binding):
        return
    place = square.place
    for held, reading in tuple(intake.readings.items()):
        if place in reading.places or (binding is not None and _same(held, binding)):
            del intake.readings[held]
    intake.use([square])
    if binding is None:
        return
    intake.readings[binding] = Reading(binding, square.text, (place,), Certainty.SURE, "按您的选择")
    if binding.block in _REPEATED:
        intake.row_count = max(intake.row_count, binding.row + 1)


def _same(one: Binding, other: Binding) -> bool:
    return (one.block, one.key, one.row) == (other.block, other.key, other.row)
