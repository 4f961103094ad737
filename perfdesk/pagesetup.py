"""页面设置 (page set-up): paper, direction, margins, size and foot a form is printed with, where its template leaves them open.

What becomes of a form on such a page is decided in ``perfdesk.arranging``. This module prints and keeps nothing, and is small: a
data file is opened with it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from perfdesk.template import Page

PAPERS: Final = {"A4": (Decimal(210), Decimal(297)), "A3": (Decimal(297), Decimal(420))}
"""Papers by name: short and long side in mm."""
LEAST_MARGIN, LEAST_BELOW, MOST_MARGIN = 5, 12, 60
"""Bounds of the margins in mm. The line at the foot stands 8 mm above the edge, so that the margin below it has to leave room."""
LEAST_PERCENT, MOST_PERCENT = 50, 200
"""Bounds of the scale in %."""


class Size(StrEnum):
    """缩放 (size): as drawn and smaller only where it is too wide; as wide as the page; on one page; a percentage."""

    DRAWN = "drawn"
    WIDTH = "width"
    ONE_PAGE = "one-page"
    PERCENT = "percent"


class Numbers(StrEnum):
    """页码 (page numbers): where there are several pages, always, never."""

    SEVERAL = "several"
    ALWAYS = "always"
    NEVER = "never"


class Margins(NamedTuple):
    """页边距 in whole mm."""

    top: int
    right: int
    bottom: int
    left: int


@dataclass(frozen=True, slots=True)
class PageSetup:
    """页面设置 of one form. What is ``""`` or ``None`` is as the template has it; ``percent`` counts for ``Size.PERCENT`` alone.

    ``name`` and ``date``: the name of the form stands left in the foot, the day of printing right of it. A form that was handed in
    has its version and 校验码 there instead.
    """

    paper: str = ""
    landscape: bool | None = None
    margins: Margins | None = None
    size: Size = Size.DRAWN
    percent: int = 100
    numbers: Numbers = Numbers.SEVERAL
    name: bool = False
    date: bool = False

    def page(self, drawn: Page) -> Page:
        """Return the paper to print on; ``drawn`` is the template's."""
        short, long = PAPERS[self.paper] if self.paper else sorted((drawn.width_mm, drawn.height_mm))
        lies = drawn.landscape if self.landscape is None else self.landscape
        width, height = (long, short) if lies else (short, long)
        margins = self.margins or (drawn.top_mm, drawn.right_mm, drawn.bottom_mm, drawn.left_mm)
        top, right, bottom, left = map(Decimal, margins)
        return drawn._replace(
            width_mm=width, height_mm=height, top_mm=top, right_mm=right, bottom_mm=bottom, left_mm=left
        )


AS_DRAWN: Final = PageSetup()
"""What every form is printed with until somebody chooses otherwise."""


def write(setup: PageSetup) -> str:
    """Return the set-up as JSON in one line, only what differs from :data:`AS_DRAWN`; ``""`` where nothing does."""
    chosen = {one.name: getattr(setup, one.name) for one in fields(PageSetup)}
    differing = {name: value for name, value in chosen.items() if value != getattr(AS_DRAWN, name)}
    return json.dumps(differing, separators=(",", ":")) if differing else ""


def read(text: str) -> PageSetup:
    """Return the set-up of a text that :func:`write` made. What a later version wrote and this one does not know is as drawn."""
    try:
        found = json.loads(text)
    except ValueError:
        return AS_DRAWN
    return _read(found) if isinstance(found, dict) else AS_DRAWN


def _read(found: dict[str, Any]) -> PageSetup:
    """Take over each choice that is one; the rest stays as drawn."""
    paper, landscape, percent = found.get("paper"), found.get("landscape"), found.get("percent")
    size, numbers = found.get("size"), found.get("numbers")
    return PageSetup(
        paper=paper if isinstance(paper, str) and paper in PAPERS else "",
        landscape=landscape if isinstance(landscape, bool) else None,
        margins=_margins(found.get("margins")),
        size=Size(size) if size in set(Size) else Size.DRAWN,
        percent=percent if type(percent) is int and LEAST_PERCENT <= percent <= MOST_PERCENT else 100,
        numbers=Numbers(numbers) if numbers in set(Numbers) else Numbers.SEVERAL,
        name=found.get("name") is True,
        date=found.get("date") is True,
    )


def _margins(found: object) -> Margins | None:
    if not isinstance(found, list) or len(found) != len(Margins._fields):
        return None
    leasts = Margins(LEAST_MARGIN, LEAST_MARGIN, LEAST_BELOW, LEAST_MARGIN)
    pairs = zip(found, leasts, strict=True)
    return Margins(*found) if all(type(one) is int and least <= one <= MOST_MARGIN for one, least in pairs) else None
