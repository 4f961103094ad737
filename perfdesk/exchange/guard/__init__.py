"""Whether a file from outside is safe to open, and what it really is: before anything of it is unpacked or believed.

A name says nothing: the kind is told by the content. A package (zip) is looked through by its list of members before a byte is
unpacked, every member has a limit, markup is parsed without document types, entities and network, and texts lose what nobody
can see. Every refusal is one Chinese sentence that names the file and the reason. It knows no form and writes no file.
"""

from __future__ import annotations

from perfdesk.exchange.guard.archive import DAMAGE, Archive
from perfdesk.exchange.guard.kinds import MAX_FILE, kind_of, read_bytes
from perfdesk.exchange.guard.links import links, main_part
from perfdesk.exchange.guard.markup import local, parse, parse_page, walk
from perfdesk.exchange.guard.texts import MAX_CELLS, Texts, running

__all__ = [
    "DAMAGE",
    "MAX_CELLS",
    "MAX_FILE",
    "Archive",
    "Texts",
    "kind_of",
    "links",
    "local",
    "main_part",
    "parse",
    "parse_page",
    "read_bytes",
    "running",
    "walk",
]
