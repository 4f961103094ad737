"""What can be told of a data file before SQLite touches it: ours, somebody else's, cut short, empty.

Of the file it reads the first hundred bytes and nothing else; it writes nothing, and knows how its folder is seen on the disk.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from perfdesk.errors import UserError
from perfdesk.store import faults, pages
from perfdesk.store.faults import StoreDamaged
from perfdesk.store.schema import APPLICATION_ID

_MAGIC: Final = b"SQLite format 3\0"
_HEADER: Final = 100
_ACCESS_DENIED: Final = 5  # of Windows


def file_uri(path: Path, *, mode: str) -> str:
    """Return the SQLite URI of a file: ``mode`` is ``ro``, ``rw`` or ``rwc``; any character may stand in the path."""
    uri = path.absolute().as_uri()
    if not uri.startswith(
        "file:///"
    ):  # a Windows share: \\server\share is file://server/share elsewhere, not for SQLite
        uri = uri.replace("file://", "file:////", 1)
    return f"{uri}?mode={mode}"


def journal_of(path: Path) -> Path:
    """Return the rollback journal of a data file: it is there while a transaction is being written, or after a crash."""
    return path.with_name(f"{path.name}-journal")


def needs_no_lock(path: Path) -> bool:
    """Tell whether the file must be read as immutable, because reading it the usual way would make side files.

    So it is when another tool switched it to a write-ahead log and closed it properly: no log is left beside it.
    """
    with path.open("rb") as file:
        header = file.read(_HEADER)
    log = path.with_name(f"{path.name}-wal")
    return header[18:20] == b"\2\2" and not (log.exists() and log.stat().st_size)


def examine(path: Path) -> None:
    """Make sure that ``path`` is a whole data file of this program.

    Whose pages are encrypted is known by what its first page says only when that is decrypted; here such a file counts as ours.
    Raises :class:`UserError` for a folder and for a file that this account may not read, ``StoreDamaged`` for an empty file, one
    that is no database, another program's database and one that was cut short. A file with a journal beside it may look short;
    SQLite completes it, so its length is not judged.
    """
    with faults.in_plain_words(path), _for_this_account(path):
        if path.is_dir():
            raise UserError(f"“{path}”是文件夹，不是数据文件。请选择里面的数据文件。")
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(_HEADER)
    if not size:
        raise StoreDamaged(
            f"“{path}”是空文件（0 字节），没有打开，也没有改动它。多半是复制没有完成："
            "请重新复制或换用备份；确实不要了，把它改名，再打开时会新建一个。"
        )
    if not header.startswith(_MAGIC):
        raise StoreDamaged(f"“{path}”不是数据文件，或者开头已损坏；没有打开，也没有改动它。请另选文件，或换用备份。")
    _compare_length(path, header, size)
    if not pages.is_sealed(header) and struct.unpack_from(">I", header, 68)[0] != APPLICATION_ID:
        raise StoreDamaged(
            f"“{path}”是别的程序的数据库，不是绩效填报台的数据文件；没有打开，也没有改动它。请另选文件。"
        )


def refuse_unreadable(path: Path) -> None:
    """Raise :class:`UserError` where this account may not even read the file; one that is not there is nobody's."""
    with faults.in_plain_words(path), suppress(FileNotFoundError), _for_this_account(path), path.open("rb"):
        return


@contextmanager
def _for_this_account(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        if getattr(error, "winerror", None) in {None, _ACCESS_DENIED}:  # else another program has it on Windows
            raise faults.of_another(path) from error
        raise


def _compare_length(path: Path, header: bytes, size: int) -> None:
    """Compare the length with the page count in the header, which counts only when both of its stamps agree."""
    whole = _HEADER
    if len(header) == _HEADER:
        (page,) = struct.unpack_from(">H", header, 16)
        counter, count = struct.unpack_from(">II", header, 24)
        (stamp,) = struct.unpack_from(">I", header, 92)
        sealed = pages.is_sealed(header)  # its second stamp is not to be read; SQLCipher keeps both alike
        whole = (65536 if page == 1 else page) * count if sealed or counter == stamp else 0
    if size < whole and not journal_of(path).exists():
        raise StoreDamaged(
            f"“{path}”不完整：应有 {whole} 字节，只有 {size} 字节，多半是复制没有完成。"
            "没有打开，也没有改动它。请重新复制，或换用备份。"
        )


def sync_folder(folder: Path) -> None:
    """See a new name on the disk; Windows does that by itself and has no call for it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
