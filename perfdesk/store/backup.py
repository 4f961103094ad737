"""A faithful copy of a data file, made while it may be in use.

Only through SQLite's backup interface and only after ``integrity_check`` of the copy and a count of its rows: copying the file
itself can catch it half written. What is encrypted is copied as it is, and its key file goes along. When copies are made, how many
are kept and how they are restored is decided elsewhere.
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
from perfdesk.store.connecting import connect_with
from perfdesk.store.files import journal_of, sync_folder
from perfdesk.store.keyfile import copy_key_file, key_file_of
from perfdesk.store.unlocking import key_of

_COUNTS: Final = "SELECT name, printf('SELECT count(*) FROM \"%w\"', name) FROM sqlite_master WHERE type = 'table'"
"""Gives for each table the query that counts its rows."""


def copy_to(source: Path, target: Path) -> None:
    """Copy the data file ``source`` to ``target``; an older ``target`` is replaced only by a complete, verified copy.

    Raises :class:`UserError` when ``source`` cannot be read, is damaged or locked, and when ``target`` cannot be written;
    ``target`` is then as it was before.
    """
    if target.exists() and source.exists() and source.samefile(target):
        raise UserError(f"“{target}”就是正在用的数据文件，不能复制到它自己。请另选一个文件名。")
    part = target.with_name(f"{target.name}.part")
    try:
        with faults.of_a_copy(target):
            _forget(part)
        _copy(source, part, target)
        sealed = key_of(source) is not None
        if sealed:
            copy_key_file(source, target)  # before there is what it opens
        with faults.of_a_copy(target):
            part.replace(target)
            sync_folder(target.parent)
            if not sealed:
                key_file_of(target).unlink(missing_ok=True)  # of what was there before
    finally:
        with suppress(OSError):  # on a disk that went away; the next copy clears it
            _forget(part)


def _forget(part: Path) -> None:
    for leftover in (part, journal_of(part)):
        leftover.unlink(missing_ok=True)


def _copy(source: Path, part: Path, target: Path) -> None:
    key = key_of(source)
    with faults.in_plain_words(source):
        origin = connect_with(key, source, mode="ro", isolation_level=None)
    with closing(origin):
        with faults.in_plain_words(source):
            origin.execute("BEGIN")  # what is counted is what is copied
            rows = _rows(origin)
        with faults.of_a_copy(target):
            private.make_file(part)
        with faults.of_a_copy(target), closing(connect_with(key, part, mode="rw")) as copy:
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
    except faults.database_errors() as error:
        if (faults.code_of(error) or 0) & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            return False
        raise


def _rows(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Count the rows of each table."""
    counts = connection.execute(_COUNTS).fetchall()
    return {name: connection.execute(count).fetchone()[0] for name, count in counts}
