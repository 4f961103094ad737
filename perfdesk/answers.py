"""说明 (answers): what the office wrote to the findings of a form, found again after every change and marked when it is stale.

A finding is computed anew after every keystroke, so an answer is kept with what it was about: the code, the words and the cell of
the place, and the figures of the sentence. A row that moves keeps its answer; a figure that changes makes it stale (过时) until
somebody has looked at it again. Nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from perfdesk.model import Answer, Finding, Record, flatten

_FIGURES: Final = re.compile(r"“[^”]*”|\d[\d.,]*[%％‰]?")

_Place = tuple[str, str, str]


def figures(finding: Finding) -> str:
    """Return the figures a finding is about: the numbers and quoted texts of its sentences, without the words between them.

    「执行率填 100%，算得 139.11%。442.92 ÷ 318.4 ＝ 139.11%」 -> ``100% 139.11% 442.92 318.4 139.11%``. The words of a sentence may
    be put better in a later version of the program; an answer stays as long as the figures are the same.
    """
    return " ".join(_FIGURES.findall(f"{finding.title}。{finding.message}"))


def attach(findings: tuple[Finding, ...], answers: tuple[Answer, ...]) -> tuple[Finding, ...]:
    """Return the findings with the answers written to them; an answer about other figures is stale."""
    if not answers:
        return findings
    raised = {(_place(one), figures(one)) for one in flatten(findings)}
    exact = {((one.code, one.where, one.cell), one.figures): one for one in answers}
    older = {place: one for (place, about), one in exact.items() if (place, about) not in raised}
    return tuple(_with_answer(one, exact, older) for one in findings)


def _with_answer(
    finding: Finding, exact: Mapping[tuple[_Place, str], Answer], older: Mapping[_Place, Answer]
) -> Finding:
    place = _place(finding)
    found = exact.get((place, figures(finding)))
    stale = None if found else older.get(place)
    consequences = tuple(_with_answer(one, exact, older) for one in finding.consequences)
    written = found or stale
    return replace(
        finding, answer=written.text if written else "", is_stale=stale is not None, consequences=consequences
    )


def write_answer(record: Record, finding: Finding, text: str) -> Record:
    """Return the record with this 说明 to a finding as :func:`attach` returned it; a blank text takes the answer away.

    The answer that the finding shows is replaced, also a stale one; those to other findings stay.
    """
    place, about = _place(finding), figures(finding)
    kept = tuple(
        one
        for one in record.answers
        if (one.code, one.where, one.cell) != place or not (one.figures == about or one.text == finding.answer)
    )
    fresh = (Answer(*place, figures=about, text=text),) if text.strip() else ()
    return replace(record, answers=(*kept, *fresh))


def _place(finding: Finding) -> _Place:
    return finding.code, finding.where, finding.binding.key if finding.binding else ""
