"""What the edit journal knows and the data file does not: changes that were not saved when the program or the machine stopped.

The lines of the journal are numbered, and the data file knows the last one that it has of each form; no clock is trusted. Nothing
is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from perfdesk.model import Record
from perfdesk.snapshots import content_of, state_of
from perfdesk.store.changes import difference
from perfdesk.store.journal import Note


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


def lost_edits(
    notes: Iterable[Note], saved: Mapping[str, int], stored: Callable[[str], Record | None]
) -> tuple[Lost, ...]:
    """Return the forms that stood further than the data file has them.

    ``saved`` gives for a form the number of the latest note that the data file has; ``stored`` gives the form. A form that was
    deleted for good is not lost.
    """
    chains: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        chains[note.record_id].append(note)
    late = ([note for note in chain if note.number > saved.get(key, 0)] for key, chain in chains.items())
    found = (_lost(chain, stored(chain[0].record_id)) for chain in late if chain)
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
    return Lost(last.record, stored, last.moment, places, follows=chain[0].was == state)
