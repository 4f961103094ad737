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
    codes = dict(BUILT_IN)
    for one in parts.get("numFmts", ()):
        if (number := _number(one.get("numFmtId"))) is not None:
            codes[number] = one.get("formatCode", "")
    fonts = [_font(one) for one in parts.get("fonts", ())]
    return tuple(_look(one, codes, fonts) for one in parts.get("cellXfs", ()))


def _look(style: Element, codes: dict[int, str], fonts: list[tuple[str, bool]]) -> Look:
    font = _number(style.get("fontId")) or 0
    face, bold = fonts[font] if 0 <= font < len(fonts) else ("", False)
    align = next((one.get("horizontal", "") for one in style if local(one.tag) == "alignment"), "")
    return Look(codes.get(_number(style.get("numFmtId")) or 0, ""), face, bold, _ALIGNED.get(align, ""))


def _font(font: Element) -> tuple[str, bool]:
    face, bold = "", False
    for one in font:
        kind = local(one.tag)
        if kind in {"name", "rFont"}:
            face = one.get("val", "")
        elif kind == "b":
            bold = one.get("val", "1") not in {"0", "false"}
    return face, bold


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
