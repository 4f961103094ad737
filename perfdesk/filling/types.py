"""Types of filling: where a text goes, what is to go there, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from perfdesk.recognition import Place

NOT_TAKEN: Final = "*_-"
"""Signs that import forms of the finance system do not take in the rows of the indicators (待核)."""


class Slot(NamedTuple):
    """A spot in the foreign form: a cell, and the stretch of its text that is replaced (0, 0 of a blank cell: all of it)."""

    place: Place
    start: int = 0
    end: int = 0


class Entry(NamedTuple):
    """One text to write: ``name`` says which field it is (「办理案件，实际完成值」), ``held`` what the cell holds so far.

    ``figures`` tells that a plain number is a number there.
    """

    slot: Slot
    text: str
    name: str
    held: str = ""
    figures: bool = False


class Outcome(Enum):
    """What became of a text. The words stand in the report."""

    FILLED = "已填"
    SAME = "原来就是"
    KEPT = "原有内容没有动"
    FORMULA = "是公式，没有动"
    REFUSED = "没有填"
    NO_PLACE = "没有地方"


class Result(NamedTuple):
    """A line of the report: the field, the cell (「自评表!C12」, ``""`` where there is none), the text, what became of it, why."""

    name: str
    address: str
    text: str
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, what has no place (with the reason), and sentences about the whole."""

    entries: tuple[Entry, ...]
    homeless: tuple[Result, ...]
    notes: tuple[str, ...] = ()
