"""Draws outlines with fewer points: the polygons of HanaMin become straight lines and quadratic curves.

Part of ``build_fonts.py``. HanaMin writes every stroke as a polygon, 189 points to a character; the curves that those corners
stand on take two thirds of them. No corner of the result is further than the tolerance from the outline it stands for. It must not
know which characters a face has.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from math import hypot, inf
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fontTools.pens.basePen import AbstractPen
    from fontTools.pens.recordingPen import RecordingPen

Point = tuple[float, float]
Contour = list[tuple[str, tuple[Any, ...]]]

SHARP = 0.5  # the sine of the turn (30°) from which on a corner is one, and not a step of a curve
OF_LINE, OF_CURVE = 1.0, 1.6  # what a piece costs in points: a curve has one more, which often falls away again


class Piece(NamedTuple):
    """From ``start`` to where the next piece starts: straight, or a quadratic curve by way of ``control``."""

    start: Point
    control: Point | None


def draw_simplified(record: RecordingPen, pen: AbstractPen, tolerance: float) -> None:
    """Draw what was recorded, every polygon with fewer points; a contour that has curves already goes on as it is."""
    for contour in _contours(record):
        points = [arguments[0] for verb, arguments in contour if verb in {"moveTo", "lineTo"}]
        corners = [one for before, one in pairwise([*points[-1:], *points]) if one != before]
        if len(points) != len(contour) - 1 or len(corners) < 3:
            _replay(contour, pen)
        else:
            _draw(simplified(corners, tolerance), pen)


def _contours(record: RecordingPen) -> Iterator[Contour]:
    contour: Contour = []
    for step in record.value:
        contour.append(step)
        if step[0] == "closePath":
            yield contour
            contour = []


def _replay(contour: Contour, pen: AbstractPen) -> None:
    for verb, arguments in contour:
        getattr(pen, verb)(*arguments)


def _draw(pieces: Sequence[Piece], pen: AbstractPen) -> None:
    pen.moveTo(pieces[0].start)
    for piece, following in pairwise([*pieces, pieces[0]]):
        if piece.control:
            pen.qCurveTo(piece.control, following.start)
        else:
            pen.lineTo(following.start)
    pen.closePath()


def simplified(corners: Sequence[Point], tolerance: float) -> list[Piece]:
    """A closed polygon in fewer pieces, each within ``tolerance`` of it; sharp corners stay where they are.

    >>> simplified([(0, 0), (5, 0.1), (10, 0), (10, 10)], 1.0)
    [Piece(start=(0, 0), control=None), Piece(start=(10, 0), control=None), Piece(start=(10, 10), control=None)]
    """
    size = len(corners)
    fixed = [number for number in range(size) if _is_sharp(corners[number - 1], *_two(corners, number))]
    if len(fixed) < 2:
        first = fixed[0] if fixed else 0
        fixed = sorted((first, (first + size // 2) % size))
    pieces: list[Piece] = []
    for start, end in pairwise([*fixed, fixed[0] + size]):
        pieces += _fewest([corners[number % size] for number in range(start, end + 1)], tolerance)
    return pieces


def _two(corners: Sequence[Point], number: int) -> tuple[Point, Point]:
    return corners[number], corners[(number + 1) % len(corners)]


def _is_sharp(before: Point, here: Point, after: Point) -> bool:
    ux, uy, vx, vy = here[0] - before[0], here[1] - before[1], after[0] - here[0], after[1] - here[1]
    return ux * vx + uy * vy <= 0 or abs(ux * vy - uy * vx) > SHARP * hypot(ux, uy) * hypot(vx, vy)


def _fewest(line: Sequence[Point], tolerance: float) -> list[Piece]:
    """The cheapest chain of pieces along an open line, found step by step from its start (the last point starts no piece)."""
    end = len(line) - 1
    way = list(accumulate((hypot(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(line)), initial=0.0))
    cost = [0.0] + [inf] * end
    came: list[tuple[int, Point | None]] = [(0, None)] * (end + 1)

    def offer(start: int, stop: int, price: float, control: Point | None) -> None:
        if cost[start] + price < cost[stop]:
            cost[stop], came[stop] = cost[start] + price, (start, control)

    for start in range(end):
        stop = start + 1
        while stop <= end and (stop == start + 1 or _is_straight(line, start, stop, tolerance)):
            offer(start, stop, OF_LINE, None)
            stop += 1
        stop = max(start + 3, stop)
        while stop <= end and (control := _curve(line[start : stop + 1], way[start : stop + 1], tolerance)):
            offer(start, stop, OF_CURVE, control)
            stop += 1
    pieces = []
    stop = end
    while stop:
        start, control = came[stop]
        pieces.append(Piece(line[start], control))
        stop = start
    return pieces[::-1]


def _is_straight(line: Sequence[Point], start: int, stop: int, tolerance: float) -> bool:
    """Tell whether the points between two are near enough to the straight line."""
    (x, y), (to_x, to_y) = line[start], line[stop]
    dx, dy = to_x - x, to_y - y
    limit = tolerance * hypot(dx, dy)
    return limit > 0 and all(abs((px - x) * dy - (py - y) * dx) <= limit for px, py in line[start + 1 : stop])


def _curve(line: Sequence[Point], way: Sequence[float], tolerance: float) -> Point | None:
    """The control point of the quadratic curve nearest to a line of points; None when it leaves the tolerance."""
    (ax, ay), (bx, by) = line[0], line[-1]
    times = [(at - way[0]) / (way[-1] - way[0]) for at in way]
    sum_x = sum_y = weight = 0.0
    for (x, y), t in zip(line[1:-1], times[1:-1], strict=True):
        u, w = 1 - t, 2 * t * (1 - t)
        sum_x += w * (x - u * u * ax - t * t * bx)
        sum_y += w * (y - u * u * ay - t * t * by)
        weight += w * w
    control = sum_x / weight, sum_y / weight
    along = (control[0] - ax) * (bx - ax) + (control[1] - ay) * (by - ay)
    if not 0 < along < (bx - ax) ** 2 + (by - ay) ** 2:
        return None
    middles = [
        ((p[0] + q[0]) / 2, (p[1] + q[1]) / 2, (s + t) / 2)
        for (p, s), (q, t) in pairwise(zip(line, times, strict=True))
    ]
    points = [*middles, *((x, y, t) for (x, y), t in zip(line[1:-1], times[1:-1], strict=True))]
    ends = (line[0], control, line[-1])
    return control if all(_is_near(ends, x, y, t, tolerance) for x, y, t in points) else None


def _is_near(ends: tuple[Point, Point, Point], x: float, y: float, t: float, tolerance: float) -> bool:
    """Tell whether a point is within the tolerance of a curve, looked at across the curve near its parameter t."""
    (ax, ay), (cx, cy), (bx, by) = ends
    u = 1 - t
    off_x, off_y = u * u * ax + 2 * t * u * cx + t * t * bx - x, u * u * ay + 2 * t * u * cy + t * t * by - y
    if off_x * off_x + off_y * off_y <= tolerance * tolerance:
        return True
    dx, dy = u * (cx - ax) + t * (bx - cx), u * (cy - ay) + t * (by - cy)
    return abs(off_x * dy - off_y * dx) <= tolerance * hypot(dx, dy)
