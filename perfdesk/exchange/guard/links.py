"""How the members of an Office file hang together: which one is the document, which are its styles. Their names tell little."""

from __future__ import annotations

import posixpath
from typing import Final, NamedTuple

from perfdesk.exchange.guard.archive import Archive
from perfdesk.exchange.guard.markup import parse

_ROOT: Final = "_rels/.rels"
_USUAL: Final = ("word/document.xml", "xl/workbook.xml")


class Link(NamedTuple):
    """A thread from one member to another: its kind (the last word of its type) and the member it leads to."""

    kind: str
    target: str
    is_outside: bool


def links(archive: Archive, member: str, name: str) -> dict[str, Link]:
    """Return the links of a member by id; a member without any has none."""
    folder, _, file = member.rpartition("/")
    return _read(archive, f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels", folder, name)


def _read(archive: Archive, path: str, folder: str, name: str) -> dict[str, Link]:
    if path not in archive:
        return {}
    found = {}
    for one in parse(archive.read(path), name):
        target = one.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        kind = one.get("Type", "").rpartition("/")[2]
        found[one.get("Id", "")] = Link(kind, whole, one.get("TargetMode") == "External")
    return found


def main_part(archive: Archive, name: str) -> str:
    """Return the member that is the document itself, ``""`` for a package that is no Office file.

    Usually 「word/document.xml」 or 「xl/workbook.xml」; Office on the web also writes 「word/document2.xml」.
    """
    usual = next((path for path in _USUAL if path in archive), "")
    if usual:
        return usual
    found = _read(archive, _ROOT, "", name).values()
    return next((one.target for one in found if one.kind == "officeDocument" and one.target in archive), "")
