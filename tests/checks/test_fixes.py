"""改正 on every form, whatever was typed, ticked, inserted and deleted: the fault is gone, nothing new is wrong, one step each."""

from __future__ import annotations

import os
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfdesk.derive import derive, follow
from perfdesk.editing import get_text, set_text
from perfdesk.model import Finding, Fix, Record, Severity, flatten
from perfdesk.template import Template
from tests.conftest import ROOT
from tests.random_edits import MOVES, Move, make_move
from tests.test_every_template import beginning

NAMES = sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml"))


def errors(found: tuple[Finding, ...]) -> set[tuple[str, object]]:
    return {(one.code, one.binding) for one in flatten(found) if one.severity is Severity.ERROR}


def applied(template: Template, record: Record, fix: Fix) -> Record:
    after = record
    for binding, text in fix.edits:
        after = set_text(after, binding, text)
    return follow(template, record, after)


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=int(os.environ.get("PERFDESK_EDITS", "12")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moves=st.lists(MOVES, max_size=8), begins_filled=st.booleans())
def test_every_fix_keeps_its_word(
    templates: Mapping[str, Template], name: str, moves: list[Move], begins_filled: bool
) -> None:
    template = templates[name]
    record = beginning(template, is_filled=begins_filled)
    for move in moves:
        record = make_move(template, record, move)
    derived = derive(template, record)
    for one in flatten(derived.findings):
        if one.fix is None:
            continue
        changed = [get_text(derived.record, binding) != text for binding, text in one.fix.edits]
        assert any(changed), one.fix
        assert not one.fix.preview or len(one.fix.preview) <= len(one.fix.edits), one.fix
        assert len(one.fix.edits) == 1 or one.fix.preview, one.fix
        after = derive(template, applied(template, derived.record, one.fix)).findings
        assert (one.code, one.binding) not in {(each.code, each.binding) for each in flatten(after)}, one.fix
        assert errors(after) <= errors(derived.findings), one.fix
