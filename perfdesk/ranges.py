"""区域 (ranges of cells) as Excel and WPS put them on the clipboard: tab-separated text and HTML tables with merges, both ways.

Texts only; nothing here knows forms. Reading never raises: what is no table gives no parts.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from html import escape
from html.parser import HTMLParser
from typing import Final, NamedTuple

_MOST_SPAN: Final = 500
_UNSEEN: Final = frozenset({"style", "script", "head", "title"})
_LINE_ENDS: Final = frozenset({"p", "div", "li"})
_BLANKS: Final = re.compile(r"[^\S\n]+")
_PLAIN_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
_AS_TEXT: Final = " style='mso-number-format:\"\\@\"'"  # else Excel takes 2019-12 for a date and =100% for a sum


class Part(NamedTuple):
    """One cell of a range, merged or not: where it begins, how far it reaches, its text."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str


def compressed(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Leave out the rows and columns in which no part begins: the squares a form is drawn on are finer than its cells."""
    found = sorted(parts)
    rows = sorted({part.row for part in found})
    columns = sorted({part.column for part in found})
    return tuple(
        Part(
            rows.index(part.row),
            columns.index(part.column),
            sum(part.row <= row < part.row + part.row_span for row in rows),
            sum(part.column <= column < part.column + part.column_span for column in columns),
            part.text,
        )
        for part in found
    )


def lines(parts: Sequence[Part], *, beginning: bool = False) -> tuple[tuple[Part, ...], ...]:
    """Return for every row the parts that cover it, or only those ``beginning`` in it, from left to right."""
    height = max((part.row + part.row_span for part in parts), default=0)
    return tuple(
        tuple(
            part
            for part in sorted(parts, key=lambda one: one.column)
            if part.row == row or (part.row < row < part.row + part.row_span and not beginning)
        )
        for row in range(height)
    )


def write_tabs(parts: Sequence[Part]) -> str:
    """Write a range as text, one line a row; a text with tabs or line breaks in quotes, a merged cell in its first square."""
    width = max((part.column + part.column_span for part in parts), default=0)
    buffer = io.StringIO()
    writer = csv.writer(buffer, dialect="excel-tab", lineterminator="\n")
    for line in lines(parts, beginning=True):
        texts = {part.column: part.text for part in line}
        writer.writerow([texts.get(column, "") for column in range(width)])
    return buffer.getvalue().removesuffix("\n")


def write_html(parts: Sequence[Part]) -> str:
    """Write a range as an HTML table; everything but plain numbers is marked as text, so that Excel leaves it as it is."""
    rows = ("".join(_written(part) for part in line) for line in lines(parts, beginning=True))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<html><head><meta charset="utf-8"></head><body><table border="1">{body}</table></body></html>'


def _written(part: Part) -> str:
    spans = "".join(
        f' {name}="{span}"' for name, span in (("rowspan", part.row_span), ("colspan", part.column_span)) if span > 1
    )
    look = "" if _PLAIN_NUMBER.fullmatch(part.text) else _AS_TEXT
    text = escape(part.text, quote=False).replace("\n", "<br style='mso-data-placement:same-cell'>")
    return f"<td{spans}{look}>{text}</td>"


def read_tabs(text: str) -> tuple[Part, ...]:
    """Read tab-separated text, quoted as Excel does it; every text is a part of one square."""
    try:
        rows = list(csv.reader(io.StringIO(text), dialect="excel-tab"))
    except csv.Error:  # a quote that never ends: then quotes mean nothing
        rows = [line.split("\t") for line in text.splitlines()]
    return tuple(Part(row, column, 1, 1, one) for row, line in enumerate(rows) for column, one in enumerate(line))


def read_html(html: str) -> tuple[Part, ...]:
    """Read the tables of a page, one below the other, with their merged cells; nothing where there is no table."""
    reader = _TableReader()
    reader.feed(html)
    reader.close()
    return tuple(reader.parts)


class _TableReader(HTMLParser):
    """Takes the cells out of a page; a table inside a cell is text of that cell, hidden rows and cells are none."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Part] = []
        self._busy: dict[int, int] = {}  # the first row in which a column is free again
        self._row = -1
        self._depth = 0
        self._unseen = ""
        self._cell: Part | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        said = {name: value or "" for name, value in attrs}
        hidden = "display:none" in said.get("style", "").replace(" ", "")
        if self._unseen:
            return
        if tag in _UNSEEN or (hidden and tag in {"tr", "td", "th"} and self._depth == 1):
            self._end_cell()
            self._unseen = tag
        elif tag == "table":
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self._row += 1
        elif self._depth == 1 and tag in {"td", "th"} and self._row >= 0:
            self._end_cell()
            self._begin_cell(said)
        elif tag == "br":
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End what was begun."""
        if self._unseen:
            self._unseen = "" if tag == self._unseen else self._unseen
            return
        if tag == "table":
            if self._depth == 1:
                self._end_cell()
                self._row = max((self._row + 1, *self._busy.values())) - 1
            self._depth = max(self._depth - 1, 0)
        elif self._depth == 1 and tag in {"td", "th", "tr"}:
            self._end_cell()
        elif tag in _LINE_ENDS:
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        """Take text; line ends in the source are blanks."""
        if self._cell is not None and not self._unseen:
            self._text.append(data.replace("\r", " ").replace("\n", " "))

    def _begin_cell(self, said: dict[str, str]) -> None:
        column = next(at for at in range(len(self._busy) + 1) if self._busy.get(at, 0) <= self._row)
        down, right = (_span(said.get(name, "")) for name in ("rowspan", "colspan"))
        self._busy |= dict.fromkeys(range(column, column + right), self._row + down)
        self._cell = Part(self._row, column, down, right, "")
        self._text = []

    def _end_cell(self) -> None:
        if self._cell is not None:
            lines_ = (_BLANKS.sub(" ", line).strip() for line in "".join(self._text).split("\n"))
            self.parts.append(self._cell._replace(text="\n".join(lines_).strip()))
        self._cell = None


def _span(text: str) -> int:
    return min(max(int(text), 1), _MOST_SPAN) if text.isascii() and text.isdecimal() and len(text) < _MOST_SPAN else 1
