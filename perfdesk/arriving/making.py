"""What is made of a case: the record with what was said to its points, its origin, and the form understood anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from perfdesk.arriving.points import points_of
from perfdesk.arriving.types import Case, Say
from perfdesk.editing import set_text
from perfdesk.json_file import dump_json, parse_json
from perfdesk.model import Origin, Record, Traced, row_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from perfdesk.recognition import Corrections, Leftover, RecognisedForm
    from perfdesk.source import SourceFile
    from perfdesk.template import Template

    Again = Callable[[SourceFile, RecognisedForm, Template, Corrections], RecognisedForm]

NOTES_KEY: Final = "import_notes"
"""Where texts that belong to no field are kept in ``Record.extra``."""


def arrived(case: Case) -> Record:
    """Return the record that is saved: what was said 留空 to is blank, what is kept as 备注 stands in ``extra``."""
    record = case.form.record
    notes: list[Leftover] = []
    for point in points_of(case):
        say = case.answer(point)
        if say is Say.BLANK:
            for binding in point.bindings:
                record = set_text(record, binding, "")
        elif say is Say.NOTE:
            notes += point.leftovers
    return _with_notes(record if case.year is None else replace(record, year=case.year), notes)


def _with_notes(record: Record, leftovers: Iterable[Leftover]) -> Record:
    """Keep texts beside a form; those it has already are not kept twice."""
    kept = parse_json(record.extra, name="随表保留的内容") if record.extra else {}
    there = kept.get(NOTES_KEY, [])
    fresh = [{"text": one.text, "place": one.place.address} for one in leftovers]
    new = [one for one in fresh if one not in there]
    if not new:
        return record
    return replace(record, extra=dump_json(dict(sorted({**kept, NOTES_KEY: [*there, *new]}.items()))))


def notes_of(record: Record) -> tuple[str, ...]:
    """Return the texts that came with a form and belong to none of its fields: 「第 2 段：填表说明……」."""
    kept = parse_json(record.extra, name="随表保留的内容") if record.extra else {}
    found = kept.get(NOTES_KEY, [])
    items = found if isinstance(found, list) else []
    return tuple(f"{one.get('place', '')}：{one.get('text', '')}" for one in items if isinstance(one, dict))


def origin_of(case: Case, record: Record) -> Origin:
    """Return where each field of the saved record came from; what was left blank came from nowhere."""
    left = {binding for point in points_of(case) if case.answer(point) is Say.BLANK for binding in point.bindings}
    fields = tuple(
        Traced(
            one.binding,
            next(iter(row_names(record, one.binding)), ""),
            one.text,
            tuple(place.address for place in one.places),
        )
        for one in case.form.readings
        if one.binding not in left
    )
    return Origin(case.found.file, case.found.kind, case.found.digest, fields)


class Known(NamedTuple):
    """What is known beforehand: the templates, and what persons said about layouts: about their cells, and which template."""

    templates: Mapping[str, Template]
    corrections: Mapping[str, Corrections]
    chosen: Mapping[str, str]


def as_chosen(source: SourceFile, form: RecognisedForm, known: Known, again: Again) -> RecognisedForm:
    """Take a form for the template that a person chose for its layout before, with what was said about its cells then."""
    template = known.templates.get(known.chosen.get(form.layout, ""))
    if template is None or template is form.template:
        return form
    said = known.corrections.get(form.layout, {})
    return replace(again(source, form, template, said), layout=form.layout)


def retake(case: Case, template: Template, again: Again) -> Case:
    """Understand a form anew as another template; what was said to it before is no longer of use."""
    if case.found.source is None:
        return case
    form = again(case.found.source, case.form, template, case.corrections)
    return replace(case, form=form, said={})


def correct(case: Case, corrections: Corrections, again: Again) -> Case:
    """Understand a form anew with what a person said about its cells; answers to points that are still there hold."""
    if case.found.source is None:
        return case
    form = again(case.found.source, case.form, case.form.template, corrections)
    return replace(case, form=form, corrections=corrections)
