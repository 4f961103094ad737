"""Files and folders made for their owner alone: 0600 and 0700, whatever the umask of the account says.

On Windows nothing is set: a file takes over the access rights of its folder, and those of a user's profile are the user's own.
A folder that is there already is never changed by writing into it. One that somebody set up for a group (setgid and writable for
it, ``chmod 2770``) is one to work in together: there the group keeps its rights, everybody else has none.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import Final

_MODES: Final = os.name == "posix"
_FILE: Final = stat.S_IRUSR | stat.S_IWUSR
_GROUP_FILE: Final = _FILE | stat.S_IRGRP | stat.S_IWGRP
_FOLDER: Final = stat.S_IRWXU
_GROUP_FOLDER: Final = stat.S_ISGID | _FOLDER | stat.S_IRWXG
_FOR_A_GROUP: Final = stat.S_ISGID | stat.S_IWGRP


def opener(name: str, flags: int) -> int:
    """Open a file as ``os.open`` does, for ``open(…, opener=opener)``; one that is made is made for its owner alone."""
    handle = os.open(name, flags, _FILE)
    if _MODES and flags & os.O_CREAT and _is_for_a_group(Path(name).parent):
        with contextlib.suppress(OSError):  # a colleague's own file, which is open to the group already
            os.fchmod(handle, _GROUP_FILE)
    return handle


def make_file(path: Path) -> None:
    """Make an empty file, for SQLite or Qt to fill; what they lay beside it has the same rights.

    Raises :class:`OSError`, also where something of that name is there.
    """
    os.close(opener(str(path), os.O_WRONLY | os.O_CREAT | os.O_EXCL))


def make_folder(path: Path, *, parents: bool = True) -> None:
    """Make a folder, with ``parents`` also what is missing above it; one that is there stays as it is. Raises :class:`OSError`."""
    if path.is_dir():
        return
    if parents and path.parent != path and not path.parent.exists():
        make_folder(path.parent)
    path.mkdir(mode=_FOLDER, exist_ok=True)
    if _MODES and _is_for_a_group(path.parent):
        path.chmod(_GROUP_FOLDER)


def put_right(path: Path) -> None:
    """Give a file or folder, if it is there, the rights it would be made with today; what its owner may not do stays so.

    Never raises: a stick may know no rights, and somebody else's file is not ours to open or close.
    """
    if not _MODES:
        return
    with contextlib.suppress(OSError):  # not there, somebody else's, or on a disk without rights
        mode = stat.S_IMODE(path.stat().st_mode)
        owner = mode & stat.S_IRWXU
        wanted = mode & stat.S_ISGID | owner | (owner >> 3 if _is_for_a_group(path.parent) else 0)
        if wanted != mode:
            path.chmod(wanted)


def _is_for_a_group(folder: Path) -> bool:
    return folder.stat().st_mode & _FOR_A_GROUP == _FOR_A_GROUP
