"""Where the faces come from: the pinned Debian packages, the fonts and the character lists in them.

Part of ``build_fonts.py``. It must not decide what goes into a face.
"""

from __future__ import annotations

import bz2
import hashlib
import subprocess
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from font_outlines import draw_simplified
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection, TTFont

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from fontTools.pens.ttGlyphPen import TTGlyphPen

CUBIC_TOLERANCE = 1.0  # units of 1/1000 em between the cubic original and the quadratic outline


@dataclass(frozen=True, slots=True)
class Package:
    """A Debian package, pinned: the build stops when the bytes are others."""

    name: str
    version: str
    sha256: str


PACKAGES = (
    Package(
        "fonts-noto-cjk",
        "1:20220127+repack1-1",
        "4a2515eb6db3978b897fef9709ed0d2b1f4c6c4df4d83d6c4ef65f71f1b1f502",
    ),
    Package(
        "fonts-hanazono",
        "20170904-2.1",
        "a6943366b4f5a6cec34221f8b4eb22555a628f0ee6ef4e3d3401cabe9363aeae",
    ),
    Package(
        "fonts-lxgw-wenkai",
        "1.250+repack-1",
        "6d1e4c4aac78ad32062aefa2c836ee4d6e58f9dcf8b3f4407c9eefe304615318",
    ),
    Package(
        "unicode-data",
        "15.0.0-1",
        "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
    ),
)

SERIF = "opentype/noto/NotoSerifCJK-Regular.ttc"
SERIF_BOLD = "opentype/noto/NotoSerifCJK-Bold.ttc"
SANS = "opentype/noto/NotoSansCJK-Regular.ttc"
KAI = "truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
HANA_A = "truetype/hanazono/HanaMinA.ttf"
HANA_B = "truetype/hanazono/HanaMinB.ttf"


def unpack(debs: Path, root: Path) -> None:
    """Download what is not in ``debs`` yet, check every package against its pin, unpack all into ``root``."""
    debs.mkdir(parents=True, exist_ok=True)
    for package in PACKAGES:
        file = debs / f"{package.name}_{package.version.replace(':', '%3a')}_all.deb"
        if not file.exists():
            subprocess.run(["apt-get", "download", f"{package.name}={package.version}"], cwd=debs, check=True)
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        if found != package.sha256:
            raise SystemExit(f"{file}: sha256 {found}, expected {package.sha256}")
        subprocess.run(["dpkg-deb", "-x", file, root], check=True)


def codec_characters(codec: str) -> frozenset[int]:
    """The two-byte characters of a Chinese codec of Python's ("gb2312", "gbk"), symbols included."""
    codes = (*range(0x80, 0xD800), *range(0xE000, 0x10000))
    return frozenset(code for code in codes if len(chr(code).encode(codec, "ignore")) == 2)


def general_standard(root: Path) -> frozenset[int]:
    """通用规范汉字表: the 8105 characters marked kTGH in the Unihan database."""
    with bz2.open(root / "usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
        fields = (line.split("\t") for line in lines)
        found = frozenset(
            int(field[0].removeprefix("U+"), base=16) for field in fields if len(field) > 1 and field[1] == "kTGH"
        )
    if len(found) != 8105:
        raise SystemExit(f"kTGH lists {len(found)} characters, expected 8105")
    return found


class Source:
    """One of the fonts we take outlines from."""

    def __init__(self, root: Path, name: str) -> None:
        path = root / "usr/share/fonts" / name
        self.font: Any = simplified_chinese(path) if path.suffix == ".ttc" else TTFont(path, lazy=True)
        self.cmap: Mapping[int, str] = self.font.getBestCmap()
        self.units: int = self.font["head"].unitsPerEm
        self.cubic = "CFF " in self.font

    @cached_property
    def glyphs(self) -> Any:  # noqa: ANN401 - fontTools ships no types
        """The outlines, by glyph name."""
        return self.font.getGlyphSet()

    def advance(self, code: int) -> int:
        """The advance width of a character, in units of this font."""
        return int(self.font["hmtx"][self.cmap[code]][0])

    def bounds(self, code: int) -> tuple[float, float, float, float]:
        """The box around the ink of a character: left, bottom, right, top."""
        pen = BoundsPen(self.glyphs)
        self.glyphs[self.cmap[code]].draw(pen)
        return tuple(pen.bounds)

    def draw(
        self,
        name: str,
        pen: TTGlyphPen,
        *,
        transform: tuple[float, ...] = (1, 0, 0, 1, 0, 0),
        tolerance: float = 0.0,
    ) -> None:
        """Add the outline called ``name`` to ``pen`` as quadratic curves in the direction TrueType wants.

        With a ``tolerance`` (units of this font) its polygons are drawn with fewer points.
        """
        record = DecomposingRecordingPen(self.glyphs)
        self.glyphs[name].draw(record)
        out = TransformPen(Cu2QuPen(pen, CUBIC_TOLERANCE, reverse_direction=self.cubic), transform)
        if tolerance:
            draw_simplified(record, out, tolerance)
        else:
            record.replay(out)


def simplified_chinese(path: Path) -> Any:  # noqa: ANN401 - fontTools ships no types
    """The member of a Noto CJK collection with the mainland's character shapes."""
    for number, font in enumerate(TTCollection(path, lazy=True).fonts):
        if str(font["name"].getDebugName(6)).split("-")[0] in {"NotoSerifCJKsc", "NotoSansCJKsc"}:
            return TTFont(path, fontNumber=number, lazy=True)
    raise SystemExit(f"{path}: no simplified Chinese member")


class Sources:
    """The unpacked packages: opened when asked for, and kept."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open: dict[str, Source] = {}

    def __getitem__(self, name: str) -> Source:
        if name not in self._open:
            self._open[name] = Source(self._root, name)
        return self._open[name]

    @cached_property
    def standard(self) -> frozenset[int]:
        """通用规范汉字表 (8105)."""
        return general_standard(self._root)
