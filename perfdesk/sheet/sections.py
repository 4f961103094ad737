"""A report's sections as rows of the sheet: a heading or a paragraph each, the data items with their present texts."""

from __future__ import annotations

from collections.abc import Iterator

from perfdesk.dataitems import figures_of, resolve
from perfdesk.model import Binding, Block, Gathered, Record, Section
from perfdesk.sheet.types import Cell, Role
from perfdesk.template import Align

#: 首行缩进: headings and paragraphs begin two characters in (GB/T 9704-2012, 7.3.3).
INDENT = "　　"
_HEADINGS = {1: Role.HEADING1, 2: Role.HEADING2, 3: Role.HEADING3}


def section_cells(record: Record, gathered: Gathered, top: int) -> Iterator[Cell]:
    """Yield one cell for every heading and paragraph, from row ``top`` on; blank ones take no room.

    The heading of a section that nothing stands under is the one to fill: a report is complete when each has a text.
    """
    figures = figures_of(gathered)
    row = top
    for index, section in enumerate(record.sections):
        if section.heading.strip():
            yield _heading(section, row, index, is_leaf=_is_leaf(record.sections, index))
            row += 1
        for number, paragraph in enumerate(section.paragraphs):
            if paragraph.strip():
                binding = Binding(Block.SECTIONS, str(number), row=index)
                text = resolve(paragraph, figures) if "{{" in paragraph else paragraph
                yield Cell(row, 0, 1, 1, _indented(text), Role.BODY, Align.LEFT, binding, "正文", section.heading)
                row += 1


def _heading(section: Section, row: int, index: int, *, is_leaf: bool) -> Cell:
    role = _HEADINGS.get(section.level, Role.HEADING3)
    binding = Binding(Block.SECTIONS, "heading", row=index)
    is_blank = not any(text.strip() for text in section.paragraphs)
    cell = Cell(row, 0, 1, 1, _indented(section.heading), role, Align.LEFT, binding, "标题", section.heading)
    return cell._replace(required=is_leaf, blank=is_leaf and is_blank)


def _is_leaf(sections: tuple[Section, ...], index: int) -> bool:
    """Tell whether a section has no sub-headings of its own."""
    return index + 1 == len(sections) or sections[index + 1].level <= sections[index].level


def _indented(text: str) -> str:
    """Begin every paragraph two characters in, whatever white space it was typed with."""
    return "\n".join(INDENT + line.strip() for line in text.split("\n"))
