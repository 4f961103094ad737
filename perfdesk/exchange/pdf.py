"""PDF: paints layouts on paper, line by line where ``perfdesk.layout`` put them. Print and preview show this very file.

Black on white, whatever a cell's role. It measures and breaks nothing, reads no clock (the date is given) and writes no file.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache, partial
from io import BytesIO
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from perfdesk.errors import UserError
from perfdesk.fonts import Face, missing, reportlab_face, runs, text_width
from perfdesk.fonts.paper import Canvas, pdfmetrics, rl_config
from perfdesk.gridlines import rules
from perfdesk.layout import STYLES, Foot, Fragment, LaidPage, Layout, Line
from perfdesk.release import MAKER
from perfdesk.sheet import PT_PER_MM

if TYPE_CHECKING:
    from perfdesk.charts import Chart

THIN, FRAME = 0.5, 1.0
"""Widths of the lines inside the form and round it, in pt."""
FOOT_SIZE = 8.0
FOOT_BASELINE = 8 * float(PT_PER_MM)
"""Height of the foot line over the edge of the paper, in pt."""
NUMBER_SIZE = 14.0
NUMBER_BASELINE = 26 * float(PT_PER_MM)
"""Size (4号) and height over the edge of a report's page number: its dashes are 7 mm under the text (GB/T 9704-2012, 7.5)."""
rl_config.useA85 = (
    0  # pages as bytes: the text coding for them makes a file a quarter larger and a third slower to write
)
_SQUARE_CAP = 2  # lines reach half their width beyond their ends, so that corners are full
_MOST_NAMED = 5


class Unprintable(NamedTuple):
    """A character that no face can draw, and the cell it stands in."""

    character: str
    place: str


_font_of = itemgetter(0)
_missing = lru_cache(maxsize=4096)(missing)  # the labels of 200 forms are the same


def unprintable(layout: Layout) -> tuple[Unprintable, ...]:
    """Return every character that could only be printed as an empty box, once for each cell, in reading order."""
    found: list[Unprintable] = []
    undrawn = [one for one in layout.sheet.cells if _missing(one.text)]
    for cell in sorted(undrawn, key=lambda one: (one.row, one.column)):
        found.extend(Unprintable(character, cell.where) for character in _missing(cell.text))
    return tuple(found)


def _refuse(found: tuple[Unprintable, ...]) -> UserError:
    """Say which characters, where, and what to do."""
    named = "；".join(f"{_name(one.character)}（在“{one.place}”）" for one in found[:_MOST_NAMED])
    more = f"；等 {len(found)} 处" if len(found) > _MOST_NAMED else ""
    return UserError(f"有字无法打印：{named}{more}。文件没有写出，请换用正式编码的字。")


