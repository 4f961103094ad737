"""替换 (replacing): shows the dialog for the open form; what is confirmed is one undoable step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.dialogs import put_up
from ui.widgets.toast import Link

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit, QWidget

    from perfdesk.replacing import Change, Rule
    from ui.document import Document
    from ui.widgets.toast import Toast


class Replacing(QObject):
    """The errand behind 「替换…」. It keeps what was looked for last."""

    def __init__(self, window: QWidget, toast: Toast) -> None:
        super().__init__(window)
        self._window, self._toast = window, toast
        self._wanted = ""

    def show(self, document: Document) -> None:
        """Ask what is to be replaced in the open form."""
        from ui.dialogs.replace import ReplaceDialog

        dialog = ReplaceDialog(partial(_changes, document), wanted=self._wanted, parent=self._window)
        dialog.confirmed.connect(partial(self._replace, document, dialog.wanted))
        put_up(dialog)

    def _replace(self, document: Document, wanted: QLineEdit, changes: tuple[Change, ...]) -> None:
        from perfdesk.replacing import replace_all

        self._wanted = wanted.text()
        document.end_edit()
        document.change(replace_all(document.record, changes), text="替换")
        hits = sum(change.hits for change in changes)
        self._toast.say(f"换了 {hits} 处", links=(Link("撤销", document.undo_stack.undo),))


def _changes(document: Document, rule: Rule) -> tuple[Change, ...]:
    from perfdesk.replacing import find_changes

    return find_changes(document.derived.sheet, document.record, rule)
