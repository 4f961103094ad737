"""没有存上的改动 (losing): what the edit journal knows and the data file does not is asked about; a journal in trouble is told of.

The store knows what was typed; the clerk decides. What is not decided is asked again at the next start.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui import tasks
from ui.dialogs import Choice, MessageDialog
from ui.lines import name_of, new_id
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtWidgets import QWidget

    from perfdesk.store.recovery import Lost
    from ui.dialogs import Dialogs
    from ui.forms import Forms
    from ui.tasks import Task
    from ui.widgets.toast import Toast

DROP, APART, TAKE = "drop", "apart", "take"
_MOST_NAMED: Final = 6
_CHOICES: Final = (Choice(DROP, "不要"), Choice(APART, "另存为新表"), Choice(TAKE, "收回", primary=True))
_ADVICE: Final = "收回：改回没存上时的样子，现在的内容先留一个版本。另存为新表：现在的不动。不选，下次打开再问。"


class Losing(QObject):
    """Asks about edits of earlier sessions that were not saved, and says once when the journal of this one is in trouble."""

    _journal_failed = Signal(object)

    def __init__(
        self, window: QWidget, forms: Forms, *, dialogs: Dialogs, toast: Toast, now: Callable[[], datetime]
    ) -> None:
        super().__init__(window)
        self._window, self._forms, self._dialogs = window, forms, dialogs
        self._toast, self._now, self._said = toast, now, False
        self._journal_failed.connect(self._tell_of_journal)

    def begin(self) -> None:
        """The forms are there: look for what was left behind, off the UI thread."""
        if not self._forms.ready or self._forms.read_only:
            return
        self._forms.store.tell_of_journal(self._journal_failed.emit)
        tasks.run(self, partial(_find, self._forms), self._ask, failed=self._dialogs.tell_trouble)

    def _ask(self, found: tuple[Lost, ...]) -> None:
        if not found:
            return
        fact = f"有 {len(found)} 张表改过的内容没有存上"
        words = f"{sentence(found, self._now())}{_ADVICE}"
        dialog = MessageDialog(fact, words, choices=_CHOICES, mark=Mark.WARNING, parent=self._window)
        dialog.answered.connect(partial(self.decide, found))
        self._dialogs.show(dialog)

    def decide(self, found: tuple[Lost, ...], answer: str) -> None:
        """Do what was chosen, with all of them."""
        done = {DROP: self._drop, APART: self._keep_apart, TAKE: self._take}.get(answer)
        if done is None:
            return
        try:
            done(found)
        except UserError as error:
            self._dialogs.tell_trouble(error)
        self._forms.relist()

    def _drop(self, found: tuple[Lost, ...]) -> None:
        self._forms.store.drop_lost(found)

    def _keep_apart(self, found: tuple[Lost, ...]) -> None:
        self._forms.adopt(replace(one.record, id=new_id()) for one in found)
        self._forms.store.drop_lost(found)
        self._toast.say(f"已另存为 {len(found)} 张新表，与原来的表并排放在列表里")

    def _take(self, found: tuple[Lost, ...]) -> None:
        """Forms that are open take it as a step of 撤销, the others in the store."""
        for one in found:
            document = self._forms.opened(one.record.id)
            if document is None or document.read_only:
                self._forms.store.take_lost((one,))
            else:
                document.change(one.record, text="收回没存上的改动")
                document.flush()
        self._forms.reread(tuple(one.record.id for one in found if self._forms.line(one.record.id) is not None))
        self._toast.say(f"已收回 {len(found)} 张表没存上的改动")

    def _tell_of_journal(self, error: UserError) -> None:
        """Forms are saved as ever: once in a session is enough."""
        if self._said:
            return
        self._said = True
        link = Link("看原因", partial(self._dialogs.tell_trouble, error))
        self._toast.say("改动流水写不进去，表照常自动保存；腾出空间或换到能写的磁盘", mark=Mark.WARNING, links=(link,))


def sentence(found: tuple[Lost, ...], now: datetime) -> str:
    """Say of each form when and how much: 「“普法经费”（2026）今天 14:32 改过 3 格。」."""
    told = [
        f"“{name_of(one.record)}”（{one.record.year}）{_when(one.moment, now)} {_what(one)}"
        for one in found[:_MOST_NAMED]
    ]
    return "；".join(told) + ("等。" if len(found) > _MOST_NAMED else "。")


def _what(one: Lost) -> str:
    if one.stored is None:
        return "的内容在数据文件里没有"
    return f"改过 {one.places} 处{'' if one.follows else '，数据文件里的后来又改过'}"


def _when(moment: datetime, now: datetime) -> str:
    day = moment.astimezone()
    return f"今天 {day:%H:%M}" if day.date() == now.astimezone().date() else f"{day.month}月{day.day}日 {day:%H:%M}"


def _find(forms: Forms, task: Task) -> tuple[Lost, ...]:
    del task
    return forms.store.lost_edits(before=True)
