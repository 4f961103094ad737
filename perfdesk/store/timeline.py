"""时间线 (time-line): the moments that can be gone back to: backups in both places and versions of forms, the newest first.

Backups go by their numbers and versions by theirs, for a clock can be set back; the clock only says how the two fall together.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from perfdesk.model import Version
from perfdesk.store.backups import Backup


class Point(NamedTuple):
    """One moment of it: a backup (with its twin in the second place, if it has one), or a version of a form.

    ``moment`` is the clock on the wall, without a time zone.
    """

    moment: datetime
    backup: Backup | None = None
    twin: Backup | None = None
    version: Version | None = None


def timeline(backups: Iterable[Backup], versions: Iterable[Version]) -> tuple[Point, ...]:
    """Return both as one list, the newest first; each of them comes with its newest first."""
    left, right = [*_points(backups)], [Point(wall_clock(one.kept), version=one) for one in versions]
    found: list[Point] = []
    while left and right:
        found.append((left if left[0].moment >= right[0].moment else right).pop(0))
    return (*found, *left, *right)


def _points(backups: Iterable[Backup]) -> Iterable[Point]:
    for _, group in groupby(backups, key=lambda one: (one.number, one.moment, one.reason)):
        first, *rest = group
        yield Point(first.moment, backup=first, twin=rest[0] if rest else None)


def wall_clock(moment: datetime) -> datetime:
    """Return a moment as the clock on this wall shows it, to the minute, as the names of backups have it."""
    local = moment.astimezone() if moment.tzinfo is not None else moment
    return local.replace(second=0, microsecond=0, tzinfo=None)
