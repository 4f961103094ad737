"""Power cuts: what a worker did is written down call by call (``record.c``), and the disk is rebuilt as a cut may have left it.

What was synced is there. Of writes to a file that were not, any may be missing or torn at a sector; of names made, changed and
removed in a folder that was not synced since, any number of the last are missing, in the order of a journalling file system. What
the program acknowledged before the cut must be there afterwards.
"""

from __future__ import annotations

import shutil
import struct
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Final, NamedTuple

from tests.faults import judging
from tests.faults.disks import SEED, begin
from tests.faults.nursery import Nursery
from tests.faults.outcome import Outcome, together

SECTOR: Final = 512
TIMES: Final = 12
"""How often a worker does its thing while it is written down."""

_HEAD: Final = struct.Struct("<cQqQ")
_DATA: Final = frozenset("WT")
_NAMES: Final = frozenset("CUR")


class Call(NamedTuple):
    """One call: W write, T cut short, S sync (D of a folder), C made, U removed, R renamed, L line of the ledger.

    ``thing`` is its file.
    """

    kind: str
    thing: int
    at: int
    data: bytes

    @property
    def paths(self) -> tuple[str, str]:
        """The names it is about."""
        one, _, other = self.data.decode().partition("\0")
        return one, other


class Work(NamedTuple):
    """What is interrupted: its name in the table, its job, its judge."""

    name: str
    job: str
    judge: Callable[[Path], Outcome]


WORKS: Final = (
    Work("editing and autosave", "edit", partial(judging.of_forms, asked=True)),
    Work("backup", "back_up", partial(judging.of_copies, asked=True)),
)


def cut(work: Work, folder: Path, nursery: Nursery, *, states: int, seed: int) -> Outcome:
    """Let a worker do its work once, and judge what ``states`` cuts of the power would have left."""
    name = f"power cut: {work.name}"
    if nursery.disk is None:
        return Outcome(name, skipped="no C compiler, or not Linux")
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    place, log = folder / "at-work", folder / "calls"
    begin(place)
    known = {one.stat().st_ino: one for one in place.rglob("*") if one.is_file()}
    whole = {str(one): one.read_bytes() for one in known.values()}
    told = judging.ledger_of(place).read_bytes()
    nursery.run("recorded", str(place), SEED, TIMES, work.job, str(log))
    disk = Disk(place, whole, _with_things(_read(log), {inode: str(one) for inode, one in known.items()}))
    parts = [_state(work, disk, folder / "after" / place.name, told, chance) for _ in range(states)]
    shutil.rmtree(folder)
    return together(name, parts)


def _read(log: Path) -> Iterator[Call]:
    data = log.read_bytes()
    at = 0
    while at < len(data):
        kind, inode, where, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        yield Call(kind.decode(), inode, where, data[at : at + size])
        at += size


def _with_things(calls: Iterator[Call], known: Mapping[int, str]) -> list[Call]:
    """Number the files: the inode of one that is gone is soon another's."""
    things: dict[int, int] = {inode: -number for number, inode in enumerate(known, 1)}
    found = []
    for number, call in enumerate(calls, 1):
        if call.kind == "C" or (call.kind in _DATA | {"S"} and call.thing not in things):
            things[call.thing] = number
        found.append(call._replace(thing=things.get(call.thing, 0)))
    return found


class Disk:
    """What was on the disk before, and all that was done to it since."""

    def __init__(self, place: Path, whole: Mapping[str, bytes], calls: Sequence[Call]) -> None:
        self.place, self.calls = place, calls
        self._names = {name: -number for number, name in enumerate(whole, 1)}
        self._contents = {-number: data for number, data in enumerate(whole.values(), 1)}

    def left_by_a_cut(self, at: int, chance: Random) -> Mapping[str, bytes]:
        """Return the files, by name, as a cut after the first ``at`` calls may leave them."""
        done = self.calls[:at]
        synced = {call.thing: number for number, call in enumerate(done) if call.kind == "S"}
        writes: dict[int, list[tuple[Call, bool]]] = defaultdict(list)
        for number, call in enumerate(done):
            if call.kind in _DATA:
                writes[call.thing].append((call, number < synced.get(call.thing, -1)))
        names = self._names_after(done, chance)
        return {name: self._content(thing, writes[thing], chance) for name, thing in names.items()}

    def _names_after(self, done: Sequence[Call], chance: Random) -> Mapping[str, int]:
        changes = [number for number, call in enumerate(done) if call.kind in _NAMES]
        folders = [number for number, call in enumerate(done) if call.kind == "D"]
        sure = sum(number < max(folders, default=-1) for number in changes)
        names = dict(self._names)
        for number in changes[: sure + chance.randrange(len(changes) - sure + 1)]:
            one, other = done[number].paths
            if done[number].kind == "C":
                names[one] = done[number].thing
            elif one in names:
                thing = names.pop(one)
                names |= {other: thing} if done[number].kind == "R" else {}
        return names

    def _content(self, thing: int, writes: Sequence[tuple[Call, bool]], chance: Random) -> bytes:
        content = bytearray(self._contents.get(thing, b""))
        for call, is_sure in writes:
            if not is_sure and chance.random() < 0.5:
                continue
            if call.kind == "T":
                del content[call.at :]
                continue
            data = call.data
            if not is_sure and chance.random() < 0.4:
                data = data[: chance.randrange(len(data) // SECTOR + 1) * SECTOR]
            content.extend(bytes(max(call.at + len(data) - len(content), 0)))
            content[call.at : call.at + len(data)] = data
        return bytes(content)


def _state(work: Work, disk: Disk, after: Path, told: bytes, chance: Random) -> Outcome:
    """Rebuild the disk as one cut may have left it, and judge it as a start of the program finds it."""
    at = chance.randrange(len(disk.calls) + 1)
    after.mkdir(parents=True)
    for name, data in disk.left_by_a_cut(at, chance).items():
        target = after / Path(name).relative_to(disk.place)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
    lines = b"".join(call.data for call in disk.calls[:at] if call.kind == "L")
    ledger = judging.ledger_of(after)
    ledger.write_bytes(told + lines)
    found = work.judge(after)
    shutil.rmtree(after.parent)
    return found
