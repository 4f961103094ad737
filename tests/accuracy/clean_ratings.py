"""Ratings that are correct by construction: drawn raw figures, the scores that their rules give, the grade of the total."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from hypothesis import assume
from hypothesis import strategies as st

from perfdesk.amounts import format_score, plain
from perfdesk.editing import new_record
from perfdesk.model import Assessment, Record
from perfdesk.scoring import assess
from perfdesk.template import Field, Filled, Template
from tests.checks.support import POLICIES, TEMPLATES

_FIGURES = ("1", "5", "12", "20", "66", "100", "341.62", "2406.98")


@cache
def pairs() -> tuple[Template, ...]:
    """Every rating with every policy, each pair made once."""
    ratings = [one for one in TEMPLATES.values() if one.rules]
    return tuple(replace(one, policy=policy) for one in ratings for policy in POLICIES.values())


@st.composite
def ratings(draw: st.DrawFn) -> Filled:
    """Draw a rating with all its raw figures; the scores are stated as an imported form does, or left to be computed."""
    template = draw(st.sampled_from(pairs()))
    blank = new_record(template, record_id="1", year=2024, bureau="青山县司法局")
    raws = {one.key: draw(_raw(one)) for one in template.fields if one.raw}
    record = replace(blank, values={**blank.values, **raws, "title": template.title})
    found = assess(template, record)
    assume(found.grade is not None)  # between two printed bands there is none, and that is told
    return Filled(template, _stated(record, found) if draw(st.booleans()) else record)


def _raw(field: Field) -> st.SearchStrategy[str]:
    if field.many:
        met = [one for one in field.choices if one != "均不符合"]
        return st.lists(st.sampled_from(met), min_size=1, unique=True).map("、".join)
    return st.sampled_from(field.choices or _FIGURES)


def _stated(record: Record, found: Assessment) -> Record:
    scores = ("" if one.computed is None else plain(one.computed) for one in found.scores)
    rows = tuple(replace(row, score=score) for row, score in zip(record.indicators, scores, strict=True))
    return replace(
        record, indicators=rows, stated={"total_score": format_score(found.total), "grade": found.grade or ""}
    )
