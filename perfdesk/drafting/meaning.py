"""What recognition says of a foreign form, by its cells: which fields they hold or would take, and where its repeated rows are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from perfdesk.filling.probing import Field, Found, Square, probe
from perfdesk.model import Block
from perfdesk.recognition.board import Line, lines_of
from perfdesk.recognition.header import Header, find_header
from perfdesk.recognition.plan import Plan, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from perfdesk.drafting.grid import Place
    from perfdesk.filling import Slot
    from perfdesk.recognition import RecognisedForm
    from perfdesk.source import SourceFile

_REPEATED = frozenset({Block.INDICATORS, Block.ROWS})


class Rows(NamedTuple):
    """The repeated rows: source rows of the header, the row behind the last repeated one, and the header's columns."""

    first: int
    body: int
    end: int
    header: Header


class Meaning(NamedTuple):
    """Fields by the cell they stand in: blanks (with the stretch of the text they take) and typed texts; the repeated rows."""

    blanks: Mapping[Place, tuple[tuple[Field, Slot], ...]]
    typed: Mapping[Place, tuple[tuple[Field, str], ...]]
    rows: Rows | None
    plan: Plan
    found: Found


def meaning_of(source: SourceFile, form: RecognisedForm, part: int, blanks: Mapping[int, Iterable[Square]]) -> Meaning:
    """Return what the cells of a form mean; ``part`` is its main table."""
    found = probe(source, form, form.template, blanks)
    by_blank: dict[Place, list[tuple[Field, Slot]]] = {}
    for field, slot in found.blanks.items():
        by_blank.setdefault(slot.place[:3], []).append((field, slot))
    by_text: dict[Place, list[tuple[Field, str]]] = {}
    for field, (place, text) in found.texts.items():
        by_text.setdefault(place[:3], []).append((field, text))
    plan = plan_of(form.template)
    return Meaning(
        {place: tuple(sorted(held, key=lambda one: one[1].start)) for place, held in by_blank.items()},
        {place: tuple(held) for place, held in by_text.items()},
        _rows(source, form, part, plan, found),
        plan,
        found,
    )


def _rows(source: SourceFile, form: RecognisedForm, part: int, plan: Plan, found: Found) -> Rows | None:
    lines = [one for one in lines_of(source) if one.part == part and not one.is_text and _is_in(form, one)]
    header = find_header(plan, lines)
    if header is None:
        return None
    first, last = lines[header.first].row, lines[header.first + header.height - 1].row
    filled = [
        slot.place.row for field, slot in found.blanks.items() if field[0] in _REPEATED and slot.place.part == part
    ]
    filled += [place.row for field, (place, _) in found.texts.items() if field[0] in _REPEATED and place.part == part]
    below = [row for row in filled if row > last]
    return Rows(first, last + 1, max(below, default=last + 1) + 1, header)


def _is_in(form: RecognisedForm, line: Line) -> bool:
    return form.rows is None or form.rows[0] <= line.row < form.rows[1]
