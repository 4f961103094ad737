"""What is decided when a form is taken into another year: how each item of it is treated, and what the clerk is asked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from perfdesk.model import Binding

NAMES: Final = "names"
"""The key of the item of the rows themselves: without their names there are no rows to keep anything of."""


class Treatment(StrEnum):
    """处理方式 of an item: taken over, left blank, or asked for."""

    KEEP = "保留"
    CLEAR = "清空"
    ASK = "问我"


class Item(NamedTuple):
    """项 (item): cells of last year's form that are treated alike; ``cells`` are those in which something stands.

    ``key`` is the same on every form of the year, so that one choice serves them all. ``group`` and ``label`` are shown, ``words``
    say what stood there (「100、1、100%」, 「8 行」). ``askable`` is false for long texts and whole rows: those are written on the
    form itself.
    """

    key: str
    group: str
    label: str
    cells: tuple[Binding, ...]
    words: str
    recommended: Treatment
    askable: bool = True

    def treated(self, choices: Choices) -> Treatment:
        """Return the chosen treatment, the recommended one where none was chosen or it cannot be asked."""
        chosen = choices.get(self.key, self.recommended)
        return self.recommended if chosen is Treatment.ASK and not self.askable else chosen


Choices = Mapping[str, Treatment]
"""The clerk's choices by item key; what is not in it is treated as recommended for each form."""


class Question(NamedTuple):
    """问 (question): a cell that is asked for. ``place`` is the row it stands in, ``old`` last year's text.

    ``same`` is what 照上年 puts there: last year's text with its year moved on.
    """

    binding: Binding
    label: str
    place: str
    old: str
    same: str


def decide(items: tuple[Item, ...], choices: Choices) -> tuple[tuple[Item, Treatment], ...]:
    """Return every item with how it is treated. Without their names rows go whole: what hangs on them is cleared too."""
    found = tuple((one, one.treated(choices)) for one in items)
    gone = {one.group for one, treatment in found if one.key == NAMES and treatment is Treatment.CLEAR}
    return tuple((one, Treatment.CLEAR if one.group in gone else treatment) for one, treatment in found)
