"""来源文件 (source file): what a Word or Excel file shows, before anybody asks what form it is. Types only.

A file is a run of parts in reading order: tables (a sheet of a workbook, a table in Word) and the paragraphs between them. Every
cell has the text a person sees there (0.9932 with the format 0.00% is 「99.32%」) and the address under which a person finds it
again. Nothing here knows a form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class SourceKind(StrEnum):
    """What kind of file it is, by its content and not by its name."""

    DOCX = "docx"
    XLSX = "xlsx"
    XLS = "xls"
    DOC = "doc"  # only ever converted
    JSON = "json"
    CSV = "csv"
    PACKAGE = "package"


class SourceCell(NamedTuple):
    """格 (cell) of a source table: anchor and spans in the table's rows and columns from 0, ``text`` as it is seen.

    ``address`` is what a person calls it: 「C12」 in a workbook, 「第12行第5列」 in Word. ``hidden`` cells stand in a hidden row or
    column. ``raw`` is the stored value where the shown text is rounded (0.99324 shown as 99.32%), else ``""``. ``bold``,
    ``align`` (``left``, ``center``, ``right`` or ``""``) are looks, for whoever drafts a template.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    address: str
    hidden: bool = False
    raw: str = ""
    bold: bool = False
    align: str = ""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """来源表 (source table): a sheet or a Word table. ``cells`` are the anchors that hold text or span several squares, by row.

    ``name`` is the sheet's name, or 「第 3 张表」 in Word; ``column_widths`` are in pt, ``()`` where the file does not say;
    ``hidden`` tells a hidden sheet; ``paper`` is (width, height) in mm where the file says so.
    """

    name: str
    row_count: int
    column_count: int
    cells: tuple[SourceCell, ...]
    column_widths: tuple[float, ...] = ()
    row_heights: tuple[float, ...] = ()
    hidden: bool = False
    paper: tuple[float, float] | None = None


class SourceText(NamedTuple):
    """A paragraph outside the tables of a Word file; ``address`` is 「第 12 段」, ``level`` its heading level (0: running text)."""

    text: str
    address: str
    level: int = 0
    align: str = ""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """来源文件 (source file): its name without folder, its kind, its SHA-256, its parts in reading order.

    ``notes`` are sentences about what could not be taken over (「“附图”里的图片没有读」), never silently nothing.
    """

    name: str
    kind: SourceKind
    digest: str
    parts: tuple[SourceTable | SourceText, ...]
    notes: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[SourceTable, ...]:
        """The tables alone."""
        return tuple(part for part in self.parts if isinstance(part, SourceTable))

    def cells(self) -> Iterator[tuple[int, SourceCell]]:
        """Yield every cell of every table with the number of its part."""
        for number, part in enumerate(self.parts):
            if isinstance(part, SourceTable):
                for cell in part.cells:
                    yield number, cell
