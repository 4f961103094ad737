"""Making backups: checked, numbered, thinned, in two places, and what is said when a disk does not take one."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store, backup, faults, safekeeping, turns
from perfdesk.store.backups import Backup, Reason, found
from perfdesk.store.backupstate import folder_of, read_state, write_state
from perfdesk.store.journal import journal_beside, read_journal
from perfdesk.store.lock import Lock

Form = Callable[..., Record]
NOON = datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001 - the clock on the wall


class Wall:
    """A clock that a test sets."""

    moment = NOON

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def office(path: Path, wall: Wall, form: Form) -> Iterator[Store]:
    with Store.open(path, now=wall) as opened:
        opened.save(form(1))
        yield opened


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U 盘"
    folder.mkdir()
    return folder


def forms_of(one: Path) -> tuple[Record, ...]:
    with Store.open(one, now=datetime.now, read_only=True) as copy:
        return copy.load_all()


def numbers(backups: tuple[Backup, ...]) -> list[int]:
    return [one.number for one in backups]


def test_a_backup_holds_the_forms_and_its_name_tells_when_and_why(office: Store, path: Path, form: Form) -> None:
    made = office.safekeeping.make(Reason.REPLACE)
    assert made.backup.path == path.parent / "备份" / "perfdesk-20261121-1200-000001-替换前.db"
    assert (made.second, made.trouble) == (None, "")
    assert found(path) == (made.backup,)
    assert forms_of(made.backup.path) == (form(1),)
    assert sorted(one.name for one in folder_of(path).iterdir()) == [made.backup.path.name, "perfdesk.json"]


def test_the_number_grows_even_when_the_clock_was_set_back(office: Store, path: Path, wall: Wall) -> None:
    for moment in (NOON, NOON - timedelta(days=400), NOON):
        wall.moment = moment
        office.safekeeping.make(Reason.IMPORT)
    assert numbers(found(path)) == [3, 2, 1]


def test_it_is_due_once_a_day_and_asked_ones_count(office: Store, wall: Wall) -> None:
    keeping = office.safekeeping
    assert keeping.is_due()
    keeping.make(Reason.REPLACE)
    assert keeping.is_due()
    keeping.make(Reason.ASKED)
    assert not keeping.is_due()
    wall.moment += timedelta(days=1)
    assert keeping.is_due()


def test_it_knows_whether_anything_was_saved_since(office: Store, form: Form) -> None:
    keeping = office.safekeeping
    assert keeping.has_changed()
    keeping.make(Reason.DAILY)
    office.load_all()
    assert not keeping.has_changed()
    office.save(form(2))
    assert keeping.has_changed()


def test_older_ones_are_thinned_after_a_good_one_only(
    office: Store, path: Path, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day in range(20):
        wall.moment = NOON + timedelta(days=day)
        office.safekeeping.make(Reason.DAILY)
    kept = numbers(found(path))
    assert kept[:14] == [*range(20, 6, -1)]
    assert kept[14:] == [2]  # and the last one of the week before, 22 November
    wall.moment += timedelta(days=1)
    monkeypatch.setattr(backup, "copy_to", _refuse)
    with pytest.raises(UserError):
        office.safekeeping.make(Reason.DAILY)
    assert numbers(found(path)) == kept


def _refuse(_source: Path, target: Path) -> None:
    raise faults.full_for_copy(target)


def test_how_they_stand_is_said_in_days(office: Store, wall: Wall, monkeypatch: pytest.MonkeyPatch) -> None:
    keeping = office.safekeeping
    assert keeping.standing().is_old
    keeping.make(Reason.DAILY)
    assert (keeping.standing().days, keeping.standing().is_good) == (0, True)
    for days, old in ((7, False), (8, True), (-30, False)):
        wall.moment = NOON + timedelta(days=days)
        assert keeping.standing().is_old is old
    wall.moment = NOON
    monkeypatch.setattr(backup, "copy_to", _refuse)
    with pytest.raises(UserError, match=r"磁盘已满，复制没有写成.*数据文件没有动"):
        keeping.make(Reason.DAILY)
    assert not keeping.standing().is_good
    assert keeping.standing().trouble.startswith("磁盘已满")
    monkeypatch.undo()
    keeping.make(Reason.DAILY)
    assert keeping.standing().is_good


def test_where_not_even_the_state_can_be_written_the_backup_says_why(
    office: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "copy_to", _refuse)
    monkeypatch.setattr(safekeeping, "write_state", lambda path, _state: _refuse(path, path))
    with pytest.raises(UserError, match="没有写成"):
        office.safekeeping.make(Reason.DAILY)
    assert found(path) == ()


# ------------------------------------------------------------------------------------------------------ the second place


def test_regular_backups_have_a_twin_in_the_second_place(office: Store, path: Path, stick: Path, form: Form) -> None:
    keeping = office.safekeeping
    keeping.choose_second(stick)
    office.save(form(2))
    made = keeping.make(Reason.DAILY)
    assert made.second is not None
    assert made.second.elsewhere
    assert made.second.path.parent.parent == stick
    assert forms_of(made.second.path) == forms_of(made.backup.path) == (form(1), form(2))
    assert keeping.make(Reason.REPLACE).second is None
    assert [(one.number, one.elsewhere) for one in found(path)] == [(2, False), (1, False), (1, True)]
    assert keeping.standing().second_good == NOON


def test_two_offices_on_one_stick_keep_apart(office: Store, tmp_path: Path, stick: Path, wall: Wall) -> None:
    wall.moment += timedelta(seconds=1)
    with Store.open(tmp_path / "other" / "perfdesk.db", now=wall) as other:
        for one in (office, other):
            one.safekeeping.choose_second(stick)
            one.safekeeping.make(Reason.DAILY)
        assert len(list(stick.iterdir())) == 2
        assert numbers(found(other.path)) == numbers(found(office.path)) == [1, 1]


def test_a_stick_that_is_out_is_said_and_nothing_is_written_behind_it(
    office: Store, path: Path, stick: Path, tmp_path: Path
) -> None:
    keeping = office.safekeeping
    keeping.choose_second(stick)
    keeping.make(Reason.DAILY)
    drawer = tmp_path / "drawer"
    stick.rename(drawer)
    stick.mkdir()  # the mount point stays
    made = keeping.make(Reason.DAILY)
    assert made.second is None
    assert "不在，这次只备份在本机" in made.trouble
    assert keeping.standing().second_trouble == made.trouble
    assert list(stick.iterdir()) == []
    assert [one.elsewhere for one in found(path)] == [False]  # the second of one day stands for it
    assert not keeping.is_due()
    stick.rmdir()
    drawer.rename(stick)
    assert keeping.is_due()
    assert keeping.make(Reason.DAILY).trouble == ""
    assert keeping.standing().is_good
    keeping.choose_second(None)
    assert keeping.make(Reason.DAILY).second is None
    assert (keeping.standing().second, keeping.standing().second_good) == (None, None)


def test_a_full_stick_blocks_nothing(office: Store, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    office.safekeeping.choose_second(stick)
    copy_to = backup.copy_to

    def full_there(source: Path, target: Path) -> None:
        if stick in target.parents:
            raise faults.full_for_copy(target)
        copy_to(source, target)

    monkeypatch.setattr(backup, "copy_to", full_there)
    made = office.safekeeping.make(Reason.DAILY)
    assert made.trouble.startswith(f"磁盘已满，复制没有写成“{stick}")
    assert found(office.path) == (made.backup,)


def test_a_stick_pulled_during_the_copy_is_said_as_such(
    office: Store, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.safekeeping.choose_second(stick)
    copy_to = backup.copy_to

    def pulled(source: Path, target: Path) -> None:
        if stick in target.parents:
            shutil.rmtree(stick)
        copy_to(source, target)

    monkeypatch.setattr(backup, "copy_to", pulled)
    assert "不在，这次只备份在本机" in office.safekeeping.make(Reason.DAILY).trouble


def test_the_folder_of_the_backups_is_no_second_place(office: Store, path: Path) -> None:
    office.safekeeping.make(Reason.DAILY)
    with pytest.raises(UserError, match="就是本机放备份的地方"):
        office.safekeeping.choose_second(folder_of(path))
    with pytest.raises(UserError, match="没有找到"):
        office.safekeeping.choose_second(path.parent / "no such folder")
    assert read_state(path).second is None


def test_a_forgotten_second_place_stays_said(office: Store, path: Path) -> None:
    office.safekeeping.make(Reason.DAILY)
    (folder_of(path) / "perfdesk.json").write_text("{", "utf-8")
    office.safekeeping.make(Reason.DAILY)
    assert "请在“备份”里重新选一次" in office.safekeeping.standing().second_trouble


# ---------------------------------------------------------------------------------------------------------- what goes along


def test_after_a_regular_backup_the_edit_journal_begins_anew(office: Store, path: Path, form: Form) -> None:
    office.save(form(2))
    office.safekeeping.make(Reason.IMPORT)
    assert journal_beside(path).exists()
    office.safekeeping.make(Reason.DAILY)
    assert not journal_beside(path).exists()
    assert len(read_journal(journal_beside(path)).notes) == 2  # those of the journal before
    office.safekeeping.make(Reason.DAILY)


def test_what_was_typed_and_not_saved_stays_in_the_journal(office: Store, path: Path, form: Form) -> None:
    office.note(form(1, name="普法经费"))
    for _ in range(3):
        office.safekeeping.make(Reason.DAILY)
    assert journal_beside(path).exists()
    assert [one.record for one in office.lost_edits()] == [form(1, name="普法经费")]


def test_a_journal_that_cannot_be_read_harms_no_backup(office: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise UserError("读不出来")

    monkeypatch.setattr(office, "lost_edits", refuse)
    assert office.safekeeping.make(Reason.DAILY).backup.number == 1


def test_what_a_killed_program_left_half_written_goes_and_nothing_else(office: Store, path: Path) -> None:
    office.safekeeping.make(Reason.DAILY)
    folder = folder_of(path)
    mine, other = folder / "perfdesk-20261120-1200-000001-每天.db.part", folder / "office-1.db.part"
    mine.with_name(f"{mine.name}-journal").write_bytes(b"half")
    for one in (mine, other):
        one.write_bytes(b"half")
    office.safekeeping.make(Reason.DAILY)
    assert [one.name for one in folder.glob("*.part*")] == [other.name]


def test_one_process_at_a_time(office: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder_of(path).mkdir()
    other = Lock.take(folder_of(path) / path.stem, moment=NOON)
    monkeypatch.setattr(turns, "_WAIT", 0)
    with pytest.raises(UserError, match="另一个窗口正在往"):
        office.safekeeping.make(Reason.DAILY)
    other.release()
    office.safekeeping.make(Reason.DAILY)


def test_several_threads_take_turns(office: Store, path: Path) -> None:
    threads = [threading.Thread(target=office.safekeeping.make, args=(Reason.IMPORT,)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert numbers(found(path)) == [4, 3, 2, 1]


def test_who_listens_hears_of_every_attempt(
    office: Store, path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    office.safekeeping.on_change = lambda: heard.append("changed")
    office.safekeeping.choose_second(stick)
    office.safekeeping.make(Reason.DAILY)
    monkeypatch.setattr(backup, "copy_to", _refuse)
    with pytest.raises(UserError):
        office.safekeeping.make(Reason.DAILY)
    assert len(heard) == 3
    assert len(found(path)) == 2


def test_a_backup_into_any_folder_goes_on_with_the_numbers(office: Store, path: Path, stick: Path, form: Form) -> None:
    office.safekeeping.make(Reason.DAILY)
    one = safekeeping.make_in(path, stick, moment=NOON)
    two = safekeeping.make_in(path, stick, moment=NOON)
    assert [each.path.name for each in (one, two)] == [
        "perfdesk-20261121-1200-000002-手动.db",
        "perfdesk-20261121-1200-000003-手动.db",
    ]
    assert forms_of(two.path) == (form(1),)


def test_a_copy_short_of_rows_is_no_backup(office: Store, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = iter(({"record": 1}, {"record": 0}))
    monkeypatch.setattr(backup, "_rows", lambda _connection: next(counts))
    with pytest.raises(UserError, match="对不上，没有留下这份复制"):
        office.safekeeping.make(Reason.DAILY)
    assert found(path) == ()
    assert not list(folder_of(path).glob("*.part"))


def test_a_copy_that_a_bad_disk_garbles_is_no_backup_and_no_fault_of_the_data(
    office: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = iter((False, True))  # the copy, then the data file
    monkeypatch.setattr(backup, "_is_whole", lambda _connection: next(whole))
    with pytest.raises(UserError, match=r"写出来的.*对不上.*请检查那个磁盘"):
        office.safekeeping.make(Reason.DAILY)
    assert found(path) == ()


def test_a_table_of_any_name_is_counted(office: Store, path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute('CREATE TABLE "odd ""name" (one)')
        connection.execute('INSERT INTO "odd ""name" VALUES (1), (2)')
    with closing(sqlite3.connect(office.safekeeping.make(Reason.DAILY).backup.path)) as copy:
        assert copy.execute('SELECT count(*) FROM "odd ""name"').fetchone() == (2,)


def test_why_the_last_attempt_gave_none_is_remembered(path: Path, office: Store) -> None:
    write_state(path, read_state(path)._replace(trouble="磁盘已满。"))
    assert office.safekeeping.standing().trouble == "磁盘已满。"


KILLED = """
import os, sys
from pathlib import Path
from perfdesk.store import Reason, Store, backup
from tests.store.test_safekeeping import Wall

