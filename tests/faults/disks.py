"""A disk that refuses: the same small piece of work again and again, each time another of its calls is refused, or is its last.

So every write, every sync, every rename and every removal of the work is met once (in a short run: some of them).
"""

from __future__ import annotations

import errno
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.store import Store
from tests.faults import judging
from tests.faults.forms import FORMS, form, key_of
from tests.faults.kills import WORKS, Work
from tests.faults.ledger import Ledger, read
from tests.faults.nursery import Nursery
from tests.faults.outcome import Outcome, together
from tests.faults.trouble import CHANGING, Calls, Deed, Trouble
from tests.faults.work import MET, NAME

TIMES: Final = 3
"""How often a worker does its thing while the trouble waits for it."""


SEED: Final = 1


class Kind(NamedTuple):
    """A kind of trouble, without its moment."""

    name: str
    trouble: Trouble


KINDS: Final = (
    Kind("kill -9 at each call", Trouble(CHANGING, Deed.KILL)),
    Kind("no room (ENOSPC) from each write on", Trouble(Calls.WRITE, Deed.REFUSE, errno.ENOSPC, 1)),
    Kind("read or write error (EIO) at each call", Trouble(CHANGING | Calls.READ, Deed.REFUSE, errno.EIO)),
    Kind("refused sync (EIO) at each sync", Trouble(Calls.SYNC, Deed.REFUSE, errno.EIO)),
    Kind("dead disk (EIO) from each call on", Trouble(CHANGING | Calls.READ, Deed.REFUSE, errno.EIO, 1)),
)


def refuse(kind: Kind, work: Work, folder: Path, nursery: Nursery, *, moments: Sequence[int] | int) -> Outcome:
    """Do a piece of work again and again, refusing another call each time: these, or so many of all, spread evenly."""
    name = f"{kind.name}: {work.name}"
    if nursery.disk is None:
        return Outcome(name, skipped="no C compiler, or not Linux")
    base = folder / "base"
    begin(base)
    if isinstance(moments, int):
        calls = _count(kind, work, folder, nursery, base)
        moments = range(1, calls + 1, max(calls // moments, 1))
    parts = [_round(kind, work, folder, nursery, base, at) for at in moments]
    shutil.rmtree(base)
    return together(name, parts)


def begin(base: Path) -> None:
    """Make the folder that each round starts with a copy of: a data file with forms."""
    base.mkdir(parents=True)
    ledger = Ledger(judging.ledger_of(base))
    with Store.open(base / NAME, now=datetime.now) as store:
        for number in range(FORMS):
            store.save(form(key_of(number), 1))
            ledger.begin(key_of(number), 1)
            ledger.acknowledge(key_of(number), 1)
    ledger.close()


def _place(work: Work, folder: Path, base: Path) -> Path:
    place = folder / work.job
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    judging.ledger_of(place).unlink(missing_ok=True)
    if work.job in {"edit", "back_up", "password", "restore"}:
        shutil.copytree(base, place, dirs_exist_ok=True)
        if work.job != "restore":
            shutil.copy(judging.ledger_of(base), judging.ledger_of(place))
    return place


def _count(kind: Kind, work: Work, folder: Path, nursery: Nursery, base: Path) -> int:
    """Return how many calls the work makes, by looking for the first moment that does not come about."""
    low, high = 0, 1
    while _meets(kind, work, folder, nursery, base, high):
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        met = _meets(kind, work, folder, nursery, base, middle)
        low, high = (middle, high) if met else (low, middle)
    return low


def _meets(kind: Kind, work: Work, folder: Path, nursery: Nursery, base: Path, at: int) -> bool:
    place = _place(work, folder, base)
    work.prepare(place)
    status = nursery.run(work.job, str(place), SEED, TIMES, *kind.trouble._replace(at=at))
    return status < 0 or MET in read(judging.ledger_of(place)).begun


def _round(kind: Kind, work: Work, folder: Path, nursery: Nursery, base: Path, at: int) -> Outcome:
    place = _place(work, folder, base)
    judge = work.prepare(place)
    nursery.run(work.job, str(place), SEED, TIMES, *kind.trouble._replace(at=at))
    return judge(place)


__all__ = ["KINDS", "WORKS", "refuse"]
