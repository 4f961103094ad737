"""The licence gate: nothing under the AGPL at all, the GPL only for tools, and no package whose licence nobody knows.

Reads the two locks and the metadata of the installed packages. The program itself is MIT and may ship what is permissive or, as
Qt for Python is, LGPL or MPL; a tool that only builds or tests may also be GPL, for it is never handed to anyone.
Prints one line when all is well, one line for each offender otherwise (exit 1). Must not be imported by the program.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from email.message import Message

ROOT = Path(__file__).resolve().parent.parent
PERMISSIVE = re.compile(
    r"(MIT(-0|-CMU)?|0?BSD(-[1234]-Clause)?|Apache-2\.0|PSF-2\.0|Python-2\.0|HPND|ISC|Zlib|Unlicense)$"
)
WEAK = re.compile(r"(MPL-2\.0|LGPL-(2\.1|3\.0)(-only|-or-later)?)$")
STRONG = re.compile(r"GPL-[23]\.0(-only|-or-later)?( WITH .*)?$")
# free words found in metadata -> SPDX
WORDS = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD 2-Clause License": "BSD-2-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    # pypdfium2: its own code under either; the bundled PDFium under BSD, Apache and the like (its LICENSES folder)
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
LOOKED_UP = {  # whose metadata are silent: the wrapper, SQLCipher and OpenSSL in the wheel
    "sqlcipher3": "Zlib AND BSD-3-Clause AND Apache-2.0",
}
BANNED = {  # whatever their metadata say
    "pyside6-addons": "holds QtCharts, which is GPL-3 only",
    "pyside6": "brings PySide6-Addons along",
    "pymupdf": "AGPL-3",
    "nuitka": "AGPL-3",
    "pyqt6": "GPL-3",
}


def allowed(expression: str, *, shipped: bool) -> bool:
    """Tell whether a licence expression (SPDX) may be used, in the program (`shipped`) or in a tool.

    Of alternatives one must do, of a sum all; with brackets every licence named must do.

    >>> allowed("LGPL-3.0-only OR GPL-3.0-only", shipped=True), allowed("GPL-3.0-only", shipped=True)
    (True, False)
    >>> allowed("GPL-2.0-or-later", shipped=False), allowed("AGPL-3.0-only", shipped=False)
    (True, False)
    """
    if "(" in expression:
        names = re.split(r" AND | OR ", expression.replace("(", "").replace(")", ""))
        return all(_one(name.strip(), shipped=shipped) for name in names)
    return any(
        all(_one(name.strip(), shipped=shipped) for name in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def _one(name: str, *, shipped: bool) -> bool:
    return bool(PERMISSIVE.match(name) or WEAK.match(name) or (not shipped and STRONG.match(name)))


def licence_of(package: Message) -> str:
    """Return the licence of an installed package as an SPDX expression, "" when its metadata do not tell."""
    stated = [package.get("License-Expression", ""), package.get("License", "")]
    for text in stated:
        if text and "\n" not in text.strip() and (text in WORDS or _known(text)):
            return WORDS.get(text, text)
    classifiers = [c.rpartition(" :: ")[2] for c in package.get_all("Classifier") or () if c.startswith("License ::")]
    known = [WORDS[c] for c in classifiers if c in WORDS]
    if known and len(known) == len(classifiers):
        return " AND ".join(known)
    return LOOKED_UP.get(str(package.get("Name", "")), "")


def _known(expression: str) -> bool:
    names = re.split(r" AND | OR ", expression.replace("(", "").replace(")", ""))
    return all(re.match(r"A?L?GPL-", name) or _one(name, shipped=False) for name in names)


def locked(path: Path) -> dict[str, bool]:
    """Read a lock: package name -> whether a marker may leave it out on this machine."""
    pins = re.findall(r"^([\w.-]+)==\S+( ;)?", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {name.lower(): bool(marker) for name, marker in pins}


def pinned(lock: str) -> dict[str, set[str]]:
    r"""Return the versions a lock has of each package: one, or another one for other machines.

    >>> pinned("attrs==26.1.0 \\\n") == {"attrs": {"26.1.0"}}
    True
    """
    pins: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", lock, re.MULTILINE):
        pins.setdefault(name.lower(), set()).add(version)
    return pins


def offence(name: str, *, optional: bool, shipped: bool) -> str:
    """Say what is wrong with one locked package, "" when nothing is."""
    if name in BANNED:
        return f"{name}: {BANNED[name]}"
    try:
        licence = licence_of(cast("Message", metadata.metadata(name)))
    except metadata.PackageNotFoundError:
        return "" if optional else f"{name}: locked but not installed; run `make setup-dev`"
    if not licence:
        return f"{name}: its metadata do not tell the licence; look it up and add its words to WORDS"
    if not allowed(licence, shipped=shipped):
        return f"{name}: {licence} may not be {'shipped' if shipped else 'used, not even as a tool'}"
    return ""


def unlisted(lock: str, index: Iterable[Mapping[str, object]]) -> list[str]:
    r"""Say which package of a lock the list behind 关于 lacks, or has in versions that are not the locked ones.

    >>> unlisted("attrs==26.1.0 \\\nlxml==6.1.3\n", [{"name": "attrs", "version": "26.1.0"}])
    ['lxml: its licence is not shown by the program; run `make licences`']
    """
    listed = {one["name"]: set(str(one["version"]).split("、")) for one in index}
    lacking = [name for name, versions in pinned(lock).items() if listed.get(name) != versions]
    return [f"{name}: its licence is not shown by the program; run `make licences`" for name in lacking]


def main() -> int:
    """Judge every locked package, and what 关于 shows of them; return the exit status."""
    shipped = locked(ROOT / "requirements-run.txt")
    everything = locked(ROOT / "requirements-dev.txt") | shipped
    offences = [offence(name, optional=optional, shipped=name in shipped) for name, optional in everything.items()]
    index = json.loads((ROOT / "resources" / "licences" / "index.json").read_text(encoding="utf-8"))
    offences += unlisted((ROOT / "requirements-run.txt").read_text(encoding="utf-8"), index)
    for line in filter(None, offences):
        print(line, file=sys.stderr)
    if not any(offences):
        print(f"licences: {len(shipped)} packages shipped, {len(everything) - len(shipped)} tools, none in the way")
    return int(any(offences))


if __name__ == "__main__":
    sys.exit(main())
