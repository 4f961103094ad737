"""改动: what differs between two states of a form leads from one to the other; a row put in is one change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfdesk.model import FundRow, Indicator, ListRow, Record, Section
from perfdesk.snapshots import content_of, record_of, state_of
from perfdesk.store.changes import Change, apply, backwards, difference

Form = Callable[..., Record]

TEXTS = st.sampled_from(("", "72件", "≥70件", "=1+1", "𬭎\ud800", "第一行\n第二行"))
MAPS = st.dictionaries(st.sampled_from(("project_name", "agency", "goal_actual", "unknown")), TEXTS, max_size=3)
ROWS = st.lists(st.builds(Indicator, level1=TEXTS, name=TEXTS, actual=TEXTS), max_size=4).map(tuple)
RECORDS = st.builds(
    Record,
    id=st.just("form"),
    template_id=st.just("t"),
    year=st.just(2024),
    bureau=TEXTS,
    values=MAPS,
    stated=MAPS,
    funds=st.lists(st.builds(FundRow, label=TEXTS, executed=TEXTS), max_size=3).map(tuple),
    indicators=ROWS,
    rows=st.lists(MAPS.map(ListRow.of), max_size=3).map(tuple),
    sections=st.lists(
        st.builds(Section, st.integers(1, 3), TEXTS, st.lists(TEXTS, max_size=3).map(tuple)), max_size=3
    ).map(tuple),
)


@given(RECORDS, RECORDS)
def test_the_difference_leads_there_and_back(before: Record, after: Record) -> None:
    changes = difference(content_of(before), content_of(after))
    assert record_of(apply(content_of(before), changes)) == after
    assert record_of(apply(content_of(after), backwards(changes))) == before
    assert bool(changes) == (before != after)


@given(st.lists(RECORDS, min_size=2, max_size=5))
def test_a_history_replays(states: list[Record]) -> None:
    content = content_of(states[0])
    for before, after in pairwise(states):
        content = apply(content, difference(content_of(before), content_of(after)))
    assert record_of(content) == states[-1]


def test_a_cell_is_one_change_with_its_place(form: Form) -> None:
    before = form(1)
    rows = list(before.indicators)
    rows[3] = replace(rows[3], actual="70件")
    assert difference(content_of(before), content_of(replace(before, indicators=tuple(rows)))) == (
        Change(("indicators", 3, "actual"), "1件", "70件"),
    )


def test_a_row_put_in_is_one_change(form: Form) -> None:
    before = form(1)
    rows = (before.indicators[0], Indicator("产出指标", name="培训人数"), *before.indicators[1:])
    (change,) = difference(content_of(before), content_of(replace(before, indicators=rows)))
    assert change == Change(("indicators", 1), [], [{"level1": "产出指标", "name": "培训人数"}])


@pytest.mark.parametrize(
    "change",
    [
        Change(("indicators", 99, "actual"), None, "1"),
        Change(("indicators", 0, "actual"), "不是这个", "1"),
        Change(("values", "project_name"), "不是这个", "1"),
        Change(("funds", 0), [{"label": "不是这行"}], []),
        Change(("nowhere", "at", "all"), None, "1"),
    ],
)
def test_a_change_of_another_form_is_refused(form: Form, change: Change) -> None:
    content = content_of(form(1))
    with pytest.raises(ValueError, match=str(change.path[0])):
        apply(content, [change])
    assert content == content_of(form(1))


def state(record: Record) -> str:
    return state_of(content_of(record))


def test_the_state_is_that_of_the_content(form: Form) -> None:
    record = form(1)
    assert state(record) == state(replace(record, values={**dict(reversed(list(record.values.items()))), "blank": ""}))
    for other in (replace(record, extra="{}"), replace(record, bureau="乙县司法局"), replace(record, year=2025)):
        assert state(other) != state(record)
