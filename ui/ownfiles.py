"""单位自己的文件 (own files): the data file takes along templates and policies of the office, and offers them to a new machine.

The core compares and writes; this asks, once for the same files.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from perfdesk.errors import UserError
from ui import tasks
from ui.dialogs import CANCEL, Choice, MessageDialog
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from perfdesk.ownfiles import Offer
    from perfdesk.store import Store
    from ui.tasks import Task
    from ui.tools import Tools

_DECLINED: Final = "own_files_declined"
_MOST_NAMED: Final = 6
_PUT, _LEAVE = "put", "leave"


class OwnFiles(QObject):
    """Looks after each opening and each restore of the whole data file."""

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._settings = tools.window, tools.forms, tools.settings
        self._dialogs, self._toast = tools.dialogs, tools.toast

    def begin(self) -> None:
        """The forms are there: compare, off the UI thread."""
        if self._forms.ready:
            tasks.run(self, partial(_look, self._forms.store), self._offer, failed=self._dialogs.tell_trouble)

    def _offer(self, found: tuple[Offer, ...]) -> None:
        if not found or self._settings.word(_DECLINED) == _digest(found):
            return
        choices = (Choice(_LEAVE, "不用"), Choice(CANCEL, "以后再说"), Choice(_PUT, "放进来", primary=True))
        dialog = MessageDialog(*words(found), choices=choices, mark=Mark.HINT, parent=self._window)
        dialog.answered.connect(partial(self.decide, found))
        self._dialogs.show(dialog)

    def decide(self, found: tuple[Offer, ...], answer: str) -> None:
        """Do what was chosen."""
        from perfdesk.ownfiles import put_in

        if answer == _LEAVE:
            self._settings.set_word(_DECLINED, _digest(found))
        if answer != _PUT:
            return
        try:
            put_in(found)
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return
        self._forms.restock()
        self._forms.relist()
        self._toast.say(f"已放进 {len(found)} 份，用到它们的表可以打开了")


def words(found: tuple[Offer, ...]) -> tuple[str, str]:
    """Return what is so and what it means: which files the data file brings, and which of them replace older ones."""
    named = "、".join(one.words for one in found[:_MOST_NAMED]) + ("等" if len(found) > _MOST_NAMED else "")
    older = sum(one.replaces for one in found)
    rest = f"其中 {older} 份这台电脑上有旧的，换下的改名留在旁边。" if older else ""
    fact = f"数据文件带着本单位自己的 {len(found)} 份文件，这台电脑上没有或者较旧"
    return fact, f"是{named}。{rest}放进来，用到它们的表才能打开和计分。"


def _digest(found: tuple[Offer, ...]) -> str:
    told = "\0".join(f"{one.file.name}\0{one.file.text}" for one in found)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _look(store: Store, _task: Task) -> tuple[Offer, ...]:
    """Say what this machine lacks; then have the data file keep what is newer here."""
    from perfdesk.ownfiles import offers, take_along

    found = offers(store)
    if not store.read_only:
        take_along(store)
    return found
