"""表样架 (shelf): the program's templates and policies together with the office's own, which may hold mistakes.

A file of the office that cannot be used keeps no other out: it stands on the shelf with what is wrong about it. The program's own
must all be right.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from perfdesk.errors import UserError
from perfdesk.policy import Policy, with_own_policies
from perfdesk.template.reading import load_templates, read_template
from perfdesk.template.types import Template
from perfdesk.template.unread import Together
from perfdesk.toml_file import Refused


class Own(NamedTuple):
    """The folders of the office's own files; neither need exist."""

    templates: Path
    policies: Path


class Shelf(NamedTuple):
    """``templates`` by id, those of the office included; ``own`` are the ids of the latter, ``refused`` its unusable files."""

    templates: Mapping[str, Template]
    own: frozenset[str] = frozenset()
    refused: tuple[Refused, ...] = ()


def read_shelf(shipped: Path, own: Own, policies: Mapping[str, Policy]) -> Shelf:
    """Return the program's templates, read when asked for, and those of the office's folders, which may hold mistakes."""
    return with_own(load_templates((shipped,), policies), own, policies)


def with_own(shipped: Mapping[str, Template], own: Own, policies: Mapping[str, Policy]) -> Shelf:
    """Put the templates of the office's folder beside those of the program; they may name its own policies. Never raises.

    A released template is never edited, so a file of the office may not have the name of one of the program's.
    """
    known, unusable = with_own_policies(policies, own.policies)
    found: dict[str, Template] = {}
    refused: list[Refused] = []
    for path in sorted(own.templates.glob("*.toml")):
        if path.stem in shipped:
            refused.append(Refused(path, f"表样“{path.stem}”有两份，请给“{path}”换个文件名。"))
            continue
        try:
            found[path.stem] = read_template(path, known)
        except UserError as error:
            refused.append(Refused(path, str(error)))
    return Shelf(Together(shipped, found), frozenset(found), (*unusable, *refused))
