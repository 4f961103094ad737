"""Putting a checked copy into a folder of backups under its name, after what a killed program left half written there is gone.

Which folder, when and why is decided elsewhere; nothing is thinned here.
"""

from __future__ import annotations

from datetime import datetime
from glob import escape
from pathlib import Path

from perfdesk.store import backup, faults
from perfdesk.store.backups import Backup, Reason, name_for
from perfdesk.store.pages import looks_plain


def place(path: Path, source: Path, folder: Path, reason: Reason, *, moment: datetime, number: int) -> Backup:
    """Copy ``source`` into a folder as a backup of the data file ``path``. Raises :class:`UserError`."""
    target = folder / name_for(path.stem, moment, number, reason)
    with faults.of_a_copy(target):
        unlink_halves(folder, path.stem)
    backup.copy_to(source, target)
    with faults.of_a_copy(target):
        size = target.stat().st_size
    return Backup(target, moment.replace(second=0, microsecond=0, tzinfo=None), reason, number, size)


def halves(folder: Path, stem: str) -> list[Path]:
    """Return what was begun in a folder and not finished: copies without a name yet, key files that open nothing, a state."""
    begun = [*folder.glob(f"{escape(stem)}-*.db.part*"), *folder.glob(f"{escape(stem)}.json.part")]
    keys = (one for one in folder.glob(f"{escape(stem)}-*.db.key") if not _opens_something(one))
    return [*begun, *keys]


def _opens_something(key_file: Path) -> bool:
    copy = key_file.with_suffix("")
    return copy.exists() and not looks_plain(copy)


def unlink_halves(folder: Path, stem: str) -> None:
    """Remove it. Raises :class:`OSError`."""
    for one in halves(folder, stem):
        one.unlink(missing_ok=True)
