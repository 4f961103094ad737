"""提纲 (outline): the sections of a report as a tree, and as the lines of a page.

Changes of the structure (小节 in, out, up and down, a paragraph made a heading) and of texts that reach over several paragraphs.
Pure functions of sections; headings that print a number of their level (一、 （一） 1.) are numbered anew among their siblings.
A *line* is one paragraph of the page, heading or body; an offset counts characters as they are shown, a data item as one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from perfdesk.dataitems import Item, split, write
from perfdesk.model import Binding, Block, Section

BODY: Final = 0
DEEPEST: Final = 3
HEADING: Final = "heading"
_DIGITS: Final = "零一二三四五六七八九"
_NUMBERS: Final = {
    1: re.compile(r"^[零一二三四五六七八九十]+、"),
    2: re.compile(r"^[（(][零一二三四五六七八九十]+[）)]"),
    3: re.compile(r"^\d+[.．、](?!\d)"),
}

Sections = tuple[Section, ...]


class Line(NamedTuple):
    """One paragraph of the page: ``level`` 1–3 for a heading, 0 for text; ``text`` as the record holds it."""

    level: int
    text: str


class Caret(NamedTuple):
    """A place in the lines: the number of the line, and the characters before it in that line."""

    line: int
    offset: int


# --------------------------------------------------------------------------------------------------------------- lines
def lines_of(sections: Sections) -> tuple[Line, ...]:
    """Return the lines of a report. A section without text or sub-headings has one blank line to type into."""
    lines: list[Line] = []
    for index, section in enumerate(sections):
        lines.append(Line(section.level, section.heading))
        texts = section.paragraphs or (("",) if _is_leaf(sections, index) else ())
        lines += [Line(BODY, text) for text in texts]
    return tuple(lines)


def sections_of(lines: Sequence[Line]) -> Sections:
    """Return the sections of these lines: the opposite of :func:`lines_of`.

    One blank line alone below a heading is no paragraph. Text before the first heading comes below a heading without words.
    """
    return _sections_of(tuple(lines))


@lru_cache(maxsize=8)  # a keystroke asks twice: for the record, and whether the page shows it
def _sections_of(lines: tuple[Line, ...]) -> Sections:
    groups: list[tuple[Line, list[str]]] = []
    for line in lines:
        if line.level != BODY:
            groups.append((line, []))
        else:
            if not groups:
                groups.append((Line(1, ""), []))
            groups[-1][1].append(line.text)
    return tuple(Section(head.level, head.text, () if texts == [""] else tuple(texts)) for head, texts in groups)


def binding_of(lines: Sequence[Line], at: int) -> Binding:
    """Return where the text of line ``at`` lives in the record."""
    heads = _heads(tuple(lines))
    count = bisect_right(heads, at)
    if not count:
        return Binding(Block.SECTIONS, str(at), 0)
    number = at - heads[count - 1] - 1
    return Binding(Block.SECTIONS, str(number) if number >= 0 else HEADING, count - 1)


def line_of(lines: Sequence[Line], binding: Binding) -> int:
    """Return the line a binding of a section points to: the heading where the paragraph is not there, -1 for a strange place."""
    heads = _heads(tuple(lines))
    if binding.block is not Block.SECTIONS or not 0 <= binding.row < len(heads):
        return -1
    head = heads[binding.row]
    at = head + 1 + int(binding.key) if binding.key.isdecimal() else head
    following = heads[binding.row + 1] if binding.row + 1 < len(heads) else len(lines)
    return at if at < following else head


@lru_cache(maxsize=8)  # at every keystroke, each finding asks for its line
def _heads(lines: tuple[Line, ...]) -> tuple[int, ...]:
    """Return the numbers of the lines that are headings."""
    return tuple(number for number, line in enumerate(lines) if line.level != BODY)


# --------------------------------------------------------------------------------------------------------------- texts
def halves(text: str, offset: int) -> tuple[str, str]:
    """Cut a paragraph after ``offset`` shown characters; a data item counts as one and is never cut."""
    left: list[str | Item] = []
    right: list[str | Item] = []
    for run in split(text):
        length = 1 if isinstance(run, Item) else len(run)
        if offset >= length:
            left.append(run)
        elif offset <= 0 or isinstance(run, Item):
            right.append(run)
        else:
            left.append(run[:offset])
            right.append(run[offset:])
        offset -= length
    return write(left), write(right)


def cut(lines: Sequence[Line], start: Caret, end: Caret) -> tuple[Line, ...]:
    """Take out the text from ``start`` to ``end``, which lie in different lines. Headings stay as they are, in their places."""
    made, joins = list(lines[: start.line]), False
    for number in range(start.line, end.line + 1):
        line = lines[number]
        if line.level != BODY:
            made.append(line)
            joins = False
            continue
        left = halves(line.text, start.offset)[0] if number == start.line else ""
        right = halves(line.text, end.offset)[1] if number == end.line else ""
        if joins:
            made[-1] = Line(BODY, made[-1].text + right)
        elif number in {start.line, end.line}:
            made.append(Line(BODY, left + right))
            joins = True
    return (*made, *lines[end.line + 1 :])


def put(lines: Sequence[Line], at: Caret, texts: Sequence[str]) -> tuple[tuple[Line, ...], Caret]:
    """Put paragraphs in at a place: the first and the last join what stands there. A heading takes them as one line of words."""
    line = lines[at.line]
    left, right = halves(line.text, at.offset)
    if line.level != BODY:
        words = "".join(texts)
        return (*lines[: at.line], line._replace(text=left + words + right), *lines[at.line + 1 :]), Caret(
            at.line, at.offset + shown_length(words)
        )
    new = [*texts]
    new[0] = left + new[0]
    caret = Caret(at.line + len(new) - 1, shown_length(new[-1]))
    new[-1] += right
    return (*lines[: at.line], *(Line(BODY, text) for text in new), *lines[at.line + 1 :]), caret


def shown_length(text: str) -> int:
    """Return how many characters of a paragraph are shown, a data item counted as one."""
    return sum(1 if isinstance(run, Item) else len(run) for run in split(text))


def restyle(lines: Sequence[Line], at: int, level: int) -> tuple[Line, ...]:
    """Make line ``at`` a heading of that level, or text with 0. The first line of a report is always a heading."""
    if at == 0 and level == BODY:
        return tuple(lines)
    return (*lines[:at], Line(level, lines[at].text), *lines[at + 1 :])


# ---------------------------------------------------------------------------------------------------------------- tree
def end_of(sections: Sections, index: int) -> int:
    """Return the index after the last sub-section of a section."""
    level = sections[index].level
    return next((at for at in range(index + 1, len(sections)) if sections[at].level <= level), len(sections))


def parent_of(sections: Sections, index: int) -> int:
    """Return the section above, -1 for one of the top."""
    level = sections[index].level
    return next((at for at in range(index - 1, -1, -1) if sections[at].level < level), -1)


def insert_section(sections: Sections, index: int) -> tuple[Sections, int]:
    """插入小节: a heading after section ``index``, of its level (below 「一、」: of the second); return it with its index."""
    if not sections:
        return (Section(1, number_of(1, 1)),), 0
    level = max(sections[index].level, 2)
    at = end_of(sections, index)
    new = Section(level, number_of(level, 1))
    return _renumbered((*sections[:at], new, *sections[at:]), at), at


def delete_section(sections: Sections, index: int) -> Sections:
    """删除小节 with its sub-sections."""
    left = (*sections[:index], *sections[end_of(sections, index) :])
    level, parent = sections[index].level, parent_of(sections, index)
    return _renumber(left, parent, level)


def duplicate_section(sections: Sections, index: int) -> tuple[Sections, int]:
    """复制小节 with its sub-sections, below itself; return it with the index of the new one."""
    end = end_of(sections, index)
    return _renumbered((*sections[:end], *sections[index:end], *sections[end:]), end), end


def move_section(sections: Sections, index: int, step: int) -> tuple[Sections, int]:
    """上移 (-1) or 下移 (+1) among the siblings, sub-sections included; at the end of the row nothing changes."""
    end = end_of(sections, index)
    first = index if step > 0 else _sibling_before(sections, index)
    middle = end if step > 0 else index
    if first < 0 or middle >= len(sections) or sections[middle].level != sections[index].level:
        return sections, index
    last = end_of(sections, middle)
    moved = (*sections[:first], *sections[middle:last], *sections[first:middle], *sections[last:])
    at = first if step < 0 else first + last - middle
    return _renumbered(moved, at), at


def number_of(level: int, number: int) -> str:
    """Return the number a heading begins with: 「一、」, 「（一）」, 「1.」."""
    if level == DEEPEST:
        return f"{number}."
    return f"{_chinese(number)}、" if level == 1 else f"（{_chinese(number)}）"


def _chinese(number: int) -> str:
    """Write 1–99 in Chinese: 十一, 二十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def _is_leaf(sections: Sections, index: int) -> bool:
    return index + 1 == len(sections) or sections[index + 1].level <= sections[index].level


