"""成套表样 (form sets): which forms a place prints, so that a new office chooses once and not form by form. No window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from perfdesk.template import Shelf, Template


class FormSet(NamedTuple):
    """The forms of a place: ``name`` as a clerk knows it, ``first`` the form to begin with, ``templates`` all of them."""

    name: str
    first: Template
    templates: tuple[Template, ...]

    @property
    def about(self) -> str:
        """The titles of the forms: 「项目支出绩效自评表、项目支出绩效目标执行监控表」."""
        return "、".join(dict.fromkeys(one.title for one in self.templates))


_SETS: Final = (
    ("财政部统一表样（地方没有另发的用这套）", "national-2020-project-self", "national-"),
    ("贵州（黔南州 2024）", "qiannan-2024-project-self", "qiannan-"),
    ("湖北（省直 2020）", "hubei-2020-project-self", "hubei-"),
    ("湖南（永州市零陵区 2022）", "lingling-2022-project-self", "lingling-"),
    ("湖南（辰溪县 2021）", "chenxi-2021-department-self", "chenxi-"),
    ("湖南（芷江县 2024）", "zhijiang-2024-project-goal", "zhijiang-"),
)
"""Name, the form to begin with, and what the ids of the set begin with."""
_OWN: Final = "本单位自己的表样"


def sets_of(shelf: Shelf) -> tuple[FormSet, ...]:
    """Return the sets whose forms are there, those of the office's own folder first."""
    known = shelf.templates
    own = tuple(known[one] for one in sorted(shelf.own) if one in known)
    shipped = [one for one in known.values() if one.id not in shelf.own]
    found = [FormSet(_OWN, own[0], own)] if own else []
    for name, first, begin in _SETS:
        if first in known:
            found.append(FormSet(name, known[first], _inside(known[first], begin, shipped)))
    return tuple(found)


def _inside(first: Template, begin: str, shipped: list[Template]) -> tuple[Template, ...]:
    """Return the forms of a set, the one to begin with in front."""
    return (first, *(one for one in shipped if one.id.startswith(begin) and one is not first))
