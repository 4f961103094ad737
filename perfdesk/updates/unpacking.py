"""Unpacking of an update into a folder that nobody uses yet: every file held against the signed list, and seen on the disk.

A stick may answer from the machine's memory: after the files were written out they are read once more, from the disk itself where
the system can be asked to. Nothing is put in force here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from perfdesk import private
from perfdesk.errors import UserError
from perfdesk.exchange.guard import DAMAGE
from perfdesk.store.files import sync_folder
from perfdesk.updates.manifest import FILES, MANIFEST, SIGNATURE, File
from perfdesk.updates.reading import Opened, damaged

Progress = Callable[[int, int], object]
"""Told how many bytes are done, and of how many; what it raises stops the work."""
_PIECE: Final = 1 << 20


def unpack(opened: Opened, folder: Path, progress: Progress) -> None:
    """Write the files of an update, its manifest and signature into an empty folder, whose rights they take over.

    Raises :class:`UserError` where a file is not what was signed, and where the disk gives back other than it was given;
    :class:`OSError` of the disk that is written to.
    """
    Unpacking(opened, folder, progress).run()


class Unpacking:
    """One unpacking, counting: each byte once when it is written and once when it is read again."""

    def __init__(self, opened: Opened, folder: Path, progress: Progress) -> None:
        self._opened, self._folder, self._progress = opened, folder, progress
        self._mode = stat.S_IMODE(folder.stat().st_mode)
        self._done, self._all = 0, 2 * sum(one.size for one in opened.manifest.files)

    def run(self) -> None:
        """Write, see it on the disk, read again."""
        files = [one for one in self._opened.manifest.files if not one.link]
        for file in files:
            self._write(file)
        for link in self._opened.manifest.files:
            if link.link:
                self._link(link)
        for name, data in ((MANIFEST, self._opened.signed), (SIGNATURE, self._opened.signature)):
            self._keep(self._folder / name, data)
        for file in files:
            self._prove(file)
        for place in {self._place(file.name).parent for file in self._opened.manifest.files} | {self._folder}:
            sync_folder(place)

    def _place(self, name: str) -> Path:
        return self._folder.joinpath(*name.split("/"))

    def _make_folder(self, folder: Path) -> None:
        """Make a folder with those above it, with the rights of the first."""
        if not folder.is_dir():
            self._make_folder(folder.parent)
            private.make_folder(folder, parents=False)
            self._give_rights(folder, runs=True)

    def _give_rights(self, path: Path, *, runs: bool) -> None:
        """A program is started by whoever may look into its folder; the folder of an office's own data lets nobody else in."""
        with suppress(OSError):  # a stick that knows no rights
            path.chmod(self._mode if runs else self._mode & ~0o111)

    def _write(self, file: File) -> None:
        place = self._place(file.name)
        self._make_folder(place.parent)
        digest, size = hashlib.sha256(), 0
        with open(place, "xb", opener=private.opener) as target, self._source(file) as source:
            while piece := self._piece(source):
                size += len(piece)
                if size > file.size:
                    break
                digest.update(piece)
                target.write(piece)
                self._count(len(piece))
        if size != file.size or digest.hexdigest() != file.sha256:
            raise damaged(self._opened.update.path.name)
        self._give_rights(place, runs=file.runs)

    @contextmanager
    def _source(self, file: File) -> Iterator[IO[bytes]]:
        try:
            source = self._opened.archive.open(FILES + file.name)
        except DAMAGE as error:
            raise self._unread(error) from error
        with source:
            yield source

    def _piece(self, source: IO[bytes]) -> bytes:
        try:
            return source.read(_PIECE)
        except DAMAGE as error:
            raise self._unread(error) from error

    def _unread(self, error: Exception) -> UserError:
        """Tell a stick that was pulled out from a file that is broken."""
        path = self._opened.update.path
        if isinstance(error, OSError) and not path.exists():
            return UserError(f"“{path.name}”读到一半不见了，没有更新，原来的还在用。请把 U 盘插好，再装一次。")
        return damaged(path.name)

    def _link(self, link: File) -> None:
        """Make a link, or where the disk knows none (FAT) a copy of what it stands for."""
        place = self._place(link.name)
        self._make_folder(place.parent)
        try:
            place.symlink_to(link.link)
        except OSError:
            shutil.copy2(self._place(link.goal), place)

    def _keep(self, place: Path, data: bytes) -> None:
        with open(place, "xb", opener=private.opener) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self._give_rights(place, runs=False)

    def _prove(self, file: File) -> None:
        place = self._place(file.name)
        digest = hashlib.sha256()
        with place.open("r+b") as target:
            os.fsync(target.fileno())
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(target.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            while piece := target.read(_PIECE):
                digest.update(piece)
                self._count(len(piece))
        if digest.hexdigest() != file.sha256:
            raise UserError(
                f"“{self._folder.parent}”所在的磁盘写进去和读出来的不一样，没有更新，原来的还在用。请换一个磁盘（U 盘）。"
            )

    def _count(self, size: int) -> None:
        self._done += size
        self._progress(self._done, self._all)
