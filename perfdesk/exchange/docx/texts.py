"""Texts and paragraphs as WordprocessingML. It knows neither tables nor pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, TypeAlias
from xml.sax.saxutils import escape  # writes only; what is parsed below was written here

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from perfdesk.sheet import Cell
from perfdesk.template import Align

Xml: TypeAlias = Any
"""An element of lxml, which ships no types."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAKS = re.compile(r"([\n\t])")
_CHINESE = '<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr>'  # else “” … — come out of the Latin font, half as wide
_MARKS = {"\n": "<w:br/>", "\t": "<w:tab/>"}
ALIGNED = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right"}


def element(xml: str) -> Xml:
    """Make an element for the document of what was written here."""
    tag, rest = re.split(r"(?=[\s/>])", xml, maxsplit=1)
    return parse_xml(f"{tag} {nsdecls('w')}{rest}")


def clean(text: str) -> str:
    """Return the text without what XML cannot hold: control characters, halves of characters."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def unwritable(text: str) -> int:
    """Count the characters that :func:`clean` takes out."""
    return len(_UNWRITABLE.findall(text))


def note(cell: Cell, *, title: str) -> str:
    """Say in one sentence that control characters of a cell were left out."""
    return f"“{clean(title)}”的“{cell.where}”有 {unwritable(cell.text)} 个控制字符，Word 存不下，已去掉。"


def run(text: str) -> str:
    """Write a text as one run: line feeds and tabs as Word's own."""
    parts = (
        _MARKS.get(part) or f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        for part in _BREAKS.split(clean(text))
        if part
    )
    content = "".join(parts)
    return f"<w:r>{_CHINESE}{content}</w:r>" if content else ""


def field(code: str) -> str:
    """Write a field that Word fills in: ``PAGE``."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def paragraph(style: str, content: str, properties: Iterable[str] = ()) -> str:
    """Write a paragraph of a style; ``properties`` stand in the order of the schema (keepNext, tabs, spacing, ind, jc)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{"".join(properties)}</w:pPr>{content}</w:p>'
