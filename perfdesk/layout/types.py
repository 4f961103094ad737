"""Types of a layout and the look of its text: sizes in pt, y downwards. No measuring here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from perfdesk.fonts import Face
from perfdesk.sheet import PT_PER_MM, Cell, Role, Sheet

MM = float(PT_PER_MM)
PADDING_X = 0.95 * MM
PADDING_Y = 0.55 * MM
STATED_NOTE = 13.5
"""Room in pt under a stated figure that differs, where the screen shows the computed one."""


class TextStyle(NamedTuple):
    """Type of a role: its face, ``size`` and ``leading`` (line height) in pt, ``baseline`` below the top of a line.

    ``inset`` and ``padding`` are kept free left and right, above and below the lines; ``above`` is more room above them. All
    sizes are whole pixels at 96 dpi, so that the screen draws them as wide as paper does.
    """

    size: float
    face: Face
    leading: float
    inset: float = PADDING_X
    padding: float = PADDING_Y
    above: float = 0.0

    @property
    def baseline(self) -> float:
        """Distance from the top of a line to its baseline: the em box sits in the middle of the leading."""
        return (self.leading - self.size) / 2 + 0.86 * self.size


def _report(face: Face, *, size: float = 15.75, leading: float = 28.0, above: float = 0.0) -> TextStyle:
    """Type of a report, GB/T 9704-2012: 3号 with 28 pt from line to line, 28 characters and 22 lines on 156 × 225 mm.

    28 characters of 3号 (16 pt) are 448 pt, 156 mm are 442.2 pt: the standard takes them a little closer, here they are a little
    smaller (15.75 pt = 21 px).
    """
    return TextStyle(size, face, leading, inset=0.0, padding=0.0, above=above)


STYLES: Mapping[Role, TextStyle] = MappingProxyType(
    {
        Role.TITLE: TextStyle(18, face=Face.SONG_BOLD, leading=18 * 1.3),
        Role.SUBTITLE: TextStyle(12, face=Face.SONG, leading=12 * 1.5),
        Role.NOTE: TextStyle(10.5, face=Face.SONG, leading=10.5 * 1.5),
        Role.LABEL: TextStyle(10.5, face=Face.SONG, leading=10.5 * 1.36),
        Role.INPUT: TextStyle(10.5, face=Face.SONG, leading=10.5 * 1.36),
        Role.COMPUTED: TextStyle(10.5, face=Face.SONG, leading=10.5 * 1.36),
        Role.COVER: _report(Face.SONG),
        Role.COVER_TITLE: _report(Face.SONG_BOLD, size=21.75, leading=38.0, above=140.0),  # 2号小标宋
        Role.HEADING1: _report(Face.HEI),
        Role.HEADING2: _report(Face.KAI),
        Role.HEADING3: _report(Face.SONG_BOLD),
        Role.BODY: _report(Face.SONG),
    }
)


class Line(NamedTuple):
    """One line of text: ``x`` of its start and ``y`` of its baseline, from the top left of the fragment.

    ``spread`` is added behind every character, in pt, so that the full lines of a report end under each other.
    """

    text: str
    x: float
    y: float
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class Fragment:
    """The part of a cell that stands on one page. ``row`` and ``row_span`` count the page's rows."""

    cell: Cell
    row: int
    row_span: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    continued: bool = False


class PageRow(NamedTuple):
    """A row of a page: the sheet row it shows, and whether it is a repeated header row."""

    sheet_row: int
    y: float
    height: float
    repeated: bool = False


class LaidPage(NamedTuple):
    """One page: its rows and the cell fragments on it, x and y from the top left corner of the paper."""

    rows: tuple[PageRow, ...]
    fragments: tuple[Fragment, ...]


class Foot(NamedTuple):
    """页脚 (foot): what stands left and right of the page number, for instance 「上报版 2025-02-05」 and 「校验码 …」.

    ``numbered``: the pages bear numbers, or they do not; ``None``: where there are several, or something else stands in the foot.
    """

    left: str = ""
    right: str = ""
    numbered: bool | None = None


class Layout(NamedTuple):
    """排版结果 (layout). ``row_heights`` are those of the uncut sheet, for Excel and Word.

    Everything is drawn ``scale`` times as large as its figures here say, the page included; the ``foot`` keeps its own size.
    ``bookmark`` is what it is called among the bookmarks of a PDF of several forms, ``""``: by its title.
    """

    sheet: Sheet
    width: float
    height: float
    left: float
    top: float
    row_heights: tuple[float, ...]
    pages: tuple[LaidPage, ...]
    scale: float = 1.0
    foot: Foot = Foot()
    bookmark: str = ""

    @property
    def cover_pages(self) -> int | None:
        """How many pages of a report come before its text and bear no number; ``None`` for a form."""
        flowing = (any(one.cell.role.flowing for one in page.fragments) for page in self.pages)
        return next((number for number, found in enumerate(flowing) if found), None)
