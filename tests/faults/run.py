"""All faults one after another: how many rounds of each, and in which folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.faults import damage, disks, kills, locked_out, power, updating, window
from tests.faults.nursery import Nursery
from tests.faults.outcome import Outcome


class Extent(NamedTuple):
    """How far a run goes: kills in all, moments of each trouble with the disk, rounds of the others.

    ``big``: rounds in a big office; ``cuts``: of the power; ``windows_killed``: of the real window; ``updates``: of updates killed.
    """

    kills: int
    moments: int
    damages: int
    windows: int
    big: int
    cuts: int
    windows_killed: int
    updates: int


FULL = Extent(kills=500, moments=10, damages=12, windows=6, big=5, cuts=100, windows_killed=20, updates=50)


def everything(folder: Path, extent: Extent, *, seed: int) -> Iterator[Outcome]:
    """Make all faults, and yield what each came to."""
    with Nursery() as nursery, Nursery() as other:
        each = -(-extent.kills // len(kills.WORKS))
        for work in kills.WORKS:
            yield kills.kill(work, folder / "kills", nursery, rounds=each, seed=seed)
        yield kills.kill_in_a_big_office(folder / "big", nursery, rounds=extent.big, forms=10 * 200, seed=seed)
        yield window.kill(folder / "window", nursery, rounds=extent.windows_killed, seed=seed)
        for kind in disks.KINDS:
            for work in kills.WORKS:
                yield disks.refuse(kind, work, folder / "disks", nursery, moments=extent.moments)
        updating.prepare(folder / "updates")
        for errand in updating.ERRANDS:
            yield updating.kill(errand, folder / "updates", nursery, rounds=extent.updates, seed=seed)
            for kind in disks.KINDS:
                yield updating.refuse(kind, errand, folder / "updates", nursery, moments=extent.moments)
        for done in power.WORKS:
            yield power.cut(done, folder / "power", nursery, states=extent.cuts, seed=seed)
        yield damage.full_for_real(folder / "full", nursery)
        for one in damage.DAMAGES:
            yield damage.strike(one, folder / "damages", rounds=extent.damages, seed=seed)
        for one in locked_out.DAMAGES:
            yield locked_out.strike(one, folder / "locked-out", rounds=extent.damages, seed=seed)
        for name in damage.UNREAD:
            yield damage.unreadable(name, folder / "unread", nursery, rounds=extent.damages, seed=seed)
        yield damage.taken_away(folder / "away")
        yield damage.not_to_be_written(folder / "locked", nursery)
        yield damage.clock_set_back(folder / "clock")
        yield damage.two_windows(folder / "two", nursery, other, rounds=extent.windows)
