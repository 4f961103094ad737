"""做备份 (safekeeping): a checked copy into the folder ``备份``, one into the second place, and the thinning of both.

A backup bears its name only after it was checked against the data file (``backup``), and nothing is thinned before. The second
place gets the regular backups; that it is not there is said and never keeps anybody from work. One process makes backups at a time.
"""

from __future__ import annotations

import hashlib
import sqlite3
import struct
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from glob import escape
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.store import backup, faults, lock
from perfdesk.store.backups import Backup, Reason, found, in_folder, name_for, superfluous
from perfdesk.store.backupstate import State, folder_of, read_state, write_state
from perfdesk.store.files import file_uri

OLD: Final = 7
"""After so many days the last good backup is called old."""

_COUNTER: Final = 24  # where the header of a data file counts its transactions
_TRIES, _WAIT = 50, 0.1  # s


class Made(NamedTuple):
    """A backup that was made, and its twin in the second place.

    ``second`` is ``None`` where there is no twin; if a second place is set, ``trouble`` says why.
    """

    backup: Backup
    second: Backup | None = None
    trouble: str = ""


class Standing(NamedTuple):
    """How the backups of a data file stand.

    ``last`` is the newest in both places, ``days`` how many days it is old (``None``: there is none), ``trouble`` why the last
    attempt gave no copy at all, ``second_trouble`` why none in the second place (both ``""`` where all went well).
    """

    last: Backup | None
    days: int | None
    trouble: str
    second: Path | None
    second_good: datetime | None
    second_trouble: str

    @property
    def is_good(self) -> bool:
        """Whether there is nothing to worry about."""
        return not self.is_old and not self.trouble and not self.second_trouble

    @property
    def is_old(self) -> bool:
        """Whether there is no backup, or none younger than a week."""
        return self.days is None or self.days > OLD


class Safekeeping:
    """The backups of an open data file; it belongs to a :class:`Store`. The calls may come from any thread.

    ``secured`` is called after a regular backup was made: what the data file held is in it.
    """

    def __init__(self, path: Path, *, now: Callable[[], datetime], secured: Callable[[], object]) -> None:
        self.path = path
        self.on_change: Callable[[], object] | None = None
        """Called after each attempt and each change of the second place, by the thread that made it."""
        self._now, self._secured = now, secured
        self._turns = Lock()

    def make(self, reason: Reason) -> Made:
        """Make a backup, see :func:`make`; who asks while another thread makes one waits for it."""
        try:
            with self._turns:
                made = make(self.path, reason, moment=self._now())
                if reason.is_regular:
                    self._secured()
            return made
        finally:
            self._tell()

    def make_before(self, reason: Reason) -> None:
        """Make a backup if anything was saved since the last one: many small steps do not crowd out the backups that differ.

        For what changes no form (a template, a policy): only then may the last backup stand for this one.
        """
        if self.has_changed():
            self.make(reason)

    def is_due(self) -> bool:
        """Tell whether there is no regular backup of today beside the data file yet, or the second place is back."""
        if _is_back(read_state(self.path)):
            return True
        today, there = self._now().date(), found(self.path)
        return not any(one.moment.date() == today for one in there if one.reason.is_regular and not one.elsewhere)

    def has_changed(self) -> bool:
        """Tell whether anything was saved since the last backup."""
        return counter_of(self.path) != read_state(self.path).counter

    def standing(self) -> Standing:
        """Say how the backups stand."""
        return standing(self.path, self._now())

    def choose_second(self, folder: Path | None) -> None:
        """Set the second place (``None``: no longer any), see :func:`choose_second`."""
        choose_second(self.path, folder)
        self._tell()

    def _tell(self) -> None:
        if self.on_change is not None:
            self.on_change()


def make(path: Path, reason: Reason, *, moment: datetime) -> Made:
    """Make a checked backup of the data file ``path``; a regular one also in the second place. Then thin both places.

    Raises :class:`UserError` when the backup beside the data file could not be made; older ones are then as they were. What keeps
    the second place from having its copy is said in the result.
    """
    folder = folder_of(path)
    with faults.of_a_copy(folder):
        private.make_folder(folder, parents=False)
    with _alone(path, moment):
        state = read_state(path)
        counter = counter_of(path)
        try:
            one = _copy(path, path, folder_of(path), reason, moment=moment, number=_next_number(path))
        except UserError as error:
            with suppress(UserError):  # on the same full disk as the backup; what is raised says it all
                write_state(path, state._replace(trouble=str(error)))
            raise
        state = state._replace(counter=counter, trouble="")
        made = Made(one)
        if reason.is_regular and state.second is not None:
            made = _twin(path, one, state.second, moment=moment)
            good = moment if made.second is not None else state.second_good
            state = state._replace(second_good=good, second_trouble=made.trouble)
        write_state(path, state)
    return made


def make_in(path: Path, folder: Path, *, moment: datetime) -> Backup:
    """Make one checked backup of the data file ``path`` in any folder; what lies there stays. Raises :class:`UserError`."""
    if not folder.is_dir():
        raise UserError(f"没有“{folder}”这个文件夹，没有备份。请先建好这个文件夹，或者换一个。")
    with faults.in_plain_words(folder):
        there = [one.number for one in in_folder(folder, path.stem)]
    return _copy(path, path, folder, Reason.ASKED, moment=moment, number=max([*there, _next_number(path) - 1]) + 1)


