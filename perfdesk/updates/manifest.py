"""清单 (manifest) of an update: what it is for, and every file in it with size and SHA-256; the format ``perfdesk-update/1``.

Reading believes nothing, although what is read here was signed: names stay inside the folder on every system, a 参数包 holds data
only, a link leads to a file of the same update. Nothing is opened or written here.
"""

from __future__ import annotations

import json
import platform
import posixpath
import re
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from perfdesk.updates.types import Kind

FORMAT: Final = "perfdesk-update/1"
SUFFIX: Final = ".perfdesk-update"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.sig"
FILES: Final = "files/"
"""The folder inside the zip that holds the files."""
MAX_MANIFEST: Final = 4 << 20
"""Bytes of a manifest; one of 5000 files has 1 MB."""
MAX_BYTES: Final = 1 << 30
"""Bytes that all files of an update may take on the disk."""
_VERSION: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_PART: Final = re.compile(r"[^\x00-\x1f\x7f<>:\"/\\|?*]{1,150}(?<![ .])")
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_DATA: Final = (".toml", ".md", ".png", ".json")
"""What a 参数包 may hold: nothing that runs."""
_MOST: Final = {"files": 10_000, "changes": 50, "change": 300, "name": 200}


class File(NamedTuple):
    """A file of an update: its place in the folder, with forward slashes; ``size`` in bytes.

    ``runs``: the system starts it. ``link``: it is none of its own but stands for another one, named relative to its own folder.
    """

    name: str
    size: int = 0
    sha256: str = ""
    runs: bool = False
    link: str = ""

    @property
    def goal(self) -> str:
        """The file a link stands for."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.name), self.link))


class Manifest(NamedTuple):
    """What was signed; the fields as in :class:`Update`."""

    kind: Kind
    version: str
    needs: str
    machine: str
    made: date
    changes: tuple[str, ...]
    files: tuple[File, ...]

    @property
    def size(self) -> int:
        """Bytes it takes on the disk, where the disk knows no links."""
        sizes = {one.name: one.size for one in self.files}
        return sum(sizes[one.goal] if one.link else one.size for one in self.files)


class Unreadable(ValueError):  # noqa: N818 - who reads says it in a sentence
    """The bytes are no manifest of this format. ``newer``: one of a format that a newer program knows."""

    def __init__(self, why: object, *, newer: bool = False) -> None:
        super().__init__(why)
        self.newer = newer


def this_machine() -> str:
    """Return what a program must have been built for to run here: ``linux-x86_64``, ``windows-amd64``."""
    system = "windows" if sys.platform == "win32" else sys.platform
    return f"{system}-{platform.machine().lower()}"


def is_version(text: str) -> bool:
    """Tell whether a text is a version: ``0.2.0``, ``2027.1``. Such a text is also a good name of a folder."""
    return _VERSION.fullmatch(text) is not None


def order(version: str) -> tuple[int, ...]:
    """Return what versions are compared by: 0.10.0 is newer than 0.9.9, and 0.2 the same as 0.2.0."""
    numbers = [int(one) for one in version.split(".")]
    return tuple(numbers + [0] * (4 - len(numbers)))


# ------------------------------------------------------------------------------------------------------------------ writing
def manifest_bytes(manifest: Manifest) -> bytes:
    """Return the bytes that are signed."""
    about = {
        "format": FORMAT,
        "kind": manifest.kind.value,
        "version": manifest.version,
        "needs": manifest.needs,
        "machine": manifest.machine,
        "made": manifest.made.isoformat(),
        "changes": list(manifest.changes),
        "files": [_said(one) for one in manifest.files],
    }
    return json.dumps(about, ensure_ascii=False, indent=0).encode()


def _said(file: File) -> dict[str, str | int | bool]:
    if file.link:
        return {"name": file.name, "link": file.link}
    said: dict[str, str | int | bool] = {"name": file.name, "size": file.size, "sha256": file.sha256}
    return said | {"runs": True} if file.runs else said


# ------------------------------------------------------------------------------------------------------------------ reading
def read_manifest(data: bytes) -> Manifest:
    """Read a manifest. Raises :class:`Unreadable`."""
    try:
        about = json.loads(data.decode())
        _check_format(about)
        return _manifest(about)
    except Unreadable:
        raise
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise Unreadable(error) from error


def _check_format(about: object) -> None:
    told = about.get("format") if isinstance(about, dict) else None
    if told != FORMAT:
        raise Unreadable(
            told, newer=isinstance(told, str) and re.fullmatch(r"perfdesk-update/\d{1,4}", told) is not None
        )


def _manifest(about: Mapping[str, Any]) -> Manifest:
    kind = Kind(about["kind"])
    files = tuple(map(_file, _list(about["files"], "files")))
    _refuse_clashes(files)
    if kind is Kind.PARAMETERS:
        _refuse_programs(files)
    manifest = Manifest(
        kind=kind,
        version=_version(about["version"]),
        needs=_version(about["needs"]),
        machine=_text(about["machine"], "name"),
        made=date.fromisoformat(about["made"]),
        changes=tuple(_text(one, "change") for one in _list(about["changes"], "changes")),
        files=files,
    )
    if manifest.size > MAX_BYTES or bool(manifest.machine) is (kind is Kind.PARAMETERS):
        raise Unreadable("too large, or of the wrong machine")
    return manifest


def _file(told: Mapping[str, Any]) -> File:
    name = _name(told["name"])
    if "link" in told:
        return File(name, link=_text(told["link"], "name"))
    size, digest, runs = told["size"], _text(told["sha256"], "name"), told.get("runs", False)
    if type(size) is not int or size < 0 or not _DIGEST.fullmatch(digest) or not isinstance(runs, bool):
        raise Unreadable(name)
    return File(name, size, digest, runs)


def _name(told: object) -> str:
    """Let a name through that means the same file, inside the folder, on every system."""
    name = _text(told, "name")
    for part in name.split("/"):
        if part in {"", ".", ".."} or not _PART.fullmatch(part) or _RESERVED.fullmatch(part):
            raise Unreadable(name)
    if name in {MANIFEST, SIGNATURE}:
        raise Unreadable(name)
    return name


def _refuse_clashes(files: tuple[File, ...]) -> None:
    """Refuse two names that are one on Windows, a file where another has its folder, and a link that leads nowhere."""
    names = {one.name.lower() for one in files}
    folders = {folder for name in names for folder in _folders(name)}
    real = {one.name for one in files if not one.link}
    if len(names) != len(files) or names & folders or any(one.link and one.goal not in real for one in files):
        raise Unreadable("names that clash")


def _folders(name: str) -> list[str]:
    parts = name.split("/")[:-1]
    return ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _refuse_programs(files: tuple[File, ...]) -> None:
    for one in files:
        if one.link or one.runs or not one.name.lower().endswith(_DATA):
            raise Unreadable(one.name)


def _version(told: object) -> str:
    version = _text(told, "name")
    if not is_version(version):
        raise Unreadable(version)
    return version


def _text(told: object, what: str) -> str:
    if not isinstance(told, str) or len(told) > _MOST[what]:
        raise Unreadable(what)
    return told


def _list(told: object, what: str) -> list[Any]:
    if not isinstance(told, list) or len(told) > _MOST[what]:
        raise Unreadable(what)
    return told
