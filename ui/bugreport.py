"""差错报告 (bug report): what a person is told when the program made a mistake of its own, once, with what helps to find it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from ui.dialogs import CANCEL, Choice, MessageDialog
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from ui.dialogs import Dialogs


class BugReport(QObject):
    """The one dialog for our bugs: work can go on, and the diagnosis can be copied."""

    def __init__(self, dialogs: Dialogs, window: QWidget, diagnosis: Callable[[], str]) -> None:
        super().__init__(window)
        self._dialogs, self._window, self._diagnosis = dialogs, window, diagnosis
        self._shown = False

    def show(self) -> None:
        """Show it; several in a row are one."""
        if self._shown:
            return
        self._shown = True
        dialog = MessageDialog(
            "程序出了差错，刚才的一步可能没有做成",
            "填过的内容都已保存，可以接着填。请把诊断信息复制下来交给维护人员，里面没有表的内容。",
            choices=(Choice("copy", "复制诊断信息"), Choice(CANCEL, "接着填", primary=True)),
            mark=Mark.ERROR,
            parent=self._window,
        )
        dialog.answered.connect(self._take)
        self._dialogs.show(dialog)

    def _take(self, answer: str) -> None:
        if answer == "copy":
            QGuiApplication.clipboard().setText(self._diagnosis())
        self._shown = False
