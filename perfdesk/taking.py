"""取左边 (taking): one field of an earlier form put into the present one, out of a comparison of the two.

A row that came is taken away, a row that went is put back; figures that are computed follow by themselves and are not taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from perfdesk.comparing import HEADING, Line
from perfdesk.editing import get_text, set_text
from perfdesk.model import Binding, Block, Record

T = TypeVar("T")


def take(line: Line, old: Record, new: Record) -> Record:
    """Return the new form with what the old one has in one field; the new form itself where there is nothing to take.

    ``line`` is one of the comparison of these two forms, the old one first.
    """
    place = line.new or line.old
    if place is None:
        return replace(new, unit=old.unit)
    if place.block is Block.SECTIONS:
        return _take_section(line, old, new)
    if line.whole_row:
        return _take_row(line, old, new)
    text = get_text(old, line.old) if line.old is not None else ""
    return set_text(new, line.new or place, text)


def _take_row(line: Line, old: Record, new: Record) -> Record:
    """Take a row away that the old form does not have, or put one back that it has, where it stood."""
    place = line.new or line.old
    if place is None or place.block not in {Block.INDICATORS, Block.ROWS}:  # fund rows belong to the form
        return new
    if place.block is Block.INDICATORS:
        return replace(new, indicators=_with_row(old.indicators, new.indicators, line))
    return replace(new, rows=_with_row(old.rows, new.rows, line))


def _with_row(old: Sequence[T], new: Sequence[T], line: Line) -> tuple[T, ...]:
    if line.new is not None:
        return (*new[: line.new.row], *new[line.new.row + 1 :])
    return _put_back(old, new, line.old)


def _put_back(old: Sequence[T], new: Sequence[T], place: Binding | None) -> tuple[T, ...]:
    if place is None:
        return tuple(new)
    return (*new[: place.row], old[place.row], *new[place.row :])


def _take_section(line: Line, old: Record, new: Record) -> Record:
    """Take heading or text of a section; one that came goes, one that went comes back."""
    if line.old is None or line.new is None:
        return replace(new, sections=_with_row(old.sections, new.sections, line))
    before, now = old.sections[line.old.row], new.sections[line.new.row]
    of_heading = line.group.endswith(HEADING)
    heading, paragraphs = (before.heading, now.paragraphs) if of_heading else (now.heading, before.paragraphs)
    taken, at = replace(now, heading=heading, paragraphs=paragraphs), line.new.row
    return replace(new, sections=(*new.sections[:at], taken, *new.sections[at + 1 :]))
