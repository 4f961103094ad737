"""A data file with a password: set, changed, taken away, forgotten; nothing of a form can be read without it."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record, VersionKind
from perfdesk.store import Reason, Store, StoreDamaged, StoreReadOnly, faults, keys, resealing
from perfdesk.store.backups import found
from perfdesk.store.faults import StoreLocked
from perfdesk.store.holding import peek
from perfdesk.store.journal import journal_beside
from perfdesk.store.keyfile import key_file_of, read_key_file, wrap, write_key_file
from perfdesk.store.keys import Key
from perfdesk.store.password import (
    align,
    change_password,
    is_password,
    remove,
    set_password,
    standing,
    take_password_away,
)
from perfdesk.store.restoring import restore
from perfdesk.store.salvage import salvage
from perfdesk.store.unlocking import key_of, unlock, unlock_by_recovery
from tests.store.sealed import OURS, holds_text, seal

Form = Callable[..., Record]
Clock = Callable[[], datetime]
TYPED = "某县法律援助中心"  # stands in every form that is made up


def ignore(_done: int, _name: str) -> None:
    """Who waits sees how far it is."""


@pytest.fixture
def office(path: Path, clock: Clock, form: Form) -> Path:
    """A closed data file with a password, forms, a 上报版, a backup from before and one from after, and unsaved edits."""
    with Store.open(path, now=clock) as store:
        store.save_many(form(number) for number in range(20))
        store.versions.keep(form(0), VersionKind.SUBMITTED)
        store.safekeeping.make(Reason.IMPORT)
        key = seal(store)
        assert align(path, key, moment=clock(), told=ignore) == ()
        store.save(form(20))
        store.safekeeping.make(Reason.ASKED)
        store.note(form(21))
        assert store.settled()
    keys.let_go()
    return path


def opened(path: Path, clock: Clock) -> Store:
    unlock(path, OURS)
    return Store.open(path, now=clock)


# ---------------------------------------------------------------------------------------------------------- at rest


def test_nothing_of_a_form_can_be_read_in_any_file(office: Path) -> None:
    assert holds_text(office.parent, TYPED) == []
    assert len(found(office)) == 2


def test_it_opens_by_its_password_with_all_that_was_typed(office: Path, clock: Clock, form: Form) -> None:
    with opened(office, clock) as store:
        assert [one.id for one in store.entries()] == [f"form-{number}" for number in range(21)]
        assert store.load("form-3") == form(3)
        assert [one.record for one in store.lost_edits()] == [form(21)]
        assert store.history.prove().broken is None
        assert not store.safekeeping.has_changed()
        store.save(replace(form(3), bureau="另一个局"))
        assert store.safekeeping.has_changed()


@pytest.mark.parametrize("read_only", [True, False])
def test_without_its_password_it_is_locked_and_not_damaged(office: Path, clock: Clock, read_only: bool) -> None:
    before = office.read_bytes()
    with pytest.raises(StoreLocked, match="设了密码，还没有解开") as caught:
        Store.open(office, now=clock, read_only=read_only)
    assert caught.value.path == office
    assert office.read_bytes() == before
    assert not office.with_name("perfdesk.db.lock").exists()


def test_asking_for_it_does_not_forget_that_the_last_session_crashed(office: Path, clock: Clock, form: Form) -> None:
    typed = replace(form(3), bureau="另一个局")
    with opened(office, clock) as store:
        store.note(typed, form(3))
        assert store.settled()
    keys.let_go()
    since = '{"user": "clerk", "host": "here", "pid": 1, "since": "2026-03-18T09:00:00"}'
    office.with_name("perfdesk.db.lock").write_text(since)
    with pytest.raises(StoreLocked):
        Store.open(office, now=clock)
    with opened(office, clock) as store:
        store.recovered()
        assert store.load("form-3") == typed


def test_one_that_was_cut_to_nothing_is_damaged_and_not_locked(office: Path, clock: Clock) -> None:
    office.write_bytes(office.read_bytes()[:3000])
    with pytest.raises(StoreDamaged):
        Store.open(office, now=clock)
    unlock(office, OURS)
    assert len(salvage(office, now=clock).forms) == 22


def test_a_wrong_password_is_one_sentence_and_costs_nothing(office: Path, clock: Clock) -> None:
    for _ in range(4):
        with pytest.raises(UserError, match=r"密码不对，没有打开。.*恢复密钥。$"):
            unlock(office, "不是这个密码")
    opened(office, clock).close()


def test_letters_of_an_input_method_are_the_same_letters(path: Path, clock: Clock) -> None:
    with Store.open(path, now=clock) as store:
        seal(store, "ABCD-2026")
    keys.let_go()
    assert unlock(path, "ＡＢＣＤ－２０２６") == key_of(path)


def test_the_recovery_key_opens_it_without_its_key_file(office: Path, clock: Clock) -> None:
    groups = unlock(office, OURS).groups
    keys.let_go()
    for one in office.parent.rglob("*.key"):
        one.unlink()
    with pytest.raises(UserError, match=r"没有密钥文件“perfdesk\.db\.key”"):
        unlock(office, OURS)
    with pytest.raises(UserError, match=r"不是“perfdesk\.db”的"):
        unlock_by_recovery(office, " ".join(Key.new().groups))
    unlock_by_recovery(office, " ".join(groups))
    with Store.open(office, now=clock) as store:
        assert len(store.entries()) == 21


def test_a_lost_key_file_is_found_beside_the_backups(office: Path, clock: Clock) -> None:
    key_file_of(office).unlink()
    with opened(office, clock) as store:
        assert len(store.entries()) == 21


@pytest.mark.parametrize("harm", [b"", b"{", b'{"perfdesk-key": 1, "id": "', b'{"perfdesk-key": 1}', b"\xff\x00"])
def test_a_key_file_that_is_not_whole_says_so(path: Path, clock: Clock, harm: bytes) -> None:
    with Store.open(path, now=clock) as store:
        seal(store)
    keys.let_go()
    key_file_of(path).write_bytes(harm)
    with pytest.raises(UserError, match=r"密钥文件“.*perfdesk\.db\.key”不完整.*恢复密钥"):
        unlock(path, OURS)


def test_a_key_file_of_a_newer_program_says_so(path: Path, clock: Clock) -> None:
    with Store.open(path, now=clock) as store:
        seal(store)
    keys.let_go()
    file = key_file_of(path)
    file.write_text(file.read_text().replace('"perfdesk-key": 1', '"perfdesk-key": 2'))
    with pytest.raises(UserError, match="由更新的版本写成"):
        unlock(path, OURS)


def test_a_new_password_costs_what_a_machine_of_2020_can_pay() -> None:
    new = wrap(Key.new(), OURS)
    assert (new.n, new.r, new.p) == (1 << 15, 8, 1)


@pytest.mark.parametrize(
    ("n", "r", "p"),
    [(3, 8, 1), (1 << 40, 8, 1), (1 << 15, 1000, 1), (1 << 15, 8, 0)],
    ids=["odd n", "huge n", "huge r", "no p"],
)
def test_costs_that_nobody_would_set_are_not_paid(path: Path, clock: Clock, n: int, r: int, p: int) -> None:
    with Store.open(path, now=clock) as store:
        seal(store)
    file = key_file_of(path)
    whole = read_key_file(file)
    assert whole is not None
    write_key_file(file, whole._replace(n=n, r=r, p=p))
    with pytest.raises(UserError, match="不完整"):
        read_key_file(file)


def test_the_key_file_of_another_office_is_told_from_a_wrong_password(
    office: Path, tmp_path: Path, clock: Clock
) -> None:
    other = tmp_path / "别的" / "perfdesk.db"
    with Store.open(other, now=clock) as store:
        seal(store, "另一个局的密码")
    keys.let_go()
    for one in office.parent.rglob("*.key"):
        one.unlink()
    shutil.copy(key_file_of(other), key_file_of(office))
    with pytest.raises(UserError, match="另一个数据文件的"):
        unlock(office, "另一个局的密码")
    with pytest.raises(UserError, match="密码不对"):
        unlock(office, OURS)


def test_a_backup_opens_alone_on_another_machine(office: Path, tmp_path: Path, clock: Clock) -> None:
    backup = found(office)[0].path
    stick = tmp_path / "U 盘"
    stick.mkdir()
    shutil.copy(backup, stick)
    shutil.copy(key_file_of(backup), stick)
    unlock(stick / backup.name, OURS)
    assert len(peek(stick / backup.name, stick, now=clock)) == 21


# ------------------------------------------------------------------------------------- set, changed, taken away


def test_a_short_password_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="至少要 8 个字符，现在是 3 个"):
        set_password(store, Key.new(), "abc")
    assert not key_file_of(store.path).exists()


def test_who_only_looks_sets_none(path: Path, store: Store, clock: Clock) -> None:
    with Store.open(path, now=clock, read_only=True) as looking, pytest.raises(StoreReadOnly):
        looking.reseal(Key.new())
    assert store.key is None


def test_work_goes_on_in_the_same_window(store: Store, form: Form) -> None:
    store.save(form(1))
    key = Key.new()
    set_password(store, key, OURS)
    assert store.key == key
    store.save(form(2))
    assert [one.id for one in store.entries()] == ["form-1", "form-2"]
    assert [one.label for one in store.versions.all()] == []
    store.versions.keep(form(2), VersionKind.KEPT, name="送审稿")
    with closing(sqlite3.connect(store.path)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM record")


def test_a_changed_password_opens_all_and_the_old_one_nothing(office: Path, clock: Clock) -> None:
    key = unlock(office, OURS)
    assert change_password(office, key, "新的密码 2027") == ()
    keys.let_go()
    for one in (office, *(each.path for each in found(office))):
        with pytest.raises(UserError, match="密码不对"):
            unlock(one, OURS)
        assert unlock(one, "新的密码 2027") == key
    assert is_password(office, "新的密码 2027")
    assert not is_password(office, OURS)


def test_a_password_taken_away_leaves_everything_plain(office: Path, clock: Clock, form: Form) -> None:
    with opened(office, clock) as store:
        store.take_lost(store.lost_edits())
        take_password_away(store)
        assert align(office, None, moment=clock(), told=ignore) == ()
        store.note(form(22))
        assert store.settled()
    keys.let_go()
    assert [*office.parent.rglob("*.key")] == []
    with Store.open(office, now=clock) as store:
        assert len(store.entries()) == 22
        assert [one.record for one in store.lost_edits()] == [form(22)]
        assert store.history.prove().broken is None
    for one in found(office):
        assert peek(one.path, office.parent, now=clock)


def test_what_could_not_be_reached_is_told(store: Store, tmp_path: Path, form: Form, clock: Clock) -> None:
    store.save(form(1))
    stick = tmp_path / "U 盘"
    stick.mkdir()
    store.safekeeping.choose_second(stick)
    store.safekeeping.make(Reason.ASKED)
    shutil.move(stick, tmp_path / "拔掉")
    damaged = store.safekeeping.make(Reason.IMPORT).backup.path
    damaged.write_bytes(damaged.read_bytes()[:5000])
    key = seal(store)
    left = align(store.path, key, moment=clock(), told=ignore)
    assert [one.path for one in left[:1]] == [damaged]
    assert "不完整" in left[0].why
    assert "不在，那里的备份还没有加密" in left[1].why
    stands = standing(store.path)
    assert stands.sealed
    assert stands.unlike == (damaged,)
    assert stands.away is not None
    shutil.move(tmp_path / "拔掉", stick)
    assert len(standing(store.path).unlike) == 2
    align(store.path, key, moment=clock(), told=ignore)
    assert standing(store.path).unlike == (damaged,)
    assert holds_text(stick, TYPED) == []


def test_copies_from_an_earlier_password_stay_until_their_key_is_here(office: Path, clock: Clock) -> None:
    with opened(office, clock) as store:
        take_password_away(store)
        keys.let_go()
        newer = seal(store, "第二个密码 2027")
        left = align(office, newer, moment=clock(), told=ignore)
        assert len(left) == 2
        assert all("设了密码，还没有解开" in one.why for one in left)
        for one in left:
            assert unlock(one.path, OURS) != newer
        assert align(office, newer, moment=clock(), told=ignore) == ()
        assert all(key_of(one.path) == newer for one in found(office))


def test_files_that_were_set_aside_are_listed_and_removed_when_asked(office: Path, clock: Clock) -> None:
    aside = office.with_name("perfdesk.db.损坏-20260101-0900")
    plain = (aside, aside.with_name(f"{aside.name}.edits"), aside.with_name(f"{aside.name}.txt"))
    for one in plain:
        one.write_text(TYPED)
    sealed = office.with_name("perfdesk.db.损坏-20260202-0900")
    for one in (sealed, key_file_of(sealed)):
        one.write_bytes(b"#")
    assert set(standing(office).asides) == set(plain)
    assert remove(standing(office).asides) == ()
    assert standing(office).asides == ()
    assert sealed.exists()


def test_one_that_cannot_be_removed_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "文件夹"
    folder.mkdir()
    (left,) = remove((folder,))
    assert left.path == folder


# ------------------------------------------------------------------------------------------------ killed in between


def test_killed_before_the_file_is_exchanged_it_is_plain_as_before(
    path: Path, clock: Clock, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(path, now=clock) as store:
        store.save(form(1))
        monkeypatch.setattr(resealing, "_are_alike", _stop)
        with pytest.raises(KeyboardInterrupt):
            set_password(store, Key.new(), OURS)
        assert key_file_of(path).exists()
        store.save(form(2))
        assert store.key is None
    keys.let_go()
    with Store.open(path, now=clock) as store:
        assert len(store.entries()) == 2
    assert not key_file_of(path).exists()


def _stop(*_arguments: object) -> None:
    raise KeyboardInterrupt


def test_a_journal_that_was_left_plain_is_encrypted_at_the_next_start(office: Path, clock: Clock, form: Form) -> None:
    with opened(office, clock) as store:
        resealing.reseal_journals(office, None)
        assert holds_text(office.parent, TYPED) != []
        store.note(form(30))
        assert store.settled()
    with opened(office, clock) as store:
        assert {one.record.id for one in store.lost_edits()} == {"form-21", "form-30"}
    assert holds_text(office.parent, TYPED) == []


def test_a_torn_line_of_an_encrypted_journal_counts_for_nothing(office: Path, clock: Clock) -> None:
    journal = journal_beside(office)
    whole = journal.read_bytes()
    journal.write_bytes(whole + whole[: len(whole) // 2])
    with opened(office, clock) as store:
        assert [one.record.id for one in store.lost_edits()] == ["form-21"]


# ------------------------------------------------------------------------------------------------ restore and salvage


def test_a_plain_backup_is_encrypted_as_it_comes_back(path: Path, clock: Clock, form: Form) -> None:
    with Store.open(path, now=clock) as store:
        store.save(form(1))
        plain = store.safekeeping.make(Reason.ASKED).backup.path
        key = seal(store)
        store.save(form(2))
        store.become(plain)
        assert [one.id for one in store.entries()] == ["form-1"]
        assert store.key == key
        store.save(form(3))


def test_an_encrypted_backup_comes_back_plain_where_the_password_was_taken_away(office: Path, clock: Clock) -> None:
    backup = found(office)[0].path
    with opened(office, clock) as store:
        take_password_away(store)
        store.become(backup)
        assert store.key is None
        assert len(store.entries()) == 21


def test_restored_over_a_damaged_file_it_keeps_its_password(office: Path, clock: Clock) -> None:
    backup = found(office)[0].path
    key = unlock(office, OURS)
    office.write_bytes(bytes(8192))
    restore(backup, office, now=clock)
    assert key_of(office) == key
    keys.let_go()
    with opened(office, clock) as store:
        assert len(store.entries()) == 21


def test_restored_where_there_is_nothing_it_brings_its_key_file(office: Path, tmp_path: Path, clock: Clock) -> None:
    backup = found(office)[0].path
    target = tmp_path / "新电脑" / "perfdesk.db"
    target.parent.mkdir()
    with pytest.raises(StoreLocked):
        restore(backup, target, now=clock)
    unlock(backup, OURS)
    restore(backup, target, now=clock)
    keys.let_go()
    with opened(target, clock) as store:
        assert len(store.entries()) == 21


def test_restored_over_the_new_file_of_another_computer_it_stays_encrypted(
    office: Path, tmp_path: Path, clock: Clock
) -> None:
    target = tmp_path / "新电脑" / "perfdesk.db"
    Store.open(target, now=clock).close()
    backup = found(office)[0].path
    unlock(backup, OURS)
    restore(backup, target, now=clock)
    assert holds_text(target.parent, TYPED) == []
    keys.let_go()
    with opened(target, clock) as store:
        assert len(store.entries()) == 21


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "the first page": lambda data: bytes(4096) + data[4096:],
    "its header": lambda data: b"\xff" * 100 + data[100:],
    "one byte of a page": lambda data: data[: 6 * 4096 + 50] + bytes([data[6 * 4096 + 50] ^ 1]) + data[6 * 4096 + 51 :],
    "the end": lambda data: data[: len(data) // 2],
    "everything": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_with_a_password_is_put_together_again(
    office: Path, clock: Clock, form: Form, harm: str
) -> None:
    office.write_bytes(HARMS[harm](office.read_bytes()))
    if harm == "one byte of a page":
        unlock(office, OURS)
    with pytest.raises(StoreDamaged):
        Store.open(office, now=clock)
    keys.let_go()
    with pytest.raises(StoreLocked):
        salvage(office, now=clock)
    unlock(office, OURS)
    done = salvage(office, now=clock)
    assert len(done.forms) == 22
    with Store.open(office, now=clock) as store:
        assert store.load("form-20") == form(20)
        assert store.load("form-21") == form(21)
        assert store.key is not None
    assert holds_text(office.parent, TYPED) == []


def test_much_is_had_of_the_file_alone(office: Path, clock: Clock, form: Form) -> None:
    shutil.rmtree(office.parent / "备份")
    for one in office.parent.glob("*.edits*"):
        one.unlink()
    office.write_bytes(bytes(4096) + office.read_bytes()[4096:])
    unlock(office, OURS)
    salvage(office, now=clock)
    with Store.open(office, now=clock) as store:
        assert {one.id: one for one in store.load_all()} == {f"form-{number}": form(number) for number in range(21)}


def test_a_full_disk_is_said_of_the_file_the_clerk_knows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_source: Path, target: Path, _key: Key | None) -> None:
        raise faults.full(target)

    monkeypatch.setattr(resealing, "write_other_way", full)
    with pytest.raises(UserError, match=r"^磁盘已满，“.*perfdesk\.db”没有加密，也没有解密，还是原来的样子。请删去"):
        set_password(store, Key.new(), OURS)
    assert store.key is None
    assert not store.path.with_name("perfdesk.db.part").exists()


def test_a_file_that_somebody_has_open_is_not_exchanged(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put = Path.replace

    def refuse(one: Path, target: Path) -> Path:
        if one.name.endswith(".part"):
            raise PermissionError(13, "in use", str(one))
        return put(one, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(UserError, match="正被另一个窗口或程序打开，没有换"):
        set_password(store, Key.new(), OURS)
    assert store.key is None
