"""备份 (backups) of a data file: where they lie, what their names say, and which of them have become superfluous.

They lie in the folder ``备份`` beside the data file, and in a second place if one is set (``backupstate``). A name tells moment,
running number and reason: ``perfdesk-20261121-0930-000123-每天.db``. The number decides what is newer, because a clock can be set
back. A file bears such a name only after it was checked (``safekeeping`` makes them). Nothing is written or deleted here.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.store import faults
from perfdesk.store.backupstate import folder_of, read_state

DAYS: Final = 14
"""Of so many days, the latest on which there were backups, the last one of each day is kept."""

WEEKS: Final = 8
"""Of so many weeks the last one of each is kept; of every year, for good, the last one."""

BEFORE: Final = 10
"""So many of those that were asked for or made before something are kept."""


class Reason(StrEnum):
    """Why a backup was made; the value is the word in its name and on screen."""

    DAILY = "每天"
    ASKED = "手动"
    MIGRATION = "升级前"
    UPDATE = "更新前"
    IMPORT = "导入前"
    RESTORE = "恢复前"
    ROLL_FORWARD = "由上年建立前"
    TEMPLATE = "换表样前"
    REPLACE = "替换前"
    EMPTYING = "清回收站前"

    @property
    def is_regular(self) -> bool:
        """Whether it stands for its day; the others were made before something that can go wrong."""
        return self in {Reason.DAILY, Reason.ASKED}


class Backup(NamedTuple):
    """One backup. ``moment`` is the clock on the wall, to the minute, without a time zone; ``size`` is in bytes.

    ``elsewhere``: it lies in the second place.
    """

    path: Path
    moment: datetime
    reason: Reason
    number: int
    size: int
    elsewhere: bool = False


def found(path: Path) -> tuple[Backup, ...]:
    """Return the backups of the data file ``path`` in both places, the newest first; of twins the one beside the file first.

    A second place that is not there (the stick is out) has none. Raises :class:`UserError` where the folder beside the data file
    cannot be read.
    """
    with faults.in_plain_words(folder_of(path)):
        there = [*in_folder(folder_of(path), path.stem)]
    second = read_state(path).second
    if second is not None:
        with suppress(OSError):  # the next backup tells why; these here are still of use
            there += in_folder(second, path.stem, elsewhere=True)
    return tuple(sorted(there, key=lambda one: (-one.number, one.elsewhere)))


def in_folder(folder: Path, stem: str, *, elsewhere: bool = False) -> Iterator[Backup]:
    """Give the backups of a data file ``stem`` that lie in a folder, in no order. Raises :class:`OSError`."""
    shape = re.compile(rf"{re.escape(stem)}-(\d{{8}}-\d{{4}})-(\d{{6,}})-(\w+)\.db")
    for file in folder.iterdir() if folder.is_dir() else ():
        told = shape.fullmatch(file.name)
        if told is None or told[3] not in set(Reason):
            continue
        with suppress(ValueError):  # a 31st of February is no name of ours
            moment = datetime.strptime(told[1], "%Y%m%d-%H%M")  # noqa: DTZ007 - the clock on the wall, as the name has it
            yield Backup(file, moment, Reason(told[3]), int(told[2]), file.stat().st_size, elsewhere)


def name_for(stem: str, moment: datetime, number: int, reason: Reason) -> str:
    """Return the name of a backup."""
    return f"{stem}-{moment:%Y%m%d-%H%M}-{number:06}-{reason.value}.db"


def superfluous(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return which backups of one place are no longer needed; never the newest, and never the last one of a year.

    Regular ones stay for :data:`DAYS` days and :data:`WEEKS` weeks (ISO 8601) that have any, the last of each, and for every year;
    of those that are not daily the :data:`BEFORE` newest stay. Worked example: one each day for 30 days gives 14 by their days, 2
    or 3 more by their weeks; the last of the year is among them.
    """
    ordered = sorted(backups, key=lambda one: one.number, reverse=True)
    regular = [one for one in ordered if one.reason.is_regular]
    kept = {one.number for one in [one for one in ordered if one.reason is not Reason.DAILY][:BEFORE]}
    kept |= _last_of_each(((one.moment.date(), one.number) for one in regular), most=DAYS)
    kept |= _last_of_each(((one.moment.isocalendar()[:2], one.number) for one in regular), most=WEEKS)
    kept |= _last_of_each(((one.moment.year, one.number) for one in regular), most=None)
    return tuple(one for one in ordered if one.number not in kept)


def _last_of_each(numbers: Iterable[tuple[Hashable, int]], *, most: int | None) -> set[int]:
    """Return the first number of each span, of the first ``most`` spans (``None``: all)."""
    last: dict[Hashable, int] = {}
    for span, number in numbers:
        last.setdefault(span, number)
    return set([*last.values()][:most])
