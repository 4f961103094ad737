"""密码 (passwords) on the command line: asked for on the terminal when a data file has one, never taken from the arguments.

Without a terminal nobody is asked, and the command ends with the sentence that the file has a password.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from perfdesk.errors import LockedError, UserError

if TYPE_CHECKING:
    from pathlib import Path

    from perfdesk.cli.terminal import Terminal

TRIES: Final = 3


def ask(words: str) -> str | None:
    """Ask on the terminal, without showing what is typed; ``None`` where there is none. Tests put another one in its place."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return getpass.getpass(words)


def opening_what_is_locked(work: Callable[[], None], terminal: Terminal) -> None:
    """Do ``work``; whenever it meets a data file with a password, ask for that and begin anew: nothing was done until then.

    Raises what ``work`` raises; ``LockedError`` where nobody can be asked or the third try was wrong.
    """
    while True:
        try:
            work()
        except LockedError as error:
            if not _unlock(error.path, terminal):
                raise
        else:
            return


def _unlock(path: Path, terminal: Terminal) -> bool:
    from perfdesk.store.unlocking import unlock_by_either

    for _ in range(TRIES):
        given = ask(f"“{path.name}”的数据密码（或恢复密钥）：")
        if not given:
            return False
        try:
            unlock_by_either(path, given)
        except UserError as error:
            terminal.note(str(error))
        else:
            return True
    return False
