"""After a crash the store says what the session before had changed; after a session that was closed it says nothing."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.model import Record, VersionKind
from perfdesk.store import Store
from perfdesk.store.journal import journal_beside, read_journal

Form = Callable[..., Record]
Clock = Callable[[], datetime]
Change = Callable[[Store, Record], object]


def crashed(store: Store, *, notes: int = 0) -> Path:
    """Leave the data file as a crash would: as it stands now, lock file and journal beside it. Returns the copy.

    A crash after the journal took ``notes`` more lines is waited for.
    """
    journal = journal_beside(store.path)
    deadline = time.monotonic() + 10
    while notes and len(read_journal(journal).notes) < notes:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    folder = store.path.with_name("after the crash")
    folder.mkdir()
    for name in (store.path.name, f"{store.path.name}.lock", f"{store.path.name}.edits"):
        shutil.copy(store.path.with_name(name), folder / name)
    return folder / store.path.name


@pytest.fixture
def office(path: Path, clock: Clock, form: Form) -> Store:
    """Three forms of earlier days."""
    with Store.open(path, now=clock) as store:
        store.save_many([form(1), form(2), form(3)])
    return Store.open(path, now=clock)


def changed(record: Record, name: str) -> Record:
    return replace(record, values={**record.values, "project_name": name})


def test_what_was_changed_is_said_the_last_form_first(office: Store, clock: Clock, form: Form) -> None:
    with office:
        office.save(changed(form(1), "普法经费"))
        office.save(changed(form(2), "人民调解"))
        last = office.save(replace(changed(form(1), "普法宣传经费"), bureau="青山县司法局"))
        path = crashed(office)
    with Store.open(path, now=clock) as after:
        first, second = after.recovered()
        assert (first.entry.id, first.cells, first.moment) == ("form-1", 2, last)
        assert (second.entry.project_name, second.cells) == ("人民调解", 1)
    with Store.open(path, now=clock) as again:
        assert again.recovered() == ()


def test_what_was_not_yet_saved_is_taken_over(office: Store, clock: Clock, form: Form) -> None:
    with office:
        office.note(changed(form(1), "普法"), form(1))
        office.note(changed(form(1), "普法经费"))
        office.save(changed(form(2), "人民调解"))
        path = crashed(office, notes=6)
    with Store.open(path, now=clock) as after:
        assert [(one.entry.project_name, one.cells) for one in after.recovered()] == [("普法经费", 1), ("人民调解", 1)]
        assert after.load("form-1") == changed(form(1), "普法经费")
        assert after.lost_edits() == ()


def test_what_went_on_elsewhere_is_not_written_over(office: Store, clock: Clock, form: Form) -> None:
    with office:
        office.note(changed(form(1), "普法"), changed(form(1), "另一台电脑上的"))
        path = crashed(office, notes=4)
    with Store.open(path, now=clock) as after:
        assert after.recovered() == ()
        assert after.load("form-1") == form(1)
        assert [one.follows for one in after.lost_edits()] == [False]


def test_after_a_proper_end_nothing_is_said(office: Store, clock: Clock, form: Form, path: Path) -> None:
    with office:
        office.save(changed(form(1), "普法经费"))
    with Store.open(path, now=clock) as after:
        assert after.recovered() == ()


def change_and_delete(store: Store, record: Record) -> None:
    store.save(changed(record, "普法经费"))
    store.trash(record.id)


NOTHING_TO_SAY: tuple[Change, ...] = (
    lambda store, _one: store.load_all(),
    lambda store, one: store.save(one),
    lambda store, one: store.save(replace(one, id="new")),
    lambda store, one: (store.save(changed(one, "普法经费")), store.save(one)),
    change_and_delete,
    lambda store, one: store.versions.keep(one, VersionKind.KEPT),
)


@pytest.mark.parametrize("change", NOTHING_TO_SAY)
def test_nothing_changed_nothing_said(office: Store, clock: Clock, form: Form, change: Change) -> None:
    with office:
        change(office, form(1))
        path = crashed(office)
    with Store.open(path, now=clock) as after:
        assert after.recovered() == ()


def test_changes_by_other_ways_count_too(office: Store, clock: Clock, form: Form) -> None:
    with office:
        office.save_many([changed(form(1), "普法经费"), form(2)])
        office.versions.keep(changed(form(3), "人民调解"), VersionKind.KEPT)
        path = crashed(office)
    with Store.open(path, now=clock) as after:
        assert {one.entry.id for one in after.recovered()} == {"form-1", "form-3"}


def test_a_new_form_is_compared_with_what_it_began_with(office: Store, clock: Clock, form: Form) -> None:
    with office:
        for name in ("", "普法", "普法经费"):
            office.save(changed(replace(form(1), id="new"), name))
        path = crashed(office)
    with Store.open(path, now=clock) as after:
        assert [(one.entry.id, one.cells) for one in after.recovered()] == [("new", 1)]


def test_a_backup_of_an_open_file_is_no_crash(office: Store, clock: Clock, form: Form) -> None:
    copy = office.path.with_name("backup.db")
    with office:
        office.save(changed(form(1), "普法经费"))
        office.copy_to(copy)
    with Store.open(copy, now=clock) as opened:
        assert opened.recovered() == ()


def test_who_only_looks_leaves_it_for_the_next_one(office: Store, clock: Clock, form: Form) -> None:
    with office:
        office.save(changed(form(1), "普法经费"))
        path = crashed(office)
    with Store.open(path, now=clock, read_only=True) as looked:
        assert looked.recovered() == ()
    with Store.open(path, now=clock) as after:
        assert [one.cells for one in after.recovered()] == [1]


WRITER = """
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from perfdesk.store import Store
store = Store.open(Path(sys.argv[1]), now=datetime.now)
one = store.load("form-1")
store.save(replace(one, values={**one.values, "project_name": "普法经费", "agency": "青山县司法局"}))
print("saved", flush=True)
sys.stdin.readline()
"""


def test_a_program_that_is_killed(office: Store, path: Path, start: Callable[..., subprocess.Popen[str]]) -> None:
    office.close()
    with start(WRITER, path) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline().strip() == "saved"
        writer.kill()
    with Store.open(path, now=datetime.now) as after:
        (only,) = after.recovered()
        assert (only.entry.project_name, only.cells) == ("普法经费", 2)


def left_behind(office: Store, clock: Clock, form: Form) -> Store:
    """A store that was closed properly with an edit in its journal that it never got, opened again."""
    with office:
        office.note(changed(form(1), "没存上的"), form(1))
    return Store.open(office.path, now=clock)


def test_what_a_proper_end_left_behind_can_be_taken(office: Store, clock: Clock, form: Form) -> None:
    with left_behind(office, clock, form) as after:
        after.take_lost(after.lost_edits(before=True))
        assert after.load("form-1") == changed(form(1), "没存上的")
        (kept,) = after.versions.of("form-1")
        assert after.versions.record_of(kept.id) == form(1)
    with Store.open(office.path, now=clock) as later:
        assert later.lost_edits() == ()


def test_what_a_proper_end_left_behind_can_be_dropped(office: Store, clock: Clock, form: Form) -> None:
    with left_behind(office, clock, form) as after:
        after.drop_lost(after.lost_edits(before=True))
        assert after.load("form-1") == form(1)
    with Store.open(office.path, now=clock) as later:
        assert later.lost_edits() == ()


def test_a_form_that_the_file_does_not_have_can_be_taken_or_dropped(office: Store, clock: Clock, form: Form) -> None:
    with office:
        office.note(form(8))
        office.note(form(9))
    with Store.open(office.path, now=clock) as after:
        eight, nine = after.lost_edits(before=True)
        after.take_lost((eight,))
        after.drop_lost((nine,))
    with Store.open(office.path, now=clock) as later:
        assert later.lost_edits() == ()
        assert later.load("form-8") == form(8)
        assert "form-9" not in [one.id for one in later.entries()]


def test_what_is_being_typed_now_is_not_left_behind(office: Store, clock: Clock, form: Form) -> None:
    with left_behind(office, clock, form) as after:
        after.note(changed(form(2), "正在填"), form(2))
        assert [one.record.id for one in after.lost_edits(before=True)] == ["form-1"]


def test_who_only_looks_decides_nothing_about_the_journal(office: Store, clock: Clock, form: Form) -> None:
    left_behind(office, clock, form).close()
    with Store.open(office.path, now=clock, read_only=True) as looked:
        (lost,) = looked.lost_edits(before=True)
        looked.drop_lost((lost, lost._replace(stored=None)))
        looked.tell_of_journal(print)
    with Store.open(office.path, now=clock) as later:
        assert later.lost_edits() == (lost,)
