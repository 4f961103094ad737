"""Reads bundle.toml, the list of what a packaged program is made of; which file of a tree belongs to whom.

It must not judge: ``bundle_licences.py`` does. Must not be imported by the program.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_name("bundle.toml")
BELOW = re.compile(r"^(_internal|Lib/site-packages)/")
DIST_INFO = re.compile(r"^([^/]+)-[^/-]+\.dist-info/")


class Component(NamedTuple):
    """One part of the program; the fields are described at the head of bundle.toml."""

    name: str
    use: str
    version: str
    licence: str
    texts: tuple[str, ...]
    files: tuple[str, ...]
    modules: tuple[str, ...]
    frozen: tuple[str, ...]
    inside: tuple[str, ...]
    beside: bool

    def has(self, path: str) -> bool:
        """Tell whether a file of a tree (with ``/``, below the folder of the libraries) is its."""
        if found := DIST_INFO.match(path):
            return plain(found[1]) == plain(self.name)
        return any(fnmatchcase(path, one) for one in self.files) or any(
            path in {f"{one}.py", f"{one}.pyi"} or path.startswith(f"{one}/") for one in self.modules
        )


def plain(name: str) -> str:
    """Return the name of a package as the index writes it: ``PySide6_Essentials`` is ``pyside6-essentials``."""
    return re.sub(r"[-_.]+", "-", name).lower()


def components(path: Path = LIST) -> tuple[Component, ...]:
    """Return every component of a list, in its order; a misspelt key raises ``TypeError``."""
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["component"]
    blank: dict[str, object] = {"version": "", "licence": "", "beside": False}
    blank |= dict.fromkeys(("texts", "files", "modules", "frozen", "inside"), ())
    return tuple(
        Component(**(blank | {key: tuple(value) if isinstance(value, list) else value for key, value in one.items()}))
        for one in listed
    )


def owner(path: str, among: Iterable[Component]) -> Component | None:
    """Return whose a file of a tree is, None when nobody claims it.

    >>> owner("_internal/lxml/etree.cpython-313-x86_64-linux-gnu.so", components()).name
    'lxml'
    >>> owner("Lib/site-packages/cffi-2.1.1.dist-info/METADATA", components()).name
    'cffi'
    """
    below = BELOW.sub("", path)
    return next((one for one in among if one.has(below)), None)
