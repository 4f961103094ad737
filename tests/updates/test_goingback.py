"""回到上一版: the program or the parameters of before, with a data file that it can read, and nothing that was typed lost."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk import places
from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.parameters import find
from perfdesk.store import Reason, Store, copy_to
from perfdesk.store.keys import Key
from perfdesk.store.pages import looks_plain
from perfdesk.store.password import set_password
from perfdesk.store.revisions import revision_in, revision_known_to
from perfdesk.store.safekeeping import make
from perfdesk.updates import (
    Kind,
    Rollback,
    install,
    left_unfinished,
    plan_rollback,
    read_update,
    roll_back,
    standing,
)
from perfdesk.updates.rack import changing, rack_of, switch
from tests.update_files import NEWER_STEP, STEPS, pack_update, program_update, run_from, tree

NOW = datetime.fromisoformat("2026-11-22T09:30:00+08:00")
FORM = Record("a", "national-2020-project-self", 2024, values={"project_name": "法律援助经费"})
LATER = Record("b", "national-2020-project-self", 2024, values={"project_name": "人民调解经费"})


def now() -> datetime:
    return NOW


def raise_schema(path: Path, revision: str = "0005") -> None:
    """Save a data file as a newer program would."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def lower_schema(path: Path) -> None:
    raise_schema(path, "0004")


