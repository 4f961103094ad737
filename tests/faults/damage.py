"""What happens to files and folders from outside: torn, cut short, emptied, taken away, not to be written, with a wrong clock."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from perfdesk.errors import UserError
from perfdesk.store import Store, StoreDamaged, restoring
from perfdesk.store.backups import Reason, found
from perfdesk.store.journal import journal_beside
from perfdesk.store.salvage import salvage
from tests.faults import judging
from tests.faults.forms import FORMS, form, key_of
from tests.faults.ledger import Ledger
from tests.faults.nursery import Nursery
from tests.faults.outcome import Outcome, together
from tests.faults.work import NAME

BEFORE, AFTER = 8, 6
"""Edits of each form before the backup and after it."""

Blow = Callable[[Path, Random], None]


class Damage(NamedTuple):
    """A damage: what the table calls it, and what does it to the folder of a data file that nobody has open."""

    name: str
    strike: Blow


def _torn_page(folder: Path, chance: Random) -> None:
    path = folder / NAME
    at = chance.randrange(path.stat().st_size // 512) * 512
    with path.open("r+b") as file:
        file.seek(at)
        file.write(chance.randbytes(512))


def _cut(name: str, folder: Path, chance: Random) -> None:
    path = folder / name
    os.truncate(path, chance.randrange(path.stat().st_size))


def _zeroed_beginning(folder: Path, _chance: Random) -> None:
    with (folder / NAME).open("r+b") as file:
        file.write(bytes(4096))


def _emptied(folder: Path, _chance: Random) -> None:
    os.truncate(folder / NAME, 0)


def _cut_backup(folder: Path, chance: Random) -> None:
    backup = found(folder / NAME)[0].path
    os.truncate(backup, chance.randrange(1, backup.stat().st_size))


DAMAGES: Final = (
    Damage("torn sector in the data file", _torn_page),
    Damage("data file cut short", partial(_cut, NAME)),
    Damage("data file emptied (0 bytes)", _emptied),
    Damage("first page of the data file zeroed", _zeroed_beginning),
    Damage("edit journal cut short", partial(_cut, journal_beside(Path(NAME)).name)),
    Damage("backup cut short", _cut_backup),
)


def strike(damage: Damage, folder: Path, *, rounds: int, seed: int) -> Outcome:
    """Damage the files of an office that was closed properly, ``rounds`` times, open them and put them together again."""
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    base = folder / "whole"
    make_office(base)
    parts = []
    for number in range(rounds):
        place = folder / f"damaged-{number}"
        shutil.copytree(base, place)
        shutil.copy(judging.ledger_of(base), judging.ledger_of(place))
        damage.strike(place, chance)
        parts.append(reopened(place))
        shutil.rmtree(place)
    shutil.rmtree(base)
    judging.ledger_of(base).unlink()
    return together(damage.name, parts)


def unreadable(name: str, folder: Path, nursery: Nursery, *, rounds: int, seed: int) -> Outcome:
    """Let a sector of one file of an office be unreadable for good, ``rounds`` times, open it and put it together again."""
    fault = f"sector that never reads again (EIO): {_WORDS[name]}"
    if nursery.disk is None:
        return Outcome(fault, skipped="no C compiler, or not Linux")
    base = folder / "whole"
    make_office(base)
    parts = []
    for number in range(rounds):
        place = folder / f"unread-{number}"
        shutil.copytree(base, place)
        shutil.copy(judging.ledger_of(base), judging.ledger_of(place))
        nursery.run("salvage_unread", str(place), seed * 1000 + number, name)
        parts.append(judging.of_forms(place))
        shutil.rmtree(place)
    shutil.rmtree(base)
    judging.ledger_of(base).unlink()
    return together(fault, parts)


_WORDS: Final = {NAME: "data file", journal_beside(Path(NAME)).name: "edit journal"}
UNREAD: Final = tuple(_WORDS)
"""The files of which a sector may not read any more."""


def make_office(folder: Path) -> None:
    """Make a data file with forms, a backup, and edits since then."""
    folder.mkdir(parents=True)
    ledger = Ledger(judging.ledger_of(folder))
    with Store.open(folder / NAME, now=datetime.now) as store:
        _save_edits(store, ledger, 1, BEFORE)
        store.safekeeping.make(Reason.DAILY)
        _save_edits(store, ledger, BEFORE + 1, BEFORE + AFTER)
    ledger.close()


def _save_edits(store: Store, ledger: Ledger, first: int, last: int) -> None:
    for edit in range(first, last + 1):
        for number in range(FORMS):
            key = key_of(number)
            ledger.begin(key, edit)
            store.save(form(key, edit))
            ledger.acknowledge(key, edit)


def reopened(place: Path) -> Outcome:
    """Open and prove; what is not whole is put together again. Then every backup is tried on another file."""
    ledger = Ledger(judging.ledger_of(place))
    try:
        with Store.open(place / NAME, now=datetime.now) as store:
            whole = store.history.prove().broken is None
    except StoreDamaged as error:
        ledger.say(str(error))
        whole = False
    if not whole:
        salvage(place / NAME, now=datetime.now)
    (place / "other").mkdir()
    for one in found(place / NAME):
        with _saying(ledger):
            restoring.restore(one.path, place / "other" / NAME, now=datetime.now)
    shutil.rmtree(place / "other", ignore_errors=True)
    ledger.close()
    return judging.of_forms(place)


@contextmanager
def _saying(ledger: Ledger) -> Iterator[None]:
    try:
        yield
    except UserError as error:
        ledger.say(str(error))


@contextmanager
def _office(folder: Path) -> Iterator[Ledger]:
    make_office(folder)
    ledger = Ledger(judging.ledger_of(folder))
    try:
        yield ledger
    finally:
        ledger.close()


def taken_away(folder: Path) -> Outcome:
    """Move the file away under the open program and put it back."""
    path = folder / NAME
    with _office(folder) as ledger, Store.open(path, now=datetime.now) as store:
        away = path.rename(path.with_name("away"))
        edit = BEFORE + AFTER + 1
        for _ in range(2):
            with _saying(ledger):
                _save_edits(store, ledger, edit, edit)
        away.rename(path)
        _save_edits(store, ledger, edit, edit)
    return together("file moved away under the program", (judging.of_forms(folder),))


def clock_set_back(folder: Path) -> Outcome:
    """Work three years ahead of time, then with the clock put right; the newest backup is the one made last."""
    path = folder / NAME
    folder.mkdir(parents=True)
    ledger = Ledger(judging.ledger_of(folder))
    edit = 0
    for ahead in (timedelta(days=1100), timedelta(0), timedelta(days=-9000)):

        def now(ahead: timedelta = ahead) -> datetime:
            return datetime.now() + ahead  # noqa: DTZ005 - the clerk's own clock

        with Store.open(path, now=now) as store:
            _save_edits(store, ledger, edit + 1, edit + 3)
            edit += 3
            store.note(form(key_of(0), edit + 1), form(key_of(0), edit))
            last = store.safekeeping.make(Reason.ASKED).backup
        newest = found(path)[0]
        if newest.number != last.number:
            return Outcome("clock set back", lost=1)
    ledger.begin(key_of(0), edit + 1)
    ledger.close()
    return together("clock set back", (judging.of_forms(folder),))


def not_to_be_written(folder: Path, nursery: Nursery) -> Outcome:
    """Open a file in a folder without the right to write, as somebody who has none."""
    name = "folder without the right to write"
    if os.geteuid():
        return Outcome(name, skipped="only root can become somebody else")
    with _office(folder):
        for one in (folder, *folder.parents):
            if one.stat().st_uid == 0 and one != Path("/"):
                one.chmod(0o755)
        (folder / NAME).chmod(0o444)
        folder.chmod(0o555)
        judging.ledger_of(folder).chmod(0o666)
        nursery.run("look", str(folder), 0, 1)
        folder.chmod(0o755)
        (folder / NAME).chmod(0o600)
    return together(name, (judging.of_forms(folder),))


def full_for_real(folder: Path, nursery: Nursery) -> Outcome:
    """Edit and back up in a file system of 700 KB until it is full, and go on."""
    name = "no room on a small disk (tmpfs)"
    folder.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", "size=700k", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        return Outcome(name, skipped="no right to mount here")
    rescued = folder.with_name("rescued")
    try:
        for seed, job in enumerate(("edit", "back_up", "edit", "back_up")):
            nursery.run(job, str(folder), seed, 25)
        shutil.copytree(folder, rescued)
        shutil.copy(judging.ledger_of(folder), judging.ledger_of(rescued))
    finally:
        subprocess.run(["umount", folder], check=True)
    return together(name, (judging.of_forms(rescued),))


def two_windows(folder: Path, one: Nursery, other: Nursery, *, rounds: int) -> Outcome:
    """One process fills in; another one is refused, looks on, and takes over when the first was killed."""
    parts = []
    for number in range(rounds):
        place = folder / f"two-{number}"
        with _office(place):
            pass
        one.start("edit", str(place), number, 0)
        with suppress(AssertionError):
            other.run("second_window", str(place), number, 20)
        one.kill(after=0)
        one.ended()
        parts.append(judging.of_forms(place))
    return together("two windows on one file", parts)
