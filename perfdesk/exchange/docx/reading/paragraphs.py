"""The text of one paragraph as a person sees it: runs, line breaks, tabs, symbols, fields, boxes that are ticked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perfdesk.exchange.docx.reading.content import Content, chosen
from perfdesk.exchange.docx.reading.looks import Look, Looks, look_of, switch, value
from perfdesk.exchange.guard import local
from perfdesk.exchange.guard.markup import Element
from perfdesk.exchange.shown import symbols

_THROUGH: Final = frozenset(
    {"ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "sdtContent", "dir", "bdo"}
)
_GONE: Final = frozenset({"del", "moveFrom"})
_PLAIN_BREAKS: Final = frozenset({None, "textWrapping"})
_DEEP: Final = 40


class Paragraph(NamedTuple):
    """A paragraph: its text, heading level (0: running text), alignment, whether it begins bold, the text boxes on it."""

    text: str
    level: int
    align: str
    bold: bool
    boxes: tuple[Element, ...]


@dataclass(slots=True)
class _Taken:
    """Lives while one paragraph is read."""

    looks: Looks
    content: Content
    hidden: bool
    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    bold: bool | None = None
    fields: list[str] = field(default_factory=list)


def paragraph_of(element: Element, looks: Looks, content: Content) -> Paragraph:
    """Read a paragraph; what is deleted in it is not there, what is hidden is counted and not taken."""
    properties = element.find("{*}pPr")
    style = looks.get(value(properties.find("{*}pStyle")) or "", Look()) if properties is not None else Look()
    look = look_of(properties, None).over(style)
    taken = _Taken(looks, content, hidden=bool(style.hidden))
    _inline(element, taken, depth=0)
    bold = taken.bold if taken.bold is not None else bool(style.bold)
    label = content.numbering.label(look.number, look.depth or 0) if look.number else ""
    return Paragraph(label + "".join(taken.pieces), look.level or 0, look.align or "", bold, tuple(taken.boxes))


def _inline(parent: Element, taken: _Taken, *, depth: int) -> None:
    """Take the runs of a paragraph, looking through what only wraps them."""
    if depth > _DEEP:
        return
    for one in parent:
        tag = local(one.tag)
        if tag == "r":
            _run(one, taken)
        elif tag in _THROUGH:
            _inline(one, taken, depth=depth + 1)
        elif tag == "sdt":
            if one.find("{*}sdtPr/{*}showingPlcHdr") is None:
                _inline(one, taken, depth=depth + 1)
        elif tag in _GONE:
            taken.content.changes += 1
        elif tag in {"oMath", "oMathPara"}:
            taken.content.formulas += 1
            taken.pieces.append("".join(text.text or "" for text in one.iter("{*}t")))
        elif tag == "AlternateContent":
            _inline(chosen(one), taken, depth=depth + 1)


def _run(run: Element, taken: _Taken) -> None:
    properties = run.find("{*}rPr")
    face, hidden, bold = "", taken.hidden, None
    if properties is not None:
        fonts = properties.find("{*}rFonts")
        face = value(fonts, "ascii") or value(fonts, "hAnsi") or ""
        style = taken.looks.get(value(properties.find("{*}rStyle")) or "", Look())
        own = Look(bold=switch(properties.find("{*}b")), hidden=switch(properties.find("{*}vanish"))).over(style)
        hidden, bold = hidden if own.hidden is None else own.hidden, own.bold
    text = "".join(_pieces(run, taken))
    if not text:
        return
    if hidden:
        if text.strip():
            taken.content.unseen.append(text)
        return
    if taken.bold is None and bold is not None and text.strip():
        taken.bold = bold
    taken.pieces.append(symbols(text, face))


def _pieces(run: Element, taken: _Taken) -> Iterator[str]:
    for one in run:
        tag = local(one.tag)
        if tag == "t":
            yield one.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag](one)
        elif tag == "fldChar":
            yield _field(one)
        elif tag in {"drawing", "pict", "object", "AlternateContent"}:
            _drawn(one, taken)


def _sym(element: Element) -> str:
    code = value(element, "char") or ""
    try:
        sign = chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
    return symbols(
        sign if ord(sign) >= 0xF000 or ord(sign) > 0xFF else chr(0xF000 + ord(sign)), value(element, "font") or ""
    )


def _break(element: Element) -> str:
    return "\n" if value(element, "type") in _PLAIN_BREAKS else ""


_SIGNS: Final[dict[str, Callable[[Element], str]]] = {
    "br": _break,
    "cr": lambda _: "\n",
    "tab": lambda _: "\t",
    "ptab": lambda _: "\t",
    "noBreakHyphen": lambda _: "-",
    "sym": _sym,
}


def _field(element: Element) -> str:
    """Show the old form fields that have no text of their own: a check box, a list to choose from."""
    box = element.find("{*}ffData/{*}checkBox")
    if box is not None:
        ticked = switch(box.find("{*}checked"))
        return "☑" if (switch(box.find("{*}default")) if ticked is None else ticked) else "□"
    entries = element.find("{*}ffData/{*}ddList")
    if entries is not None:
        words = [value(one) or "" for one in entries.findall("{*}listEntry")]
        number = value(entries.find("{*}result")) or value(entries.find("{*}default")) or "0"
        return words[int(number)] if number.isdigit() and len(number) < 5 and int(number) < len(words) else ""
    return ""


def _drawn(element: Element, taken: _Taken) -> None:
    """Keep the text boxes of a drawing for behind the paragraph; a drawing without any is a picture."""
    drawn = chosen(element) if local(element.tag) == "AlternateContent" else element
    if not len(drawn):
        return
    boxes = [one for one in drawn.iter("{*}txbxContent") if _outermost(one, drawn)]
    taken.boxes += boxes
    if not boxes and next(drawn.iter("{*}blip", "{*}imagedata"), None) is not None:
        taken.content.pictures += 1


def _outermost(box: Element, drawn: Element) -> bool:
    above = box.getparent()
    while above is not None and above is not drawn:
        if local(above.tag) in {"txbxContent", "Fallback"}:
            return False
        above = above.getparent()
    return True
