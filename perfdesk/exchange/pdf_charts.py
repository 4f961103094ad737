"""附图 (page of charts): the page behind a 汇总表 in its PDF: the bars side by side, the trend of the budgets below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from perfdesk.charts import BarChart, kept
from perfdesk.exchange.drawing import PITCH, PRINTED, draw, height_of
from perfdesk.fonts import Face, register, reportlab_face
from perfdesk.fonts.graphics import draw_on_page

if TYPE_CHECKING:
    from perfdesk.charts import Chart
    from perfdesk.fonts.paper import Canvas

TITLE: Final = "附图"
SIZE: Final = 9.0
"""Size of the type in the charts, in pt."""
MARGIN: Final = 52.0
"""Air on every side, in pt (18 mm)."""
TREND_ROWS: Final = 7
_TITLE_SIZE: Final = 16.0
_HEAD, _GAP = 40.0, 28.0  # pt: title and the air below it; between two charts
_YEAR: Final = 120.0  # pt from one year to the next


def paint_page(canvas: Canvas, charts: tuple[Chart, ...], *, width: float, height: float) -> None:
    """Paint one page of ``width`` × ``height`` pt; of more bars than there is room for those that are to be looked at."""
    register()
    canvas.setFont(reportlab_face(Face.SONG_BOLD), _TITLE_SIZE)
    canvas.drawCentredString(width / 2, height - MARGIN - _TITLE_SIZE, TITLE)
    bars = [one for one in charts if isinstance(one, BarChart)]
    trends = [one for one in charts if not isinstance(one, BarChart)]
    below = height_of(TREND_ROWS, SIZE) + _GAP if trends else 0.0
    top, left = height - MARGIN - _HEAD, MARGIN
    most = int((top - MARGIN - below - height_of(0, SIZE)) / (PITCH * SIZE))
    side = int((width - 2 * MARGIN - _GAP * (len(bars) - 1)) / max(len(bars), 1))
    for one in bars:
        rows = min(len(one.bars), most)
        drawn = draw(kept(one, most), width=side, rows=rows, size=SIZE, look=PRINTED)
        draw_on_page(drawn, canvas, left, top - drawn.height)
        left += side + _GAP
    lowest = min((top - height_of(min(len(one.bars), most), SIZE) for one in bars), default=top + _GAP)
    for trend in trends:
        across = int(min(width - 2 * MARGIN, len(trend.points) * _YEAR))
        drawn = draw(trend, width=across, rows=TREND_ROWS, size=SIZE, look=PRINTED)
        draw_on_page(drawn, canvas, MARGIN, lowest - _GAP - drawn.height)
