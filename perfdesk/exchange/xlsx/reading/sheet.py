"""One worksheet walked as XML: the texts of its cells as they are seen, merges, widths, heights, what is hidden, the paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from perfdesk.exchange.guard import walk
from perfdesk.exchange.squares import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SIZED,
    PLAIN,
    Held,
    Look,
    address,
    area,
    column_number,
)
from perfdesk.exchange.xlsx.reading.strings import unescaped

MOST_MERGES: Final = 50_000
MOST_MARKED: Final = 200_000  # rows down to which it is kept which are hidden
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_BLANK: Final = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?/>')
_RUNNING: Final = frozenset({"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"})
_MOST_RUNNING: Final = 6
_SMALL: Final = 4 << 20  # bytes up to which taking out costs little memory
_TRUE: Final = frozenset({"1", "true"})


def walk_sheet(data: bytes, name: str, *, strings: Sequence[str], looks: Sequence[Look], most: int) -> Held:
    """Walk a worksheet; ``most`` are the cells it may have, what comes behind them is not taken."""
    walker = _Walker(strings, looks, most)
    walk(_without_blanks(data), name, start=walker.start, end=walker.end, text=walker.text)
    return walker.held()


def _without_blanks(data: bytes) -> bytes:
    """Take out the cells that have a look and nothing else, half of a form, where every cell says its own place."""
    if len(data) > _SMALL:
        return data
    places = data.count(b'<c r="')
    if places != data.count(b"<c ") or b"<c>" in data or b"<c/>" in data or b"<![CDATA[" in data:
        return data
    return _BLANK.sub(b"", data)


@dataclass(slots=True)
class _Walker:
    """Lives while a sheet passes by; the handlers are called for every tag, so they do no more than they must."""

    strings: Sequence[str]
    looks: Sequence[Look]
    most: int
    cells: list[tuple[int, int, str, Look, bool]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    columns: list[tuple[int, int, float, bool]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    uncounted: list[str] = field(default_factory=list)
    default_width: float = 0.0
    default_height: float = 0.0
    paper: tuple[str, str] = ("", "")
    running: list[str] = field(default_factory=list)
    is_cut: bool = False
    row: int = -1
    column: int = -1
    reference: str = ""
    kind: str = ""
    style: str = ""
    has_formula: bool = False
    taking: bool = False
    aside: bool = False
    pieces: list[str] = field(default_factory=list)
    others: dict[str, Callable[[dict[str, str]], None]] = field(init=False)

    def __post_init__(self) -> None:
        self.others = {
            "mergeCell": self._merge,
            "col": self._column,
            "sheetFormatPr": self._defaults,
            "pageSetup": self._page,
            "rPh": self._phonetic,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin(attributes)
        elif tag in {"v", "t"}:
            self.taking = not self.aside
        elif tag == "row":
            self._row(attributes)
        elif tag == "f":
            self.has_formula = True
        elif tag in _RUNNING:
            self.pieces.clear()
            self.taking = True
        elif tag in self.others:
            self.others[tag](attributes)
        elif ":" in tag:
            self.start(tag.rpartition(":")[2], attributes)

    def text(self, text: str) -> None:
        if self.taking:
            self.pieces.append(text)

    def end(self, tag: str) -> None:
        if tag == "c":
            if self.pieces or self.has_formula:
                self._finish()
        elif tag in {"v", "t"}:
            self.taking = False
        elif tag == "rPh":
            self.aside = False
        elif tag in _RUNNING:
            self.taking = False
            self.running.append("".join(self.pieces))
            self.pieces.clear()
        elif ":" in tag:
            self.end(tag.rpartition(":")[2])

    def _begin(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        if not reference:
            self._settle()
            self.column += 1
        self.reference = reference
        self.kind = attributes.get("t", "n")
        self.style = attributes.get("s", "")
        self.has_formula = False
        self.pieces.clear()

    def _settle(self) -> None:
        """Find the place of the last cell, which only those with a text need."""
        found = _ADDRESS.fullmatch(self.reference)
        if found and 0 < int(found[2]) <= MOST_ROWS:
            self.column, self.row = column_number(found[1]), int(found[2]) - 1
        self.reference = ""

    def _finish(self) -> None:
        self._settle()
        text = "".join(self.pieces)
        self.pieces.clear()
        if self.kind == "s":
            text = self.strings[int(text)] if text.isdigit() and len(text) < 9 and int(text) < len(self.strings) else ""
        elif self.kind in {"str", "inlineStr"}:
            text = unescaped(text)
        elif self.kind == "b":
            text = "TRUE" if text.strip() in _TRUE else "FALSE"
        if not text:
            if self.has_formula and self.kind != "str":
                self.uncounted.append(address(self.row, self.column))
            return
        if len(self.cells) >= self.most or self.column >= MOST_COLUMNS:
            self.is_cut = True
            return
        style = int(self.style) if self.style.isdigit() and len(self.style) < 7 else 0
        look = self.looks[style] if style < len(self.looks) else PLAIN
        self.cells.append((self.row, self.column, text, look, self.kind == "n"))

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) - 1 if number.isdigit() and 0 < int(number[:9]) <= MOST_ROWS else self.row + 1
        self.column, self.reference = -1, ""
        height = _float(attributes.get("ht"))
        if (attributes.get("hidden") in _TRUE or height == 0) and self.row < MOST_MARKED:
            self.hidden_rows.add(self.row)
        if height and self.row < MOST_SIZED:
            self.heights[self.row] = height

    def _merge(self, attributes: dict[str, str]) -> None:
        found = area(attributes.get("ref", ""))
        if found and len(self.merges) < MOST_MERGES:
            self.merges.append(found)

    def _column(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdigit() and last.isdigit() and len(self.columns) < MOST_COLUMNS:
            width = _float(attributes.get("width"))
            hidden = attributes.get("hidden") in _TRUE or width == 0
            begin, end = int(first[:7]) - 1, min(int(last[:7]), MOST_COLUMNS)
            self.columns.append((max(begin, 0), end, width or 0.0, hidden))

    def _defaults(self, attributes: dict[str, str]) -> None:
        self.default_width = _float(attributes.get("defaultColWidth")) or 0.0
        self.default_height = _float(attributes.get("defaultRowHeight")) or 0.0

    def _page(self, attributes: dict[str, str]) -> None:
        self.paper = (attributes.get("paperSize", ""), attributes.get("orientation", ""))

    def _phonetic(self, _attributes: dict[str, str]) -> None:
        self.aside = True

    def held(self) -> Held:
        return Held(
            cells=self.cells,
            merges=self.merges,
            columns=self.columns,
            heights=self.heights,
            hidden_rows=self.hidden_rows,
            default_width=self.default_width,
            default_height=self.default_height,
            paper=self.paper,
            running=tuple(self.running[:_MOST_RUNNING]),
            uncounted=self.uncounted,
            is_cut=self.is_cut,
        )


def _float(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and 0 <= value < 10_000 else None
