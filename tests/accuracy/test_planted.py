"""Our own forms: the clean ones are left in peace, and each planted fault is told at its place and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from perfdesk.checks.catalogue import CATALOGUE
from perfdesk.exchange.exchange import read_records
from tests.accuracy import forms
from tests.checks.support import TEMPLATES

PLANTED = forms.planted()


@pytest.mark.parametrize("name", forms.names())
def test_a_clean_form_is_left_in_peace(name: str, tmp_path: Path) -> None:
    got = forms.told_of(tmp_path / "form.json", forms.form(name))
    assert [one for one in got if one.code not in forms.ALWAYS] == []


@pytest.mark.parametrize("fault", PLANTED, ids=lambda one: one.name)
def test_a_planted_fault_is_told_at_its_place_and_nothing_else_is(fault: forms.Planted, tmp_path: Path) -> None:
    outcome = forms.outcome(tmp_path / "form.json", fault)
    assert outcome.missed == ()
    assert outcome.beyond == ()


def test_every_code_is_planted_twice() -> None:
    codes = Counter(code for fault in PLANTED for code in sorted({entry.code for entry in fault.expect}))
    assert [code for code in CATALOGUE if codes[code] < 2] == []


def test_every_template_has_a_clean_form(tmp_path: Path) -> None:
    path = tmp_path / "forms.json"
    path.write_text(json.dumps([forms.form(name) for name in forms.names()]), encoding="utf-8")
    assert {record.template_id for record in read_records(path, TEMPLATES).records} == TEMPLATES.keys()


def test_each_fault_has_a_name_of_its_own() -> None:
    assert len({fault.name for fault in PLANTED}) == len(PLANTED)
