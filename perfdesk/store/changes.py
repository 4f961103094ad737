"""改动 (changes): what differs between two states of a form, place by place, and the way from one to the other.

A place is a path into the form as plain data (``perfdesk.snapshots``): ``values/project_name``, ``indicators/3/target``. A
row put in or taken out is one change of the list, not one of every row behind it. No queries here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from perfdesk.snapshots import Content

Path = tuple[str | int, ...]
"""Names and positions from the form down to a text: ``("indicators", 3, "target")``."""


class Change(NamedTuple):
    """One place, before and after. ``None`` is a text that is not there.

    Two lists are rows (or paragraphs) that stood from ``path`` on and those that stand there now: one of the two may be empty.
    """

    path: Path
    old: Any
    new: Any


def difference(before: Content, after: Content) -> tuple[Change, ...]:
    """Return what leads from ``before`` to ``after``, in the order of the form; nothing where both are the same."""
    return tuple(_walk((), before, after))


def _walk(path: Path, old: Any, new: Any) -> Iterator[Change]:  # noqa: ANN401 - plain data of any shape
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for name in dict.fromkeys((*old, *new)):
            if old.get(name) != new.get(name):
                yield from _walk((*path, name), old.get(name), new.get(name))
    elif isinstance(old, Sequence) and isinstance(new, Sequence) and not isinstance(old, str):
        yield from _walk_rows(path, old, new)
    else:
        yield Change(path, old, new)


def _walk_rows(path: Path, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Change]:
    """Leave out the rows that are the same at the top and at the end; the rest is as many rows as before, or one exchange."""
    shortest = min(len(old), len(new))
    top = next((at for at in range(shortest) if old[at] != new[at]), shortest)
    end = next((at for at in range(shortest - top) if old[-1 - at] != new[-1 - at]), shortest - top)
    gone, come = old[top : len(old) - end], new[top : len(new) - end]
    if len(gone) == len(come):
        for at, (one, other) in enumerate(zip(gone, come, strict=True), top):
            if one != other:
                yield from _walk((*path, at), one, other)
    else:
        yield Change((*path, top), list(gone), list(come))


def apply(content: Content, changes: Iterable[Change]) -> dict[str, Any]:
    """Return ``content`` with the changes made. Raises ``ValueError`` where it does not hold what a change took away."""
    made: dict[str, Any] = deepcopy(dict(content))
    for change in changes:
        _make(made, change)
    return made


def backwards(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return the changes that take ``changes`` back."""
    return tuple(Change(one.path, one.new, one.old) for one in reversed(changes))


def _make(content: dict[str, Any], change: Change) -> None:
    *way, last = change.path
    try:
        parent: Any = content
        for step in way:
            parent = parent[step]
        if isinstance(change.old, list) and isinstance(change.new, list):
            rows = slice(int(last), int(last) + len(change.old))
            _hold(parent[rows], change)
            parent[rows] = change.new
        elif isinstance(parent, dict):
            _hold(parent.get(last), change)
            parent.update({last: change.new})
            if change.new is None:
                del parent[last]
        else:
            _hold(parent[last], change)
            parent[last] = change.new
    except (LookupError, TypeError) as error:
        raise ValueError(change.path) from error


def _hold(found: object, change: Change) -> None:
    if found != change.old:
        raise ValueError(change.path)
