"""What a damaged file may do: be read whole, or be refused in one Chinese sentence. Anything else is a mistake of the program."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from perfdesk.errors import UserError
from perfdesk.exchange import opening
from perfdesk.exchange.exchange import read_records, write_records
from perfdesk.exchange.guard.texts import MAX_TEXT
from perfdesk.exchange.package import read_package, write_package
from perfdesk.recognition import recognise
from perfdesk.source import SourceFile, SourceKind, SourceTable
from tests.fuzz.seeds import templates

CHINESE: Final = re.compile("[一-鿿]{4}")
_LONGEST: Final = 400  # characters of a sentence


class Mistake(AssertionError):  # noqa: N818 - it is what the fuzzer looks for
    """Something the program must not do with any file."""


def judge(path: Path) -> str:
    """Open a file as an import does, and recognise what is in it; returns in a word what became of it.

    Raises :class:`Mistake`, or whatever the program raises that it should not.
    """
    try:
        kind = opening.kind_of(path)
        if kind is SourceKind.JSON:
            read_records(path, templates(), new_id=lambda: "1")
            return "data"
        if kind is SourceKind.PACKAGE:
            write_package(read_package(path))
            return "data"
        if kind is SourceKind.DOC:
            return kind.value  # old Word files would start LibreOffice thousands of times
        source = opening.read(path)
    except UserError as error:
        _check_sentence(str(error), path)
        return "refused"
    _check_source(source)
    found = recognise(source, templates())
    for form in found.forms:
        write_records((form.record,), templates()).encode()
    return "recognised" if found.forms else "read"


def _check_sentence(words: str, path: Path) -> None:
    if path.name not in words or not CHINESE.search(words) or len(words) > _LONGEST or "\n" in words:
        raise Mistake(f"no sentence for a clerk: {words!r}")


def _check_source(source: SourceFile) -> None:
    for note in source.notes:
        if not CHINESE.search(note):
            raise Mistake(f"no note for a clerk: {note!r}")
    for part in source.parts:
        if isinstance(part, SourceTable):
            _check_table(part)
        else:
            _check_text(part.text)


def _check_text(text: str) -> None:
    text.encode()
    if len(text) > MAX_TEXT or any(ord(one) < 32 and one not in "\n\t" for one in text):
        raise Mistake(f"a text that no form can hold: {text[:40]!r}")


def _check_table(table: SourceTable) -> None:
    taken: set[tuple[int, int]] = set()
    for cell in table.cells:
        _check_text(cell.text)
        squares = {
            (row, column)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }
        if not squares or not squares.isdisjoint(taken):
            raise Mistake(f"cells lie over each other at {cell.address}")
        if cell.row + cell.row_span > table.row_count or cell.column + cell.column_span > table.column_count:
            raise Mistake(f"a cell beyond its table at {cell.address}")
        taken |= squares
