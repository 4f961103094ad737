"""已有的表 (same): which stored form an imported one is: of that year, kind and office, and of that project where it has one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from perfdesk.gathering.facts import OF_PROJECTS
from perfdesk.gathering.matching import project_key
from perfdesk.model import FormKind, Record
from perfdesk.template import Template


class Same(NamedTuple):
    """A form that is there already. ``equal``: word for word the same. ``other_template``: it cannot be updated."""

    record: Record
    equal: bool
    other_template: bool


def same_of(
    record: Record, template: Template, there: Iterable[Record], templates: Mapping[str, Template]
) -> Same | None:
    """Return the stored form that an imported one is, ``None`` where there is none; one on the same template comes first.

    A form of a project is the same where its name is, white space and signs aside; years in names do not count, for the year is
    told by the form. Two different offices have two forms.
    """
    found = [one for one in there if _is_same(record, template.kind, one, templates)]
    found.sort(key=lambda one: (not _equal(one, record), one.template_id != record.template_id))
    if not found:
        return None
    first = found[0]
    return Same(first, _equal(first, record), first.template_id != record.template_id)


def _is_same(record: Record, kind: FormKind, one: Record, templates: Mapping[str, Template]) -> bool:
    template = templates.get(one.template_id)
    if one.year != record.year or template is None or template.kind is not kind:
        return False
    if one.id == record.id or _equal(one, record):
        return True
    if kind in OF_PROJECTS and _name(one) != _name(record):
        return False
    return any(_is_office(mine, other) for mine in _offices(one) for other in _offices(record))


def _offices(record: Record) -> tuple[str, ...]:
    """The names that may be the office's: a file does not say which of those it prints is the one that hands in."""
    names = (_plain(record.bureau), _plain(record.value("agency")))
    return tuple(filter(None, names)) or ("",)


def _equal(one: Record, other: Record) -> bool:
    return replace(one, id=other.id) == other


def _name(record: Record) -> str:
    return project_key(record.value("project_name"))


def _is_office(one: str, other: str) -> bool:
    """Tell whether two names may be of one office: a blank one may be any; 「昌吉州」 is short for 「昌吉回族自治州」."""
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return all(letter in letters for letter in short)


def _plain(text: str) -> str:
    return "".join(one for one in text if one.isalnum())
