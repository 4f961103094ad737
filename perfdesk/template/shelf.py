"""表样架 (shelf): the program's templates and policies together with the office's own, which may hold mistakes.

A file of the office that cannot be used keeps no other out: it stands on the shelf with what is wrong about it. The program's own
must all be right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from perfdesk.errors import UserError
from perfdesk.policy import Policy, read_policy
from perfdesk.template.reading import load_templates, read_template
from perfdesk.template.types import Template

_T = TypeVar("_T")


class Own(NamedTuple):
    """The folders of the office's own files; neither need exist."""

    templates: Path
    policies: Path


class Refused(NamedTuple):
    """A file of the office's own that cannot be used: where it lies, and why, in one Chinese sentence."""

    path: Path
    why: str


class Shelf(NamedTuple):
    """``templates`` by id, those of the office included; ``own`` are the ids of the latter, ``refused`` its unusable files."""

    templates: Mapping[str, Template]
    own: frozenset[str] = frozenset()
    refused: tuple[Refused, ...] = ()


def read_shelf(shipped: Path, own: Own, policies: Mapping[str, Policy]) -> Shelf:
    """Read the program's templates and those of the office's folders. Raises :class:`UserError` only for the program's own."""
    return with_own(load_templates((shipped,), policies), own, policies)


def with_own(shipped: Mapping[str, Template], own: Own, policies: Mapping[str, Policy]) -> Shelf:
    """Put the templates of the office's folder beside those of the program; they may name its own policies. Never raises.

    A released template is never edited, so a file of the office may not have the name of one of the program's.
    """
    known, refused = with_own_policies(policies, own.policies)
    more, unusable = _read_own(shipped, own.templates, partial(read_template, policies=known), what="表样")
    return Shelf(MappingProxyType({**shipped, **more}), frozenset(more), (*refused, *unusable))


def with_own_policies(shipped: Mapping[str, Policy], folder: Path) -> tuple[Mapping[str, Policy], tuple[Refused, ...]]:
    """Put the policies of the office's folder beside those of the program; return them, and the files that cannot be used."""
    more, refused = _read_own(shipped, folder, read_policy, what="计分办法")
    return MappingProxyType({**shipped, **more}), refused


def _read_own(
    taken: Mapping[str, object], folder: Path, read: Callable[[Path], _T], *, what: str
) -> tuple[dict[str, _T], tuple[Refused, ...]]:
    """Read the files of a folder whose names are not taken, by name; the others with what is wrong about them."""
    found: dict[str, _T] = {}
    refused: list[Refused] = []
    for path in sorted(folder.glob("*.toml")):
        if path.stem in taken:
            refused.append(Refused(path, f"{what}“{path.stem}”有两份，请给“{path}”换个文件名。"))
            continue
        try:
            found[path.stem] = read(path)
        except UserError as error:
            refused.append(Refused(path, str(error)))
    return found, tuple(refused)
