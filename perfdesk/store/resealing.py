"""换一种存法 (resealing): a data file, a backup or an edit journal as it was, plain or encrypted, written again the other way.

The new file is made beside the old one, compared with it row by row, seen on the disk, and only then takes its place: whenever the
program is killed, the one or the other is there whole. Who calls makes sure that nobody saves meanwhile.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import zip_longest
from pathlib import Path
from typing import Final

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.store import faults
from perfdesk.store.connecting import HEADER, QUIET, connect_with
from perfdesk.store.engine import journals_beside
from perfdesk.store.files import examine, file_uri, journal_of, sync_folder
from perfdesk.store.keys import Key, is_sealed_line, open_line
from perfdesk.store.unlocking import key_of

_THINGS: Final = (
    "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_autoindex%' ORDER BY 1, 2"
)
_KEPT: Final = ("application_id", "user_version")
_TABLE: Final = "CREATE TABLE "
_INDEX: Final = re.compile("CREATE (UNIQUE )?INDEX ")
_NUMBERS: Final = "sqlite_sequence"


def reseal_file(path: Path, key: Key | None) -> bool:
    """Write a data file or backup again, encrypted with ``key`` or plain (``None``); ``False`` where it is so already.

    Raises ``StoreLocked``, ``StoreDamaged`` and :class:`UserError`; the file is then as it was.
    """
    examine(path)
    if key_of(path) == key:
        return False
    part = path.with_name(f"{path.name}.part")
    try:
        with faults.of_a_copy(path):
            _forget(part)
            private.make_file(part)
        with faults.where_full(faults.full_to_reseal, path), faults.named(part, path):
            write_other_way(path, part, key)
        with faults.of_a_copy(path):
            _put(part, path)
            sync_folder(path.parent)
    finally:
        with suppress(OSError):  # on a disk that went away; the next opening clears it
            _forget(part)
    return True


def _put(part: Path, path: Path) -> None:
    try:
        part.replace(path)
    except PermissionError as error:  # on Windows also while anybody has it open
        raise UserError(
            f"“{path}”正被另一个窗口或程序打开，没有换，原来的还在。请关闭它们（只查看的窗口也算），再做一次。"
        ) from error


def write_other_way(source: Path, target: Path, key: Key | None) -> None:
    """Write what ``source`` holds into the empty file ``target``, encrypted with ``key`` or plain, and compare both.

    Raises :class:`UserError`; ``target`` is then of no use.
    """
    own = key_of(source)
    with faults.in_plain_words(source), faults.of_a_copy(target):
        with closing(_bridge(source, own, target, key)) as bridge:
            bridge.execute("BEGIN").close()
            for statement in _statements(bridge):
                bridge.execute(statement).close()
            bridge.execute("COMMIT").close()
        with target.open("rb+") as file:
            os.fsync(file.fileno())
        if not _are_alike(source, own, target, key):
            raise UserError(f"“{source}”换一种存法以后对不上，没有换，原来的还在。请检查磁盘，再做一次。")


def _statements(bridge: sqlite3.Connection) -> Iterator[str]:
    """Give what fills ``other`` from ``main``: marks, tables, indexes, rows, guards.

    As ``sqlcipher_export`` does, which takes over no marks and of a full disk says only that something was wrong.
    """
    for mark in _KEPT:
        (value,) = bridge.execute(f"PRAGMA main.{mark}").fetchone()
        yield f"PRAGMA other.{mark} = {int(value)}"
    things = bridge.execute("SELECT name, sql FROM main.sqlite_master WHERE sql > '' ORDER BY rowid").fetchall()
    tables = [name for name, sql in things if sql.startswith(_TABLE) and name != _NUMBERS]
    yield from (_other(sql) for name, sql in things if name in tables)
    yield from (_other(sql) for _, sql in things if _INDEX.match(sql))  # before the rows: pages as in an empty file
    for name in tables:
        quoted = name.replace('"', '""')
        yield f'INSERT INTO other."{quoted}" SELECT * FROM main."{quoted}"'  # noqa: S608 - a table of this very file
    if _NUMBERS in {name for name, _ in things}:  # made with the first table that numbers its rows for good
        yield from (f"DELETE FROM other.{_NUMBERS}", f"INSERT INTO other.{_NUMBERS} SELECT * FROM main.{_NUMBERS}")  # noqa: S608
    yield from (_other(sql) for _, sql in things if not sql.startswith(_TABLE) and not _INDEX.match(sql))


def _other(sql: str) -> str:
    """Let a statement that made something in ``main`` make it in ``other``."""
    return re.sub(r"^CREATE (TABLE|INDEX|UNIQUE INDEX|TRIGGER) ", r"CREATE \1 other.", sql)


def _bridge(source: Path, own: Key | None, target: Path, key: Key | None) -> sqlite3.Connection:
    """Connect to both at once; SQLCipher reads and writes plain files too."""
    from sqlcipher3 import dbapi2

    bridge: sqlite3.Connection = dbapi2.connect(file_uri(source, mode="ro"), uri=True, isolation_level=None)
    words = [QUIET]
    if own is not None:
        words += [f'PRAGMA key = "{own.for_sqlcipher}"', f"PRAGMA {HEADER}"]
    for one in words:
        bridge.execute(one).close()
    secret = "" if key is None else key.for_sqlcipher
    bridge.execute("ATTACH DATABASE ? AS other KEY ?", (file_uri(target, mode="rw"), secret)).close()
    if key is not None:
        bridge.execute(f"PRAGMA other.{HEADER}").close()
    return bridge


def _are_alike(one: Path, own: Key | None, other: Path, key: Key | None) -> bool:
    """Tell whether two files hold the same tables, rows and guards, the second one being whole."""
    with (
        closing(connect_with(own, one, mode="ro")) as old,
        closing(connect_with(key, other, mode="ro")) as new,
    ):
        if new.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            return False
        things = old.execute(_THINGS).fetchall()
        same_marks = all(
            old.execute(f"PRAGMA {mark}").fetchone() == new.execute(f"PRAGMA {mark}").fetchone() for mark in _KEPT
        )
        tables = [name for kind, name, *_ in things if kind == "table"]
        return (
            same_marks
            and things == new.execute(_THINGS).fetchall()
            and all(_same_rows(old, new, name) for name in tables)
        )


def _same_rows(old: sqlite3.Connection, new: sqlite3.Connection, table: str) -> bool:
    query = 'SELECT * FROM "{}"'.format(table.replace('"', '""'))  # noqa: S608 - the name of a table of this very file
    return all(one == other for one, other in zip_longest(old.execute(query), new.execute(query)))


def reseal_journals(path: Path, key: Key | None) -> None:
    """Write the edit journals of a data file again, encrypted with ``key`` or plain; those that are so already stay.

    A line that no key here opens stays as it is. Raises :class:`UserError`; each journal is then as it was or as it shall be.
    """
    _, now, before = journals_beside(path)
    for one in (now, before, *(each.with_name(f"{each.name}.old") for each in (now, before))):
        with faults.in_plain_words(one):
            if one.exists() and not all(_is_right(line, key) for line in _whole_lines(one)):
                _write_lines(one, key)


def _whole_lines(journal: Path) -> Iterator[bytes]:
    """Give the lines of a journal without the torn end that a power cut may have left."""
    yield from (line for line in journal.read_bytes().split(b"\n")[:-1] if line)


def _is_right(line: bytes, key: Key | None) -> bool:
    if key is None:
        return not is_sealed_line(line) or open_line(line) is None
    return line.startswith(key.line_mark) or (is_sealed_line(line) and open_line(line) is None)


def _write_lines(journal: Path, key: Key | None) -> None:
    part = journal.with_name(f"{journal.name}.new")
    part.unlink(missing_ok=True)
    with open(part, "xb", opener=private.opener) as out:
        for line in _whole_lines(journal):
            plain = None if _is_right(line, key) else open_line(line)
            out.write((line if plain is None else plain if key is None else key.seal(plain)) + b"\n")
        out.flush()
        os.fsync(out.fileno())
    part.replace(journal)
    sync_folder(journal.parent)


def _forget(part: Path) -> None:
    for leftover in (part, journal_of(part)):
        leftover.unlink(missing_ok=True)
