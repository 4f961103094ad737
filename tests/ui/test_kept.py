"""各表的存稿: what was read in the background counts unless something changed meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.model import Record
from perfdesk.store import Store
from ui.kept import Kept

AID = Record("a", "t", 2024, values={"project_name": "法律援助"})
MEDIATION = Record("b", "t", 2024, values={"project_name": "人民调解"})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "a.db", now=datetime.now) as opened:
        opened.save_many((AID, MEDIATION))
        yield opened


def test_what_was_read_in_the_background_is_not_read_again(store: Store) -> None:
    kept = Kept()
    kept.take((AID, MEDIATION), age=kept.age)
    store.save(replace(AID, bureau="它不知道的改动"))
    kept.read(store, 2024, ("a", "b"))
    assert kept.get("a") == AID


def test_what_was_read_before_something_changed_does_not_count(store: Store) -> None:
    kept = Kept()
    age = kept.age
    kept.forget(("a",))
    kept.take((AID, MEDIATION), age=age)
    assert kept.get("a") is None
    changed = replace(AID, bureau="某县司法局")
    store.save(changed)
    kept.read(store, 2024, ("a", "b"))
    assert kept.get("a") == changed


def test_what_is_kept_stays(store: Store) -> None:
    kept = Kept()
    kept.read(store, 2024, ("a",))
    kept.take((replace(AID, bureau="读得早的"),), age=kept.age)
    assert kept.get("a") == AID
