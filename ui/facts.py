"""表的信息 (form facts): shows the dialog of the open form; a mended 单位 is one undoable step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.dialogs import put_up
from ui.forms import name_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.document import Document
    from ui.settings import Settings
    from ui.tracing import Tracing


class FormFacts(QObject):
    """The errand behind 「表的信息…」."""

    def __init__(self, window: QWidget, settings: Settings, tracing: Tracing) -> None:
        super().__init__(window)
        self._window, self._settings, self.tracing = window, settings, tracing

    def show(self, document: Document) -> None:
        """Show what the open form is."""
        from perfdesk.arriving import notes_of
        from ui.dialogs.form_facts import Brought, FormFactsDialog

        record, template = document.record, document.template
        name = name_of(record, template)
        brought = Brought(self.tracing.lines(record.id), notes_of(record))
        dialog = FormFactsDialog(name, record, template, brought, locked=document.why_locked, parent=self._window)
        dialog.confirmed.connect(partial(self._change, document))
        put_up(dialog)

    def _change(self, document: Document, bureau: str) -> None:
        """Mend the 单位 of the form, and of the next new one where that took the same name."""
        from perfdesk.editing import with_bureau

        old = document.record.bureau
        document.end_edit()
        document.change(with_bureau(document.template, document.record, bureau), text="改单位")
        if bureau and self._settings.word("bureau") == old:
            self._settings.set_word("bureau", bureau)
