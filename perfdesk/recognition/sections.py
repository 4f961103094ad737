"""报告 (reports): headings and paragraphs into sections, by Word's own heading styles, else by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from perfdesk.labels import label_forms, match_label
from perfdesk.model import Binding, Block, Section
from perfdesk.recognition.board import Line, Square
from perfdesk.recognition.intake import Intake
from perfdesk.recognition.types import Reading
from perfdesk.template import BlockRole, Template

_NUMBERS: Final = (
    (1, re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．，]\s*\S")),
    (2, re.compile(r"[（(][一二三四五六七八九十]{1,3}[)）]\s*\S")),
    (3, re.compile(r"\d{1,2}\s*[.．、](?!\d)\s*\S")),
)
_CONTENTS: Final = re.compile(r"(\S.*?)(?:\t+|\s*[.．…·]{3,}\s*|\s{3,})[-—\s]*\d{1,3}[-—\s]*$")
_LONGEST: Final = 70
_LONGEST_THIRD: Final = 30
_DEEPEST: Final = 3
_ENDS: Final = ("。", "；", "，", ",")


def is_report(template: Template) -> bool:
    """Tell whether the form is a report."""
    return any(block.role is BlockRole.SECTIONS for block in template.blocks)


def _is_numbered(text: str) -> bool:
    return any(number.match(text) for _, number in _NUMBERS)


def heading_level(text: str) -> int:
    """Return the level a heading's number gives it, 0 for no heading: 「一、」 1, 「（一）」 2, 「1.」 3."""
    level = next((level for level, number in _NUMBERS if number.match(text)), 0)
    if not level or len(text) > (_LONGEST_THIRD if level == _DEEPEST else _LONGEST):
        return 0
    return 0 if text.endswith(_ENDS) and level == _DEEPEST else level


def looks_like_report(lines: Sequence[Line]) -> bool:
    """Tell whether lines are running text with numbered headings rather than a table."""
    texts = [one for one in lines if one.alone is not None]
    headings = sum(1 for one in texts if one.alone is not None and heading_level(one.alone.text) == 1)
    return headings >= _DEEPEST and 2 * len(texts) > len(lines)


def read_sections(intake: Intake, lines: Sequence[Line]) -> None:
    """Read the headings and paragraphs of a report; tables within it stay over and are named."""
    styled = any(line.level for line in lines)
    outline = {match_label(one.text): one.level for one in intake.plan.template.outline}
    seen = False
    contents = _contents(lines)
    for line, next_line in zip_longest(lines, lines[1:]):
        square = line.alone
        if square is None or not intake.is_free(square):
            continue
        after = next_line.alone.text if next_line is not None and next_line.alone is not None else ""
        text = square.text
        if match_label(text) in contents:
            intake.use([square])
            continue
        level = outline.get(match_label(text), 0) or (line.level if styled else _told_by_number(text, after, seen=seen))
        seen = seen or level > 0
        if level:
            _heading(intake, square, min(level, _DEEPEST))
        elif seen:
            _paragraphs(intake, square, outline)


def _contents(lines: Sequence[Line]) -> frozenset[str]:
    """Return the lines of a table of contents whose headings stand in the text as well: they say nothing of their own."""
    texts = [line.alone.text for line in lines if line.alone is not None]
    words = {form for text in texts for form in label_forms(text)}
    found = (_CONTENTS.match(text) for text in texts if len(text) <= 2 * _LONGEST)
    return frozenset(match_label(one.group()) for one in found if one and words & set(label_forms(one.group(1))))


def _told_by_number(text: str, after: str, *, seen: bool) -> int:
    """Return the level a number tells where Word's styles tell nothing: 「1.」 may as well begin a paragraph.

    So may 「（一）…。」: with a full stop it is a heading only when running text follows.
    """
    level = heading_level(text)
    if level == _DEEPEST or (level > 1 and not seen):
        return 0
    if level > 1 and text.endswith(_ENDS) and (not after or _is_numbered(after)):
        return 0
    return level


def _heading(intake: Intake, square: Square, level: int) -> None:
    intake.sections.append(Section(level, square.text))
    _note(intake, "heading", square.text, square)


def _paragraphs(intake: Intake, square: Square, outline: dict[str, int]) -> None:
    """Add running text to the section it stands in; a cell of several paragraphs is several of them."""
    for text in filter(None, (one.strip() for one in square.cell.text.split("\n"))):
        level = outline.get(match_label(text), 0)
        if level:
            _heading(intake, square, level)
            continue
        section = intake.sections[-1]
        intake.sections[-1] = Section(section.level, section.heading, (*section.paragraphs, text))
        _note(intake, str(len(section.paragraphs)), text, square)


def _note(intake: Intake, key: str, text: str, square: Square) -> None:
    """Take note of where a heading or paragraph comes from."""
    binding = Binding(Block.SECTIONS, key, row=len(intake.sections) - 1)
    intake.readings[binding] = Reading(binding, text, (square.place,))
    intake.use([square])


def outline_share(template: Template, words: frozenset[str]) -> float:
    """Return the share (0 to 1) of a report's printed headings among the words."""
    headings = [label_forms(one.text) for one in template.outline]
    found = sum(1 for forms in headings if words & set(forms))
    return found / len(headings) if headings else 0.0
