"""Writes resources/licences/Qt-others.txt: the code of others that Qt holds, out of Qt's own notes: ``qt_attributions.py SOURCE…``.

SOURCE is an unpacked source of qtbase or qtwayland, of the version of the wheels or the nearest that can be had. Run it when the
lock takes another Qt. Must not be imported by the program.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from licence_gate import ROOT

TARGET = ROOT / "resources" / "licences" / "Qt-others.txt"
# parts that no bundle has: Qt's tests and build, other systems, networking
ELSEWHERE = ("/testlib/", "/cmake/", "/android/", "/gradle/", "/wasm/", "/cocoa/", "/corelib/kernel/", "/libpsl/")
HEAD = """\
Code of others in Qt {version}, as Qt's own sources list it. Of alternatives the first one is chosen.
The text of the Apache License 2.0 stands with cryptography.
"""


def notes(source: Path) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Yield each note of a source with the folder its files are named from."""
    for path in sorted(source.rglob("qt_attribution.json")):
        if any(part in f"/{path.relative_to(source)}" for part in ELSEWHERE):
            continue
        found = json.loads(path.read_text(encoding="utf-8"), strict=False)
        for note in found if isinstance(found, list) else [found]:
            if re.search(r"GPL", note["LicenseId"]) and " OR " not in note["LicenseId"]:
                raise SystemExit(f"{note['Name']} is under {note['LicenseId']}: who uses it?")
            yield path.parent, note


def texts(folder: Path, note: Mapping[str, Any]) -> str:
    """Return the licence texts a note names, "" where its licence has none to be kept (CC0, public domain)."""
    named = note.get("LicenseFiles") or note.get("LicenseFile") or []
    files = [named] if isinstance(named, str) else named
    return "\n\n".join((folder / one).read_text(encoding="utf-8", errors="replace").strip() for one in files)


def entry(note: Mapping[str, Any]) -> str:
    """Return the head of a note: what, which version, whose, under what."""
    rights = note.get("Copyright", "")
    lines = [rights] if isinstance(rights, str) else rights
    return "\n".join([f"{note['Name']} {note.get('Version', '')}".strip(), note["License"], *lines]).strip()


def write(sources: list[Path], version: str) -> str:
    """Return the whole text; notes with the same licence text stand above it together."""
    by_text: dict[str, list[str]] = {}
    for source in sources:
        for folder, note in notes(source):
            heads = by_text.setdefault(texts(folder, note), [])
            if entry(note) not in heads:
                heads.append(entry(note))
    parts = ["\n\n".join([*heads, text]).strip() for text, heads in by_text.items()]
    rule = f"\n\n{'=' * 60}\n\n"
    return rule.join([HEAD.format(version=version), *parts]) + "\n"


def main(sources: list[Path]) -> None:
    """Write the file and say how much is in it."""
    text = write(sources, version=sources[0].name.rpartition("-")[2])
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {len(text)} characters")


if __name__ == "__main__":
    main([Path(one) for one in sys.argv[1:]])
