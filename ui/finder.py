"""查找 (finder): the field in the menu bar. It offers what is printed or typed in the open form, forms by name, and other forms.

It finds by containing, in any case and width of letters; it goes nowhere itself, ``form_chosen`` and ``place_chosen`` say where.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QRect, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCompleter, QWidget

from ui import theme
from ui.widgets.items import Index
from ui.widgets.search import SearchField, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from PySide6.QtGui import QFocusEvent, QKeyEvent

    from perfdesk.model import Binding, Record
    from perfdesk.sheet import Sheet
    from perfdesk.template import Template
    from ui.lines import Line

    Everything = tuple[tuple[Record, Template], ...]

PLACEHOLDER: Final = "查找表、指标、数值"
MOST_HITS: Final = 40
LIST_WIDTH: Final = 460  # px: room for a hit with its place
_MOST_WORDS: Final = 20
_BEFORE: Final = 6  # characters shown before a hit far inside a text
_FUND_KEYS: Final = ("initial_budget", "annual_budget", "executed", "interim_executed", "expected_executed")
_INDICATOR_KEYS: Final = (
    *("name", "target", "actual", "reason", "remark", "target_value", "explanation", "scoring_rule"),
    *("interim_actual", "expected_actual"),
)


class Scope(Enum):
    """Where is looked: the open form; names and contents of all forms; names only (转到表)."""

    FORM = "在本表查找"
    ALL = "在所有表里查找"
    NAMES = "转到哪张表"


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found: the line that is shown, and a form (its id), a place in it, or both; without a form: in the open one."""

    text: str
    form: str = ""
    place: Binding | None = None


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
            found.append(Hit(f"{_short(cell.text, wanted)}　{where}", place=cell.binding))
    return found


def record_hits(everything: Everything, wanted: str, *, but: str) -> Iterator[Hit]:
    """Find what was typed into forms, but not into the one named by ``but``: it is open and was looked at already."""
    for record, template in everything:
        if record.id == but:
            continue
        name = f"{_short(record.value('project_name') or template.title)} {record.year}"
        for label, text, place in _texts(record, template):
            if wanted in plain_text(text):
                yield Hit(f"{_short(text, wanted)}　{_short(label)}，{name}", form=record.id, place=place)


def _texts(record: Record, template: Template) -> Iterator[tuple[str, str, Binding]]:
    """Yield every typed text with its label and place."""
    from perfdesk.model import Binding, Block  # with these comes the core, and the window is to stand before that
    from perfdesk.template import TERMS

    for key, text in record.values.items():
        field = template.field(key)
        if field is not None:
            yield field.label, text, Binding(Block.VALUES, key)
    for row, fund in enumerate(record.funds):
        for key in _FUND_KEYS:
            yield TERMS[key], getattr(fund, key), Binding(Block.FUNDS, key, row)
    for row, indicator in enumerate(record.indicators):
        for key in _INDICATOR_KEYS:
            yield TERMS[key], getattr(indicator, key), Binding(Block.INDICATORS, key, row)
    yield from _listed_texts(record, template)


def _listed_texts(record: Record, template: Template) -> Iterator[tuple[str, str, Binding]]:
    """Yield the texts of list rows and of the sections of a report."""
    from perfdesk.dataitems import plain
    from perfdesk.model import Binding, Block

    for row, listed in enumerate(record.rows):
        for key, text in listed.cells:
            column = template.column(key)
            yield key if column is None else column.label, text, Binding(Block.ROWS, key, row)
    for row, section in enumerate(record.sections):
        yield "标题", section.heading, Binding(Block.SECTIONS, "heading", row)
        for number, paragraph in enumerate(section.paragraphs):
            yield section.heading, plain(paragraph), Binding(Block.SECTIONS, str(number), row)


def _short(text: str, wanted: str = "") -> str:
    """Cut a long text for the list; what was looked for stays in sight."""
    text = " ".join(text.split())
    if len(text) <= _MOST_WORDS:
        return text
    ahead = next((at for at in range(len(text)) if plain_text(text[at:]).startswith(wanted)), 0) if wanted else 0
    start = max(min(ahead - _BEFORE, len(text) - _MOST_WORDS), 0)
    return f"{'…' if start else ''}{text[start : start + _MOST_WORDS]}{'…' if start + _MOST_WORDS < len(text) else ''}"


