"""Holds a packaged tree to bundle.toml: ``bundle_licences.py TREE [--modules TOC] [--notice]``; exits with 1 where it is wrong.

Wrong is a file nobody claims, a frozen module nobody claims, a part whose licence text is not in the tree, and a licence under
which nothing may be shipped (AGPL, GPL without an exception). TREE is one version of the program: the folder of ``perfdesk`` and
``_internal``, or that of ``pythonw.exe``. ``--modules`` is PyInstaller's table of the modules inside the Linux program.
``--notice`` writes TREE/NOTICE.txt: what is in the tree, by whom, under what, and how Qt is replaced.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bundle import Component, components, owner
from licence_gate import allowed

OF_PYTHON = sys.stdlib_module_names | {"_colorize", "_opcode_metadata", "_pydatetime", "_pyrepl"}
ALSO = frozenset(  # beyond the licence gate's, which knows only what Python packages use
    {
        "blessing",
        "bzip2-1.0.6",
        "CPL-1.0",  # of NSIS' decompressor, with its makers' exception for the setups it makes
        "GPL-2.0-or-later WITH Bootloader-exception",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        "Hanazono",
        "LicenseRef-Microsoft-Distributable-Code",
        "LicenseRef-public-domain",
        "LicenseRef-Qt-others",  # one for each of some sixty parts, all permissive: Qt-others.txt
        "OFL-1.1",
        "Unicode-3.0",
        "ZPL-2.1",
    }
)
HEAD = """\
绩效填报台
================================================================================

本程序以 MIT 许可提供（perfdesk.txt），带有下列组成部分。各自的许可全文在 {folder}，
也可在「帮助 › 关于」里看。The program is under the MIT licence and brings along what is listed here; every licence text lies in
the folder named above.

"""


class Entry(NamedTuple):
    """What the tree's own list says of a part."""

    version: str
    licence: str
    texts: tuple[str, ...]


def may_be_shipped(licence: str) -> bool:
    """Tell whether a part under a licence may be shipped.

    >>> [may_be_shipped(one) for one in ("ZPL-2.1 AND MIT", "GPL-3.0-only", "MIT AND AGPL-3.0-only")]
    [True, False, False]
    """
    return licence in ALSO or allowed(licence, shipped=True) or _every_part_may(licence)


def _every_part_may(licence: str) -> bool:
    parts = licence.split(" AND ")
    return len(parts) > 1 and "(" not in licence and all(may_be_shipped(one) for one in parts)


def files_of(tree: Path) -> list[str]:
    """Return the files of a tree, with ``/``, without links and compiled copies."""
    found = (one for one in tree.rglob("*") if one.is_file() and not one.is_symlink())
    names = sorted(one.relative_to(tree).as_posix() for one in found)
    return [one for one in names if not one.endswith(".pyc") or "/__pycache__/" not in one]


def list_of(tree: Path) -> tuple[Path, Mapping[str, Entry]]:
    """Return the folder of the texts in a tree, and what its list says of each part; raises ``SystemExit`` without a list."""
    places = (tree / "_internal/resources/licences", tree / "resources/licences")
    folder = next((one for one in places if (one / "index.json").is_file()), None)
    if folder is None:
        raise SystemExit(f"{tree} is no version of the program: it has no list of licences")
    listed = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return folder, {one["name"]: Entry(one["version"], one["licence"], tuple(one["texts"])) for one in listed}


def frozen_modules(toc: Path) -> frozenset[str]:
    """Return the packages inside the Linux program, by PyInstaller's table of its archive of modules."""
    _, entries = ast.literal_eval(toc.read_text(encoding="utf-8"))[:2]
    return frozenset(name.partition(".")[0] for name, _, _ in entries)


def present(files: Collection[str], modules: Iterable[str], among: Sequence[Component]) -> Iterator[Component]:
    """Yield the components that a tree has: by a file, by a module, inside another one, or in the setup of a Windows tree."""
    owners = {one.name for path in files if (one := owner(path, among))} | {
        "Python" for one in modules if is_python(one)
    }
    owners |= {one.name for one in among if not {*one.modules, *one.frozen}.isdisjoint(modules)}
    if "pythonw.exe" in files:
        owners |= {one.name for one in among if one.beside}
    yield from (one for one in among if one.name in owners or not owners.isdisjoint(one.inside))


def is_python(module: str) -> bool:
    """Tell whether a frozen module is of Python itself."""
    return module in OF_PYTHON or module.startswith("_sysconfigdata")


def troubles(
    tree: Path, modules: frozenset[str], among: Sequence[Component], entries: Mapping[str, Entry], texts: Path
) -> Iterator[str]:
    """Yield what is wrong with a tree, a line each."""
    files = files_of(tree)
    yield from (f"{path}: nobody claims this file" for path in files if owner(path, among) is None)
    claimed = {name for one in among for name in (*one.modules, *one.frozen)}
    yield from (
        f"{one}: nobody claims this module" for one in sorted(modules) if one not in claimed and not is_python(one)
    )
    for one in present(files, modules, among):
        entry = entries.get(one.name)
        if entry is None:
            yield f"{one.name}: not in the list of licences; run `make licences`"
            continue
        if not may_be_shipped(entry.licence):
            yield f"{one.name}: {entry.licence or 'no licence'} may not be shipped"
        lacking = [name for name in entry.texts if not (texts / name).is_file() or not (texts / name).stat().st_size]
        if lacking or not entry.texts:
            yield f"{one.name}: its licence text is not in the tree: {', '.join(lacking) or 'none named'}"


def notice(tree: Path, parts: Sequence[Component], entries: Mapping[str, Entry], texts: Path) -> str:
    """Return NOTICE: every part with version, licence and texts, then how the libraries under the LGPL are replaced."""
    folder = texts.relative_to(tree).as_posix()
    lines = [HEAD.format(folder=folder)]
    for one in parts:
        entry = entries[one.name]
        lines.append(
            f"{one.name} {entry.version}".rstrip() + f"\n    {one.use}\n    {entry.licence}: {', '.join(entry.texts)}\n"
        )
    relinking = (texts / "relinking.txt").read_text(encoding="utf-8")
    return "\n".join(lines) + f"\n\n{relinking}"


def main(arguments: Sequence[str]) -> int:
    """Judge a tree; return the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split(":", maxsplit=1)[0])
    parser.add_argument("tree", type=Path)
    parser.add_argument("--modules", type=Path, help="PYZ-00.toc of PyInstaller")
    parser.add_argument("--notice", action="store_true", help="write TREE/NOTICE.txt")
    options = parser.parse_args(arguments)
    among = components()
    texts, entries = list_of(options.tree)
    modules = frozen_modules(options.modules) if options.modules else frozenset()
    wrong = list(troubles(options.tree, modules, among, entries, texts))
    for line in wrong:
        print(line, file=sys.stderr)
    if wrong:
        return 1
    files = files_of(options.tree)
    parts = tuple(present(files, modules, among))
    if options.notice:
        path = options.tree / "NOTICE.txt"
        path.write_text(notice(options.tree, parts, entries, texts), encoding="utf-8")
    print(f"licences of the bundle: {len(files)} files of {len(parts)} parts, each with its text")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
