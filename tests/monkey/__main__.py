"""``make monkey SEED=1 MOVES=10000``: a long run without a display; where it goes wrong, the fewest moves that do."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from perfdesk import places
from tests.monkey.moves import drawn
from tests.monkey.runs import Failure, run, shortened
from ui import app as program
from ui import theme
from ui.theme import Mode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

    from tests.monkey.moves import Move

TRIES = 40


def main() -> int:
    """Run, and return 1 where something went wrong."""
    seed, count = (int(one) for one in sys.argv[1:3])
    app = program.make_application(["monkey"])
    theme.apply(app, Mode.LIGHT, faces=theme.load_fonts())
    moves = drawn(seed, count)
    failure = _run(app, moves)
    if failure is None:
        sys.stdout.write(f"seed {seed}: {count} moves, the forms are what the core makes of them\n")
        return 0
    sys.stdout.write(f"seed {seed}, move {failure.at}:\n{failure.what}\n\nlooking for the fewest moves …\n")
    fewest = shortened(moves[: failure.at + 1], lambda some: _run(app, some) is not None, tries=TRIES)
    again = _run(app, fewest)
    sys.stdout.write("".join(f"    {one!r},\n" for one in fewest) + (again.what if again is not None else "") + "\n")
    return 1


def _run(app: QApplication, moves: Sequence[Move]) -> Failure | None:
    """Run in a folder of its own; the program's own data folder is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        before, places.data_folder = places.data_folder, lambda: Path(folder) / "data"
        try:
            return run(app, Path(folder), moves)
        finally:
            places.data_folder = before


if __name__ == "__main__":
    sys.exit(main())
