"""Translates a document's Layout into rows, columns and roles of a table. No painting, no decisions.

While an editor is open the rows keep their height and place (nothing jumps under the typing hand): only the texts of the other
cells follow. When it closes the new layout is taken whole.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from perfdesk.derive import Derived
from perfdesk.editing import get_text
from perfdesk.layout import Fragment, cell_lines, place
from perfdesk.model import Binding, Finding, Severity, flatten
from perfdesk.sheet import Cell, Role, Sheet
from ui.document import Document
from ui.sheet.geometry import Grid

FRAGMENT = Qt.ItemDataRole.UserRole + 1
MARK = Qt.ItemDataRole.UserRole + 2
BLANK = Qt.ItemDataRole.UserRole + 3
LOCKED = Qt.ItemDataRole.UserRole + 4
_GRAVITY = {Severity.HINT: 0, Severity.WARNING: 1, Severity.ERROR: 2}
Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """The table of a document's sheet. ``geometry_changed`` asks the view for new sizes, a reset for new spans too."""

    geometry_changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.grid = Grid(document.derived.layout)
        self._findings: dict[Binding, list[Finding]] = {}
        self._held = False
        self._rows: dict[tuple[str, int], tuple[int, int]] = {}
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
        self._take_findings(document.derived)
        document.derived_changed.connect(self._on_derived)

    # ------------------------------------------------------------------ Qt
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Rows of pages and spacers."""
        return 0 if parent.isValid() else self.grid.rows

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Columns of the form and two spacers."""
        return 0 if parent.isValid() else self.grid.columns

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
        self.document.edit(fragment.cell.binding, str(value))
        return True

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
        """The cells to fill in reading order; a cell that a page break cut in two counts once."""
        found: dict[Binding, tuple[int, int]] = {}
        for place_, fragment in sorted(self.grid.fragments.items()):
            cell = fragment.cell
            if cell.binding is not None and cell.role is not Role.COMPUTED:
                found.setdefault(cell.binding, place_)
        return [self.index(row, column) for row, column in found.values()]

    def mark(self, cell: Cell) -> Severity | None:
        """The gravest finding of a cell."""
        findings = self._findings.get(cell.binding, ()) if cell.binding else ()
        return max((one.severity for one in findings), key=_GRAVITY.__getitem__, default=None)

    # ------------------------------------------------------------- changes
    def hold(self) -> None:
        """An editor opened: keep rows and pages where they are."""
        self._held = True

    def release(self) -> None:
        """The editor closed: take the layout as it now is."""
        self._held = False
        self._take(self.document.derived)

    def _on_derived(self, derived: Derived) -> None:
        if self._held:
            self._follow(derived)
        else:
            self._take(derived)

    def _take(self, derived: Derived) -> None:
        """Take over a new layout: a reset where the arrangement differs, else only what changed."""
        new = Grid(derived.layout)
        if new.shape() != self.grid.shape() or new.rows != self.grid.rows:
            self.beginResetModel()
            self.grid = new
            self._take_findings(derived)
            self.endResetModel()
            return
        old, self.grid = self.grid, new
        marks = {binding: self._gravest(found) for binding, found in self._findings.items()}
        self._take_findings(derived)
        if old.layout.pages != new.layout.pages:
            self._announce(old.fragments, marks)
            self.geometry_changed.emit()
        else:
            self._announce(old.fragments, marks)

    def _follow(self, derived: Derived) -> None:
        """Change only the texts of the cells that follow from the one being typed in."""
        marks = {binding: self._gravest(found) for binding, found in self._findings.items()}
        self._take_findings(derived)
        texts = {cell.binding: cell for cell in derived.sheet.cells if cell.binding is not None}
        old = dict(self.grid.fragments)
        for place_, fragment in old.items():
            cell = texts.get(fragment.cell.binding) if fragment.cell.binding else None
            if cell is not None and (cell.text, cell.computed) != (fragment.cell.text, fragment.cell.computed):
                self.grid.fragments[place_] = _retexted(derived.sheet, fragment, cell)
        self._announce(old, marks)

    def _announce(self, old: dict[tuple[int, int], Fragment], marks: dict[Binding, Severity | None]) -> None:
        """Emit dataChanged for every cell whose text, lines or mark differs."""
        for place_, fragment in self.grid.fragments.items():
            before, binding = old.get(place_), fragment.cell.binding
            same_mark = binding is None or marks.get(binding) == self._gravest(self._findings.get(binding, []))
            if before is None or before.lines != fragment.lines or before.cell != fragment.cell or not same_mark:
                index = self.index(*place_)
                self.dataChanged.emit(index, index)

    def _take_findings(self, derived: Derived) -> None:
        """Give every finding to the cells it speaks of."""
        owners = _owners(derived.sheet)
        self._findings = {}
        for finding in flatten(derived.findings):
            for place_ in (finding.binding, *finding.also):
                owner = owners.get((place_.block, place_.key, place_.row)) if place_ else None
                if owner is not None:
                    self._findings.setdefault(owner, []).append(finding)

    @staticmethod
    def _gravest(findings: list[Finding]) -> Severity | None:
        return max((one.severity for one in findings), key=_GRAVITY.__getitem__, default=None)

    def _typed_text(self, cell: Cell) -> str:
        return get_text(self.document.record, cell.binding) if cell.binding else cell.text

    def _is_locked(self, _cell: Cell) -> bool:
        return self.document.read_only

    def _is_blank(self, cell: Cell) -> bool:
        return cell.required and cell.binding is not None and not get_text(self.document.record, cell.binding).strip()

    def _describe(self, cell: Cell) -> str:
        """Tooltip and accessible description: what the findings say, else how a score came about."""
        findings = self._findings.get(cell.binding, ()) if cell.binding else ()
        parts = [f"{one.title}。{one.message}" for one in findings]
        return "\n".join([*parts, self.explanation(cell)]).strip()

    def explanation(self, cell: Cell | None) -> str:
        """计分说明 of the cell's row, ``""`` where nothing is scored."""
        if cell is None or cell.binding is None:
            return ""
        result, binding = self.document.derived.assessment, cell.binding
        if binding.block == "indicators" and binding.row < len(result.scores):
            return result.scores[binding.row].explanation if binding.count == 1 else ""
        if binding.block == "funds" and binding.row == 0:
            return result.budget.explanation
        return ""


def _shown_text(cell: Cell) -> str:
    return cell.text


def _spoken_name(cell: Cell) -> str:
    """The cell's labels for a screen reader: 「实际完成值，年内完成200件法律援助案件」."""
    return "，".join(part for part in (cell.label, cell.place) if part) or cell.text.replace("\n", "")


def _owners(sheet: Sheet) -> dict[tuple[str, str, int], Binding]:
    """Map every field a cell shows to the binding of that cell."""
    owners: dict[tuple[str, str, int], Binding] = {}
    for cell in sheet.cells:
        binding = cell.binding
        if binding is None:
            continue
        keys = (binding.key, *(part.split("}")[0] for part in binding.pattern.split("{")[1:]))
        for key in keys:
            for row in range(binding.row, binding.row + binding.count):
                owners.setdefault((binding.block, key, row), binding)
    return owners


def _retexted(sheet: Sheet, fragment: Fragment, cell: Cell) -> Fragment:
    """Return the fragment with the text of the new cell, in its old place."""
    texts = cell_lines(sheet, cell, continued=fragment.continued)
    lines = place(texts, cell, width=fragment.width, height=fragment.height)
    return replace(fragment, cell=cell, lines=lines)
