"""One process of the fuzzer: ``python -m tests.fuzz.child SEED FIRST COUNT FOLDER``; prints a line of JSON for each input.

Its memory is held: what it may take over its idle state is a limit of the process, and the peak is printed at the end. Beside the
inputs lies a data file that is open all the while; its bytes must be the same afterwards.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import resource
import sys
import time
import traceback
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from perfdesk.store import Store
from tests.fuzz.damage import damaged
from tests.fuzz.judging import judge
from tests.fuzz.seeds import Seed, records, seeds

HARD = 900 << 20
"""Bytes of address space over the idle state at which the process is stopped; what it may really hold is far less, see the run."""
SLOW = 10.0


def made(seed: int, number: int) -> Seed:
    """Make input ``number`` of a run: a file and its damage, always the same for the same two numbers."""
    chance = Random(f"{seed}:{number}")  # noqa: S311 - damage, not secrets
    one = chance.choice(seeds())
    return Seed(one.name, damaged(one.data, chance))


def once(folder: Path, one: Seed) -> tuple[str, str]:
    """Judge one input; returns what became of it, and the traceback where it was a mistake."""
    path = folder / one.name
    path.write_bytes(one.data)
    faulthandler.dump_traceback_later(SLOW * 2, exit=True)
    try:
        return judge(path), ""
    except Exception:  # noqa: BLE001 - every kind of it is what the fuzzer looks for
        return "mistake", traceback.format_exc(limit=-6)
    finally:
        faulthandler.cancel_dump_traceback_later()
        path.unlink()


def _held(key: str) -> int:
    """Bytes that the process holds: now (``VmRSS``), or at the most since :func:`_forget_peak` (``VmHWM``)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(key))


def _forget_peak() -> None:
    """Let the peak begin anew; what the seeds took is the program's own (proc(5), clear_refs)."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _address_space() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _digest(folder: Path) -> str:
    return hashlib.sha256((folder / "perfdesk.db").read_bytes()).hexdigest()


def main(seed: int, first: int, count: int, folder: Path) -> None:
    """Run a batch."""
    path = folder / "perfdesk.db"
    with Store.open(path, now=lambda: datetime.now(UTC)) as store:
        store.save_many(records())
        for one in seeds()[:8]:
            once(folder, one)
        forms, before, idle = store.load_all(), _digest(folder), _held("VmRSS")
        _forget_peak()
        limit = _address_space() + HARD
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        for number in range(first, first + count):
            begin = time.perf_counter()
            word, trouble = once(folder, made(seed, number))
            seconds = time.perf_counter() - begin
            sys.stdout.write(json.dumps([number, word, round(seconds, 3), trouble]) + "\n")
            sys.stdout.flush()
        same = _digest(folder) == before and store.load_all() == forms
    sys.stdout.write(json.dumps(["end", same, _held("VmHWM") - idle]) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
