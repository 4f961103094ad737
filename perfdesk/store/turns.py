"""One at a time: who makes backups of a data file, or carries them to the second place, keeps other processes from doing the same.

What is done at the same time by several threads of one process is the business of ``safekeeping``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from perfdesk.errors import UserError
from perfdesk.store import faults, lock
from perfdesk.store.backupstate import folder_of

CARRYING: Final = "-second"
"""End of the name of what keeps others from writing into the second place; making backups beside the data file has none."""

_TRIES, _WAIT = 50, 0.1  # s


@contextmanager
def alone(path: Path, moment: datetime, *, end: str = "") -> Iterator[None]:
    """Let one process at a time make backups of a data file, or carry them.

    Raises :class:`UserError` where another does so for long.
    """
    folder = folder_of(path)
    for _ in range(_TRIES):
        with suppress(lock.StoreBusy):
            taken = _take(path, moment, end)
            break
        time.sleep(_WAIT)
    else:
        raise UserError(f"另一个窗口正在往“{folder}”里备份。请等它备份好，再做一次。")
    try:
        yield
    finally:
        taken.release()


def _take(path: Path, moment: datetime, end: str) -> lock.Lock:
    """Take the lock; what goes wrong with it is said of the data file: nobody knows the lock."""
    mine = folder_of(path) / f"{path.stem}{end}"
    with faults.where_full(faults.full_to_back_up, path), faults.named(mine, path):
        return lock.Lock.take(mine, moment=moment)
