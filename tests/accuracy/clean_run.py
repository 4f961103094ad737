"""Check many correct forms and say which of them were blamed, and for what."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from perfdesk.checks import check
from perfdesk.model import Severity, flatten
from perfdesk.scoring import assess
from perfdesk.template import Filled
from tests.accuracy.clean import forms
from tests.accuracy.clean_ratings import ratings


def blame(form: Filled) -> tuple[str, ...]:
    """Return what is wrong with a form, 提示 aside: one line for each finding, with its cell's texts."""
    template, record = form
    found = flatten(check(template, record, assess(template, record)))
    return tuple(
        f"{template.id} × {template.policy.id}: {one.code} {one.where}: {one.message}"
        for one in found
        if one.severity is not Severity.HINT
    )


def run(count: int) -> list[str]:
    """Make and check that many forms, the same ones each time; return the blame."""
    blamed: list[str] = []

    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(forms(), forms(), forms(), ratings()))
    def each(form: Filled) -> None:
        blamed.extend(blame(form))

    each()
    return blamed
