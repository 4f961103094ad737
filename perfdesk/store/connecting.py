"""Connections as SQLite gives them, of plain and of encrypted data files: everything in the store that opens a file comes here.

``sqlcipher3`` is imported only for a file that is encrypted; its connections behave as those of ``sqlite3``, its errors have a type
of their own, see ``faults.database_errors``. No query stands here.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from perfdesk.store import pages
from perfdesk.store.files import file_uri
from perfdesk.store.unlocking import key_of

if TYPE_CHECKING:
    from types import ModuleType

    from perfdesk.store.keys import Key

QUIET: Final = "PRAGMA cipher_log_level = NONE"
"""SQLCipher would tell the terminal of each page that does not fit."""

HEADER: Final = f"cipher_plaintext_header_size = {pages.PLAIN}"


def connect(path: Path, *, mode: str, **settings: Any) -> sqlite3.Connection:  # noqa: ANN401 - what sqlite3.connect takes
    """Connect to a data file that is there, plain or encrypted; ``mode`` is ``ro`` or ``rw``.

    Raises ``StoreLocked`` for one whose key is not here, and what ``sqlite3.connect`` raises.
    """
    return connect_with(key_of(path), path, mode=mode, **settings)


def connect_with(key: Key | None, path: Path, *, mode: str, **settings: Any) -> sqlite3.Connection:  # noqa: ANN401 - as above
    """Connect to a data file of a known key, ``None`` for a plain one; ``mode`` may also be ``rwc``, or ``ro&immutable=1``."""
    module = module_for(key)
    connection = cast("sqlite3.Connection", module.connect(file_uri(path, mode=mode), uri=True, **settings))
    if key is not None:
        for setting in (QUIET, f'PRAGMA key = "{key.for_sqlcipher}"', f"PRAGMA {HEADER}"):
            connection.execute(setting).close()
    return connection


def module_for(key: Key | None) -> ModuleType:
    """Return the DB-API module for plain files, or for encrypted ones."""
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    return cast("ModuleType", dbapi2)
