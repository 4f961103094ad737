"""Connections to a data file, with the settings that make a saved form safe; making and checking of the file.

journal_mode DELETE and synchronous EXTRA lost nothing in simulated power cuts and leave no side file to forget on a USB stick.
Both are asserted on every connection, not hoped for. Every writing transaction begins IMMEDIATE: without that, and with Python's
own transaction handling on, a failed migration keeps half of its steps. No query about forms stands here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, Executable, QueuePool, create_engine, event, insert, select, text

from perfdesk import __version__, private
from perfdesk.errors import UserError
from perfdesk.store import faults, schema
from perfdesk.store.connecting import connect_with, module_for
from perfdesk.store.files import journal_of, needs_no_lock
from perfdesk.store.journal import journal_beside
from perfdesk.store.unlocking import key_of

BUSY_MS: Final = 5000
"""How long to wait for another program's lock, in milliseconds."""

Pragmas = Mapping[str, tuple[str, str | int]]
"""Name of a pragma -> how it is set, what it must then answer."""

WRITING: Final[Pragmas] = {"journal_mode": ("DELETE", "delete"), "synchronous": ("EXTRA", 3), "foreign_keys": ("ON", 1)}
"""What every connection that saves must answer."""

_READING: Final[Pragmas] = {"query_only": ("ON", 1), "foreign_keys": ("ON", 1)}
# a migration rebuilds a table by dropping it: that must not cascade
_MIGRATING: Final[Pragmas] = {**WRITING, "foreign_keys": ("OFF", 0)}

_OWN_TABLES: Final = text(
    "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('alembic_version', 'store')"
)


def writing_engine(path: Path, *, create: bool = False) -> Engine:
    """Return the engine that saves: never makes a file unless ``create``, every transaction BEGIN IMMEDIATE.

    A file that is made is plain. Raises ``StoreLocked`` for one whose password was not given; so do the other two.
    Use ``engine.execution_options(deferred=True)`` to read without keeping other programs from reading.
    """
    return _engine(path, mode="rwc" if create else "rw", pragmas=WRITING)


def migrating_engine(path: Path) -> Engine:
    """Return the engine for migration steps: as for writing, with foreign keys off (checked by hand before the commit)."""
    return _engine(path, mode="rw", pragmas=_MIGRATING)


def reading_engine(path: Path) -> Engine:
    """Return the engine that only looks: nothing beside the file is made and nothing in it can change."""
    with faults.in_plain_words(path):
        mode = "ro&immutable=1" if needs_no_lock(path) else "ro"
    return _engine(path, mode=mode, pragmas=_READING).execution_options(deferred=True)


def _engine(path: Path, *, mode: str, pragmas: Pragmas) -> Engine:
    key = key_of(path) if path.exists() else None

    def connect() -> sqlite3.Connection:
        settings = {"timeout": BUSY_MS / 1000, "isolation_level": None, "check_same_thread": False}
        return connect_with(key, path, mode=mode, **settings)

    # what is typed stays out of the words of an error, and so out of every log
    dialect = {"module": module_for(key), "creator": connect, "poolclass": QueuePool, "hide_parameters": True}
    engine = create_engine("sqlite://", **dialect)

    def set_up(connection: sqlite3.Connection, _entry: object) -> None:
        _assert_pragmas(connection, path, {"busy_timeout": (str(BUSY_MS), BUSY_MS), **pragmas})

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    deferred = connection.get_execution_options().get("deferred", False)
    connection.exec_driver_sql("BEGIN" if deferred else "BEGIN IMMEDIATE")


def _assert_pragmas(connection: sqlite3.Connection, path: Path, pragmas: Pragmas) -> None:
    for name, (setting, expected) in pragmas.items():
        connection.execute(f"PRAGMA {name} = {setting}").close()
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is None or row[0] != expected:
            raise UserError(
                f"“{path}”所在的磁盘不支持安全保存（{name} 应为 {setting}），所以没有打开。请把数据文件放到本机磁盘上。"
            )


def create_file(path: Path, *, moment: datetime) -> None:
    """Make a new, empty data file at ``path``: whole or not at all, and never over a file that is there.

    Raises :class:`UserError` when the folder cannot be written or the disk is full, ``StoreDamaged`` when a journal without its
    file lies there.
    """
    journal = next((one for one in journals_beside(path) if one.exists()), None)
    if journal is not None:
        raise faults.StoreDamaged(
            f"“{path}”不在了，旁边却还有它的“{journal.name}”，说明数据文件被单独移走或删除过。"
            "请把数据文件放回来，或者从改动流水和备份里找回；确实要从头开始的，先把那个文件移走。"
        )
    fresh = path.with_name(f"{path.name}.new")
    with faults.in_plain_words(path):
        for leftover in (fresh, journal_of(fresh)):
            leftover.unlink(missing_ok=True)
        private.make_file(fresh)
        engine = writing_engine(fresh, create=True)
        try:
            with engine.begin() as connection:
                _create_tables(connection, moment)
        except BaseException:
            engine.dispose()
            fresh.unlink(missing_ok=True)
            raise
        engine.dispose()
        fresh.replace(path)


def journals_beside(path: Path) -> tuple[Path, ...]:
    """Return where the rollback journal and the edit journals of a data file lie when it has them."""
    edits = journal_beside(path)
    return journal_of(path), edits, edits.with_name(f"{edits.name}.1")


def _create_tables(connection: Connection, moment: datetime) -> None:
    connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    schema.metadata.create_all(connection)
    for guard in schema.GUARDS:
        connection.exec_driver_sql(guard)
    connection.execute(insert(schema.alembic_version), {"version_num": schema.REVISION})
    facts = {"program": program_version(), "created": moment.isoformat()}
    connection.execute(insert(schema.store), [{"key": key, "value": fact} for key, fact in facts.items()])


def program_version() -> str:
    """Return the version of this program, as it is written into data files."""
    return __version__


def origin_of(connection: Connection) -> str:
    """Return what tells a data file and its copies from every other one: the moment it was made; ``""`` where that is not known."""
    return _only(connection, select(schema.store.c.value).where(schema.store.c.key == "created")) or ""


def check(connection: Connection, path: Path) -> None:
    """Go through every page of the file once (3 ms per MB). Raises ``StoreDamaged`` where one contradicts another."""
    if _only(connection, text("PRAGMA quick_check(1)")) != "ok":
        raise faults.unreadable(path)


def revision_of(connection: Connection, path: Path) -> str:
    """Return the revision of the schema in the file.

    Raises :class:`UserError` for a file of a newer program, naming both versions, and for one without a revision.
    """
    tables = _only(connection, _OWN_TABLES)
    found = _only(connection, select(schema.alembic_version.c.version_num)) if tables == "2" else None
    if found is None:
        raise faults.damaged(path)
    if found > schema.REVISION:
        writer = _only(connection, select(schema.store.c.value).where(schema.store.c.key == "program"))
        raise UserError(
            f"“{path}”由更新的版本（{writer or '未注明'}，结构 {found}）保存，"
            f"本程序是 {program_version()}（结构 {schema.REVISION}），打开会丢内容，所以没有打开。请先升级程序。"
        )
    return found


def _only(connection: Connection, query: Executable) -> str | None:
    found = connection.execute(query).scalar()
    return None if found is None else str(found)