@pytest.fixture
def store(stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file of 0.1.0, brought along to 0.2.0, which is the program now and added a form."""
    path = stick / "data/perfdesk.db"
    with Store.open(path, now=now) as opened:
        opened.save(FORM)
    update = read_update(program_update(tmp_path, "0.2.0", steps=(*STEPS, NEWER_STEP)))
    install(update, back_up=lambda: make(path, Reason.UPDATE, moment=NOW), progress=lambda _done, _all: None)
    run_from(stick, "0.2.0", monkeypatch)
    with Store.open(path, now=now) as opened:
        opened.save(LATER)
    return path


def ids(path: Path) -> set[str]:
    with Store.open(path, now=now, read_only=True) as opened:
        return {one.id for one in opened.load_all()}


def test_where_the_data_file_is_as_it_was_only_the_program_changes(stick: Path, store: Path) -> None:
    plan = plan_rollback(Kind.PROGRAM, store)
    assert plan == Rollback(Kind.PROGRAM, "0.2.0", "0.1.0")
    assert roll_back(plan, store=store, moment=NOW) is None
    assert (stick / "current").read_text() == "0.1.0\n"
    assert (stick / "previous").read_text() == "0.2.0\n"
    assert ids(store) == {"a", "b"}


def test_back_and_forth(stick: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roll_back(plan_rollback(Kind.PROGRAM, store), store=store, moment=NOW)
    run_from(stick, "0.1.0", monkeypatch)
    assert plan_rollback(Kind.PROGRAM, store) == Rollback(Kind.PROGRAM, "0.1.0", "0.2.0")


def test_before_the_next_start_an_update_is_taken_back(
    stick: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_from(stick, "0.1.0", monkeypatch)
    assert plan_rollback(Kind.PROGRAM, store) == Rollback(Kind.PROGRAM, "0.2.0", "0.1.0")


def test_where_the_older_one_cannot_read_the_data_file_the_backup_of_before_takes_its_place(
    stick: Path, store: Path
) -> None:
    (store.parent / "perfdesk.db.edits").write_bytes(b"typed since\n")
    raise_schema(store)
    plan = plan_rollback(Kind.PROGRAM, store)
    assert plan.must_restore
    assert plan.backup is not None
    assert plan.backup.reason is Reason.UPDATE
    kept = roll_back(plan, store=store, moment=NOW)
    assert kept == store.with_name("perfdesk-0.2.0-20261122-0930.db")
    assert (stick / "current").read_text() == "0.1.0\n"
    assert ids(store) == {"a"}
    lower_schema(kept)
    assert ids(kept) == {"a", "b"}
    assert not (store.parent / "perfdesk.db.edits").exists()
    assert kept.with_name(f"{kept.name}.edits").read_bytes() == b"typed since\n"
    assert left_unfinished() is None
    assert not list(store.parent.glob("*.lock"))


def test_the_second_copy_has_another_name(store: Path) -> None:
    raise_schema(store)
    (store.parent / "perfdesk-0.2.0-20261122-0930.db").touch()
    kept = roll_back(plan_rollback(Kind.PROGRAM, store), store=store, moment=NOW)
    assert kept == store.with_name("perfdesk-0.2.0-20261122-0930（2）.db")


def test_of_the_backups_the_newest_that_can_be_read_is_taken(store: Path) -> None:
    raise_schema(store)
    raised = make(store, Reason.ASKED, moment=NOW).backup
    broken = make(store, Reason.ASKED, moment=NOW).backup
    broken.path.write_bytes(b"x" * 5000)
    plan = plan_rollback(Kind.PROGRAM, store)
    assert plan.backup is not None
    assert plan.backup.number < raised.number


def test_without_such_a_backup_nothing_is_done(stick: Path, store: Path) -> None:
    raise_schema(store)
    for one in (store.parent / "备份").glob("*.db"):
        one.unlink()
    with pytest.raises(
        UserError, match=r"程序 0\.1\.0 读不了现在的数据文件“perfdesk.db”，也没有它读得了的备份，没有动。"
    ):
        plan_rollback(Kind.PROGRAM, store)
    assert (stick / "current").read_text() == "0.2.0\n"


def test_a_window_that_fills_in_comes_first(store: Path) -> None:
    raise_schema(store)
    plan = plan_rollback(Kind.PROGRAM, store)
    lower_schema(store)
    with Store.open(store, now=now), pytest.raises(UserError, match="要回到上一版，先关闭那个窗口。"):
        roll_back(plan, store=store, moment=NOW)
    assert ids(store) == {"a", "b"}


def test_with_a_password_the_copy_stays_encrypted(store: Path) -> None:
    key = Key.new()
    with Store.open(store, now=now) as opened:
        set_password(opened, key, "青山县 2024")
        sealed = opened.safekeeping.make(Reason.ASKED).backup
    plan = Rollback(Kind.PROGRAM, "0.2.0", "0.1.0", must_restore=True, backup=sealed)
    kept = roll_back(plan, store=store, moment=NOW)
    assert kept is not None
    assert not looks_plain(kept)
    assert not looks_plain(store)
    assert kept.with_name(f"{kept.name}.key").exists()
    assert ids(store) == {"a", "b"}


def test_what_was_interrupted_is_told_once(stick: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raise_schema(store)
    plan = plan_rollback(Kind.PROGRAM, store)

    def stop(*_arguments: object, **_words: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("perfdesk.updates.goingback.switch", stop)
        with pytest.raises(KeyboardInterrupt):
            roll_back(plan, store=store, moment=NOW)
    assert (stick / "current").read_text() == "0.2.0\n"
    assert left_unfinished() == store.with_name("perfdesk-0.2.0-20261122-0930.db")
    assert left_unfinished() is None


def test_a_full_disk_changes_nothing(stick: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raise_schema(store)
    plan = plan_rollback(Kind.PROGRAM, store)

    def full(source: Path, target: Path) -> None:
        if target == store and source.parent != store.parent:
            raise UserError("磁盘已满。")
        copy_to(source, target)

    monkeypatch.setattr("perfdesk.updates.goingback.copy_to", full)
    with pytest.raises(UserError, match="磁盘已满"):
        roll_back(plan, store=store, moment=NOW)
    assert (stick / "current").read_text() == "0.2.0\n"
    assert revision_in(store) == "0005"
    assert left_unfinished() is None


def test_a_program_that_cannot_be_changed_leaves_the_data_file_as_it_is(
    stick: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edits = store.parent / "perfdesk.db.edits"
    edits.write_bytes(b"typed since\n")
    raise_schema(store)
    plan = plan_rollback(Kind.PROGRAM, store)

    def refuse(*_arguments: object, **_words: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr("perfdesk.updates.goingback.switch", refuse)
    with pytest.raises(UserError, match="只能读，写不进去"):
        roll_back(plan, store=store, moment=NOW)
    assert revision_in(store) == "0005"
    assert edits.read_bytes() == b"typed since\n"
    assert (stick / "current").read_text() == "0.2.0\n"
    assert left_unfinished() is None


def test_the_first_program_has_none_before_it(stick: Path) -> None:
    with pytest.raises(UserError, match=r"没有上一版的程序：现在的 0\.1\.0 是第一次装的，没有动。"):
        plan_rollback(Kind.PROGRAM, stick / "data/perfdesk.db")


def test_a_package_of_the_administrator_has_no_version_before(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.executable", str(tmp_path / "usr/lib/perfdesk/perfdesk"))
    with pytest.raises(UserError, match="sudo apt install"):
        plan_rollback(Kind.PROGRAM, stick / "none.db")


def test_what_another_window_changed_meanwhile_is_asked_again(stick: Path, store: Path) -> None:
    plan = plan_rollback(Kind.PROGRAM, store)
    with changing(rack_of(Kind.PROGRAM)):
        switch(rack_of(Kind.PROGRAM), "0.2.0", before="")
    with pytest.raises(UserError, match="刚才有别的窗口换了版本，没有动。"):
        roll_back(plan, store=store, moment=NOW)


def test_parameters_go_back_to_the_pack_before_and_to_those_of_the_program(stick: Path, tmp_path: Path) -> None:
    shipped, store = standing(Kind.PARAMETERS).version, stick / "data/perfdesk.db"
    for version in ("2099.1", "2099.2"):
        install(read_update(pack_update(tmp_path, version)), back_up=lambda: None, progress=lambda _done, _all: None)
    seen = []
    for _ in range(4):
        roll_back(plan_rollback(Kind.PARAMETERS, store), store=store, moment=NOW)
        seen.append(find(places.resources(), places.parameters()).pack.version)
    assert seen == ["2099.1", "2099.2", "2099.1", "2099.2"]
    (stick / "data/parameters/previous").unlink()
    seen.clear()
    for _ in range(2):
        roll_back(plan_rollback(Kind.PARAMETERS, store), store=store, moment=NOW)
        seen.append(find(places.resources(), places.parameters()).pack.version)
    assert seen == [shipped, "2099.2"]


def test_what_a_program_can_open_is_told_by_its_steps(tmp_path: Path) -> None:
    assert revision_known_to(tree(tmp_path / "new", "0.2.0", steps=(*STEPS, NEWER_STEP))) == "0005"
    assert revision_known_to(Path(__file__).parents[2]) == "0004"
    assert revision_known_to(tmp_path) == ""


def test_the_revision_of_what_is_no_data_file(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"x" * 5000)
    with pytest.raises(UserError):
        revision_in(tmp_path / "a.db")
    with closing(sqlite3.connect(tmp_path / "b.db")) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num)")
    with pytest.raises(UserError, match="已损坏"):
        revision_in(tmp_path / "b.db")
