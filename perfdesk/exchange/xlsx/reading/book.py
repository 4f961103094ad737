"""The workbook's own list: which sheets there are, where they lie in the package, which are hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from perfdesk.exchange.guard import Archive, links, local, main_part, parse

WORKBOOK = "xl/workbook.xml"
"""Where the list usually is; :func:`~perfdesk.exchange.guard.main_part` knows where it is in a file."""


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


def read_book(archive: Archive, name: str) -> Book:
    """Read the list of sheets. Raises :class:`UserError` for a damaged package."""
    workbook = main_part(archive, name)
    threads = links(archive, workbook, name)
    entries: list[Entry] = []
    since_1904 = False
    for one in parse(archive.read(workbook), name).iter("{*}sheet", "{*}workbookPr"):
        if local(one.tag) == "workbookPr":
            since_1904 = one.get("date1904") in {"1", "true"}
            continue
        link = next(
            (threads.get(value) for key, value in one.attrib.items() if local(key) == "id" and key != "id"), None
        )
        if link is not None and not link.is_outside and link.target in archive:
            hidden = one.get("state", "visible") != "visible"
            entries.append(Entry(one.get("name", ""), link.target, link.kind, hidden))
    by_kind = {link.kind: link.target for link in threads.values() if not link.is_outside and link.target in archive}
    return Book(
        entries=tuple(entries),
        styles=by_kind.get("styles", ""),
        strings=by_kind.get("sharedStrings", ""),
        since_1904=since_1904,
        has_macros=any(one.lower().endswith("vbaproject.bin") for one in archive.names),
    )
