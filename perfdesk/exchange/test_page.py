"""测试页 (test page): one sheet that shows whether a printer keeps the size of a form and where it stops printing.

A cross of two rulers of 100 mm, and a frame 12 mm from every edge: no template prints outside it but the line at the foot.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final

from perfdesk.fonts import Face, reportlab_face
from perfdesk.fonts.paper import Canvas

MM: Final = 72 / 25.4
"""One millimetre in pt."""
PAPER_MM: Final = (210.0, 297.0)
MARGIN_MM: Final = 12.0
RULER_MM: Final = 100
_ACROSS: Final = (55.0, 170.0)  # mm from the left and lower edge: where both rulers begin
_TITLE: Final = "打印测试页"
_WORDS: Final = (
    "一、用尺量两条线，都应正好 100 毫米。短了，请在打印机设置里选“实际大小”，",
    "不要选“适合纸张”。",
    "二、四边的线框离纸边 12 毫米，应当印全。缺一边，这台打印机的页边距太大，",
    "表会被裁掉，请换一台打印。",
)


def render() -> bytes:
    """Return the test page as a PDF of one A4 page. The same bytes every time."""
    target = BytesIO()
    width, height = (side * MM for side in PAPER_MM)
    song = reportlab_face(Face.SONG)
    canvas = Canvas(target, pagesize=(width, height), invariant=1, initialFontName=song, lang="zh-CN")
    canvas.setTitle(_TITLE)
    canvas.setViewerPreference("PrintScaling", "None")
    edge = MARGIN_MM * MM
    canvas.setLineWidth(0.5)
    canvas.rect(edge, edge, width - 2 * edge, height - 2 * edge)
    canvas.setFont(song, 18)
    canvas.drawString(20 * MM, height - 28 * MM, _TITLE)
    canvas.setFont(song, 10.5)
    for line, text in enumerate(_WORDS):
        canvas.drawString(20 * MM, height - (42 + 7 * line) * MM, text)
    canvas.setFont(song, 9)
    for upright in (False, True):
        _rule(canvas, upright=upright)
    canvas.save()
    return target.getvalue()


def _rule(canvas: Canvas, *, upright: bool) -> None:
    """Draw a ruler with a stroke for each millimetre, longer ones and figures at 10 mm."""
    canvas.saveState()
    canvas.translate(_ACROSS[0] * MM, (_ACROSS[1] - (120 if upright else 0)) * MM)
    if upright:
        canvas.rotate(90)
    canvas.line(0, 0, RULER_MM * MM, 0)
    for place in range(RULER_MM + 1):
        canvas.line(place * MM, 0, place * MM, (5 if place % 10 == 0 else 3 if place % 5 == 0 else 2) * MM)
        if place % 10 == 0:
            canvas.drawCentredString(place * MM, 6 * MM, str(place))
    canvas.drawString((RULER_MM + 3) * MM, 0, "毫米")
    canvas.restoreState()
