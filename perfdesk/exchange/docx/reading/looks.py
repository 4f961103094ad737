"""Paragraph styles of a Word file: heading level, alignment, bold, hidden; what a style does not say its base says."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from perfdesk.exchange.guard import Archive, local, parse
from perfdesk.exchange.guard.markup import Element

STYLES: Final = "word/styles.xml"
"""Where the styles are in a file that does not say."""
_HEADING: Final = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_ALIGNED: Final = {"left": "left", "start": "left", "center": "center", "right": "right", "end": "right"}
_OFF: Final = frozenset({"0", "false", "off", "none"})
_DEEP: Final = 20  # styles upon styles


class Look(NamedTuple):
    """What a paragraph looks like; ``None`` where nothing is said.

    Heading level (0: running text), alignment, bold, hidden, and the list it counts in with the level there (``"0"``: none).
    """

    level: int | None = None
    align: str | None = None
    bold: bool | None = None
    hidden: bool | None = None
    number: str | None = None
    depth: int | None = None

    def over(self, base: Look) -> Look:
        """Return this look with what it does not say taken from ``base``."""
        return Look(
            base.level if self.level is None else self.level,
            base.align if self.align is None else self.align,
            base.bold if self.bold is None else self.bold,
            base.hidden if self.hidden is None else self.hidden,
            base.number if self.number is None else self.number,
            base.depth if self.depth is None else self.depth,
        )


Looks = dict[str, Look]
"""The looks of the styles of a file by id."""


def value(element: Element | None, key: str = "val") -> str | None:
    """Return an attribute whatever its name space; ``None`` where element or attribute are not there."""
    if element is None:
        return None
    return next((text for name, text in element.attrib.items() if local(name) == key or name == key), None)


def switch(element: Element | None) -> bool | None:
    """Read an on-off property: there is on, ``val="0"`` is off, not there is unsaid."""
    if element is None:
        return None
    return (value(element) or "1").lower() not in _OFF


def look_of(properties: Element | None, runs: Element | None) -> Look:
    """Read paragraph properties and the run properties that go with them."""
    level = align = number = depth = None
    if properties is not None:
        outline = value(properties.find("{*}outlineLvl")) or ""
        level = (int(outline) + 1) % 10 if outline.isdigit() and len(outline) == 1 else None
        align = _ALIGNED.get(value(properties.find("{*}jc")) or "")
        number = value(properties.find("{*}numPr/{*}numId"))
        at = value(properties.find("{*}numPr/{*}ilvl")) or ""
        depth = int(at) if at.isdigit() and len(at) == 1 else None
    if runs is None:
        return Look(level, align, number=number, depth=depth)
    return Look(level, align, switch(runs.find("{*}b")), switch(runs.find("{*}vanish")), number, depth)


def read_looks(archive: Archive, member: str, name: str) -> Looks:
    """Read the styles; a file without any has no looks."""
    if member not in archive:
        return {}
    own: Looks = {}
    bases: dict[str, str] = {}
    for style in parse(archive.read(member), name).iter("{*}style"):
        key = value(style, "styleId")
        if key is None:
            continue
        look = look_of(style.find("{*}pPr"), style.find("{*}rPr"))
        heading = _HEADING.match((value(style.find("{*}name")) or "").strip())
        if heading and look.level is None:
            look = look._replace(level=int(heading[1]))
        own[key] = look
        bases[key] = value(style.find("{*}basedOn")) or ""
    return {key: _whole(key, own, bases) for key in own}


def _whole(key: str, own: Looks, bases: dict[str, str]) -> Look:
    look, base = own[key], bases[key]
    for _ in range(_DEEP):
        if base not in own:
            break
        look, base = look.over(own[base]), bases[base]
    return look
