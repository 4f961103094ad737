"""The time-line: backups and versions as one list, the newest first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from perfdesk.model import Version, VersionKind
from perfdesk.store.backups import Backup, Reason
from perfdesk.store.timeline import timeline, wall_clock

NINE = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - the clock on the wall


def backup(number: int, moment: datetime, *, elsewhere: bool = False) -> Backup:
    return Backup(Path(f"{number}.db"), moment, Reason.DAILY, number, 4096, elsewhere)


def version(number: int, moment: datetime) -> Version:
    return Version(number, "form-1", VersionKind.KEPT, f"第{number}稿", "", moment, "")


def test_backups_and_versions_fall_together_by_the_clock() -> None:
    day = timedelta(days=1)
    backups = (backup(2, NINE), backup(1, NINE - 2 * day))
    versions = (version(8, NINE + day), version(7, NINE - day))
    found = timeline(backups, versions)
    assert [one.version.name if one.version else one.moment for one in found] == [
        "第8稿",
        NINE,
        "第7稿",
        NINE - 2 * day,
    ]


def test_a_clock_set_back_does_not_make_the_newest_backup_old() -> None:
    late, back = datetime(2045, 1, 1), datetime(2019, 5, 1)  # noqa: DTZ001 - clocks that are wrong
    found = timeline((backup(9, back), backup(8, late)), (version(1, NINE),))
    assert [one.moment for one in found] == [NINE, back, late]


def test_a_copy_in_both_places_is_one_moment() -> None:
    twin = backup(3, NINE, elsewhere=True)
    found = timeline((backup(3, NINE), twin, backup(2, NINE)), ())
    assert [(one.backup, one.twin) for one in found] == [(backup(3, NINE), twin), (backup(2, NINE), None)]


def test_moments_are_those_of_the_clock_on_the_wall() -> None:
    aware = datetime(2026, 11, 21, 9, 30, 12, 345, tzinfo=UTC)
    assert wall_clock(aware) == aware.astimezone().replace(second=0, microsecond=0, tzinfo=None)
    assert wall_clock(NINE.replace(second=12)) == NINE
