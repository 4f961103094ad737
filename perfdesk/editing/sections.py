"""The text of one 章节 (section) of a report by its key: ``heading``, ``text`` (a paragraph each line) or a paragraph's number."""

from __future__ import annotations

from dataclasses import replace

from perfdesk.model import Section

HEADING = "heading"
TEXT = "text"


def _number(key: str) -> int | None:
    """Return the number of a paragraph, ``"0"`` … ; ``None`` for any other key."""
    return int(key) if key.isascii() and key.isdecimal() else None


def section_text(section: Section, key: str) -> str:
    """Return the text at a key; a paragraph that is not there is blank."""
    if key == HEADING:
        return section.heading
    if key == TEXT:
        return "\n".join(section.paragraphs)
    number = _number(key)
    return section.paragraphs[number] if number is not None and number < len(section.paragraphs) else ""


def with_section_text(section: Section, key: str, text: str) -> Section:
    """Return the section with ``text`` at a key.

    The number after the last paragraph begins a new one; the last one goes when it is cleared. A strange key changes nothing.
    """
    if key == HEADING:
        return replace(section, heading=text)
    if key == TEXT:
        return replace(section, paragraphs=tuple(text.split("\n")) if text else ())
    number = _number(key)
    old = section.paragraphs
    if number is None or number > len(old):
        return section
    new = (text,) if text or number < len(old) - 1 else ()
    return replace(section, paragraphs=(*old[:number], *new, *old[number + 1 :]))


def section_difference(old: Section, new: Section) -> str:
    """Return the key of the first text in which two versions of a section differ."""
    if (old.level, old.heading) != (new.level, new.heading):
        return HEADING
    pairs = enumerate(zip(old.paragraphs, new.paragraphs, strict=False))
    shorter = min(len(old.paragraphs), len(new.paragraphs))
    return str(next((number for number, (a, b) in pairs if a != b), shorter))
