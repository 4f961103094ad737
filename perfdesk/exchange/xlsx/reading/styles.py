"""The looks of cells as far as they change what a person reads: number format, symbol face, bold, alignment."""

from __future__ import annotations

from perfdesk.exchange.guard import Archive, local, parse
from perfdesk.exchange.guard.markup import Element
from perfdesk.exchange.shown import BUILT_IN
from perfdesk.exchange.squares import Look

_ALIGNED = {"left": "left", "center": "center", "centerContinuous": "center", "right": "right"}


def read_looks(archive: Archive, member: str, name: str) -> tuple[Look, ...]:
    """Read the looks that cells refer to by number; none where the file has no styles."""
    if not member:
        return ()
    root = parse(archive.read(member), name)
    parts: dict[str, Element] = {local(one.tag): one for one in root}
    codes = {str(number): code for number, code in BUILT_IN.items()}
    for one in parts.get("numFmts", ()):
        codes[one.get("numFmtId", "")] = one.get("formatCode", "")
    fonts = {str(number): _font(one) for number, one in enumerate(parts.get("fonts", ()))}
    return tuple(_look(one, codes, fonts) for one in parts.get("cellXfs", ()))


def _look(style: Element, codes: dict[str, str], fonts: dict[str, tuple[str, bool]]) -> Look:
    face, bold = fonts.get(style.get("fontId", "0"), ("", False))
    align = next((one.get("horizontal", "") for one in style if local(one.tag) == "alignment"), "")
    return Look(codes.get(style.get("numFmtId", "0"), ""), face, bold, _ALIGNED.get(align, ""))


def _font(font: Element) -> tuple[str, bool]:
    face, bold = "", False
    for one in font:
        kind = local(one.tag)
        if kind in {"name", "rFont"}:
            face = one.get("val", "")
        elif kind == "b":
            bold = one.get("val", "1") not in {"0", "false"}
    return face, bold
