"""排版 (layout): lines, row heights and pages of a sheet, measured once for screen, PDF, Excel and Word.

A row is as high as its fullest cell; what a row-spanning cell needs beyond its rows goes to its last row. Pages are cut between
rows; the indicator header stands again on top of the next page; a span cut by the break stands on both pages, with （续） on the
second. A row taller than a page is cut between its lines. All lengths in pt, y downwards. Nothing is drawn here.
"""

from __future__ import annotations

from perfdesk.layout.making import lay_out
from perfdesk.layout.measure import CONTINUED, cell_lines, cell_width, place, title_lines
from perfdesk.layout.types import (
    PADDING_X,
    PADDING_Y,
    STATED_NOTE,
    STYLES,
    Foot,
    Fragment,
    LaidPage,
    Layout,
    Line,
    PageRow,
    TextStyle,
)

__all__ = [
    "CONTINUED",
    "PADDING_X",
    "PADDING_Y",
    "STATED_NOTE",
    "STYLES",
    "Foot",
    "Fragment",
    "LaidPage",
    "Layout",
    "Line",
    "PageRow",
    "TextStyle",
    "cell_lines",
    "cell_width",
    "lay_out",
    "place",
    "title_lines",
]
