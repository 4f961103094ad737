"""一行 (lines): what the lists of forms know of each form. No store and no widget here."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from perfdesk.model import FormKind, Record
    from perfdesk.template import Template
    from ui.marking import State


@dataclass(frozen=True, slots=True)
class Line:
    """One line of 年度与表单. ``kind`` is ``None`` when the template is not there; ``state`` until it is computed.

    ``changed`` is when it was last saved. ``submitted``: the form is 已上报, and locked.
    ``frozen``: its whole year is only looked at.
    """

    id: str
    name: str
    year: int
    kind: FormKind | None
    state: State | None
    changed: datetime | None = None
    submitted: bool = False
    frozen: bool = False


class Thrown(NamedTuple):
    """One line of the 回收站: when the form was deleted, and how many more days it can be taken back.

    ``days`` is ``None`` where none are counted: the year of the form is only looked at.
    """

    id: str
    name: str
    year: int
    deleted: datetime | None
    days: int | None


def by_year(lines: Iterable[Line]) -> Mapping[int, tuple[str, ...]]:
    """Sort the forms whose template is there by year."""
    years: dict[int, list[str]] = {}
    for one in lines:
        if one.kind is not None:
            years.setdefault(one.year, []).append(one.id)
    return {year: tuple(ids) for year, ids in years.items()}


def name_of(record: Record, template: Template | None = None) -> str:
    """Return what a form is called in lists and file names: 项目名称, else its title."""
    return record.value("project_name") or record.value("title") or (template.title if template else record.template_id)


def new_id() -> str:
    """Return an id no other form has."""
    return uuid.uuid4().hex