def choose_second(path: Path, folder: Path | None) -> None:
    """Make a folder for the backups of ``path`` in ``folder`` and remember it as the second place; ``None``: no longer any.

    The folder bears the day on which the data file was begun and a digest, so that several offices can share a stick. It is made
    only here: where it is missing later, the stick is out, and nothing is written into what lies behind its mount point. Raises
    :class:`UserError`.
    """
    state = read_state(path)._replace(second=None, second_good=None, second_trouble="")
    if folder is not None:
        place = folder / _own_folder(path)
        with faults.of_a_copy(place):
            if folder.resolve() == folder_of(path).resolve():
                raise UserError(f"“{folder}”就是本机放备份的地方。请另选一个，最好在 U 盘或别的磁盘上。")
            private.make_folder(place, parents=False)
        state = state._replace(second=place)
    write_state(path, state)


def remove_halves(path: Path, *, moment: datetime) -> None:
    """Remove what a killed program left half written beside the data file ``path``; not while another program makes a backup."""
    folder = folder_of(path)
    with suppress(UserError, OSError):  # nothing depends on it: the next backup tries again
        if _halves(folder, path.stem) or (folder / f"{path.stem}.lock").exists():
            taken = lock.Lock.take(folder / path.stem, moment=moment)
            try:
                _unlink_halves(folder, path.stem)
            finally:
                taken.release()


def standing(path: Path, moment: datetime) -> Standing:
    """Say how the backups of a data file stand. Raises :class:`UserError` where their folder cannot be read."""
    state, last = read_state(path), next(iter(found(path)), None)
    days = None if last is None else max((moment.date() - last.moment.date()).days, 0)
    return Standing(last, days, state.trouble, state.second, state.second_good, state.second_trouble)


def counter_of(path: Path) -> int:
    """Return how many transactions have changed the data file, by its header. Raises :class:`UserError`."""
    with faults.in_plain_words(path), path.open("rb") as file:
        file.seek(_COUNTER)
        return int(struct.unpack(">I", file.read(4))[0])


def _next_number(path: Path) -> int:
    return max((one.number for one in found(path)), default=0) + 1


def _copy(path: Path, source: Path, folder: Path, reason: Reason, *, moment: datetime, number: int) -> Backup:
    """Copy ``source`` as a backup of ``path`` into a folder, after what a killed program left half written there is gone."""
    target = folder / name_for(path.stem, moment, number, reason)
    with faults.of_a_copy(target):
        _unlink_halves(folder, path.stem)
    backup.copy_to(source, target)
    with faults.of_a_copy(target):
        size = target.stat().st_size
        if reason is not Reason.RESTORE:  # what is about to be restored must not go now
            _thin(folder, path.stem)
    return Backup(target, moment.replace(second=0, microsecond=0, tzinfo=None), reason, number, size)


def _halves(folder: Path, stem: str) -> list[Path]:
    """Return what was begun in a folder and not finished: copies without a name yet, and a state."""
    return [*folder.glob(f"{escape(stem)}-*.db.part*"), *folder.glob(f"{escape(stem)}.json.part")]


def _unlink_halves(folder: Path, stem: str) -> None:
    for one in _halves(folder, stem):
        one.unlink(missing_ok=True)


def _thin(folder: Path, stem: str) -> None:
    for one in superfluous(in_folder(folder, stem)):
        with suppress(OSError):  # open in another program, or the stick is out: the next backup tries again
            one.path.unlink()


def _twin(path: Path, one: Backup, second: Path, *, moment: datetime) -> Made:
    """Copy a backup into the second place."""
    if not second.is_dir():
        return Made(one, trouble=_gone(second))
    try:
        twin = _copy(path, one.path, second, one.reason, moment=moment, number=one.number)
    except UserError as error:
        return Made(one, trouble=_gone(second) if not second.is_dir() else str(error))
    return Made(one, twin._replace(elsewhere=True))


def _is_back(state: State) -> bool:
    """Tell whether the last attempt found no second place, and it is there now."""
    second = state.second
    return second is not None and state.second_trouble == _gone(second) and second.is_dir()


def _gone(second: Path) -> str:
    return (
        f"第二个备份位置“{second}”不在，这次只备份在本机。请插上那个 U 盘（接上那块磁盘）再备份一次；"
        "不再用它的，在“备份”里换一个位置。"
    )


def _own_folder(path: Path) -> str:
    """Return the name of this data file's folder in a second place: ``perfdesk-备份-20260318-3fa9``."""
    with faults.in_plain_words(path), closing(sqlite3.connect(file_uri(path, mode="ro"), uri=True)) as connection:
        row = connection.execute("SELECT value FROM store WHERE key = 'created'").fetchone()
    begun = str(row[0]) if row else ""
    return f"{path.stem}-备份-{begun[:10].replace('-', '')}-{hashlib.sha256(begun.encode()).hexdigest()[:4]}"


@contextmanager
def _alone(path: Path, moment: datetime) -> Iterator[None]:
    """Let one process at a time make backups of a data file. Raises :class:`UserError` where another does so for long."""
    folder = folder_of(path)
    for _ in range(_TRIES):
        with suppress(lock.StoreBusy):
            taken = _take_lock(path, moment)
            break
        time.sleep(_WAIT)
    else:
        raise UserError(f"另一个窗口正在往“{folder}”里备份。请等它备份好，再做一次。")
    try:
        yield
    finally:
        taken.release()


def _take_lock(path: Path, moment: datetime) -> lock.Lock:
    """Take the lock of the backups; what goes wrong with it is said of the data file: nobody knows the lock."""
    mine = folder_of(path) / path.stem
    with faults.where_full(faults.full_to_back_up, path), faults.named(mine, path):
        return lock.Lock.take(mine, moment=moment)
