"""What a killed program leaves beside a data file: copies that were never finished. They are removed when the file is opened.

Nothing is removed that somebody is still making: whoever makes a copy in a folder of its own holds a lock in it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Final

from perfdesk.errors import UserError
from perfdesk.store import faults
from perfdesk.store.keyfile import forget_key_file, key_file_of
from perfdesk.store.keys import is_sealed_line
from perfdesk.store.lock import Lock

_PREFIX: Final = ".restore-"
_PREFIXES: Final = (_PREFIX, ".salvage-")
_ENDS: Final = (
    ".new",
    ".new-journal",
    ".part",
    ".part-journal",
    ".part.key",
    ".edits.new",
    ".edits.1.new",
    ".edits.old.new",
    ".edits.1.old.new",
)
_LOCKED: Final = "made"  # the lock of a folder is beside a file of this name


@contextmanager
def passing_folder(beside: Path, moment: datetime) -> Iterator[Path]:
    """Give a folder in the folder ``beside``, gone afterwards; while it is in use, :func:`clear_leftovers` lets it be.

    Raises :class:`UserError` when it cannot be made.
    """
    with faults.in_plain_words(beside):
        place = tempfile.TemporaryDirectory(prefix=_PREFIX, dir=beside, ignore_cleanup_errors=True)
    with place as name:
        lock = Lock.take(Path(name) / _LOCKED, moment=moment)
        try:
            yield Path(name)
        finally:
            lock.release()


def clear_leftovers(path: Path, moment: datetime) -> None:
    """Remove what a killed program left half made beside the data file ``path``; the caller has its lock.

    What cannot be removed stays: it does no harm. A key file beside a plain data file goes too, unless lines of the edit journal
    are still encrypted.
    """
    for end in _ENDS:
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)
    with suppress(OSError):
        if key_file_of(path).exists() and not any(map(is_sealed_line, _journal_lines(path))):
            forget_key_file(path)
    for one in (found for prefix in _PREFIXES for found in path.parent.glob(f"{prefix}*")):
        with suppress(UserError):  # somebody is making it, or the folder is only to be read
            Lock.take(one / _LOCKED, moment=moment).release()
            shutil.rmtree(one, ignore_errors=True)


def _journal_lines(path: Path) -> Iterator[bytes]:
    for one in path.parent.glob(f"{escape(path.name)}.edits*"):
        yield from one.read_bytes().split(b"\n")
