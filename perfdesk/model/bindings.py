"""绑定 (binding): where in a record the text of a cell lives."""

from __future__ import annotations

from dataclasses import dataclass

from perfdesk.kinds import Block


@dataclass(frozen=True, slots=True)
class Binding:
    """绑定 (binding): where the text of an editable cell lives in a record.

    ``row`` is the index in ``funds``, ``indicators``, ``rows`` or ``sections`` (-1 for single fields). In a section the key is
    ``heading``, ``text`` (its paragraphs, a line each) or the number of a paragraph, from ``"0"``. ``count`` is the number of
    indicator rows that a merged group cell (一级指标, 二级指标) writes to. ``pattern`` is set where one cell shows several
    fields, for instance ``[{department_code}]{department}``; ``key`` is then the main field.
    """

    block: Block
    key: str
    row: int = -1
    count: int = 1
    pattern: str = ""

    def covers(self, other: Binding) -> bool:
        """Tell whether ``other`` lives in this cell: the same field, in one of the rows of the group."""
        if self.block is not other.block:
            return False
        same_field = self.key == other.key or f"{{{other.key}}}" in self.pattern
        return same_field and self.row <= other.row < self.row + self.count
