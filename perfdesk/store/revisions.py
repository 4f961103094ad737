"""The revision of the schema in a data file or a backup, looked up without opening it for work: which program can read it."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Final

from perfdesk.store import faults
from perfdesk.store.connecting import connect

_STEP: Final = re.compile(r"r(\d{4})_.+\.pyc?")
_STEPS: Final = Path("perfdesk", "store", "migrations", "versions")


def revision_in(path: Path) -> str:
    """Return the revision of a data file, of a newer program too. Raises :class:`UserError`, also ``StoreLocked``."""
    with faults.in_plain_words(path), closing(connect(path, mode="ro", timeout=5)) as connection:
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if row is None:
        raise faults.damaged(path)
    return str(row[0])


def revision_known_to(program: Path) -> str:
    """Return the newest revision that the program in a folder can open, told by the steps it carries; ``""`` where it has none."""
    folders = (program / "_internal" / _STEPS, program / _STEPS)
    steps = (_STEP.fullmatch(one.name) for folder in folders if folder.is_dir() for one in folder.iterdir())
    return max((found[1] for found in steps if found), default="")
