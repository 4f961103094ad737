"""找回 (recovering): after a start that followed a crash, one sentence of what is there: which forms, how many cells, until when.

The store knows; nothing is restored here, for everything that was saved is simply there.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui.dialogs import CANCEL, Choice, MessageDialog
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from datetime import date

    from perfdesk.store import Recovered
    from ui.tools import Tools

FACT: Final = "上次没有正常关闭"
_MOST_NAMED: Final = 5
_OPEN: Final = "open"


class Recovering(QObject):
    """``form_chosen`` carries the id of a form to open."""

    form_chosen = Signal(str)

    def __init__(self, tools: Tools) -> None:
        super().__init__(tools.window)
        self._window, self._forms, self._dialogs, self._now = tools.window, tools.forms, tools.dialogs, tools.now

    def tell(self) -> bool:
        """Say what was recovered; tell whether there was anything to say."""
        try:
            found = self._forms.store.recovered()
        except UserError as error:
            self._dialogs.tell_trouble(error)
            return True
        if not found:
            return False
        words = sentence(found, tuple(self._forms.entry_name(one.entry) for one in found), self._now().date())
        choices = (Choice(_OPEN, "打开接着填"), Choice(CANCEL, "知道了", primary=True))
        dialog = MessageDialog(FACT, words, choices=choices, mark=Mark.OK, parent=self._window)
        dialog.answered.connect(partial(self._take, found[0].entry.id))
        self._dialogs.show(dialog)
        return True

    def _take(self, record_id: str, answer: str) -> None:
        if answer == _OPEN:
            self.form_chosen.emit(record_id)


def sentence(found: tuple[Recovered, ...], names: tuple[str, ...], today: date) -> str:
    """Say which forms, until when, how many cells: 「已找回“普法经费”今天 14:31 以前填的全部内容，改过 3 格。」."""
    until = found[0].moment.astimezone()
    day = "今天" if until.date() == today else f"{until.month}月{until.day}日"
    when = f"{day} {until:%H:%M}"
    cells = sum(one.cells for one in found)
    if len(found) == 1:
        return f"已找回“{names[0]}”{when} 以前填的全部内容，改过 {cells} 格。"
    each = "、".join(f"“{name}”{one.cells} 格" for name, one in zip(names, found, strict=True))
    if len(found) > _MOST_NAMED:
        each = "、".join(f"“{name}”" for name in names[:_MOST_NAMED]) + "等"
    return f"已找回 {len(found)} 张表{when} 以前填的全部内容，改过 {cells} 格：{each}。"
