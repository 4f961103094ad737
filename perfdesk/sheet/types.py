"""Types of a sheet: roles, cells, the header that repeats. Knows neither records nor looks."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from perfdesk.errors import excerpt
from perfdesk.model import Binding
from perfdesk.template import Align, Page

PT_PER_MM = Decimal(72) / Decimal("25.4")
_WORDS_OF_LABEL = 12  # characters


class Role(StrEnum):
    """The part a cell plays; every renderer has one small table Role -> look.

    ``framed`` cells have grid lines around them, ``flowing`` ones are the running text of a report.
    """

    TITLE = "title"
    SUBTITLE = "subtitle"
    NOTE = "note"
    LABEL = "label"
    INPUT = "input"
    COMPUTED = "computed"
    COVER = "cover"
    COVER_TITLE = "cover-title"
    HEADING1 = "heading-1"
    HEADING2 = "heading-2"
    HEADING3 = "heading-3"
    BODY = "body"

    framed: bool
    flowing: bool

    def __init__(self, value: str) -> None:
        self.framed = value in {"label", "input", "computed"}
        self.flowing = value in {"heading-1", "heading-2", "heading-3", "body"}


class Cell(NamedTuple):
    """格 (cell). ``row``/``column`` and spans are in sheet rows and columns.

    ``binding`` is where its text lives (``None`` for labels). ``stated`` tells that a computed cell shows a typed-over text;
    ``computed`` is then the computed figure where the two differ. ``default`` marks a text that is only printed because nothing
    was typed (— or the policy's 10), ``blank`` a cell to fill that holds nothing but white space. ``keep`` are words that are not
    torn over two lines. ``label`` names the cell for people: 「实际完成值」, ``place`` is the indicator or row it belongs to.

    ``choices`` are the words the field may hold, ``many`` whether several of them, joined by 、. A cell with ``tick`` prints √ when
    the field holds that word; a ``boxed`` one prints its words with boxes (☑省级专项　□部门预算). ``numeric`` fields hold a number:
    a spreadsheet can reckon with it. ``inked`` are the letters that were typed (first, end), where the form prints the others
    itself: 「其中：基本支出：12」 was typed from the 12 on, a 二级指标 of the template nowhere; ``None`` where all of it was.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    role: Role
    align: Align
    binding: Binding | None = None
    label: str = ""
    place: str = ""
    stated: bool = False
    computed: str = ""
    required: bool = False
    default: bool = False
    keep: tuple[str, ...] = ()
    blank: bool = False
    choices: tuple[str, ...] = ()
    many: bool = False
    tick: str = ""
    boxed: bool = False
    numeric: bool = False
    inked: tuple[tuple[int, int], ...] | None = None

    @property
    def where(self) -> str:
        """What a sentence calls the cell, in one line: 「法律援助案件，实际完成值」; a label by its first words."""
        own = self.label or self.text[:_WORDS_OF_LABEL]
        return "，".join(name for name in (excerpt(self.place), excerpt(own)) if name)


@dataclass(frozen=True, slots=True)
class Repeat:
    """Header rows ``first`` … ``first + count - 1`` that stand again on top of a page which begins in rows up to ``last``."""

    first: int
    count: int
    last: int


class Sheet(NamedTuple):
    """版面 (sheet): column widths in pt, cells that tile the grid exactly, the header that repeats.

    ``breaks`` are the rows that begin a page whatever stands above them, in ascending order: the first one after a cover.
    """

    title: str
    page: Page
    column_widths: tuple[float, ...]
    row_count: int
    cells: tuple[Cell, ...]
    repeat: Repeat | None
    breaks: tuple[int, ...] = ()
