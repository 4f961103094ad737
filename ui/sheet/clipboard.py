"""Cells of the sheet to the clipboard and back, as Excel and WPS write and read them; what falls where. It changes no record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QApplication

from perfdesk.model import Binding, Block
from perfdesk.ranges import Part, compressed, lines, read_html, read_tabs, write_html, write_tabs
from perfdesk.sheet import Cell, Role
from ui.sheet.delegate import is_input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ui.sheet.model import SheetModel

Edits = tuple[tuple[Binding, str], ...]


def copy(model: SheetModel, indexes: list[QModelIndex]) -> None:
    """Put cells on the clipboard as text and, where there are several, as a table with its merged cells.

    The object is Qt's own, filled anew: one made in Python (PySide6 6.8.3) that is still on the clipboard when the program ends
    calls into an interpreter that is gone, and the program crashes.
    """
    parts = compressed(_parts(model, indexes))
    lender = QStringListModel([""])
    data = lender.mimeData([lender.index(0)])
    data.clear()
    data.setText(write_tabs(parts))
    if len(parts) > 1:
        data.setHtml(write_html(parts))
    QApplication.clipboard().setMimeData(data)


def _parts(model: SheetModel, indexes: list[QModelIndex]) -> Iterator[Part]:
    """Yield the chosen cells; a row that only goes on behind a page break, or is a header printed again, is not one more."""
    seen: set[int] = set()
    rows: dict[int, list[int]] = {}
    for index in indexes:
        rows.setdefault(index.row(), []).append(index.column())
    for row, columns in sorted(rows.items()):
        fragments = [(column, model.grid.fragments[row, column]) for column in sorted(columns)]
        if all(id(fragment.cell) in seen for _, fragment in fragments):
            continue
        for column, fragment in fragments:
            seen.add(id(fragment.cell))
            yield Part(row, column, fragment.row_span, fragment.cell.column_span, fragment.cell.text)


def clipped(*, plain: bool) -> tuple[Part, ...]:
    """Return the range on the clipboard: the table of a spreadsheet with its merges, else (or where ``plain``) the text."""
    data = QApplication.clipboard().mimeData()
    table = read_html(data.html()) if data.hasHtml() and not plain else ()
    return table or read_tabs(QApplication.clipboard().text())


def edits(model: SheetModel, start: QModelIndex, parts: Sequence[Part], *, grows: bool) -> tuple[Edits, int]:
    """Return what pasting at ``start`` would write, and how many lines have no row: from the current cell on, into cells to fill.

    What would fall on labels, computed cells or beyond the form is left out. From a row of indicators or of a list nothing falls
    on what stands below them; a list that ``grows`` gets rows for all lines. A merged cell is written into every row it covers.
    """
    cell = model.cell_at(start)
    block = cell.binding.block if cell is not None and cell.binding is not None else None
    if block is Block.ROWS and grows:
        return _into_list(_covering(model, start.row(), start.column()), lines(parts)), 0
    if cell is not None and cell.binding is not None and block in {Block.ROWS, Block.INDICATORS}:
        return _into_rows(model, cell.binding, start.column(), lines(parts))
    rows = sorted({row for row, _ in model.grid.fragments if row >= start.row()})
    begun = ([cell for place, cell in _placed(model) if place[0] == row and place[1] >= start.column()] for row in rows)
    pairs = (
        pair for cells, line in zip(begun, lines(parts, beginning=True), strict=False) for pair in _pairs(cells, line)
    )
    return tuple((one.binding, text) for one, text in pairs if one.binding is not None), 0


def _into_rows(
    model: SheetModel, first: Binding, column: int, table: tuple[tuple[Part, ...], ...]
) -> tuple[Edits, int]:
    """Write line by line into the rows of a block from ``first`` on; a blank below a merged cell's words goes on with them."""
    starts = _row_starts(model, first.block)
    merged = model.document.template.repeated.merge if model.document.template.repeated is not None else ()
    found: list[tuple[Binding, str]] = []
    above: dict[str, str] = {}
    for row, line in zip(range(first.row, first.row + len(table)), table, strict=True):
        for cell, text in _pairs(_covering(model, starts[row], column) if row in starts else [], line):
            binding = cell.binding
            if binding is None or binding.block is not first.block:
                continue
            above[binding.key] = text or (above.get(binding.key, "") if binding.key in merged else "")
            one = binding if len(table) == 1 else replace(binding, row=row, count=1)
            found.append((one, above[binding.key]))
    left = sum(
        any(part.text.strip() for part in line) for row, line in enumerate(table, start=first.row) if row not in starts
    )
    return tuple(found), left


def _row_starts(model: SheetModel, block: Block) -> dict[int, int]:
    """Return the row of the grid in which each row of a block begins."""
    starts: dict[int, int] = {}
    for (row, _), cell in _placed(model):
        binding = cell.binding
        if binding is not None and binding.block is block and binding.count == 1:
            starts.setdefault(binding.row, row)
    return starts


def _placed(model: SheetModel) -> Iterator[tuple[tuple[int, int], Cell]]:
    return ((place, fragment.cell) for place, fragment in sorted(model.grid.fragments.items()))


def _covering(model: SheetModel, row: int, column: int) -> list[Cell]:
    """Return the cells that cover a row of the grid, from a column on, merged ones included."""
    found = (
        (left, fragment.cell)
        for (top, left), fragment in model.grid.fragments.items()
        if top <= row < top + fragment.row_span and left >= column
    )
    return [cell for _, cell in sorted(found, key=lambda one: one[0])]


def _pairs(cells: Iterable[Cell], line: Iterable[Part]) -> Iterator[tuple[Cell, str]]:
    """Yield the cells to fill of a row with what falls on them."""
    return ((cell, part.text) for cell, part in zip(cells, line, strict=False) if is_input(cell))


def _into_list(cells: list[Cell], table: tuple[tuple[Part, ...], ...]) -> Edits:
    """Write line by line into the rows of a list, those that are not there yet included; blank lines are passed over."""
    kept = (line for line in table if any(part.text.strip() for part in line))
    return tuple(
        (replace(cell.binding, row=cell.binding.row + at), text)
        for at, line in enumerate(kept)
        for cell, text in _pairs(cells, line)
        if cell.binding is not None
    )


def fill_down(model: SheetModel, indexes: list[QModelIndex]) -> Edits:
    """Return what filling down writes: in every column the text of its top selected cell into the selected ones below.

    A column with one selected cell takes the text of the nearest cell to fill above it.
    """
    columns: dict[int, list[QModelIndex]] = {}
    for index in sorted(indexes, key=QModelIndex.row):
        cell = model.cell_at(index)
        if cell is not None and cell.binding is not None and cell.role is not Role.COMPUTED:
            columns.setdefault(index.column(), []).append(index)
    found: list[tuple[Binding, str]] = []
    for column, chosen in columns.items():
        if len(chosen) == 1:
            above = [i for i in model.inputs() if i.column() == column and i.row() < chosen[0].row()]
            chosen = [*above[-1:], *chosen]  # noqa: PLW2901 - the one above is the one to copy
        text = str(chosen[0].data(Qt.ItemDataRole.EditRole) or "")
        cells = (model.cell_at(index) for index in chosen[1:])
        found += [(cell.binding, text) for cell in cells if cell is not None and cell.binding is not None]
    return tuple(found)
