"""``make faults``: everything that can go wrong with disk and process, held against the oracle; ``--write`` renews the page."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import document
from tests.faults.run import FULL, everything


def main() -> int:
    """Run, print, and return 1 where anything was lost, invented or left lying about."""
    given = os.environ
    kills, moments = int(given.get("ROUNDS") or FULL.kills), int(given.get("MOMENTS") or FULL.moments)
    extent = FULL._replace(kills=kills, moments=moments)
    seed = int(given.get("SEED") or 1)
    outcomes = []
    with TemporaryDirectory() as folder:
        for one in everything(Path(folder), extent, seed=seed):
            outcomes.append(one)
            sys.stdout.write(f"{'  ' if one.clean else '! '}{tuple(document.table((one,)))[-1]}\n")
            sys.stdout.write("".join(f"      left lying: {name}\n" for name in one.left))
            sys.stdout.flush()
    sys.stdout.write("\n" + "\n".join((*document.table(outcomes), "", *document.sentences(outcomes))) + "\n")
    if "--write" in sys.argv:
        page = document.PAGE.read_text("utf-8")
        today = datetime.now().astimezone().date()
        document.PAGE.write_text(document.renewed(page, outcomes, today), encoding="utf-8", newline="\n")
    return not all(one.clean for one in outcomes)


if __name__ == "__main__":
    sys.exit(main())
