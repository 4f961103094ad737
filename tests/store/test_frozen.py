"""整年只供查看: what is frozen is not changed by anything, and everything else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record
from perfdesk.store import Store

OLD = Record("old", "national-2020-project-self", 2020, values={"project_name": "普法经费"})
NEW = replace(OLD, id="new", year=2021)
GONE = replace(OLD, id="gone")


def _now() -> datetime:
    return datetime(2021, 1, 4, 9, 30)  # noqa: DTZ001 - the moment is stored as given


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "office.db", now=_now) as store:
        store.save_many((OLD, NEW, GONE))
        store.trash("gone")
        store.freeze(2020, on=True)
    return tmp_path / "office.db"


CHANGES: tuple[Callable[[Store], object], ...] = (
    lambda store: store.save(replace(OLD, values={"project_name": "别的"})),
    lambda store: store.save(replace(OLD, id="another")),
    lambda store: store.save_many((NEW, replace(OLD, id="another"))),
    lambda store: store.trash("old"),
    lambda store: store.trash("new", "old"),
    lambda store: store.restore("gone"),
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_frozen_year_is_only_looked_at(path: Path, change: Callable[[Store], object]) -> None:
    with Store.open(path, now=_now) as store:
        before = store.load_all(), store.trashed()
        with pytest.raises(UserError, match="2020 年只供查看"):
            change(store)
        assert (store.load_all(), store.trashed()) == before


@pytest.mark.parametrize("change", CHANGES)
def test_after_the_thaw_everything_goes_on(path: Path, change: Callable[[Store], object]) -> None:
    with Store.open(path, now=_now) as store:
        store.freeze(2020, on=False)
        assert store.frozen_years() == frozenset()
        before = store.load_all(), store.trashed()
        change(store)
        assert (store.load_all(), store.trashed()) != before


def test_the_other_years_go_on(path: Path) -> None:
    with Store.open(path, now=_now) as store:
        store.save(replace(NEW, bureau="青山县司法局"))
        store.trash("new")
        assert {one.id for one in store.trashed()} == {"gone", "new"}


def test_frozen_years_are_kept_in_the_file(path: Path) -> None:
    with Store.open(path, now=_now) as store:
        store.freeze(2019, on=True)
        store.freeze(2020, on=True)
    with Store.open(path, now=_now, read_only=True) as store:
        assert store.frozen_years() == {2019, 2020}
        with pytest.raises(UserError):
            store.freeze(2019, on=False)


def test_looking_at_a_frozen_year_leaves_the_file_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    with Store.open(path, now=_now) as store:
        assert store.load("old") == OLD
        assert store.load_year(2020) == (OLD,)
    assert path.read_bytes() == before
