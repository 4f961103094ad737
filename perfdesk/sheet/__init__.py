"""版面 (sheet): a template and a record become one grid of cells with texts, spans, roles and bindings.

Screen, PDF, Excel and Word all start here, so a text is decided once. No measuring (``perfdesk.layout``), no colours: those are
the renderers'.
"""

from __future__ import annotations

from perfdesk.sheet.building import build, editable_cells
from perfdesk.sheet.making import TICK
from perfdesk.sheet.sections import INDENT
from perfdesk.sheet.types import PT_PER_MM, Cell, Repeat, Role, Sheet

__all__ = ["INDENT", "PT_PER_MM", "TICK", "Cell", "Repeat", "Role", "Sheet", "build", "editable_cells"]
