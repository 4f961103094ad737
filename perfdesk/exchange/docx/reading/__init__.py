"""Reading .docx: paragraphs and tables in reading order, with the texts a person sees. It writes nothing and knows no form.

The body is parsed by the guard and walked over its own elements; the cells of python-docx are not asked (they take a time that
grows with the square of the table). What is deleted, hidden or drawn is told in the notes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from perfdesk.errors import UserError, excerpt
from perfdesk.exchange.docx.reading.content import Content
from perfdesk.exchange.docx.reading.grid import Grid, grid_of
from perfdesk.exchange.docx.reading.looks import STYLES, Looks, read_looks
from perfdesk.exchange.docx.reading.numbering import NUMBERING, Numbering, read_numbering
from perfdesk.exchange.docx.reading.paragraphs import Paragraph, paragraph_of
from perfdesk.exchange.guard import MAX_CELLS, Archive, Texts, links, local, main_part, parse, running
from perfdesk.exchange.guard.markup import Element
from perfdesk.source import SourceCell, SourceFile, SourceKind, SourceTable, SourceText

__all__ = ["read"]

MAX_NESTING: Final = 12
_ASIDES: Final = re.compile(r"word/(header|footer|footnotes|endnotes)[0-9]{0,2}\.xml")
_TWIPS_PER_MM: Final = 1440 / 25.4


def read(data: bytes, name: str) -> SourceFile:
    """Read a Word file; ``name`` is the file's, for notes and sentences.

    Raises :class:`UserError` where it is damaged or dangerous. Tracked changes are read as if accepted; hidden text, pictures,
    comments and what stands in head and foot of the pages are not read, and the notes say so.
    """
    archive = Archive(data, name)
    document = main_part(archive, name)
    root = parse(archive.read(document), name)
    parts = {one.kind: one.target for one in links(archive, document, name).values() if not one.is_outside}
    body = next((one for one in root if local(one.tag) == "body"), None)
    if body is None:
        raise UserError(f"“{name}”里没有正文，读不出内容。请用 WPS 或 Word 打开后另存一份。")
    reader = _Reader(
        read_looks(archive, parts.get("styles", STYLES), name),
        read_numbering(archive, parts.get("numbering", NUMBERING), name),
    )
    reader.block(body)
    reader.finish(body)
    notes = (*reader.content.notes(archive), *_asides(archive, name), *reader.texts.notes())
    return SourceFile(name, SourceKind.DOCX, hashlib.sha256(data).hexdigest(), reader.parts(), notes)


class _Waiting(NamedTuple):
    """A table that does not know its paper yet: Word writes it behind, at the end of the section."""

    place: int
    table: SourceTable


class _Reader:
    """Lives while one body is read: parts in order, numbers of paragraphs and tables."""

    def __init__(self, looks: Looks, numbering: Numbering) -> None:
        self.texts = Texts()
        self.content = Content(numbering=numbering)
        self._looks = looks
        self._parts: list[SourceTable | SourceText] = []
        self._waiting: list[_Waiting] = []
        self._paragraphs = 0
        self._tables = 0
        self._cells = 0

    def parts(self) -> tuple[SourceTable | SourceText, ...]:
        return tuple(self._parts)

    def block(self, parent: Element) -> None:
        """Take what stands in the body, in content controls and in insertions, in order."""
        for one in self.content.blocks(parent):
            if local(one.tag) == "p":
                self._paragraph(one)
            else:
                self._table(one, depth=0)

    def _paragraph(self, element: Element) -> None:
        paragraph = paragraph_of(element, self._looks, self.content)
        self._paragraphs += 1
        address = f"第 {self._paragraphs} 段"
        text = self.texts.clean(paragraph.text, address).strip("\n")
        if text.strip():
            self._parts.append(SourceText(text, address, paragraph.level, paragraph.align))
        for box in paragraph.boxes:
            self._box(box)
        section = next(iter(element.findall("{*}pPr/{*}sectPr")), None)
        if section is not None:
            self._set_paper(section)

    def _box(self, box: Element) -> None:
        """Take a text box: its paragraphs stand behind the one it hangs on."""
        for one in self.content.blocks(box):
            if local(one.tag) == "p":
                self._paragraph(one)
            else:
                self._table(one, depth=1)

    def _table(self, element: Element, *, depth: int) -> None:
        if depth > MAX_NESTING or self._cells > MAX_CELLS:
            self.content.left_out += 1
            return
        grid = grid_of(element, self.content)
        self._tables += 1
        number = f"第 {self._tables} 张表"
        cells, inner, boxes = self._cells_of(grid, number)
        self._cells += len(cells)
        table = SourceTable(
            name=number,
            row_count=grid.row_count,
            column_count=grid.column_count,
            cells=tuple(cells),
            column_widths=grid.widths,
            row_heights=grid.heights,
        )
        self._waiting.append(_Waiting(len(self._parts), table))
        self._parts.append(table)
        for one in boxes:
            self._box(one)
        for one in inner:
            self._table(one, depth=depth + 1)

    def _cells_of(self, grid: Grid, number: str) -> tuple[list[SourceCell], list[Element], list[Element]]:
        cells: list[SourceCell] = []
        inner: list[Element] = []
        boxes: list[Element] = []
        for square in grid.squares:
            address = f"第{square.row + 1}行第{square.column + 1}列"
            paragraphs: list[Paragraph] = []
            for one in self.content.blocks(square.element):
                if local(one.tag) == "p":
                    paragraphs.append(paragraph_of(one, self._looks, self.content))
                else:
                    inner.append(one)
            boxes += [box for one in paragraphs for box in one.boxes]
            text = "\n".join(one.text for one in paragraphs).strip("\n")
            text = self.texts.clean(text, f"{number}{address}")
            if not text.strip() and square.row_span == square.column_span == 1:
                continue
            first = next((one for one in paragraphs if one.text.strip()), None)
            bold, align = (first.bold, first.align) if first else (False, "")
            cells.append(
                SourceCell(
                    square.row,
                    square.column,
                    square.row_span,
                    square.column_span,
                    text if text.strip() else "",
                    address,
                    hidden=square.hidden,
                    bold=bold,
                    align=align,
                )
            )
        return cells, inner, boxes

    def finish(self, body: Element) -> None:
        """Give the tables of the last section their paper."""
        section = next((one for one in reversed(body) if local(one.tag) == "sectPr"), None)
        if section is not None:
            self._set_paper(section)

    def _set_paper(self, section: Element) -> None:
        size = next(iter(section.findall("{*}pgSz")), None)
        paper = _paper(size) if size is not None else None
        for waiting in self._waiting:
            table = waiting.table
            self._parts[waiting.place] = SourceTable(
                name=table.name,
                row_count=table.row_count,
                column_count=table.column_count,
                cells=table.cells,
                column_widths=table.column_widths,
                row_heights=table.row_heights,
                paper=paper,
            )
        self._waiting.clear()


def _asides(archive: Archive, name: str) -> Iterator[str]:
    """Say what stands in heads and feet of the pages and in footnotes, which are not read."""
    found: dict[str, None] = {}
    for member in archive.names:
        if kind := _ASIDES.fullmatch(member.lower()):
            root = parse(archive.read(member), name)
            words = running("".join(one.text or "" for one in root.iter("{*}t")))
            where = "页眉页脚" if kind[1] in {"header", "footer"} else "脚注"
            if words:
                found[f"{where}里的“{excerpt(words)}”没有读。"] = None
    yield from found


def _paper(size: Element) -> tuple[float, float] | None:
    found = {local(key): value for key, value in size.attrib.items()}
    width, height = found.get("w", ""), found.get("h", "")
    if not (width.isdigit() and height.isdigit() and int(width[:7]) and int(height[:7])):
        return None
    return round(int(width[:7]) / _TWIPS_PER_MM, 1), round(int(height[:7]) / _TWIPS_PER_MM, 1)
