"""找到的字 (find hits): where in a cell's lines the searched text stands, and the ground behind it. It searches no form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from perfdesk.fonts import runs
from perfdesk.layout import STYLES
from ui.sheet.geometry import PX_PER_PT
from ui.widgets.search import plain_text

if TYPE_CHECKING:
    from perfdesk.layout import Fragment, Line
    from ui.sheet.paint import Look


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line: characters ``start`` … ``end`` - 1 of line ``line``."""

    line: int
    start: int
    end: int


def spans(lines: tuple[Line, ...], wanted: str) -> tuple[Span, ...]:
    """Return where ``wanted`` (reduced by ``plain_text``) stands in wrapped lines; a hit over a line end gives two spans."""
    letters = [
        (line, place, letter)
        for line, one in enumerate(lines)
        for place, char in enumerate(one.text)
        for letter in plain_text(char)
    ]
    text = "".join(letter for _, _, letter in letters)
    found: list[Span] = []
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        places = [(line, place) for line, place, _ in letters[at : at + len(wanted)]]
        for line in dict.fromkeys(line for line, _ in places):
            inside = [place for one, place in places if one == line]
            found.append(Span(line, inside[0], inside[-1] + 1))
        at = text.find(wanted, at + len(wanted))
    return tuple(found)


def paint_found(painter: QPainter, rect: QRect, fragment: Fragment, look: Look, wanted: str) -> None:
    """Lay the ground of a find hit behind the letters of a painted cell.

    It is multiplied with what is there, so that the letters stay as they are and a computed cell keeps its grey.
    """
    hits = spans(fragment.lines, wanted)
    if not hits:
        return
    style, scale = STYLES[fragment.cell.role], PX_PER_PT * look.zoom
    painter.save()
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for hit in hits:
        line = fragment.lines[hit.line]
        left, right = (
            line.x + sum(run.width for run in runs(line.text[:end], size=style.size, face=style.face))
            for end in (hit.start, hit.end)
        )
        top = line.y - 0.9 * style.size  # a character reaches from 0.9 above its base line to 0.2 below
        box = QRectF(
            rect.left() + left * scale,
            rect.top() + top * scale,
            (right - left) * scale,
            1.1 * style.size * scale,
        )
        painter.fillRect(box, QColor(look.paper.found))
    painter.restore()
