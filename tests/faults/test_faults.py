"""A short run of ``make faults``, and the words of all that it makes the program say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from perfdesk.store import keyfile
from tests.faults import damage, disks, document, judging, kills, locked_out, power, updating, window
from tests.faults.forms import edit_of, form
from tests.faults.ledger import Ledger, read
from tests.faults.nursery import Nursery
from tests.faults.outcome import Outcome, together

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kill -9 and fork are of POSIX")

FORBIDDEN = ("！", "抱歉", "非法", "无效", "失败", "异常", "系统")


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as opened:
        yield opened


def hold(outcome: Outcome) -> None:
    """Nothing lost, invented or left; each sentence names something and the next step."""
    assert outcome.clean, outcome
    assert outcome.skipped or outcome.rounds
    for sentence in outcome.said:
        assert "“" in sentence or "窗口" in sentence, sentence
        assert "请" in sentence or "可以" in sentence, sentence
        assert not any(word in sentence for word in FORBIDDEN), sentence
        assert ".restore-" not in sentence, sentence
        assert ".part" not in sentence, sentence


@pytest.mark.parametrize("work", kills.WORKS, ids=lambda one: one.job)
def test_kill(work: kills.Work, tmp_path: Path, nursery: Nursery) -> None:
    hold(kills.kill(work, tmp_path, nursery, rounds=3, seed=3))


@pytest.mark.parametrize("kind", disks.KINDS, ids=lambda one: one.name)
def test_a_disk_that_refuses(kind: disks.Kind, tmp_path: Path, nursery: Nursery) -> None:
    hold(disks.refuse(kind, kills.WORKS[0], tmp_path, nursery, moments=(4, 17)))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("updates")
    updating.prepare(folder)
    return folder


@pytest.mark.parametrize("errand", updating.ERRANDS, ids=lambda one: one.job)
def test_an_update_is_killed(errand: updating.Errand, base: Path, nursery: Nursery) -> None:
    hold(updating.kill(errand, base, nursery, rounds=4, seed=7))


@pytest.mark.parametrize("errand", updating.ERRANDS, ids=lambda one: one.job)
@pytest.mark.parametrize("kind", disks.KINDS, ids=lambda one: one.name)
def test_an_update_on_a_disk_that_refuses(
    kind: disks.Kind, errand: updating.Errand, base: Path, nursery: Nursery
) -> None:
    hold(updating.refuse(kind, errand, base, nursery, moments=(3, 29)))


@pytest.mark.parametrize("one", damage.DAMAGES, ids=lambda one: one.name)
def test_damage(one: damage.Damage, tmp_path: Path) -> None:
    hold(damage.strike(one, tmp_path, rounds=1, seed=2))


@pytest.mark.parametrize("name", damage.UNREAD)
def test_a_sector_that_never_reads_again(name: str, tmp_path: Path, nursery: Nursery) -> None:
    hold(damage.unreadable(name, tmp_path, nursery, rounds=2, seed=1))


@pytest.mark.parametrize("work", power.WORKS, ids=lambda one: one.job)
def test_power_cut(work: power.Work, tmp_path: Path, nursery: Nursery) -> None:
    hold(power.cut(work, tmp_path / "cut", nursery, states=6, seed=4))


def test_the_window_is_killed(tmp_path: Path, nursery: Nursery) -> None:
    hold(window.kill(tmp_path, nursery, rounds=2, seed=5))


@pytest.mark.parametrize("one", locked_out.DAMAGES, ids=lambda one: one.name)
def test_damage_with_a_password(one: damage.Damage, tmp_path: Path) -> None:
    shipped = keyfile.COSTS
    hold(locked_out.strike(one, tmp_path, rounds=1, seed=2))
    assert shipped == keyfile.COSTS, "later tests run in this process"


def test_from_outside(tmp_path: Path, nursery: Nursery) -> None:
    hold(damage.full_for_real(tmp_path / "full", nursery))
    hold(damage.taken_away(tmp_path / "away"))
    hold(damage.clock_set_back(tmp_path / "clock"))
    with Nursery() as other:
        hold(damage.two_windows(tmp_path / "two", nursery, other, rounds=1))


# ---------------------------------------------------------------------------------- the oracle itself can tell


def test_the_oracle_sees_what_is_lost_and_what_is_invented(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger")
    for edit in (1, 2, 3):
        ledger.begin("form-0", edit)
        ledger.acknowledge("form-0", min(edit, 2))
    ledger.say("磁盘已满")
    ledger.close()
    told = read(tmp_path / "ledger")
    assert (told.acknowledged, told.said) == (2, ("磁盘已满",))
    table = ((1, (1, 0)), (2, (0, 0)), (3, (0, 0)), (4, (0, 1)))
    assert [judging.judged((form("form-0", edit),), told) for edit, _ in table] == [found for _, found in table]
    assert judging.judged((), told) == (2, 0)
    mixture = replace(form("form-0", 3), stated={"total_score": "2"})
    assert edit_of(mixture) is None
    assert judging.judged((mixture,), told) == (2, 1)


def test_a_cut_takes_what_was_never_synced(tmp_path: Path) -> None:
    name = str(tmp_path / "perfdesk.db")
    made, write, sync = (
        power.Call(kind, 7, 0, data) for kind, data in (("C", name.encode()), ("W", b"new"), ("S", b""))
    )
    folder = power.Call("D", 0, 0, b"")

    def left(*calls: power.Call) -> set[bytes | None]:
        disk = power.Disk(tmp_path, {name: b"old"}, calls)
        chances = map(Random, range(40))
        return {disk.left_by_a_cut(len(calls), chance).get(name) for chance in chances}

    assert left(write._replace(thing=-1)) == {b"old", b"new"}
    assert left(write._replace(thing=-1), sync._replace(thing=-1)) == {b"new"}
    assert left(made, write) == {b"old", b"", b"new"}
    assert left(made, write, sync) == {b"old", b"new"}
    assert left(made, write, sync, folder) == {b"new"}
    gone = power.Call("U", 0, 0, name.encode())
    assert left(gone) == {b"old", None}
    assert left(gone, folder) == {None}


def test_what_lies_about_is_seen(tmp_path: Path) -> None:
    for name in ("perfdesk.db", "perfdesk.db.edits", "perfdesk.db.new", ".restore-abc", "perfdesk.db.part"):
        (tmp_path / name).touch()
    assert judging.strays(tmp_path) == (".restore-abc", "perfdesk.db.new", "perfdesk.db.part")


def test_the_page_of_a_run() -> None:
    said = "“/a/b/perfdesk-20261121-2114-000003-手动.db”没有写成，要写 7 KB。"
    outcomes = (Outcome("kill", 3, 9, said=(said,)), Outcome("disk", skipped="no compiler"))
    page = document.renewed(document.PAGE.read_text("utf-8"), outcomes, date(2026, 11, 21))
    assert "| kill | 3 | 9 | 0 | 0 | 0 | 1 |\n| disk | – | – | – | – | – | not here: no compiler |\n" in page
    assert "1. “…/perfdesk-日期-编号-手动.db”没有写成，要写 … KB。\n" in page
    assert document.renewed(page, outcomes, date(2026, 11, 21)) == page
    assert together("all", outcomes).rounds == 3
