"""What is in order, or only begun, is left in peace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from perfdesk.editing import new_record
from perfdesk.model import Indicator, Severity
from perfdesk.template import Template
from tests.checks.support import GOOD, NATIONAL, QIANNAN, codes, findings, with_row


def test_a_form_without_a_fault_has_no_finding() -> None:
    assert findings(GOOD) == ()


@pytest.mark.parametrize("template", [NATIONAL, QIANNAN], ids=lambda one: one.id)
def test_a_blank_new_form_has_no_finding(template: Template) -> None:
    assert findings(new_record(template, record_id="1", year=2024), template) == ()


def test_a_form_without_rows_has_no_finding() -> None:
    assert findings(replace(GOOD, indicators=(), funds=())) == ()


@pytest.mark.parametrize("reached", range(1, 6))
def test_filling_in_from_the_top_raises_no_more_than_the_weights_sum(reached: int) -> None:
    blank = [Indicator(level1=one.level1, level2=one.level2) for one in GOOD.indicators[reached:]]
    record = replace(GOOD, indicators=(*GOOD.indicators[:reached], *blank))
    errors = {one.code for one in findings(record) if one.severity is Severity.ERROR}
    assert errors == {"weight-sum"}


def test_the_row_being_typed_is_left_in_peace() -> None:
    begun = replace(GOOD.indicators[5], actual="", weight="")
    assert codes(replace(GOOD, indicators=(*GOOD.indicators[:5], begun))) == set()


def test_goals_carried_over_ask_only_for_their_results() -> None:
    record = GOOD
    for index in range(len(GOOD.indicators)):
        record = with_row(index, record, actual="", reason="")
    assert codes(record) == {"actual-missing"}
