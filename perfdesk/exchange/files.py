"""Putting bytes on a disk so that a file is either the old one or the whole new one, and names that every disk accepts.

It must not know any format. Every trouble of the disk becomes one Chinese sentence that says what is so, why, and what to do;
the file that was there before stays untouched.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
import unicodedata
from pathlib import Path

from perfdesk import private
from perfdesk.errors import UserError, reason

if sys.platform == "win32":

    def _hold(_handle: int) -> None:
        """Mark a file as being written: an open file cannot be removed anyway."""

    def _is_free(_handle: int) -> bool:
        """Tell whether nobody writes a file: if somebody does, removing it is refused."""
        return True

else:
    import fcntl

    def _hold(_handle: int) -> None:
        """Mark a file as being written."""
        with contextlib.suppress(OSError):  # a disk without locks: there nothing counts as free
            fcntl.flock(_handle, fcntl.LOCK_EX)

    def _is_free(_handle: int) -> bool:
        """Tell whether nobody writes a file."""
        try:
            fcntl.flock(_handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


MAX_NAME_BYTES = 200
"""Longest file name made here, in bytes of UTF-8: the disks of the field stop at 255, and the temporary name needs a few."""

_ILLEGAL = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]+')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # controls, bidi marks, surrogates, private use, unassigned
_RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³]|CONIN\$|CONOUT\$)(?:\..*)?", re.IGNORECASE)
_NUMBERED = re.compile(r"（(\d{1,4})）$")
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_LONGEST_NAME = 255  # bytes
_TEMPORARY = f".~{'[0-9a-f]' * 16}.tmp"
_PAUSES = (0.05, 0.1, 0.2)  # seconds between the attempts to replace a file that is held


class FileInUse(UserError):  # noqa: N818 - named for what is so; the window offers 重试 and 另存为（2）
    """The target is held by another program (WPS, Excel): closing it there or another name helps."""


class _HeldError(PermissionError):
    """The temporary file could be written beside the target, but the target could not be replaced."""


def write_atomically(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path``: afterwards the file is whole, or it is what it was before.

    A temporary file in the same folder is written, its length checked, synced and put in the place of the old one in one step; it
    is removed when anything goes wrong. A new file is its owner's alone, one that is replaced keeps its rights. Raises
    :class:`FileInUse` when another program holds the target, else :class:`UserError`: disk full (with what is missing), folder
    gone or read-only, name too long.
    """
    temporary = path.with_name(f".~{secrets.token_hex(8)}.tmp")
    try:
        _check_target(path)
        clear_leftovers(path.parent)
        _write_temporary(temporary, data)
        _keep_mode(path, temporary)
        _take_place(temporary, path)
    except OSError as error:
        raise _explain(error, path, len(data)) from error
    finally:
        with contextlib.suppress(OSError):  # already in its place; or the disk is gone, which the first error tells
            temporary.unlink()
    _sync_folder(path.parent)


