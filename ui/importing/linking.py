"""两边相连 (linking): the two current cells move together, and a cell of the file is given to a field by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from perfdesk.arriving.points import places_of
from perfdesk.recognition import Certainty
from ui.dialogs import put_up
from ui.importing.fields import FieldDialog
from ui.importing.grid import GridCell, SourceGrid
from ui.importing.result import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QPushButton

    from perfdesk.arriving import Case, Point
    from perfdesk.model import Binding, Record
    from perfdesk.recognition import Place, RecognisedForm
    from perfdesk.sheet import Cell
    from ui.importing.grid import Square
    from ui.importing.panes import Pane
    from ui.importing.result import ResultView
    from ui.importing.source import SourceView

IS_FIELD, TAKE_FROM, PICKING = "这一格是…", "取自…", "不取了"
_PICK = "点原文件里的一格，或移到那里按回车"


class Linking(QObject):
    """Ties a source view to a result view. ``mapped`` carries the Place of a cell and the Binding it was given, or ``None``."""

    mapped = Signal(object, object)

    def __init__(self, source: SourceView, result: ResultView, pane: Pane, take_from: QPushButton) -> None:
        super().__init__(pane)
        self._source, self._result, self._pane, self._take_from = source, result, pane, take_from
        self._form: RecognisedForm | None = None
        self._grid: SourceGrid | None = None
        self._owners: dict[Square, Binding] = {}
        self._wanted: Binding | None = None
        self._moving = False
        source.cell_chosen.connect(self._from_source)
        source.cell_taken.connect(self._take)
        result.cell_changed.connect(self._from_result)
        take_from.clicked.connect(self._begin_or_end)
        pane.button.clicked.connect(self.ask_field)

    # ------------------------------------------------------------- showing
    def show(self, case: Case, record: Record) -> None:
        """Show both sides of a form; where the cursor was it stays, as far as that place is still there."""
        self._moving, self._form = True, case.form
        self._end_picking()
        if case.found.source is not None:
            self._grid = SourceGrid(case.found.source, case.form)
            self._source.show_grid(self._grid)
            self._source.mark(self._doubts(case.form, self._grid))
            self._owners = {place[:3]: one.binding for one in case.form.readings for place in one.places}
        self._result.show_form(case.form.template, record, case.form)
        model = self._result.sheet_model
        first = model.inputs() if model is not None else []
        if first:  # from the top, not from the first blank cell: here nothing is filled in
            self._result.go_to_index(first[0])
        self._moving = False
        self._from_result(self._result.current_cell())

    def _doubts(self, form: RecognisedForm, grid: SourceGrid) -> dict[tuple[int, int], str]:
        """Return the squares of the grid that are in doubt: those of doubtful fields and those that belong to none."""
        found: dict[tuple[int, int], str] = {}
        doubtful = [
            (place, WORDS[one.certainty]) for one in form.readings if one.certainty in WORDS for place in one.places
        ]
        asked = [(place, "") for query in form.queries for place in query.places]
        for place, word in (*doubtful, *asked, *((one.place, "") for one in form.leftovers)):
            at = grid.find(place)
            if at is not None:
                found.setdefault(at, word)
        return found

    # --------------------------------------------------------------- moving
    def _from_source(self, cell: GridCell) -> None:
        """The cursor moved in the file: the field that was read there becomes current."""
        if self._moving:
            return
        self._pane.say(f"光标：{cell.address}")
        binding = self._owners.get(cell.square)
        if binding is not None:
            self._go(binding)

    def _from_result(self, cell: Cell | None) -> None:
        """The cursor moved in the form: the cells of the file that it was read from become current."""
        if self._moving or cell is None or cell.binding is None or self._form is None:
            return
        self._look_at(places_of(self._form, cell.binding))

    def go_to(self, point: Point) -> None:
        """Show the places of a point on both sides."""
        self._look_at(point.places)
        if point.bindings:
            self._go(point.bindings[0])

    def _look_at(self, places: Sequence[Place]) -> None:
        self._source.show_places(tuple(places))
        words = "、".join(one.address for one in places[:2])
        self._pane.say(f"光标：{words}" if words else "文件里没有这一格")

    def _go(self, binding: Binding) -> None:
        self._moving = True
        self._result.go_to(binding)
        self._moving = False

    # -------------------------------------------------------------- mapping
    def ask_field(self) -> None:
        """这一格是…: which field the current cell of the file is."""
        cell = self._source.current_cell()
        document = self._result.document
        if cell is None or document is None or self._grid is None:
            return
        dialog = FieldDialog(cell.address, cell.text, document.derived.sheet.cells, self._pane.window())
        place = self._grid.place_of(cell)

        def take(binding: Binding | None) -> None:
            self.mapped.emit(place, binding)

        dialog.confirmed.connect(take)
        put_up(dialog)

    def _begin_or_end(self) -> None:
        """取自…: the next cell of the file that is taken becomes the current field."""
        if self._wanted is not None:
            self._end_picking()
            return
        cell = self._result.current_cell()
        if cell is None or cell.binding is None:
            return
        self._wanted = cell.binding
        self._take_from.setText(PICKING)
        self._pane.say(f"“{cell.where}”{_PICK}")
        self._source.setFocus()

    def _end_picking(self) -> None:
        self._wanted = None
        self._take_from.setText(TAKE_FROM)

    @property
    def picking(self) -> bool:
        """Whether the next cell of the file is wanted for a field."""
        return self._wanted is not None

    def give_up(self) -> None:
        """Esc: no cell is wanted any more."""
        self._end_picking()
        self._pane.say("")

    def _take(self, cell: GridCell) -> None:
        """A cell of the file was taken: for the field that waits for one, else it is asked what it is."""
        if self._wanted is None or self._grid is None:
            self.ask_field()
            return
        wanted = self._wanted
        self._end_picking()
        self.mapped.emit(self._grid.place_of(cell), wanted)


def sure_words(form: RecognisedForm) -> tuple[str, str]:
    """Say how much was read for sure and how much is in doubt: 「61 格确定」, 「2 格存疑」."""
    sure = sum(one.certainty is Certainty.SURE and bool(one.text) for one in form.readings)
    doubts = sum(one.certainty is not Certainty.SURE for one in form.readings)
    return f"{sure} 格确定", f"· {doubts} 格存疑" if doubts else ""
