"""上年 (last year) beside this year: the frame under the editor, the grey words in the blank cells of the current row, Alt+↓.

It asks the core what a cell held the year before and shows it; taking it over is one undoable step, and within an open editor part
of what is being typed. Nothing of it is printed or saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent

from perfdesk.gathering import same_forms
from perfdesk.gathering.last_year import Change, Past, change, past
from perfdesk.model import Binding, Block, Fix
from ui.sheet.chip import SIGNS, Chip, Said
from ui.sheet.delegate import is_input

if TYPE_CHECKING:
    from collections.abc import Mapping

    from perfdesk.sheet import Cell
    from perfdesk.template import Filled
    from ui.document import Document
    from ui.sheet.delegate import CellDelegate
    from ui.sheet.editor import CellEditor
    from ui.sheet.view import SheetView

_EDGE: Final = 8  # px between the frame and the edge of the page
_MOVED: Final = frozenset({QEvent.Type.Move, QEvent.Type.Resize})
_UNKNOWN: Final = "上年没有这一格的值：没有找到同一项目、同一指标的表，或者上年没有填"


class _Row(NamedTuple):
    """What last year's words of the current row were looked up for: they hold while all of it stays."""

    document: Document
    binding: Binding
    names: tuple[str, str]  # of project and indicator
    around: tuple[Filled, ...]

    def holds_for(self, other: _Row) -> bool:
        """Tell whether another look-up would find the same."""
        mine, others = self.binding, other.binding
        place = (mine.block, mine.row, mine.key if mine.row < 0 else "")
        same_place = place == (others.block, others.row, others.key if others.row < 0 else "")
        same = self.document is other.document and same_place and self.names == other.names
        return same and same_forms(self.around, other.around)