def _check_target(path: Path) -> None:
    """Refuse what could only fail later, when the temporary file is already written."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if len(os.fsencode(path.name)) > _LONGEST_NAME:
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG), str(path))


def _write_temporary(temporary: Path, data: bytes) -> None:
    with open(temporary, "xb", opener=private.opener) as file:
        _hold(file.fileno())
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if temporary.stat().st_size != len(data):  # a full stick may swallow the end without a word
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(temporary))


def clear_leftovers(folder: Path) -> None:
    """Remove the temporary files that a killed program left; one that is being written is held by its writer."""
    for one in folder.glob(_TEMPORARY):
        with contextlib.suppress(OSError), one.open("rb") as file:
            if _is_free(file.fileno()):
                one.unlink()


def _keep_mode(path: Path, temporary: Path) -> None:
    """Give the new file the permissions of the one it replaces."""
    with contextlib.suppress(OSError):  # none there yet, or a stick that knows no permissions
        temporary.chmod(stat.S_IMODE(path.stat().st_mode))


def _take_place(temporary: Path, path: Path) -> None:
    """Rename over the target; a virus scanner may hold it for a moment, a spreadsheet program until it is closed."""
    for pause in _PAUSES:
        try:
            temporary.replace(path)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    try:
        temporary.replace(path)
    except PermissionError as error:
        raise _HeldError(*error.args) from error


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut; where folders cannot be opened (Windows) the system does it."""
    with contextlib.suppress(OSError):  # the file itself is safe by now
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _explain(error: OSError, path: Path, size: int) -> UserError:
    """Say in one sentence what is so, why, and what to do."""
    folder, name = path.parent, path.name
    if isinstance(error, _HeldError):
        return FileInUse(f"“{name}”正被其他程序（WPS、Excel）打开，写不进去。请关闭后重试，或另存为（2）。")
    if error.errno in _FULL:
        return UserError(f"“{folder}”已满，{_missing(folder, size)}文件没有写出，原有文件未动。请换个位置。")
    if error.errno in _DENIED:
        return UserError(f"“{folder}”只能读，不能写。文件没有写出，原有文件未动。请换个位置。")
    says = {
        errno.ENAMETOOLONG: f"文件名“{name[:20]}…”太长，磁盘存不下。文件没有写出，请把名字改短。",
        errno.EISDIR: f"“{name}”是一个文件夹，不能写成文件。请换个名字。",
        errno.ENOENT: f"找不到“{folder}”，可能已改名，或 U 盘已拔出。文件没有写出，请重新选择位置。",
        errno.ENOTDIR: f"“{folder}”不是文件夹。文件没有写出，请重新选择位置。",
    }
    otherwise = f"“{name}”没有写出（{reason(error)}），原有文件未动。请检查磁盘后重试，或换个位置。"
    return UserError(says.get(error.errno or 0, otherwise))


def _missing(folder: Path, size: int) -> str:
    """「还差 12 MB。」, or nothing where the disk itself has room (a quota, a limit on the size of files)."""
    with contextlib.suppress(OSError):
        lacking = size - shutil.disk_usage(folder).free
        if lacking > 0:
            return f"还差 {_readable(lacking)}。"
    return f"要写 {_readable(size)}。"


def _readable(size: int) -> str:
    """A number of bytes for people, rounded up: 12 MB."""
    for unit, factor in (("GB", 1 << 30), ("MB", 1 << 20)):
        if size >= factor:
            return f"{-(-size // factor)} {unit}"
    return f"{max(-(-size // 1024), 1)} KB"


def free_name(path: Path) -> Path:
    """Return ``path``, or the first of 「名（2）」, 「名（3）」 … that is not there yet."""
    candidate, number = path, 2
    stem = path.stem
    match = _NUMBERED.search(stem)
    if match:
        stem, number = stem[: match.start()], int(match[1]) + 1
    while candidate.exists() or candidate.is_symlink():
        candidate = path.with_name(f"{stem}（{number}）{path.suffix}")
        number += 1
    return candidate


def safe_name(text: str, *, fallback: str = "未命名") -> str:
    """Make a file name (without ending) of a project's name: legal on Windows, Linux and USB sticks.

    What Windows forbids (slashes, colon, quotes, wildcards) becomes ``_``; invisible and unassigned characters go; reserved names
    (CON, NUL …) get a ``_``; what is longer than 200 bytes of UTF-8 is cut between characters. A name of which nothing is left is
    ``fallback``.
    """
    name = _ILLEGAL.sub("_", unicodedata.normalize("NFC", text))
    name = "".join(one for one in name if unicodedata.category(one) not in _UNSEEN)
    name = " ".join(name.split()).strip(" .")
    if len(name.encode()) > MAX_NAME_BYTES:
        name = name.encode()[:MAX_NAME_BYTES].decode(errors="ignore").rstrip(" .")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name if name.strip("_") else fallback
