"""Reads a bundled face for reportlab, its long tables in one go each.

reportlab 5.1.0 reads characters, widths and positions number by number: 0.1 s for each face, most of the time a one-page PDF
takes. It serves the bundled faces alone: a format 12 cmap and long offsets, as ``packaging/build_fonts.py`` writes them.
"""

from __future__ import annotations

import struct
import sys
from array import array

from reportlab.pdfbase.ttfonts import TTFontFace

from perfdesk.errors import PerfdeskError


class BundledFace(TTFontFace):  # type: ignore[misc]  # reportlab ships no types
    """The same face that ``TTFontFace`` makes of the file, three to four times as fast."""

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
