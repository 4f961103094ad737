"""The published forms against their answer key, and the page that tells the result."""

from __future__ import annotations

import pytest

from perfdesk.model import Severity
from tests.accuracy import document, published
from tests.accuracy.matching import Entry, Raised, compare

pytestmark = pytest.mark.skipif(not published.is_here(), reason="the published forms are not here")


def test_every_miss_is_explained_and_every_explanation_is_needed() -> None:
    missed = {(outcome.form, entry) for outcome in published.outcomes() for entry in outcome.missed}
    assert missed == set(published.UNSEEN)


def test_what_is_raised_beyond_the_key_has_been_looked_at() -> None:
    beyond = {(outcome.form, one.entry) for outcome in published.outcomes() for one in outcome.beyond}
    assert beyond == set(published.RIGHT)


def test_at_most_one_unlisted_warning_per_form() -> None:
    outcomes = published.outcomes()
    unlisted = [one for outcome in outcomes for one in outcome.beyond if one.severity is Severity.WARNING]
    assert len(unlisted) <= len(outcomes)


def test_the_page_tells_the_figures_of_today() -> None:
    page = document.PAGE.read_text("utf-8")
    assert page == document.renewed(page)


def test_places_are_compared_by_their_words() -> None:
    key = (Entry("text-sum", "一、（四）三公经费"), Entry("text-sum", "二、（一）/（三）"), Entry("cross-form", "合计"))
    got = tuple(
        Raised("text-sum", where, Severity.WARNING, "") for where in ("二、（一）／二、（三）", "一、（四）", "三、")
    )
    outcome = compare("form", key, got)
    assert set(outcome.found) == set(key[:2])
    assert outcome.missed == key[2:]
    assert [one.where for one in outcome.beyond] == ["三、"]
