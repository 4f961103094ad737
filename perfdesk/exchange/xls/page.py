"""A web page under the name of a workbook: its tables, and the lines of text between them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from perfdesk.encodings import decode
from perfdesk.exchange.guard import MAX_CELLS, Texts, local, parse_page
from perfdesk.exchange.guard.archive import damaged
from perfdesk.exchange.guard.markup import Element
from perfdesk.exchange.squares import PLAIN, Held, Look, table_of
from perfdesk.source import SourceFile, SourceKind, SourceTable, SourceText

_PAGE: Final = re.compile(rb"<table[\s>]", re.IGNORECASE)
_LOOKED_AT: Final = 1 << 20  # bytes in which the first table begins
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*(?:gb2312|gbk|gb18030)", re.IGNORECASE)
_UNREAD: Final = frozenset({"script", "style", "head", "title", "template", "noscript"})
_LINES: Final = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "center", "caption", "tr", "body"})
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_HIDDEN: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_MOST_SPAN: Final = 500
_DEEP: Final = 200
_NOTE: Final = "文件名像 Excel，其实是网页，按网页里的表格来读。"


def is_page(data: bytes) -> bool:
    """Tell whether it is a web page with a table."""
    start = data[:_LOOKED_AT].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return start.startswith(b"<") and bool(_PAGE.search(start))


def read(data: bytes, name: str) -> SourceFile:
    """Read the tables of a web page. Raises :class:`~perfdesk.errors.UserError` for one that is no text or monstrous."""
    reader = _Reader()
    reader.block(parse_page(_text(data, name), name), depth=0)
    reader.end_line()
    digest = hashlib.sha256(data).hexdigest()
    return SourceFile(
        name, SourceKind.XLS, digest, tuple(reader.parts), (_NOTE, *reader.notes(), *reader.texts.notes())
    )


def _text(data: bytes, name: str) -> str:
    """Decode a page; one that says GBK is believed even where a byte of it is damaged."""
    found = decode(data)
    if found is not None and (found.is_sure or not _CHARSET.search(data[:_LOOKED_AT])):
        return found.text
    if found is None and not _CHARSET.search(data[:_LOOKED_AT]):
        raise damaged(name)
    return data.decode("gb18030", errors="replace")


@dataclass(slots=True)
class _Reader:
    """Lives while one page is read."""

    texts: Texts = field(default_factory=Texts)
    parts: list[SourceTable | SourceText] = field(default_factory=list)
    _line: list[str] = field(default_factory=list)
    _lines: int = 0
    _tables: int = 0
    _left: int = MAX_CELLS
    _left_out: int = 0

    def notes(self) -> Iterator[str]:
        """Say what was not read."""
        if self._left_out:
            yield f"内容太多，有 {self._left_out} 张表没有读。"

    def block(self, element: Element, *, depth: int) -> None:
        """Take what is outside tables as lines, and each table as a table."""
        tag = local(element.tag)
        if tag in _UNREAD or depth > _DEEP:
            return
        if tag == "table":
            self.end_line()
            self._table(element, depth)
            return
        if tag in _LINES or tag == "br":
            self.end_line()
        self._line.append(element.text or "")
        for one in element:
            self.block(one, depth=depth + 1)
            self._line.append(one.tail or "")
        if tag in _LINES:
            self.end_line(_HEADINGS.get(tag, 0))

    def end_line(self, level: int = 0) -> None:
        """Finish a line of text between tables."""
        text = " ".join("".join(self._line).split())
        self._line.clear()
        if text:
            self._lines += 1
            address = f"第 {self._lines} 段"
            self.parts.append(SourceText(self.texts.clean(text, address), address, level))

    def _table(self, table: Element, depth: int) -> None:
        if self._left <= 0:
            self._left_out += 1
            return
        self._tables += 1
        inner: list[Element] = []
        held = _held(table, inner)
        self._left -= len(held.cells)
        name = f"第 {self._tables} 张表"
        found, _ = table_of(held, name, self.texts, hidden=False, several=self._tables > 1, since_1904=False)
        if found.cells:
            self.parts.append(found)
        for one in inner:
            self.block(one, depth=depth + 1)


def _rows(table: Element) -> Iterator[Element]:
    for one in table:
        if local(one.tag) == "tr":
            yield one
        elif local(one.tag) in {"thead", "tbody", "tfoot"}:
            yield from (row for row in one if local(row.tag) == "tr")


def _held(table: Element, inner: list[Element]) -> Held:
    """Lay the cells of a table out: one that reaches down pushes those of the rows below to the right."""
    cells: list[tuple[int, int, str, Look, bool]] = []
    merges: list[tuple[int, int, int, int]] = []
    hidden: set[int] = set()
    taken: dict[int, int] = {}
    for row, element in enumerate(_rows(table)):
        column = 0
        if _HIDDEN.search(element.get("style") or ""):
            hidden.add(row)
        for one in element:
            if local(one.tag) not in {"td", "th"}:
                continue
            while taken.get(column, 0) > row:
                column += 1
            high, wide = _span(one, "rowspan"), _span(one, "colspan")
            if high * wide > 1:
                merges.append((row, column, row + high - 1, column + wide - 1))
            taken.update(dict.fromkeys(range(column, column + wide), row + high))
            text = _cell_text(one, inner)
            if text and len(cells) < MAX_CELLS:
                cells.append((row, column, text, PLAIN, False))
            column += wide
    return Held(cells, merges, [], {}, hidden)


def _span(cell: Element, key: str) -> int:
    text = (cell.get(key) or "").strip()
    return max(1, min(int(text), _MOST_SPAN)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _cell_text(cell: Element, inner: list[Element]) -> str:
    """The text of a cell, its lines as lines; a table in it stands for itself."""
    lines = ("".join(_pieces(cell, inner, depth=0))).split("\n")
    return "\n".join(words for line in lines if (words := " ".join(line.split())))


def _pieces(element: Element, inner: list[Element], *, depth: int) -> Iterator[str]:
    yield _plain(element.text)
    for one in element:
        tag = local(one.tag)
        if tag == "table":
            inner.append(one)
        elif tag not in _UNREAD and depth < _DEEP:
            edge = "\n" if tag in _LINES else ""
            yield "\n" if tag == "br" else edge
            yield from _pieces(one, inner, depth=depth + 1)
            yield edge
        yield _plain(one.tail)


def _plain(text: str | None) -> str:
    """What a page has between tags: its lines and tabs are spaces."""
    return " ".join(re.split(r"\s+", text)) if text else ""
