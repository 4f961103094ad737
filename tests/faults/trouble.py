"""What goes wrong on the disk, and when: the settings of ``disk.c``, which the nursery has loaded."""

from __future__ import annotations

import ctypes
import errno
from enum import IntEnum, IntFlag
from pathlib import Path
from typing import NamedTuple


class Calls(IntFlag):
    """Kinds of calls that touch a file; ``NAME`` is cutting short, renaming and removing."""

    WRITE = 1
    SYNC = 2
    NAME = 4
    READ = 8


CHANGING = Calls.WRITE | Calls.SYNC | Calls.NAME


class Deed(IntEnum):
    """What happens at the chosen call."""

    NOTHING = 0
    KILL = 1
    REFUSE = 2


class Trouble(NamedTuple):
    """The ``at``-th of the ``calls`` is refused with ``number`` (an errno), and all later ones too where it is ``lasting`` (1)."""

    calls: int = 0
    deed: int = Deed.NOTHING
    number: int = errno.EIO
    lasting: int = 0
    at: int = 0

    def arm(self, folder: str) -> None:
        """Let it happen to the files under a folder, in this process."""
        if self.deed != Deed.NOTHING:
            disk = ctypes.CDLL(None)
            disk.disk_arm(
                f"{folder}/".encode(), self.calls, self.deed, self.number, self.lasting, ctypes.c_long(self.at)
            )

    def happened(self) -> bool:
        """Tell whether the chosen call was reached."""
        return self.deed != Deed.NOTHING and self.at <= ctypes.c_long(ctypes.CDLL(None).disk_seen()).value


def spoil(path: Path, begin: int, end: int) -> None:
    """Let the bytes of one file from ``begin`` to before ``end`` never be read again in this process."""
    ctypes.CDLL(None).disk_spoil(str(path).encode(), ctypes.c_long(begin), ctypes.c_long(end))


def record(folder: Path, ledger: Path, log: Path) -> None:
    """Write down from now on what this process does to the files of a folder, and what it puts into the ledger."""
    ctypes.CDLL(None).record_begin(str(folder).encode(), str(ledger).encode(), str(log).encode())


NONE = Trouble()
