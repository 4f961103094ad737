"""抢救 (rescue) of a damaged data file: every row that can still be read, put into a new file of the same schema.

The damaged file is copied once, sector by sector where the disk itself has gaps, and only the copy is touched. An encrypted one is
decrypted page by page in memory: one bad page would shut all others to SQLCipher. A row that cannot be read is left out and its
form is named; whether what is left of a form is whole is judged elsewhere (``salvage``).
"""

from __future__ import annotations

import re
import sqlite3
import struct
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer

from perfdesk import private
from perfdesk.store import faults, schema
from perfdesk.store.blocks import BLOCK, copy_what_reads
from perfdesk.store.connecting import connect_with
from perfdesk.store.engine import program_version
from perfdesk.store.files import file_uri, journal_of
from perfdesk.store.keys import Key
from perfdesk.store.pages import plain_copy
from perfdesk.store.tables import Stored, get

_HEADER: Final = 100
_RESERVED_AT: Final = 20
_MOST_ROWS: Final = 100_000
"""Up to this row a table without readable end is searched, row by row."""

_Row = tuple[Any, ...]


class Rescued(NamedTuple):
    """What came of it: the forms of which rows could not be read, with the tables they are missing in, and what is not whole.

    ``gaps``: form -> names of tables; ``tables``: those of which any row may be missing; ``headless``: forms of which there are
    rows but not the form itself; ``unread``: bytes that the disk did not give.
    """

    gaps: dict[str, tuple[str, ...]]
    tables: frozenset[str]
    headless: frozenset[str]
    unread: int


class _Table(NamedTuple):
    name: str
    sql: str
    columns: tuple[str, ...]

    def query(self, words: str) -> str:
        """Return a statement about this table, which is called ``this`` in the words of it."""
        return words.replace(" this", f' "{self.name}"', 1)


def rescue(source: Path, target: Path, *, blank: Path, key: Key | None = None) -> Rescued | None:
    """Put what can be read of ``source`` into the new file ``target``; ``None`` when not even its tables can be made out.

    ``blank`` is an empty data file of today: its first page stands in for one that is gone. A rollback journal beside ``source``
    is played back on the copy. ``key`` is that of ``source`` and ``blank``, and becomes that of ``target``. Raises
    :class:`UserError` when ``target`` cannot be written.
    """
    copy = target.with_name(f"{target.name}.copy")
    with faults.in_plain_words(target):
        unread = copy_what_reads(source, copy)
        if journal_of(source).exists():
            unread += copy_what_reads(journal_of(source), journal_of(copy))
        opened = partial(_open_plain, copy) if key is None else partial(_open_sealed, _decrypted(copy, key))
        empty = blank.read_bytes()[:BLOCK] if key is None else plain_copy(blank.read_bytes()[:BLOCK], key)[0]
    head = _mend_header(copy, reserved=empty[_RESERVED_AT])
    for first in (b"", head, head + empty[_HEADER:]) if head else (b"",):
        with faults.in_plain_words(target):
            found = opened(first)
        with closing(found) as origin:
            tables = _tables_of(origin)
            if tables is not None:
                with faults.in_plain_words(target):
                    private.make_file(target)
                new = connect_with(key, target, mode="rw", isolation_level=None)
                with faults.in_plain_words(target), closing(new) as fresh:
                    return _fill(origin, fresh, tables, unread)
    return None


def _open_plain(copy: Path, first: bytes) -> sqlite3.Connection:
    """Open the copy, ``first`` put in where it begins."""
    if first:
        with copy.open("r+b") as file:
            file.write(first)
    return sqlite3.connect(file_uri(copy, mode="rw"), uri=True, isolation_level=None)


def _open_sealed(pages: bytes, first: bytes) -> sqlite3.Connection:
    """Open decrypted pages, ``first`` in the place of what they begin with; nothing of them gets to the disk."""
    found = sqlite3.connect(":memory:", isolation_level=None)
    if pages:
        found.deserialize(first + pages[len(first) :])
    return found


