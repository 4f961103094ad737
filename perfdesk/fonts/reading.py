"""Reads a bundled face for reportlab: its long tables in one go each, and of them only what is asked.

reportlab 5.1.0 reads characters, widths and positions number by number: 0.1 s for each face, most of the time a one-page PDF
takes, and a PDF asks a few hundred of 30 000 characters. Here characters and widths are mappings that look into the tables.
It serves the bundled faces alone: a format 12 cmap and long offsets, as ``packaging/build_fonts.py`` writes them.
"""

from __future__ import annotations

import mmap
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, overload

from perfdesk.errors import PerfdeskError
from perfdesk.fonts.faces import is_packed, unpack
from perfdesk.fonts.paper import TTFontFace


class BundledFace(TTFontFace):  # type: ignore[misc]  # reportlab ships no types
    """The same face that ``TTFontFace`` makes of the file, three to four times as fast, with only the outlines that are used."""

    def readFile(self, f: str) -> None:  # noqa: N802 - overrides reportlab
        """Map the file instead of taking its 14 MB into memory; one that is packed has to be taken."""
        self.filename = f
        self._pos = 0
        self._ttf_data: bytes | mmap.mmap
        if is_packed(Path(f)):
            self._ttf_data = unpack(Path(f))
            return
        with Path(f).open("rb") as file:
            self._ttf_data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def get_table(self, tag: str) -> Any:  # noqa: ANN401 - overrides reportlab
        """Return a table; the outlines, which are most of the file, as a window that is read where it is asked."""
        if tag == "glyf":
            return _Window(self._ttf_data, self.get_table_pos(tag)[0])
        return super().get_table(tag)

    def extractInfo(self, charInfo: int = 1) -> None:  # noqa: N802, N803 - overrides reportlab
        """Read names and metrics as reportlab does, then characters, widths and positions of the glyphs."""
        super().extractInfo(0)
        if charInfo:
            self.charToGlyph = Characters(self.get_table("cmap"))
            self._read_widths()
            self.glyphPos = _numbers("I", self.get_table("loca"))

    def _read_widths(self) -> None:
        (full,) = struct.unpack_from(">H", self.get_table("hhea"), 34)
        self.hmetrics = _Metrics(_numbers("H", self.get_table("hmtx")), full)
        scale = None if self.unitsPerEm == 1000 else self._pdfScale
        self.charWidths = _Widths(self.charToGlyph, self.hmetrics, scale)
        self.defaultWidth = self.charWidths.of_glyph(0)


class Characters(Mapping[int, int]):
    """Code point -> glyph, from the format 12 table that the files hold last. A no-break space is drawn as a space."""

    _SPACE, _NO_BREAK = 0x20, 0xA0

    def __init__(self, cmap: bytes) -> None:
        (count,) = struct.unpack_from(">H", cmap, 2)
        (start,) = struct.unpack_from(">I", cmap, 4 + 8 * (count - 1) + 4)
        (form,) = struct.unpack_from(">H", cmap, start)
        if form != 12:
            raise PerfdeskError(f"the last cmap of a bundled face has format {form}, not 12")
        (groups,) = struct.unpack_from(">I", cmap, start + 12)
        numbers = _numbers("I", cmap[start + 16 : start + 16 + 12 * groups])
        self._first, self._last, self._glyph = numbers[0::3], numbers[1::3], numbers[2::3]

    def __getitem__(self, code: int) -> int:
        glyph = self._find(self._SPACE if code == self._NO_BREAK else code)
        if glyph is None:
            raise KeyError(code)
        return glyph

    def _find(self, code: int) -> int | None:
        index = bisect_right(self._first, code) - 1
        if index < 0 or code > self._last[index]:
            return None
        return self._glyph[index] + code - self._first[index]

    def __iter__(self) -> Iterator[int]:
        codes = {code for first, last in zip(self._first, self._last, strict=True) for code in range(first, last + 1)}
        return iter(sorted(codes | {self._NO_BREAK}))

    def __len__(self) -> int:
        own = sum(self._last) - sum(self._first) + len(self._first)  # reportlab asks whether there are any
        return own if self._find(self._NO_BREAK) is not None else own + 1


class _Metrics(Sequence[tuple[int, int]]):
    """Glyph -> its width and left bearing in units of the face; glyphs beyond the ``full`` pairs share the last width."""

    def __init__(self, numbers: array[int], full: int) -> None:
        self._numbers = numbers
        self._full = full

    @overload
    def __getitem__(self, index: int) -> tuple[int, int]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[int, int]]: ...

    def __getitem__(self, index: int | slice) -> tuple[int, int] | Sequence[tuple[int, int]]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if index < self._full:
            return self._numbers[2 * index], self._numbers[2 * index + 1]
        return self._numbers[2 * self._full - 2], self._numbers[self._full + index]

    def __len__(self) -> int:
        return len(self._numbers) - self._full


class _Widths(Mapping[int, float]):
    """Code point -> advance in 1/1000 em; ``scale`` turns units of the face into those, ``None`` where they are the same."""

    def __init__(self, glyphs: Mapping[int, int], metrics: _Metrics, scale: Callable[[int], float] | None) -> None:
        self._glyphs = glyphs
        self._metrics = metrics
        self._scale = scale

    def of_glyph(self, glyph: int) -> float:
        """Return the advance of a glyph."""
        width = self._metrics[glyph][0]
        return width if self._scale is None else self._scale(width)

    def __getitem__(self, code: int) -> float:
        return self.of_glyph(self._glyphs[code])

    def __iter__(self) -> Iterator[int]:
        return iter(self._glyphs)

    def __len__(self) -> int:
        return len(self._glyphs)


class _Window:
    """A part of a mapped file; a slice of it is read when it is taken."""

    def __init__(self, data: bytes | mmap.mmap, start: int) -> None:
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
