"""An update and the way back, ended or refused at every point: afterwards the old program starts or the new one.

A round is a home with the program 0.1.0 (or 0.2.0, to go back from) and an office's data; the update lies on a stick beside it.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from importlib import import_module
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.errors import UserError
from perfdesk.store import Reason, Store
from perfdesk.store.revisions import revision_in
from perfdesk.store.safekeeping import make
from tests.faults.disks import Kind as Disk
from tests.faults.forms import edit_of, form, key_of
from tests.faults.ledger import Ledger, read
from tests.faults.nursery import Nursery
from tests.faults.outcome import Outcome, together
from tests.faults.trouble import Deed, Trouble
from tests.faults.work import MET, NAME, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from perfdesk.updates import Update
    from perfdesk.updates.manifest import File

OLD, NEW = "0.1.0", "0.2.0"
INSTALLED, WENT_BACK = "installed", "went back"
_RAISED: Final = "0005"
_PATIENCE: Final = 60


class Errand(NamedTuple):
    """What a worker does: its job, and what the ledger calls its end."""

    name: str
    job: str
    done: str


ERRANDS: Final = (
    Errand("installing an update", "install_update", INSTALLED),
    Errand("going back to the version before", "go_back", WENT_BACK),
)


def warm() -> None:
    """Have the modules at hand before the processes part: no round is to wait for them."""
    for slow in (
        "cryptography.hazmat.primitives.asymmetric.ed25519",
        "perfdesk.updates",
        "pytest",
        "tests.update_files",
    ):
        import_module(slow)


# ---------------------------------------------------------------------------------------------------- what a worker does
def install_update(folder: str, seed: int, *trouble: int) -> None:
    """Be the program 0.1.0 and install 0.2.0."""
    from perfdesk.updates import install

    place, update = _begin(folder, OLD, seed, trouble), _update(Path(folder))

    def work() -> None:
        install(update, back_up=lambda: make(place.path, Reason.UPDATE, moment=_now()), progress=lambda *_: None)

    _do(place, INSTALLED, work)


def go_back(folder: str, seed: int, *trouble: int) -> None:
    """Be the program 0.2.0, which saved the data file as 0.1.0 cannot read it, and go back to 0.1.0."""
    from perfdesk.updates import Kind, plan_rollback, roll_back

    place = _begin(folder, NEW, seed, trouble)

    def work() -> None:
        roll_back(plan_rollback(Kind.PROGRAM, place.path), store=place.path, moment=_now())

    _do(place, WENT_BACK, work)


def _begin(folder: str, version: str, seed: int, trouble: Sequence[int]) -> Place:
    import pytest

    from perfdesk.updates.signing import PublicKey
    from tests.update_files import run_from

    place = Place(folder, seed, trouble)
    place.path = place.folder / "data" / NAME
    run_from(
        place.folder, version, pytest.MonkeyPatch(), PublicKey("“出题人”", (_stick(place.folder) / "key").read_bytes())
    )
    return place


def _do(place: Place, name: str, work: Callable[[], object]) -> None:
    place.trouble.arm(str(place.folder))
    place.did(name, 1, work)
    place.end()
    if place.trouble.deed == Deed.NOTHING:
        sleep(_PATIENCE)  # to be killed: nobody else is to get the number of this process


def _update(folder: Path) -> Update:
    from perfdesk.updates import read_update

    return read_update(_stick(folder) / f"perfdesk-{NEW}.perfdesk-update")


def _stick(folder: Path) -> Path:
    return folder.with_name("stick")


def _now() -> datetime:
    return datetime.now().astimezone()


# ------------------------------------------------------------------------------------------------------------ the rounds
def prepare(base: Path) -> None:
    """Make what the rounds begin with: a stick with an update, and a home to install into and one to go back from."""
    import pytest

    from perfdesk.updates.signing import PublicKey
    from tests.update_files import NEWER_STEP, PUBLIC, STEPS, home, program_update, run_from, tree

    stick, fresh, updated = base / "stick", base / "install_update", base / "go_back"
    stick.mkdir(parents=True)
    (stick / "key").write_bytes(PUBLIC)
    program_update(stick, NEW, steps=(*STEPS, NEWER_STEP))
    home(fresh, OLD)
    with Store.open(fresh / "data" / NAME, now=datetime.now) as store:
        store.save(form(key_of(0), 1))
    make(fresh / "data" / NAME, Reason.ASKED, moment=_now())
    shutil.copytree(fresh, updated, symlinks=True)
    with pytest.MonkeyPatch.context() as patch:
        run_from(updated, OLD, patch, PublicKey("“出题人”", PUBLIC))
        tree(updated / "versions" / NEW, NEW, steps=(*STEPS, NEWER_STEP))
    (updated / "current").write_text(f"{NEW}\n", encoding="utf-8")
    (updated / "previous").write_text(f"{OLD}\n", encoding="utf-8")
    with Store.open(updated / "data" / NAME, now=datetime.now) as store:
        store.save(form(key_of(1), 1))
    with closing(sqlite3.connect(updated / "data" / NAME)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (_RAISED,))


def kill(errand: Errand, base: Path, nursery: Nursery, *, rounds: int, seed: int) -> Outcome:
    """Kill workers at random moments."""
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    longest = 1.2 * _duration(errand, base, nursery)
    parts = []
    for _ in range(rounds):
        place = _laid_out(errand, base)
        nursery.start(errand.job, str(place), 1, *Trouble())
        nursery.kill(after=chance.uniform(0, longest))
        nursery.ended()
        parts.append(judged(errand, place))
    return together(f"kill -9: {errand.name}", parts)


def _duration(errand: Errand, base: Path, nursery: Nursery) -> float:
    """Return how many seconds it takes on this machine as busy as it is now."""
    place = _laid_out(errand, base)
    begin = monotonic()
    nursery.start(errand.job, str(place), 1, *Trouble())
    while errand.done not in read(_ledger(place)).kept and monotonic() - begin < _PATIENCE:
        sleep(0.005)
    found = monotonic() - begin
    nursery.kill(after=0)
    nursery.ended()
    return found


def refuse(disk: Disk, errand: Errand, base: Path, nursery: Nursery, *, moments: Sequence[int] | int) -> Outcome:
    """Do it again and again, refusing another call each time: these, or so many of all, spread evenly."""
    name = f"{disk.name}: {errand.name}"
    if nursery.disk is None:
        return Outcome(name, skipped="no C compiler, or not Linux")
    if isinstance(moments, int):
        calls = _count(disk, errand, base, nursery)
        moments = range(1, calls + 1, max(calls // moments, 1))
    return together(name, [_round(disk, errand, base, nursery, at) for at in moments])


def _count(disk: Disk, errand: Errand, base: Path, nursery: Nursery) -> int:
    """Return how many calls it makes, by looking for the first moment that does not come about."""
    low, high = 0, 1
    while _meets(disk, errand, base, nursery, high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        met = _meets(disk, errand, base, nursery, middle)
        low, high = (middle, high) if met else (low, middle)
    return low


def _meets(disk: Disk, errand: Errand, base: Path, nursery: Nursery, at: int) -> bool:
    place = _laid_out(errand, base)
    status = nursery.run(errand.job, str(place), 1, *disk.trouble._replace(at=at))
    return status < 0 or MET in read(_ledger(place)).begun


def _round(disk: Disk, errand: Errand, base: Path, nursery: Nursery, at: int) -> Outcome:
    place = _laid_out(errand, base)
    nursery.run(errand.job, str(place), 1, *disk.trouble._replace(at=at))
    return judged(errand, place)


def _laid_out(errand: Errand, base: Path) -> Path:
    place = base / "round"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(base / errand.job, place, symlinks=True)
    _ledger(place).unlink(missing_ok=True)
    Ledger(_ledger(place)).close()
    return place


def _ledger(place: Path) -> Path:
    return place.with_suffix(".ledger")


# ------------------------------------------------------------------------------------------------------------ the oracle
def judged(errand: Errand, place: Path) -> Outcome:
    """Start what a launcher would start, and look for every form; then do the errand in peace, which must succeed and tidy up."""
    told = read(_ledger(place))
    acknowledged = told.kept.get(errand.done, 0)
    version = started(place)
    wanted = {NEW: 1, OLD: 0} if errand.done == INSTALLED else {NEW: 0, OLD: 1}
    lost = version is None or (bool(acknowledged) and not wanted[version])
    lost_forms = _lost_forms(errand, place, version or "")
    if version is not None and not wanted[version]:
        _in_peace(errand, place)
        lost |= started(place) is None
    _settle(place)
    return Outcome("", 1, acknowledged, int(lost) + lost_forms, 0, _strays(place), told.said)


def started(place: Path) -> str | None:
    """Return the version a launcher starts: that of ``current``, if its folder is there whole, else that of ``previous``."""
    for pointer in ("current", "previous"):
        path = place / pointer
        version = path.read_text("utf-8").strip() if path.exists() else ""
        if version and _files(place / "versions" / version) == _files_of_tree(place, version):
            return version
    return None


def _files(folder: Path) -> set[File]:
    from perfdesk.updates.writing import files_of

    return {one for one in files_of(folder) if not one.name.startswith("manifest.")} if folder.is_dir() else set()


def _files_of_tree(place: Path, version: str) -> set[File]:
    whole = _stick(place) / f"tree-{NEW}" if version == NEW else place.with_name("install_update") / "versions" / OLD
    return _files(whole)


def _lost_forms(errand: Errand, place: Path, version: str) -> int:
    """Return how many forms are gone, or cannot be read by the program that starts."""
    path = place / "data" / NAME
    files = [path, *path.parent.glob(f"perfdesk-{NEW}-*.db")]
    wanted = {key_of(0), key_of(1)} if errand.done == WENT_BACK else {key_of(0)}
    there = {key for file in files for key in _keys(file)}
    cannot_read = version == OLD and revision_in(path) == _RAISED
    interrupted = version == NEW and errand.done == WENT_BACK and revision_in(path) != _RAISED
    unsaid = interrupted and not (place / "going-back").exists()
    return len(wanted - there) + cannot_read + unsaid


def _keys(file: Path) -> set[str]:
    """Return which forms a data file holds, whatever program saved it."""
    copy = file.with_name("look.sqlite")
    shutil.copy(file, copy)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '0004'")
    with Store.open(copy, now=datetime.now, read_only=True) as store:
        found = {one.id for one in store.load_all() if edit_of(one) is not None}
    copy.unlink()
    return found


def _settle(place: Path) -> None:
    """Start once more: what was left lying goes."""
    import pytest

    from perfdesk.updates import settle
    from tests.update_files import run_from

    with pytest.MonkeyPatch.context() as patch:
        run_from(place, started(place) or "", patch)
        settle()


def _in_peace(errand: Errand, place: Path) -> None:
    """Do the errand once more, with nothing in its way."""
    import pytest

    from perfdesk.updates import Kind, install, plan_rollback, roll_back
    from perfdesk.updates.signing import PublicKey
    from tests.update_files import run_from

    key = PublicKey("“出题人”", (_stick(place) / "key").read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        run_from(place, OLD if errand.done == INSTALLED else NEW, patch, key)
        if errand.done == INSTALLED:
            install(_update(place), back_up=lambda: None, progress=lambda *_: None)
            return
        path = place / "data" / NAME
        try:
            roll_back(plan_rollback(Kind.PROGRAM, path), store=path, moment=_now())
        except UserError as error:
            raise AssertionError(place) from error


def _strays(place: Path) -> tuple[str, ...]:
    ours = {OLD, NEW, ".update.lock"}
    left = {one.name for one in (place / "versions").iterdir()} - ours
    return tuple(sorted(left | {one.name for one in place.iterdir() if one.name.startswith(".~")}))
