"""Versions: kept whole, never changed, and what 上报 means for the form."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.errors import UserError
from perfdesk.fingerprint import fingerprint
from perfdesk.model import Answer, FundRow, Indicator, ListRow, Record, Section, VersionKind
from perfdesk.snapshots import read_snapshot, write_snapshot
from perfdesk.store import Store, StoreReadOnly

Form = Callable[..., Record]
KEPT, SUBMITTED, RETURNED = VersionKind.KEPT, VersionKind.SUBMITTED, VersionKind.RETURNED


def changed(record: Record, name: str) -> Record:
    return replace(record, values={**record.values, "project_name": name})


def test_a_version_stays_what_it_was_while_the_form_goes_on(store: Store, form: Form) -> None:
    first = form(1)
    kept = store.versions.keep(first, KEPT, note=" 分值合计 130 ")
    assert (kept.name, kept.note, kept.code, kept.record_id) == ("送审稿", "分值合计 130", fingerprint(first), first.id)
    store.save(changed(first, "另一个名字"))
    later = store.versions.keep(changed(first, "第三个名字"), KEPT, name="局长看过")
    assert store.versions.of(first.id) == (later, kept)
    assert store.versions.record_of(kept.id) == first
    assert store.load(first.id).value("project_name") == "第三个名字"
    assert store.versions.of("form-2") == ()
    assert store.versions.all() == (later, kept)


def test_a_submitted_form_takes_no_change_until_it_is_sent_back(store: Store, form: Form) -> None:
    record = form(1)
    version = store.versions.keep(record, SUBMITTED)
    assert store.versions.submitted() == {record.id: version}
    assert version.label == "上报版 2026-03-18"
    store.save(record)
    for other in (changed(record, "改过"), replace(record, bureau="别的局"), replace(record, funds=record.funds[:1])):
        with pytest.raises(UserError, match="本表已上报，改动没有存上。要改请先“退回修改”。"):
            store.save(other)
    with pytest.raises(UserError, match="本表已上报"):
        store.versions.keep(changed(record, "改过"), KEPT)
    assert store.load(record.id) == record
    assert store.versions.of(record.id) == (version,)
    store.versions.keep(record, RETURNED, note="财政局要求改分值")
    assert store.versions.submitted() == {}
    store.save(changed(record, "改过"))
    again = store.versions.keep(changed(record, "改过"), SUBMITTED)
    assert store.versions.submitted() == {record.id: again}
    assert again.code != version.code


def test_a_form_is_sent_back_with_what_it_holds_by_then(store: Store, form: Form) -> None:
    """A 汇总表 follows its year on the screen even when it is locked."""
    store.versions.keep(form(1), SUBMITTED)
    store.versions.keep(changed(form(1), "第二个名字"), RETURNED)
    assert store.load("form-1").value("project_name") == "第二个名字"


def test_a_version_kept_after_the_submission_does_not_unlock_it(store: Store, form: Form) -> None:
    store.versions.keep(form(1), SUBMITTED)
    store.versions.keep(form(1), KEPT)
    assert list(store.versions.submitted()) == ["form-1"]


@pytest.mark.parametrize("statement", ["UPDATE version SET content = '{}'", "DELETE FROM version"])
def test_the_data_file_itself_keeps_what_was_submitted(
    statement: str, path: Path, clock: Callable[[], datetime], form: Form
) -> None:
    with Store.open(path, now=clock) as store:
        store.versions.keep(form(1), SUBMITTED)
    with (
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=r"kept|never changed"),
    ):
        connection.execute(statement)


def test_a_version_of_another_kind_may_go_but_never_change(
    path: Path, clock: Callable[[], datetime], form: Form
) -> None:
    with Store.open(path, now=clock) as store:
        store.versions.keep(form(1), KEPT)
    with closing(sqlite3.connect(path)) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute("UPDATE version SET note = 'x'")
        connection.execute("DELETE FROM version")


def test_a_form_that_could_not_be_saved_leaves_no_version(
    store: Store, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise UserError("磁盘已满")

    monkeypatch.setattr(store.versions, "_save", full)
    with pytest.raises(UserError, match="磁盘已满"):
        store.versions.keep(form(1), KEPT)
    assert store.versions.of("form-1") == ()


def test_several_forms_are_kept_all_or_none(store: Store, form: Form) -> None:
    first, second = store.versions.keep_all((form(1), form(2)), SUBMITTED, note="一起上报")
    assert (first.record_id, second.record_id, second.note) == ("form-1", "form-2", "一起上报")
    assert set(store.versions.submitted()) == {"form-1", "form-2"}
    changed = replace(form(2), year=form(2).year + 1)
    with pytest.raises(UserError, match="已上报"):
        store.versions.keep_all((form(3), changed), KEPT)
    assert store.versions.of("form-3") == ()


def test_nothing_is_kept_where_the_file_is_only_looked_at(
    path: Path, clock: Callable[[], datetime], form: Form
) -> None:
    with Store.open(path, now=clock) as store:
        version = store.versions.keep(form(1), SUBMITTED)
    with Store.open(path, now=clock, read_only=True) as looking:
        assert looking.versions.record_of(version.id) == form(1)
        with pytest.raises(StoreReadOnly):
            looking.versions.keep(form(1), KEPT)


def test_a_version_that_is_gone_is_told(store: Store) -> None:
    with pytest.raises(UserError, match="这个版本不在了"):
        store.versions.record_of(77)


texts = st.text(st.characters(codec=None), max_size=8)
forms = st.builds(
    Record,
    id=texts,
    template_id=texts,
    year=st.integers(1949, 2999),
    bureau=texts,
    values=st.dictionaries(texts, texts, max_size=3),
    stated=st.dictionaries(texts, texts, max_size=2),
    funds=st.lists(st.builds(FundRow, label=texts, executed=texts), max_size=2).map(tuple),
    indicators=st.lists(st.builds(Indicator, name=texts, likelihood=texts), max_size=2).map(tuple),
    rows=st.lists(st.dictionaries(texts, texts, max_size=2).map(ListRow.of), max_size=2).map(tuple),
    sections=st.lists(
        st.builds(Section, st.integers(1, 3), texts, st.lists(texts, max_size=2).map(tuple)), max_size=2
    ).map(tuple),
    answers=st.lists(st.builds(Answer, texts, texts, texts, texts, texts), max_size=1).map(tuple),
    extra=texts,
)


@given(forms)
def test_a_form_comes_back_from_its_text_as_it_was(record: Record) -> None:
    assert read_snapshot(write_snapshot(record)) == record
