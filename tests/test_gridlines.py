"""Lines of the form: each once, the frame round it thick."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable

from perfdesk.gridlines import Rule, rules
from perfdesk.layout import LaidPage, Layout
from perfdesk.model import Record

Lay = Callable[[Record], Layout]


def pieces(found: tuple[Rule, ...], layout: Layout, page: LaidPage) -> Counter[tuple[float, float, float, float]]:
    """Cut every line at every edge of the grid."""
    xs = [layout.left]
    for width in layout.sheet.column_widths:
        xs.append(xs[-1] + width)
    ys = sorted({edge for row in page.rows for edge in (row.y, row.y + row.height)})
    cut: Counter[tuple[float, float, float, float]] = Counter()
    for rule in found:
        inside_x = [x for x in xs if rule.x0 - 0.01 <= x <= rule.x1 + 0.01]
        inside_y = [y for y in ys if rule.y0 - 0.01 <= y <= rule.y1 + 0.01]
        across = itertools.pairwise(inside_x)
        down = itertools.pairwise(inside_y)
        cut.update((round(a, 1), round(rule.y0, 1), round(b, 1), round(rule.y1, 1)) for a, b in across)
        cut.update((round(rule.x0, 1), round(a, 1), round(rule.x1, 1), round(b, 1)) for a, b in down)
    return cut


def test_no_piece_of_a_line_is_drawn_twice(sample: Record, lay: Lay) -> None:
    layout = lay(sample)
    for page in layout.pages:
        cut = pieces(rules(layout, page), layout, page)
        assert len(cut) > 100
        assert set(cut.values()) == {1}


def test_every_side_of_every_cell_has_its_line(sample: Record, lay: Lay) -> None:
    layout = lay(sample)
    for page in layout.pages:
        found = rules(layout, page)
        for one in page.fragments:
            if not one.cell.role.framed:
                continue
            for y in (one.y, one.y + one.height):
                assert any(
                    abs(r.y0 - y) + abs(r.y1 - y) < 0.02 and r.x0 <= one.x + 0.01 and r.x1 >= one.x + one.width - 0.01
                    for r in found
                )
            for x in (one.x, one.x + one.width):
                assert any(
                    abs(r.x0 - x) + abs(r.x1 - x) < 0.02 and r.y0 <= one.y + 0.01 and r.y1 >= one.y + one.height - 0.01
                    for r in found
                )


def test_the_frame_runs_once_round_the_form(sample: Record, lay: Lay) -> None:
    layout = lay(sample)
    for page in layout.pages:
        frame = [one for one in rules(layout, page) if one.frame]
        assert len(frame) == 4
        framed = [one for one in page.fragments if one.cell.role.framed]
        top = min(one.y for one in framed)
        bottom = max(one.y + one.height for one in framed)
        assert {round(one.y0, 2) for one in frame if one.y0 == one.y1} == {round(top, 2), round(bottom, 2)}


def test_an_empty_page_has_no_lines(sample: Record, lay: Lay) -> None:
    layout = lay(sample)
    assert rules(layout, layout.pages[0]._replace(rows=(), fragments=())) == ()
