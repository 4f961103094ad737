"""Backups are thinned only where the newest proves that no other program touched the forms."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from perfdesk.model import Record, VersionKind
from perfdesk.store import Store, proofs
from perfdesk.store.backups import Reason, found
from perfdesk.store.backupstate import folder_of, read_state
from perfdesk.store.keyfile import key_file_of
from perfdesk.store.thinning import thin
from tests.store.sealed import seal

Form = Callable[..., Record]
NOON = datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001 - the clock on the wall
GUARDS = ("change_is_never_changed", "change_is_never_deleted", "version_is_never_changed", "version_submitted_is_kept")


@pytest.fixture
def office(path: Path, form: Form) -> Iterator[Store]:
    with Store.open(path, now=lambda: NOON) as opened:
        opened.save(form(1))
        opened.save(form(1, name="普法经费"))
        opened.versions.keep(form(2, name="法律援助经费"), VersionKind.SUBMITTED)
        opened.safekeeping.make(Reason.DAILY)
        yield opened


def meddle(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as other, other:
        for guard in GUARDS:
            other.execute(f"DROP TRIGGER IF EXISTS {guard}")
        other.execute(statement)


def numbers(path: Path) -> list[int]:
    return [one.number for one in found(path)]


@pytest.mark.parametrize(
    ("statement", "said", "advice"),
    [
        ("UPDATE change SET state = '' WHERE id = 2", "的改动记录到第 2 行（", "perfdesk salvage"),
        ("DELETE FROM change WHERE id > 2", "的改动记录末尾少了：第 2 行（", "perfdesk salvage"),
        (
            "UPDATE record SET bureau = '乙县' WHERE id = (SELECT min(id) FROM record)",
            "里的“",
            "请在“恢复”里拿以前的备份",
        ),
        ("DELETE FROM version", "里“法律援助经费2”（", "“退回修改”后重新上报"),
    ],
    ids=["line", "end", "form", "version"],
)
def test_a_broken_chain_keeps_them_all_and_is_named_with_the_next_step(
    office: Store, path: Path, statement: str, said: str, advice: str
) -> None:
    meddle(path, statement)
    office.safekeeping.make(Reason.DAILY)
    assert numbers(path) == [2, 1]
    standing = office.safekeeping.standing()
    assert standing.is_good
    assert standing.break_trouble.startswith(f"旧备份一份也没有清理：“{path}”{said}")
    assert advice in standing.break_trouble


def test_what_the_clerk_has_seen_keeps_them_no_longer_but_the_next_break_does(
    office: Store, path: Path, form: Form
) -> None:
    meddle(path, "DELETE FROM version")
    office.safekeeping.make(Reason.DAILY)
    office.safekeeping.accept_break()
    assert office.safekeeping.standing().break_trouble == ""
    office.save(form(3))
    office.safekeeping.make(Reason.DAILY)
    assert numbers(path) == [3]
    meddle(path, "UPDATE change SET state = '' WHERE id = 1")
    office.safekeeping.make(Reason.DAILY)
    assert numbers(path) == [4, 3]
    assert "改动记录到第 1 行" in office.safekeeping.standing().break_trouble


def test_a_form_that_is_put_right_lets_them_go_again(office: Store, path: Path, form: Form) -> None:
    meddle(path, "UPDATE record SET bureau = '乙县' WHERE id = (SELECT min(id) FROM record)")
    office.safekeeping.make(Reason.DAILY)
    assert office.safekeeping.standing().break_trouble
    office.save(form(1, name="普法经费"))
    office.safekeeping.make(Reason.DAILY)
    assert numbers(path) == [3]
    assert office.safekeeping.standing().break_trouble == ""


def test_a_newest_backup_that_does_not_read_keeps_the_others(office: Store, path: Path) -> None:
    office.safekeeping.make(Reason.DAILY, thinned=False)
    newest = found(path)[0].path
    newest.write_bytes(newest.read_bytes()[:4096] + b"\1" * 8192)
    thin(path, moment=NOON)
    assert numbers(path) == [2, 1]
    assert f"“{newest}”" in read_state(path).break_trouble


def test_who_has_no_time_thins_later(office: Store, path: Path) -> None:
    office.safekeeping.make(Reason.DAILY, thinned=False)
    assert numbers(path) == [2, 1]
    office.safekeeping.make(Reason.REPLACE)
    assert numbers(path) == [3, 2, 1]
    thin(path, moment=NOON + timedelta(days=1))
    assert numbers(path) == [3, 2]


def test_a_whole_chain_has_no_sentence(office: Store, path: Path) -> None:
    proof, names = proofs.prove_file(path)
    assert proofs.mark_of(proof) == ""
    assert names[office.entries()[0].id].startswith("“")
    with pytest.raises(ValueError, match="nothing"):
        proofs.sentence(path, proof, names)


def test_backups_with_a_password_are_proved_and_thinned_too(office: Store, path: Path, form: Form) -> None:
    seal(office)
    for number in (4, 5):
        office.save(form(number))
        office.safekeeping.make(Reason.DAILY)
    assert numbers(path) == [3]
    assert office.safekeeping.standing().break_trouble == ""
    assert set(folder_of(path).glob("*.key")) == {key_file_of(one.path) for one in found(path)}
