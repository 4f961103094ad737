"""The door to the drawings of reportlab: shapes, SVG of them, and how they get onto a page.

Loaded on demand, as reportlab itself (``perfdesk.fonts.paper``); nothing is drawn here.
"""

from __future__ import annotations

from perfdesk.fonts import Face, paper  # isort: skip  # first: it puts Pillow off
from reportlab.graphics import renderPDF, renderSVG
from reportlab.graphics.shapes import STATE_DEFAULTS, Drawing, Line, Rect, Shape, String
from reportlab.lib.colors import HexColor

STATE_DEFAULTS["fontName"] = Face.SONG.stem  # else an un-embedded Times is named in every drawing
draw_on_page = renderPDF.draw
render_svg = renderSVG.drawToString

__all__ = ["Drawing", "HexColor", "Line", "Rect", "Shape", "String", "draw_on_page", "paper", "render_svg"]