def _sibling_before(sections: Sections, index: int) -> int:
    """Return the sibling above, -1 where there is none."""
    parent, level = parent_of(sections, index), sections[index].level
    return next((at for at in range(index - 1, parent, -1) if sections[at].level == level), -1)


def _renumbered(sections: Sections, index: int) -> Sections:
    return _renumber(sections, parent_of(sections, index), sections[index].level)


def _renumber(sections: Sections, parent: int, level: int) -> Sections:
    """Number the headings of ``level`` below ``parent`` one after the other; those without a number stay without."""
    end = end_of(sections, parent) if parent >= 0 else len(sections)
    made, count = list(sections), 0
    for at in range(parent + 1, end):
        found = _NUMBERS[level].match(made[at].heading) if made[at].level == level else None
        if found is None:
            continue
        count += 1
        words = _count_written(found.group(), level, count) + made[at].heading[found.end() :]
        made[at] = Section(level, words, made[at].paragraphs)
    return tuple(made)


def _count_written(old: str, level: int, count: int) -> str:
    """Write a number with the signs the heading had: 「(二)」 stays in half-width brackets."""
    number = str(count) if level == DEEPEST else _chinese(count)
    if level == 2:
        return f"{old[0]}{number}{old[-1]}"
    return f"{number}{old[-1]}"
