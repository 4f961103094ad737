"""The grade box of a rating (``grade_bands``): the ticked grade is a stated value, the printed bands are kept with the record.

Each band is an object with its ``grade`` and whether it is ``ticked``; what else it says (range, min, max) is the form's own print.
"""

from __future__ import annotations

from collections.abc import Mapping

from perfdesk.exchange.exchange.intake import Intake
from perfdesk.exchange.exchange.keys import MAX_ROWS, shows
from perfdesk.json_file import Json
from perfdesk.template import Template

GRADE = "grade"
_BANDS = "grade_bands"
_BETWEEN = "、"


def read_grade(intake: Intake) -> dict[str, str]:
    """Return the stated grade, nothing when no box is ticked; a band that says no more than that leaves no trace."""
    if not shows(intake.template, GRADE):
        return {}
    ticked: list[str] = []
    kept: list[Json] = []
    for node in intake.root.nodes(_BANDS, most=MAX_ROWS):
        grade, mark = intake.text(node, GRADE) or "", node.get("ticked")
        if not (mark is None or isinstance(mark, bool)):
            raise node.fail("ticked", " true 或 false", mark)
        ticked += [grade] if mark and grade else []
        rest = node.rest()
        kept += [{GRADE: grade, **rest}] if rest or not mark else []
    intake.keep(_BANDS, kept)
    return {GRADE: _BETWEEN.join(ticked)} if ticked else {}


def write_bands(stated: Mapping[str, str], extra: Mapping[str, Json], template: Template) -> list[Json]:
    """Return the bands as the form prints them, the stated grade ticked; a grade none of them names gets a band of its own."""
    if not shows(template, GRADE):
        return []  # they stay among what is kept, as they came
    kept, grade = extra.get(_BANDS, []), stated.get(GRADE, "")
    words = grade.split(_BETWEEN)
    named = [band[GRADE] for band in kept if band[GRADE] in words]
    is_named = bool(grade) and _BETWEEN.join(named) == grade
    bands = [{**band, "ticked": is_named and band[GRADE] in words} for band in kept]
    return bands if is_named or not grade else [*bands, {GRADE: grade, "ticked": True}]
