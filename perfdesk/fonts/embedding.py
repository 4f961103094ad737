"""Hands the bundled faces to reportlab, with the map from glyphs back to characters that searching and copying need.

Loaded on demand by ``perfdesk.fonts``; reportlab comes through ``perfdesk.fonts.paper``.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from perfdesk.fonts.faces import Face, path
from perfdesk.fonts.paper import TTEncoding, TTFont, pdfmetrics
from perfdesk.fonts.reading import BundledFace

_BLOCK = 100  # entries of one bfchar block: the most the PDF reference allows


def to_unicode(name: str, subset: list[int]) -> str:
    """The ToUnicode CMap of a subset: byte n draws ``subset[n]``; code points in UTF-16BE, U+2CB4E is ``D872DF4E``."""
    pairs = [
        f"<{index:02X}> <{chr(code).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for index, code in enumerate(subset)
        if code
    ]
    blocks = [pairs[first : first + _BLOCK] for first in range(0, len(pairs), _BLOCK)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


class SearchableTTFont(TTFont):  # type: ignore[misc]  # reportlab ships no types
    """A face whose characters outside the BMP can be searched and copied.

    Works around reportlab 5.1.0: ``ttfonts.makeToUnicodeCMap`` writes a code point above U+FFFF as ``%04X`` (``<2CB4E>``) where
    a PDF wants UTF-16BE, so 𬭎 is drawn right and copied as another character. The maps are replaced after it wrote them.
    """

    def __init__(self, name: str, face: BundledFace) -> None:
        """Take a face that is read already; reportlab's own constructor would read the file its slow way."""
        self.fontName = name
        self.face = face
        self.encoding = TTEncoding()
        self.state: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._asciiReadable = 1
        self.shapable = False

    def addObjects(self, doc: Any) -> None:  # noqa: ANN401, N802 - overrides reportlab
        """Add the subsets used in ``doc``, each with the right map."""
        state = self.state[doc]  # the call below forgets it
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(state.subsets):
            font = fonts[f"{state.internalName}+{number}"]
            doc.idToObject[font.ToUnicode.name].content = to_unicode(font.BaseFont, subset)


@cache
def reportlab_face(face: Face) -> str:
    """Register ``face`` and return its name for ``canvas.setFont`` and ``initialFontName``."""
    pdfmetrics.registerFont(SearchableTTFont(face.stem, BundledFace(str(path(face)))))
    return face.stem
