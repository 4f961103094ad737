"""Reading a file block by block from a disk with unreadable sectors: what it gives, with zeros in the place of what it does not.

What the bytes mean, and whether zeros do harm, is for the caller to know.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from enum import Enum, auto
from io import FileIO
from pathlib import Path
from typing import Final

from perfdesk import private

BLOCK: Final = 4096
"""Bytes of a page of our files, and of a sector that is given up as one."""


class Given(Enum):
    """How much of a file the disk gives."""

    ALL = auto()
    SOME = auto()
    NOTHING = auto()


def given(path: Path) -> Given:
    """Tell how much of a file the disk gives; an empty file is given whole."""
    seen = {read for _, read in _blocks(path)}
    if False not in seen:
        return Given.ALL
    return Given.SOME if True in seen else Given.NOTHING


def read_what_reads(path: Path) -> bytes:
    """Return the bytes of a file; blocks that the disk does not give are zeros. Raises :class:`OSError` where it is not there."""
    try:
        return path.read_bytes()
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return b"".join(block for block, _ in _blocks(path))


def copy_what_reads(source: Path, target: Path) -> int:
    """Copy a file to a new one; blocks that the disk does not give become zeros. Return how many bytes these are.

    Raises :class:`OSError` where ``target`` cannot be written.
    """
    unread = 0
    with open(target, "xb", opener=private.opener) as here:
        for block, read in _blocks(source):
            here.write(block)
            unread += 0 if read else len(block)
    return unread


def _blocks(path: Path) -> Iterator[tuple[bytes, bool]]:
    """Give the blocks of a file in order, and whether each was read; one block where not even its length is known."""
    try:
        with path.open("rb", buffering=0) as file:
            size = path.stat().st_size
            for at in range(0, size, BLOCK):
                yield block_at(file, at, min(BLOCK, size - at))
    except OSError:
        yield bytes(BLOCK), False


def block_at(file: FileIO, at: int, size: int) -> tuple[bytes, bool]:
    """Return so many bytes of a file, and whether the disk gave them; zeros where not."""
    try:
        file.seek(at)
        return file.read(size) or b"", True
    except OSError:
        return bytes(size), False