def _decrypted(copy: Path, key: Key) -> bytes:
    """Play the rollback journal back, if there is one, and return the pages of the copy as they are without encryption."""
    if journal_of(copy).exists():
        with suppress(*faults.database_errors()), closing(connect_with(key, copy, mode="rw")) as origin:
            origin.execute("SELECT count(*) FROM sqlite_master").fetchall()
    return plain_copy(copy.read_bytes(), key)[0]


def _mend_header(copy: Path, *, reserved: int) -> bytes:
    """Return the hundred bytes that a data file of this program begins with, for one that lost them; ``b""`` where it has no page.

    ``reserved``: so many bytes at the end of each page are not SQLite's own.
    """
    pages = copy.stat().st_size // BLOCK
    if not pages:
        return b""
    stamp = 1
    head = struct.pack(">16sHBBBBBB", b"SQLite format 3\0", BLOCK, 1, 1, reserved, 64, 32, 32)
    head += struct.pack(">IIIIIIIIIIIII", stamp, pages, 0, 0, 1, 4, 0, 0, 1, 0, 0, schema.APPLICATION_ID, 0)
    return head + bytes(16) + struct.pack(">II", stamp, 3_040_000)


def _tables_of(origin: sqlite3.Connection) -> tuple[_Table, ...] | None:
    """Return the tables of a file that is ours, ``None`` where they cannot be made out."""
    try:
        origin.execute("PRAGMA writable_schema = ON")  # reads on where the file is shorter than it says
        origin.text_factory = _decode
        found = origin.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql > ''").fetchall()
        tables = tuple(
            _Table(name, sql, tuple(row[1] for row in origin.execute(f'PRAGMA table_info("{name}")')))
            for name, sql in found
            if name in schema.metadata.tables
        )
        with closing(sqlite3.connect(":memory:")) as trial:
            for table in tables:
                trial.execute(table.sql)
    except (sqlite3.Error, UnicodeError):
        return None
    return tables if {"record", "value", "store", "alembic_version"} <= {one.name for one in tables} else None


def _decode(text: bytes) -> str:
    """A text that is no UTF-8 any more becomes one that cannot be stored again, and so counts as not read."""
    return text.decode("utf-8", "surrogateescape")


def _fill(origin: sqlite3.Connection, fresh: sqlite3.Connection, tables: tuple[_Table, ...], unread: int) -> Rescued:
    fresh.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    fresh.execute("BEGIN IMMEDIATE")
    filling = _Filling(origin, fresh)
    ordered = sorted(tables, key=lambda one: "record_id" in one.columns and "WITHOUT ROWID" in one.sql)
    for table in ordered:  # whose rows are found by the form come when the forms are known
        fresh.execute(table.sql)
        filling.take(table)
    headless = _drop_headless(fresh, ordered)
    for (sql,) in _try(origin, "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql > ''")[0]:
        with suppress(*faults.database_errors(UnicodeError)):  # what is missing is made later
            fresh.execute(sql)
    _complete_facts(fresh, ordered)
    fresh.execute("COMMIT")
    gaps = {owner: tuple(sorted(names)) for owner, names in filling.gaps.items()}
    return Rescued(gaps, frozenset(filling.tables), headless, unread)


