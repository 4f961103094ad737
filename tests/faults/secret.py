"""A data file with a password in a fault run: which passwords there are, and opening whatever a fault left."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from perfdesk.errors import LockedError, UserError
from perfdesk.store import Store, keyfile
from perfdesk.store.unlocking import unlock

WORDS: Final = ("第一个密码 2026", "第二个密码 2027")
"""One of them is the password wherever there is one."""


@contextmanager
def cheap_passwords() -> Iterator[None]:
    """Let a new password cost nothing meanwhile: a fault is to meet files, not the stretching of a password."""
    before, keyfile.COSTS = keyfile.COSTS, (2, 1, 1)
    try:
        yield
    finally:
        keyfile.COSTS = before


def opened(path: Path, *, read_only: bool = False) -> Store:
    """Open a data file as somebody does who knows its password. Raises :class:`UserError`."""
    try:
        return Store.open(path, now=datetime.now, read_only=read_only)
    except LockedError as error:
        with suppress(UserError):
            unlock(error.path, WORDS[0])
            return Store.open(path, now=datetime.now, read_only=read_only)
        unlock(error.path, WORDS[1])
        return Store.open(path, now=datetime.now, read_only=read_only)
