"""与上年相配 (matching): which form and which row of the year before is the same one as this year's.

A project is the same where its name is, years and numbers in it aside; an indicator likewise, within such a form. What stands
there twice belongs to nobody. Nothing is compared here; findings and the 上年 words beside a cell read from the same answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from perfdesk.gathering.facts import OF_PROJECTS, Facts
from perfdesk.model import FormKind

#: Where last year's targets and results are looked for, the nearest form first.
NEAREST: Final[Mapping[FormKind, tuple[FormKind, ...]]] = MappingProxyType(
    {
        FormKind.PROJECT_SELF: (FormKind.PROJECT_SELF, FormKind.PROJECT_GOAL),
        FormKind.PROJECT_GOAL: (FormKind.PROJECT_GOAL, FormKind.PROJECT_SELF),
        FormKind.DEPARTMENT_SELF: (FormKind.DEPARTMENT_SELF, FormKind.DEPARTMENT_GOAL),
        FormKind.DEPARTMENT_GOAL: (FormKind.DEPARTMENT_GOAL, FormKind.DEPARTMENT_SELF),
    }
)
_YEARS: Final = re.compile(r"[0-9０-９]+年?度?")


@lru_cache(maxsize=1024)
def project_key(name: str) -> str:
    """Return a name as it is compared between years: 「2023年法律援助经费」 and 「法律援助经费（2024）」 are one."""
    return "".join(one for one in _YEARS.sub("", name) if one.isalnum())


def same_form(kind: FormKind, project: str, before: tuple[Facts, ...]) -> Facts | None:
    """Return the form of that kind and project among those of the year before, ``None`` where there is none or more than one."""
    wanted = project_key(project)
    found = [one for one in before if one.kind is kind and (kind not in OF_PROJECTS or _is_of(one, wanted))]
    return found[0] if len(found) == 1 else None


def nearest_forms(kind: FormKind, project: str, before: tuple[Facts, ...]) -> tuple[Facts, ...]:
    """Return the forms of the year before that know targets and results of a form of that kind, the nearest first."""
    found = (same_form(one, project, before) for one in NEAREST.get(kind, (kind,)))
    return tuple(one for one in found if one is not None)


@lru_cache(maxsize=512)
def rows_by_name(form: Facts) -> Mapping[str, int]:
    """Return the places of a form's indicators by their compared names; a name that stands there twice is left out."""
    names = [project_key(row.name) for row in form.record.indicators]
    count = Counter(names)
    return MappingProxyType({key: row for row, key in enumerate(names) if key and count[key] == 1})


def _is_of(one: Facts, project: str) -> bool:
    return bool(project) and project_key(one.project) == project
