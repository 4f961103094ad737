"""Excel: the same grid as on paper, with values and never a formula; heights come from ``perfdesk.layout``.

What a person typed is text (type ``s``, format ``@``, quotePrefix), so that ``=100%`` stays ``=100%``; amounts, weights, rates and
scores that are plain numbers become numbers whose format shows exactly what was typed. It reads no clock and writes no file.
"""

from __future__ import annotations

from perfdesk.exchange.squares import PT_PER_CHARACTER
from perfdesk.exchange.xlsx.listing import render_lists
from perfdesk.exchange.xlsx.printed import read_printed
from perfdesk.exchange.xlsx.values import MOST_CHARACTERS, number
from perfdesk.exchange.xlsx.workbook import MOST_NAME, Rendered, render, sheet_names
from perfdesk.exchange.xlsx.worksheet import FONT, MOST_HEIGHT

__all__ = [
    "FONT",
    "MOST_CHARACTERS",
    "MOST_HEIGHT",
    "MOST_NAME",
    "PT_PER_CHARACTER",
    "Rendered",
    "number",
    "read_printed",
    "render",
    "render_lists",
    "sheet_names",
]
