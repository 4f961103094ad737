"""Merging whatever two people did to a form: what one of them left alone is as the other has it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfdesk.derive import Derived, derive
from perfdesk.merging.fields import Side, differences, merged
from perfdesk.model import Record
from perfdesk.snapshots import content_of
from perfdesk.template import Template
from tests.conftest import ROOT
from tests.filled_forms import filled
from tests.random_edits import MOVES, Move, make_move

NAMES = sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml"))


def edited(template: Template, record: Record, moves: list[Move]) -> Record:
    for move in moves:
        record = make_move(template, record, move)
    return record


def auto(incoming: Derived, here: Derived, base: Derived) -> Record:
    """What is made without asking anybody."""
    found = differences(incoming, here, base)
    return merged(incoming, here, base.record, (one.line for one in found if one.side is Side.PACKAGE))


def shown(template: Template, record: Record) -> list[str]:
    """What the form prints; blanks alone count as nothing typed."""
    return [cell.text.strip() for cell in derive(template, record).sheet.cells]


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_what_nobody_here_touched_is_as_the_package_has_it(
    templates: Mapping[str, Template], name: str, data: st.DataObject
) -> None:
    template = templates[name]
    base = filled(template)
    theirs = edited(template, base, data.draw(st.lists(MOVES, max_size=4)))
    there, here = derive(template, theirs), derive(template, base)
    found = differences(there, here, here)
    assert {one.side for one in found} <= {Side.PACKAGE, Side.UNKNOWN}


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_a_package_that_changed_nothing_changes_nothing(
    templates: Mapping[str, Template], name: str, data: st.DataObject
) -> None:
    template = templates[name]
    base = filled(template)
    mine = edited(template, base, data.draw(st.lists(MOVES, max_size=4)))
    here, there = derive(template, mine), derive(template, base)
    assert content_of(auto(there, here, there)) == content_of(here.record)


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_typed_fields_of_both_come_together(templates: Mapping[str, Template], name: str, data: st.DataObject) -> None:
    """Without rows that come and go the form is exactly the package's where nothing was changed here."""
    template = templates[name]
    base = filled(template)
    typing = MOVES.filter(lambda move: move.kind in {"type", "choose"} and not move.text.isspace())
    theirs = edited(template, base, data.draw(st.lists(typing, max_size=4)))
    here, there = derive(template, base), derive(template, theirs)
    made = auto(there, here, here)
    assert shown(template, made) == shown(template, theirs)
