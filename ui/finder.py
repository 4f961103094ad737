"""查找 (finder): the field in the menu bar. It offers forms by name and, in the open form, what is printed or typed in a cell.

It finds by containing, in any case and width of letters; it goes nowhere itself, ``form_chosen`` and ``place_chosen`` say where.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from ui.widgets.search import SearchField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from perfdesk.model import Binding
    from perfdesk.sheet import Sheet
    from ui.forms import Line

PLACEHOLDER: Final = "查找表、指标、数值"
MOST_HITS: Final = 40
_MOST_WORDS: Final = 28


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: the line that is shown, and either a form (its id) or a place in the open form."""

    text: str
    form: str = ""
    place: Binding | None = None


def plain_text(text: str) -> str:
    """Reduce a text to what is compared: NFKC, lower case, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def form_hits(lines: Iterable[Line], wanted: str) -> list[Hit]:
    """Find forms by name or year."""
    return [
        Hit(f"{line.name}　{line.year} 年度", form=line.id)
        for line in lines
        if wanted in plain_text(f"{line.name}{line.year}")
    ]


def place_hits(sheet: Sheet, wanted: str) -> list[Hit]:
    """Find what stands in the cells of a form, in paper order."""
    found = []
    for cell in sorted(sheet.cells, key=lambda one: (one.row, one.column)):
        if cell.binding is not None and wanted in plain_text(cell.text):
            where = "，".join(part for part in (cell.label, _short(cell.place)) if part and part != cell.text)
            found.append(Hit(f"{_short(cell.text)}　{where}", place=cell.binding))
    return found


def _short(text: str) -> str:
    """Cut a long text for the list."""
    text = " ".join(text.split())
    return text if len(text) <= _MOST_WORDS else f"{text[:_MOST_WORDS]}…"


class Finder(SearchField):
    """The search field with its list."""

    form_chosen = Signal(str)
    place_chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PLACEHOLDER, "Ctrl+F", parent)
        self._lines: tuple[Line, ...] = ()
        self._sheet: Sheet | None = None
        self._only_forms = False
        self._hits: list[Hit] = []
        self._model = QStringListModel(self)
        self._list = QCompleter(self._model, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(12)
        self.setCompleter(self._list)
        self._list.activated[QModelIndex].connect(self._choose)  # type: ignore[index]  # the overload of the list's row
        self.textEdited.connect(self._search)
        self.returnPressed.connect(self._take_first)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Look in these forms."""
        self._lines = lines

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Look in this form too."""
        self._sheet = sheet

    def begin(self, *, only_forms: bool) -> None:
        """Take the keyboard; with ``only_forms`` offer the forms at once."""
        self._only_forms = only_forms
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if only_forms:
            self._search(self.text())
            self._list.complete()

    def hits(self) -> tuple[str, ...]:
        """Return the lines found for what is typed."""
        return tuple(hit.text for hit in self._hits)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The next search looks everywhere again."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._only_forms = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the keyboard back."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
            return
        super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        wanted = plain_text(text)
        found = form_hits(self._lines, wanted) if wanted or self._only_forms else []
        if wanted and not self._only_forms and self._sheet is not None:
            found += place_hits(self._sheet, wanted)
        self._hits = found[:MOST_HITS]
        nothing = [f"没有找到“{text}”。试试名称的一部分。"] if wanted and not found else []
        self._model.setStringList([hit.text for hit in self._hits] or nothing)

    def _take_first(self) -> None:
        """Enter without a choice takes the first hit."""
        if self._hits:
            self._go(self._hits[0])

    def _choose(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if index.row() < len(self._hits):
            self._go(self._hits[index.row()])

    def _go(self, hit: Hit) -> None:
        self._hits = []
        self.clear()
        self.left.emit()
        if hit.place is not None:
            self.place_chosen.emit(hit.place)
        else:
            self.form_chosen.emit(hit.form)
