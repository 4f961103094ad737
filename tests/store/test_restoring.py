"""恢复: a backup in the place of a data file, whole or not at all, with nothing of the time since creeping back."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store, StoreBusy, copy_to
from perfdesk.store.journal import journal_beside
from perfdesk.store.recovery import Lost
from perfdesk.store.restoring import restore
from tests.store.folders import names
from tests.store.test_kill import ROUNDS, wait_for_growth

Clock = Callable[[], datetime]
Form = Callable[..., Record]
Start = Callable[..., subprocess.Popen[str]]
OLD = Path(__file__).parents[1] / "old_databases"


@pytest.fixture
def backup(store: Store, form: Form, tmp_path: Path) -> Path:
    """A backup with two forms; since then one was changed, one deleted, one made."""
    store.save_many((form(1), form(2)))
    target = tmp_path / "stick" / "copy.db"
    target.parent.mkdir()
    copy_to(store.path, target)
    store.save(replace(form(1), bureau="另一个司法局"))
    store.trash("form-2")
    store.save(form(3))
    return target


def test_the_open_data_file_holds_what_the_backup_holds(store: Store, backup: Path, form: Form, clock: Clock) -> None:
    before = backup.read_bytes()
    store.become(backup)
    assert store.load_all() == (form(1), form(2))
    assert store.trashed() == ()
    assert store.history.prove().broken is None
    assert backup.read_bytes() == before
    store.save(form(4))
    store.close()
    with Store.open(store.path, now=clock) as again:
        assert [one.id for one in again.entries()] == ["form-1", "form-2", "form-4"]


def test_what_was_typed_since_does_not_come_back_by_itself(store: Store, backup: Path, form: Form) -> None:
    store.note(replace(form(1), bureau="没有存上的"), form(1))
    store.become(backup)
    assert store.lost_edits() == ()
    assert not journal_beside(store.path).exists()
    assert journal_beside(store.path).with_suffix(".edits.old").exists()
    store.note(replace(form(1), bureau="恢复以后的"), form(1))
    store.close()
    assert [one.record.bureau for one in _lost(store)] == ["恢复以后的"]


def _lost(closed: Store) -> tuple[Lost, ...]:
    with Store.open(closed.path, now=datetime.now) as again:
        return again.lost_edits()


def test_restoring_is_taken_back_by_restoring_the_copy_from_before(
    store: Store, backup: Path, form: Form, tmp_path: Path
) -> None:
    copy_to(store.path, tmp_path / "before.db")
    now, trashed = store.load_all(), store.trashed()
    store.become(backup)
    store.become(tmp_path / "before.db")
    assert store.load_all() == now
    assert store.trashed() == trashed
    assert {one.id for one in now} == {"form-1", form(3).id}


@pytest.mark.parametrize("name", sorted(one.name for one in OLD.glob("*.db")))
def test_a_backup_of_an_older_version_is_brought_up_to_date(store: Store, name: str) -> None:
    source = OLD / name
    before = source.read_bytes()
    store.become(source)
    assert store.load_all()
    assert source.read_bytes() == before
    assert not [*store.path.parent.glob(".restore-*")]


@pytest.mark.parametrize("content", [b"", b"no data file", b"SQLite format 3\0" + bytes(400)])
def test_a_backup_that_is_none_changes_nothing(store: Store, form: Form, tmp_path: Path, content: bytes) -> None:
    store.save(form(1))
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises(UserError, match=r"bad\.db"):
        store.become(bad)
    assert store.load_all() == (form(1),)
    assert not [*store.path.parent.glob(".restore-*")]


def test_a_data_file_that_is_only_looked_at_is_not_restored(store: Store, backup: Path, clock: Clock) -> None:
    with (
        Store.open(store.path, now=clock, read_only=True) as looking,
        pytest.raises(UserError, match="只查看"),
    ):
        looking.become(backup)


def test_another_program_that_keeps_the_file_is_named(
    store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perfdesk.store.restoring._WAIT_MS", 1)
    held = store.load_all()
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM record").fetchall()
        with pytest.raises(UserError, match="正被别的程序占用"):
            store.become(backup)
    assert store.load_all() == held


def test_a_file_that_another_program_keeps_is_not_taken_for_a_damaged_one(
    store: Store, backup: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("perfdesk.store.restoring._WAIT_MS", 1)
    store.close()
    before = store.path.read_bytes()
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UserError, match="正被别的程序占用"):
            restore(backup, store.path, now=clock)
    assert store.path.read_bytes() == before
    assert names(store.path.parent) == ["perfdesk.db"]


def test_another_programs_database_is_set_aside_not_overwritten(backup: Path, tmp_path: Path, clock: Clock) -> None:
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as other:
        other.execute("CREATE TABLE theirs (one)")
    before = foreign.read_bytes()
    restore(backup, foreign, now=clock)
    (aside,) = tmp_path.glob("foreign.db.损坏-*")
    assert aside.read_bytes() == before


def test_a_window_that_fills_in_keeps_its_data_file(store: Store, backup: Path, clock: Clock) -> None:
    with pytest.raises(StoreBusy):
        restore(backup, store.path, now=clock)
    assert len(store.load_all()) == 2


def test_a_closed_data_file_is_replaced_with_its_journal_put_away(
    store: Store, backup: Path, form: Form, clock: Clock
) -> None:
    store.close()
    restore(backup, store.path, now=clock)
    with Store.open(store.path, now=clock) as again:
        assert again.load_all() == (form(1), form(2))
        assert again.lost_edits() == ()


def test_a_data_file_that_is_not_there_is_made(backup: Path, tmp_path: Path, form: Form, clock: Clock) -> None:
    target = tmp_path / "new" / "perfdesk.db"
    target.parent.mkdir()
    restore(backup, target, now=clock)
    with Store.open(target, now=clock) as store:
        assert store.load_all() == (form(1), form(2))


@pytest.mark.parametrize("again", [False, True])
def test_a_damaged_data_file_is_set_aside_with_its_side_files(
    store: Store, backup: Path, form: Form, clock: Clock, *, again: bool
) -> None:
    store.close()
    for _ in range(1 + again):
        store.path.write_bytes(b"damaged")
        for end in ("-journal", "-wal"):
            store.path.with_name(f"{store.path.name}{end}").write_bytes(b"hot")
        restore(backup, store.path, now=lambda: datetime(2026, 11, 21, 9, 30))  # noqa: DTZ001
    aside = store.path.with_name(f"{store.path.name}.损坏-20261121-0930{'-2' * again}")
    assert aside.read_bytes() == b"damaged"
    for end in ("-journal", "-wal"):
        assert aside.with_name(f"{aside.name}{end}").read_bytes() == b"hot"
    with Store.open(store.path, now=clock) as opened:
        assert opened.load_all() == (form(1), form(2))


def test_what_was_typed_before_the_damage_is_asked_about_after_restoring(
    store: Store, backup: Path, form: Form, clock: Clock
) -> None:
    store.note(replace(form(2), bureau="刚填的"), form(2))
    store.close()
    store.path.write_bytes(b"damaged")
    restore(backup, store.path, now=clock)
    with Store.open(store.path, now=clock) as opened:
        assert "刚填的" in [one.record.bureau for one in opened.lost_edits()]


@pytest.mark.parametrize("name", [".restore-killed", ".salvage-killed"])
def test_what_a_killed_program_left_beside_the_file_goes_at_the_next_start(
    store: Store, clock: Clock, name: str
) -> None:
    store.close()
    left = store.path.parent / name
    left.mkdir()
    (left / "copy.db").write_bytes(b"half")
    with Store.open(store.path, now=clock, read_only=True):
        assert left.exists()
    Store.open(store.path, now=clock).close()
    assert not left.exists()


RESTORER = """
import os, sys
from datetime import datetime
from pathlib import Path
from perfdesk.store import Store
path, one, other = map(Path, sys.argv[1:4])
done = os.open(sys.argv[4], os.O_CREAT | os.O_WRONLY | os.O_APPEND)
with Store.open(path, now=datetime.now) as store:
    while True:
        for source in (one, other):
            store.become(source)
            os.write(done, b"x")
"""


def test_a_kill_leaves_the_one_or_the_other(store: Store, backup: Path, tmp_path: Path, start: Start) -> None:
    other = tmp_path / "other.db"
    copy_to(store.path, other)
    store.become(backup)
    both = [store.load_all()]
    store.become(other)
    both.append(store.load_all())
    store.close()
    done, chance = tmp_path / "done", random.Random(20261121)  # noqa: S311 - moments, not secrets
    for _ in range(ROUNDS):
        size = done.stat().st_size if done.exists() else 0
        with start(RESTORER, store.path, backup, other, done) as worker:
            wait_for_growth(done, size, worker)
            time.sleep(chance.uniform(0.0, 0.3))
            worker.kill()
        with Store.open(store.path, now=datetime.now) as again:
            assert again.load_all() in both
            assert again.lost_edits() == ()
            assert again.history.prove().broken is None
            again.save(Record("after", "t", 2023))  # a rollback journal that never counted goes with the next save
        assert names(store.path.parent) == ["perfdesk.db", "perfdesk.db.edits.old"]
