"""页面设置 (page set-up): paper, direction, margins, size and foot a form is printed with, where its template leaves them open.

The columns of a form stay as its template draws them; where they are wider than the paper the whole form is made smaller, so that
every line breaks where it does on the screen. Reports keep the page of GB/T 9704-2012. It prints nothing and keeps nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NamedTuple

from perfdesk.layout import Foot, Layout, lay_out
from perfdesk.sheet import PT_PER_MM, Role, Sheet
from perfdesk.template import Page

PAPERS: Final = {"A4": (Decimal(210), Decimal(297)), "A3": (Decimal(297), Decimal(420))}
"""Papers by name: short and long side in mm."""
LEAST_MARGIN, LEAST_BELOW, MOST_MARGIN = 5, 12, 60
"""Bounds of the margins in mm. The line at the foot stands 8 mm above the edge, so that the margin below it has to leave room."""
LEAST_PERCENT, MOST_PERCENT = 50, 200
"""Bounds of the scale in %."""
_REPORT: Final = frozenset({Role.COVER, Role.COVER_TITLE, Role.BODY, Role.HEADING1, Role.HEADING2, Role.HEADING3})
_WIDE_ENOUGH: Final = 0.9999


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
        return Page(width, height, top, right, bottom, left, drawn.row_mm)


AS_DRAWN: Final = PageSetup()
"""What every form is printed with until somebody chooses otherwise."""


def adjustable(sheet: Sheet) -> bool:
    """Tell whether there is anything to choose: for a form yes, for a report no, its page is that of GB/T 9704-2012."""
    return not any(cell.role in _REPORT for cell in sheet.cells)


def arrange(sheet: Sheet, setup: PageSetup) -> Layout:
    """Lay a form out as it is printed. With nothing chosen, and for a report, this is ``lay_out``.

    A form of 273 mm on upright A4 with margins of 12 mm becomes 186 / 273 = 68 % of its size. The result is laid out on a page
    that is larger by the same share, and ``Layout.scale`` brings it back.
    """
    if setup == AS_DRAWN or not adjustable(sheet):
        return lay_out(sheet)
    page = setup.page(sheet.page)
    scale = _scale(sheet, page, setup)
    laid = _laid(sheet, page, scale)
    foot = Foot(numbered={Numbers.ALWAYS: True, Numbers.NEVER: False}.get(setup.numbers))
    return laid._replace(sheet=laid.sheet._replace(page=page), scale=scale, foot=foot)


def _laid(sheet: Sheet, page: Page, scale: float) -> Layout:
    """Lay a sheet out on a page that becomes ``page`` when everything is drawn ``scale`` times as large."""
    grown = Page(*(side / Decimal(scale) for side in page))
    return lay_out(sheet._replace(page=grown._replace(row_mm=page.row_mm)))


def _scale(sheet: Sheet, page: Page, setup: PageSetup) -> float:
    """Return the size of the form, 1 is as drawn; never wider than the page."""
    room = float((page.width_mm - page.left_mm - page.right_mm) * PT_PER_MM)
    widest = room / sum(sheet.column_widths)
    most = 1.0 if widest > _WIDE_ENOUGH else widest
    if setup.size is Size.WIDTH:
        return 1.0 if abs(widest - 1) < 1 - _WIDE_ENOUGH else widest
    if setup.size is Size.PERCENT:
        asked = setup.percent / 100
        return min(asked, most if asked <= 1 else widest)
    return _on_one_page(sheet, page, most) if setup.size is Size.ONE_PAGE else most


def _on_one_page(sheet: Sheet, page: Page, most: float) -> float:
    """Return the largest size, in whole %, at which the form takes one page; ``most`` where 50 % is still too large."""
    low, high = LEAST_PERCENT, int(most * 100)
    if len(_laid(sheet, page, most).pages) == 1 or high <= low or len(_laid(sheet, page, low / 100).pages) > 1:
        return most
    while low < high:
        middle = (low + high + 1) // 2
        if len(_laid(sheet, page, middle / 100).pages) == 1:
            low = middle
        else:
            high = middle - 1
    return low / 100


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
