"""整年只供查看 (freezing): the forms of a year are locked after a new one was made of them, and unlocked after a question.

Opening a locked form never changes it; what is typed into it is refused with the way out beside it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.errors import UserError
from ui.dialogs import Choice
from ui.widgets.marks import Mark
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from ui.dialogs import Dialogs
    from ui.document import Document
    from ui.forms import Forms
    from ui.widgets.toast import Toast


class Freezing(QObject):
    """The errand behind 「整年只供查看」. ``form_going`` and ``form_chosen`` have the open form put down and opened anew.

    ``changed`` tells that a year is locked or not any more, or stayed as it was after a question.
    """

    form_going = Signal(str)
    form_chosen = Signal(str)
    failed = Signal(object)
    changed = Signal()

    def __init__(self, parent: QObject, forms: Forms, *, dialogs: Dialogs, toast: Toast) -> None:
        super().__init__(parent)
        self._forms, self._dialogs, self._toast = forms, dialogs, toast
        self._open: tuple[str, int] | None = None

    def turn_to(self, document: Document | None = None) -> None:
        """Another form is open now, or none."""
        self._open = None if document is None else (document.record.id, document.record.year)

    @property
    def is_on(self) -> bool:
        """Whether the year of the open form is only looked at."""
        return self._open is not None and self._forms.is_frozen(self._open[1])

    def switch(self) -> None:
        """Lock the year of the open form, or unlock it after a question."""
        if self._open is None:
            return
        year = self._open[1]
        if not self.is_on:
            if self.freeze(year, on=True):
                self._toast.say(
                    f"{year} 年的表现在只供查看", links=(Link("撤销", partial(self.freeze, year, on=False)),)
                )
            return
        choices = (Choice("keep", "保持只供查看"), Choice("thaw", "解除", primary=True))
        advice = f"{year} 年已建立过新年度。解除以后，这一年的表又可以改；改了的不会带到新年度的表里。"
        if self._dialogs.ask(f"解除 {year} 年的只供查看吗", advice, choices, mark=Mark.LOCKED) == "thaw":
            self.freeze(year, on=False)
        self.changed.emit()

    def refuse(self) -> bool:
        """Something was typed into a locked form: say why and how to go on. False where its year is not locked."""
        if not self.is_on or self._forms.read_only or self._open is None:
            return False
        links = (Link("解除…", self.switch),)
        self._toast.say(f"{self._open[1]} 年只供查看，没有改动", mark=Mark.HINT, links=links)
        return True

    def freeze(self, year: int, *, on: bool) -> bool:
        """Lock or unlock a year; the open form of it is opened anew. False where the store does not take it."""
        shown = self._open[0] if self._open is not None and self._open[1] == year else ""
        if shown:
            self.form_going.emit(shown)
        try:
            self._forms.freeze(year, on=on)
        except UserError as error:
            self.failed.emit(error)
            return False
        finally:
            if shown:
                self.form_chosen.emit(shown)
        self.changed.emit()
        return True
