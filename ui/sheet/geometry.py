"""Where the Layout's pages lie in a table view: pages, their margins and the desk around them as rows and columns.

A table view knows only rows and columns, so the space above, between and below the pages is a spacer row, and the space left and
right a spacer column. All pixels are logical; edges are rounded from the running sum, so that nothing drifts with the zoom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from perfdesk.layout import Fragment, Layout
from perfdesk.model import Binding

PX_PER_PT = 96 / 72
DESK_MARGIN = 8
PAGE_GAP = 16
SHADE = 3


@dataclass(frozen=True, slots=True)
class PageBox:
    """A page on the desk in px: where its paper lies."""

    x: int
    y: int
    width: int
    height: int


class Grid:
    """The rows and columns of a layout in a table view, and the fragment that begins in each square.

    ``places`` tells where each binding is shown, ``framed`` are the runs of rows with a frame around them.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.columns = len(layout.sheet.column_widths) + 2
        self.fragments: dict[tuple[int, int], Fragment] = {}
        row = 1
        self.first_rows: list[int] = []
        for page in layout.pages:
            self.first_rows.append(row)
            for fragment in page.fragments:
                self.fragments[row + fragment.row, fragment.cell.column + 1] = fragment
            row += len(page.rows) + 1
        self.rows = row
        self.places: dict[Binding, list[tuple[int, int]]] = {}
        for place, fragment in self.fragments.items():
            if fragment.cell.binding is not None:
                self.places.setdefault(fragment.cell.binding, []).append(place)
        self.framed = tuple(self._framed())

    def shape(self) -> tuple[tuple[int, int, int, int], ...]:
        """The arrangement of the fragments: equal shapes need no new spans."""
        return tuple((row, column, f.row_span, f.cell.column_span) for (row, column), f in self.fragments.items())

    def row_edges(self, zoom: float) -> list[int]:
        """The y of every row's top and of the end, px."""
        scale = PX_PER_PT * zoom
        edges = [0]
        for top, page in zip(self.page_tops(zoom), self.layout.pages, strict=True):
            edges += [round(top + row.y * scale) for row in page.rows]
            if page.rows:
                edges.append(round(top + (page.rows[-1].y + page.rows[-1].height) * scale))
            else:
                edges.append(round(top + self.layout.top * scale))
        return [*edges, self.height(zoom)]

    def page_tops(self, zoom: float) -> list[int]:
        """The y of every page's upper edge, px."""
        step = round(self.layout.height * PX_PER_PT * zoom) + PAGE_GAP
        return [DESK_MARGIN + number * step for number in range(len(self.layout.pages))]

    def height(self, zoom: float) -> int:
        """Height of the whole desk, px."""
        page = round(self.layout.height * PX_PER_PT * zoom)
        return self.page_tops(zoom)[-1] + page + SHADE + DESK_MARGIN

    def page_width(self, zoom: float) -> int:
        """Width of the paper, px."""
        return round(self.layout.width * PX_PER_PT * zoom)

    def frame_width(self, zoom: float) -> int:
        """Width of the form without the margins of the paper, px."""
        return round(sum(self.layout.sheet.column_widths) * PX_PER_PT * zoom)

    def desk_width(self, zoom: float, viewport: int) -> int:
        """Width of the desk: the viewport, or the page with its margins where that is wider."""
        return max(viewport, self.page_width(zoom) + 2 * DESK_MARGIN)

    def column_edges(self, zoom: float, viewport: int) -> list[int]:
        """The x of every column's left and of the end, px; the page stands in the middle of the viewport."""
        scale = PX_PER_PT * zoom
        width = self.desk_width(zoom, viewport)
        left = (width - self.page_width(zoom)) // 2
        edges, x = [0], self.layout.left
        for column in self.layout.sheet.column_widths:
            edges.append(round(left + x * scale))
            x += column
        return [*edges, round(left + x * scale), width]

    def pages(self, zoom: float, viewport: int) -> list[PageBox]:
        """Where the sheets of paper lie."""
        width, height = self.page_width(zoom), round(self.layout.height * PX_PER_PT * zoom)
        left = (self.desk_width(zoom, viewport) - width) // 2
        return [PageBox(left, top, width, height) for top in self.page_tops(zoom)]

    def _framed(self) -> Iterator[tuple[int, int]]:
        """Yield the runs of table rows with a frame around them: first and last."""
        for first, page in zip(self.first_rows, self.layout.pages, strict=True):
            inside = {
                row
                for fragment in page.fragments
                if fragment.cell.role.framed
                for row in range(fragment.row, fragment.row + fragment.row_span)
            }
            start: int | None = None
            for row in range(len(page.rows) + 1):
                if row in inside and start is None:
                    start = row
                if row not in inside and start is not None:
                    yield first + start, first + row - 1
                    start = None
