"""改动流水: every committed change is on the disk before the next second, whole or not at all, and tells what the store lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.model import Indicator, Record
from perfdesk.store import journal as room
from perfdesk.store.journal import Journal, append, journal_beside, last_number, read_journal
from perfdesk.store.recovery import lost_edits

Form = Callable[..., Record]
Clock = Callable[[], datetime]
FULL = OSError(errno.ENOSPC, "No space left on device")


def typed(record: Record, text: str) -> Record:
    return replace(record, values={**record.values, "goal_actual": text})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return journal_beside(tmp_path / "perfdesk.db")


@pytest.fixture
def journal(file: Path, clock: Clock) -> Iterator[Journal]:
    made = Journal(file, now=clock)
    yield made
    made.close()


def last(file: Path) -> dict[str, Record | None]:
    return {note.record_id: note.record for note in read_journal(file).notes}


def test_each_change_is_a_line_on_the_disk(journal: Journal, file: Path, form: Form) -> None:
    assert not file.exists()
    for text in ("受理", "受理法律援助", "受理法律援助 231 件"):
        journal.note(typed(form(1), text), before=form(1))
        assert journal.settle()
    notes, damaged = read_journal(file)
    assert [note.record for note in notes] == [
        typed(form(1), one) for one in ("受理", "受理法律援助", "受理法律援助 231 件")
    ]
    assert damaged == 0
    assert [note.was for note in notes[1:]] == [note.state for note in notes[:-1]]
    whole, *changes = file.read_bytes().splitlines()
    assert all(len(line) < len(whole) / 5 for line in changes)


def test_the_same_form_twice_is_one_line(journal: Journal, file: Path, form: Form) -> None:
    journal.note(form(1))
    journal.note(form(1))
    journal.note(replace(form(1), values=dict(reversed(list(form(1).values.items())))))
    assert journal.settle()
    assert len(read_journal(file).notes) == 1


def test_only_its_owner_may_read_it(journal: Journal, file: Path, form: Form) -> None:
    journal.note(form(1))
    assert journal.settle()
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("cut", [1, 7, 40, -1])
def test_a_torn_last_line_counts_for_nothing(journal: Journal, file: Path, form: Form, cut: int, clock: Clock) -> None:
    journal.note(form(1))
    assert journal.settle()
    whole = file.stat().st_size
    journal.note(typed(form(1), "受理 231 件"))
    journal.close()
    size = file.stat().st_size
    with file.open("r+b") as torn:
        torn.truncate(whole + cut if cut > 0 else size - 1 + cut)
    assert read_journal(file) == (read_journal(file).notes[:1], 0)
    again = Journal(file, now=clock)
    again.note(typed(form(1), "另起一行"))
    again.close()
    notes, damaged = read_journal(file)
    assert [note.record for note in notes] == [form(1), typed(form(1), "另起一行")]
    assert damaged == 1  # the torn one is not the last any more


def test_a_line_that_lost_only_its_end_is_whole(journal: Journal, file: Path, form: Form) -> None:
    journal.note(form(1))
    journal.close()
    file.write_bytes(file.read_bytes().removesuffix(b"\n"))
    assert read_journal(file).notes[0].record == form(1)


def test_a_spoilt_line_ends_its_form_until_the_whole_form_comes(
    journal: Journal, file: Path, form: Form, clock: Clock
) -> None:
    for text in ("一", "二", "三"):
        journal.note(typed(form(1), text))
    journal.note(form(2))
    journal.close()
    lines = file.read_bytes().splitlines(keepends=True)
    lines[1] = lines[1].replace("二".encode(), "𠮷".encode())
    file.write_bytes(b"".join(lines))
    notes, damaged = read_journal(file)
    assert [note.record for note in notes] == [typed(form(1), "一"), form(2)]
    assert damaged == 2  # the spoilt one, and the one that builds on it
    later = Journal(file, now=clock)
    later.note(typed(form(1), "四"))
    later.close()
    assert last(file)["form-1"] == typed(form(1), "四")


def test_a_full_disk_is_told_once_and_nothing_is_lost(
    journal: Journal, file: Path, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[UserError] = []
    journal.on_trouble = told.append
    journal.note(form(1))
    assert journal.settle()
    before = file.read_bytes()
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:10]) if len(data) > 10 else _full())
    journal.note(typed(form(1), "磁盘满了"))
    assert not journal.settle(0.3)
    assert "磁盘已满" in str(told[0])
    assert str(file) in str(told[0])
    assert file.read_bytes() == before
    monkeypatch.undo()
    journal.note(form(2))
    assert journal.settle()
    assert last(file) == {"form-1": typed(form(1), "磁盘满了"), "form-2": form(2)}


def _full() -> int:
    raise FULL


def test_closing_on_a_full_disk_ends(journal: Journal, file: Path, form: Form, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[UserError] = []
    journal.on_trouble = told.append
    monkeypatch.setattr(os, "fsync", lambda _handle: _full())
    journal.note(form(1))
    journal.close()
    journal.close()
    assert told
    assert file.read_bytes() == b""


def test_after_a_backup_it_begins_anew_and_keeps_the_one_before(journal: Journal, file: Path, form: Form) -> None:
    journal.note(form(1))
    journal.begin_anew()
    assert not file.exists()
    assert last(file) == {"form-1": form(1)}
    journal.note(typed(form(1), "备份以后"), before=form(1))
    assert journal.settle()
    notes = read_journal(file).notes
    assert [note.record for note in notes] == [form(1), typed(form(1), "备份以后")]
    assert notes[1].was == notes[0].state
    journal.begin_anew()
    journal.begin_anew()  # nothing new: the one before stays
    assert last(file) == {"form-1": typed(form(1), "备份以后")}


def test_it_stays_bounded(file: Path, form: Form, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LIMIT", 40_000)
    first = Journal(file, now=clock)
    first.note(form(1))
    first.note(form(9))
    first.note_deleted("form-9")
    first.close()
    second = Journal(file, now=clock)
    for number in range(300):
        second.note(typed(form(2), "长" * 100 + str(number)))
        assert second.settle()
    second.close()
    assert file.stat().st_size < 50_000
    assert last(file) == {"form-1": form(1), "form-2": typed(form(2), "长" * 100 + "299")}
    assert read_journal(file).damaged == 0


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(UserError, match=file.name):
        read_journal(file)


def test_appending_is_all_or_nothing(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    append(file, b"one\n")
    monkeypatch.setattr(os, "fsync", lambda _handle: _full())
    with pytest.raises(OSError, match="No space"):
        append(file, b"two\n")
    assert file.read_bytes() == b"one\n"


# ---------------------------------------------------------------------------------------------- what the store lost


def lost(file: Path, *stored: Record, saved: int = 0) -> list[tuple[str, int, bool]]:
    there = {one.id: one for one in stored}
    found = lost_edits(read_journal(file).notes, {"form-1": saved}, there.get)
    return [(one.record.value("goal_actual"), one.places, one.follows) for one in found]


def test_what_is_stored_as_it_stood_last_is_not_lost(journal: Journal, file: Path, form: Form) -> None:
    journal.note(typed(form(1), "甲"), before=form(1))
    journal.note(typed(form(1), "乙"))
    journal.note(typed(form(1), "甲"))
    journal.close()
    assert lost(file, typed(form(1), "甲")) == []


@pytest.mark.parametrize(("saved", "stored"), [(0, ""), (1, "甲"), (2, "乙")])
def test_what_came_after_the_last_saving_is_told(
    journal: Journal, file: Path, form: Form, saved: int, stored: str
) -> None:
    before = typed(form(1), "")
    journal.note(typed(form(1), "甲"), before=before)
    journal.note(typed(form(1), "乙"))
    journal.note(typed(form(1), "丙"))
    journal.close()
    assert lost(file, typed(form(1), stored), saved=saved) == [("丙", 1, True)]


def test_a_journal_behind_the_store_takes_nothing_back(journal: Journal, file: Path, form: Form) -> None:
    """The store was saved with a later change, which the journal did not write any more."""
    journal.note(typed(form(1), "甲"), before=form(1))
    later = journal.number_of(form(1))
    journal.close()
    notes = read_journal(file).notes
    assert later == notes[-1].number + 1
    assert lost_edits(notes, {"form-1": later}, lambda _key: form(1)) == ()


def test_the_numbers_go_on_in_the_next_session(journal: Journal, file: Path, form: Form, clock: Clock) -> None:
    journal.note(form(1))
    assert journal.number_of(form(1)) == 1
    journal.close()
    again = Journal(file, now=clock, first=last_number(file) + 1)
    assert again.number_of(form(1)) == 2
    again.close()


def test_a_form_that_went_on_elsewhere_does_not_follow(journal: Journal, file: Path, form: Form) -> None:
    journal.note(typed(form(1), "甲"), before=form(1))
    journal.close()
    assert lost(file, typed(form(1), "别的电脑上填的")) == [("甲", 1, False)]


def test_a_form_the_store_does_not_have_is_lost_unless_it_was_deleted(journal: Journal, file: Path, form: Form) -> None:
    journal.note(typed(form(1), "甲"))
    journal.note(form(2))
    journal.note_deleted("form-2")
    journal.close()
    assert lost(file) == [("甲", 0, True)]


EDITS = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(("", "72件", "𬭎\ud800", "第一行\n第二行"))), max_size=12)


@settings(deadline=None, max_examples=40)  # each example syncs a file
@given(edits=EDITS, saved=st.integers(0, 12))
def test_whatever_was_typed_comes_back(
    tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, str]], saved: int
) -> None:
    """The store stopped at some edit; the journal brings every form to its last one."""
    file = journal_beside(tmp_path_factory.mktemp("j") / "perfdesk.db")
    journal = Journal(file, now=datetime.now)
    forms = {f"form-{n}": Record(f"form-{n}", "t", 2024, indicators=(Indicator("产出指标"),)) for n in range(3)}
    stored, numbers = dict(forms), dict[str, int]()
    for turn, (which, text) in enumerate(edits):
        before = forms[f"form-{which}"]
        rows = (*before.indicators, Indicator(name=text)) if turn % 3 else before.indicators[1:]
        after = replace(typed(before, f"{text}{turn}"), indicators=rows)
        forms[after.id] = after
        journal.note(after, before=before)
        if turn < saved:
            stored[after.id], numbers[after.id] = after, journal.number_of(after)
    journal.close()
    back = {one.record.id: one for one in lost_edits(read_journal(file).notes, numbers, stored.get)}
    assert {**stored, **{key: one.record for key, one in back.items()}} == forms
    assert all(one.follows for one in back.values())
