"""标题 (headings) of a report: blank, with nothing under them, or nearly those of the outline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from perfdesk.checks.catalogue import Place, finding
from perfdesk.checks.report.paragraphs import caption
from perfdesk.checks.wording import put, quote
from perfdesk.model import Binding, Block, Finding, Section
from perfdesk.template import Heading

_ALIKE: Final = 0.75  # of two headings, by ``SequenceMatcher``


def empty_sections(sections: tuple[Section, ...], outline: tuple[Heading, ...]) -> Iterator[Finding]:
    """empty-section: a heading is blank or nothing stands under it, or its words are nearly those of the outline."""
    right = {_bare(heading.text) for heading in outline}
    for index, section in enumerate(sections):
        called = caption(section.heading, index)
        place = Place(called, Binding(Block.SECTIONS, "heading", row=index))
        meant = "" if _bare(section.heading) in right else _meant(section, outline)
        if not section.heading.strip():
            message = f"{called}空着，请写上标题，用不着的小节可以删除。"
            yield finding("empty-section", place, title="标题空着", message=message)
        elif _is_empty(sections, index):
            yield finding(
                "empty-section",
                place,
                title="标题下没有正文",
                message=f"{quote(section.heading)}下面没有写，"
                + (f"标题应为{quote(meant)}，" if meant else "")
                + "没有这方面情况的写“无”。",
            )
        elif meant:
            yield finding(
                "empty-section",
                place,
                title="标题与提纲不符",
                message=f"标题{quote(section.heading)}，提纲是{quote(meant)}，可能有错字。",
                fix=put("改为提纲的标题", Binding(Block.SECTIONS, "heading", row=index), meant),
            )


def _is_empty(sections: tuple[Section, ...], index: int) -> bool:
    if any(text.strip() for text in sections[index].paragraphs):
        return False
    return index + 1 == len(sections) or sections[index + 1].level <= sections[index].level


def _meant(section: Section, outline: tuple[Heading, ...]) -> str:
    """The heading of the outline that a garbled one stands for; ``""`` when it is another one altogether."""
    own = _bare(section.heading)
    for heading in outline:
        other = _bare(heading.text)
        is_near = heading.level == section.level and abs(len(own) - len(other)) <= 1
        if is_near and SequenceMatcher(None, own, other, autojunk=False).ratio() >= _ALIKE:
            return heading.text
    return ""


@lru_cache(maxsize=256)
def _bare(heading: str) -> str:
    return re.sub(r"[\s，。；;,.：:]", "", heading)
