"""按页面设置排版 (arranging): lays a form out on the page somebody set up for it.

The columns of a form stay as its template draws them; where they are wider than the paper the whole form is made smaller, so that
every line breaks where it does on the screen. Reports keep the page of GB/T 9704-2012. It prints nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from perfdesk.layout import Foot, Layout, lay_out
from perfdesk.pagesetup import AS_DRAWN, LEAST_PERCENT, Numbers, PageSetup, Size
from perfdesk.sheet import PT_PER_MM, Role, Sheet
from perfdesk.template import Page

_REPORT: Final = frozenset({Role.COVER, Role.COVER_TITLE, Role.BODY, Role.HEADING1, Role.HEADING2, Role.HEADING3})
_WIDE_ENOUGH: Final = 0.9999


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
