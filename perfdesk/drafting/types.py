"""Types of a draft: the drawn cells with what each is for, the fields they name, and all else a template says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal

    from perfdesk.amounts import MoneyUnit
    from perfdesk.model import FormKind, Indicator
    from perfdesk.template import BlockRole, Field, Fund

BLANK: Final = "="
"""A square that prints nothing and takes nothing."""
LONG: Final = 60
"""Millimetres from which on a field with room for several lines is taken for a long text."""


class Use(Enum):
    """What a cell is for; the words stand in the choice of the visual check."""

    LABEL = "印好的字"
    INPUT = "要填的格"
    COMPUTED = "程序算的格"
    BLANK = "空白格"


class DraftField(NamedTuple):
    """A field of the draft: as in the template grammar; ``known`` where a template of ours has it already."""

    key: str
    label: str
    kind: str = "text"
    required: bool = False
    choices: tuple[str, ...] = ()
    known: Field | None = None


class DraftCell(NamedTuple):
    """A cell of a drawn block: place and spans within it, what is written in its square (``=项目名称``, ``@total.score``).

    ``source`` is the cell of the source it comes from (part, row, column), ``None`` for one that was made.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    drawn: str
    source: tuple[int, int, int] | None = None

    @property
    def use(self) -> Use:
        """What the cell is for."""
        if self.drawn == BLANK:
            return Use.BLANK
        if self.drawn.startswith("="):
            return Use.LABEL
        return Use.COMPUTED if self.drawn.startswith("@") else Use.INPUT


class DraftBlock(NamedTuple):
    """A run of drawn rows; of a repeating one ``cells`` are the header with the repeated row below it."""

    role: BlockRole
    row_count: int
    cells: tuple[DraftCell, ...]
    merge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """起草的表样 (draft). ``columns_mm`` fit the paper; ``notes`` say what was guessed or not taken over."""

    title: str
    kind: FormKind
    source: str
    unit: MoneyUnit
    policy: str
    landscape: bool
    columns_mm: tuple[Decimal, ...]
    blocks: tuple[DraftBlock, ...]
    fields: tuple[DraftField, ...]
    funds: tuple[Fund, ...]
    columns: tuple[Field, ...]
    starter: tuple[Indicator, ...]
    rate_of: tuple[str, str]
    size: str = "A4"
    keep_level2: bool = False
    gathers: FormKind | None = None
    notes: tuple[str, ...] = ()

    def cell_at(self, block: int, row: int, column: int) -> DraftCell | None:
        """Return the cell that covers a square of a block."""
        return next(
            (
                one
                for one in self.blocks[block].cells
                if one.row <= row < one.row + one.row_span and one.column <= column < one.column + one.column_span
            ),
            None,
        )

    def with_cell(self, block: int, old: DraftCell, new: DraftCell) -> Draft:
        """Return the draft with another cell in the place of one."""
        cells = tuple(new if one == old else one for one in self.blocks[block].cells)
        blocks = (*self.blocks[:block], self.blocks[block]._replace(cells=cells), *self.blocks[block + 1 :])
        return replace(self, blocks=blocks)
