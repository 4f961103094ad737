"""Draws one cell as the paper shows it: ground, the Layout's lines, the grid, the marks. Nothing is measured here.

Order: computed ground, state ground, text, grid, marks. The outer frame and the selection reach outside a cell; the view draws
them afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPolygonF

from perfdesk.fonts import Face, runs, text_width
from perfdesk.layout import PADDING_X, STYLES, Fragment
from perfdesk.model import Severity
from perfdesk.sheet import Role
from perfdesk.template import Align
from ui.faces import Faces
from ui.sheet.geometry import PX_PER_PT
from ui.theme import Paper

CORNER = {Severity.ERROR: 13, Severity.WARNING: 11}
_NOTE_PX = 14
_GHOST_LEAST = 11  # px at 100 %
_ACROSS = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
}


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that decides how a cell is drawn besides its fragment."""

    paper: Paper
    faces: Faces
    zoom: float

    def font(self, face: Face, size: float) -> QFont:
        """Return the Qt font of a face at ``size`` pt and 100 %; zooming is the painter's.

        Qt rounds a font to whole pixels (15.82 px becomes 16), so a font of the zoomed size would be up to 3 % too wide. All sizes
        of the forms are whole pixels at 100 %.
        """
        families = {
            Face.SONG: self.faces.song,
            Face.SONG_BOLD: self.faces.song,
            Face.HEI: self.faces.hei,
            Face.KAI: self.faces.kai,
            Face.RARE: self.faces.rare,
        }
        return _font(families[face], round(size * PX_PER_PT), face.bold)


@lru_cache(maxsize=128)
def _font(family: str, size: int, bold: bool) -> QFont:
    font = QFont(family)
    font.setPixelSize(size)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@dataclass(frozen=True, slots=True)
class State:
    """What the moment adds to a cell."""

    mark: Severity | None = None
    blank: bool = False
    hovered: bool = False
    in_range: bool = False
    fixed: bool = False
    locked: bool = False
    ghost: str = ""


def paint_cell(painter: QPainter, rect: QRect, fragment: Fragment, look: Look, state: State) -> None:
    """Draw a cell into ``rect`` (logical px)."""
    ground = _ground(fragment, look.paper, state)
    if ground:
        painter.fillRect(rect, QColor(ground))
    _paint_text(painter, rect, fragment, look, state)
    if fragment.cell.role.framed:
        _paint_grid(painter, rect, look.paper)
    if state.ghost:
        _paint_ghost(painter, rect, fragment, look, state.ghost)
    elif state.blank:
        _paint_blank(painter, rect, look.paper, under=bool(fragment.lines))
    if state.mark:
        _paint_mark(painter, rect, look.paper, state.mark)


def _ground(fragment: Fragment, paper: Paper, state: State) -> str:
    if state.fixed:
        return paper.fixed
    if state.in_range:
        return paper.range
    if fragment.cell.role is Role.COMPUTED:
        return paper.computed
    return paper.hover if state.hovered and fragment.cell.binding is not None else ""


def ink(fragment: Fragment, paper: Paper, *, locked: bool) -> str:
    """铅字、蓝墨: what the form prints and what the program computed is black, what the clerk typed is blue."""
    cell = fragment.cell
    typed = (cell.role is Role.INPUT and not cell.default and cell.inked is None) or bool(cell.computed)
    return paper.typed if typed and not locked else paper.print


def _paint_text(painter: QPainter, rect: QRect, fragment: Fragment, look: Look, state: State) -> None:
    cell, style = fragment.cell, STYLES[fragment.cell.role]
    usual = ink(fragment, look.paper, locked=state.locked)
    typed = look.paper.print if state.locked else look.paper.typed
    painter.save()
    painter.translate(rect.left(), rect.top() - (_NOTE_PX / 2 + 1 if cell.computed else 0))
    painter.scale(look.zoom, look.zoom)
    for words in _words(fragment) if cell.inked else (_Words(one.text, one.x, one.y) for one in fragment.lines):
        painter.setPen(QColor(typed if words.typed else usual))
        for offset, face, piece in _pieces(words.text, style.size, style.face):
            painter.setFont(look.font(face, style.size))
            painter.drawText(QPointF((words.x + offset) * PX_PER_PT, words.y * PX_PER_PT), piece)
    painter.restore()
    if cell.computed:
        _paint_computed(painter, rect, cell.computed, look)


class _Words(NamedTuple):
    """Letters of one line in one ink, and where they begin on their baseline, in pt."""

    text: str
    x: float
    y: float
    typed: bool = False


