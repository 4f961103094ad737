"""搁在一边 (asides): a damaged data file is never overwritten; it keeps what it holds under a name that says so.

What SQLite would play back into the file that comes in its place goes with it.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from perfdesk.store.blocks import copy_what_reads
from perfdesk.store.engine import journals_beside
from perfdesk.store.keyfile import key_file_of

_PLAYED_BACK: Final = ("-journal", "-wal", "-shm")


def set_aside(path: Path, moment: datetime) -> Path:
    """Keep the damaged file and its journals under names of their own, and make way for the new one.

    Returns where it lies; the edit journals stay in their place too. Raises :class:`OSError`.
    """
    aside = _free_name(path, moment)
    if path.exists():
        try:
            os.link(path, aside)  # at once, and on a full disk too
        except OSError:
            _copy_whole(path, aside)
    for end in _PLAYED_BACK:
        one = path.with_name(path.name + end)
        if one.exists():
            one.replace(aside.with_name(aside.name + end))
    _, *edits = journals_beside(path)
    for one in (*edits, key_file_of(path)):
        if one.exists():
            copy_what_reads(one, aside.with_name(aside.name + one.name.removeprefix(path.name)))
    return aside


def _copy_whole(path: Path, aside: Path) -> None:
    """Move a file that cannot be linked (U 盘) aside, or copy it where even that is refused."""
    try:
        path.replace(aside)
    except OSError:
        copy_what_reads(path, aside)


def _free_name(path: Path, moment: datetime) -> Path:
    """Return a name that is not taken: ``perfdesk.db.损坏-20261121-0930``, then ``…-2``."""
    first = path.with_name(f"{path.name}.损坏-{moment:%Y%m%d-%H%M}")
    names = (first, *(first.with_name(f"{first.name}-{number}") for number in range(2, 100)))
    return next(one for one in names if not one.exists())
