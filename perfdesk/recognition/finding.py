"""Looking a label up: the template's own words first, then words that mean the same, if only one thing is meant."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from perfdesk.labels import alike

Thing = TypeVar("Thing")


class Found(NamedTuple, Generic[Thing]):
    """What a label names; ``exact`` where the template prints it so itself."""

    thing: Thing
    exact: bool


def find(forms: tuple[str, ...], known: Mapping[str, Thing]) -> Found[Thing] | None:
    """Return what a label (in all its forms) names among ``known``, ``None`` for a stranger or when two things are meant."""
    for form in forms:
        if form in known:
            return Found(known[form], exact=True)
    for form in forms:
        meant = {known[one] for one in alike(form) if one in known}
        if len(meant) == 1:
            return Found(meant.pop(), exact=False)
    return None
