"""来处 (tracing): tells of each cell of an open form which file and cell it was imported from. It reads, and changes nothing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from perfdesk.errors import UserError, excerpt

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from perfdesk.model import Binding, Origin
    from ui.document import Document
    from ui.forms import Forms

_KINDS: Final = {"docx": "Word", "doc": "Word", "xlsx": "Excel", "xls": "Excel", "json": "数据文件", "csv": "CSV"}


class Tracing(QObject):
    """Lends every document that is opened its words for where a cell came from; read once for each form."""

    def __init__(self, forms: Forms) -> None:
        super().__init__(forms)
        self._forms = forms
        self._known: dict[str, tuple[tuple[datetime, Origin], ...]] = {}
        forms.document_made.connect(self._lend)

    def _lend(self, document: Document) -> None:
        document.trace = partial(self._words, document)

    def forget(self, ids: Iterable[str] = ()) -> None:
        """Something was imported into these forms: they are asked anew; without ids all of them."""
        for one in tuple(ids) or tuple(self._known):
            self._known.pop(one, None)

    def origins(self, record_id: str) -> tuple[tuple[datetime, Origin], ...]:
        """Return when a form was imported and from what, the latest first; nothing where that cannot be read."""
        if record_id not in self._known:
            try:
                self._known[record_id] = self._forms.store.origins.of(record_id)
            except UserError:
                return ()
        return self._known[record_id]

    def lines(self, record_id: str) -> tuple[str, ...]:
        """Say where a form came from: 「2020年自评表.docx（Word），2026-03-18 09:12 导入」, the latest first."""
        return tuple(
            f"{one.file}（{_KINDS.get(one.kind, one.kind)}），{moment:%Y-%m-%d %H:%M} 导入"
            for moment, one in self.origins(record_id)
        )

    def _words(self, document: Document, binding: Binding) -> str:
        """Say of a cell: 「来自“2020年自评表.docx”第12行第5列，当时是“≥90%”」; the latest import that knows it counts."""
        from perfdesk.editing import get_text  # with it comes the core, and the window is to stand before that

        record = document.record
        for _, origin in self.origins(record.id):
            traced = origin.of(record, binding)
            if traced is not None:
                where = traced.where or "，按表样推定"
                now = get_text(record, binding)
                then = f"，当时是“{excerpt(traced.text)}”" if traced.text != now and not binding.pattern else ""
                return f"来自“{origin.file}”{where}{then}"
        return ""
