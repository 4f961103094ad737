"""做备份 (safekeeping): a checked copy into the folder ``备份``, then one into the second place, then the thinning of both.

A backup bears its name only after it was checked against the data file (``backup``), and nothing is thinned before. That the second
place is not there is said and never keeps anybody from work. One process makes backups at a time.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.store import faults, lock
from perfdesk.store.backups import Backup, Reason, found, in_folder
from perfdesk.store.backupstate import folder_of, read_state, write_state
from perfdesk.store.placing import halves, place, unlink_halves
from perfdesk.store.secondplace import Carried, carry, choose_second, is_back, owed
from perfdesk.store.thinning import accept, thin
from perfdesk.store.turns import CARRYING, alone

OLD: Final = 7
"""After so many days the last good backup is called old."""

_COUNTER: Final = 24  # where the header of a data file counts its transactions


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
    attempt gave no copy at all, ``second_trouble`` why none in the second place, ``break_trouble`` why superfluous ones were not
    removed (each ``""`` where all went well).
    """

    last: Backup | None
    days: int | None
    trouble: str
    second: Path | None
    second_good: datetime | None
    second_trouble: str
    break_trouble: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the backups themselves give no reason to worry."""
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
        self._turns, self._carrying = Lock(), Lock()

    def make(self, reason: Reason, *, thinned: bool = True) -> Made:
        """Make a backup, see :func:`make`; who asks while another thread makes one waits for it.

        One before a step (导入前 …) is not carried to the second place: that is :meth:`catch_up`, afterwards. ``thinned``: with it
        a regular one has the superfluous ones go, which takes longer.
        """
        try:
            with self._turns:
                made = Made(make_here(self.path, reason, moment=self._now()))
            if reason.is_regular:
                made = with_twin(made, self._carry())
                self._secured()
                if thinned:
                    thin(self.path, moment=self._now())
            return made
        finally:
            self._tell()

    def is_behind(self) -> bool:
        """Tell whether the second place is there and lacks a backup. Raises :class:`UserError` where that cannot be told."""
        return bool(owed(self.path))

    def catch_up(self) -> str:
        """Bring the second place what it lacks; return why not all of it, ``""`` where all. Not in the thread of a window."""
        try:
            return self._carry().trouble
        finally:
            self._tell()

    def _carry(self) -> Carried:
        with self._carrying:
            return carry(self.path, moment=self._now())

    def make_before(self, reason: Reason) -> None:
        """Make a backup if anything was saved since the last one: many small steps do not crowd out the backups that differ.

        For what changes no form (a template, a policy): only then may the last backup stand for this one.
        """
        if self.has_changed():
            self.make(reason)

    def is_due(self) -> bool:
        """Tell whether there is no regular backup of today beside the data file yet, or the second place is back."""
        if is_back(read_state(self.path)):
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

    def accept_break(self) -> None:
        """知道了: thin again although the change log is broken where it is known to be, see :func:`accept`."""
        accept(self.path, moment=self._now())
        self._tell()

    def _tell(self) -> None:
        if self.on_change is not None:
            self.on_change()


def make(path: Path, reason: Reason, *, moment: datetime) -> Made:
    """Make a checked backup of the data file ``path`` and carry it to the second place; after a regular one thin both places.

    Raises :class:`UserError` when the backup beside the data file could not be made; older ones are then as they were. What keeps
    the second place from having its copy is said in the result.
    """
    made = with_twin(Made(make_here(path, reason, moment=moment)), carry(path, moment=moment))
    if reason.is_regular:
        thin(path, moment=moment)
    return made


def make_here(path: Path, reason: Reason, *, moment: datetime) -> Backup:
    """Make a checked backup of the data file ``path`` beside it, and nothing else. Raises :class:`UserError`."""
    folder = folder_of(path)
    with faults.of_a_copy(folder):
        private.make_folder(folder, parents=False)
    with alone(path, moment):
        state, counter = read_state(path), counter_of(path)
        try:
            one = place(path, path, folder, reason, moment=moment, number=_next_number(path))
        except UserError as error:
            with suppress(UserError):  # on the same full disk as the backup; what is raised says it all
                write_state(path, state._replace(trouble=str(error)))
            raise
        write_state(path, state._replace(counter=counter, trouble=""))
    return one


def with_twin(made: Made, carried: Carried) -> Made:
    """Add to a backup what became of it in the second place."""
    twin = next((one for one in carried.copies if one.number == made.backup.number), None)
    return made._replace(second=twin, trouble=carried.trouble)


def make_in(path: Path, folder: Path, *, moment: datetime) -> Backup:
    """Make one checked backup of the data file ``path`` in any folder; what lies there stays. Raises :class:`UserError`."""
    if not folder.is_dir():
        raise UserError(f"没有“{folder}”这个文件夹，没有备份。请先建好这个文件夹，或者换一个。")
    with faults.in_plain_words(folder):
        there = [one.number for one in in_folder(folder, path.stem)]
    return place(path, path, folder, Reason.ASKED, moment=moment, number=max([*there, _next_number(path) - 1]) + 1)


def remove_halves(path: Path, *, moment: datetime) -> None:
    """Remove what a killed program left half written beside the data file ``path``; not while another program makes a backup."""
    folder = folder_of(path)
    with suppress(UserError, OSError):  # nothing depends on it: the next backup tries again
        if halves(folder, path.stem) or (folder / f"{path.stem}.lock").exists():
            taken = lock.Lock.take(folder / path.stem, moment=moment)
            try:
                unlink_halves(folder, path.stem)
            finally:
                taken.release()
    with suppress(UserError):
        if (folder / f"{path.stem}{CARRYING}.lock").exists():
            lock.Lock.take(folder / f"{path.stem}{CARRYING}", moment=moment).release()


def standing(path: Path, moment: datetime) -> Standing:
    """Say how the backups of a data file stand. Raises :class:`UserError` where their folder cannot be read."""
    state, last = read_state(path), next(iter(found(path)), None)
    days = None if last is None else max((moment.date() - last.moment.date()).days, 0)
    return Standing(
        last, days, state.trouble, state.second, state.second_good, state.second_trouble, state.break_trouble
    )


def counter_of(path: Path) -> int:
    """Return how many transactions have changed the data file, by its header. Raises :class:`UserError`."""
    with faults.in_plain_words(path), path.open("rb") as file:
        file.seek(_COUNTER)
        return int(struct.unpack(">I", file.read(4))[0])


def _next_number(path: Path) -> int:
    return max((one.number for one in found(path)), default=0) + 1
