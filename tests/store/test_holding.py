"""What would be lost and gained by going back to a backup, form by form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from perfdesk.errors import UserError
from perfdesk.model import Record, VersionKind
from perfdesk.store import Store, copy_to
from perfdesk.store.holding import Consequences, Difference, Fate, consequences, differences, holding, peek

Clock = Callable[[], datetime]
Form = Callable[..., Record]
OLD = Path(__file__).parents[1] / "old_databases"


@pytest.fixture
def then(store: Store, form: Form, tmp_path: Path) -> Path:
    """A backup with forms 1 to 6, the fifth of them in the 回收站."""
    store.save_many(form(number) for number in range(1, 7))
    store.trash("form-5")
    store.versions.keep(form(6), VersionKind.KEPT, name="送审稿")
    target = tmp_path / "then.db"
    copy_to(store.path, target)
    return target


def _fates(found: tuple[Difference, ...]) -> dict[str, Fate]:
    return {one.id: one.fate for one in found}


def test_every_form_has_its_fate(store: Store, then: Path, form: Form, clock: Clock) -> None:
    store.save(replace(form(2), bureau="另一个司法局", values={**form(2).values, "agency": ""}))
    store.trash("form-3")
    store.restore("form-5")
    store.save(form(7))
    store.versions.keep(form(6), VersionKind.SUBMITTED)
    found = differences(peek(then, store.path.parent, now=clock), holding(store))
    assert _fates(found) == {
        "form-2": Fate.CHANGES,
        "form-3": Fate.OUT_OF_BIN,
        "form-5": Fate.INTO_BIN,
        "form-6": Fate.STAYS,
        "form-7": Fate.GOES,
        "form-1": Fate.STAYS,
        "form-4": Fate.STAYS,
    }
    assert [one.id for one in found if one.differs] == ["form-2", "form-3", "form-6", "form-5", "form-7"]
    assert consequences(found) == Consequences(comes=1, changes=1, cells=2, goes=2, versions=1, submitted=1)
    sent = next(one for one in found if one.id == "form-6")
    assert (sent.lost, sent.lost_submitted) == (1, 1)
    assert sent.shown.record == form(6)


def test_a_form_that_is_gone_for_good_comes_back(store: Store, then: Path, clock: Clock) -> None:
    now = {key: held for key, held in holding(store).items() if key != "form-1"}
    found = differences(peek(then, store.path.parent, now=clock), now)
    assert _fates(found)["form-1"] is Fate.COMES
    assert consequences(found).comes == 1


def test_nothing_differs_right_after_a_backup(store: Store, then: Path, clock: Clock) -> None:
    found = differences(peek(then, store.path.parent, now=clock), holding(store))
    assert consequences(found).nothing
    assert not any(one.differs for one in found)


@pytest.mark.parametrize("name", sorted(one.name for one in OLD.glob("*.db")))
def test_a_backup_of_an_older_version_is_looked_at_without_being_touched(
    name: str, tmp_path: Path, clock: Clock
) -> None:
    before = (OLD / name).read_bytes()
    assert peek(OLD / name, tmp_path, now=clock)
    assert (OLD / name).read_bytes() == before
    assert not [*tmp_path.iterdir()]


def test_a_backup_that_is_gone_is_named(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(UserError, match=r"没有找到.*gone\.db"):
        peek(tmp_path / "gone.db", tmp_path, now=clock)


def test_a_form_that_is_nowhere_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="nowhere"):
        _ = Difference("form-1", None, None, Fate.STAYS).shown
