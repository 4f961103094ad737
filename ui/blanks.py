"""空格 (blanks): which required cell that is still blank comes next, in reading order. It shows nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfdesk.derive import Derived
    from perfdesk.sheet import Cell


def next_blank(derived: Derived, current: Cell | None, step: int) -> Cell | None:
    """Return the required blank after ``current`` (``step`` 1) or before it (-1), round the form; ``None`` where none is blank."""
    ordered = sorted((cell for cell in derived.sheet.cells if cell.required and cell.blank), key=_place)
    here = _place(current) if current else (-1, -1)
    if step < 0:
        wanted = [cell for cell in reversed(ordered) if _place(cell) < here] or ordered[::-1]
    else:
        wanted = [cell for cell in ordered if _place(cell) > here] or ordered
    return wanted[0] if wanted else None


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
