"""一样的表 (twins): which of some forms are there already, word for word. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from perfdesk.model import Record


def twins(forms: Iterable[Record], of_year: Callable[[int], Iterable[Record]]) -> tuple[str, ...]:
    """Return for each form the id of one that is the same but for its id, ``""`` where there is none.

    It may be among those ``of_year`` (asked once for each year) or stand earlier among ``forms``.
    """
    there: dict[int, list[Record]] = {}
    found: list[str] = []
    for record in forms:
        if record.year not in there:
            there[record.year] = [*of_year(record.year)]
        same = next((one.id for one in there[record.year] if replace(record, id=one.id) == one), "")
        found.append(same)
        if not same:
            there[record.year].append(record)
    return tuple(found)
