"""Reading CSV and text files: columns become a table, running text paragraphs. UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import csv
import hashlib
import re
from io import StringIO
from typing import Final

from perfdesk.encodings import decode
from perfdesk.errors import UserError
from perfdesk.exchange.guard import MAX_CELLS, Texts
from perfdesk.exchange.squares import MOST_COLUMNS, PLAIN, Held, Look, table_of
from perfdesk.source import SourceFile, SourceKind, SourceText

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
    lines = found.text.splitlines()
    notes = [f"有 {len(lines)} 行，只读了前 {MAX_LINES} 行。"] if len(lines) > MAX_LINES else []
    if not found.is_sure:
        notes.append("文字的编码看不准，可能有乱码，请对照原件看一看。")
    separator = _separator(lines[:_LOOKED_AT])
    digest = hashlib.sha256(data).hexdigest()
    if not separator:
        parts = tuple(
            SourceText(texts.clean(line, f"第 {number} 行").strip(), f"第 {number} 行")
            for number, line in enumerate(lines[:MAX_LINES], start=1)
            if line.strip()
        )
        return SourceFile(name, SourceKind.CSV, digest, parts, (*notes, *texts.notes()))
    held = _held(found.text, separator)
    if held.is_cut:
        notes.append(f"内容太多，只读了前 {held.rows} 行。")
    table, _ = table_of(held, name.rpartition(".")[0] or name, texts, hidden=False, several=False, since_1904=False)
    return SourceFile(name, SourceKind.CSV, digest, (table,), (*notes, *texts.notes()))


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


def _rows(text: str, separator: str) -> list[list[str]]:
    """Split into rows; where quotation marks never close, every line is a row."""
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error:
        return [line.split(separator) for line in text.splitlines()]
