"""Opening a data file: looked over first, made when absent, brought up to date when older. The lock is taken by the caller."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.store import faults, schema
from perfdesk.store.engine import check, create_file, reading_engine, revision_of, writing_engine
from perfdesk.store.files import examine

if TYPE_CHECKING:
    from sqlalchemy import Engine


def engine_to_look(path: Path) -> Engine:
    """Return the engine that only looks at a data file of today. Raises ``StoreOlder`` and :class:`UserError`."""
    examine(path)
    engine = reading_engine(path)
    if _revision(path, engine) != schema.REVISION:
        engine.dispose()
        raise faults.StoreOlder(
            f"“{path}”由旧版本保存，要先升级才能看，而现在只能读。请把它复制到能写的文件夹，用本程序打开一次再看。"
        )
    return engine


def engine_to_fill_in(path: Path, moment: datetime) -> Engine:
    """Return the engine that saves: a file that is not there is made, an older one is migrated. Raises :class:`UserError`."""
    if path.exists():
        examine(path)
    else:
        create_file(path, moment=moment)
    engine = writing_engine(path)
    if _revision(path, engine) != schema.REVISION:
        engine.dispose()
        from perfdesk.store.migrations import migrate  # Alembic is slow to import and hardly ever needed

        migrate(path, moment=moment)
        engine = writing_engine(path)
    return engine


def _revision(path: Path, engine: Engine) -> str:
    """Check the file and read its revision; on a writing engine this also proves that it can be written."""
    try:
        with faults.in_plain_words(path), engine.begin() as connection:
            check(connection, path)
            return revision_of(connection, path)
    except BaseException:
        engine.dispose()
        raise
