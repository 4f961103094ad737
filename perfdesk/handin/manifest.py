"""校验清单 (manifest): what a hand-in package holds, file by file with its SHA-256; also what an unfinished one has already.

The format is ``perfdesk-handin/1``, written down in docs/exchange-format.md. Reading believes nothing: names must be plain file
names, figures within bounds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from perfdesk import __version__
from perfdesk.errors import UserError
from perfdesk.fingerprint import code_of_texts

FORMAT: Final = "perfdesk-handin/1"
_FORMAT: Final = re.compile(r"perfdesk-handin/(\d{1,4})")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_MOST_FILES: Final = 20_000
_LONGEST_NAME: Final = 255
_CONTENTS: Final = "contents"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: ``sha256`` of its bytes, ``what`` it holds, the ``form`` in it, its ``pages`` and the ``check_code`` of the form.

    ``source`` is a digest of what the file was made from: as long as that is the same, the file need not be made again.
    """

    name: str
    sha256: str
    size: int
    what: str
    form: str = ""
    pages: int = 0
    check_code: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """校验清单. ``complete`` is false while files are still missing."""

    year: int
    office: str
    recipient: str
    made: datetime
    complete: bool
    files: tuple[Entry, ...]

    @property
    def code(self) -> str:
        """The 校验码 of the package: over names and SHA-256 of all files but the 目录, on which it is printed."""
        return code_of(self.files)


def code_of(files: Iterable[Entry]) -> str:
    """Return the 校验码 of files, three groups of four characters, whatever their order."""
    return code_of_texts(FORMAT, sorted(f"{one.name} {one.sha256}" for one in files if one.what != _CONTENTS))


def write_manifest(manifest: Manifest) -> bytes:
    """Return the text of a manifest; the same manifest gives the same bytes."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "program": __version__,
        "year": manifest.year,
        "office": manifest.office,
        "recipient": manifest.recipient,
        "made": manifest.made.isoformat(),
        "complete": manifest.complete,
        "code": manifest.code,
        "files": [asdict(one) for one in manifest.files],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "surrogatepass")


def read_manifest(data: bytes, *, name: str) -> Manifest:
    """Read a manifest; ``name`` is what the package is called. Raises :class:`UserError` for one that cannot be used."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UserError(f"“{name}”的校验清单读不出，可能没有拷全。请向报送的单位再要一份。") from error
    told = content.get("format") if isinstance(content, dict) else None
    if told != FORMAT:
        newer = isinstance(told, str) and _FORMAT.fullmatch(told)
        why = "由更新的版本写出，请先升级程序" if newer else "不是本程序写的校验清单"
        raise UserError(f"“{name}”{why}。没有核对。")
    try:
        return _manifest(content)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"“{name}”的校验清单被改过，或者没有拷全，里面有看不懂的内容。没有核对。") from error


def _manifest(content: Mapping[str, Any]) -> Manifest:
    files = content["files"]
    if not isinstance(files, list) or len(files) > _MOST_FILES:
        raise ValueError("files")
    entries = tuple(map(_entry, files))
    if len({one.name.casefold() for one in entries}) != len(entries):
        raise ValueError("one name twice")
    manifest = Manifest(
        year=_whole(content["year"]),
        office=_text(content["office"]),
        recipient=_text(content["recipient"]),
        made=datetime.fromisoformat(content["made"]),
        complete=content["complete"] is True,
        files=entries,
    )
    if content["code"] != manifest.code:
        raise ValueError("code")
    return manifest


def _entry(content: Mapping[str, Any]) -> Entry:
    entry = Entry(
        name=_text(content["name"]),
        sha256=_text(content["sha256"]),
        size=_whole(content["size"]),
        what=_text(content["what"]),
        form=_text(content["form"]),
        pages=_whole(content["pages"]),
        check_code=_text(content["check_code"]),
        source=_text(content["source"]),
    )
    plain = (
        0 < len(entry.name) <= _LONGEST_NAME and not set(entry.name) & set('/\\:*?"<>|\0') and entry.name.strip(". ")
    )
    if not plain or not _DIGEST.fullmatch(entry.sha256):
        raise ValueError(entry.name)
    return entry


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError(type(value).__name__)
    return value
