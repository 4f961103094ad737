"""Writes resources/licences/: what the program brings along, each part with its version, its licence and the texts of it.

Run it with ``make licences`` after a lock or ``bundle.toml`` has changed; the licence gate holds the folder to the lock. The texts
of a package are those it brings itself; all others are kept in the folder, by the names in ``bundle.toml``. Must not be imported by
the program.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from bundle import Component, components
from licence_gate import ROOT, licence_of, pinned

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from email.message import Message

FOLDER = ROOT / "resources" / "licences"
INDEX = FOLDER / "index.json"
CHOSEN = {"pyside6-essentials": "LGPL-3.0-only", "shiboken6": "LGPL-3.0-only"}  # where a package leaves the choice
ELSEWHERE = re.compile(r"/(android|cibw_musl|pbin_musl|v8_xfa)/")  # what pypdfium2 builds for other systems
TEXTS = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)", re.IGNORECASE)


class Part(NamedTuple):
    """One part: its name, what the program needs it for, version, licence, and its texts in the folder (or beside the data)."""

    name: str
    use: str
    version: str
    licence: str
    texts: tuple[str, ...]


def texts_of(name: str) -> str:
    """Return every licence text a package brings for this system, each under its file name."""
    files = metadata.files(name) or ()
    wanted = [one for one in files if ".dist-info/" in str(one) and TEXTS.search(str(one)) and one.suffix != ".py"]
    here = sorted(one for one in wanted if not ELSEWHERE.search(str(one)))
    parts = [(one.name, _read(Path(str(one.locate())))) for one in here]
    if len(parts) == 1:
        return parts[0][1]
    return "\n\n".join(f"{'=' * 20} {title} {'=' * 20}\n\n{text.strip()}" for title, text in parts) + "\n"


def _read(path: Path) -> str:
    """Read a text; some are older than UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return path.read_text(encoding="latin-1")


def package(component: Component, versions: Collection[str]) -> Part:
    """Write the texts a package brings itself and return its entry; where it brings none, those kept for it stand alone.

    ``versions``: those of the lock, of which the installed one is named first.
    """
    found = metadata.metadata(component.name)
    licence, text = CHOSEN.get(component.name) or licence_of(cast("Message", found)), texts_of(component.name)
    own = f"{component.name}.txt"
    if text.strip():
        (FOLDER / own).write_text(text, encoding="utf-8")
    texts = (own, *component.texts) if text.strip() else component.texts
    named = "、".join(sorted(versions, key=lambda one: one != found["Version"]))
    return Part(component.name, component.use, named, licence, texts)


def part(component: Component, packages: Mapping[str, Collection[str]]) -> Part:
    """Return the entry of a component."""
    if component.name in packages:
        return package(component, packages[component.name])
    return Part(component.name, component.use, component.version, component.licence, component.texts)


def main() -> int:
    """Write the folder anew."""
    listed, packages = components(), pinned((ROOT / "requirements-run.txt").read_text(encoding="utf-8"))
    if lacking := packages.keys() - {one.name for one in listed}:
        raise SystemExit(f"bundle.toml does not say what these are for: {', '.join(sorted(lacking))}")
    kept = {text for one in listed for text in one.texts}
    for old in FOLDER.glob("*.txt"):
        if old.name not in kept:
            old.unlink()
    python = Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "LICENSE.txt"
    (FOLDER / "Python.txt").write_text(python.read_text(encoding="utf-8"), encoding="utf-8")
    (FOLDER / "perfdesk.txt").write_text((ROOT / "LICENSE").read_text(encoding="utf-8"), encoding="utf-8")
    parts = [part(one, packages) for one in sorted(listed, key=lambda one: one.name != "perfdesk")]
    lines = ",\n".join(f"  {json.dumps(one._asdict(), ensure_ascii=False)}" for one in parts)
    INDEX.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    print(f"{len(parts)} parts in {FOLDER.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
