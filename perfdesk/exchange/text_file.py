"""Reading CSV and text files: columns become a table, running text paragraphs. UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from perfdesk.encodings import decode
from perfdesk.errors import UserError
from perfdesk.exchange.guard import MAX_CELLS, Texts
from perfdesk.exchange.squares import MOST_COLUMNS, PLAIN, Held, Look, table_of
from perfdesk.source import SourceFile, SourceKind, SourceTable, SourceText

MAX_LINES: Final = 20_000
_SEPARATORS: Final = ("\t", ",", ";", "|")
_LOOKED_AT: Final = 50  # lines that tell the separator
_QUOTED_FORMULA: Final = re.compile(r"'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])")  # how a list is written, see csv_file


def read(data: bytes, name: str) -> SourceFile:
    """Read a CSV or text file; ``name`` is the file's. Raises :class:`UserError` for what is no text."""
    found = decode(data)
    if found is None:
        raise UserError(f"“{name}”不是文字文件，或者已经损坏。请检查是否选错了文件。")
    texts = Texts()
    lines = list(islice(StringIO(found.text), MAX_LINES))
    notes = []
    if not found.is_sure:
        notes.append("文字的编码看不准，可能有乱码，请对照原件看一看。")
    separator = _separator(lines[:_LOOKED_AT])
    digest = hashlib.sha256(data).hexdigest()
    if separator:
        held = _held(found.text, separator)
        table, _ = table_of(held, name.rpartition(".")[0] or name, texts, hidden=False, several=False, since_1904=False)
        parts: tuple[SourceTable | SourceText, ...] = (table,)
    else:
        held = Held([], [], [], {}, set(), is_cut=len(lines) == MAX_LINES)
        parts = tuple(
            SourceText(texts.clean(line, f"第 {number} 行").strip(), f"第 {number} 行")
            for number, line in enumerate(lines, start=1)
            if line.strip()
        )
    if held.is_cut:
        notes.append(f"内容太多，只读了前 {held.rows or MAX_LINES} 行。")
    return SourceFile(name, SourceKind.CSV, digest, parts, (*notes, *texts.notes()))


def _separator(lines: list[str]) -> str:
    """Return what stands between the columns of most lines; ``""`` for running text."""
    counts = {one: sum(one in line for line in lines) for one in _SEPARATORS}
    best = max(_SEPARATORS, key=lambda one: counts[one])
    return best if counts[best] * 2 > sum(bool(line.strip()) for line in lines) else ""


def _held(text: str, separator: str) -> Held:
    cells: list[tuple[int, int, str, Look, bool]] = []
    is_cut = False
    for row, values in enumerate(_rows(text, separator)):
        if row >= MAX_LINES or len(cells) >= MAX_CELLS:
            is_cut = True
            break
        cells += [
            (row, column, _QUOTED_FORMULA.sub("", value, count=1) if value.startswith("'") else value, PLAIN, False)
            for column, value in enumerate(values[:MOST_COLUMNS])
            if value.strip()
        ]
    return Held(cells, [], [], {}, set(), is_cut=is_cut)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    """Split into rows; from where quotation marks never close, every line is a row."""
    rows = csv.reader(lines := StringIO(text, newline=""), delimiter=separator)
    at = 0
    try:
        for one in rows:
            yield one
            at = lines.tell()
    except csv.Error:
        lines.seek(at)
        yield from (line.rstrip("\r\n").split(separator) for line in lines)
