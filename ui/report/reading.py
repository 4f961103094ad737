"""读表 (reading): what the window says about a report: figures in doubt, hints for blank sections, counts of words and items.

Pure functions of what follows from the record; nothing is shown here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.dataitems import Item, count_stale, items_of, resolve, split
from perfdesk.model import Block, Severity, flatten
from perfdesk.outline import BODY, Line, binding_of, line_of
from perfdesk.wordcount import count_words
from ui.report.looks import OBJECT
from ui.report.paper import Stretch
from ui.widgets.search import plain_text

if TYPE_CHECKING:
    from perfdesk.dataitems import Figures
    from perfdesk.derive import Derived
    from perfdesk.model import Binding, Finding, Record
    from perfdesk.sheet import Cell
    from perfdesk.template import Template

_NUMBER: Final = re.compile(r"\d+(?:[,，]\d{3})*(?:\.\d+)?")
_SEPARATORS: Final = str.maketrans("", "", ",，")
_DOUBTFUL: Final = frozenset({Severity.ERROR, Severity.WARNING})
WRITE_HERE: Final = "在这里写"


class Words(NamedTuple):
    """字数 of the whole report and of the section with the caret."""

    whole: int
    section: int


@lru_cache(maxsize=4096)
def shown(text: str) -> str:
    """Return a paragraph as the page counts its characters: one object character for a data item."""
    return "".join(OBJECT if isinstance(run, Item) else run for run in split(text))


def doubts_of(derived: Derived, lines: tuple[Line, ...]) -> tuple[Stretch, ...]:
    """Return the typed figures that 错误 and 警告 name, where they stand."""
    made: dict[Stretch, None] = {}
    for finding in flatten(derived.findings):
        if finding.severity in _DOUBTFUL:
            made.update(dict.fromkeys(_named_in(finding, lines)))
    return tuple(sorted(made))


def _named_in(finding: Finding, lines: tuple[Line, ...]) -> Iterator[Stretch]:
    named = _figures_in(finding.message)
    places = tuple(one for one in (finding.binding, *finding.also) if one is not None)
    for at in {at for place in places for at in _lines_at(place, lines)}:
        yield from (Stretch(at, first, length) for first, length in _standing(shown(lines[at].text), named))


@lru_cache(maxsize=512)  # at every keystroke, all findings but few are the same as before
def _figures_in(message: str) -> frozenset[str]:
    return frozenset(one.translate(_SEPARATORS) for one in _NUMBER.findall(message))


@lru_cache(maxsize=4096)
def _standing(text: str, figures: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Return where one of these figures stands in a text, and how long it is there."""
    found = (match for match in _NUMBER.finditer(text) if match.group().translate(_SEPARATORS) in figures)
    return tuple((match.start(), match.end() - match.start()) for match in found)


def _lines_at(place: Binding, lines: tuple[Line, ...]) -> Iterator[int]:
    """Yield the lines a place means: its paragraph, or all of a section."""
    at = line_of(lines, place)
    if at < 0:
        return
    yield at
    if lines[at].level != BODY:
        while at + 1 < len(lines) and lines[at + 1].level == BODY:
            at += 1
            yield at


def hints_of(template: Template, lines: tuple[Line, ...]) -> dict[int, str]:
    """Return what is expected in the blank line below a heading: the template's words, else the general ones."""
    expected = {one.text.strip(): one.hint for one in template.outline if one.hint}
    found = {}
    for at, (level, text) in enumerate(lines):
        if level != BODY and is_to_be_written(lines, at):
            found[at + 1] = expected.get(text.strip(), WRITE_HERE)
    return found


def is_to_be_written(lines: tuple[Line, ...], at: int) -> bool:
    """Tell whether line ``at`` is a heading with one blank line below it, and nothing else."""
    below = lines[at + 1 : at + 3]
    alone = len(below) == 1 or (len(below) == 2 and below[1].level != BODY)
    return lines[at].level != BODY and alone and below[0] == Line(BODY, "")


def cell_at(cells: tuple[Cell, ...], place: Binding) -> Cell | None:
    """Return the cell of a place: its own on the cover, the last one of its section in the text."""
    of_section = place.block is Block.SECTIONS
    for cell in reversed(cells):
        here = cell.binding
        if here is not None and (here == place or (of_section and (here.block, here.row) == (place.block, place.row))):
            return cell
    return None


def words_of(lines: tuple[Line, ...], at: int, figures: Figures) -> Words:
    """Count the 字数 of the report and of the section that line ``at`` is in, headings included, items as they are printed."""
    here = binding_of(lines, at).row if lines else 0
    whole = section = 0
    row = -1
    for level, text in lines:
        row += level != BODY
        count = _count(text, figures)
        whole += count
        section += count if row == here else 0
    return Words(whole, section)


@lru_cache(maxsize=4096)
def _count(text: str, figures: Figures) -> int:
    return count_words(resolve(text, figures))


def found_in(lines: tuple[Line, ...], wanted: str) -> tuple[Stretch, ...]:
    """Return where ``wanted`` (reduced by ``plain_text``) stands in plain text; data items are not looked into."""
    return tuple(hit for at, line in enumerate(lines) for hit in _hits(at, shown(line.text), wanted)) if wanted else ()


def _hits(at: int, text: str, wanted: str) -> Iterator[Stretch]:
    if wanted not in plain_text(text):
        return
    letters = [(place, letter) for place, char in enumerate(text) for letter in plain_text(char)]
    plain = "".join(letter for _, letter in letters)
    start = plain.find(wanted)
    while start >= 0:
        first, last = letters[start][0], letters[start + len(wanted) - 1][0]
        yield Stretch(at, first, last + 1 - first)
        start = plain.find(wanted, start + len(wanted))


def items_state(record: Record, figures: Figures) -> tuple[int, int]:
    """Return how many data items the report has, and how many of them remember another figure than there is now."""
    return len(items_of(record)), count_stale(record, figures)


def findings_at(findings: tuple[Finding, ...], place: Binding) -> tuple[Finding, ...]:
    """Return the findings about the section of a place; on the cover, those about its fields."""
    return tuple(
        one
        for one in findings
        if any(
            other is not None and (other.block, other.row) == (place.block, place.row)
            for other in (one.binding, *one.also)
        )
    )
