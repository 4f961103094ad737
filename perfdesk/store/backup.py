"""A faithful copy of a data file, made while it may be in use.

Only through SQLite's backup interface and only after ``integrity_check`` of the copy: copying the file itself can catch it half
written. When copies are made, how many are kept and how they are restored is decided elsewhere.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from perfdesk.errors import UserError
from perfdesk.store import faults
from perfdesk.store.files import file_uri


def copy_to(source: Path, target: Path) -> None:
    """Copy the data file ``source`` to ``target``; an older ``target`` is replaced only by a complete, verified copy.

    Raises :class:`UserError` when ``source`` cannot be read or is damaged, and when ``target`` cannot be written; ``target`` is
    then as it was before.
    """
    if target.exists() and source.exists() and source.samefile(target):
        raise UserError(f"“{target}”就是正在用的数据文件，不能复制到它自己。请另选一个文件名。")
    part = target.with_name(f"{target.name}.part")
    try:
        with faults.in_plain_words(target):
            part.unlink(missing_ok=True)
        _copy(source, part, target)
        with faults.in_plain_words(target):
            part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, part: Path, target: Path) -> None:
    with faults.in_plain_words(source):
        origin = sqlite3.connect(file_uri(source, mode="ro"), uri=True)
    with closing(origin):
        with faults.in_plain_words(source):
            origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with faults.in_plain_words(target), closing(sqlite3.connect(part)) as copy:
            origin.backup(copy)
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise faults.damaged(source)
