"""Builds the faces in ``resources/fonts`` from pinned Debian packages: ``python packaging/build_fonts.py``.

What it is for: one reproducible recipe (same packages in, same bytes out) for four TrueType faces and the table of their
advance widths. TrueType, because reportlab refuses PostScript outlines; own names, because the licence asks it of a changed
font. It must not be imported by the program: fontTools is a tool of the workshop. ``README-fonts.md`` says what goes in.

    packaging/build_fonts.py                    all faces, then the table of advances (about four minutes)
    packaging/build_fonts.py --face PDHei-Regular --out /tmp/try
    packaging/build_fonts.py --table            the table only, from the faces that lie there

Needs apt-get and dpkg-deb with the package sources of Debian 12, or the three packages put into ``--debs`` by hand.
"""

from __future__ import annotations

import argparse
import bz2
import hashlib
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
VERSION = "1.000"
EPOCH_1904 = 3_849_984_000  # 2026-01-01, in seconds since 1904: a fixed date keeps the bytes the same
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
        "unicode-data",
        "15.0.0-1",
        "5efef23bbb1c6a133ecbdd63a2cfa07159ccacf5466a49e2426101c5ecd691fc",
    ),
)

SERIF = "opentype/noto/NotoSerifCJK-Regular.ttc"
SERIF_BOLD = "opentype/noto/NotoSerifCJK-Bold.ttc"
SANS = "opentype/noto/NotoSansCJK-Regular.ttc"
HANA_A = "truetype/hanazono/HanaMinA.ttf"
HANA_B = "truetype/hanazono/HanaMinB.ttf"

# ------------------------------------------------------------------------------------------- which characters


def block(first: int, last: int) -> frozenset[int]:
    """The code points from ``first`` to ``last``, both included."""
    return frozenset(range(first, last + 1))


HAN_BMP = block(0x3400, 0x4DBF) | block(0x4E00, 0x9FFF) | {0x3007}
HAN_COMPATIBLE = block(0xF900, 0xFAFF) | block(0x2F800, 0x2FA1F)
HAN_EXT_B_TO_F = block(0x20000, 0x2EBE0)
SYMBOLS = frozenset().union(
    block(0x20, 0x7E),
    block(0xA0, 0x24F),
    block(0x2C6, 0x2DD),
    block(0x370, 0x3FF),
    block(0x400, 0x45F),
    block(0x2000, 0x20CF),
    block(0x2100, 0x2BFF),
    block(0x3000, 0x33FF),
    block(0xFE10, 0xFE6F),
    block(0xFF00, 0xFFEF),
)
BLANK_CONTROLS = frozenset().union(
    block(0x1, 0x1F),
    block(0x7F, 0x9F),
    block(0x200B, 0x200F),
    block(0x2028, 0x202E),
    block(0x2060, 0x206F),
    block(0xFE00, 0xFE0F),
    block(0xE0100, 0xE01EF),
    {0xAD, 0xFEFF},
)
SPACES = {0x2000: 500, 0x2001: 1000, 0x2002: 500, 0x2003: 1000, 0x2004: 333, 0x2005: 250, 0x2006: 167, 0x2008: 250}
SPACES |= {0x2009: 200, 0x200A: 100, 0x202F: 200, 0x205F: 222}


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


# ------------------------------------------------------------------------------------------------------ sources


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

    def draw(self, name: str, pen: TTGlyphPen, *, transform: tuple[float, ...] = (1, 0, 0, 1, 0, 0)) -> None:
        """Add the outline called ``name`` to ``pen`` as quadratic curves in the direction TrueType wants."""
        record = DecomposingRecordingPen(self.glyphs)
        self.glyphs[name].draw(record)
        record.replay(TransformPen(Cu2QuPen(pen, CUBIC_TOLERANCE, reverse_direction=self.cubic), transform))


def simplified_chinese(path: Path) -> Any:  # noqa: ANN401 - fontTools ships no types
    """The member of a Noto CJK collection with the mainland's character shapes."""
    for number, font in enumerate(TTCollection(path, lazy=True).fonts):
        if str(font["name"].getDebugName(6)).split("-")[0] in {"NotoSerifCJKsc", "NotoSansCJKsc"}:
            return TTFont(path, fontNumber=number, lazy=True)
    raise SystemExit(f"{path}: no simplified Chinese member")


