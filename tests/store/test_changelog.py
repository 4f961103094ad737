"""改动记录: every deed leaves a line, in the transaction of the deed; what another program alters is found and named."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record, VersionKind
from perfdesk.store import Store
from perfdesk.store.changelog import Break, Deed
from perfdesk.store.changes import Change

Form = Callable[..., Record]
GUARDS = ("change_is_never_changed", "change_is_never_deleted", "version_is_never_changed", "version_submitted_is_kept")


def meddle(path: Path, *statements: str) -> None:
    """What a person with another program could do: drop the guards, then change rows."""
    with closing(sqlite3.connect(path)) as other, other:
        for guard in GUARDS:
            other.execute(f"DROP TRIGGER {guard}")
        for one in statements:
            other.execute(one)


def corrected(record: Record) -> Record:
    return replace(record, values={**record.values, "agency": "某县公证处"})


@pytest.fixture
def worked(store: Store, form: Form) -> Store:
    """Two forms made, one corrected, kept and submitted, the other thrown away and taken back."""
    store.save_many((form(1), form(2)))
    store.save(corrected(form(1)))
    store.versions.keep(corrected(form(1)), VersionKind.SUBMITTED)
    store.trash("form-2")
    store.restore("form-2")
    return store


def test_every_deed_leaves_its_line(worked: Store) -> None:
    deeds = [(one.number, one.record_id, one.deed) for one in worked.history.all()]
    assert deeds == [
        (1, "form-1", Deed.MADE),
        (2, "form-2", Deed.MADE),
        (3, "form-1", Deed.EDITED),
        (4, "form-1", Deed.KEPT),
        (5, "form-2", Deed.TRASHED),
        (6, "form-2", Deed.TAKEN_BACK),
    ]
    edited = worked.history.of("form-1")[1]
    assert edited.changes == (Change(("values", "agency"), "某县法律援助中心", "某县公证处"),)
    moments = [one.moment for one in worked.history.all()]
    assert moments == sorted(moments)
    assert edited.moment > moments[0]
    assert [one.deed.words for one in worked.history.of("form-2")] == ["新建", "移到回收站", "从回收站取回"]


def test_what_changes_nothing_leaves_no_line(worked: Store, form: Form) -> None:
    before = worked.history.all()
    worked.save(form(2))
    worked.save_many((form(2),))
    assert worked.history.all() == before


def test_work_on_a_form_in_the_bin_takes_it_out_with_a_line_for_each(worked: Store, form: Form) -> None:
    worked.trash("form-2")
    worked.save(corrected(form(2)))
    assert [one.deed for one in worked.history.of("form-2")][-3:] == [Deed.TRASHED, Deed.TAKEN_BACK, Deed.EDITED]
    worked.trash("form-2")
    worked.save(corrected(form(2)))
    assert [one.deed for one in worked.history.of("form-2")][-2:] == [Deed.TRASHED, Deed.TAKEN_BACK]


def test_what_was_refused_leaves_no_line(worked: Store, form: Form) -> None:
    before = worked.history.all()
    with pytest.raises(UserError, match="已上报"):
        worked.save(form(1))
    with pytest.raises(UserError, match="没有编号"):
        worked.trash("form-2", "no-such")
    assert worked.history.all() == before


def test_odd_texts_are_logged_and_proved(store: Store, form: Form) -> None:
    odd = replace(form(1), id="a\ud800", values={"project_name": "𬭎\ud800", "agency": "=1"})
    store.save(odd)
    store.save(replace(odd, values={"project_name": "\ud83d"}))
    assert set(store.history.of("a\ud800")[1].changes) == {
        Change(("values", "project_name"), "𬭎\ud800", "\ud83d"),
        Change(("values", "agency"), "=1", None),
    }
    assert store.history.prove().broken is None


def test_an_untouched_file_is_proved(worked: Store) -> None:
    assert worked.history.prove() == (6, 2, None, None)


def test_a_form_from_before_the_log_is_proved_from_its_first_line_on(worked: Store, path: Path, form: Form) -> None:
    meddle(path, "DELETE FROM change", "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'change'")
    assert worked.history.prove() == (0, 0, None, None)
    worked.trash("form-2")
    assert worked.history.prove() == (1, 1, None, None)
    worked.save(corrected(form(2)))
    assert worked.history.prove() == (3, 1, None, None)


BREAKS = {
    "a text of a line": ("UPDATE change SET changes = '[]' WHERE id = 3", Break.LINE, 3),
    "its moment": ("UPDATE change SET moment = '2026-03-17T09:12:00' WHERE id = 5", Break.LINE, 5),
    "no line any more": ("UPDATE change SET deed = 'x' WHERE id = 5", Break.LINE, None),
    "a line taken out": ("DELETE FROM change WHERE id = 2", Break.LINE, 3),
    "the last lines": ("DELETE FROM change WHERE id > 4", Break.END, 4),
    "all lines": ("DELETE FROM change", Break.END, None),
    "a cell": ("UPDATE value SET text = '31' WHERE key = 'agency' AND record_id = 'form-1'", Break.FORM, 4),
    "a form": ("DELETE FROM record WHERE id = 'form-2'", Break.FORM, 2),
    "a version": ("UPDATE version SET content = replace(content, '公证处', '律所')", Break.VERSION, 4),
    "an 上报版": ("DELETE FROM version", Break.VERSION, 4),
}


@pytest.mark.parametrize(("statement", "kind", "number"), BREAKS.values(), ids=BREAKS)
def test_what_another_program_alters_is_found(
    worked: Store, path: Path, statement: str, kind: Break, number: int | None
) -> None:
    meddle(path, statement)
    proof = worked.history.prove()
    assert proof.broken is kind
    assert (proof.line.number if proof.line else None) == number


def test_another_version_may_go_with_its_form(worked: Store, path: Path, form: Form) -> None:
    worked.versions.keep(form(2), VersionKind.KEPT)
    meddle(path, "DELETE FROM version WHERE kind <> 'submitted'")
    assert worked.history.prove().broken is None


@pytest.mark.parametrize("statement", ["UPDATE change SET moment = ''", "DELETE FROM change"])
def test_the_file_itself_refuses(worked: Store, path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as other, pytest.raises(sqlite3.IntegrityError, match="only grows"):
        other.execute(statement)
    assert worked.history.prove().broken is None


def test_looking_reads_the_log(worked: Store, path: Path, clock: Callable[[], datetime]) -> None:
    with Store.open(path, now=clock, read_only=True) as looking:
        assert looking.history.all() == worked.history.all()
        assert looking.history.prove().broken is None
