"""Reads a bundled face for reportlab, its long tables in one go each.

reportlab 5.1.0 reads characters, widths and positions number by number: 0.1 s for each face, most of the time a one-page PDF
takes. It serves the bundled faces alone: a format 12 cmap and long offsets, as ``packaging/build_fonts.py`` writes them.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from pathlib import Path
from typing import Any

from reportlab.pdfbase.ttfonts import TTFontFace

from perfdesk.errors import PerfdeskError


class BundledFace(TTFontFace):  # type: ignore[misc]  # reportlab ships no types
    """The same face that ``TTFontFace`` makes of the file, three to four times as fast, with only the outlines that are used."""

    def readFile(self, f: str) -> None:  # noqa: N802 - overrides reportlab
        """Map the file instead of taking its 14 MB into memory."""
        self.filename = f
        with Path(f).open("rb") as file:
            self._ttf_data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._pos = 0

    def get_table(self, tag: str) -> Any:  # noqa: ANN401 - overrides reportlab
        """Return a table; the outlines, which are most of the file, as a window that is read where it is asked."""
        if tag == "glyf":
            return _Window(self._ttf_data, self.get_table_pos(tag)[0])
        return super().get_table(tag)

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - overrides reportlab
        """Read names and metrics as reportlab does, then characters, widths and positions of the glyphs."""
        super().extractInfo(0)
        if charInfo:
            self.charToGlyph = _characters(self.get_table("cmap"))
            self._read_widths()
            self.glyphPos = _numbers("I", self.get_table("loca"))
            self.charToGlyph[0xA0], self.charWidths[0xA0] = self.charToGlyph[0x20], self.charWidths[0x20]

    def _read_widths(self) -> None:
        (full,) = struct.unpack_from(">H", self.get_table("hhea"), 34)
        numbers = _numbers("H", self.get_table("hmtx"))
        widths, bearings = numbers[0 : 2 * full : 2], numbers[1 : 2 * full : 2] + numbers[2 * full :]
        widths.extend([widths[-1]] * (len(bearings) - full))
        self.hmetrics = list(zip(widths, bearings, strict=True))
        scaled = widths if self.unitsPerEm == 1000 else [self._pdfScale(width) for width in widths]
        self.defaultWidth = scaled[0]
        glyphs = self.charToGlyph
        self.charWidths = dict(zip(glyphs, map(scaled.__getitem__, glyphs.values()), strict=True))


class _Window:
    """A part of a mapped file; a slice of it is read when it is taken."""

    def __init__(self, data: mmap.mmap, start: int) -> None:
        self._data = data
        self._start = start

    def __getitem__(self, part: slice) -> bytes:
        return self._data[self._start + part.start : self._start + part.stop]


def _numbers(code: str, data: bytes) -> array[int]:
    """Read a big-endian table of numbers: ``H`` two bytes each, ``I`` four."""
    numbers = array(code, data)
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers


def _characters(cmap: bytes) -> dict[int, int]:
    """The glyph of each character, from the format 12 table that the files hold last."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    (start,) = struct.unpack_from(">I", cmap, 4 + 8 * (count - 1) + 4)
    (form,) = struct.unpack_from(">H", cmap, start)
    if form != 12:
        raise PerfdeskError(f"the last cmap of a bundled face has format {form}, not 12")
    (groups,) = struct.unpack_from(">I", cmap, start + 12)
    numbers = iter(struct.unpack_from(f">{3 * groups}I", cmap, start + 16))
    found: dict[int, int] = {}
    for first, last, glyph in zip(numbers, numbers, numbers, strict=True):
        found.update(zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True))
    return found
