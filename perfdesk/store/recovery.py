"""What the edit journal knows and the data file does not: changes that were not saved when the program or the machine stopped.

The states of a form follow each other in the journal by their digests; no clock is trusted. Nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from perfdesk.model import Record
from perfdesk.store.changes import difference
from perfdesk.store.journal import Note
from perfdesk.store.snapshots import content_of, state_of


class Lost(NamedTuple):
    """One form of which the journal knows more than the data file.

    ``stored`` is the form as the data file has it (``None``: not at all), ``record`` as it stood last, at ``moment``; ``places`` is
    how many cells or rows differ. ``follows``: what is stored is an earlier state of the same work; taking over loses nothing.
    """

    record: Record
    stored: Record | None
    moment: datetime
    places: int
    follows: bool


def lost_edits(notes: Iterable[Note], stored: Callable[[str], Record | None]) -> tuple[Lost, ...]:
    """Return the forms that stood further than the data file has them; ``stored`` gives a form of the data file.

    A form that was deleted for good is not lost.
    """
    chains: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        chains[note.record_id].append(note)
    found = (_lost(chain, stored(key)) for key, chain in chains.items())
    return tuple(one for one in found if one is not None)


def _lost(chain: list[Note], stored: Record | None) -> Lost | None:
    last = chain[-1]
    if last.record is None:
        return None
    if stored is None:
        return Lost(last.record, None, last.moment, 0, follows=True)
    content = content_of(stored)
    state = state_of(content)
    if state == last.state:
        return None
    places = len(difference(content, content_of(last.record)))
    known = any(state in (note.was, note.state) for note in chain)
    return Lost(last.record, stored, last.moment, places, follows=known)
