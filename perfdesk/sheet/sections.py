"""A report's sections as rows of the sheet: a heading or a paragraph each, the data items with their present texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from perfdesk.dataitems import figures_of, plain, refresh
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
    sections = refresh(record, figures_of(gathered)).sections
    for index, section in enumerate(sections):
        cells = _cells_of(section, top, index, is_leaf=_is_leaf(sections, index))
        yield from cells
        top += len(cells)


@lru_cache(maxsize=256)  # at every keystroke, all sections but one are the same as before
def _cells_of(section: Section, top: int, index: int, *, is_leaf: bool) -> tuple[Cell, ...]:
    cells = [_heading(section, top, index, is_leaf=is_leaf)] if section.heading.strip() else []
    for number, paragraph in enumerate(section.paragraphs):
        if paragraph.strip():
            row, binding = top + len(cells), Binding(Block.SECTIONS, str(number), row=index)
            text = _indented(plain(paragraph))
            cells.append(Cell(row, 0, 1, 1, text, Role.BODY, Align.LEFT, binding, "正文", section.heading))
    return tuple(cells)


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
