"""``make fuzz``: COUNT damaged files of SEED, judged in two processes; what goes wrong is written to OUT and told."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

from tests.fuzz.running import Result, run, write_input


def main() -> int:
    """Run, print, and return 1 where anything went wrong."""
    count, seed = int(os.environ.get("COUNT") or 10_000), int(os.environ.get("SEED") or 1)
    total, begin = Result(), time.perf_counter()
    for one in run(count, seed=seed):
        total.add(one)
        sys.stdout.write(f"{total.count:6} inputs, {dict(total.outcomes)}, {len(total.mistakes)} mistakes\n")
        sys.stdout.flush()
    folder = Path(os.environ.get("OUT") or "out") / "fuzz"
    for number, trouble in total.mistakes:
        where = write_input(seed, number, folder) if number >= 0 else ""
        sys.stdout.write(f"\n! {number} {where}\n{trouble}\n")
    seconds, number = total.slowest
    sys.stdout.write(
        f"\n{total.count} inputs in {time.perf_counter() - begin:.0f} s; slowest {seconds:.2f} s (number {number}); "
        f"{total.memory >> 20} MB over idle; {len(total.mistakes)} mistakes\n"
    )
    return bool(total.mistakes)


if __name__ == "__main__":
    sys.exit(main())
