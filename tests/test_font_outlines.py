"""The polygons of a face with fewer points: what is left, and how near it stays."""

from __future__ import annotations

from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Any

import pytest
from fontTools.pens.recordingPen import RecordingPen
from hypothesis import given
from hypothesis import strategies as st

from tests.workshop import script

if TYPE_CHECKING:
    from types import ModuleType

TOLERANCE = 1.5


@pytest.fixture(scope="module")
def outlines() -> ModuleType:
    return script("font_outlines")


def points_of(pieces: list[Any]) -> int:
    return sum(2 if piece.control else 1 for piece in pieces)


def flattened(pieces: list[Any]) -> list[tuple[float, float]]:
    """Many points of the outline, in order."""
    points = []
    for piece, following in zip(pieces, [*pieces[1:], pieces[0]], strict=True):
        (ax, ay), (bx, by) = piece.start, following.start
        cx, cy = piece.control or ((ax + bx) / 2, (ay + by) / 2)
        for step in range(40):
            t, u = step / 40, 1 - step / 40
            points.append((u * u * ax + 2 * t * u * cx + t * t * bx, u * u * ay + 2 * t * u * cy + t * t * by))
    return points


def distance(point: tuple[float, float], outline: list[tuple[float, float]]) -> float:
    """How far a point is from a closed line."""
    return min(to_segment(point, a, b) for a, b in zip(outline, outline[1:] + outline[:1], strict=True))


def to_segment(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length if length else 0.0
    t = max(0.0, min(1.0, t))
    return hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy)


def test_a_stroke_keeps_its_corners(outlines: ModuleType) -> None:
    stroke = [(0, 0), (200, 0), (400, 0), (400, 40), (0, 40)]
    assert [piece.start for piece in outlines.simplified(stroke, TOLERANCE)] == [(0, 0), (400, 0), (400, 40), (0, 40)]


def test_a_circle_of_corners_becomes_a_few_curves(outlines: ModuleType) -> None:
    circle = [(round(300 * cos(2 * pi * k / 48)), round(300 * sin(2 * pi * k / 48))) for k in range(48)]
    pieces = outlines.simplified(circle, TOLERANCE)
    assert points_of(pieces) <= 24
    assert all(distance(point, flattened(pieces)) <= 2 * TOLERANCE for point in circle)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.floats(20, 400)), min_size=3, max_size=20, unique_by=lambda one: one[0])
)
def test_every_corner_stays_near(outlines: ModuleType, star: list[tuple[int, float]]) -> None:
    corners = [(far * cos(turn / 61 * 2 * pi), far * sin(turn / 61 * 2 * pi)) for turn, far in sorted(star)]
    pieces = outlines.simplified(corners, TOLERANCE)
    assert points_of(pieces) <= 2 * len(corners)
    drawn = flattened(pieces)
    assert all(distance(corner, drawn) <= 2 * TOLERANCE for corner in corners)


def test_a_glyph_is_drawn_contour_by_contour(outlines: ModuleType) -> None:
    record, drawn = RecordingPen(), RecordingPen()
    record.value = [
        ("moveTo", ((0, 0),)),
        ("lineTo", ((50, 0.5),)),
        ("lineTo", ((100, 0),)),
        ("lineTo", ((100, 100),)),
        ("closePath", ()),
        ("moveTo", ((200, 0),)),
        ("qCurveTo", ((250, 50), (200, 100))),
        ("closePath", ()),
    ]
    outlines.draw_simplified(record, drawn, TOLERANCE)
    assert {arguments[0] for _, arguments in drawn.value[:4] if arguments} == {(0, 0), (100, 0), (100, 100)}
    assert [verb for verb, _ in drawn.value[:5]] == ["moveTo", "lineTo", "lineTo", "lineTo", "closePath"]
    assert drawn.value[-3:] == record.value[-3:]
