"""Does a move at the real window, with keys and menu entries, and says what it was in the words of the core.

It looks at what the window shows to choose where to act; what becomes of the record is left to ``tests.monkey.replay``.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from perfdesk import editing
from perfdesk.gathering.last_year import past
from perfdesk.model import Binding, Block, flatten
from perfdesk.sheet import Role
from tests.monkey.replay import Kept, Opened, Redone, Reopened, Restored, Row, Said, Typed, Undone, Written
from tests.qt_tools import children
from ui.dialogs.version import VersionDialog
from ui.document import AUTOSAVE_MS
from ui.findings.view import CardsView
from ui.history import HistoryDialog
from ui.rating.fields import FigureLine, RawField
from ui.rating.panel import RatingPanel
from ui.sheet import clipboard
from ui.sheet.choices import ChoiceList, only_chosen
from ui.sheet.delegate import is_input
from ui.sheet.moves import date_text
from ui.sheet.rows import block_of
from ui.sheet.sums import entered
from ui.tools import now

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QModelIndex

    from perfdesk.model import Record
    from perfdesk.sheet import Cell
    from tests.monkey.moves import Move
    from tests.monkey.replay import Step
    from tests.robot import Robot
    from ui.sheet.model import SheetModel
    from ui.sheet.view import SheetView

_KEYS: Final = ("Up", "Down", "Left", "Right", "Home", "End", "Ctrl+Home", "Ctrl+End", "PgUp", "PgDown", "Shift+Down")
_LOOKS: Final = ("light", "dark", "high", "size_1", "size_0", "list", "audit", "next_region", "previous_region")
_FINDING: Final = ("next_finding", "previous_finding")
_SIZES: Final = ((1366, 768), (1093, 614), (1920, 1080), (1024, 560))
_ZOOMS: Final = ("zoom_in", "zoom_in", "zoom_out", "fit")
_WAYS: Final = {"Return": "below", "Tab": "next"}


class Clerk:
    """A monkey in the clerk's chair. ``reopen`` leaves the program and starts it again."""

    def __init__(self, robot: Robot, reopen: Callable[[], Robot]) -> None:
        self.robot, self._reopen = robot, reopen
        self._acts: dict[str, Callable[[Move], Sequence[Step]]] = {
            **dict.fromkeys(("type", "append", "restate", "erase", "compose"), self._type),
            **dict.fromkeys(("insert", "delete", "duplicate", "up", "down"), self._row),
            **dict.fromkeys(("clear", "cut", "fill", "paste"), self._range),
            **dict.fromkeys(("save", "wait"), self._save),
            "undo": self._undo,
            "redo": self._redo,
            "choose": self._choose,
            "date": self._date,
            "past": self._past,
            "fix": self._fix,
            "say": self._say,
            "rate": self._rate,
            "walk": self._walk,
            "find": self._find,
            "switch": self._switch,
            "home": self._home,
            "zoom": self._zoom,
            "look": self._look,
            "keep": self._keep,
            "restore": self._restore,
            "reopen": self._start_again,
        }

    def do(self, move: Move) -> Sequence[Step]:
        """Do a move and return what it was."""
        return self._acts[move.kind](move)

    # ------------------------------------------------------------- looking
    @property
    def _record(self) -> Record:
        return self.robot.document.record

    @property
    def _sheet(self) -> SheetView:
        return self.robot.window.desk.sheet

    @property
    def _model(self) -> SheetModel:
        model = self._sheet.sheet_model
        assert model is not None
        return model

    def _act(self, name: str) -> None:
        self.robot.window.commands[name].trigger()

    def _go(self, at: int, wanted: Callable[[Cell], bool]) -> Cell | None:
        """Make one of the wanted cells current; ``None`` where there is none."""
        self._sheet.commit_editor()
        self._sheet.setFocus()
        bound = [
            (self._model.index(*place), one.cell)
            for place, one in sorted(self._model.grid.fragments.items())
            if one.cell.binding is not None and wanted(one.cell)
        ]
        if not bound:
            return None
        index, cell = bound[at % len(bound)]
        assert self._sheet.go_to_index(index)
        return cell

    # -------------------------------------------------------------- typing
    def _type(self, move: Move) -> Sequence[Step]:
        computed = move.kind == "restate"
        cell = self._go(
            move.at, lambda one: not only_chosen(one) and (one.role is Role.COMPUTED if computed else is_input(one))
        )
        if cell is None or cell.binding is None or (computed and cell.choices):
            return ()
        begun, keys = self._begin(move, cell)
        unit = self._record.unit
        texts = tuple(entered(cell, begun + part, unit) for part in accumulate(keys, initial=""))[1:]
        if move.kind == "erase":
            texts = ("", *texts)
        self.robot.keys(keys)
        if move.kind == "compose":
            texts = (begun,)
        return self._leave(cell, texts, move.end)

    def _begin(self, move: Move, cell: Cell) -> tuple[str, str]:
        """Open the editor the way of the move; return what stands before the caret and what is typed now."""
        binding = cell.binding
        assert binding is not None
        if move.kind == "append" and not cell.choices:
            self.robot.press("F2")
            return editing.get_text(self._record, binding), move.text
        if move.kind == "restate":
            self.robot.press("F2")
        elif move.kind == "erase":
            self.robot.press("Backspace")
        elif move.kind == "compose":
            self.robot.compose("zhi")
            self.robot.compose("zhi xing", commit="执行" if move.to % 2 else "")
            self.robot.compose("")
            given_up = editing.get_text(self._record, binding)  # it leaves the text as it was
            return ("执行" if move.to % 2 else given_up), ""
        return "", move.text

    def _leave(self, cell: Cell, texts: tuple[str, ...], end: str) -> Sequence[Step]:
        """Leave the editor, or not; a list may get a row by that."""
        assert cell.binding is not None
        typed = Typed(cell.binding, texts, given_up=end == "Escape")
        grown = self._grown(cell, _WAYS.get(end, ""))
        if end:
            self.robot.press(end)
        return (typed, *grown)

    def _grown(self, cell: Cell, way: str) -> Sequence[Step]:
        """The row that Enter adds below the last one of a list, and Tab in its last cell."""
        document, binding = self.robot.document, cell.binding
        rows = document.record.rows
        if (
            not way
            or binding is None
            or binding.block is not Block.ROWS
            or block_of(document.template) is not Block.ROWS
        ):
            return ()
        if binding.row != len(rows) - 1 or not rows[binding.row].cells:
            return ()
        inputs = [one for index in self._model.inputs() if (one := self._model.cell_at(index)) is not None]
        last = [
            one
            for one in inputs
            if one.binding is not None and (one.binding.block, one.binding.row) == (Block.ROWS, binding.row)
        ]
        if way == "next" and last[-1].binding != binding:
            return ()
        return (Row("insert", Block.ROWS, binding.row + 1),)

    # ---------------------------------------------------------------- rows
    def _row(self, move: Move) -> Sequence[Step]:
        self._go(move.at, lambda one: True)
        rows, document = self._sheet.rows, self.robot.document
        here, block, names = rows.current(), rows.block(), {"up": "move_up", "down": "move_down"}
        self._act(names.get(move.kind, f"{move.kind}_row"))
        if move.kind == "insert":
            count = len(editing.rows_of(document.record, block)) if block is not None else 0
            if block is None or (block is Block.ROWS and not count):  # an empty list shows a row to begin with
                return ()
            return (Row("insert", block, here.row + 1 if here is not None else count),)
        if here is None:
            return ()
        if move.kind in names:
            return (Row("move", here.block, here.row, here.row + (1 if move.kind == "down" else -1)),)
        return (Row(move.kind, here.block, here.row),)

    # -------------------------------------------------------------- ranges
    def _range(self, move: Move) -> Sequence[Step]:
        if self._go(move.at, lambda one: True) is None:
            return ()
        for step in range(move.to % 4):
            self.robot.press("Shift+Down" if (move.to >> step) % 3 else "Shift+Right")
        return {"clear": self._clear, "cut": self._clear, "fill": self._fill, "paste": self._paste}[move.kind](move)

    def _selected(self) -> list[QModelIndex]:
        return self._sheet.ranges.selected() or [self._sheet.currentIndex()]

    def _clear(self, move: Move) -> Sequence[Step]:
        cells = [self._model.cell_at(index) for index in self._selected()]
        bindings = [one.binding for one in cells if one is not None and one.binding is not None]
        self.robot.press("Ctrl+X" if move.kind == "cut" else "Delete")
        return (Written(tuple((one, "") for one in bindings)),)

    def _fill(self, _move: Move) -> Sequence[Step]:
        edits = clipboard.fill_down(self._model, self._selected())
        self.robot.press("Ctrl+D")
        return (Written(edits),)

    def _paste(self, move: Move) -> Sequence[Step]:
        QApplication.clipboard().setText(move.text)
        parts = clipboard.clipped(plain=False)
        cells = [self._model.cell_at(index) for index in self._selected()]
        inputs = [one.binding for one in cells if one is not None and one.binding is not None and is_input(one)]
        if len(parts) == 1 and len(inputs) > 1:
            edits: tuple[tuple[Binding, str], ...] = tuple((one, parts[0].text) for one in inputs)
        else:
            grows = self._sheet.rows.block() is Block.ROWS
            edits, _ = clipboard.edits(self._model, self._sheet.currentIndex(), parts, grows=grows)
        self.robot.press("Ctrl+Shift+V" if move.to % 2 else "Ctrl+V")
        return (Written(edits),)

    # --------------------------------------------- what is chosen and taken
    def _choose(self, move: Move) -> Sequence[Step]:
        cell = self._go(move.at, lambda one: bool(one.choices) and is_input(one))
        if cell is None or cell.binding is None:
            return ()
        word = cell.tick or cell.choices[move.to % len(cell.choices)]
        before = editing.get_text(self._record, cell.binding)
        toggled = editing.toggle(before, word, cell.choices, many=cell.many)
        if cell.tick:
            self.robot.press("Space")
            return (Written(((cell.binding, toggled),)),)
        self.robot.press("F2")
        (listed,) = (one for one in children(self._sheet, ChoiceList) if one.isVisible())
        listed.setCurrentRow(cell.choices.index(word))
        QTest.keyClick(listed, Qt.Key.Key_Space if cell.many else Qt.Key.Key_Return)
        if cell.many:
            QTest.keyClick(listed, Qt.Key.Key_Escape)
        return (Written(((cell.binding, toggled if cell.many else word),)),)

    def _date(self, move: Move) -> Sequence[Step]:
        cell = self._go(move.at, is_input)
        if cell is None or cell.binding is None:
            return ()
        self.robot.press("Ctrl+;")
        return (Written(((cell.binding, date_text(now().date())),)),)

    def _past(self, move: Move) -> Sequence[Step]:
        cell, document = self._go(move.at, lambda one: True), self.robot.document
        if cell is None or cell.binding is None:
            return ()
        known = past(document.template, document.record, document.others, cell.binding) if is_input(cell) else None
        self._act("take_last_year")
        return () if known is None else (Written(((cell.binding, known.text),)),)

    # --------------------------------------------------------------- audit
    def _fix(self, move: Move) -> Sequence[Step]:
        fixes = [one for one in flatten(self.robot.document.derived.findings) if one.fix is not None]
        if not fixes:
            return ()
        finding = fixes[move.at % len(fixes)]
        self.robot.window.panel.fix_chosen.emit(finding)
        return (Written(finding.fix.edits),) if finding.fix is not None else ()

    def _say(self, move: Move) -> Sequence[Step]:
        """Type into the field of a 说明; Esc and Enter give the keyboard back to the list."""
        panel = self.robot.window.panel
        if panel.is_collapsed():
            return ()
        self._sheet.commit_editor()
        (cards,) = children(panel, CardsView)
        if not cards.card_count():
            return ()
        cards.make_current(move.at % cards.card_count(), tell=True)
        cards.answer_current()
        finding, field = cards.current_finding(), QApplication.focusWidget()
        if finding is None or field is None or field is cards or not cards.isAncestorOf(field):
            return ()
        self.robot.press("Ctrl+End")
        self.robot.keys(move.text)
        self._sheet.setFocus()
        return (Said(finding, tuple(accumulate(move.text, initial=finding.answer))[1:]),)

    def _rate(self, move: Move) -> Sequence[Step]:
        """Type a figure into 评分数据, the side form of a rating."""
        panels = [one for one in children(self.robot.window.dock, RatingPanel) if one.isVisible()]
        lines = [line for one in panels for line in children(one, FigureLine) if line.isEnabled()]
        if not lines:
            return ()
        self._sheet.commit_editor()
        return self._figure(lines[move.at % len(lines)], move)

    def _figure(self, line: QLineEdit, move: Move) -> Sequence[Step]:
        field = line.parentWidget()
        assert isinstance(field, RawField)
        text = "".join(letter for letter in move.text if letter.isascii())
        line.setFocus()
        line.selectAll()
        self.robot.keys(text)
        self._sheet.setFocus()
        return (Typed(Binding(Block.VALUES, field.raw.key), tuple(accumulate(text, initial=""))[1:]),)

    # ------------------------------------------------- steps, places, looks
    def _undo(self, _move: Move) -> Sequence[Step]:
        self.robot.undo()
        return (Undone(),)

    def _redo(self, _move: Move) -> Sequence[Step]:
        self.robot.redo()
        return (Redone(),)

    def _walk(self, move: Move) -> Sequence[Step]:
        """Arrows and Tab over the sheet; Enter below the last row of a list adds one."""
        cell = self._go(move.at, lambda one: True)
        keys = (*_KEYS, *_WAYS)
        key = keys[move.to % len(keys)]
        grown = self._grown(cell, _WAYS.get(key, "")) if cell is not None else ()
        self.robot.press(key)
        return grown

    def _find(self, move: Move) -> Sequence[Step]:
        self.robot.press("Ctrl+F")
        self.robot.keys(move.text[:3])
        self.robot.press("Escape")
        self.robot.settle()
        self._wake()
        return ()

    def _wake(self) -> None:
        """Without a display a list that was closed stays the active window; a person's window never loses the keyboard to it."""
        self.robot.window.activateWindow()
        self.robot.until(self.robot.window.isActiveWindow)
        self.robot.window.desk.focus_sheet()

    def _switch(self, move: Move) -> Sequence[Step]:
        window = self.robot.window
        if move.to % 3:
            window.desk.rail.tree.chosen.emit(window.forms.lines[move.at % len(window.forms.lines)].id)
        else:
            self._act("next_form" if move.at % 2 else "previous_form")
        return (Opened(self._record.id, self._record.rows),)

    def _home(self, move: Move) -> Sequence[Step]:
        self._act("home")
        lines = self.robot.window.forms.lines
        self.robot.window.desk.rail.tree.chosen.emit(lines[move.at % len(lines)].id)
        return (Opened(self._record.id, self._record.rows),)

    def _zoom(self, move: Move) -> Sequence[Step]:
        if move.at % 3:
            self._act(_ZOOMS[move.to % len(_ZOOMS)])
            return ()
        view, place = self._sheet.viewport(), QPointF(self._sheet.viewport().rect().center())
        control, turned = Qt.KeyboardModifier.ControlModifier, QPoint(0, 120 if move.to % 2 else -120)
        none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
        wheel = QWheelEvent(place, view.mapToGlobal(place), QPoint(), turned, none, control, phase, False)
        QApplication.sendEvent(view, wheel)
        return ()

    def _look(self, move: Move) -> Sequence[Step]:
        names = (*_LOOKS, *_FINDING * 3)
        if move.at % 4:
            self._act(names[move.to % len(names)])
        else:
            self.robot.window.resize(*_SIZES[move.to % len(_SIZES)])
        return ()

    # ------------------------------------------------------ kept for later
    def _save(self, move: Move) -> Sequence[Step]:
        if move.kind == "wait":
            QTest.qWait(AUTOSAVE_MS + 100)
        else:
            self.robot.press("Ctrl+S")
        stored = self.robot.window.forms.store.load(self._record.id)
        follows = (
            self.robot.document.template.gathers is not None
        )  # rows that follow from other forms are no change to save
        assert follows or stored == self._record
        return ()

    def _keep(self, move: Move) -> Sequence[Step]:
        self._act("keep_version")
        dialog = self.robot.dialog(VersionDialog)
        assert isinstance(dialog, VersionDialog)
        dialog.name.setText(move.text)
        dialog.accept()
        return (Kept(),)

    def _restore(self, move: Move) -> Sequence[Step]:
        if not self.robot.window.forms.store.versions.of(self._record.id):
            return ()
        self._act("versions")
        dialog = self.robot.dialog(HistoryDialog)
        assert isinstance(dialog, HistoryDialog)
        at = move.at % len(dialog.entries())
        dialog.list.setCurrentRow(at)
        if not dialog.restore_button.isEnabled():
            dialog.reject()
            return ()
        dialog.restore_button.click()
        return (Restored(at),)

    def _start_again(self, move: Move) -> Sequence[Step]:
        self.robot = self._reopen()
        lines = self.robot.window.forms.lines
        self.robot.window.session.open(lines[move.at % len(lines)].id)
        return (Reopened(), Opened(self._record.id, self._record.rows))
