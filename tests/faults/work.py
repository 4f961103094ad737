"""What a worker of a fault run does until it is ended or done: edit, migrate, back up, export, restore, as the program does it.

Each job takes its folder, its ledger, a seed, how often it does its thing (0: until it is killed) and the trouble to meet. What the
program says of a trouble is put into the ledger, and the work goes on, as a clerk's would.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from importlib import import_module
from itertools import count
from pathlib import Path
from random import Random
from time import sleep
from typing import Final

from perfdesk.errors import UserError
from perfdesk.exchange.files import write_atomically
from perfdesk.store import Store, StoreDamaged, restoring
from perfdesk.store.backups import Reason
from perfdesk.store.keys import Key
from perfdesk.store.password import align, change_password, set_password, take_password_away
from perfdesk.store.salvage import salvage
from tests.faults import printing, secret
from tests.faults.forms import FORMS, edit_of, form, key_of
from tests.faults.ledger import Ledger, read
from tests.faults.secret import WORDS
from tests.faults.trouble import Trouble, record, spoil

Job = Callable[..., None]
NAME: Final = "perfdesk.db"
_NOBODY: Final = 65534
_SECTOR: Final = 4096
MET: Final = "trouble"
"""What the ledger calls a trouble that came about."""
for slow in ("perfdesk.store.migrations", "sqlcipher3.dbapi2", "cryptography.hazmat.primitives.ciphers.aead"):
    import_module(slow)  # no round is to wait for it


class Place:
    """Where a worker works: the data file, and the ledger beside the folder."""

    def __init__(self, folder: str, seed: int, trouble: Sequence[int]) -> None:
        self.folder = Path(folder)
        self.path = self.folder / NAME
        self.ledger = Ledger(self.folder.with_suffix(".ledger"))
        self.chance = Random(seed)  # noqa: S311 - moments, not secrets
        self.trouble = Trouble(*trouble)

    def end(self) -> None:
        """Put down whether the trouble came about: a worker that met none has done all it had to do."""
        if self.trouble.happened():
            self.ledger.begin(MET, 1)

    def last(self, key: str) -> int:
        """Return the last edit begun of a thing."""
        return read(self.ledger.path).begun.get(key, 0)

    @contextmanager
    def saying(self) -> Iterator[None]:
        """Put into the ledger what the program says when a deed does not succeed, and go on."""
        try:
            yield
        except UserError as error:
            self.ledger.say(str(error))

    def did(self, key: str, edit: int, deed: Callable[[], object]) -> None:
        """Do something that counts as kept when it returns."""
        self.ledger.begin(key, edit)
        with self.saying():
            deed()
            self.ledger.acknowledge(key, edit)


class Clerk:
    """Somebody who types at an open store: each edit is noted, now and then the edited forms are saved."""

    def __init__(self, place: Place, store: Store) -> None:
        self._place = place
        self._store = store
        self._edits = {one.id: edit_of(one) or 0 for one in store.load_all()}
        self._dirty: set[str] = set()

    def type(self) -> None:
        """Make one edit; a form that is not there yet is made first, and saved at once."""
        key = key_of(self._place.chance.randrange(FORMS))
        if key not in self._edits:
            self._place.did(key, 1, lambda: self._store.save(form(key, 1)))
            self._edits[key] = 1
        edit = self._edits[key]
        self._place.ledger.begin(key, edit + 1)
        self._edits[key] = edit + 1
        self._dirty.add(key)
        self._store.note(form(key, edit + 1), form(key, edit))

    def settle(self) -> None:
        """Wait for the edit journal; what it has is acknowledged."""
        if self._store.settled(timeout=0.2):
            for key in sorted(self._dirty):
                self._place.ledger.acknowledge(key, self._edits[key])

    def save(self) -> None:
        """Save what is edited, as 自动保存 does; what is saved is acknowledged."""
        with self._place.saying():
            for key in sorted(self._dirty):
                self._store.save(form(key, self._edits[key]))
                self._place.ledger.acknowledge(key, self._edits[key])
            self._dirty.clear()


def edit(folder: str, seed: int, times: int, *trouble: int) -> None:
    """Type, save and settle in turn."""
    place = Place(folder, seed, trouble)
    place.trouble.arm(folder)
    with place.saying(), Store.open(place.path, now=datetime.now) as store:
        with place.saying():
            store.recovered()
        clerk = Clerk(place, store)
        for _ in _rounds(times):
            clerk.type()
            place.chance.choice((clerk.type, clerk.type, clerk.settle, clerk.save))()
        clerk.save()
    place.end()


def back_up(folder: str, seed: int, times: int, *trouble: int) -> None:
    """Type, save, and make a backup, again and again."""
    place = Place(folder, seed, trouble)
    place.trouble.arm(folder)
    with place.saying(), Store.open(place.path, now=datetime.now) as store:
        with place.saying():
            store.recovered()
        clerk = Clerk(place, store)
        for _ in _rounds(times):
            clerk.type()
            clerk.save()
            place.ledger.begin("copy", place.last("copy") + 1)
            with place.saying():
                place.ledger.acknowledge("copy", store.safekeeping.make(Reason.ASKED).backup.number)
    place.end()


@secret.cheap_passwords()
def password(folder: str, seed: int, times: int, *trouble: int) -> None:
    """Type, save, and set a password, change it and take it away in turn, the copies too."""
    place = Place(folder, seed, trouble)
    place.trouble.arm(folder)
    with place.saying(), secret.opened(place.path) as store:
        with place.saying():
            store.recovered()
        clerk = Clerk(place, store)
        for number in _rounds(times):
            clerk.type()
            clerk.save()
            with place.saying():
                store.safekeeping.make(Reason.ASKED)
            with place.saying():
                _exchange(store, place.chance, number)
            clerk.type()
            clerk.settle()
        clerk.save()
    place.end()


def _exchange(store: Store, chance: Random, number: int) -> None:
    """Set, change or take away; what could not be reached is tried again by the next one."""
    key = store.key
    if key is None:
        key = Key.new()
        set_password(store, key, WORDS[number % 2])
    elif chance.random() < 0.5:
        change_password(store.path, key, WORDS[number % 2])
        return
    else:
        take_password_away(store)
        key = None
    align(store.path, key, moment=datetime.now(), told=lambda _done, _name: None)  # noqa: DTZ005 - the clerk's own clock


def migrate(folder: str, seed: int, times: int, *trouble: int) -> None:
    """Open files of older versions, each in a folder of its own."""
    place = Place(folder, seed, trouble)
    first = place.last("file")
    waiting = [old_file(place.folder, first + number) for number in range(1, times + 1)]
    place.trouble.arm(folder)
    for number in _rounds(times):
        path = waiting[number - 1] if waiting else old_file(place.folder, first + number)
        place.did("file", first + number, partial(_open_once, path))
    place.end()


def _open_once(path: Path) -> None:
    Store.open(path, now=datetime.now).close()


OLD: Final = tuple(sorted((Path(__file__).parents[1] / "old_databases").glob("*.db")))[:-1]


def old_file(folder: Path, number: int) -> Path:
    """Put a file of an older version into the folder of that number, in one step, and return where it lies."""
    fresh = folder.with_suffix(".fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    shutil.copy(OLD[number % len(OLD)], fresh / NAME)
    target = folder / f"{number}"
    shutil.rmtree(target, ignore_errors=True)
    return fresh.rename(target) / NAME


def export(folder: str, seed: int, times: int, *trouble: int) -> None:
    """Write exports over each other, each kind in turn."""
    place = Place(folder, seed, trouble)
    edits = {kind: place.last(kind) for kind in printing.KINDS}
    place.trouble.arm(folder)
    for number in _rounds(times):
        kind = printing.KINDS[number % len(printing.KINDS)]
        edits[kind] += 1
        data, target = printing.exported(kind, edits[kind]), place.folder / f"表.{kind}"
        place.did(kind, edits[kind], partial(write_atomically, target, data))
    place.end()


def restore(folder: str, seed: int, times: int, *trouble: int) -> None:
    """Put one of two backups in the place of the data file, in turn; they lie outside."""
    place = Place(folder, seed, trouble)
    first = place.last("store")
    place.trouble.arm(folder)
    for number in _rounds(times):
        source = place.folder.with_suffix(f".{(first + number) % 2}.db")
        place.did("store", first + number, partial(restoring.restore, source, place.path, now=datetime.now))
    place.end()


def look(folder: str, seed: int, times: int, *trouble: int) -> None:
    """As somebody without rights: try to fill in, and look."""
    place = Place(folder, seed, trouble)
    os.setgroups([])
    os.setgid(_NOBODY)
    os.setuid(_NOBODY)
    with place.saying():
        Store.open(place.path, now=datetime.now).close()
    _look_on(place, times)


def second_window(folder: str, seed: int, times: int, *trouble: int) -> None:
    """Wait until another process fills in, be refused, and look on while it does."""
    place = Place(folder, seed, trouble)
    lock = place.path.with_name(f"{NAME}.lock")
    while not (lock.exists() and lock.stat().st_size):
        sleep(0.01)
    with place.saying():
        Store.open(place.path, now=datetime.now).close()
    _look_on(place, times)


def _look_on(place: Place, times: int) -> None:
    """Read the forms again and again; none may be a mixture."""
    with Store.open(place.path, now=datetime.now, read_only=True) as store:
        for _ in range(times):
            mixed = [one.id for one in store.load_all() if edit_of(one) is None]
            if mixed:
                raise AssertionError(f"half of an edit is seen in {mixed}")
        with place.saying():
            store.save(form(key_of(0), 1))


def salvage_unread(folder: str, seed: int, name: str, *trouble: int) -> None:
    """Open an office of which a sector of one file does not read any more; put it together again where that is offered."""
    place = Place(folder, seed, trouble)
    bad = place.folder / name
    begin = place.chance.randrange(bad.stat().st_size // _SECTOR + 1) * _SECTOR
    spoil(bad, begin, begin + _SECTOR)
    with place.saying():
        try:
            Store.open(place.path, now=datetime.now).close()
        except StoreDamaged as error:
            place.ledger.say(str(error))
            salvage(place.path, now=datetime.now)


def recorded(folder: str, seed: int, times: int, job: str, log: str) -> None:
    """Do a job, and have each of its calls written down."""
    record(Path(folder), Path(folder).with_suffix(".ledger"), Path(log))
    JOBS[job](folder, seed, times)


def _rounds(times: int) -> Iterator[int]:
    return iter(range(1, times + 1)) if times else count(1)


JOBS: Final[dict[str, Job]] = {
    job.__name__: job
    for job in (edit, back_up, password, migrate, export, restore, look, second_window, salvage_unread, recorded)
}