class _Filling:
    """The work of taking rows over, and what was missed."""

    def __init__(self, origin: sqlite3.Connection, fresh: sqlite3.Connection) -> None:
        self._origin, self._fresh = origin, fresh
        self._owners: dict[Stored, None] = {}
        self.gaps: dict[str, set[str]] = {}
        self.tables: set[str] = set()

    def take(self, table: _Table) -> None:
        """Take over the rows of a table."""
        rows, whole = _try(self._origin, table.query("SELECT * FROM this"))
        if not whole:
            self.tables.add(table.name)
            rows = self._row_by_row(table, rows)
        statement = table.query("INSERT OR IGNORE INTO this VALUES (…)").replace(
            "…", ", ".join("?" * len(table.columns))
        )
        kinds = _kinds(table)
        for row in dict.fromkeys(rows):
            if not (all(map(isinstance, row, kinds)) and self._put(statement, row)):
                self.tables.add(table.name)
                self._miss(row[0], table)
        named = "id" if table.name == "record" else "record_id"
        if named in table.columns:
            at = table.columns.index(named)
            self._owners |= dict.fromkeys(row[at] for row in rows if isinstance(row[at], Stored))

    def _put(self, statement: str, row: _Row) -> bool:
        try:
            return self._fresh.execute(statement, row).rowcount > 0
        except UnicodeEncodeError:
            return False

    def _row_by_row(self, table: _Table, first: list[_Row]) -> list[_Row]:
        if "WITHOUT ROWID" in table.sql:
            return [*first, *(row for owner in self._owners for row in self._of(owner, table))]
        one = table.query("SELECT * FROM this WHERE rowid = ?")
        last, _ = _try(self._origin, table.query("SELECT rowid FROM this ORDER BY rowid DESC LIMIT 1"))
        most = min(max([_MOST_ROWS, *(row[0] for row in last)]), 10 * _MOST_ROWS)
        return [*first, *(row for number in range(1, most + 1) for row in _try(self._origin, one, number)[0])]

    def _of(self, owner: Stored, table: _Table) -> Iterable[_Row]:
        """Read the rows of one form from both ends."""
        query, keys = table.query("SELECT * FROM this WHERE record_id = ? ORDER BY "), _keys(table)
        rows, whole = _try(self._origin, query + ", ".join(keys), owner)
        if whole:
            return rows
        self._miss(owner, table)
        backwards, _ = _try(self._origin, query + ", ".join(f"{one} DESC" for one in keys), owner)
        return [*rows, *reversed(backwards)]

    def _miss(self, owner: object, table: _Table) -> None:
        if isinstance(owner, Stored):
            self.gaps.setdefault(get(owner), set()).add(table.name)


def _keys(table: _Table) -> tuple[str, ...]:
    known = schema.metadata.tables[table.name].primary_key.columns
    return tuple(column.name for column in known if column.name != "record_id")


def _kinds(table: _Table) -> tuple[type | tuple[type, ...], ...]:
    """Return what the columns of a table hold; something else in them is damage."""
    known = schema.metadata.tables[table.name].c
    numbers = {one.name for one in known if isinstance(one.type, Integer)}
    return tuple(int if name in numbers else (str, bytes, NoneType) for name in table.columns)


def _try(connection: sqlite3.Connection, query: str, *values: object) -> tuple[list[_Row], bool]:
    """Return the rows up to the first that cannot be read, and whether these are all."""
    rows: list[_Row] = []
    try:
        rows.extend(_each(connection.execute(query, values)))
    except (sqlite3.Error, UnicodeError):
        return rows, False
    return rows, True


def _each(cursor: sqlite3.Cursor) -> Iterator[_Row]:
    yield from cursor


def _drop_headless(fresh: sqlite3.Connection, tables: Iterable[_Table]) -> frozenset[str]:
    """Remove the rows of forms that are not there themselves; return these forms."""
    gone: set[str] = set()
    for table in tables:
        if "REFERENCES" in table.sql:
            loose = "FROM this WHERE record_id NOT IN (SELECT id FROM record)"
            gone.update(get(owner) for (owner,) in fresh.execute(table.query("SELECT DISTINCT record_id " + loose)))
            fresh.execute(table.query("DELETE " + loose))
    return frozenset(gone)


def _complete_facts(fresh: sqlite3.Connection, tables: Iterable[_Table]) -> None:
    """Say which schema this is and which program wrote it, where that was lost."""
    found = fresh.execute("SELECT version_num FROM alembic_version").fetchall()
    if len(found) != 1 or not re.fullmatch(r"\d{4}", str(found[0][0])):
        fresh.execute("DELETE FROM alembic_version")
        fresh.execute("INSERT INTO alembic_version VALUES (?)", (_revision(tables),))
    fresh.execute("INSERT OR IGNORE INTO store VALUES ('program', ?)", (program_version(),))


def _revision(tables: Iterable[_Table]) -> str:
    """Tell the schema by the tables that it brought."""
    names = {one.name for one in tables}
    brought = (("change", "0004"), ("version", "0003"), ("section", "0002"))
    return next((revision for table, revision in brought if table in names), "0001")
