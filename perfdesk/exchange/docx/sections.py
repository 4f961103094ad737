"""A layout becomes sections of the Word file: paper, page numbers, paragraphs and tables in the order of the sheet's rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from perfdesk.exchange.docx.styles import LOOKS, NUMBER, SEPARATOR, STAMP, style_id
from perfdesk.exchange.docx.tables import table, twips
from perfdesk.exchange.docx.texts import ALIGNED, Xml, element, field, note, paragraph, run, unwritable
from perfdesk.fingerprint import Stamp
from perfdesk.layout import STYLES, Layout, cell_lines
from perfdesk.sheet import Cell, Role
from perfdesk.template import Align, Page

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section

_FOOT_OF_REPORT = Mm(24.5)  # the number's dashes are 7 mm under the text (GB/T 9704-2012, 7.5)
_FOOT_OF_FORM = Mm(8)
_INDENT = "　　"  # the style indents
_TAB = "<w:r><w:tab/></w:r>"


class Part(NamedTuple):
    """One section to be: its paper, its paragraphs and tables as XML, the lines of its foot (odd and even pages), and notes."""

    page: Page
    content: tuple[str, ...]
    odd: tuple[str, ...]
    even: tuple[str, ...]
    notes: tuple[str, ...]
    is_report: bool


def parts_of(layout: Layout, stamp: Stamp | None = None) -> Iterator[Part]:
    """Yield the sections of a form, or of a report: its cover, then its text; a ``stamp`` stands in the foot of each."""
    sheet = layout.sheet
    notes = tuple(note(cell, title=sheet.title) for cell in sheet.cells if unwritable(cell.text))
    first_text = min((cell.row for cell in sheet.cells if cell.role.flowing), default=None)
    if first_text is None:
        foot = _foot_of_form(layout, stamp)
        yield Part(sheet.page, tuple(_content(layout, 0, sheet.row_count)), foot, foot, notes, is_report=False)
        return
    cover = tuple(_content(layout, 0, first_text))
    below = () if stamp is None else (_stamped(layout, stamp),)
    if cover:
        yield Part(sheet.page, cover, below, below, notes, is_report=True)
        notes = ()
    text = tuple(_content(layout, first_text, sheet.row_count))
    number = run("— ") + field("PAGE") + run(" —")
    odd, even = (_numbered(number, side) for side in ("right", "left"))
    yield Part(sheet.page, text, (odd, *below), (even, *below), notes, is_report=True)


def _numbered(number: str, side: str) -> str:
    """A page number one character from the outer edge of the text."""
    return paragraph(style_id(NUMBER), number, (f'<w:ind w:{side}="{twips(NUMBER.size)}"/>', f'<w:jc w:val="{side}"/>'))


def _foot_of_form(layout: Layout, stamp: Stamp | None) -> tuple[str, ...]:
    """The foot of a form with several pages: 第 1 页. How many there are Word alone knows, and LibreOffice not by section."""
    number = run("第 ") + field("PAGE") + run(" 页") if len(layout.pages) > 1 else ""
    if stamp is not None:
        return (_stamped(layout, stamp, number),)
    return (paragraph(style_id(LOOKS[Role.NOTE]), number, ('<w:jc w:val="center"/>',)),) if number else ()


def _stamped(layout: Layout, stamp: Stamp, number: str = "") -> str:
    """A line with the version at the left, the page number in the middle and the 校验码 at the right."""
    width = sum(layout.sheet.column_widths)
    stops = f'<w:tab w:val="center" w:pos="{twips(width / 2)}"/><w:tab w:val="right" w:pos="{twips(width)}"/>'
    content = f"{run(stamp.label)}{_TAB}{number}{_TAB}{run(stamp.words)}"
    return paragraph(style_id(STAMP), content, (f"<w:tabs>{stops}</w:tabs>",))


def _content(layout: Layout, first: int, stop: int) -> Iterator[str]:
    """Yield the paragraphs and tables of the rows ``first`` … ``stop - 1``; blank lines become room above what follows."""
    framed = _framed_rows(layout.sheet.cells)
    above = 0.0
    for is_framed, run_of_rows in groupby(range(first, stop), key=framed.__contains__):
        rows = tuple(run_of_rows)
        if is_framed:
            yield from _tables(layout, rows[0], rows[-1] + 1)
            continue
        for row in rows:
            cells = sorted((one for one in layout.sheet.cells if one.row == row), key=lambda one: one.column)
            if any(one.text.strip() for one in cells):
                yield _line(layout, cells, above)
                above = 0.0
            elif cells[0].role is Role.COVER:
                above += layout.row_heights[row]


def _tables(layout: Layout, first: int, stop: int) -> Iterator[str]:
    """Write framed rows as a table; on a form of several pages the header that repeats begins one of its own.

    Word repeats only the first rows of a table. A paragraph as thin as a line keeps the two from becoming one.
    """
    repeat = layout.sheet.repeat
    head = repeat.first if repeat is not None and len(layout.pages) > 1 else first
    if not first < head < stop or any(one.row < head < one.row + one.row_span for one in layout.sheet.cells):
        yield table(layout, first, stop)
        return
    yield table(layout, first, head, goes_on=True)
    yield paragraph(style_id(SEPARATOR), "")
    yield table(layout, head, stop)


def _framed_rows(cells: tuple[Cell, ...]) -> frozenset[int]:
    return frozenset(row for one in cells if one.role.framed for row in range(one.row, one.row + one.row_span))


def _line(layout: Layout, cells: list[Cell], above: float) -> str:
    """Write a row without lines as one paragraph; several cells stand at tab stops."""
    head = cells[0]
    look = LOOKS[head.role]
    room = (f'<w:spacing w:before="{twips(above + look.above)}"/>',) if above else ()
    if len(cells) == 1:
        aligned = () if head.role.flowing else (f'<w:jc w:val="{ALIGNED[head.align]}"/>',)
        text = head.text.removeprefix(_INDENT)
        if head.role is Role.COVER_TITLE:
            text = "\n".join(cell_lines(layout.sheet, head))  # broken between words, as on paper
        return paragraph(style_id(look), run(text), (*room, *aligned))
    stops = "".join(_stop(layout, cell) for cell in cells)
    content = "".join(f"<w:r><w:tab/></w:r>{run(cell.text)}" for cell in cells)
    return paragraph(style_id(look), content, (f"<w:tabs>{stops}</w:tabs>", *room))


def _stop(layout: Layout, cell: Cell) -> str:
    """The tab stop at which a cell's text begins, is centred, or ends."""
    widths = layout.sheet.column_widths
    left, right = sum(widths[: cell.column]), sum(widths[: cell.column + cell.column_span])
    inset = STYLES[cell.role].inset
    at = {Align.LEFT: left + inset / 10, Align.CENTER: (left + right) / 2, Align.RIGHT: right}[cell.align]
    return f'<w:tab w:val="{ALIGNED[cell.align]}" w:pos="{max(twips(at), 1)}"/>'


