"""解开 (unlocking): asks for the password of a data file that has one, until it is right or somebody gives up.

The store finds the key; nothing is opened here.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from perfdesk.errors import LockedError, UserError
from ui.dialogs.unlock import UnlockDialog

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from ui.dialogs import Dialogs


ADVICE: Final = "填密码打开；留意大小写和输入法。"


class Unlocking:
    """Asks over one window. ``by_recovery``: the last file was opened by its recovery key, so its password is forgotten."""

    def __init__(self, window: QWidget, dialogs: Dialogs) -> None:
        self._window, self._dialogs = window, dialogs
        self.by_recovery = False

    def ask(self, path: Path, *, leave: str = "取消") -> bool:
        """Ask for the password of a file; tell whether it is open now."""
        dialog = UnlockDialog(
            f"“{path.name}”设了密码",
            ADVICE,
            verb="打开",
            leave=leave,
            try_=partial(self._try, path),
            parent=self._window,
        )
        return self._dialogs.run(dialog)

    def is_open(self, path: Path) -> bool:
        """Ask for the password of a file where it has one that is not known yet; tell whether the file may be read.

        What else is wrong with it is said by who reads it.
        """
        from perfdesk.store.unlocking import key_of

        return self._is_open(path, key_of)

    def may_be_salvaged(self, path: Path, *, leave: str) -> bool:
        """Ask as :meth:`is_open` does, for a damaged file, of which even the beginning may be lost."""
        from perfdesk.store.unlocking import key_of_damaged

        return self._is_open(path, key_of_damaged, leave=leave)

    def _is_open(self, path: Path, look: Callable[[Path], object], *, leave: str = "取消") -> bool:
        try:
            look(path)
        except LockedError as error:
            return self.ask(error.path, leave=leave)
        except UserError:
            return True
        return True

    def _try(self, path: Path, text: str, recovery: bool) -> None:
        from perfdesk.store.unlocking import unlock, unlock_by_recovery

        if recovery:
            unlock_by_recovery(path, text)
        else:
            unlock(path, text)
        self.by_recovery = recovery