# ------------------------------------------------------------------------------------------------- drawn by hand

Drawn = tuple[Any, int]  # a glyph and its advance


def draw_box(pen: TTGlyphPen, left: float, bottom: float, right: float, top: float) -> None:
    """A filled rectangle, clockwise."""
    pen.moveTo((left, bottom))
    for point in ((left, top), (right, top), (right, bottom)):
        pen.lineTo(point)
    pen.closePath()


def boxed(source: Source, mark: str | None) -> Drawn:
    """A ballot box ☐ ☑ ☒: the face's own □, with its own ✓ or × fitted inside."""
    pen = TTGlyphPen(None)
    square = ord("□")
    source.draw(source.cmap[square], pen)
    if mark:
        left, bottom, right, top = source.bounds(square)
        inside = source.bounds(ord(mark))
        scale = 0.70 * min((right - left) / (inside[2] - inside[0]), (top - bottom) / (inside[3] - inside[1]))
        shift_x = (left + right) / 2 - scale * (inside[0] + inside[2]) / 2
        shift_y = (bottom + top) / 2 - scale * (inside[1] + inside[3]) / 2
        source.draw(source.cmap[ord(mark)], pen, transform=(scale, 0, 0, scale, shift_x, shift_y))
    return pen.glyph(), source.advance(square)


def nearly_equal(source: Source) -> Drawn:
    """≒: the face's own ＝ between two of its own full stops."""
    pen = TTGlyphPen(None)
    equals, stop = source.bounds(ord("＝")), source.bounds(ord("."))
    height = stop[3] - stop[1]
    gap = 0.75 * height
    source.draw(source.cmap[ord("＝")], pen)
    upper = (1, 0, 0, 1, equals[0] - stop[0], equals[3] + gap - stop[1])
    lower = (1, 0, 0, 1, equals[2] - stop[2], equals[1] - gap - stop[3])
    for transform in (upper, lower):
        source.draw(source.cmap[ord(".")], pen, transform=transform)
    return pen.glyph(), source.advance(ord("＝"))


def full_dash(source: Source) -> Drawn:
    """— one em wide from edge to edge, so that 破折号 (——) is one unbroken line; Noto's is 890 wide with gaps."""
    _, bottom, _, top = source.bounds(ord("—"))
    middle = 380
    pen = TTGlyphPen(None)
    draw_box(pen, 0, middle - (top - bottom) / 2, source.units, middle + (top - bottom) / 2)
    return pen.glyph(), source.units


def tabular_digits(source: Source) -> dict[int, Drawn]:
    """0-9 centred in the widest digit's advance: columns of figures must stand under each other."""
    digits = [ord(digit) for digit in "0123456789"]
    width = max(source.advance(code) for code in digits)
    drawn: dict[int, Drawn] = {}
    for code in digits:
        pen = TTGlyphPen(None)
        source.draw(source.cmap[code], pen, transform=(1, 0, 0, 1, round((width - source.advance(code)) / 2), 0))
        drawn[code] = (pen.glyph(), width)
    return drawn


def blank(advance: int) -> Drawn:
    """A glyph without ink."""
    return TTGlyphPen(None).glyph(), advance


def extras(source: Source) -> dict[int, Drawn]:
    """What Noto lacks or draws otherwise than a Chinese form needs."""
    drawn = tabular_digits(source)
    drawn |= {code: blank(width) for code, width in SPACES.items()}
    drawn |= {0x2007: blank(drawn[ord("0")][1]), 0xA0: blank(source.advance(0x20))}
    drawn |= {ord("☐"): boxed(source, None), ord("☑"): boxed(source, "✓"), ord("☒"): boxed(source, "×")}
    drawn |= {ord("≒"): nearly_equal(source), ord("—"): full_dash(source)}
    return drawn


# ------------------------------------------------------------------------------------------------------ the faces


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


@dataclass(frozen=True, slots=True)
class Plan:
    """One face to build: its names, and for each code point the source of its outline, first come first served."""

    file: str
    family: str
    bold: bool
    choose: Callable[[Sources], list[tuple[Source, frozenset[int]]]]
    own_drawings: bool


