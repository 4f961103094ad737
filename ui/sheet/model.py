"""Translates a document's Layout into rows, columns and roles of a table. No painting, no decisions.

While an editor is open the rows keep their height and place (nothing jumps under the typing hand): only the texts of the other
cells follow. When it closes the new layout is taken whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from perfdesk.derive import Derived
from perfdesk.editing import get_text
from perfdesk.layout import Fragment, cell_lines, place
from perfdesk.model import Binding, Block, Finding, Severity, flatten
from perfdesk.sheet import Cell, Role, Sheet
from perfdesk.template import TERMS
from ui.document import Document
from ui.sheet.geometry import Grid
from ui.sheet.spoken import spoken
from ui.sheet.sums import entered, spelt
from ui.widgets.items import Index

FRAGMENT = Qt.ItemDataRole.UserRole + 1
MARK = Qt.ItemDataRole.UserRole + 2
BLANK = Qt.ItemDataRole.UserRole + 3
LOCKED = Qt.ItemDataRole.UserRole + 4
_BACKGROUND = ("explanation", "scoring_rule")
_TOTAL = Binding(Block.STATED, "total_score")
_GRAVITY = {Severity.HINT: 0, Severity.WARNING: 1, Severity.ERROR: 2}


class SheetModel(QAbstractTableModel):
    """The table of a document's sheet. ``geometry_changed`` asks the view for new sizes, a reset for new spans too."""

    geometry_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.grid = Grid(document.derived.layout)
        self._cells = document.derived.sheet.cells
        self._held = False
        self._edited: Binding | None = None
        self._readers: dict[int, Callable[[Cell], object]] = {
            Qt.ItemDataRole.DisplayRole: _shown_text,
            Qt.ItemDataRole.EditRole: self._typed_text,
            Qt.ItemDataRole.AccessibleTextRole: _spoken_name,
            Qt.ItemDataRole.ToolTipRole: self._describe,
            Qt.ItemDataRole.AccessibleDescriptionRole: self._describe,
            MARK: self.mark,
            BLANK: self._is_blank,
            LOCKED: self._is_locked,
        }
        self._owners = _owners(self.grid)
        self._findings = self._sort(document.derived)
        document.derived_changed.connect(self._on_derived)
        document.settled.connect(self._on_settled)

    # ------------------------------------------------------------------ Qt
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Rows of pages and spacers."""
        return 0 if parent.isValid() else self.grid.rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Columns of the form and two spacers."""
        return 0 if parent.isValid() else self.grid.columns

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008 - Qt's signature
        """Make an index; Qt's own would ask for both counts first, for every merged cell at every painting."""
        if parent.isValid() or not (0 <= row < self.grid.rows and 0 <= column < self.grid.columns):
            return QModelIndex()
        return self.createIndex(row, column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what the view, the delegate or a screen reader asks for."""
        fragment = self.grid.fragments.get((index.row(), index.column()))
        if fragment is None:
            return None
        if role == FRAGMENT:
            return fragment
        reader = self._readers.get(role)
        return reader(fragment.cell) if reader else None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Hand a typed text to the document."""
        fragment = self.grid.fragments.get((index.row(), index.column()))
        if role != Qt.ItemDataRole.EditRole or fragment is None or fragment.cell.binding is None:
            return False
        self.take_text(fragment.cell, str(value))
        return True

    def take_text(self, cell: Cell, text: str) -> None:
        """Hand over what stands in the editor of a cell; of a sum in a cell for figures only the result is kept."""
        if cell.binding is not None:
            self.document.edit(cell.binding, entered(cell, text, self.document.record.unit))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Spacers are dead ground; every cell can be selected, a bound one edited."""
        fragment = self.grid.fragments.get((index.row(), index.column()))
        if fragment is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if fragment.cell.binding is not None and not self.document.read_only:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    # -------------------------------------------------------------- places
    def cell_at(self, index: Index) -> Cell | None:
        """Return the cell that begins at an index."""
        fragment = self.grid.fragments.get((index.row(), index.column()))
        return fragment.cell if fragment else None

    def index_of(self, binding: Binding) -> QModelIndex:
        """Return the index of the cell that shows a binding; an invalid one when the form does not print it."""
        for (row, column), fragment in self.grid.fragments.items():
            if fragment.cell.binding is not None and fragment.cell.binding.covers(binding):
                return self.index(row, column)
        return QModelIndex()

    def inputs(self) -> list[QModelIndex]:
        """The cells to fill in reading order; a cell that a page break cut in two counts once, each square of a field."""
        found: dict[tuple[Binding, str], tuple[int, int]] = {}
        for place_, fragment in sorted(self.grid.fragments.items()):
            cell = fragment.cell
            if cell.binding is not None and cell.role is not Role.COMPUTED:
                found.setdefault((cell.binding, cell.tick), place_)
        return [self.index(row, column) for row, column in found.values()]

    def first_index(self) -> QModelIndex:
        """Where a form opens: the first required cell that is still blank, else the first one inside the frame.

        A 得分 may be typed over its computed one; what other forms supply (the rows of a 汇总表) is no place to begin.
        """
        bound = [
            (place_, one.cell)
            for place_, one in sorted(self.grid.fragments.items())
            if one.cell.binding is not None and not _is_supplied(one.cell)
        ]
        blank = [place_ for place_, cell in bound if cell.required and cell.blank]
        framed = [(place_, cell) for place_, cell in bound if cell.role.framed]
        required = [place_ for place_, cell in framed if cell.required]
        inputs = [place_ for place_, cell in framed if cell.role is not Role.COMPUTED]
        others = [place_ for place_, _cell in (*framed, *bound)]
        first = next(iter((*blank, *required, *inputs, *others)), None)
        return self.index(*first) if first is not None else QModelIndex()

    def mark(self, cell: Cell) -> Severity | None:
        """The gravest finding of a cell."""
        findings = self._findings.get(cell.binding, ()) if cell.binding else ()
        return max((one.severity for one in findings), key=_GRAVITY.__getitem__, default=None)

    # ------------------------------------------------------------- changes
    @property
    def is_held(self) -> bool:
        """Whether an editor is open and rows and pages keep their place."""
        return self._held

    def hold(self, binding: Binding | None) -> None:
        """An editor opened on a cell: keep rows and pages where they are; the cell itself is the editor's to show."""
        self._held, self._edited = True, binding

    def release(self) -> None:
        """The editor closed: take the layout as it now is."""
        self._held, self._edited = False, None
        self._take(self.document.derived)

    def _on_derived(self, derived: Derived) -> None:
        if self._held:
            self._follow(derived)
        else:
            self._take(derived)

    def _on_settled(self, derived: Derived) -> None:
        """The marks of the findings follow what was typed."""
        self._announce(self._take_findings(derived))

    def _take(self, derived: Derived) -> None:
        """Take over a new layout: a reset where the arrangement differs, else only what changed."""
        old, new, self._cells = self.grid, Grid(derived.layout), derived.sheet.cells
        if new.shape() != old.shape() or new.rows != old.rows:
            self.beginResetModel()
            self.grid, self._owners = new, _owners(new)
            self._findings = self._sort(derived)
            self.endResetModel()
            return
        self.grid, self._owners = new, _owners(new)
        changed = {place_ for place_, one in new.fragments.items() if old.fragments[place_] != one}
        self._announce(changed | self._take_findings(derived))
        if [page.rows for page in old.layout.pages] != [page.rows for page in new.layout.pages]:
            self.geometry_changed.emit()

    def _follow(self, derived: Derived) -> None:
        """Change only the texts of the cells that follow from the one being typed in."""
        changed = set()
        for binding, cell in self._take_cells(derived.sheet):
            for place_ in self.grid.places.get(binding, ()):
                fragment = self.grid.fragments[place_]
                same = fragment.cell.tick == cell.tick  # the squares of a field share its binding
                if same and (cell.text, cell.computed) != (fragment.cell.text, fragment.cell.computed):
                    self.grid.fragments[place_] = _retexted(derived.sheet, fragment, cell)
                    changed.add(place_)
        self._announce(changed)

    def _take_cells(self, sheet: Sheet) -> Iterator[tuple[Binding, Cell]]:
        """Yield the cells that may differ from those before, by what they show: one that stayed is the very same object."""
        before, self._cells = self._cells, sheet.cells
        for number, cell in enumerate(sheet.cells):
            stayed = number < len(before) and cell is before[number]
            if not stayed and cell.binding is not None and cell.binding != self._edited:
                yield cell.binding, cell

    def _announce(self, places: set[tuple[int, int]]) -> None:
        """Say which cells look different now."""
        for row, column in places:
            index = self.index(row, column)
            self.dataChanged.emit(index, index)

    def _take_findings(self, derived: Derived) -> set[tuple[int, int]]:
        """Give every finding to the cells it speaks of; return the places whose findings are others than before."""
        before, self._findings = self._findings, self._sort(derived)
        differ = {one for one in {*before, *self._findings} if before.get(one) != self._findings.get(one)}
        return {place_ for binding in differ for place_ in self.grid.places.get(binding, ())}

    def _sort(self, derived: Derived) -> dict[Binding, list[Finding]]:
        """Sort the findings by the cell they belong to."""
        found: dict[Binding, list[Finding]] = {}
        for finding in flatten(derived.findings):
            for place_ in (finding.binding, *finding.also):
                owner = self._owners.get((place_.block, place_.key, place_.row)) if place_ else None
                if owner is not None:
                    found.setdefault(owner, []).append(finding)
        return found

    def _typed_text(self, cell: Cell) -> str:
        return get_text(self.document.record, cell.binding) if cell.binding else cell.text

    def spelt(self, cell: Cell) -> str:
        """大写金额 of the amount in a cell, ``""`` where there is none."""
        return spelt(cell, self._typed_text(cell), self.document.record.unit)

    def _is_locked(self, _cell: Cell) -> bool:
        return self.document.read_only

    def _is_blank(self, cell: Cell) -> bool:
        return cell.required and cell.blank

    def _describe(self, cell: Cell) -> str:
        """Tooltip and accessible description: what the findings say, else how a score came about."""
        findings = self._findings.get(cell.binding, ()) if cell.binding else ()
        parts = [f"{one.title}。{one.message}" for one in findings]
        came = self.document.trace(cell.binding) if cell.binding else ""
        own = (self.explanation(cell), *self._background(cell), spoken(cell, self._typed_text(cell)), came)
        return "\n".join(part for part in (*parts, *own) if part)

    def _background(self, cell: Cell) -> Iterator[str]:
        """What the goal table says of an indicator and this form does not print: 指标解释, 评(扣)分标准."""
        rows, template = self.document.record.indicators, self.document.template
        if cell.binding is None or cell.binding.block != "indicators" or not 0 <= cell.binding.row < len(rows):
            return
        for key in _BACKGROUND if cell.binding.count == 1 else ():
            text = getattr(rows[cell.binding.row], key).strip()
            if text and key not in template.indicator_columns:
                yield f"{TERMS[key]}：{text}"

    def explanation(self, cell: Cell | None) -> str:
        """计分说明 of the cell's row, ``""`` where nothing is scored."""
        if cell is None or cell.binding is None:
            return ""
        result, binding = self.document.derived.assessment, cell.binding
        if binding.block == "indicators" and binding.row < len(result.scores):
            return result.scores[binding.row].explanation if binding.count == 1 else ""
        if binding.block == "funds" and binding.row == 0:
            return result.budget.explanation if result.budget else ""
        return result.total_explanation if binding == _TOTAL else ""


def _shown_text(cell: Cell) -> str:
    return cell.text


def _spoken_name(cell: Cell) -> str:
    """The cell's labels for a screen reader: 「实际完成值，年内完成200件法律援助案件」."""
    return "，".join(part for part in (cell.label, cell.place) if part) or cell.text.replace("\n", "")


def _owners(grid: Grid) -> dict[tuple[str, str, int], Binding]:
    """Map every field a cell shows to the binding of that cell."""
    owners: dict[tuple[str, str, int], Binding] = {}
    for fragment in grid.fragments.values():
        binding = fragment.cell.binding
        if binding is None:
            continue
        keys = (binding.key, *(part.split("}")[0] for part in binding.pattern.split("{")[1:]))
        for key in keys:
            for row in range(binding.row, binding.row + binding.count):
                owners.setdefault((binding.block, key, row), binding)
    return owners


def _retexted(sheet: Sheet, fragment: Fragment, cell: Cell) -> Fragment:
    """Return the fragment with the text of the new cell, in its old place.

    A cell cut between its lines by a page break keeps the old ones: it is being typed in, and its editor lies over them.
    """
    if fragment.cell.row_span == 1 and len(fragment.lines) != len(cell_lines(sheet, fragment.cell)):
        return replace(fragment, cell=cell)
    texts = cell_lines(sheet, cell, continued=fragment.continued)
    lines = place(texts, cell, width=fragment.width, height=fragment.height)
    return replace(fragment, cell=cell, lines=lines)


def _is_supplied(cell: Cell) -> bool:
    return cell.role is Role.COMPUTED and cell.binding is not None and cell.binding.block is Block.ROWS
