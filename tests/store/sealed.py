"""Data files with a password, for tests: a key of their own, forgotten after each test by the fixture ``_no_keys``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from perfdesk.store.keyfile import key_file_of, wrap, write_key_file
from perfdesk.store.keys import Key, hold

if TYPE_CHECKING:
    from perfdesk.store import Store

OURS = "司法局 2026 年"


def seal(store: Store, password: str = OURS) -> Key:
    """Give an open store a password, as short as it goes."""
    key = Key.new()
    hold(key)
    write_key_file(key_file_of(store.path), wrap(key, password))
    store.reseal(key)
    return key


def holds_text(folder: Path, text: str) -> list[str]:
    """Return the files below a folder in which a text can be read."""
    sought = text.encode()
    return sorted(
        str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file() and sought in one.read_bytes()
    )
