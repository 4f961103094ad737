"""Who may read a data file and what belongs to it: files that older versions made open to everybody are closed.

Only what is surely ours is touched: the data folder of the program, not a folder that somebody keeps a data file in.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from glob import escape
from pathlib import Path

from perfdesk import places, private
from perfdesk.store.backupstate import folder_of


def put_right(path: Path) -> None:
    """Leave the data file ``path`` and all that belongs to it to those who may use it: its owner, or the group of its folder.

    Never raises: where that cannot be, it stays as it is.
    """
    if path.parent == places.data_folder():
        private.put_right(path.parent)
    backups = folder_of(path)
    private.put_right(backups)
    with suppress(OSError):  # a folder that cannot be listed: opening the file in it says so
        for one in (path, *_beside(path), *backups.glob(f"{escape(path.stem)}*")):
            private.put_right(one)


def _beside(path: Path) -> Iterator[Path]:
    """Give the edit journals, the lock, SQLite's own journal, and the copies from before something."""
    yield from path.parent.glob(f"{escape(path.name)}[.-]*")
    yield from path.parent.glob(f"{escape(path.stem)}-before-*{escape(path.suffix)}")
