"""表样架 (shelf): the program's templates together with the office's own, which may hold mistakes.

A template of the office that cannot be used keeps no other out: it stands on the shelf with what is wrong about it. The program's
own must all be right.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from perfdesk.errors import UserError
from perfdesk.policy import Policy
from perfdesk.template.reading import load_templates, read_template
from perfdesk.template.types import Template


class Refused(NamedTuple):
    """A template of the office's own that cannot be used: its file, and why, in one Chinese sentence."""

    path: Path
    why: str


class Shelf(NamedTuple):
    """``templates`` by id, those of the office included; ``own`` are the ids of the latter, ``refused`` its unusable files."""

    templates: Mapping[str, Template]
    own: frozenset[str] = frozenset()
    refused: tuple[Refused, ...] = ()


def read_shelf(shipped: Path, own: Path, policies: Mapping[str, Policy]) -> Shelf:
    """Read the program's templates and those of the office's folder. Raises :class:`UserError` only for the program's own."""
    return with_own(load_templates((shipped,), policies), own, policies)


def with_own(shipped: Mapping[str, Template], own: Path, policies: Mapping[str, Policy]) -> Shelf:
    """Put the templates of the office's folder, which need not exist, beside those of the program. Never raises.

    A released template is never edited, so a file of the office may not have the name of one of the program's.
    """
    found = dict(shipped)
    mine: set[str] = set()
    refused: list[Refused] = []
    for path in sorted(own.glob("*.toml")):
        if path.stem in found:
            refused.append(Refused(path, f"表样“{path.stem}”有两份，请给“{path}”换个文件名。"))
            continue
        try:
            found[path.stem] = read_template(path, policies)
        except UserError as error:
            refused.append(Refused(path, str(error)))
        else:
            mine.add(path.stem)
    return Shelf(MappingProxyType(found), frozenset(mine), tuple(refused))
