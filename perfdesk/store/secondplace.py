"""第二个位置 (second place) of the backups: a folder on another disk, chosen once, and the carrying of backups into it.

Every backup goes there but a daily one that a later one stands for. What is made before a step (导入前 …) is carried afterwards, so
that the step never waits for a stick; that the place is not there is said and keeps nobody from work.
"""

from __future__ import annotations

import hashlib
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.store import faults
from perfdesk.store.backups import BEFORE, Backup, Reason, found
from perfdesk.store.backupstate import State, folder_of, read_state, write_state
from perfdesk.store.connecting import connect
from perfdesk.store.placing import place
from perfdesk.store.turns import CARRYING, alone


class Carried(NamedTuple):
    """What was carried, the newest last, and why not all of it, ``""`` where all was (or no second place is set)."""

    copies: tuple[Backup, ...] = ()
    trouble: str = ""


def choose_second(path: Path, folder: Path | None) -> None:
    """Make a folder for the backups of ``path`` in ``folder`` and remember it as the second place; ``None``: no longer any.

    The folder bears the day on which the data file was begun and a digest, so that several offices can share a stick. It is made
    only here: where it is missing later, the stick is out, and nothing is written into what lies behind its mount point. Raises
    :class:`UserError`.
    """
    state = read_state(path)._replace(second=None, second_good=None, second_trouble="")
    if folder is not None:
        mine = folder / _own_folder(path)
        with faults.of_a_copy(mine):
            if folder.resolve() == folder_of(path).resolve():
                raise UserError(f"“{folder}”就是本机放备份的地方。请另选一个，最好在 U 盘或别的磁盘上。")
            private.make_folder(mine, parents=False)
        state = state._replace(second=mine)
    write_state(path, state)


def _own_folder(path: Path) -> str:
    """Return the name of this data file's folder in a second place: ``perfdesk-备份-20260318-3fa9``."""
    with faults.in_plain_words(path), closing(connect(path, mode="ro")) as connection:
        row = connection.execute("SELECT value FROM store WHERE key = 'created'").fetchone()
    begun = str(row[0]) if row else ""
    return f"{path.stem}-备份-{begun[:10].replace('-', '')}-{hashlib.sha256(begun.encode()).hexdigest()[:4]}"


def owed(path: Path) -> tuple[Backup, ...]:
    """Return what the second place still lacks, the oldest first; nothing where none is set or it is not there.

    That is what was made since its last copy: the newest backup, and of the others the :data:`BEFORE` newest that are not daily.
    """
    second = read_state(path).second
    if second is None or not second.is_dir():
        return ()
    there = found(path)
    last = max((one.number for one in there if one.elsewhere), default=0)
    late = [one for one in there if not one.elsewhere and one.number > last]
    wanted = [*late[:1], *(one for one in late[1:] if one.reason is not Reason.DAILY)]
    return tuple(reversed(wanted[:BEFORE]))


def carry(path: Path, *, moment: datetime) -> Carried:
    """Bring the second place what it lacks, and remember how that ended. Never raises :class:`UserError`: what is wrong is told."""
    second = read_state(path).second
    if second is None:
        return Carried()
    try:
        with alone(path, moment, end=CARRYING):
            done = _carry(path, second)
        with alone(path, moment):
            state = read_state(path)
            good = state.second_good if done.trouble else moment
            write_state(path, state._replace(second_good=good, second_trouble=done.trouble))
    except UserError as error:
        return Carried(trouble=str(error))
    return done


def _carry(path: Path, second: Path) -> Carried:
    if not second.is_dir():
        return Carried(trouble=gone(second))
    copies: list[Backup] = []
    try:
        for one in owed(path):
            twin = place(path, one.path, second, one.reason, moment=one.moment, number=one.number)
            copies.append(twin._replace(elsewhere=True))
    except UserError as error:
        return Carried(tuple(copies), gone(second) if not second.is_dir() else str(error))
    return Carried(tuple(copies))


def is_back(state: State) -> bool:
    """Tell whether the last attempt found no second place, and it is there now."""
    second = state.second
    return second is not None and state.second_trouble == gone(second) and second.is_dir()


def gone(second: Path) -> str:
    """The second place is not there."""
    return (
        f"第二个备份位置“{second}”不在，这次只备份在本机。请插上那个 U 盘（接上那块磁盘）再备份一次；"
        "不再用它的，在“备份”里换一个位置。"
    )
