"""A faithful copy of a data file, made while it may be in use.

Only through SQLite's backup interface and only after ``integrity_check`` of the copy and a count of its rows: copying the file
itself can catch it half written. When copies are made, how many are kept and how they are restored is decided elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.store import faults
from perfdesk.store.files import file_uri, journal_of, sync_folder

_COUNTS: Final = "SELECT name, printf('SELECT count(*) FROM \"%w\"', name) FROM sqlite_master WHERE type = 'table'"
"""Gives for each table the query that counts its rows."""


def copy_to(source: Path, target: Path) -> None:
    """Copy the data file ``source`` to ``target``; an older ``target`` is replaced only by a complete, verified copy.

    Raises :class:`UserError` when ``source`` cannot be read or is damaged, and when ``target`` cannot be written; ``target`` is
    then as it was before.
    """
    if target.exists() and source.exists() and source.samefile(target):
        raise UserError(f"“{target}”就是正在用的数据文件，不能复制到它自己。请另选一个文件名。")
    part = target.with_name(f"{target.name}.part")
    try:
        with faults.of_a_copy(target):
            _forget(part)
        _copy(source, part, target)
        with faults.of_a_copy(target):
            part.replace(target)
            sync_folder(target.parent)
    finally:
        with suppress(OSError):  # on a disk that went away; the next copy clears it
            _forget(part)


def _forget(part: Path) -> None:
    for leftover in (part, journal_of(part)):
        leftover.unlink(missing_ok=True)


def _copy(source: Path, part: Path, target: Path) -> None:
    with faults.in_plain_words(source):
        origin = sqlite3.connect(file_uri(source, mode="ro"), uri=True, isolation_level=None)
    with closing(origin):
        with faults.in_plain_words(source):
            origin.execute("BEGIN")  # what is counted is what is copied
            rows = _rows(origin)
        with faults.of_a_copy(target):
            private.make_file(part)
        with faults.of_a_copy(target), closing(sqlite3.connect(part)) as copy:
            origin.backup(copy)
            origin.rollback()  # who saves need not wait for the check of the copy
            if _is_whole(copy) and _rows(copy) == rows:
                return
        with faults.in_plain_words(source):
            if not _is_whole(origin):
                raise faults.damaged(source)
    raise UserError(f"写出来的“{target}”与“{source}”对不上，没有留下这份复制。请检查那个磁盘，再复制一次。")


def _is_whole(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")
    except sqlite3.DatabaseError as error:
        if (error.sqlite_errorcode or 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            return False
        raise


def _rows(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Count the rows of each table."""
    counts = connection.execute(_COUNTS).fetchall()
    return {name: connection.execute(count).fetchone()[0] for name, count in counts}
