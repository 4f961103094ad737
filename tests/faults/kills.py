"""kill -9 at random moments: a worker works until it is killed, the file is opened again and held against the ledger."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from random import Random
from time import sleep
from typing import Final, NamedTuple

from perfdesk.model import Record
from perfdesk.store import Store
from perfdesk.store.journal import journal_beside
from tests.faults import judging
from tests.faults.forms import FORMS, form, key_of
from tests.faults.ledger import Ledger
from tests.faults.nursery import Nursery
from tests.faults.outcome import Outcome, together
from tests.faults.work import NAME, OLD, old_file

SERIES: Final = 20
"""After so many kills in one folder the next one is taken."""

LONGEST: Final = 0.5
"""Seconds, at the most, between the start of a worker and its end; opening takes about a fifth of it."""


class Work(NamedTuple):
    """A kind of work: what the table calls it, its job, and what makes its folder and its judge."""

    name: str
    job: str
    prepare: Callable[[Path], Callable[[Path], Outcome]]


def _forms(_folder: Path) -> Callable[[Path], Outcome]:
    return judging.of_forms


def _copies(_folder: Path) -> Callable[[Path], Outcome]:
    return judging.of_copies


def _sealed(_folder: Path) -> Callable[[Path], Outcome]:
    return judging.of_sealed


def _exports(_folder: Path) -> Callable[[Path], Outcome]:
    return judging.of_exports


def _migration(folder: Path) -> Callable[[Path], Outcome]:
    expected = dict(_read_old(folder.with_suffix(".read")))
    return lambda place: judging.of_migration(place, expected)


def _read_old(folder: Path) -> Iterator[tuple[int, tuple[Record, ...]]]:
    """Give what the files of older versions hold, migrated in peace."""
    folder.mkdir(exist_ok=True)
    for number in range(len(OLD)):
        with Store.open(old_file(folder, number), now=datetime.now) as store:
            yield number, store.load_all()


def _restored(folder: Path) -> Callable[[Path], Outcome]:
    backups = {number: _make_backup(folder.with_suffix(f".{number}.db"), 10 + number) for number in (0, 1)}
    there = folder / NAME
    before = load(there) if there.exists() else ()
    return lambda place: judging.of_restored(place, backups, before)


def load(path: Path) -> tuple[Record, ...]:
    """Return the forms of a data file."""
    with Store.open(path, now=datetime.now, read_only=True) as store:
        return store.load_all()


def _make_backup(path: Path, edit: int) -> tuple[Record, ...]:
    made = path.with_suffix(".making")
    with Store.open(made, now=datetime.now) as store:
        store.save_many(form(key_of(number), edit) for number in range(FORMS))
        store.copy_to(path)
        found = store.load_all()
    made.unlink()
    journal_beside(made).unlink(missing_ok=True)
    return found


WORKS: Final = (
    Work("editing and autosave", "edit", _forms),
    Work("backup", "back_up", _copies),
    Work("password", "password", _sealed),
    Work("migration", "migrate", _migration),
    Work("restore", "restore", _restored),
    Work("export", "export", _exports),
)


def kill(work: Work, folder: Path, nursery: Nursery, *, rounds: int, seed: int) -> Outcome:
    """Kill workers at random moments, ``rounds`` times."""
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    parts = []
    for begin in range(0, rounds, SERIES):
        place = folder / f"{work.job}-{begin}"
        place.mkdir(parents=True)
        many = min(SERIES, rounds - begin)
        parts.append(_series(work, place, nursery, many, chance))
        shutil.rmtree(place)
    return together(f"kill -9: {work.name}", parts)


def _series(work: Work, place: Path, nursery: Nursery, rounds: int, chance: Random) -> Outcome:
    judge = work.prepare(place)
    found = Outcome("")
    for number in range(rounds):
        ledger = judging.ledger_of(place)
        before = ledger.stat().st_size if ledger.exists() else 0
        nursery.start(work.job, str(place), chance.randrange(1 << 30), 0)
        if chance.random() < 0.7:  # the others end while they open
            _wait_for_work(ledger, before)
        nursery.kill(after=chance.uniform(0, LONGEST))
        nursery.ended()
        if chance.random() < 0.8 or number + 1 == rounds:  # now and then one crash follows another
            told = judge(place)
            found = together("", (replace(found, acknowledged=0), replace(told, rounds=0)))
            found = replace(found, acknowledged=told.acknowledged, rounds=number + 1)
    return found


def _wait_for_work(ledger: Path, before: int) -> None:
    """Wait until the worker has begun something, however busy the machine is."""
    for _ in range(1000):
        if ledger.exists() and ledger.stat().st_size > before:
            return
        sleep(0.01)


def kill_in_a_big_office(folder: Path, nursery: Nursery, *, rounds: int, forms: int, seed: int) -> Outcome:
    """Kill whoever edits in a data file with ten years of 200 forms, each time some moments after the first edit."""
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    folder.mkdir(parents=True)
    ledger = Ledger(judging.ledger_of(folder))
    with Store.open(folder / NAME, now=datetime.now) as store:
        store.save_many(form(key_of(number), 1) for number in range(forms))
        for number in range(forms):
            ledger.begin(key_of(number), 1)
            ledger.acknowledge(key_of(number), 1)
    ledger.close()
    parts = []
    for _ in range(rounds):
        before = ledger.path.stat().st_size
        nursery.start("edit", str(folder), chance.randrange(1 << 30), 0)
        while ledger.path.stat().st_size == before:
            sleep(0.01)
        nursery.kill(after=chance.uniform(0, LONGEST))
        nursery.ended()
        parts.append(judging.of_forms(folder))
    found = together(f"kill -9: editing among {forms} forms", parts)
    return replace(found, acknowledged=parts[-1].acknowledged)
