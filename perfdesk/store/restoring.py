"""恢复 (restoring): a backup in the place of a data file, whole or not at all.

The backup is copied, checked and brought up to date beside the data file first; until it is good, nothing else is touched. A data
file that can be read is then written over in one transaction of SQLite's, so that a crash leaves the one or the other. Its edit
journal goes with what stood there: it is put away, or what was typed since the backup would come back by itself. A data file that
cannot be read is set aside and never overwritten; its edit journal is the best there is and stays. Nothing is backed up here: who
restores does so first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfdesk.store import backup, faults
from perfdesk.store.asides import set_aside
from perfdesk.store.connecting import connect, connect_with
from perfdesk.store.files import examine
from perfdesk.store.journal import journal_beside, put_away
from perfdesk.store.keyfile import copy_key_file, key_file_of
from perfdesk.store.leftovers import clear_leftovers, passing_folder
from perfdesk.store.lock import Lock
from perfdesk.store.unlocking import key_of, key_of_damaged

if TYPE_CHECKING:
    from perfdesk.store.keys import Key

_WAIT_MS: Final = 250
_TRIES: Final = 20  # for another program's lock: 5 s


def restore(source: Path, target: Path, *, now: Callable[[], datetime]) -> None:
    """Replace the data file ``target``, which nobody has open, by a checked copy of ``source`` in the present version.

    ``source`` is only read; the copy is encrypted as ``target`` was, else as ``source`` is. A ``target`` that cannot be read is set
    aside under a name that says so, and its edit journal stays: what was typed since the backup was made is then asked about.
    Raises ``StoreBusy`` when a window fills in ``target``, ``StoreLocked`` when either has a password that was not given,
    :class:`UserError` when ``source`` is no data file, damaged or newer, or ``target`` cannot be written; ``target`` is then as it
    was before.
    """
    with faults.where_full(faults.full_to_restore, target):
        _restore(source, target, now)


def _restore(source: Path, target: Path, now: Callable[[], datetime]) -> None:
    lock = Lock.take(target, moment=now())
    try:
        key = key_of_damaged(target)
        clear_leftovers(target, now())
        with brought_up(source, target.parent, now=now) as ready:
            if target.exists() and is_whole(target):
                put_away(journal_beside(target))
                _take_password_over(ready, target)
                pour(ready, target)
                return
            if key is not None:
                _seal_alike(ready, key)
            with faults.in_plain_words(target):
                set_aside(target, now())
            backup.copy_to(ready, target)
    finally:
        lock.release()


@contextmanager
def brought_up(source: Path, folder: Path, *, now: Callable[[], datetime]) -> Iterator[Path]:
    """Give a checked copy of a data file in the present version, made in ``folder`` and gone afterwards; ``source`` is only read.

    Raises :class:`UserError` when ``source`` is no data file, damaged or newer, or the copy cannot be made.
    """
    from perfdesk.store.store import Store  # which restores itself with what stands here

    with passing_folder(folder, now()) as place:
        ready = place / source.name
        try:
            with faults.named(ready, source):
                backup.copy_to(source, ready)
                Store.open(ready, now=now).close()
        except faults.StoreDamaged as error:
            raise faults.damaged_backup(source) from error
        yield ready


def pour(ready: Path, target: Path) -> None:
    """Write what ``ready`` holds over the whole data file ``target``, in one transaction; who has it open reads on in the new one.

    Raises :class:`UserError` when it cannot be written or another program keeps it; ``target`` is then as it was before.
    """
    key = key_of(target)
    _seal_alike(ready, key)
    with faults.in_plain_words(ready):
        origin = connect_with(key, ready, mode="ro")
    with closing(origin), faults.in_plain_words(target), closing(_connect(target)) as there:
        there.execute("PRAGMA synchronous = EXTRA").close()
        origin.backup(there, progress=_Patience(target), sleep=_WAIT_MS / 1000)
        verdict = there.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise faults.unreadable(target)


def _take_password_over(ready: Path, target: Path) -> None:
    """What comes from a backup with a password stays encrypted, also where a plain data file stood (a new computer)."""
    key = key_of(ready)
    if key is not None and key_of(target) is None:
        from perfdesk.store.resealing import reseal_file, reseal_journals  # SQLCipher comes with it

        copy_key_file(ready, target)
        reseal_file(target, key)
        reseal_journals(target, key)


def _seal_alike(ready: Path, key: Key | None) -> None:
    """SQLite copies pages: encrypted as those of the data file they must be."""
    if key_of(ready) != key:
        from perfdesk.store.resealing import reseal_file  # SQLCipher comes with it

        reseal_file(ready, key)
        with faults.in_plain_words(ready):
            key_file_of(ready).unlink(missing_ok=True)  # of the key it had before


def _connect(path: Path, *, timeout: float = 0) -> sqlite3.Connection:
    return connect(path, mode="rw", isolation_level=None, timeout=timeout)


class _Patience:
    """Waits for another program's lock on the target, but not for ever."""

    def __init__(self, target: Path) -> None:
        self._target, self._left = target, _TRIES

    def __call__(self, status: int, _remaining: int, _total: int) -> None:
        """SQLite tells what came of a step."""
        if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            self._left -= 1
            if not self._left:
                raise faults.busy(self._target)


def is_whole(path: Path) -> bool:
    """Tell whether a data file can be read from end to end; what a crash left unfinished is taken back for that.

    Raises :class:`UserError` where nobody can tell: it cannot be written, or another program keeps it.
    """
    try:
        examine(path)
        with faults.in_plain_words(path), closing(_connect(path, timeout=_TRIES * _WAIT_MS / 1000)) as connection:
            verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise faults.unreadable(path)
    except faults.StoreDamaged:
        return False
    return True
