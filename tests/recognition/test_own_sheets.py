"""Our own sheets, as a reader would hand them on, are read back into the forms they were drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path

import pytest

from perfdesk.exchange.exchange import read_records
from perfdesk.gathering import gather
from perfdesk.model import Block, Indicator, Record
from perfdesk.recognition import RecognisedForm, recognise
from perfdesk.scoring import assess
from perfdesk.sheet import build
from perfdesk.template import Template
from tests.conftest import CASES, ROOT
from tests.filled_forms import filled
from tests.recognition.sheets import source_of, table_of

ALL_CASES = tuple(sorted(path for path in CASES.glob("*.json") if path.name != "expected.json"))
IDS = tuple(
    sorted(path.stem for path in (ROOT / "resources" / "templates").glob("*.toml") if "summary" not in path.stem)
)
SETTLED = frozenset({"bureau"})  # a form need not print it as the office writes its name


def read_back(record: Record, template: Template, templates: Mapping[str, Template]) -> RecognisedForm:
    """Draw a record as a sheet and recognise it."""
    sheet = build(template, record, assess(template, record), gather(template, record, ()))
    found = recognise(source_of(table_of(sheet), name=f"{record.year}年.xlsx"), templates)
    assert len(found.forms) == 1
    assert not found.leftovers
    return found.forms[0]


def inferred(form: RecognisedForm) -> set[tuple[int, str]]:
    """Return the indicator cells a person is asked about."""
    bindings = (one for query in form.queries for one in query.bindings)
    return {(one.row, one.key) for one in bindings if one.block is Block.INDICATORS}


def differences(record: Record, form: RecognisedForm) -> list[tuple[object, ...]]:
    """Return the typed texts that came back otherwise; a figure the form computes may have become a stated one."""
    other, asked = form.record, inferred(form)
    found: list[tuple[object, ...]] = [
        (key, text, other.value(key))
        for key in {*record.values, *other.values}
        if (text := record.value(key)) != other.value(key) and not _is_raw(form.template, key)
    ]
    found += [
        (key, row, getattr(record.funds[row], key), getattr(other.funds[row], key))
        for key, row in _typed_funds(form.template)
        if getattr(record.funds[row], key) != getattr(other.funds[row], key)
    ]
    if len(record.indicators) != len(other.indicators):
        return [*found, ("indicators", len(record.indicators), len(other.indicators))]
    for row, (one, two) in enumerate(zip(record.indicators, other.indicators, strict=True)):
        shown = (*form.template.indicator_columns, "name")
        found += [
            (row, key, getattr(one, key), getattr(two, key))
            for key in (field.name for field in fields(Indicator))
            if key in shown and getattr(one, key) != getattr(two, key)
            if (row, key) not in asked and not (key == "score" and not one.score)
        ]
    pairs = (("rows", record.rows, other.rows), ("sections", record.sections, other.sections))
    return found + [(name, a, b) for name, a, b in pairs if a != b]


def _is_raw(template: Template, key: str) -> bool:
    field = template.field(key)
    return field is None or field.raw


def _typed_funds(template: Template) -> set[tuple[str, int]]:
    """Return the fund cells that a form prints and a person types: column and row."""
    slots = [slot for block in template.blocks for slot in block.slots if slot.fund]
    cells = {(slot.key, template.fund_index(slot.fund)) for slot in slots}
    return {(key, row) for key, row in cells if key not in {"weight", "execution_rate", "score"}}


@pytest.mark.parametrize("path", ALL_CASES, ids=lambda path: path.stem)
def test_a_published_form_comes_back(path: Path, templates: Mapping[str, Template]) -> None:
    record = read_records(path, templates, new_id=lambda: "x").records[0]
    form = read_back(record, templates[record.template_id], templates)
    assert form.template.id == record.template_id
    assert form.record.year == record.year
    assert differences(record, form) == []
    assert form.leftovers == ()
    stated = {key: text for key, text in record.stated.items() if text}
    assert stated.items() <= dict(form.record.stated).items()


@pytest.mark.parametrize("name", IDS)
def test_a_form_of_every_template_comes_back(name: str, templates: Mapping[str, Template]) -> None:
    template = templates[name]
    record = filled(template)
    form = read_back(record, template, templates)
    assert form.template is template
    assert differences(record, form) == []
    assert form.leftovers == ()
