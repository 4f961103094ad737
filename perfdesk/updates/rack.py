"""版本架 (rack): the versions of one thing side by side, each in a folder named after it, and the two files that point at them.

``current`` names the version in force, ``previous`` the one before. A folder is whole before it gets its name and is not changed
afterwards; what is in force changes by one rename, that of ``current``. What is half made or half gone bears a name with a dot.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from perfdesk import places, private
from perfdesk.errors import UserError, reason
from perfdesk.exchange.files import clear_leftovers, write_atomically
from perfdesk.parameters import find, read_pack
from perfdesk.store.files import sync_folder
from perfdesk.store.lock import grab
from perfdesk.updates.manifest import is_version, order
from perfdesk.updates.types import Kind

_PASSING: Final = ".update-"
"""How the folders begin that are being made, or being removed."""
_LOCK: Final = ".update.lock"
_LONGEST: Final = 64  # bytes of a pointer
_PAUSES: Final = (0.2, 0.5, 1, 2, 4)
"""Seconds between the attempts to give a folder its name: on Windows a virus scanner holds what it has just seen written."""
_FULL: Final = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_DENIED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class Rack(NamedTuple):
    """Where the versions of a kind stand, and where the files lie that point at them."""

    kind: Kind
    versions: Path
    pointers: Path

    def folder(self, version: str) -> Path:
        """Return the folder of a version."""
        return self.versions / version

    def has(self, version: str) -> bool:
        """Tell whether a version is there."""
        return bool(version) and self.folder(version).is_dir()

    @property
    def current(self) -> str:
        """The version that ``current`` names; ``""`` for none. Raises :class:`OSError` where the disk does not answer."""
        return _pointed(self.pointers / places.CURRENT)

    @property
    def previous(self) -> str:
        """The version that ``previous`` names; ``""`` for none."""
        return _pointed(self.pointers / places.PREVIOUS)


def rack_of(kind: Kind) -> Rack:
    """Return the rack of a kind; that of the program is of use only where :func:`has_rack`."""
    if kind is Kind.PARAMETERS:
        return Rack(kind, places.parameters(), places.parameters())
    return Rack(kind, places.home() / places.VERSIONS, places.home())


def has_rack() -> bool:
    """Tell whether the program lies as one of several versions in its home."""
    return places.home() != places.program_folder()


def shipped_parameters() -> str:
    """Return the version of the parameters that the program brought along."""
    return read_pack(places.resources()).version


def pack_in_force() -> str:
    """Return the version of the 参数包 in force on this machine now; ``""`` for what the program brought along."""
    found = find(places.resources(), places.parameters())
    return "" if found.is_shipped else found.pack.version


def full(rack: Rack, lacking: str = "", undone: str = "没有更新") -> str:
    """Return the sentence for a disk that has no room where the versions stand."""
    return f"“{rack.pointers}”所在的磁盘已满，{lacking}{undone}，原来的还在用。请删去磁盘上不用的文件，再做一次。"


@contextmanager
def in_plain_words(rack: Rack, undone: str = "没有更新") -> Iterator[None]:
    """Turn what the disk refuses, where the versions stand, into one sentence; ``undone`` is what was not done then."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise UserError(full(rack, undone=undone)) from error
        if error.errno in _DENIED:
            raise UserError(
                f"“{rack.pointers}”只能读，写不进去，{undone}，原来的还在用。U 盘有写保护的先关掉，没有权限的请换装它的账户。"
            ) from error
        raise UserError(
            f"“{rack.pointers}”写不进去（{reason(error)}），{undone}，原来的还在用。请检查 U 盘是否插好，再做一次。"
        ) from error


def _pointed(path: Path) -> str:
    try:
        with path.open("rb") as file:
            text = file.read(_LONGEST).decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""
    return text if is_version(text) else ""


# ------------------------------------------------------------------------------------------------------------------ changing
def switch(rack: Rack, to: str, *, before: str) -> None:
    """Put a version in force, ``""`` for what the program brought along; ``before`` is what going back brings.

    ``previous`` is written first, so that a new version never stands without the one before it. Only where that very version is
    gone back to, ``current`` is first, and the deed is done with it. Raises :class:`OSError`.
    """
    current, previous = rack.pointers / places.CURRENT, rack.pointers / places.PREVIOUS
    if to == rack.previous:
        _point(rack, current, to)
        with suppress(OSError):  # the newer one can be installed again
            _point(rack, previous, before)
        return
    _point(rack, previous, before)
    _point(rack, current, to)


def _point(rack: Rack, path: Path, version: str) -> None:
    if version:
        write_line(path, version)
        with suppress(OSError):  # a stick that knows no rights; else who may start the program may read what to start
            path.chmod(stat.S_IMODE(rack.versions.stat().st_mode) & 0o666)
    else:
        path.unlink(missing_ok=True)
        sync_folder(path.parent)


def write_line(path: Path, text: str) -> None:
    """Write a file of one line, whole or not at all. Raises :class:`OSError`: what it means is said by who knows the errand."""
    try:
        write_atomically(path, f"{text}\n".encode())
    except UserError as error:
        raise error.__cause__ or error from error


@contextmanager
def changing(rack: Rack) -> Iterator[None]:
    """Keep every other window from changing this rack meanwhile, and clear what a killed one left.

    Raises :class:`UserError` where another one is at it, :class:`OSError` where the folder cannot be written.
    """
    private.make_folder(rack.versions)
    handle = private.opener(str(rack.versions / _LOCK), os.O_RDWR | os.O_CREAT)
    try:
        if not _grabbed(handle):
            raise UserError(f"另一个窗口正在更新{rack.kind.words}，这里没有动。请等那边做完，再看是否还要更新。")
        clear_leftovers(rack.pointers)
        for one in rack.versions.glob(f"{_PASSING}*"):
            shutil.rmtree(one, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _grabbed(handle: int) -> bool:
    try:
        return grab(handle)
    except (
        OSError
    ) as error:  # a disk that knows no locks: two windows at once on one stick are not what keeps anybody from updating
        return error.errno in {errno.ENOLCK, errno.ENOTSUP, errno.EINVAL}


def passing_folder(rack: Rack) -> Path:
    """Make a folder for what is not whole yet. Raises :class:`OSError`."""
    return Path(tempfile.mkdtemp(prefix=_PASSING, dir=rack.versions))


def stand(rack: Rack, made: Path, version: str) -> None:
    """Give a folder that is whole its place; what stood there under the same name, and is not in force, goes.

    Raises :class:`OSError`.
    """
    target = rack.folder(version)
    if target.exists():
        remove(rack, version)
    for pause in (*_PAUSES, None):
        try:
            made.rename(target)
        except PermissionError:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            break
    sync_folder(rack.versions)


def remove(rack: Rack, version: str) -> None:
    """Take a version away: out of its place in one step, so that no half is taken for a whole. Raises :class:`OSError`."""
    gone = passing_folder(rack) / version
    rack.folder(version).rename(gone)
    with suppress(OSError):  # a file in use on Windows: the next update clears it
        shutil.rmtree(gone.parent)


def others(rack: Rack, kept: set[str]) -> tuple[str, ...]:
    """Return the versions that stand there and are none of ``kept``, the oldest first. Raises :class:`OSError`."""
    there = [one.name for one in rack.versions.iterdir() if is_version(one.name) and one.is_dir()]
    return tuple(sorted((one for one in there if one not in kept), key=order))
