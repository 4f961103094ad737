"""Runs processes and takes ratios. Imports nothing heavy: what the parent weighs would be counted as the child's memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PEERS = ROOT / ".bench-peers"
"""Where ``make bench`` puts the packages that only the bench needs."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: seconds from start to end, and the most memory it (or a child of its own) held, in MB."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the result. ``ours`` and ``theirs`` are printed as they stand; no ``ratio`` means not measured, see ``note``."""

    what: str
    peer: str
    ours: str = ""
    theirs: str = ""
    ratio: float | None = None
    bar: float = 0.0
    note: str = ""

    @property
    def verdict(self) -> str:
        """``ok``, ``over`` or ``—``."""
        if self.ratio is None:
            return "—"
        return "ok" if self.ratio <= self.bar else "over"


def environment() -> dict[str, str]:
    """Return the environment of every measured process: byte code is kept, no display is needed."""
    found = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    paths = os.pathsep.join((str(ROOT), str(PEERS)))
    return {**found, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}


def run(command: Sequence[object]) -> Run:
    """Run a process to its end. Raises :class:`RuntimeError` with what it said when it failed."""
    words = [str(one) for one in command]
    begin = time.perf_counter()
    process = subprocess.Popen(words, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{words[:4]} ended with {process.returncode}: {said.decode(errors='replace')[-500:]}")
    return Run(seconds, usage.ru_maxrss / 1024)


def python(*words: object) -> tuple[object, ...]:
    """Return the command that runs this Python."""
    return (sys.executable, *words)


def ask(task: str, *arguments: object) -> Any:  # noqa: ANN401 - whatever the task answers
    """Run ``bench.tasks.<task>`` in a process of its own and return the JSON it prints last."""
    command = [str(one) for one in python("-m", f"bench.tasks.{task}", *arguments)]
    done = subprocess.run(command, env=environment(), capture_output=True, check=False, cwd=ROOT)
    if done.returncode:
        raise RuntimeError(f"bench.tasks.{task}: {done.stderr.decode(errors='replace')[-800:]}")
    return json.loads(done.stdout.splitlines()[-1])


def alternate(ours: Callable[[], Run], theirs: Callable[[], Run], *, rounds: int) -> tuple[list[Run], list[Run]]:
    """Run both in turn, after one round that does not count."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return [one for one, _ in pairs], [one for _, one in pairs]


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios of neighbours: what drifts, drifts for both."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def seconds(runs: Sequence[Run]) -> list[float]:
    """Return the times of runs."""
    return [one.seconds for one in runs]


def megabytes(runs: Sequence[Run]) -> list[float]:
    """Return the memory of runs."""
    return [one.megabytes for one in runs]


def shown(values: Sequence[float]) -> str:
    """Print the median of times in s."""
    middle = median(values)
    return f"{middle:.2f} s" if middle >= 1 else f"{middle * 1000:.1f} ms"
