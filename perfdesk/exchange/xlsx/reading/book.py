"""The workbook's own list: which sheets there are, where they lie in the package, which are hidden."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import NamedTuple

from perfdesk.exchange.guard import Archive, local, parse

WORKBOOK = "xl/workbook.xml"


class Entry(NamedTuple):
    """One sheet: its name, its member, ``worksheet`` or another kind, whether it is hidden."""

    name: str
    path: str
    kind: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What the package says of itself; ``styles`` and ``strings`` are members, ``""`` where there are none."""

    entries: tuple[Entry, ...]
    styles: str
    strings: str
    since_1904: bool
    has_macros: bool


class Relation(NamedTuple):
    """A thread from one member to another: its kind (the last word of its type) and the member it leads to."""

    kind: str
    target: str
    is_outside: bool


def relations(archive: Archive, member: str, name: str) -> dict[str, Relation]:
    """Return the relations of a member by id; a member without any has none."""
    folder, _, file = member.rpartition("/")
    path = f"{folder}/_rels/{file}.rels"
    if path not in archive:
        return {}
    found = {}
    for one in parse(archive.read(path), name):
        target = one.get("Target", "")
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        kind = one.get("Type", "").rpartition("/")[2]
        found[one.get("Id", "")] = Relation(kind, whole, one.get("TargetMode") == "External")
    return found


def read_book(archive: Archive, name: str) -> Book:
    """Read the list of sheets. Raises :class:`UserError` for a damaged package."""
    links = relations(archive, WORKBOOK, name)
    entries: list[Entry] = []
    since_1904 = False
    for one in parse(archive.read(WORKBOOK), name).iter("{*}sheet", "{*}workbookPr"):
        if local(one.tag) == "workbookPr":
            since_1904 = one.get("date1904") in {"1", "true"}
            continue
        link = next((links.get(value) for key, value in one.attrib.items() if local(key) == "id" and key != "id"), None)
        if link is not None and not link.is_outside and link.target in archive:
            hidden = one.get("state", "visible") != "visible"
            entries.append(Entry(one.get("name", ""), link.target, link.kind, hidden))
    by_kind = {link.kind: link.target for link in links.values() if not link.is_outside and link.target in archive}
    return Book(
        entries=tuple(entries),
        styles=by_kind.get("styles", ""),
        strings=by_kind.get("sharedStrings", ""),
        since_1904=since_1904,
        has_macros=any(one.lower().endswith("vbaproject.bin") for one in archive.names),
    )
