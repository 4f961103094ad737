"""The oracle of a fault run: what was begun, what was acknowledged as kept and what was said, outside the reach of the fault.

Each entry is one ``write`` to a file that only grows: it is there whatever becomes of the process that made it.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple


class Told(NamedTuple):
    """For each thing (a form, a file) the last edit begun and the last one kept; how many were acknowledged; what was said."""

    begun: dict[str, int]
    kept: dict[str, int]
    acknowledged: int
    said: tuple[str, ...]


class Ledger:
    """The ledger, open for writing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def begin(self, key: str, edit: int) -> None:
        """Put down that an edit is about to be made."""
        self._add("begun", key, edit)

    def acknowledge(self, key: str, edit: int) -> None:
        """Put down that the program said of an edit that it is kept."""
        self._add("kept", key, edit)

    def say(self, sentence: str) -> None:
        """Put down what the program told the user."""
        self._add("said", sentence, 0)

    def _add(self, kind: str, what: str, edit: int) -> None:
        os.write(self._handle, json.dumps([kind, what, edit]).encode() + b"\n")

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)


def read(path: Path) -> Told:
    """Read a ledger."""
    last: dict[str, dict[str, int]] = defaultdict(dict)
    acknowledged = 0
    for line in path.read_text("utf-8").splitlines():
        kind, what, edit = json.loads(line)
        acknowledged += kind == "kept" and edit > last[kind].get(what, 0)
        last[kind][what] = max(edit, last[kind].get(what, 0))
    return Told(last["begun"], last["kept"], acknowledged, tuple(last["said"]))
