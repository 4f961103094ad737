"""回收站: a form can be taken back for 30 days, then it goes after a backup; what was handed in stays for good."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record, VersionKind
from perfdesk.store import Cleared, Reason, Store, StoreReadOnly, days_left
from perfdesk.store.backups import found
from perfdesk.store.backupstate import folder_of
from perfdesk.store.changelog import Deed
from perfdesk.store.safekeeping import Made
from tests.store.folders import names

Form = Callable[..., Record]
DELETED = datetime(2026, 3, 1, 23, 50)  # noqa: DTZ001 - the clerk's own clock


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.moment = DELETED

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def wall() -> Clock:
    return Clock()


@pytest.fixture
def office(path: Path, wall: Clock, form: Form) -> Store:
    """Two forms deleted on 3月1日, one that is in use."""
    store = Store.open(path, now=wall)
    store.save_many([form(1), form(2), form(3)])
    store.trash("form-1", "form-2")
    return store


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 3, 1), 30),
        (date(2026, 3, 2), 29),
        (date(2026, 3, 11), 20),
        (date(2026, 3, 31), 0),
        (date(2026, 4, 1), -1),
        (date(2025, 12, 31), 30),  # a clock that was set back
    ],
)
def test_days_are_counted_by_the_calendar(office: Store, today: date, left: int) -> None:
    with office:
        assert [days_left(one, today) for one in office.trashed()] == [left, left]


def test_a_form_in_use_has_all_its_days(store: Store, form: Form) -> None:
    store.save(form(1))
    assert days_left(store.entries()[0], date(2030, 1, 1)) == 30


def test_nothing_goes_on_the_last_day(office: Store, wall: Clock, path: Path) -> None:
    wall.moment = DELETED + timedelta(days=30)
    with office:
        assert office.overdue() == ()
        assert office.empty_bin() == Cleared()
        assert len(office.trashed()) == 2
    assert names(path.parent) == [path.name]


def test_what_went_for_good_is_logged(office: Store, wall: Clock, path: Path) -> None:
    with office:
        wall.moment += timedelta(days=31)
        office.empty_bin()
        assert [one.deed for one in office.history.of("form-1")] == [Deed.MADE, Deed.TRASHED, Deed.DELETED]
        assert office.history.prove().broken is None


def test_a_day_later_both_go_and_the_copy_has_them(office: Store, wall: Clock, path: Path, form: Form) -> None:
    wall.moment = DELETED + timedelta(days=31)
    with office:
        gone, backup = office.empty_bin()
        assert {one.id for one in gone} == {"form-1", "form-2"}
        assert office.trashed() == ()
        assert [one.id for one in office.entries()] == ["form-3"]
        with pytest.raises(UserError, match="没有编号为“form-1”的表"):
            office.load("form-1")
        assert office.empty_bin() == Cleared()
    assert backup is not None
    assert found(path) == (backup,)
    assert backup.reason is Reason.EMPTYING
    with Store.open(backup.path, now=wall, read_only=True) as before:
        assert before.load("form-1") == form(1)


def test_only_what_is_over_its_days_goes(office: Store, wall: Clock, path: Path) -> None:
    wall.moment = DELETED + timedelta(days=5)
    with office:
        office.trash("form-3")
        wall.moment = DELETED + timedelta(days=31)
        assert {one.id for one in office.empty_bin().forms} == {"form-1", "form-2"}
        assert [one.id for one in office.trashed()] == ["form-3"]


def test_versions_go_with_their_form_but_what_was_handed_in_stays(
    office: Store, wall: Clock, path: Path, form: Form
) -> None:
    keep = office.versions.keep
    with office:
        keep(form(1), VersionKind.KEPT)
        handed_in = keep(form(1), VersionKind.SUBMITTED)
        keep(form(1), VersionKind.RETURNED)
        other = keep(form(3), VersionKind.KEPT)
        office.trash("form-1")
        wall.moment = DELETED + timedelta(days=31)
        office.empty_bin()
        assert office.versions.of("form-1") == (handed_in,)
        assert office.versions.record_of(handed_in.id) == form(1)
        assert office.versions.of("form-3") == (other,)


def test_a_year_that_is_only_looked_at_keeps_what_was_deleted_in_it(office: Store, wall: Clock, path: Path) -> None:
    with office:
        office.freeze(2024, on=True)
        wall.moment = DELETED + timedelta(days=400)
        assert office.empty_bin() == Cleared()
        assert len(office.trashed()) == 2


def test_without_a_backup_nothing_goes(office: Store, wall: Clock, path: Path) -> None:
    wall.moment = DELETED + timedelta(days=31)
    folder_of(path).write_bytes(b"a file where the folder should be")
    with office:
        with pytest.raises(UserError):
            office.empty_bin()
        assert len(office.trashed()) == 2


def test_where_the_forms_are_only_looked_at_nothing_goes(office: Store, wall: Clock, path: Path) -> None:
    office.close()
    wall.moment = DELETED + timedelta(days=31)
    before = path.read_bytes()
    with Store.open(path, now=wall, read_only=True) as looked, pytest.raises(StoreReadOnly):
        looked.empty_bin()
    assert path.read_bytes() == before


def test_a_form_taken_back_meanwhile_stays(
    office: Store, wall: Clock, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy takes its time; who takes a form back during it keeps the form."""
    wall.moment = DELETED + timedelta(days=31)
    make = office.safekeeping.make

    def slowly(reason: Reason) -> Made:
        made = make(reason)
        office.restore("form-2")
        return made

    monkeypatch.setattr(office.safekeeping, "make", slowly)
    with office:
        assert [one.id for one in office.empty_bin().forms] == ["form-1"]
        assert {one.id for one in office.entries()} == {"form-2", "form-3"}