class LastYear(QObject):
    """Last year's values of one view."""

    def __init__(self, view: SheetView, delegate: CellDelegate) -> None:
        super().__init__(view)
        self._view, self._delegate = view, delegate
        self._row: _Row | None = None
        self._known: Mapping[Binding, Past] = {}
        self._editor: CellEditor | None = None
        self._chip = Chip(view.viewport())
        self._chip.taken.connect(self.take)
        view.cell_changed.connect(self._follow)
        delegate.editor_opened.connect(self._begin)

    @property
    def words(self) -> str:
        """Last year's value of the current cell for the location bar: 「上年 231」, ``""`` where nobody knows it."""
        known = self._of(self._view.current_cell())
        return f"上年 {' '.join(known.text.split())}" if known is not None else ""

    @property
    def chip(self) -> str:
        """What stands in the frame under the editor, ``""`` while there is none."""
        return "" if self._chip.isHidden() else self._chip.words

    @property
    def ghosts(self) -> Mapping[Binding, str]:
        """The grey words in the blank cells of the current row."""
        return self._delegate.ghosts

    @property
    def is_offered(self) -> bool:
        """Whether there is a value for the current cell to take over."""
        cell = self._view.current_cell()
        return is_input(cell) and self._of(cell) is not None

    def choose_or_take(self) -> None:
        """Alt+↓: open the words of a cell that has some, else put in last year's value."""
        if not self._view.choices.open():
            self.take()

    @Slot()
    def take(self) -> None:
        """Alt+↓, 取用: put last year's value into the current cell; in an open editor it is as if it had been typed."""
        cell, document = self._view.current_cell(), self._view.document
        if cell is None or cell.binding is None or document is None or not is_input(cell):
            return
        if document.read_only:
            self._view.refused.emit(document.why_locked)
            return
        known = self._of(cell)
        if known is None:
            self._view.refused.emit(_UNKNOWN)
        elif self._editor is not None:
            self._editor.put(known.text)
        else:
            document.apply_fix(Fix("取上年值", ((cell.binding, known.text),)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the editor, and take Alt+↓ from it."""
        if watched is not self._editor:
            return False
        if event.type() == QEvent.Type.Hide:
            self._editor = None
            self._chip.hide()
        elif event.type() in _MOVED:
            self.place()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            cell = self._view.current_cell()
            alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
            if alone and event.key() == Qt.Key.Key_Down and cell is not None and not cell.choices:
                self.take()
                return True
        return False

    # ------------------------------------------------------------- finding
    def _of(self, cell: Cell | None) -> Past | None:
        return self._known.get(cell.binding) if cell is not None and cell.binding is not None else None

    def _follow(self, cell: Cell | None) -> None:
        """The current cell is another one, or something in the form has changed."""
        document = self._view.document
        if cell is None or cell.binding is None or document is None:
            self._row, self._known = None, {}
        else:
            row = _Row(document, cell.binding, _names(document, cell.binding), document.around)
            if self._row is None or not row.holds_for(self._row):
                self._row, self._known = row, self._look_up(document, cell.binding)
        self._show_ghosts()
        self._say()

    def _look_up(self, document: Document, here: Binding) -> dict[Binding, Past]:
        """Ask for every cell of the current row; of a single field for itself alone."""
        model = self._view.sheet_model
        if here.row < 0 or model is None:
            places: list[Binding] = [here]
        else:
            places = [one for one in model.grid.places if _in_row(one, here)]
        template, record, around = document.template, document.record, document.around
        found = ((one, past(template, record, around, one)) for one in places)
        return {one: known for one, known in found if known is not None}

    # ------------------------------------------------------------- showing
    def _show_ghosts(self) -> None:
        document = self._view.document
        writable = document is not None and not document.read_only
        ghosts = {one: f"上年 {' '.join(known.text.split())}" for one, known in self._known.items()} if writable else {}
        if ghosts != self._delegate.ghosts:
            self._delegate.ghosts = ghosts
            self._view.viewport().update()

    def _begin(self, editor: CellEditor, _cell: Cell) -> None:
        """An editor opened."""
        self._editor = editor
        editor.installEventFilter(self)
        self._say()

    def _say(self) -> None:
        """Say what stood here and how it has changed, while an editor is open."""
        editor, cell, document = self._editor, self._view.current_cell(), self._view.document
        known = self._of(cell)
        if editor is None or known is None or cell is None or cell.binding is None or document is None:
            self._chip.hide()
            return
        found = change(document.record, cell.binding, known.text, editor.text())
        said = Said(" ".join(known.text.split()), _change_words(found), _ink(found), by_key=not cell.choices)
        self._chip.say(said)
        editor.setAccessibleDescription(said.words)
        self.place()

    def place(self) -> None:
        """Stand under the editor, wherever it is now."""
        editor, model = self._editor, self._view.sheet_model
        if editor is None or model is None or self._of(self._view.current_cell()) is None:
            return
        viewport = self._view.viewport()
        page = model.grid.pages(self._view.zoom, viewport.width())[0]
        right = min(page.x + page.width - self._view.horizontalOffset(), viewport.width()) - _EDGE
        self._chip.stand_under(editor.geometry(), right=right, bottom=viewport.height())


def _names(document: Document, here: Binding) -> tuple[str, str]:
    """Return the names that decide which form and which row of last year is meant."""
    record = document.record
    rows = record.indicators if here.block is Block.INDICATORS else ()
    return record.value("project_name"), rows[here.row].name if 0 <= here.row < len(rows) else ""


def _in_row(one: Binding, here: Binding) -> bool:
    return one.block is here.block and one.row <= here.row < one.row + one.count


def _change_words(found: Change | None) -> str:
    return " ".join(filter(None, (SIGNS[found.sign], found.words))) if found is not None else ""


def _ink(found: Change | None) -> str:
    """Return the ink of a change: ok and warn only where the target knows better from worse."""
    better = found.better if found is not None else None
    return "ink2" if better is None else "ok" if better else "warn"
