"""Paragraphs of a report as they are read: without the marks of data items, with their place in words. Nothing is judged here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.checks.catalogue import Place
from perfdesk.checks.wording import quote
from perfdesk.dataitems import plain as without_items
from perfdesk.model import Binding, Block, Section

_NUMBERING: Final = re.compile(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|[0-9]+[.．、])")


class Paragraph(NamedTuple):
    """A paragraph as it is read: its text, its place in words (二、（一）), its binding, the heading it stands under."""

    text: str
    where: str
    binding: Binding
    heading: str

    @property
    def place(self) -> Place:
        """Where a finding in the paragraph points."""
        return Place(self.where, self.binding)


def all_paragraphs(sections: tuple[Section, ...]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a whole report."""
    for row, (section, where) in enumerate(zip(sections, places(sections), strict=True)):
        yield from paragraphs(section, where, row)


@lru_cache(maxsize=256)  # a keystroke changes one section of many
def paragraphs(section: Section, where: str, row: int) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a section; ``row`` is its place among the sections, ``where`` that place in words."""
    return tuple(
        Paragraph(without_items(text), where, Binding(Block.SECTIONS, str(number), row=row), section.heading)
        for number, text in enumerate(section.paragraphs)
    )


def places(sections: tuple[Section, ...]) -> tuple[str, ...]:
    """Return for every section how people call its place: 二、（一）."""
    return _places(tuple((one.level, one.heading) for one in sections))


@lru_cache(maxsize=64)
def _places(headings: tuple[tuple[int, str], ...]) -> tuple[str, ...]:
    """Return for every section, given by level and heading, how people call its place.

    二、（一）; a heading without a number by its own words.
    """
    found: list[str] = []
    chain: dict[int, str] = {}
    for index, (level, heading) in enumerate(headings):
        match = _NUMBERING.match(heading)
        number = match[0].strip() if match else quote(caption(heading, index))
        chain = {above: name for above, name in chain.items() if above < level} | {level: number}
        found.append("".join(chain.values()).rstrip("、"))
    return tuple(found)


def caption(heading: str, index: int) -> str:
    """Return what people call a section: its heading, or 第几个标题 while that is blank."""
    return heading.strip() or f"第 {index + 1} 个标题"
