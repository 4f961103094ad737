"""表样架 (shelf): the program's templates and policies together with the office's own, which may hold mistakes.

A file of the office that cannot be used keeps no other out: it stands on the shelf with what is wrong about it. The program's own
must all be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from perfdesk.errors import UserError
from perfdesk.policy import Policy, find_policy, read_choices, with_own_policies
from perfdesk.template.reading import read_template
from perfdesk.template.squares import boxed_words
from perfdesk.template.stock import Stock
from perfdesk.template.types import GRADE_KEY, SlotKind, Template
from perfdesk.template.unread import Together
from perfdesk.toml_file import Refused

_NO_POLICIES: Final[Mapping[str, Policy]] = MappingProxyType({})
_NO_CHOICES: Final[Mapping[str, str]] = MappingProxyType({})


class Own(NamedTuple):
    """Where the office's own files lie: the folders of templates and policies, and the file of its choices. None need exist.

    ``choices`` says which policy it uses for a template instead of the one it names.
    """

    templates: Path
    policies: Path
    choices: Path

    def files(self) -> tuple[Path, ...]:
        """Return the files that are there, in order."""
        folders = (self.templates, self.policies)
        return (*(path for folder in folders for path in sorted(folder.glob("*.toml"))), self.choices)


class Shelf(NamedTuple):
    """The templates by id, those of the office included, each with the policy that the office uses for it.

    ``own`` are the ids of the office's templates, ``refused`` the unusable files of the office and of packs. ``policies`` are
    all that may be used, ``choices`` those the office chose, by the template's id, and ``named`` the ones these templates name
    themselves.
    """

    templates: Mapping[str, Template]
    own: frozenset[str] = frozenset()
    refused: tuple[Refused, ...] = ()
    policies: Mapping[str, Policy] = _NO_POLICIES
    choices: Mapping[str, str] = _NO_CHOICES
    named: Mapping[str, str] = _NO_CHOICES


def read_shelf(stock: Stock, own: Own) -> Shelf:
    """Return the program's templates and those of the office's folders, which may hold mistakes."""
    shelf = with_own(stock.templates, own, stock.policies)
    return shelf._replace(refused=(*stock.refused, *shelf.refused))


def with_own(shipped: Mapping[str, Template], own: Own, policies: Mapping[str, Policy]) -> Shelf:
    """Put the templates of the office's folder beside those of the program; they may name its own policies. Never raises.

    A released template is never edited, so a file of the office may not have the name of one of the program's. Every template is
    scored by the policy that the office chose for it, else by the one it names, with the office's values over the program's.
    """
    known, unusable = with_own_policies(policies, own.policies)
    refused = list(unusable)
    found = _own_templates(shipped, own.templates, known, refused)
    choices = _choices(own.choices, refused)
    both: Mapping[str, Template] = Together(shipped, found)
    named = MappingProxyType({name: both[name].policy.id for name in choices if name in both})
    if choices or any(known[name] is not one for name, one in policies.items()):
        both = MappingProxyType({name: _scored(one, known, choices, own, refused) for name, one in both.items()})
    return Shelf(both, frozenset(found), tuple(refused), known, choices, named)


def _scored(
    template: Template, policies: Mapping[str, Policy], choices: Mapping[str, str], own: Own, refused: list[Refused]
) -> Template:
    """Return a template with the policy that the office uses for it; one that cannot be is said, and the template stays."""
    chosen = choices.get(template.id, template.policy.id)
    try:
        return with_policy(template, find_policy(policies, chosen))
    except UserError as error:
        place = own.choices if template.id in choices else own.policies / f"{chosen}.toml"
        refused.append(Refused(place, f"{place.name}：{error}"))
        return template


def _own_templates(
    shipped: Mapping[str, Template], folder: Path, policies: Mapping[str, Policy], refused: list[Refused]
) -> dict[str, Template]:
    found: dict[str, Template] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem in shipped:
            refused.append(Refused(path, f"表样“{path.stem}”有两份，请给“{path}”换个文件名。"))
            continue
        try:
            found[path.stem] = read_template(path, policies)
        except UserError as error:
            refused.append(Refused(path, str(error)))
    return found


def _choices(path: Path, refused: list[Refused]) -> Mapping[str, str]:
    try:
        return read_choices(path)
    except UserError as error:
        refused.append(Refused(path, str(error)))
        return _NO_CHOICES


@lru_cache(maxsize=256)
def with_policy(template: Template, policy: Policy) -> Template:
    """Return the template scored by another policy; the same two give the same value, for templates are compared by identity.

    Raises :class:`UserError` where the form prints the boxes of grades that the policy does not have.
    """
    if template.policy is policy:
        return template
    for word in _printed_grades(template):
        if word not in policy.grade_names:
            raise UserError(
                f"“{template.title}”印着等级“{word}”，计分办法“{policy.id}”没有这个等级，所以仍按“{template.policy.id}”计分。"
            )
    return replace(template, policy=policy)


def as_scored(template: Template, shelf: Shelf) -> Template:
    """Return the template of an open form with the policy that the office uses now; its drawing stays as it was opened."""
    fresh = shelf.templates.get(template.id)
    if fresh is None:
        return template
    if fresh.blocks is template.blocks:
        return fresh
    try:
        return with_policy(template, fresh.policy)
    except UserError:  # the file was drawn anew for other grades than the open form prints
        return template


def _printed_grades(template: Template) -> Iterator[str]:
    """Yield the grades that the form prints a box for."""
    for slot in (slot for block in template.blocks for slot in block.slots if slot.key == GRADE_KEY):
        if slot.kind is SlotKind.BOXES:
            yield from boxed_words(slot.pattern)
        elif slot.kind is SlotKind.TICK:
            yield slot.text


class ShelfReader:
    """Reads the shelf again whenever it is asked and a file of the office has changed; else it gives the very same one."""

    def __init__(self, stock: Stock, own: Own) -> None:
        self._stock, self._own = stock, own
        self._seen: tuple[tuple[Path, int, int], ...] | None = None
        self._shelf = Shelf(stock.templates)

    def __call__(self) -> Shelf:
        """Return the shelf as the files are now. Never raises."""
        seen = tuple(map(_mark, self._own.files()))
        if seen != self._seen:
            self._seen, self._shelf = seen, read_shelf(self._stock, self._own)
        return self._shelf


def _mark(path: Path) -> tuple[Path, int, int]:
    """Return what changes with a file: when it was written and how long it is; 0 for one that is not there."""
    try:
        found = path.stat()
    except OSError:
        return path, 0, 0
    return path, found.st_mtime_ns, found.st_size