def finish(document: Document, parts: tuple[Part, ...]) -> None:
    """Put the parts into the document, each in its section."""
    body = document.element.body
    last = body.find(qn("w:sectPr"))
    for part in parts:
        elements = [element(text) for text in part.content]
        for one in elements:
            last.addprevious(one)
        _close(elements, last, is_last=part is parts[-1])
    document.settings.odd_and_even_pages_header_footer = any(part.is_report for part in parts)
    for section, part in zip(document.sections, parts, strict=True):
        _set_paper(section, part)
        _set_foot(section, part)
        if part.odd:
            _restart(section)


def _close(elements: list[Xml], last: Xml, *, is_last: bool) -> None:
    """End a section in its last paragraph; after a table, in the smallest paragraph there is."""
    tail = elements[-1] if elements and elements[-1].tag == qn("w:p") else None
    if tail is None:
        tail = element(paragraph(style_id(SEPARATOR), ""))
        last.addprevious(tail)
    if not is_last:
        tail.find(qn("w:pPr")).append(element("<w:sectPr/>"))


def _set_paper(section: Section, part: Part) -> None:
    page = part.page
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(float(page.width_mm)), Mm(float(page.height_mm))
    section.top_margin, section.bottom_margin = Mm(float(page.top_mm)), Mm(float(page.bottom_mm))
    section.left_margin, section.right_margin = Mm(float(page.left_mm)), Mm(float(page.right_mm))
    section.header_distance = Mm(8)
    under_number = Pt(STAMP.leading) * max(len(part.odd) - 1, 0)  # the number of a report stays where it is
    section.footer_distance = _FOOT_OF_REPORT - under_number if part.is_report else _FOOT_OF_FORM


def _set_foot(section: Section, part: Part) -> None:
    """Give a section its own foot, so that none comes down from the section before."""
    for footer, lines in ((section.footer, part.odd), (section.even_page_footer, part.even)):
        footer.is_linked_to_previous = False
        (blank,) = footer.paragraphs
        if lines:
            here = blank._p  # noqa: SLF001 - python-docx has no public way to its element
            for line in lines:
                here.addprevious(element(line))
            here.getparent().remove(here)


def _restart(section: Section) -> None:
    """Number the pages of a section from 1."""
    numbers = element('<w:pgNumType w:start="1"/>')
    section._sectPr.find(qn("w:pgMar")).addnext(numbers)  # noqa: SLF001 - python-docx knows no page numbering
