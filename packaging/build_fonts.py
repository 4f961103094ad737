"""Builds the faces in ``resources/fonts`` from pinned Debian packages: ``python packaging/build_fonts.py``.

What it is for: one reproducible recipe (same packages in, same bytes out) for five TrueType faces and the table of their
advance widths. TrueType, because reportlab refuses PostScript outlines; own names, because the licence asks it of a changed
font. It must not be imported by the program: fontTools is a tool of the workshop. ``README-fonts.md`` says what goes in.

    packaging/build_fonts.py                    all faces, then the table of advances (about ten minutes)
    packaging/build_fonts.py --face PDHei-Regular --out /tmp/try
    packaging/build_fonts.py --table            the table only, from the faces that lie there

Needs apt-get and dpkg-deb with the package sources of Debian 12, or the four packages put into ``--debs`` by hand.
"""

from __future__ import annotations

import argparse
import struct
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from font_sources import HANA_A, HANA_B, KAI, SANS, SERIF, SERIF_BOLD, Source, Sources, codec_characters, unpack
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
VERSION = "1.000"
EPOCH_1904 = 3_849_984_000  # 2025-12-31, in seconds since 1904: a fixed date keeps the bytes the same

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


@dataclass(frozen=True, slots=True)
class Plan:
    """One face to build: its names, and for each code point the source of its outline, first come first served."""

    file: str
    family: str
    bold: bool
    choose: Callable[[Sources], list[tuple[Source, frozenset[int]]]]
    own_drawings: bool
    units: int = 1000  # the em of the face
    tolerance: float = 0.0  # how far, in units of the source, an outline may leave its polygon to do with fewer points


def song(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Song: everything Han that Noto Serif has, and the symbols."""
    wanted = SYMBOLS | HAN_BMP | HAN_COMPATIBLE | HAN_EXT_B_TO_F | codec_characters("gbk")
    return [(sources[SERIF], wanted)]


def song_bold(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Song Bold: for titles and labels, so GB2312 and the 8105 are enough; any other character is PD Song's."""
    return [(sources[SERIF_BOLD], SYMBOLS | codec_characters("gb2312") | sources.standard)]


def hei(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Hei: the window's face; GB2312 and the 8105, and the few characters Noto Sans has and Noto Serif lacks."""
    only_sans = HAN_BMP - sources[SERIF].cmap.keys()
    return [(sources[SANS], SYMBOLS | codec_characters("gb2312") | sources.standard | only_sans)]


def kai(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Kai: the headings 「（一）」 of reports; GB2312 and the 8105.

    Quotation marks and the middle dot are half as wide as a character there: PD Song draws those, as it does in the text below.
    """
    narrow = frozenset(map(ord, "‘’“”·"))
    return [(sources[KAI], (block(0x20, 0x7E) | codec_characters("gb2312") | sources.standard) - narrow)]


def rare(sources: Sources) -> list[tuple[Source, frozenset[int]]]:
    """PD Rare: Ext B-F, and the symbols and compatible forms, that PD Song lacks."""
    lacking = (SYMBOLS | HAN_EXT_B_TO_F | HAN_COMPATIBLE) - sources[SERIF].cmap.keys() - SPACES.keys() - BLANK_CONTROLS
    return [(sources[HANA_B], lacking | {0x20}), (sources[HANA_A], lacking)]


PLANS = (
    Plan("PDSong-Regular", "PD Song", bold=False, choose=song, own_drawings=True),
    Plan("PDSong-Bold", "PD Song", bold=True, choose=song_bold, own_drawings=True),
    Plan("PDHei-Regular", "PD Hei", bold=False, choose=hei, own_drawings=True),
    Plan("PDKai-Regular", "PD Kai", bold=False, choose=kai, own_drawings=True),
    Plan("PDRare-Regular", "PD Rare", bold=False, choose=rare, own_drawings=False, units=512, tolerance=1.5),
)


def outlines(plan: Plan, picked: list[tuple[Source, frozenset[int]]]) -> tuple[dict[str, Drawn], dict[int, str]]:
    """The glyphs of a face by name, .notdef first, and its character map. Characters share a glyph as in the source."""
    base = picked[0][0]
    glyphs: dict[str, Drawn] = {}
    cmap: dict[int, str] = {}
    add_outline(glyphs, ".notdef", plan=plan, source=base, original=".notdef")
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
                add_outline(glyphs, cmap[code], plan=plan, source=source, original=source.cmap[code])
    return glyphs, cmap


def add_outline(glyphs: dict[str, Drawn], name: str, *, plan: Plan, source: Source, original: str) -> None:
    """Put one outline of a source into ``glyphs``, in units of the face."""
    pen = TTGlyphPen(None)
    scale = plan.units / source.units
    source.draw(original, pen, transform=(scale, 0, 0, scale, 0, 0), tolerance=plan.tolerance)
    glyphs[name] = (pen.glyph(dropImpliedOnCurves=plan.tolerance > 0), round(source.font["hmtx"][original][0] * scale))


def build(plan: Plan, sources: Sources) -> TTFont:
    """One face, ready to be saved."""
    picked = plan.choose(sources)
    base = picked[0][0]
    glyphs, cmap = outlines(plan, picked)
    builder = FontBuilder(plan.units, isTTF=True)
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
        underlinePosition=round(base.font["post"].underlinePosition * plan.units / base.units),
        underlineThickness=round(base.font["post"].underlineThickness * plan.units / base.units),
    )
    finish(builder.font, plan)
    return builder.font


def set_metrics(builder: FontBuilder, plan: Plan, base: Source) -> None:
    """Line metrics as in the source, in units of the face; embedding unrestricted."""
    line, os2 = base.font["hhea"], base.font["OS/2"]

    def scaled(*values: int) -> list[int]:
        return [round(value * plan.units / base.units) for value in values]

    ascent, descent, gap = scaled(line.ascent, line.descent, line.lineGap)
    typo_ascent, typo_descent, typo_gap = scaled(os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap)
    win_ascent, win_descent = scaled(os2.usWinAscent, os2.usWinDescent)
    builder.setupHorizontalHeader(ascent=ascent, descent=descent, lineGap=gap)
    builder.setupOS2(
        version=4,
        usWeightClass=700 if plan.bold else 400,
        fsType=0,
        fsSelection=0x20 if plan.bold else 0x40,
        sTypoAscender=typo_ascent,
        sTypoDescender=typo_descent,
        sTypoLineGap=typo_gap,
        usWinAscent=win_ascent,
        usWinDescent=win_descent,
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


# ------------------------------------------------------------------------------------------ the command


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
