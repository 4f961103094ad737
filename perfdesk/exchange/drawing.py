"""图 (drawing): draws a chart, once for all: as SVG for the screen, as vectors into a PDF.

Places count in units of a type size, so that a chart is the same at every size. It draws what it is given and measures with the
bundled faces; Qt finds these by their family in the SVG. Colours come with the :class:`Look`; no colour says anything alone.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.charts import Bar, BarChart, Chart, PointChart, Tone
from perfdesk.fonts import Face, register, runs, text_width
from perfdesk.fonts.graphics import Drawing, HexColor, Line, Rect, String, render_svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from perfdesk.fonts.graphics import Shape

PITCH: Final = 1.5
"""From one bar to the next, in type sizes: 21 px at 14 px."""
_HEAD: Final = 1.75  # the line of title and note
_BAR: Final = 10 / 14
_GAP: Final = 0.7  # between name, bar and figure
_NAMES: Final = 0.4  # most of the width that names may take
_RISE: Final = 0.36  # of a type size: from the middle of a line of text down to its baseline
_ASIDE: Final = 1.6  # from an edge to the first point of a trend
_DOT: Final = 0.36
_THIN, _STRONG = 1 / 14, 2 / 14
_HATCH: Final = 0.3  # between two strokes of a hatch
_MORE: Final = "…"
_CLIP: Final = re.compile("<clipPath.*?</clipPath>", re.DOTALL)
"""Qt 6.8 knows no clipPath and would paint the rectangle in it black. Nothing is drawn outside the drawing anyway."""


class Look(NamedTuple):
    """Colours, ``#RRGGBB``: of the words, of what is less, of the ground of a bar, of the lines, and of the bars by their tone."""

    ink: str
    ink2: str
    track: str
    line: str
    bar: str
    low: str
    over: str


PRINTED: Final = Look("#15191D", "#15191D", "#E4E7EA", "#3A4148", "#5F6B76", "#9AA6B1", "#15191D")
"""Black and greys, which every printer keeps apart."""


def height_of(rows: int, size: float) -> float:
    """Return how high a chart with room for so many bars is, in whole units of ``size``: 14 px and 5 bars are 130 px."""
    return float(ceil((_HEAD + rows * PITCH) * size))


def draw(chart: Chart, *, width: float, rows: int, size: float, look: Look) -> Drawing:
    """Draw a chart ``width`` (whole units) wide, with room for ``rows`` bars, in type of ``size``; all in one unit (px, pt)."""
    pen = _Pen(width / size, height_of(rows, size) / size, size, look)
    shapes = [*pen.words(chart.title, 0, pen.head)]
    shapes += pen.words(chart.head, pen.width, pen.head, ink=look.ink2, share=1.0)
    shapes += _bars(pen, chart) if isinstance(chart, BarChart) else _points(pen, chart)
    return Drawing(width, height_of(rows, size), *shapes)


def svg(chart: Chart, *, width: float, rows: int, size: float, look: Look) -> str:
    """Return the drawing as SVG, in which the bundled faces are called by the names Qt knows them by."""
    register()
    text: str = render_svg(draw(chart, width=width, rows=rows, size=size, look=look))
    text = _CLIP.sub("", text)
    for face in Face:
        text = text.replace(f"font-family: {face.stem};", f"font-family: '{face.family}';")
    return text


class _Pen:
    """Turns places in type sizes, from the lower left corner, into shapes."""

    def __init__(self, width: float, height: float, size: float, look: Look) -> None:
        self.width, self.height, self.look = width, height, look
        self._size = size

    @property
    def head(self) -> float:
        """The middle of the line of title and note."""
        return self.height - _HEAD / 2

    def words(self, text: str, x: float, y: float, *, ink: str = "", share: float = 0.0) -> Iterator[Shape]:
        """Write one line around the height ``y``; ``share`` of it lies left of ``x`` (0, ½, 1)."""
        left = x - share * self.measure(text)
        for run in runs(text, size=1, face=Face.HEI):
            yield String(
                left * self._size,
                (y - _RISE) * self._size,
                run.text,
                fontName=run.face.stem,
                fontSize=self._size,
                fillColor=HexColor(ink or self.look.ink),
            )
            left += run.width

    def measure(self, text: str) -> float:
        """Return the width of a line in type sizes."""
        return text_width(text, size=1, face=Face.HEI)

    def cut(self, text: str, room: float) -> str:
        """Return a text that fits, cut with an ellipsis where it does not."""
        if self.measure(text) <= room:
            return text
        while text and self.measure(text + _MORE) > room:
            text = text[:-1]
        return text + _MORE

    def box(self, x: float, y: float, width: float, height: float, *, fill: str) -> Shape:
        """Fill a box from its lower left corner."""
        places = (one * self._size for one in (x, y, width, height))
        return Rect(*places, fillColor=HexColor(fill), strokeColor=None)

    def line(self, x0: float, y0: float, x1: float, y1: float, *, ink: str, strength: float = _THIN) -> Shape:
        """Draw a line."""
        places = (one * self._size for one in (x0, y0, x1, y1))
        return Line(*places, strokeColor=HexColor(ink), strokeWidth=strength * self._size)