class Finder(SearchField):
    """The search field with its list. ``looked_for`` carries what is to be marked in the open form, reduced; ``""``: nothing."""

    form_chosen = Signal(str)
    place_chosen = Signal(object)
    looked_for = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(PLACEHOLDER, "Ctrl+F", parent)
        self._lines: tuple[Line, ...] = ()
        self._sheet: Sheet | None = None
        self._open = ""
        self._everything: Callable[[], Everything] = tuple
        self._read: Everything | None = None
        self._scope = Scope.ALL
        self._rest = PLACEHOLDER
        self._hits: list[Hit] = []
        self._model = QStringListModel(self)
        self._list = QCompleter(self._model, self)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setMaxVisibleItems(12)
        self._list.popup().setProperty("box", "float")
        self._list.setWidget(
            self
        )  # not setCompleter: the list is wider than the field, so it is opened with a place of its own
        self._list.activated[QModelIndex].connect(self._choose)  # type: ignore[index]  # the overload of the list's row
        self.textEdited.connect(self._search)
        self.returnPressed.connect(self._take)

    def show_lines(self, lines: tuple[Line, ...]) -> None:
        """Look in the names of these forms."""
        self._lines = lines

    def look_in(self, everything: Callable[[], Everything]) -> None:
        """Look in the contents of what this returns, once somebody looks in all forms."""
        self._everything = everything

    def show_sheet(self, sheet: Sheet | None, *, record_id: str = "") -> None:
        """Look in this form; ``None`` when none is open."""
        self._sheet, self._open = sheet, record_id

    def rest_words(self, words: str) -> None:
        """Say ``words`` in the empty field while nobody looks for anything."""
        self._rest = words
        self.setPlaceholderText(words)

    def begin(self, *, only_forms: bool) -> None:
        """Take the keyboard. The first time the open form is looked in, again all of them; ``only_forms``: their names."""
        again = self.hasFocus() and self._scope is Scope.FORM
        scope = Scope.ALL if again or self._sheet is None else Scope.FORM
        self._scope = Scope.NAMES if only_forms else scope
        self.setPlaceholderText(self._scope.value)
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if only_forms or again:
            self._search(self.text())

    def hits(self) -> tuple[str, ...]:
        """Return the lines found for what is typed."""
        return tuple(hit.text for hit in self._hits)

    def list_texts(self) -> tuple[str, ...]:
        """Return the lines of the list as shown, the sentence about nothing included."""
        return tuple(self._model.stringList())

    def list_rect(self) -> QRect:
        """Return place and size of the list, on the screen."""
        return QRect(self._list.popup().geometry())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The next search begins in the form again."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives the keyboard back; Ctrl+F over the open list looks further."""
        if event.key() == Qt.Key.Key_Escape:
            self._end()
            self.looked_for.emit("")
            self.left.emit()
            return
        if event.matches(QKeySequence.StandardKey.Find):
            self.begin(only_forms=False)
            return
        super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        wanted = plain_text(text)
        self._hits = self._find(wanted)
        nothing = [f"没有找到“{text}”。{self._advice()}"] if wanted and not self._hits else []
        self._model.setStringList([hit.text for hit in self._hits] or nothing)
        self.looked_for.emit(wanted if self._scope is not Scope.NAMES else "")
        self._open_list()

    def _find(self, wanted: str) -> list[Hit]:
        if self._scope is Scope.NAMES:
            return form_hits(self._lines, wanted)[:MOST_HITS]
        if not wanted:
            return []
        here = place_hits(self._sheet, wanted) if self._sheet is not None else []
        if self._scope is Scope.FORM:
            return here[:MOST_HITS]
        found = [*form_hits(self._lines, wanted), *here][:MOST_HITS]
        if self._read is None:
            self._read = self._everything()
        others = record_hits(self._read, wanted, but=self._open)
        return [*found, *(hit for _, hit in zip(range(MOST_HITS - len(found)), others, strict=False))]

    def _advice(self) -> str:
        return "再按一次 Ctrl+F 在所有表里找。" if self._scope is Scope.FORM else "试试名称的一部分。"

    def _open_list(self) -> None:
        """Open the list under the field, its right edge below the field's; close it when there is nothing to show."""
        if not self._model.rowCount():
            self._list.popup().hide()
            return
        width = max(self.width(), theme.px(self.font(), LIST_WIDTH))
        self._list.complete(QRect(self.width() - width, 0, width, self.height()))

    def _take(self) -> None:
        """Enter takes the chosen line of the list, without a choice the first."""
        row = self._list.popup().currentIndex().row() if self._list.popup().isVisible() else -1
        if 0 <= max(row, 0) < len(self._hits):
            self._go(self._hits[max(row, 0)])

    def _choose(self, index: Index) -> None:
        if index.row() < len(self._hits):
            self._go(self._hits[index.row()])

    def _go(self, hit: Hit) -> None:
        self._end()
        self.left.emit()
        if hit.form:
            self.form_chosen.emit(hit.form)
        if hit.place is not None:
            self.place_chosen.emit(hit.place)

    def _end(self) -> None:
        """Nobody looks for anything any more."""
        self._list.popup().hide()
        self._hits, self._read, self._scope = [], None, Scope.ALL
        self.clear()
        self.setPlaceholderText(self._rest)
