"""Runs batches of inputs in processes of their own and gathers what became of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.conftest import ROOT

BATCH: Final = 250
MEMORY: Final = 300 << 20
"""Bytes that no input may take over the idle state."""
SLOW: Final = 10.0
"""Seconds that no input may take."""


@dataclass(slots=True)
class Result:
    """What became of a run: outcomes by word, the slowest input, the most memory over idle, and every mistake with its number."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, -1)
    memory: int = 0
    mistakes: list[tuple[int, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Inputs that were judged."""
        return sum(self.outcomes.values())

    def add(self, other: Result) -> None:
        """Take another run's result in."""
        self.outcomes += other.outcomes
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)
        self.mistakes += other.mistakes


def run(count: int, *, seed: int, jobs: int = 2, batch: int = BATCH) -> Iterator[Result]:
    """Judge ``count`` inputs of a seed in several processes; yields the result of each batch as it comes."""
    firsts = range(0, count, batch)
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda first: _batch(seed, first, min(batch, count - first)), firsts)


def _batch(seed: int, first: int, count: int) -> Result:
    with TemporaryDirectory(prefix="perfdesk-fuzz-") as folder:
        words = (sys.executable, "-m", "tests.fuzz.child", str(seed), str(first), str(count), folder)
        done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False, timeout=(count + 10) * SLOW * 2)
    result = Result()
    last = first - 1
    ended = False
    for line in done.stdout.decode().splitlines():
        number, word, *rest = json.loads(line)
        if number == "end":
            ended, result.memory = True, rest[0]
            if not word:
                result.mistakes.append((-1, "the data file changed"))
            continue
        last = number
        seconds, trouble = rest
        result.outcomes[word] += 1
        result.slowest = max(result.slowest, (seconds, number))
        if trouble or seconds > SLOW:
            result.mistakes.append((number, trouble or f"took {seconds} s"))
    if not ended:
        told = done.stderr.decode(errors="replace")[-1500:]
        result.mistakes.append((last + 1, f"the process ended with {done.returncode}: {told}"))
    if result.memory > MEMORY:
        result.mistakes.append((first, f"{result.memory >> 20} MB over idle in this batch"))
    return result


def write_input(seed: int, number: int, folder: Path) -> Path:
    """Put an input on the disk, to look at."""
    from tests.fuzz.child import made

    one = made(seed, number)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{seed}-{number}-{one.name}"
    path.write_bytes(one.data)
    return path
