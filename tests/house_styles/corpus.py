"""The forms that are drawn: the published cases where they lie beside the repository, and our own samples."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk.exchange.exchange import read_records
from perfdesk.model import FormKind, ListRow, Record
from perfdesk.template import Filled, Template
from tests.filled_forms import filled, gathered

ROOT: Final = Path(__file__).parents[2]
CASES: Final = ROOT.parent / "shared" / "cases"
_COUNTY: Final = ROOT / "resources" / "samples" / "county" / "2024.json"
_MADE_UP: Final = ("hubei-2020-project-self", "lingling-2022-publication-list", "summary-project-self")


class Case(NamedTuple):
    """A form to be drawn, by the name of its file."""

    name: str
    form: Filled


def cases(templates: Mapping[str, Template]) -> tuple[Case, ...]:
    """Return the published forms, ``()`` where they are not at hand."""
    paths = sorted(one for one in CASES.glob("*.json") if one.stem != "expected")
    return tuple(Case(path.stem, _filled(read_records(path, templates).records[0], templates)) for path in paths)


def samples(templates: Mapping[str, Template]) -> tuple[Case, ...]:
    """Return our own forms: one of each template of the sample office, and made-up ones of the other templates."""
    found: dict[str, Case] = {}
    for record in read_records(_COUNTY, templates).records:
        if templates[record.template_id].kind is not FormKind.SUMMARY:
            found.setdefault(record.template_id, Case(f"sample-{record.template_id}", _filled(record, templates)))
    for name in _MADE_UP:
        found[name] = Case(f"made-up-{name}", Filled(templates[name], _made_up(templates[name])))
    return tuple(found.values())


def corpus(templates: Mapping[str, Template]) -> tuple[Case, ...]:
    """Return all of them."""
    return cases(templates) + samples(templates)


def _filled(record: Record, templates: Mapping[str, Template]) -> Filled:
    return Filled(templates[record.template_id], record)


def _made_up(template: Template) -> Record:
    """Return an invented form; what a 汇总表 would gather stands typed in it, as in a file of another office."""
    record = filled(template)
    taken = gathered(template).rows
    if not taken:
        return record
    rows = tuple(one.with_texts(dict(other.cells)) for one, other in zip(record.rows, taken, strict=True))
    return replace(record, rows=tuple(ListRow.of(dict(one.cells)) for one in rows))


def pairs(found: tuple[Case, ...]) -> tuple[tuple[Case, Case], ...]:
    """Return neighbours for files that hold two forms; reports stand alone."""
    tables = [one for one in found if one.form.template.kind is not FormKind.REPORT]
    return tuple(zip(tables, [*tables[1:], tables[0]], strict=True))
