"""The verbs: a source file into forms, and one form read again after a person chose its template or corrected a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from perfdesk.recognition.board import Line, lines_of
from perfdesk.recognition.choosing import Candidate, Labels, candidates_for, labels_of
from perfdesk.recognition.cutting import cut
from perfdesk.recognition.forms import read_form
from perfdesk.recognition.plan import plan_of
from perfdesk.recognition.sections import is_report, looks_like_report
from perfdesk.recognition.spots import layout_of, spots_of
from perfdesk.recognition.types import Corrections, Leftover, Place, RecognisedForm, Recognition, Spot
from perfdesk.recognition.words import is_blank
from perfdesk.source import SourceFile, SourceTable
from perfdesk.template import Template

_NOBODY: Final[Mapping[str, Corrections]] = {}
_LEAST: Final = 0.18  # of a template's labels: with fewer, and no title, it is no form
_LEAST_TITLED: Final = 0.08


def recognise(
    source: SourceFile, templates: Mapping[str, Template], *, known: Mapping[str, Corrections] = _NOBODY
) -> Recognition:
    """识别: find the forms of a file and read them. ``known`` are corrections by the name of the layout they were made on.

    Pure; raises nothing, whatever the file holds: what is no form is among the leftovers.
    """
    forms: list[RecognisedForm] = []
    leftovers: list[Leftover] = []
    for lines in cut(lines_of(source), templates):
        labels = labels_of(lines)
        candidates = _fitting(candidates_for(labels, templates), lines)
        if candidates and _is_form(candidates[0], labels):
            best = candidates[0].template
            corrections = known.get(layout_of(plan_of(best), lines), {}) if known else {}
            forms.append(read_form(lines, best, _names(source, lines), candidates, corrections))
        else:
            leftovers += _all(lines)
    return Recognition(source, tuple(forms), tuple(leftovers))


def again(source: SourceFile, form: RecognisedForm, template: Template, corrections: Corrections) -> RecognisedForm:
    """Read a form again, as one of ``template`` and with these corrections; its candidates stay as they were."""
    lines = _lines_of_form(source, form)
    candidates = tuple(Candidate(one, share, share) for one, share in form.candidates)
    return read_form(lines, template, _names(source, lines), candidates, corrections)


def spot_of(source: SourceFile, form: RecognisedForm, place: Place) -> Spot | None:
    """Return by what labels a cell of a form is known, so that it can be corrected; ``None`` for one without a text."""
    return spots_of(plan_of(form.template), _lines_of_form(source, form)).get(place[:3])


def _lines_of_form(source: SourceFile, form: RecognisedForm) -> tuple[Line, ...]:
    """Return the lines a form was read from: cut as they were, the stretch that holds its places."""
    templates = {one.id: one for one, _ in form.candidates}
    pieces = cut(lines_of(source), templates)
    places = {place[:3] for one in form.readings for place in one.places}
    places |= {one.place[:3] for one in form.leftovers}

    def alike(lines: tuple[Line, ...]) -> tuple[int, int]:
        held = sum(square.key in places for line in lines for square in line.own)
        return held, sum(_covers(form, line) for line in lines)

    return max(pieces, key=alike, default=())


def _covers(form: RecognisedForm, line: Line) -> bool:
    """Tell whether a form reaches over a line."""
    return line.part in form.parts and (form.rows is None or form.rows[0] <= line.row < form.rows[1])


def _fitting(candidates: Sequence[Candidate], lines: Sequence[Line]) -> tuple[Candidate, ...]:
    """Return the candidates with reports first for running text, last for tables."""
    running = looks_like_report(lines)
    return tuple(sorted(candidates, key=lambda one: is_report(one.template) is not running))


def _is_form(best: Candidate, labels: Labels) -> bool:
    return best.share >= (_LEAST if labels.kind is None else _LEAST_TITLED)


def _names(source: SourceFile, lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the names that may tell the year: of the sheets, then of the file."""
    parts = dict.fromkeys(one.part for one in lines)
    tables = [source.parts[number] for number in parts]
    return (*(one.name for one in tables if isinstance(one, SourceTable)), source.name)


def _all(lines: Sequence[Line]) -> list[Leftover]:
    return [Leftover(one.text, one.place) for line in lines for one in line.own if not is_blank(one.text)]
