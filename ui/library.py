"""指标库, 常用说明 in the window: asks with a dialog and puts what was chosen into the open form, as one undoable step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from ui.dialogs import put_up
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from perfdesk.library import Entry
    from perfdesk.sheet import Cell
    from perfdesk.template import Filled
    from ui.document import Document
    from ui.forms import Forms
    from ui.widgets.toast import Toast

_TAKES_REASON: Final = frozenset({"reason", "remark", "deviation", "improvement"})


class Library(QObject):
    """What the office has used before, offered again. ``list_asked`` carries the list to be written into a file."""

    list_asked = Signal(object)

    def __init__(self, window: QWidget, forms: Forms, *, toast: Toast) -> None:
        super().__init__(window)
        self._window, self._forms, self._toast = window, forms, toast

    def insert(self, document: Document) -> None:
        """从指标库插入…: tick indicators, put them into their groups."""
        from perfdesk.library import own_entries, search, starter
        from ui.dialogs.library import LibraryDialog

        if not self._may_change(document):
            return
        if not document.template.indicator_columns or document.template.rules:
            self._say("这种表没有要插入的指标")
            return
        entries = (*own_entries(self._filled()), *starter().entries)
        dialog = LibraryDialog(entries, found=partial(search, entries), parent=self._window)
        dialog.confirmed.connect(partial(self._put, document))
        dialog.list_asked.connect(self._export)
        put_up(dialog)

    def _export(self, entries: tuple[Entry, ...]) -> None:
        """Hand on the indicators that are shown."""
        from perfdesk.listing import list_library

        self.list_asked.emit(list_library(entries))

    def _put(self, document: Document, entries: tuple[Entry, ...], with_targets: bool) -> None:
        from perfdesk.library import put_into

        before = document.record
        document.end_edit()
        document.change(put_into(document.template, before, entries, with_targets=with_targets), text="插入指标")
        added = len(set(document.record.indicators) - set(before.indicators))
        if added:
            self._toast.say(f"已插入 {added} 项指标，分值请自己定", mark=Mark.OK)
        else:
            self._say("选的指标本表都有了，没有改动")

    def reasons(self, current: Callable[[], Cell | None], document: Document) -> None:
        """插入常用说明… into the cell that is current."""
        from perfdesk.library import own_reasons, starter
        from ui.dialogs.library import ReasonsDialog

        cell = current()
        if not self._may_change(document):
            return
        if cell is None or cell.binding is None or cell.binding.key not in _TAKES_REASON:
            self._say("请先点到偏差原因或备注一格，再插入说明")
            return
        dialog = ReasonsDialog((*own_reasons(self._filled()), *starter().reasons), parent=self._window)
        dialog.confirmed.connect(partial(self._write, document, cell))
        put_up(dialog)

    def _write(self, document: Document, cell: Cell, text: str) -> None:
        from perfdesk.editing import get_text

        if cell.binding is None:
            return
        there = get_text(document.record, cell.binding).strip()
        document.end_edit()
        document.edit(cell.binding, f"{there}{text}" if there not in {"", "无", "/"} else text)
        document.end_edit()

    def _filled(self) -> tuple[Filled, ...]:
        from perfdesk.template import Filled

        return tuple(Filled(template, record) for record, template in self._forms.everything())

    def _may_change(self, document: Document) -> bool:
        if document.read_only:
            self._say(document.why_locked)
        return not document.read_only

    def _say(self, words: str) -> None:
        self._toast.say(words, mark=Mark.HINT)
