"""页面设置 in the data file: kept beside the form, gone with it, read by older programs as if it were not there."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import datetime

import pytest

from perfdesk.errors import UserError
from perfdesk.fingerprint import fingerprint
from perfdesk.model import Record, VersionKind
from perfdesk.pagesetup import AS_DRAWN, PageSetup
from perfdesk.store import Store

Form = Callable[..., Record]
WIDE, LARGE = PageSetup(landscape=True), PageSetup(paper="A3", name=True)


def test_a_set_up_is_kept_beside_the_form_and_changes_nothing_of_it(store: Store, form: Form) -> None:
    record = form(1)
    moment, code = store.save(record), fingerprint(record)
    store.page_setups.choose({record.id: WIDE})
    assert store.page_setups.of((record.id, "form-2")) == {record.id: WIDE}
    assert (store.load(record.id), fingerprint(store.load(record.id))) == (record, code)
    assert store.entries()[0].changed == moment
    store.page_setups.choose({record.id: LARGE})
    assert store.page_setups.of((record.id,)) == {record.id: LARGE}
    store.page_setups.choose({record.id: AS_DRAWN})
    assert store.page_setups.of((record.id,)) == {}


def test_a_form_that_was_handed_in_or_is_frozen_may_be_printed_otherwise(store: Store, form: Form) -> None:
    record = form(1)
    store.versions.keep(record, VersionKind.SUBMITTED)
    store.freeze(record.year, on=True)
    store.page_setups.choose({record.id: WIDE})
    assert store.page_setups.of((record.id,)) == {record.id: WIDE}


def test_the_next_year_has_it_too(store: Store, form: Form) -> None:
    for number in (1, 2, 3):
        store.save(form(number))
    old, other, new = (form(number).id for number in (1, 2, 3))
    store.page_setups.choose({old: WIDE})
    store.page_setups.carry({old: new, other: "form-9"})
    assert store.page_setups.of((old, new, "form-9")) == {old: WIDE, new: WIDE}


def test_what_is_gone_for_good_takes_its_set_up_along(store: Store, form: Form) -> None:
    for number in (1, 2):
        store.save(form(number))
    gone, stays = form(1).id, form(2).id
    store.page_setups.choose({gone: WIDE, stays: WIDE})
    store.trash(gone)
    store.page_setups.choose({stays: LARGE})
    assert gone in store.page_setups.of((gone,)), "it may be taken out of the 回收站"
    with closing(sqlite3.connect(store.path)) as file:
        file.execute("PRAGMA foreign_keys = ON")
        file.execute("DELETE FROM record WHERE id = ?", (gone,))
        file.commit()
    store.page_setups.choose({stays: WIDE})
    assert store.page_setups.of((gone, stays)) == {stays: WIDE}
    assert store.frozen_years() == frozenset()


def test_where_nothing_can_be_written_it_is_said(store: Store, form: Form, clock: Callable[[], datetime]) -> None:
    store.save(form(1))
    with Store.open(store.path, now=clock, read_only=True) as looking, pytest.raises(UserError):
        looking.page_setups.choose({form(1).id: WIDE})


def test_a_data_file_is_opened_without_what_lays_forms_out(run: Callable[..., str]) -> None:
    """The window stands before the core is there; a page set-up must not bring it along."""
    code = "import sys, perfdesk.store; print(*(one for one in sys.modules if one.startswith('perfdesk.')))"
    loaded = set(run(code).split())
    assert "perfdesk.pagesetup" in loaded
    assert not {"perfdesk.layout", "perfdesk.sheet", "perfdesk.template", "perfdesk.scoring"} & loaded
