"""A zip from outside, looked through before it is unpacked: sizes, ratio, number and names of its members.

Nothing is ever unpacked onto the disk. A member is read up to a limit whatever its header promises, and all that is read of one
file together stays below another.
"""

from __future__ import annotations

import os
import zlib
from io import BytesIO
from typing import IO, BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from perfdesk.errors import UserError, excerpt

MAX_MEMBERS: Final = 10_000
MAX_MEMBER: Final = 48 << 20
"""Bytes that one member may unpack to; 48 MB of markup are a thousand forms."""
MAX_READ: Final = 96 << 20
"""Bytes that all members read from one file may unpack to."""
MAX_TOTAL: Final = 1 << 30
"""Bytes that the file may promise to unpack to, pictures among them."""
MAX_RATIO: Final = 250
"""How many times larger than packed; a sheet of empty framed cells reaches 60, a bomb 1000."""
_FREE: Final = 32 << 20  # bytes that do no harm, whatever their ratio
_ENCRYPTED: Final = 0x1
DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, IndexError)
"""What zipfile raises on damaged bytes, unknown compression (NotImplementedError) and passwords (RuntimeError)."""


class Archive:
    """压缩包 (package): the members of a zip by name, slashes turned forward; names are found whatever their case.

    Raises :class:`UserError` when made of something that is no zip, is damaged, has a password, would unpack to more than is
    sensible, or has members that lie over each other, have the same name, or point outside the package. ``source`` is its bytes,
    or the open file of a large one, which stays the caller's to close.
    """

    def __init__(self, source: bytes | BinaryIO, name: str) -> None:
        self._name = name
        self._left = MAX_READ
        file = BytesIO(source) if isinstance(source, bytes) else source
        try:
            size = file.seek(0, os.SEEK_END)
            self._zip = ZipFile(file)
            members = self._zip.infolist()
        except DAMAGE as error:
            raise damaged(name) from error
        self._refuse_bombs(members, size)
        self._members: dict[str, ZipInfo] = {}
        for one in members:
            self._take(one)
        self.names = tuple(one.filename.replace("\\", "/") for one in self._members.values())

    def _refuse_bombs(self, members: list[ZipInfo], size: int) -> None:
        total, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
        if len(members) > MAX_MEMBERS:
            raise UserError(
                f"“{self._name}”里有 {len(members)} 个文件，不像填报用的表，没有打开。请检查是否选错了文件。"
            )
        if total > MAX_TOTAL or (total > _FREE and total > MAX_RATIO * max(size, 1)) or packed > size:
            raise _bomb(self._name)

    def _take(self, member: ZipInfo) -> None:
        path = member.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path or "\0" in path:
            raise UserError(
                f"“{self._name}”里有指向文件之外的名字（{excerpt(path)}），来历可疑，没有打开。请向发来的人重新要一份。"
            )
        if member.flag_bits & _ENCRYPTED:
            raise UserError(f"“{self._name}”加了密码，读不出来。请先用压缩软件输入密码解压，再选解压后的文件。")
        if member.file_size > _FREE and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise _bomb(self._name)
        if self._members.setdefault(path.lower(), member) is not member:
            raise UserError(
                f"“{self._name}”里有两个同名的文件（{excerpt(path)}），不知道以哪个为准。请重新导出或另存一份。"
            )

    def __contains__(self, path: str) -> bool:
        return path.lower() in self._members

    def size(self, path: str) -> int:
        """Return how many bytes a member promises to unpack to; 0 for none of that name."""
        member = self._members.get(path.lower())
        return member.file_size if member else 0

    def open(self, path: str) -> IO[bytes]:
        """Open a member for who reads it piece by piece and counts what he gets; what is wrong with it is one of ``DAMAGE``.

        Raises ``KeyError`` for one that is not there.
        """
        return self._zip.open(self._members[path.lower()])

    def read(self, path: str) -> bytes:
        """Unpack one member. Raises :class:`UserError` where it is missing, damaged or too large."""
        member = self._members.get(path.lower())
        if member is None:
            raise UserError(f"“{self._name}”里缺少 {excerpt(path)}，可能没有下载完整或已经损坏。请重新取得这个文件。")
        most = min(MAX_MEMBER, self._left)
        if member.file_size > most:
            raise _too_large(self._name, path)
        try:
            with self._zip.open(member) as file:
                data = file.read(most + 1)
        except DAMAGE as error:
            raise damaged(self._name) from error
        if len(data) > most:
            raise _too_large(self._name, path)
        self._left -= len(data)
        return data


def damaged(name: str) -> UserError:
    """Make the sentence for a file that is broken or cut off."""
    return UserError(
        f"“{name}”已经损坏，或没有下载、复制完整，打不开。请重新取得这个文件，或用 WPS、Office 打开后另存一份。"
    )


def _bomb(name: str) -> UserError:
    return UserError(
        f"“{name}”解开后大得不正常，可能会占满电脑，没有打开。请检查文件的来历，或用 WPS、Office 打开后另存一份。"
    )


def _too_large(name: str, path: str) -> UserError:
    return UserError(
        f"“{name}”里的 {excerpt(path)} 解开后超过 {MAX_MEMBER >> 20} MB，不像填报用的表。请删去用不着的工作表和空行后另存一份。"
    )
