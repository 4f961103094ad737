"""Proving a hand-in package: every file of a folder or zip held against the 校验清单 in it. Nothing is unpacked to a disk.

A zip is somebody else's file: what it says of itself is checked against bounds before a byte is read, and what is read is counted.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Final, NamedTuple, Protocol

from perfdesk.errors import UserError, reason
from perfdesk.handin.manifest import Manifest, read_manifest
from perfdesk.handin.planning import MANIFEST

_MOST_MEMBERS: Final = 20_000
_MOST_BYTES: Final = 4_000_000_000
_LARGEST_MANIFEST: Final = 20_000_000
_CHUNK: Final = 1 << 20
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What reading a zip raises that is damaged, encrypted (a RuntimeError) or packed in a way Python does not know."""


class Proof(NamedTuple):
    """What was found: the manifest, and the names of files that are changed, missing, or not in the manifest."""

    manifest: Manifest
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    strange: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the package is what was written, all of it."""
        return self.manifest.complete and not (self.changed or self.missing or self.strange)

    @property
    def sentences(self) -> Iterator[str]:
        """Say it: one sentence where it holds, else one for each thing."""
        found = self.manifest
        if self.holds:
            yield f"{len(found.files)} 个文件都在，与写出时相同；本包校验码 {found.code}。"
        if not found.complete:
            yield "没有写完就停了，文件不全。"
        yield from (f"“{name}”内容不同，写出以后改过。" for name in self.changed)
        yield from (f"“{name}”不在。" for name in self.missing)
        yield from (f"“{name}”不在校验清单里，是后来放进去的。" for name in self.strange)


class _Place(Protocol):
    """A folder or a zip: the names of its files, and the bytes of each."""

    def names(self) -> frozenset[str]: ...
    def open(self, name: str, /) -> IO[bytes]: ...


class _Folder:
    def __init__(self, path: Path) -> None:
        self._path = path

    def names(self) -> frozenset[str]:
        files = (one for one in self._path.rglob("*") if one.is_file())
        return frozenset(one.relative_to(self._path).as_posix() for one in files)

    def open(self, name: str) -> IO[bytes]:
        return (self._path / name).open("rb")


class _Zip:
    """``folder`` is the one folder that all its files lie in (``""``: they lie on top)."""

    def __init__(self, archive: zipfile.ZipFile, folder: str) -> None:
        self._archive, self._folder = archive, folder

    def names(self) -> frozenset[str]:
        files = (one.filename for one in self._archive.infolist() if not one.is_dir())
        return frozenset(name.removeprefix(self._folder) for name in files)

    def open(self, name: str) -> IO[bytes]:
        return self._archive.open(f"{self._folder}{name}")


def is_package(path: Path) -> bool:
    """Tell whether a folder or zip holds a 校验清单."""
    if path.is_dir():
        return (path / MANIFEST).is_file()
    try:
        with zipfile.ZipFile(path) as archive:
            return _folder_of(archive) is not None
    except (*_BROKEN, OSError):
        return False


def verify(path: Path) -> Proof:
    """Hold every file of a package against its manifest. Raises :class:`UserError` for one that cannot be read."""
    name = path.name or str(path)
    try:
        with _opened(path) as place:
            return _prove(place, name)
    except OSError as error:
        raise UserError(f"“{name}”读不出（{reason(error)}）。请检查 U 盘或网络，再核对一次。") from error
    except _BROKEN as error:
        raise UserError(f"“{name}”已经损坏，或者有密码，读不出。请向报送的单位再要一份。") from error


@contextmanager
def _opened(path: Path) -> Iterator[_Place]:
    if path.is_dir():
        yield _Folder(path)
        return
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > _MOST_BYTES:
            raise UserError(f"“{path.name}”解开后太大，不像报送包，没有核对。")
        yield _Zip(archive, _folder_of(archive) or "")


def _folder_of(archive: zipfile.ZipFile) -> str | None:
    """Return the folder in a zip that holds the manifest, with its slash; ``None`` where there is no manifest."""
    found = (PurePosixPath(one) for one in archive.namelist() if PurePosixPath(one).name == MANIFEST)
    top = min(found, key=lambda one: len(one.parts), default=None)
    if top is None:
        return None
    return "" if len(top.parts) == 1 else f"{top.parent}/"


def _prove(place: _Place, name: str) -> Proof:
    there = place.names()
    if MANIFEST not in there:
        raise UserError(f"“{name}”里没有“{MANIFEST}”，不是本程序写的报送包，或者没有拷全。")
    with place.open(MANIFEST) as file:
        data = file.read(_LARGEST_MANIFEST + 1)
    if len(data) > _LARGEST_MANIFEST:
        raise UserError(f"“{name}”的校验清单太大，不像本程序写的，没有核对。")
    manifest = read_manifest(data, name=name)
    wanted = {one.name: one.sha256 for one in manifest.files}
    changed = tuple(one for one in wanted if one in there and _digest(place, one, _sizes(manifest)) != wanted[one])
    missing = tuple(one for one in wanted if one not in there)
    return Proof(manifest, changed, missing, tuple(sorted(there - {*wanted, MANIFEST})))


def _sizes(manifest: Manifest) -> Mapping[str, int]:
    return {one.name: one.size for one in manifest.files}


def _digest(place: _Place, name: str, sizes: Mapping[str, int]) -> str:
    """Return the SHA-256 of a file, ``""`` for one that is longer than it should be: more is not read."""
    found, length = hashlib.sha256(), 0
    with place.open(name) as file:
        while chunk := file.read(_CHUNK):
            length += len(chunk)
            if length > sizes[name]:
                return ""
            found.update(chunk)
    return found.hexdigest()
