"""A form that is correct by construction has no 错误 and no 警告; ``make accuracy`` asks the same of 2,000 forms."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from perfdesk.model import Severity, flatten
from perfdesk.policy import Policy
from perfdesk.template import Filled
from tests.accuracy.clean import forms, pairs
from tests.accuracy.clean_ratings import ratings
from tests.accuracy.clean_run import blame
from tests.checks.support import POLICIES, findings, with_row


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(forms())
def test_a_form_made_right_is_left_in_peace(form: Filled) -> None:
    assert blame(form) == ()


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(ratings())
def test_a_rating_made_right_is_left_in_peace(form: Filled) -> None:
    assert blame(form) == ()


def test_every_policy_is_tried_on_every_scored_form() -> None:
    tried: dict[str, set[Policy]] = {}
    for one in pairs():
        tried.setdefault(one.id, set()).add(one.policy)
    assert len(tried) >= 7
    assert all(policies == set(POLICIES.values()) for policies in tried.values())


def test_the_measure_sees_a_fault() -> None:
    wrong = flatten(findings(with_row(0, weight="30")))
    assert any(one.severity is Severity.ERROR for one in wrong)
