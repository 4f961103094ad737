"""What is kept from one keystroke to the next changes nothing: after any edits, derive gives what it gives for the first time."""

from __future__ import annotations

import functools
import gc
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.derive import Derived, derive
from perfdesk.model import Record
from perfdesk.template import Filled, Template
from tests.conftest import ROOT
from tests.filled_forms import filled
from tests.random_edits import MOVES, Move, make_move

NAMES = sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml"))
KEPT = type(functools.lru_cache(len))
GOES_WITH = ("qiannan-2024-project-self", "national-2020-department-self")


def forget() -> int:
    """Empty every cache of the core; return how many there were."""
    caches: list[Any] = [one for one in gc.get_objects() if isinstance(one, KEPT)]
    own = [one for one in caches if str(one.__module__).startswith("perfdesk.")]
    for one in own:
        one.cache_clear()
    return len(own)


def around(templates: Mapping[str, Template], template: Template, record: Record) -> tuple[Filled, ...]:
    """Return the same form of the year before, and two other forms of this year."""
    before = replace(record, id="before", year=record.year - 1)
    others = ((templates[name], filled(templates[name])) for name in GOES_WITH if name in templates)
    return (Filled(template, before), *(Filled(one, replace(made, id=f"other-{one.id}")) for one, made in others))


def results(derived: Derived) -> tuple[object, ...]:
    return (
        derived.record,
        derived.assessment,
        (derived.gathered.figures, derived.gathered.rows, derived.gathered.total),
        derived.sheet,
        derived.findings,
        derived.completion,
        derived.verdict,
        derived.sentence,
    )


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(MOVES, min_size=1, max_size=12))
def test_what_is_kept_between_two_keystrokes_changes_no_result(
    templates: Mapping[str, Template], name: str, moves: list[Move]
) -> None:
    template = templates[name]
    record = filled(template)
    others = around(templates, template, record)
    kept = derive(template, record, others)
    for move in moves:
        record = make_move(template, kept.record, move)
        kept = derive(template, record, others)
        assert kept.findings is kept.findings, "computed once"
    assert forget() > 50, "the caches were found"
    assert results(derive(template, record, others)) == results(kept)
