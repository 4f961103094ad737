"""The fast reader of faces gives what reportlab's own gives."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from perfdesk.errors import PerfdeskError
from perfdesk.fonts import Face, path
from perfdesk.fonts.reading import BundledFace, Characters


@pytest.mark.parametrize("face", list(Face))
def test_a_face_is_read_as_reportlab_reads_it(face: Face) -> None:
    quick, slow = BundledFace(str(path(face))), TTFontFace(str(path(face)))
    assert quick.charToGlyph == slow.charToGlyph
    assert len(quick.charToGlyph) == len(quick.charWidths) == len(slow.charToGlyph)
    assert quick.charWidths == slow.charWidths
    assert quick.defaultWidth == slow.defaultWidth
    assert list(quick.glyphPos) == slow.glyphPos
    shared = sum(width == 1000 for width, _ in slow.hmetrics)
    assert [bearing for _, bearing in quick.hmetrics] == [bearing for _, bearing in slow.hmetrics]
    if slow.unitsPerEm == 1000:  # reportlab 5.1.0 scales the last width of the others where it should not
        assert list(quick.hmetrics) == slow.hmetrics
        assert quick.hmetrics[:3] == slow.hmetrics[:3]
        assert shared
    assert (quick.name, quick.ascent, quick.bbox) == (slow.name, slow.ascent, slow.bbox)


def test_a_packed_face_is_read_as_the_file_is(tmp_path: Path) -> None:
    plain = path(Face.KAI)
    (tmp_path / f"{plain.name}.xz").write_bytes(lzma.compress(plain.read_bytes(), preset=0))
    packed, quick = BundledFace(str(tmp_path / plain.name)), BundledFace(str(plain))
    assert packed.charToGlyph == quick.charToGlyph
    outlines = [one.makeSubset([0, 65, 0x7EE9]) for one in (packed, quick)]
    assert outlines[0] == outlines[1]


def test_another_kind_of_file_is_refused() -> None:
    with pytest.raises(PerfdeskError, match="format 4"):
        Characters(bytes.fromhex("0000 0001 0003 0001 0000000c 0004 0000 0000"))