def song(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Song: everything Han that Noto Serif has, and the symbols."""
    wanted = SYMBOLS | HAN_BMP | HAN_COMPATIBLE | HAN_EXT_B_TO_F | codec_characters("gbk")
    return [(sources[SERIF], wanted)]


def song_bold(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Song Bold: for titles and labels, so GBK and the 8105 are enough."""
    return [(sources[SERIF_BOLD], SYMBOLS | codec_characters("gbk") | sources.standard)]


def hei(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Hei: the window's face; GB2312 and the 8105, and the few characters Noto Sans has and Noto Serif lacks."""
    only_sans = HAN_BMP - sources[SERIF].cmap.keys()
    return [(sources[SANS], SYMBOLS | codec_characters("gb2312") | sources.standard | only_sans)]


def rare(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Rare: Ext B-F, and the symbols and compatible forms, that PD Song lacks."""
    lacking = (SYMBOLS | HAN_EXT_B_TO_F | HAN_COMPATIBLE) - sources[SERIF].cmap.keys() - SPACES.keys() - BLANK_CONTROLS
    return [(sources[HANA_B], lacking | {0x20}), (sources[HANA_A], lacking)]


PLANS = (
    Plan("PDSong-Regular", "PD Song", bold=False, choose=song, own_drawings=True),
    Plan("PDSong-Bold", "PD Song", bold=True, choose=song_bold, own_drawings=True),
    Plan("PDHei-Regular", "PD Hei", bold=False, choose=hei, own_drawings=True),
    Plan("PDRare-Regular", "PD Rare", bold=False, choose=rare, own_drawings=False),
)


def outlines(plan: Plan, picked: list[tuple[Source, frozenset[int]]]) -> tuple[dict[str, Drawn], dict[int, str]]:
    """The glyphs of a face by name, .notdef first, and its character map. Characters share a glyph as in the source."""
    base = picked[0][0]
    glyphs: dict[str, Drawn] = {}
    cmap: dict[int, str] = {}
    add_outline(glyphs, ".notdef", source=base, original=".notdef")
    drawn = extras(base) if plan.own_drawings else {}
    for code, glyph in drawn.items():
        cmap[code] = f"own{code:X}"
        glyphs[cmap[code]] = glyph
    if plan.own_drawings:
        glyphs["blank"] = blank(0)
        cmap |= dict.fromkeys(BLANK_CONTROLS, "blank")
    for number, (source, wanted) in enumerate(picked):
        for code in sorted((wanted & source.cmap.keys()) - cmap.keys()):
            cmap[code] = f"s{number}.{source.cmap[code]}"
            if cmap[code] not in glyphs:
                add_outline(glyphs, cmap[code], source=source, original=source.cmap[code])
    return glyphs, cmap


def add_outline(glyphs: dict[str, Drawn], name: str, *, source: Source, original: str) -> None:
    """Put one outline of a source into ``glyphs``."""
    pen = TTGlyphPen(None)
    source.draw(original, pen)
    glyphs[name] = (pen.glyph(), int(source.font["hmtx"][original][0]))


def build(plan: Plan, sources: Sources) -> TTFont:
    """One face, ready to be saved."""
    picked = plan.choose(sources)
    base = picked[0][0]
    glyphs, cmap = outlines(plan, picked)
    builder = FontBuilder(base.units, isTTF=True)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(cmap)
    builder.setupGlyf({name: glyph for name, (glyph, _) in glyphs.items()}, calcGlyphBounds=True)
    table = builder.font["glyf"]
    builder.setupHorizontalMetrics(
        {name: (advance, getattr(table[name], "xMin", 0)) for name, (_, advance) in glyphs.items()}
    )
    set_metrics(builder, plan, base)
    set_names(builder.font, plan, [source.font for source, _ in picked])
    builder.setupPost(
        keepGlyphNames=False,
        underlinePosition=base.font["post"].underlinePosition,
        underlineThickness=base.font["post"].underlineThickness,
    )
    finish(builder.font, plan)
    return builder.font


def set_metrics(builder: FontBuilder, plan: Plan, base: Source) -> None:
    """Line metrics as in the source; embedding unrestricted."""
    line, os2 = base.font["hhea"], base.font["OS/2"]
    builder.setupHorizontalHeader(ascent=line.ascent, descent=line.descent, lineGap=line.lineGap)
    builder.setupOS2(
        version=4,
        usWeightClass=700 if plan.bold else 400,
        fsType=0,
        fsSelection=0x20 if plan.bold else 0x40,
        sTypoAscender=os2.sTypoAscender,
        sTypoDescender=os2.sTypoDescender,
        sTypoLineGap=os2.sTypoLineGap,
        usWinAscent=os2.usWinAscent,
        usWinDescent=os2.usWinDescent,
        achVendID="NONE",
        panose=os2.panose,
    )


def set_names(font: TTFont, plan: Plan, originals: list[Any]) -> None:
    """Our own names; the copyright and licence records of every source kept (OFL 1.1, conditions 2 and 3)."""
    style = "Bold" if plan.bold else "Regular"
    font["name"] = table = newTable("name")
    table.names = []
    postscript = plan.family.replace(" ", "") + "-" + style
    kept = {
        name_id: " ".join(
            dict.fromkeys(text for text in (font["name"].getDebugName(name_id) for font in originals) if text)
        )
        for name_id in (0, 13, 14)
    }
    texts = kept | {
        1: plan.family,
        2: style,
        3: f"{VERSION};{postscript}",
        4: plan.family if style == "Regular" else f"{plan.family} {style}",
        5: f"Version {VERSION}",
        6: postscript,
        10: "Subset, converted to TrueType outlines and renamed for perfdesk; see CHANGES.txt.",
    }
    for name_id in sorted(texts):
        if texts[name_id]:
            table.setName(texts[name_id], name_id, 3, 1, 0x409)


def finish(font: TTFont, plan: Plan) -> None:
    """Fixed dates, the style bit, the ranges Windows asks for, and smoothing at every size (there is no hinting)."""
    head = font["head"]
    head.created = head.modified = EPOCH_1904
    head.fontRevision = float(VERSION)
    head.macStyle = 1 if plan.bold else 0
    font.recalcTimestamp = False
    font["OS/2"].recalcUnicodeRanges(font)
    font["OS/2"].recalcCodePageRanges(font)
    font["gasp"] = gasp = newTable("gasp")
    gasp.version, gasp.gaspRange = 1, {0xFFFF: 0x000F}


# ----------------------------------------------------------------------------------------------- table of advances


def advance_ranges(font: TTFont) -> Iterator[tuple[int, int, int]]:
    """(first code point, count, advance in 1/1000 em): runs of neighbours with the same advance."""
    units, widths = font["head"].unitsPerEm, font["hmtx"].metrics
    advances = {code: round(widths[name][0] * 1000 / units) for code, name in font.getBestCmap().items()}
    start = previous = -2
    for code in sorted(advances):
        if code != previous + 1 or advances[code] != advances[start]:
            if start >= 0:
                yield start, previous - start + 1, advances[start]
            start = code
        previous = code
    yield start, previous - start + 1, advances[start]


def advance_table(out: Path) -> bytes:
    """``advances.bin``: for each face its name and its ranges; the format is described in ``perfdesk.fonts``."""
    parts = []
    for plan in PLANS:
        font = TTFont(out / f"{plan.file}.ttf", lazy=True)
        starts, counts, advances = zip(*advance_ranges(font), strict=True)
        size = len(starts)
        parts.append(struct.pack("<16sI", plan.file.encode("ascii"), size))
        parts.append(struct.pack(f"<{size}I{size}H{size}H", *starts, *counts, *advances))
    return b"".join(parts)


# --------------------------------------------------------------------------------------------------------- packages


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


def save(font: TTFont, target: Path) -> None:
    """Write a face and say how big it is."""
    font.save(target)
    print(f"{target.name}: {target.stat().st_size:,} bytes, {font['maxp'].numGlyphs} glyphs", flush=True)


def main(arguments: Iterable[str]) -> None:
    """Build what was asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--face", choices=[plan.file for plan in PLANS], action="append", help="only this face")
    parser.add_argument("--table", action="store_true", help="only the table of advances")
    parser.add_argument("--out", type=Path, default=FONTS, help="where the faces go")
    parser.add_argument("--debs", type=Path, default=Path("build/debs"), help="where the packages lie")
    options = parser.parse_args(list(arguments))
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.table:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            unpack(options.debs.resolve(), root)
            sources = Sources(root)
            for plan in PLANS:
                if not options.face or plan.file in options.face:
                    save(build(plan, sources), options.out / f"{plan.file}.ttf")
    if not options.face:
        (options.out / "advances.bin").write_bytes(advance_table(options.out))


if __name__ == "__main__":
    main(sys.argv[1:])
