"""What is carried to the second place, when, and that nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store, backup, faults, safekeeping, turns
from perfdesk.store.backups import BEFORE, Reason, found
from perfdesk.store.backupstate import folder_of, read_state
from perfdesk.store.lock import Lock

Form = Callable[..., Record]
NOON = datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001 - the clock on the wall


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "U 盘"
    folder.mkdir()
    return folder


@pytest.fixture
def office(path: Path, form: Form, stick: Path) -> Iterator[Store]:
    with Store.open(path, now=lambda: NOON) as opened:
        opened.save(form(1))
        opened.safekeeping.choose_second(stick)
        yield opened


def carried(path: Path) -> list[int]:
    return [one.number for one in found(path) if one.elsewhere]


def test_one_before_a_step_is_carried_afterwards(office: Store, path: Path, form: Form) -> None:
    assert not office.safekeeping.is_behind()
    for number, reason in enumerate((Reason.IMPORT, Reason.RESTORE, Reason.ROLL_FORWARD), 1):
        office.save(form(number))
        assert office.safekeeping.make(reason).second is None
    assert office.safekeeping.is_behind()
    assert carried(path) == []
    assert office.safekeeping.catch_up() == ""
    assert carried(path) == [3, 2, 1]
    assert not office.safekeeping.is_behind()
    assert office.safekeeping.standing().second_good == NOON


def test_a_regular_one_takes_along_what_is_still_owed(office: Store, path: Path) -> None:
    office.safekeeping.make(Reason.IMPORT)
    made = office.safekeeping.make(Reason.DAILY)
    assert made.second is not None
    assert (made.second.number, carried(path)) == (2, [2, 1])


def test_of_what_a_long_absence_left_the_newest_and_those_before_steps_come(
    office: Store, path: Path, stick: Path
) -> None:
    office.safekeeping.make(Reason.DAILY)
    drawer = stick.rename(stick.with_name("drawer"))
    for reason in (Reason.DAILY, Reason.IMPORT, Reason.DAILY, *(Reason.REPLACE for _ in range(BEFORE)), Reason.DAILY):
        safekeeping.make_here(path, reason, moment=NOON)
    assert not office.safekeeping.is_behind()  # it is not there
    drawer.rename(stick)
    assert office.safekeeping.catch_up() == ""
    assert carried(path) == [15, *range(14, 5, -1), 1]


def test_without_a_second_place_there_is_nothing_to_carry(path: Path, form: Form) -> None:
    with Store.open(path, now=lambda: NOON) as store:
        store.save(form(1))
        store.safekeeping.make(Reason.IMPORT)
        assert not store.safekeeping.is_behind()
        assert store.safekeeping.catch_up() == ""
        assert store.safekeeping.standing().second_good is None


def test_a_stick_without_room_keeps_what_it_got(
    office: Store, path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        office.safekeeping.make(Reason.IMPORT)
    copy_to = backup.copy_to

    def one_fits(source: Path, target: Path) -> None:
        if carried(path):
            raise faults.full_for_copy(target)
        copy_to(source, target)

    monkeypatch.setattr(backup, "copy_to", one_fits)
    assert office.safekeeping.catch_up().startswith(f"磁盘已满，复制没有写成“{stick}")
    assert carried(path) == [1]
    assert read_state(path).second_trouble.startswith("磁盘已满")
    monkeypatch.undo()
    assert office.safekeeping.catch_up() == ""
    assert carried(path) == [3, 2, 1]


def test_while_another_program_carries_the_backup_beside_the_file_is_made(
    office: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "_WAIT", 0)
    folder_of(path).mkdir(exist_ok=True)
    other = Lock.take(folder_of(path) / f"{path.stem}{turns.CARRYING}", moment=NOON)
    made = office.safekeeping.make(Reason.DAILY)
    assert made.backup.number == 1
    assert "另一个窗口正在往" in made.trouble
    other.release()
    assert office.safekeeping.catch_up() == ""


def test_a_killed_carrier_leaves_nothing(office: Store, path: Path) -> None:
    office.safekeeping.make(Reason.DAILY)
    left = folder_of(path) / f"{path.stem}{turns.CARRYING}.lock"
    left.write_text("{}", "utf-8")
    office.close()
    with Store.open(path, now=lambda: NOON):
        assert not left.exists()


def test_what_is_wrong_with_the_folder_is_raised_where_it_is_asked_for(
    office: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> tuple[()]:
        raise faults.io_error(path)

    monkeypatch.setattr("perfdesk.store.secondplace.found", refuse)
    with pytest.raises(UserError, match="磁盘读写出错"):
        office.safekeeping.is_behind()
    assert "磁盘读写出错" in office.safekeeping.catch_up()