def _bars(pen: _Pen, chart: BarChart) -> Iterator[Shape]:
    names = min(max(pen.measure(bar.name) for bar in chart.bars), pen.width * _NAMES)
    figures = max(pen.measure(bar.figure) for bar in chart.bars)
    left, right = names + _GAP, pen.width - figures - _GAP
    unit = (right - left) / float(chart.end)
    for at, bar in enumerate(chart.bars):
        middle = pen.height - _HEAD - (at + 0.5) * PITCH
        yield from pen.words(pen.cut(bar.name, names), 0, middle)
        yield from _bar(pen, chart, bar, left=left, middle=middle, unit=unit)
        ink = pen.look.over if bar.tone is Tone.OVER else pen.look.ink
        yield from pen.words(bar.figure, pen.width, middle, ink=ink, share=1.0)
    mark, top = left + float(chart.mark) * unit, pen.height - _HEAD
    yield pen.line(mark, top, mark, top - len(chart.bars) * PITCH, ink=pen.look.ink)


def _bar(pen: _Pen, chart: BarChart, bar: Bar, *, left: float, middle: float, unit: float) -> Iterator[Shape]:
    """Draw the ground of a bar, the bar, and hatched what goes beyond the full length."""
    low, whole = middle - _BAR / 2, float(min(bar.value, chart.full)) * unit
    yield pen.box(left, low, float(chart.end) * unit, _BAR, fill=pen.look.track)
    yield pen.box(left, low, whole, _BAR, fill=pen.look.low if bar.tone is Tone.LOW else pen.look.bar)
    if bar.tone is Tone.OVER:
        end = left + float(bar.value) * unit
        yield from _hatch(pen, left + whole, end, low, ink=pen.look.over)


def _hatch(pen: _Pen, left: float, right: float, low: float, *, ink: str) -> Iterator[Shape]:
    """Fill a bar with strokes that rise to the right, each cut where the bar ends."""
    x = left - _BAR
    while x < right:
        start, end = max(x, left), min(x + _BAR, right)
        yield pen.line(start, low + start - x, end, low + end - x, ink=ink, strength=_STRONG / 2)
        x += _HATCH


def _points(pen: _Pen, chart: PointChart) -> Iterator[Shape]:
    """Draw the years along the foot, and above them the points with their figures."""
    foot = PITCH
    low, high = foot + 0.6, pen.height - _HEAD - PITCH
    values = [float(one.value) for one in chart.points]
    least, span = min(values), (max(values) - min(values)) or 1.0
    step = (pen.width - 2 * _ASIDE) / (len(values) - 1)
    places = [(_ASIDE + at * step, low + (value - least) / span * (high - low)) for at, value in enumerate(values)]
    yield pen.line(0, foot, pen.width, foot, ink=pen.look.line)
    for (x0, y0), (x1, y1) in pairwise(places):
        yield pen.line(x0, y0, x1, y1, ink=pen.look.bar, strength=_STRONG)
    for point, (x, y) in zip(chart.points, places, strict=True):
        yield pen.box(x - _DOT / 2, y - _DOT / 2, _DOT, _DOT, fill=pen.look.bar)
        yield from pen.words(point.figure, _inside(pen, point.figure, x), y + PITCH / 2, share=0.5)
        yield from pen.words(str(point.year), x, foot / 2, ink=pen.look.ink2, share=0.5)


def _inside(pen: _Pen, text: str, x: float) -> float:
    """Return where the middle of a text stands so that the whole of it is on the chart."""
    half = pen.measure(text) / 2
    return min(max(x, half), pen.width - half)
