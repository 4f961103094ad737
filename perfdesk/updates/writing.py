"""Writing of update files: a folder becomes a signed ``.perfdesk-update``. Used where releases are made, never by the program.

The same folder, words, date and key give the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from perfdesk import private
from perfdesk.updates.manifest import FILES, MANIFEST, SIGNATURE, File, Manifest, manifest_bytes, read_manifest
from perfdesk.updates.signing import sign

_LEVEL: Final = 9  # of compression


def files_of(folder: Path) -> tuple[File, ...]:
    """Return every file of a folder, in the order of their names; a link to nothing is none.

    Raises ``ValueError`` for a link that leads out of the folder, or to another folder.
    """
    return tuple(_file(folder, one) for one in sorted(folder.rglob("*")) if one.exists() and not _is_folder(one))


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _file(folder: Path, path: Path) -> File:
    name = path.relative_to(folder).as_posix()
    if path.is_symlink():
        goal = path.resolve(strict=True)
        if not goal.is_file() or not goal.is_relative_to(folder.resolve()):
            raise ValueError(f"{name}: a link that leads out of the folder, or to another folder")
        inside = folder / goal.relative_to(folder.resolve())
        return File(name, link=Path(os.path.relpath(inside, path.parent)).as_posix())
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return File(name, path.stat().st_size, digest, runs=os.access(path, os.X_OK))


def write_update(folder: Path, target: Path, manifest: Manifest, private_key: bytes) -> None:
    """Write an update whose files lie in ``folder``. Raises ``ValueError`` for a manifest that no program would read."""
    signed = manifest_bytes(manifest)
    read_manifest(signed)
    moment = (manifest.made.year, manifest.made.month, manifest.made.day, 0, 0, 0)
    members: Iterable[tuple[str, bytes | Path]] = (
        (MANIFEST, signed),
        (SIGNATURE, sign(signed, private_key)),
        *((FILES + one.name, folder / one.name) for one in manifest.files if not one.link),
    )
    with open(target, "wb", opener=private.opener) as file, zipfile.ZipFile(file, "w") as archive:
        for name, content in members:
            member = zipfile.ZipInfo(name, moment)
            member.create_system, member.external_attr = 3, 0o600 << 16  # the same bytes on every system
            member.compress_type = zipfile.ZIP_DEFLATED
            data = content if isinstance(content, bytes) else content.read_bytes()
            archive.writestr(member, data, compresslevel=_LEVEL)