store = Store.open(Path(sys.argv[1]), now=Wall())
backup._rows = lambda _connection: os._exit(9) if list(Path(sys.argv[1]).parent.glob("备份/*.part")) else {}
store.safekeeping.make(Reason.DAILY)
"""


def test_the_next_start_clears_what_a_kill_in_the_middle_left(
    office: Store, path: Path, start: Callable[..., subprocess.Popen[str]]
) -> None:
    office.safekeeping.make(Reason.IMPORT)
    office.close()
    with start(KILLED, path) as process:
        assert process.wait(60) == 9
    left = {one.suffix for one in folder_of(path).iterdir()}
    assert {".part", ".lock"} <= left
    assert numbers(found(path)) == [1]
    with Store.open(path, now=Wall()):
        assert sorted(one.suffix for one in folder_of(path).iterdir()) == [".db", ".json"]
        other = Lock.take(folder_of(path) / path.stem, moment=NOON)
    half = folder_of(path) / "perfdesk-20261121-1200-000009-每天.db.part"
    half.write_bytes(b"being written by the command line")
    with Store.open(path, now=Wall()):
        assert half.exists()
    other.release()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (errno.EACCES, "写不进去：那里没有写入权限，或者磁盘开了写保护。数据文件没有动。"),
        (errno.ENOSPC, "磁盘已满，复制没有写成"),
        (errno.EIO, "请检查 U 盘或磁盘是否接好"),
    ],
)
def test_what_the_disk_of_the_backups_does_is_said_of_that_disk(
    office: Store, path: Path, error: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> None:
        raise OSError(error, "refused")

    monkeypatch.setattr("perfdesk.private.make_file", refuse)
    with pytest.raises(UserError) as caught:
        office.safekeeping.make(Reason.DAILY)
    assert said in str(caught.value)
    assert str(folder_of(path)) in str(caught.value)
    assert not isinstance(caught.value, faults.StoreReadOnly)
