"""用备份 (restore): a backup in the place of a data file that nobody has open.

The backup is copied, checked and brought up to date beside the target first: until it is good, the target stays as it was.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from perfdesk.store import backup, faults
from perfdesk.store.store import Store


def restore(source: Path, target: Path, *, now: Callable[[], datetime]) -> None:
    """Replace the data file ``target`` by a checked copy of ``source`` in the present version; ``source`` is only read.

    Raises :class:`UserError` when ``source`` is no data file, damaged or newer, or ``target`` cannot be written; ``target`` is
    then as it was before.
    """
    with faults.in_plain_words(target):
        folder = tempfile.TemporaryDirectory(prefix=".restore-", dir=target.parent)
    with folder as place:
        part = Path(place) / source.name
        backup.copy_to(source, part)
        Store.open(part, now=now).close()
        backup.copy_to(part, target)
