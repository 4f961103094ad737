"""Advance widths and coverage of the bundled faces, read from ``advances.bin``.

It must not open a font file: parsing 14 MB of TrueType costs tens of milliseconds at start-up, this table costs one or two.
The table is written by ``packaging/build_fonts.py`` beside the faces and a test holds it against them. Format, little-endian,
repeated for each face until the end: the face's stem (16 bytes ASCII, zero-padded), the number n of ranges (uint32), n first
code points (uint32, ascending), n counts (uint16), n advances in 1/1000 em (uint16). Characters in no range are not covered.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from functools import cache
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from perfdesk.errors import PerfdeskError
from perfdesk.fonts.faces import Face, folder

_NOTDEF_ADVANCE = 1000  # the box drawn for a character that no face has
_PER_EM = 1000
_face_of = attrgetter("face")


class Run(NamedTuple):
    """字串 (run): neighbouring characters drawn by one face; ``width`` in pt."""

    face: Face
    text: str
    width: float


class _Glyph(NamedTuple):
    """The face that draws a character, its advance in 1/1000 em, and whether it has the character at all."""

    face: Face
    advance: int
    covered: bool


class _Ranges(NamedTuple):
    """One face of the table."""

    starts: tuple[int, ...]
    counts: tuple[int, ...]
    advances: tuple[int, ...]

    def advance(self, code: int) -> int | None:
        """The advance of a code point in 1/1000 em; None when the face lacks it."""
        index = bisect_right(self.starts, code) - 1
        if index < 0 or code >= self.starts[index] + self.counts[index]:
            return None
        return self.advances[index]


@cache
def _parts() -> MappingProxyType[str, bytes]:
    """The part of the table that belongs to each face, by the stem of the face."""
    data = (folder() / "advances.bin").read_bytes()
    found: dict[str, bytes] = {}
    position = 0
    try:
        while position < len(data):
            name, size = struct.unpack_from("<16sI", data, position)
            start, position = position + 20, position + 20 + 8 * size
            found[name.rstrip(b"\0").decode("ascii")] = data[start:position]
    except (struct.error, UnicodeDecodeError) as error:
        raise PerfdeskError(f"advances.bin is damaged at byte {position}") from error
    return MappingProxyType(found)


@cache
def _ranges(face: Face) -> _Ranges:
    """The widths of one face; read when the first character is looked for in it, for most forms need two faces of five."""
    data = _parts()[face.stem]
    size = len(data) // 8
    try:
        numbers = struct.unpack(f"<{size}I{size}H{size}H", data)
    except struct.error as error:
        raise PerfdeskError(f"advances.bin is damaged in the part of {face.stem}") from error
    return _Ranges(numbers[:size], numbers[size : 2 * size], numbers[2 * size :])


class _Glyphs(dict[str, _Glyph]):
    """Character -> who draws it along one chain; filled as characters are met, so that a hit is one look-up."""

    def __init__(self, chain: tuple[Face, ...]) -> None:
        super().__init__()
        self._chain = chain

    def __missing__(self, character: str) -> _Glyph:
        self[character] = glyph = self._find(ord(character))
        return glyph

    def _find(self, code: int) -> _Glyph:
        """The first face that has a code point; the first of all, with its box, when none has it."""
        for face in self._chain:
            advance = _ranges(face).advance(code)
            if advance is not None:
                return _Glyph(face, advance, covered=True)
        return _Glyph(self._chain[0], _NOTDEF_ADVANCE, covered=False)


class _Advances(dict[str, int]):
    """Character -> advance in 1/1000 em: apart from ``_Glyphs``, because widths are asked a hundred times as often."""

    def __init__(self, glyphs: _Glyphs) -> None:
        super().__init__()
        self._glyphs = glyphs

    def __missing__(self, character: str) -> int:
        self[character] = advance = self._glyphs[character].advance
        return advance


class _Chain(NamedTuple):
    """字面链 (chain): the faces asked one after the other, and what they answered so far."""

    first: Face
    glyphs: _Glyphs
    advances: _Advances


@cache
def _chain(first: Face) -> _Chain:
    """The face asked for, then those that have what it lacks."""
    faces = tuple(dict.fromkeys((first, Face.SONG, Face.HEI, Face.RARE)))
    glyphs = _Glyphs(faces)
    return _Chain(first, glyphs, _Advances(glyphs))


def advances(text: str, *, face: Face = Face.SONG) -> tuple[int, ...]:
    """The advance of each character in 1/1000 em (integers, so that sums are exact): "10" at 10 pt -> 5.58 pt each."""
    return tuple(map(_chain(face).advances.__getitem__, text))


def text_width(text: str, *, size: float, face: Face = Face.SONG) -> float:
    """The width in pt of ``text`` set in one line at ``size`` pt; "绩效" at 12 pt is 24.0. Line feeds count nothing."""
    return sum(map(_chain(face).advances.__getitem__, text)) * size / _PER_EM


def runs(text: str, *, size: float, face: Face = Face.SONG) -> tuple[Run, ...]:
    """Split ``text`` into runs of one face each, character by character along the chain; widths in pt at ``size`` pt.

    First ``face``, then PD Song, PD Hei, PD Rare. The texts of the runs joined are ``text``, their widths add up to
    ``text_width``. A character of ``missing`` stays in its place, in the first face, which shows a box.
    "王䶮" is one run of PD Song; "𠮷" in PD Song Bold comes in PD Song, regular.
    """
    chain = _chain(face)
    found: list[Run] = []
    start = 0
    for drawn_by, group in groupby(map(chain.glyphs.__getitem__, text), key=_face_of):
        glyphs = tuple(group)
        width = sum(glyph.advance for glyph in glyphs) * size / _PER_EM
        found.append(Run(drawn_by, text[start : start + len(glyphs)], width))
        start += len(glyphs)
    return tuple(found)


def missing(text: str) -> tuple[str, ...]:
    """The characters no face can draw, each once, in order: 此字无法打印.

    Line feeds and other controls draw nothing and count as covered. Usual ones are Unicode's newest blocks (Ext G and later)
    and private-use codes, such as the names of old population registers.
    """
    glyphs = _chain(Face.SONG).glyphs
    return tuple(dict.fromkeys(character for character in text if not glyphs[character].covered))


def substituted(text: str, *, face: Face = Face.SONG) -> tuple[str, ...]:
    """The characters drawn by another face than the first of the chain, each once, in order: "𠀀" looks a little different."""
    chain = _chain(face)
    met = ((character, chain.glyphs[character]) for character in text)
    return tuple(
        dict.fromkeys(character for character, glyph in met if glyph.covered and glyph.face is not chain.first)
    )