def _name(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"“{character}” {code}" if character.isprintable() else code


class _Codes(dict[str, tuple[str, str]]):
    """Character -> the font subset that draws it in one document, and its escaped code there; filled as they are met."""

    def __init__(self, canvas: Canvas, face: Face) -> None:
        super().__init__()
        self._canvas = canvas
        self._document = canvas._doc  # noqa: SLF001 - reportlab's subsets belong to the document and have no public door
        self._face = face

    def __missing__(self, character: str) -> tuple[str, str]:
        (run,) = runs(character, size=1, face=self._face)
        font = pdfmetrics.getFont(reportlab_face(run.face))
        ((subset, codes),) = font.splitString(character, self._document)
        escaped = self._canvas._escape(codes)  # noqa: SLF001 - the escaping that belongs to splitString
        self[character] = found = (font.getSubsetInternalName(subset, self._document), escaped)
        return found


class _Ink:
    """Turns texts into PDF operators for one document; equal texts are turned only once."""

    def __init__(self, canvas: Canvas) -> None:
        self._codes = {face: _Codes(canvas, face) for face in Face}
        self._known: dict[tuple[float, Face], dict[str, str]] = {}

    def show(self, lines: Iterable[Line], x: float, y: float, *, size: float, face: Face = Face.SONG) -> Iterator[str]:
        """Yield the operators that show lines whose places count from (``x``, ``y``), in pt from the lower left corner."""
        known = self._known.setdefault((size, face), {})
        for text, right, down, spread in lines:
            if text and text not in known:
                known[text] = " ".join(f"{font} {size:g} Tf ({string}) Tj" for font, string in self._split(text, face))
            if text:
                placed = f"1 0 0 1 {x + right:.2f} {y - down:.2f} Tm {known[text]}"
                yield f"{spread:.3f} Tc {placed} 0 Tc" if spread else placed

    def _split(self, text: str, face: Face) -> Iterator[tuple[str, str]]:
        """Split a text into what one font subset draws: its name and the escaped codes."""
        for font, group in groupby(map(self._codes[face].__getitem__, text), key=_font_of):
            yield font, "".join([code for _, code in group])


def _reading_order(fragment: Fragment) -> tuple[int, int]:
    return fragment.row, fragment.cell.column


def _paint_text(canvas: Canvas, ink: _Ink, layout: Layout, page: LaidPage) -> None:
    """Paint the lines of every cell, in reading order, so that copying gives the form row by row."""
    operators = ["BT"]
    for fragment in sorted((one for one in page.fragments if one.lines), key=_reading_order):
        style = STYLES[fragment.cell.role]
        top = layout.height - fragment.y
        operators += ink.show(fragment.lines, fragment.x, top, size=style.size, face=style.face)
    operators.append("ET")
    canvas.addLiteral("\n".join(operators))


def _paint_grid(canvas: Canvas, layout: Layout, page: LaidPage) -> None:
    """Paint every line once: the thin ones in one stroke, the frame in another."""
    found = rules(layout, page)
    for frame, width in ((False, THIN), (True, FRAME)):
        paths = [
            f"{one.x0:.2f} {layout.height - one.y0:.2f} m {one.x1:.2f} {layout.height - one.y1:.2f} l"
            for one in found
            if one.frame is frame
        ]
        if paths:
            canvas.addLiteral(f"{width:g} w {_SQUARE_CAP} J\n" + "\n".join(paths) + "\nS")


def _paint_foot(canvas: Canvas, ink: _Ink, layout: Layout, text: str, foot: Foot) -> None:
    """Paint the foot line: left, page number in the middle, right."""
    width = sum(layout.sheet.column_widths) * layout.scale
    parts = ((foot.left, 0.0), (text, 0.5), (foot.right, 1.0))
    lines = (Line(part, share * (width - text_width(part, size=FOOT_SIZE)), 0.0) for part, share in parts)
    shown = ink.show(lines, layout.left * layout.scale, FOOT_BASELINE, size=FOOT_SIZE)
    canvas.addLiteral("BT " + "\n".join(shown) + " ET")


def _paint_number(canvas: Canvas, ink: _Ink, layout: Layout, number: int) -> None:
    """Paint the page number of a report, — 1 —, one character from the outer edge of the text."""
    text = f"— {number} —"
    free = sum(layout.sheet.column_widths) - text_width(text, size=NUMBER_SIZE) - NUMBER_SIZE
    line = Line(text, free if number % 2 else NUMBER_SIZE, 0.0)
    shown = ink.show((line,), layout.left, NUMBER_BASELINE, size=NUMBER_SIZE)
    canvas.addLiteral("BT " + "\n".join(shown) + " ET")


def _paint(canvas: Canvas, ink: _Ink, layout: Layout, foot: Foot) -> None:
    """Paint the pages of one form or report; what ``foot`` says goes before what the layout says."""
    count, cover, scale = len(layout.pages), layout.cover_pages, layout.scale
    foot = Foot(foot.left or layout.foot.left, foot.right or layout.foot.right, layout.foot.numbered)
    for number, page in enumerate(layout.pages, start=1):
        canvas.setPageSize((layout.width * scale, layout.height * scale))
        if number == 1:
            canvas.bookmarkPage(f"form-{canvas.getPageNumber()}")
        if scale != 1:
            canvas.addLiteral(f"q {scale:.6f} 0 0 {scale:.6f} 0 0 cm")
        _paint_grid(canvas, layout, page)
        _paint_text(canvas, ink, layout, page)
        if scale != 1:
            canvas.addLiteral("Q")
        if cover is not None and number > cover:
            _paint_number(canvas, ink, layout, number - cover)
        numbered = "" if cover is not None or foot.numbered is False else f"第 {number} 页 共 {count} 页"
        if foot.left or foot.right or (numbered and (count > 1 or foot.numbered)):
            _paint_foot(canvas, ink, layout, numbered, foot)
        canvas.showPage()


def _date(made: datetime, *_given: object) -> str:
    """Write a date as PDF wants it, in UTC."""
    return made.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Pause Python's search for garbage in circles: forms are trees, and going through them again and again finds nothing.

    It takes a tenth of the time of an export of many forms. What is no longer needed is freed as ever.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _open(target: BytesIO, first: Layout, *, title: str, author: str, made: datetime, keywords: str) -> Canvas:
    canvas = Canvas(
        target,
        pagesize=(first.width * first.scale, first.height * first.scale),
        pageCompression=1,
        invariant=1,  # the same input gives the same file
        initialFontName=reportlab_face(Face.SONG),  # else an un-embedded Helvetica is named on every page
        lang="zh-CN",
        pdfVersion=(1, 7),
    )
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.setSubject(first.sheet.title)
    canvas.setKeywords(keywords)
    canvas.setCreator(MAKER)
    canvas.setProducer(MAKER)
    canvas.setDateFormatter(partial(_date, made))
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.setViewerPreference("PrintScaling", "None")  # the form goes to the printer at 100 %
    return canvas


def render(
    layouts: Iterable[Layout],
    *,
    title: str,
    made: datetime,
    author: str = "",
    foot: Foot | None = None,
    keywords: str = "",
    charts: tuple[Chart, ...] = (),
) -> bytes:
    """Return one PDF of the forms, one after another, with a bookmark for each when there are several.

    ``title``, ``author`` (the office) and ``keywords`` go into the file's properties, ``made`` (with time zone) is its date. Pages
    are numbered within each form, when it has more than one or a ``foot`` is wanted. The same input gives the same bytes.
    ``charts`` stand on a page of their own behind the last form. ``layouts`` may be made while they are taken, so that not all of
    many forms are held at once; there must be one at least.
    Raises :class:`UserError` when a character cannot be printed: nothing is ever shown as an empty box.
    """
    with _without_collecting():
        rest = iter(layouts)
        first = tuple(islice(rest, 2))
        target = BytesIO()
        canvas = _open(target, first[0], title=title, author=author, made=made, keywords=keywords)
        ink = _Ink(canvas)
        last = _paint_all(canvas, ink, chain(first, rest), foot or Foot(), several=len(first) > 1)
        if charts:
            _paint_charts(canvas, ink, last, charts, foot or Foot())
        canvas.save()
    return target.getvalue()


def _paint_charts(canvas: Canvas, ink: _Ink, layout: Layout, charts: tuple[Chart, ...], foot: Foot) -> None:
    """Paint the page of the charts, on paper like that of the form."""
    from perfdesk.exchange.pdf_charts import paint_page  # few forms have charts

    width, height = layout.width * layout.scale, layout.height * layout.scale
    canvas.setPageSize((width, height))
    paint_page(canvas, charts, width=width, height=height)
    if foot != Foot():
        _paint_foot(canvas, ink, layout, "", foot)
    canvas.showPage()


def _paint_all(canvas: Canvas, ink: _Ink, layouts: Iterable[Layout], foot: Foot, *, several: bool) -> Layout:
    """Paint the forms; nothing more once a character is refused. Returns the last one."""
    refused: list[Unprintable] = []
    for layout in layouts:
        refused += unprintable(layout)
        if refused:
            continue
        if several:
            canvas.addOutlineEntry(layout.bookmark or layout.sheet.title, f"form-{canvas.getPageNumber()}", 0)
        _paint(canvas, ink, layout, foot)
    if refused:
        raise _refuse(tuple(refused))
    return layout
