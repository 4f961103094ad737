"""What backups there are, by their names, and which of them may go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.store.backups import BEFORE, DAYS, WEEKS, Backup, Reason, found, name_for, superfluous
from perfdesk.store.backupstate import State, file_of, folder_of, read_state, write_state

NINE = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001 - the clock on the wall


def backup(number: int, moment: datetime = NINE, reason: Reason = Reason.DAILY) -> Backup:
    return Backup(Path(name_for("perfdesk", moment, number, reason)), moment, reason, number, 4096)


def put(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"x" * 7)


@pytest.mark.parametrize("reason", Reason)
def test_a_name_tells_moment_number_and_reason(tmp_path: Path, reason: Reason) -> None:
    path = tmp_path / "perfdesk.db"
    put(folder_of(path), name_for("perfdesk", NINE, 123, reason))
    assert found(path) == (
        Backup(tmp_path / "备份" / f"perfdesk-20261121-0930-000123-{reason.value}.db", NINE, reason, 123, 7),
    )


@pytest.mark.parametrize(
    "name",
    [
        "perfdesk-20261121-0930-000123-每天.db.part",  # half written
        "perfdesk-20261121-0930-000123-也许.db",
        "perfdesk-20260231-0930-000123-每天.db",
        "perfdesk-20261121-0930-123-每天.db",
        "perfdesk2-20261121-0930-000123-每天.db",  # of the data file beside ours
        "perfdesk.json",
        "说明.txt",
    ],
)
def test_other_files_in_the_folder_are_no_backups(tmp_path: Path, name: str) -> None:
    path = tmp_path / "perfdesk.db"
    put(folder_of(path), name)
    assert found(path) == ()


def test_the_number_decides_what_is_newer_whatever_the_clock_said(tmp_path: Path) -> None:
    path = tmp_path / "perfdesk.db"
    late, back = datetime(2045, 1, 1), datetime(2019, 5, 1)  # noqa: DTZ001 - clocks that are wrong
    put(folder_of(path), name_for("perfdesk", late, 8, Reason.DAILY), name_for("perfdesk", back, 9, Reason.DAILY))
    assert [one.number for one in found(path)] == [9, 8]


def test_the_second_place_counts_too_and_may_be_away(tmp_path: Path) -> None:
    path, stick = tmp_path / "perfdesk.db", tmp_path / "stick" / "copies"
    one, two = name_for("perfdesk", NINE, 1, Reason.DAILY), name_for("perfdesk", NINE, 2, Reason.DAILY)
    put(folder_of(path), one, two)
    put(stick, one)
    write_state(path, State(second=stick))
    assert [(each.number, each.elsewhere) for each in found(path)] == [(2, False), (1, False), (1, True)]
    stick.rename(tmp_path / "elsewhere")
    assert [(each.number, each.elsewhere) for each in found(path)] == [(2, False), (1, False)]


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert found(tmp_path / "perfdesk.db") == ()
    assert not folder_of(tmp_path / "perfdesk.db").exists()


def numbers(backups: Iterable[Backup]) -> list[int]:
    return sorted(one.number for one in backups)


def each_day(count: int, first: datetime = NINE) -> list[Backup]:
    return [backup(number, first + timedelta(days=number - 1)) for number in range(1, count + 1)]


def test_fourteen_days_eight_weeks_and_every_year_stay() -> None:
    made = each_day(2 * 365, datetime(2025, 1, 1, 9, 0))  # noqa: DTZ001 - the clock on the wall
    gone = {one.number for one in superfluous(made)}
    kept = [one.moment.date() for one in made if one.number not in gone]
    assert kept[-DAYS:] == [date(2026, 12, 31) - timedelta(days=back) for back in range(13, -1, -1)]
    weekly = [one for one in kept[:-DAYS] if one.year == 2026]
    assert weekly == [date(2026, 11, 15) + timedelta(weeks=week) for week in range(5)]  # and three among the days
    assert kept[: -DAYS - 5] == [date(2025, 12, 31)]


def test_the_last_one_of_a_day_stands_for_it() -> None:
    made = [backup(number, NINE.replace(hour=8 + number)) for number in range(1, 5)]
    assert numbers(superfluous(made)) == [1, 2, 3]


def test_one_that_was_asked_for_outlives_its_day_being_stood_for_by_another() -> None:
    made = [backup(1), backup(2, reason=Reason.ASKED), backup(3)]
    assert numbers(superfluous(made)) == [1]


def test_ten_of_those_before_something_stay_and_crowd_out_no_regular_one() -> None:
    made = [backup(1), *(backup(number, reason=Reason.REPLACE) for number in range(2, 15))]
    assert numbers(superfluous(made)) == [2, 3, 4]


@given(
    st.lists(
        st.tuples(
            st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1)),  # noqa: DTZ001 - the clock on the wall
            st.sampled_from(Reason),
        ),
        max_size=80,
    )
)
def test_thinning_keeps_the_newest_and_is_done_at_once(told: list[tuple[datetime, Reason]]) -> None:
    made = [backup(number, moment, reason) for number, (moment, reason) in enumerate(told, 1)]
    gone = superfluous(made)
    left = [one for one in made if one not in gone]
    assert superfluous(left) == ()
    assert left[-1:] == made[-1:]
    regular = [one for one in made if one.reason.is_regular]
    assert {one.moment.year for one in left if one.reason.is_regular} == {one.moment.year for one in regular}
    years = len({one.moment.year for one in regular})
    assert len(left) <= DAYS + WEEKS + BEFORE + years


def test_the_state_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "perfdesk.db"
    state = State(tmp_path / "U 盘", NINE, "磁盘已满。", "不在。", 17)
    assert read_state(path) == State()
    write_state(path, state)
    assert read_state(path) == state
    write_state(path, State())
    assert read_state(path) == State()
    assert [one.name for one in folder_of(path).iterdir()] == ["perfdesk.json"]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"second": 3', "\udcff"])
def test_a_state_that_cannot_be_read_is_said_and_not_taken_for_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "perfdesk.db"
    folder_of(path).mkdir()
    file_of(path).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert "请在“备份”里重新选一次" in read_state(path).second_trouble


def test_a_state_that_cannot_be_written_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "perfdesk.db"
    folder_of(path).write_bytes(b"a file where the folder should be")
    with pytest.raises(UserError, match="备份"):
        write_state(path, State())
