"""对比的差事 (comparing): finds the forms of other years to compare the open one with, and shows both field by field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.dialogs import put_up
from ui.widgets.marks import Mark

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from perfdesk.comparing import Line as Compared
    from perfdesk.template import Filled
    from ui.compare.dialog import CompareDialog
    from ui.document import Document
    from ui.forms import Forms
    from ui.lines import Line
    from ui.widgets.toast import Toast


class Comparing(QObject):
    """The dialog 对比 and its work. ``place_chosen`` carries a Binding of the open form, ``list_asked`` a list for a file."""

    place_chosen = Signal(object)
    list_asked = Signal(object)

    def __init__(self, window: QWidget, forms: Forms, *, toast: Toast) -> None:
        super().__init__(window)
        self._window, self._forms, self._toast = window, forms, toast

    def show(self, document: Document) -> None:
        """对比…: with the form of the same project in the nearest other year; the clerk may choose another one."""
        from ui.compare.dialog import CompareDialog

        found = same_forms(self._forms, document) or alike_forms(self._forms, document)
        if not found:
            self._toast.say("其他年度还没有同一种表，没有可对比的", mark=Mark.HINT)
            return
        own = self._forms.line(document.record.id)
        name = f"{own.name if own is not None else document.template.title}（{document.record.year}）"
        dialog = CompareDialog(name, tuple(f"{one.year} 年 · {one.name}" for one in found), self._window)
        choose = partial(self._compare, dialog, document, found)
        dialog.other_chosen.connect(choose)
        dialog.place_chosen.connect(self.place_chosen)
        dialog.list_asked.connect(partial(self._export, name))
        choose(0)
        put_up(dialog)

    def _compare(self, dialog: CompareDialog, document: Document, found: tuple[Line, ...], chosen: int) -> None:
        from perfdesk.comparing import compare
        from perfdesk.derive import derive

        line = found[chosen]
        other = self._filled(line)
        if other is None:
            self._toast.say(f"“{line.name}”打不开，请在列表里点它看原因", mark=Mark.WARNING)
            return
        there = derive(other.template, other.record, self._forms.around(line.id, line.year))
        own_is_new = document.record.year > line.year
        old, new = (there, document.derived) if own_is_new else (document.derived, there)
        heads = tuple(f"{one.record.year} 年{'（本表）' if one is document.derived else ''}" for one in (old, new))
        dialog.show_comparison(compare(old, new), (heads[0], heads[1]), own_is_new=own_is_new)

    def _export(self, name: str, lines: tuple[Compared, ...], heads: tuple[str, str]) -> None:
        from perfdesk.listing import list_comparison

        self.list_asked.emit(list_comparison(lines, heads, name=f"对比：{name}"))

    def _filled(self, line: Line) -> Filled | None:
        return next((one for one in self._forms.others("", line.year) if one.record.id == line.id), None)


def same_forms(forms: Forms, document: Document) -> tuple[Line, ...]:
    """Return the forms of this kind and project in other years, the nearest year first."""
    from perfdesk.gathering.matching import project_key

    key = project_key(document.record.value("project_name"))
    return tuple(one for one in alike_forms(forms, document) if key and project_key(one.name) == key)


def alike_forms(forms: Forms, document: Document) -> tuple[Line, ...]:
    """Return the forms of this kind in other years, the nearest year first."""
    record, kind = document.record, document.template.kind
    alike = (one for one in forms.lines if one.kind is kind and one.year != record.year)
    return tuple(sorted(alike, key=lambda one: (abs(one.year - record.year), one.year)))
