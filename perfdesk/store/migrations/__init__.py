"""From an older schema to today's: Alembic steps in ``versions/``, all of them and the new revision in one transaction.

Imported only when a file's revision differs, because Alembic is slow to import. A backup is made first. The
steps are found beside this module, wherever the program lies, with no ``alembic.ini`` and no ``env.py``; a frozen program ships
``versions/*.py`` as data. A step never imports today's schema or model, and is never edited after its release.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, update

from perfdesk.store import faults, schema
from perfdesk.store.backups import Reason
from perfdesk.store.engine import migrating_engine, program_version
from perfdesk.store.safekeeping import make_here

SCRIPTS: Final = Path(__file__).absolute().parent


def migrate(path: Path, *, moment: datetime) -> Path:
    """Bring the data file ``path`` to today's revision; return where the backup from before lies.

    Raises :class:`UserError` when the disk is full, the file damaged or in use; whatever is raised, the file is as it was and the
    backup stays.
    """
    before = make_here(path, Reason.MIGRATION, moment=moment)
    engine = migrating_engine(path)
    try:
        with faults.in_plain_words(path), engine.begin() as connection:
            run_steps(connection, target=schema.REVISION)
            _check_links(connection, path)
            mine = schema.store.c.key == "program"
            connection.execute(update(schema.store).where(mine).values(value=program_version()))
    finally:
        engine.dispose()
    return before.path


def run_steps(connection: Connection, *, target: str) -> None:
    """Run the steps up to ``target`` inside the transaction of ``connection``."""
    script = ScriptDirectory(str(SCRIPTS))

    def steps(revision: Any, _context: object) -> Any:  # noqa: ANN401 - Alembic's own types
        return script._upgrade_revs(target, revision)  # noqa: SLF001 - what alembic.command.upgrade itself calls

    with EnvironmentContext(Config(), script, fn=steps, destination_rev=target) as environment:
        environment.configure(connection=connection)
        environment.run_migrations()


def _check_links(connection: Connection, path: Path) -> None:
    """Foreign keys are off while tables are rebuilt; nothing may be left hanging when they come on again."""
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise faults.damaged(path)
