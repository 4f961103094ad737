"""报告 (reports): a report is checked as it reads, what its own sentences say about each other.

The year's forms are compared in ``perfdesk.checks.between``. Headings, the sums of one paragraph and figures that stand in several
paragraphs are judged in modules of their own; a section that did not change is not read again.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from perfdesk.checks.context import Context
from perfdesk.checks.report.concepts import Named, Overspent, by_concept, exceeding, named_in, over_budget, two_values
from perfdesk.checks.report.headings import empty_sections
from perfdesk.checks.report.paragraphs import paragraphs, places
from perfdesk.checks.report.sums import in_paragraph
from perfdesk.model import Finding, Section


class _Read(NamedTuple):
    """A section as it is read: what is wrong in its paragraphs, and the amounts of known concepts in them."""

    findings: tuple[Finding, ...]
    named: tuple[Named, ...]


def report(context: Context) -> Iterator[Finding]:
    """Yield what is wrong in the text of a report; a form has none."""
    sections = context.record.sections
    if not sections:
        return
    yield from empty_sections(sections, context.template.outline)
    read = _read_all(sections)
    for one in read:
        yield from one.findings
    named = by_concept(one for section in read for one in section.named)
    yield from two_values(named)
    yield from over_budget(named)


def overspent(sections: tuple[Section, ...]) -> tuple[Overspent, ...]:
    """Return what a report says was spent beyond its budget: 公用经费 341.62 万元 planned, 546.1 万元 spent."""
    return tuple(exceeding(by_concept(one for read in _read_all(sections) for one in read.named)))


def _read_all(sections: tuple[Section, ...]) -> list[_Read]:
    pairs = zip(sections, places(sections), strict=True)
    return [_read(section, where, row) for row, (section, where) in enumerate(pairs)]


@lru_cache(maxsize=256)  # a keystroke changes one section of many
def _read(section: Section, where: str, row: int) -> _Read:
    """Judge each paragraph of a section by itself and note the amounts it names."""
    read = paragraphs(section, where, row)
    return _Read(
        tuple(found for one in read for found in in_paragraph(one)),
        tuple(named for one in read for named in named_in(one)),
    )