def _words(fragment: Fragment) -> Iterator[_Words]:
    """Cut the lines of a cell into what the form prints and what was typed into its words."""
    style, inked, at = STYLES[fragment.cell.role], fragment.cell.inked or (), 0
    for line in fragment.lines:
        begin = fragment.cell.text.find(line.text, at)  # -1 is a label with （续）, in which nothing was typed
        end = begin + len(line.text)
        at = max(at, end)
        edges = {begin, end, *(min(max(edge, begin), end) for one in inked for edge in one)}
        for first, last in pairwise(sorted(edges)):
            indent = text_width(line.text[: first - begin], size=style.size, face=style.face)
            is_typed = any(start <= first and last <= stop for start, stop in inked)
            yield _Words(line.text[first - begin : last - begin], line.x + indent, line.y, is_typed)


def _paint_computed(painter: QPainter, rect: QRect, computed: str, look: Look) -> None:
    """Below a stated figure that differs: 「≠ 110」."""
    font = QFont(look.faces.ui)
    font.setPixelSize(round(_NOTE_PX * min(look.zoom, 1)))
    painter.setFont(font)
    painter.setPen(QColor(look.paper.error))
    under = QRectF(rect.left() - 8, rect.bottom() - _NOTE_PX - 5, rect.width() + 16, _NOTE_PX + 4)
    painter.drawText(under, Qt.AlignmentFlag.AlignCenter, f"≠ {computed}")


@lru_cache(maxsize=4096)
def _pieces(text: str, size: float, face: Face) -> tuple[tuple[float, Face, str], ...]:
    """Cut a line into runs of one face with their offsets in pt."""
    pieces, x = [], 0.0
    for run in runs(text, size=size, face=face):
        pieces.append((x, run.face, run.text))
        x += run.width
    return tuple(pieces)


def _paint_grid(painter: QPainter, rect: QRect, paper: Paper) -> None:
    """Draw the cell's four edges; neighbours draw the shared edge at the same pixels."""
    pen = QPen(QColor(paper.grid), 0)
    pen.setCosmetic(True)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect.left(), rect.top(), rect.width(), rect.height())


def _paint_ghost(painter: QPainter, rect: QRect, fragment: Fragment, look: Look, ghost: str) -> None:
    """Blank, but filled last year: its words in grey, in one line, where this year's will stand."""
    style, side = STYLES[fragment.cell.role], PADDING_X * PX_PER_PT
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(look.zoom, look.zoom)
    box = QRectF(side, 0, rect.width() / look.zoom - 2 * side, rect.height() / look.zoom)
    font = look.font(style.face, style.size)
    wanted = QFontMetrics(font).horizontalAdvance(ghost)
    if wanted > box.width():  # a narrow column of points: smaller letters rather than three dots
        font = QFont(font)
        font.setPixelSize(max(int(font.pixelSize() * box.width() / wanted), _GHOST_LEAST))
    painter.setFont(font)
    painter.setPen(QColor(look.paper.ghost))
    words = painter.fontMetrics().elidedText(ghost, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, _ACROSS[fragment.cell.align] | Qt.AlignmentFlag.AlignVCenter, words)
    painter.restore()


def _paint_blank(painter: QPainter, rect: QRect, paper: Paper, *, under: bool) -> None:
    """Required and empty: a short dashed line; ``under`` printed words it keeps clear of them."""
    pen = QPen(QColor(paper.ghost), 1, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    inset = min(10, rect.width() // 5)
    y = rect.bottom() - (2 if under else min(9, rect.height() // 4))
    painter.drawLine(rect.left() + inset, y, rect.right() - inset, y)


def _paint_mark(painter: QPainter, rect: QRect, paper: Paper, mark: Severity) -> None:
    """Corner and line of the gravest finding: told apart by shape as well as by colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    right, top = rect.left() + rect.width(), rect.top()
    if mark is Severity.HINT:
        painter.setBrush(QColor(paper.hint))
        painter.drawEllipse(QRectF(right - 9, top + 3, 6, 6))
        painter.restore()
        return
    side = CORNER[mark]
    painter.setBrush(QColor(paper.error if mark is Severity.ERROR else paper.warning))
    painter.drawPolygon(QPolygonF([QPointF(right - side, top), QPointF(right, top), QPointF(right, top + side)]))
    if mark is Severity.ERROR:
        painter.fillRect(QRect(rect.left() + 1, rect.bottom() - 2, rect.width() - 1, 3), QColor(paper.error))
    painter.restore()
